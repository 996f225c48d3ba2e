"""The whole of Microsoft Graph: every model has what the metadata declares, and reads
and writes each value as its type says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from corpus.metadata import Metadata, Type, Use
from corpus.packages import Package
from corpus.samples import Samples

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def classes(samples: Samples) -> dict[str, Any]:
    """The class of each type, through the package's lazy names."""
    return samples.classes


def test_every_class_can_be_named(classes: dict[str, Any], loaded: Package) -> None:
    models = loaded.load("models")
    assert len(set(classes.values())) == 3822
    assert {cls.__name__ for cls in classes.values()} <= set(dir(models))


def test_bases(classes: dict[str, Any], metadata: Metadata, loaded: Package) -> None:
    model = loaded.load("_runtime.model").Model
    for struct in metadata.structs:
        cls = classes[struct.name]
        expected = classes[struct.base] if struct.base else model
        assert cls.__bases__ == (expected,)
        assert cls._type_name == struct.name


def test_enumerations(
    classes: dict[str, Any], metadata: Metadata, loaded: Package
) -> None:
    enums = loaded.load("_runtime.enums")
    for each in metadata.types.values():
        if each.is_enum:
            cls = classes[each.name]
            base = enums.OpenFlag if each.is_flags else enums.OpenEnum
            assert cls.__bases__ == (base,)
            found = [member.value for member in cls.__members__.values()]
            assert sorted(found) == sorted(each.members)


def test_every_property_is_there(
    classes: dict[str, Any], metadata: Metadata, loaded: Package
) -> None:
    properties_of = loaded.load("_runtime.properties").properties_of
    for struct in metadata.structs:
        expected = set(metadata.navigation(struct.name)) | {
            wire
            for wire, use in metadata.properties(struct.name).items()
            if use.name != "Edm.Stream"
        }
        assert properties_of(classes[struct.name]).by_wire.keys() == expected


def test_every_property_is_read_and_written_as_its_type_says(
    classes: dict[str, Any], metadata: Metadata, loaded: Package, samples: Samples
) -> None:
    properties_of = loaded.load("_runtime.properties").properties_of
    wrong: list[str] = []
    for struct in metadata.structs:
        cls = classes[struct.name]
        table = properties_of(cls).by_wire
        for wire, use in declared(struct):
            sent = samples.wire(use)
            value = getattr(cls.from_dict({wire: sent}), table[wire].name)
            if not samples.fits(value, use):
                wrong.append(f"{struct.name}/{wire}: {value!r} is no {use}")
            if table[wire].computed:
                continue
            other = cls.patch()
            setattr(other, table[wire].name, value)
            if other.to_dict() != {wire: sent}:
                wrong.append(f"{struct.name}/{wire}: {sent!r} -> {other.to_dict()}")
    assert wrong == []


def declared(struct: Type) -> Iterator[tuple[str, Use]]:
    for wire, use in (struct.properties | struct.navigation).items():
        if use.name != "Edm.Stream":
            yield wire, use
