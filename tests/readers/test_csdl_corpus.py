"""The public specs are read without a fault, and whole."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pace import at_most
from support import shared_data

from generator.diagnostics import Diagnostics
from generator.model import Api, Enum, OperationKind, Struct
from generator.readers.csdl import read
from generator.readers.source import load_source

pytestmark = pytest.mark.corpus

NEWEST = "graph/graph-v1.0-2026-08.csdl"

GRAPH = [
    NEWEST,
    "graph/graph-v1.0-2026-02.csdl",
    "graph/graph-v1.0-2025-06.csdl",
    "graph/graph-v1.0-2024-06.csdl",
    "graph/descriptions-v1.0-2023-05.xml",
]
OASIS = [
    f"oasis/csdl-to-openapi/{name}.xml"
    for name in (
        "Northwind-key-as-segment",
        "People",
        "Products",
        "TripPin",
        "annotations",
        "authorization",
        "containment",
        "csdl-16.1",
    )
]


def read_paths(*paths: Path) -> tuple[Api, Diagnostics]:
    diagnostics = Diagnostics()
    return read([load_source(path) for path in paths], diagnostics), diagnostics


@pytest.mark.parametrize("name", [*GRAPH, *OASIS])
def test_no_fault(name: str) -> None:
    api, diagnostics = read_paths(shared_data(name))
    assert diagnostics.errors == ()
    assert api.types
    assert api.roots
    codes = {found.code for found in diagnostics}
    expected = {"csdl-duplicate-term"} if "descriptions" in name else set()
    assert codes == expected
    ids = [operation.id for operation in api.operations]
    assert len(ids) == len(set(ids))


def test_whole_graph() -> None:
    api, _ = read_paths(shared_data(NEWEST))
    structs = [each for each in api.types.values() if isinstance(each, Struct)]
    enums = [each for each in api.types.values() if isinstance(each, Enum)]
    properties = [member for each in structs for member in each.properties]
    kinds = Counter(operation.kind for operation in api.operations)
    assert {
        "entity types": sum(each.is_entity for each in structs),
        "complex types": sum(not each.is_entity for each in structs),
        "enums": len(enums),
        "flags": sum(each.is_flags for each in enums),
        "members": sum(len(each.members) for each in enums),
        "properties": sum(member.navigation is None for member in properties),
        "navigation": sum(member.navigation is not None for member in properties),
        "contained": sum(
            member.navigation is not None and member.navigation.contains
            for member in properties
        ),
        "keys": sum(bool(each.key) for each in structs),
        "streams": sum(each.has_stream for each in structs),
        "actions": kinds[OperationKind.ACTION],
        "functions": kinds[OperationKind.FUNCTION],
        "composable": sum(operation.composable for operation in api.operations),
        "sets": sum(root.many for root in api.roots),
        "singletons": sum(not root.many for root in api.roots),
        "bindings": sum(len(root.bindings) for root in api.roots),
        "annotations": sum(map(len, api.annotations.values())),
    } == {
        "entity types": 1182,
        "complex types": 1779,
        "enums": 861,
        "flags": 64,
        "members": 6347,
        "properties": 10525,
        "navigation": 1432,
        "contained": 1079,
        "keys": 12,
        "streams": 10,
        "actions": 857,
        "functions": 326,
        "composable": 131,
        "sets": 41,
        "singletons": 31,
        "bindings": 101,
        "annotations": 5922,
    }
    assert (api.name, api.namespace) == ("GraphService", "microsoft.graph")
    assert api.key_as_segment


def test_no_alias_is_left() -> None:
    api, _ = read_paths(shared_data(NEWEST))
    named = [each.base for each in api.types.values() if isinstance(each, Struct)]
    named += [root.type for root in api.roots]
    named += [each.binding.type for each in api.operations if each.binding]
    named += api.annotations
    prefixes = {name.partition(".")[0] for name in named if name}
    assert prefixes == {"microsoft"}


def test_every_place_is_exact() -> None:
    path = shared_data(NEWEST)
    api, _ = read_paths(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    for definition in api.types.values():
        place = definition.place
        assert place is not None
        text = lines[place.line - 1][place.column - 1 :]
        assert f'Type Name="{definition.id.rpartition(".")[2]}"' in text[:200]
        assert text.startswith("<E" if isinstance(definition, Enum) else "<")


def test_fragment_and_its_annotations() -> None:
    api, diagnostics = read_paths(
        shared_data("graph/beta-qrpin-fragment-2026-08.csdl"),
        shared_data("graph/beta-qrpin-annotations-2026-08.csdl"),
    )
    assert list(diagnostics) == []
    [description] = api.annotations["microsoft.graph.qrPin/code"]
    assert description.term == "Org.OData.Core.V1.Description"
    assert "microsoft.graph.GraphService/users/authentication/qrCodePinMethod" in (
        api.annotations
    )


def test_speed() -> None:
    source = load_source(shared_data(NEWEST))
    with at_most(1):
        read([source], Diagnostics())
