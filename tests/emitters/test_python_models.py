"""Models of packages made of small Apis: what is written of types and properties."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

import pytest
from emitters.building import lines, load, past_the_reader, sources
from emitters.soundness import faults

from generator.model import (
    Access,
    AnyType,
    ListOf,
    Named,
    Property,
    Scalar,
    ScalarKind,
    Struct,
)

TEXT = Scalar(ScalarKind.STRING)


def test_an_open_type_says_so(package: ModuleType) -> None:
    animal = package.models.Animal.from_dict({"nickname": "Rex"})
    assert animal.additional == {"nickname": "Rex"}
    animal.additional["age"] = 3
    with pytest.raises(TypeError, match="age"):
        package.models.Home.from_dict({}).additional["age"] = 3


def test_flags_are_sets(package: ModuleType) -> None:
    needs = package.models.Needs
    animal = package.models.Animal.from_dict({"needs": "food,sun"})
    assert set(animal.needs) == {needs.FOOD, needs.SUN}
    assert isinstance(package.models.Kind.CAT, str)


def test_a_type_definition_is_what_it_stands_for(everything: Mapping[str, str]) -> None:
    animal = lines(everything["models/animal.py"])
    assert 'weight: Required[Decimal] = field( "weight", DECIMAL,' in animal
    assert "grams" not in "".join(everything)


def test_kinds_of_properties(everything: Mapping[str, str]) -> None:
    animal = lines(everything["models/animal.py"])
    for declaration in (
        'made: ReadOnly[dt.datetime] = field("made", DATE_TIME, init=False)',
        'must: RequiredFlags[Needs] = field("must", flags("needs", "Needs"), nullable',
        'needs: FlagsField[Needs] = field("needs", flags("needs", "Needs"), default',
        "all_needs: ListField[Flags[Needs]] = field(",
        "years: ReadOnly[MutableSequence[int]] = field(",
        'untyped: Field[Any] = field("Untyped", default=None)',
        'immutable=True, limits=Limits(allowed_values=("red",))',
        'limits=Limits(maximum=Decimal("1.5"))',
    ):
        assert declaration in animal
    assert "photo" not in animal  # a stream is a place, not a value


def test_a_property_that_only_the_service_writes_is_read_only() -> None:
    prop = Property("made", TEXT, access=Access.READ)
    text = sources(past_the_reader([Struct("ns.x", properties=(prop,))]))
    assert 'made: ReadOnly[str] = field("made", init=False)' in text["models/x.py"]


def test_what_is_deprecated_says_so() -> None:
    text = sources(load("""
<ComplexType Name="x"><Property Name="old" Type="Edm.String">
<Annotation Term="Org.OData.Core.V1.Description" String="What it was."/>
<Annotation Term="Org.OData.Core.V1.Revisions"><Collection><Record>
<PropertyValue Property="Kind"
  EnumMember="Org.OData.Core.V1.RevisionKind/Deprecated"/>
<PropertyValue Property="Date" Date="2026-01-02"/>
<PropertyValue Property="Description" String="Use new."/>
</Record></Collection></Annotation></Property></ComplexType>"""))
    doc = lines(text["models/x.py"])
    assert '"""What it was. Deprecated since 2026-01-02: Use new. """' in doc


def test_lists_of_lists_and_of_anything() -> None:
    prop = Property("x", ListOf(ListOf(Named("ns.a"))))
    other = Property("y", ListOf(AnyType()))
    text = sources(past_the_reader([Struct("ns.a", properties=(prop, other))]))
    module = lines(text["models/a.py"])
    assert 'x: ListField[MutableSequence[A]] = field( "x", list_of(list_of(' in module
    assert 'y: ListField[Any] = field("y", list_of(ANY), default=None)' in module
    assert faults(text) == []
