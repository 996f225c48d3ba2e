"""Segments: operations of a default namespace are called by their plain names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from passes.zoo import ZOO, load
from support import read_csdl

from generator.diagnostics import Diagnostics
from generator.model import Api, OperationKind
from generator.passes.paths import enumerate_paths
from generator.passes.resolve import resolve
from generator.passes.slice import slice_api
from generator.passes.why import why

TAG = '<Annotation Term="Org.OData.Core.V1.DefaultNamespace"/>'
PLAIN = load(ZOO + TAG)


def segments(body: str) -> list[tuple[str, ...]]:
    api, diagnostics = read_csdl(body)
    return [operation.path for operation in resolve(api, diagnostics).operations]


def action(name: str, bound_to: str) -> str:
    return (
        f'<Action Name="{name}" IsBound="true">'
        f'<Parameter Name="it" Type="{bound_to}"/></Action>'
    )


BASE = '<EntityType Name="b"><Property Name="done" Type="Edm.Boolean"/></EntityType>'
DERIVED = '<EntityType Name="d" BaseType="ns.b"/><EntityType Name="other"/>'


def test_names_are_qualified_unless_their_namespace_is_a_default_one() -> None:
    assert segments(BASE + action("act", "ns.b")) == [("ns.act",)]
    assert segments(TAG + BASE + action("act", "ns.b")) == [("act",)]


@pytest.mark.parametrize("bound_to", ["ns.b", "ns.d"])
def test_a_property_of_the_same_name_is_meant_by_the_plain_one(bound_to: str) -> None:
    body = TAG + BASE + DERIVED
    assert segments(body + action("done", bound_to)) == [("ns.done",)]
    assert segments(body + action("done", "ns.other")) == [("done",)]
    assert segments(body + action("done", f"Collection({bound_to})")) == [("done",)]


def test_a_property_of_a_derived_type_counts() -> None:
    types = (
        '<EntityType Name="b"/><EntityType Name="d" BaseType="ns.b">'
        '<Property Name="done" Type="Edm.Boolean"/></EntityType>'
    )
    assert segments(TAG + types + action("done", "ns.b")) == [("ns.done",)]


def test_a_name_in_two_default_namespaces_is_qualified() -> None:
    api, _ = read_csdl(TAG + BASE + action("act", "ns.b") + action("go", "ns.b"))
    [act, go] = api.operations
    twin = replace(act, id="o.act(ns.b)", name="o.act", path=("o.act",))
    spaces = frozenset({"ns", "o"})
    both = replace(api, operations=(act, go, twin), default_namespaces=spaces)
    found = resolve(both, Diagnostics()).operations
    assert [item.path for item in found] == [("ns.act",), ("go",), ("o.act",)]


def test_imports_keep_their_names() -> None:
    [unbound] = [item for item in PLAIN.operations if item.binding is None]
    assert unbound.path == ("close",)


def paths(pattern: str, api: Api = PLAIN) -> list[str]:
    return [path.text for path in enumerate_paths(api, pattern) if path.operations]


def test_paths_are_found_by_either_spelling() -> None:
    expected = ["/animals({animal-id})/feed"]
    for name in ("feed", "ns.feed"):
        assert paths(f"POST /animals/{{id}}/{name}") == expected
    assert paths("/animals/ns.oldest()") == paths("/animals/oldest()")
    assert paths("/animals/ns.oldest()") == ["/animals/oldest()"]
    assert paths("/animals/{id}/feed", load()) == ["/animals({animal-id})/ns.feed"]


@pytest.mark.parametrize("name", ["feed", "ns.feed"])
def test_slices_and_reasons_know_either_spelling(name: str) -> None:
    for pattern in (name, f"POST /animals/{{id}}/{name}"):
        sliced = slice_api(PLAIN, [pattern], None, Diagnostics())
        calls = [
            item
            for place in sliced.resources.values()
            for item in place.operations
            if item.kind is OperationKind.ACTION
        ]
        assert [item.path for item in calls] == [("feed",)]
        assert why(PLAIN, [pattern], None, name)
