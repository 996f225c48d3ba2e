"""The whole of Microsoft Graph: what is written, how it is named, and that it is
steady."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from corpus.metadata import GRAPH, Metadata
from corpus.packages import ROOT, Package, import_all, specwright
from corpus.places import Pair, at, calls, is_many, is_twin, place_classes, ways
from support import shared_data

pytestmark = pytest.mark.corpus

MEGABYTE = 1_000_000
RESERVED_ON_WINDOWS = {"con", "prn", "aux", "nul"} | {
    f"{device}{number}" for device in ("com", "lpt") for number in range(10)
}


def relative(graph: Package) -> list[str]:
    return [
        path.relative_to(graph.folder).as_posix()
        for path in graph.path.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]


def digits(name: str) -> list[str]:
    return re.findall(r"\d+", name)


def test_a_module_for_every_type(loaded: Package, metadata: Metadata) -> None:
    assert len(metadata.types) == 3822
    index: dict[str, str] = loaded.load("models._index").TYPES
    assert index.keys() == metadata.types.keys()
    modules = {name: place.partition(":")[0] for name, place in index.items()}
    assert len(set(modules.values())) == len(modules)
    written = {path.stem for path in (loaded.path / "models").glob("*.py")}
    assert written == set(modules.values()) | {"__init__", "_index"}
    for name, module in modules.items():
        assert loaded.load(f"models.{module}").__doc__ == name


def test_sizes(graph: Package) -> None:
    paths = relative(graph)
    longest = max(paths, key=len)
    assert len(longest) <= 120, longest
    size = sum((graph.folder / path).stat().st_size for path in paths)
    assert size <= 15 * MEGABYTE
    assert graph.seconds < 20
    print(
        f"\n{len(paths)} files, {size / MEGABYTE:.1f} MB, {graph.seconds:.1f} s;"
        f" longest path {len(longest)}: {longest}"
    )


def test_files_can_stand_on_any_disk(graph: Package) -> None:
    paths = relative(graph)
    assert len({path.lower() for path in paths}) == len(paths)
    stems = {Path(path).name.partition(".")[0].lower() for path in paths}
    assert not stems & RESERVED_ON_WINDOWS
    assert all(re.fullmatch(r"[A-Za-z0-9_./]+", path) for path in paths)


def test_every_module_is_imported(graph: Package) -> None:
    seconds = import_all(graph)
    assert seconds < 60
    print(f"\n{len(graph.modules)} modules imported in {seconds:.1f} s")


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_run_writes_the_same(graph: Package, seed: str) -> None:
    line = specwright("check", graph.name, shared_data(GRAPH), "--out", graph.folder)
    environment = {"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
    result = subprocess.run(
        [sys.executable, *line],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
    )
    assert result.returncode == 0, result.stdout[:2000] + result.stderr[:2000]


# --- no number that the metadata does not have


def test_types_and_members_are_not_numbered(
    loaded: Package, metadata: Metadata
) -> None:
    numbered: list[str] = []
    index: dict[str, str] = loaded.load("models._index").TYPES
    properties_of = loaded.load("_runtime.properties").properties_of
    for wire, place in index.items():
        module, _, name = place.partition(":")
        expected = digits(wire.rpartition(".")[2])
        if not digits(module) == digits(name) == expected:
            numbered.append(f"{wire}: {place}")
        cls = getattr(loaded.load(f"models.{module}"), name)
        if metadata.types[wire].is_enum:
            members = {each.value: attribute for attribute, each in named(cls)}
        else:
            table = properties_of(cls).by_name
            members = {prop.wire: attribute for attribute, prop in table.items()}
        numbered += [
            f"{wire}/{member}: {attribute}"
            for member, attribute in members.items()
            if digits(attribute) != digits(member)
        ]
    assert numbered == []


def named(enumeration: Any) -> list[tuple[str, Any]]:
    return list(enumeration.__members__.items())


def test_places_are_not_numbered(
    loaded: Package, metadata: Metadata, pair: Pair
) -> None:
    """A place's class is named after its type, or after an owner and its member."""
    allowed = {tuple(digits(root)) for root in metadata.roots}
    for each in metadata.structs:
        short = each.name.rpartition(".")[2]
        allowed |= {
            (*digits(short), *digits(member))
            for member in ["", *each.navigation, *each.properties]
        }
    numbered: list[str] = []
    for cls in place_classes(loaded):
        if tuple(digits(cls.__name__)) not in allowed:
            numbered.append(cls.__name__)
        place = at(cls, pair)
        for segment, (name, _) in ways(place).items():
            short = segment.rpartition(".")[2] if name.startswith("as_") else segment
            if digits(name) != digits(short):
                numbered.append(f"{cls.__name__}.{name}: {segment}")
        for name, called in calls(place):
            if called.segment and digits(name) != digits(called.segment):
                numbered.append(f"{cls.__name__}.{name}: {called.segment}")
            numbered += [
                f"{cls.__name__}.{name}({python}): {wire}"
                for wire, python in called.parameters.items()
                if digits(wire) != digits(python)
            ]
    assert numbered == []


def test_every_place_has_a_twin(loaded: Package) -> None:
    classes = place_classes(loaded)
    sync = {cls.__name__: cls for cls in classes if not is_twin(cls)}
    twins = {cls.__name__.removeprefix("Async"): cls for cls in classes if is_twin(cls)}
    assert sync.keys() == twins.keys()
    for name, cls in sync.items():
        assert is_many(cls) == is_many(twins[name])
        assert public(cls) == public(twins[name])


def public(cls: type) -> set[str]:
    return {name for name in dir(cls) if not name.startswith("_")}
