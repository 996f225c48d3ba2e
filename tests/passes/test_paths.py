"""Paths: written out lazily, and always with an end."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import pytest
from passes.zoo import load
from support import shared_data

from generator.diagnostics import Diagnostics
from generator.model import Api, LinkKind
from generator.passes.annotations import annotate
from generator.passes.paths import enumerate_paths
from generator.passes.resolve import resolve
from generator.passes.resources import make_resources
from generator.readers.csdl import read
from generator.readers.source import load_source

ZOO = replace(load(), key_as_segment=True)


def lines(pattern: str = "", depth: int = 4, api: Api = ZOO) -> list[str]:
    return [
        f"{operation.method} {path.text}"
        for path in enumerate_paths(api, pattern, depth)
        for operation in path.operations
    ]


def test_keys_are_called_as_microsoft_calls_them() -> None:
    assert lines("GET /people/{id}") == ["GET /people/{person-id}"]
    inner = "/animals/{animal-id}/young/{animal-id1}"
    assert lines("GET /animals/{id}/young/{id}") == [f"GET {inner}"]
    in_brackets = replace(ZOO, key_as_segment=False)
    expected = ["GET /animals({animal-id})/young({animal-id1})"]
    assert lines("GET /animals/{id}/young({id})", api=in_brackets) == expected


def test_what_stands_below_a_place_has_a_path_of_its_own() -> None:
    assert lines("/animals/*") == [
        "GET /animals/$count",
        "GET /animals/ns.oldest()",
        "GET /animals/{animal-id}",
        "PATCH /animals/{animal-id}",
        "DELETE /animals/{animal-id}",
    ]
    assert lines("/animals/{id}/photo") == [
        "GET /animals/{animal-id}/photo",
        "PUT /animals/{animal-id}/photo",
    ]
    assert lines("/close") == ["POST /close"]


def test_what_is_only_related_ends_a_path() -> None:
    found = lines("GET /boss/**")
    assert "GET /boss/boss" in found
    assert not any(line.startswith("GET /boss/boss/") for line in found)
    assert "GET /boss/desk/key" in found
    assert "PUT /boss/boss/$ref" in lines("/boss/**")
    assert lines("GET /boss/boss/boss/desk") == ["GET /boss/boss/boss/desk"]


def test_a_type_that_contains_itself_ends() -> None:
    texts = [path.text for path in enumerate_paths(ZOO, "/animals/**", 99)]
    assert len(texts) == len(set(texts))
    assert max(text.count("young") for text in texts) == 1


def test_depth_counts_what_wildcards_follow() -> None:
    assert "GET /boss/desk" not in lines(depth=0)
    assert "GET /boss/desk" in lines(depth=1)
    assert "GET /boss/desk/key" not in lines(depth=1)
    assert lines("GET /boss/desk/key", depth=0) == ["GET /boss/desk/key"]


def test_casts_are_followed_where_they_are_named() -> None:
    assert not any("ns.keeper" in line for line in lines())
    pattern = "GET /people/{id}/ns.keeper/animals"
    assert lines(pattern) == ["GET /people/{person-id}/ns.keeper/animals"]


def test_alternate_and_composite_keys() -> None:
    alternate = (
        '<Annotation Term="Org.OData.Core.V1.AlternateKeys"><Collection><Record>'
        '<PropertyValue Property="Key"><Collection><Record>'
        '<PropertyValue Property="Name" PropertyPath="name"/></Record></Collection>'
        "</PropertyValue></Record></Collection></Annotation>"
    )
    api = load(
        '<EntityType Name="e"><Key><PropertyRef Name="a"/><PropertyRef Name="b"/></Key>'
        '<Property Name="a" Type="Edm.Int32"/><Property Name="b" Type="Edm.Int32"/>'
        f'<Property Name="name" Type="Edm.String"/>{alternate}</EntityType>'
        '<EntityContainer Name="C"><EntitySet Name="es" EntityType="ns.e"/>'
        "</EntityContainer>"
    )
    assert lines("GET /es/*", api=api) == ["GET /es/$count", "GET /es(a={a},b={b})"]
    assert lines("GET /es(b={y},a={x})", api=api) == ["GET /es(a={a},b={b})"]
    assert lines("GET /es(name={x})", api=api) == ["GET /es(name={name})"]


def test_a_pattern_without_its_slash_and_one_that_matches_nothing() -> None:
    assert lines("boss/desk") == lines("/boss/desk") != []
    assert lines("/gone/**") == []


@pytest.fixture(scope="module")
def graph() -> Api:
    diagnostics = Diagnostics()
    source = load_source(shared_data("graph/graph-v1.0-2026-08.csdl"))
    api = resolve(read([source], diagnostics), diagnostics)
    return make_resources(annotate(api, diagnostics))


def test_paths_of_microsoft_graph_are_made_while_they_are_asked_for(graph: Api) -> None:
    first = list(islice(enumerate_paths(graph, "", 99), 1000))
    assert len({path.text for path in first}) == 1000


@pytest.mark.parametrize(("depth", "count"), [(1, 474), (2, 1485), (3, 3388)])
def test_as_many_navigation_paths_as_counted_otherwise(
    graph: Api, depth: int, count: int
) -> None:
    """The counts are of navigation properties alone, below the sets and singletons."""
    resources = {
        id_: replace(
            resource,
            operations=(),
            links=tuple(
                [
                    link
                    for link in resource.links
                    if link.kind in (LinkKind.NAVIGATION, LinkKind.KEY)
                ]
            ),
        )
        for id_, resource in graph.resources.items()
    }
    bare = replace(graph, resources=resources, operations=())
    texts = [path.text for path in enumerate_paths(bare, "", depth)]
    navigated = [text for text in texts if not text.endswith("}")]
    assert len(navigated) - len(graph.roots) == count
