"""Slice: the rule of what stays, and that nothing that stays refers to what does
not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from passes.zoo import load, members, names
from support import shared_data

from generator.diagnostics import Diagnostics
from generator.model import Api, Operation, Resource, Struct, named_types
from generator.passes.annotations import annotate
from generator.passes.catalogue import with_catalogue
from generator.passes.closure import mentioned_by
from generator.passes.dangling import dangling
from generator.passes.codes import CODES
from generator.passes.resolve import resolve
from generator.passes.resources import make_resources
from generator.passes.slice import slice_api
from generator.readers.csdl import read
from generator.readers.source import load_source

ZOO = load()


def sliced(*include: str, depth: int | None = None, api: Api = ZOO) -> Api:
    diagnostics = Diagnostics()
    result = slice_api(api, include, depth, diagnostics)
    assert [each for each in diagnostics if each.code != "slice-wide"] == []
    assert list(dangling(result)) == []
    return result


def all_operations(api: Api) -> Iterator[Operation]:
    yield from api.operations
    for resource in api.resources.values():
        yield from resource.operations
        yield from [link.operation for link in resource.links if link.operation]


def verbs(api: Api, resource_id: str) -> list[str]:
    return [operation.name for operation in api.resources[resource_id].operations]


def links(api: Api, resource_id: str) -> list[str]:
    return [link.name for link in api.resources[resource_id].links]


def test_without_patterns_everything_stays() -> None:
    assert slice_api(ZOO, [], None, Diagnostics()) is ZOO


def test_a_type_keeps_its_bases_but_not_what_else_stands_on_them() -> None:
    assert names(sliced("ns.desk")) == {"desk", "thing", "key"}
    assert names(sliced("desk", depth=0)) == {"desk", "thing"}


def test_derived_types_of_what_is_mentioned_stay() -> None:
    api = load("""<ComplexType Name="holder"><Property Name="p" Type="ns.person"/>
      </ComplexType><ComplexType Name="person"/>
      <ComplexType Name="keeper" BaseType="ns.person"/>""")
    assert names(sliced("holder", api=api)) == {"holder", "person", "keeper"}
    assert names(sliced("keeper", api=api)) == {"keeper", "person"}


def test_structural_properties_are_always_followed_relationships_by_depth() -> None:
    near = sliced("keeper", depth=0)
    assert names(near) == {"keeper", "person", "thing", "address"}
    assert members(near, "keeper") == []
    assert members(near, "person") == ["home", "name", "boss"]
    next_ = sliced("keeper", depth=1)
    assert names(next_) - names(near) == {"desk", "animal", "kind"}
    assert members(next_, "desk") == []
    assert members(next_, "keeper") == ["animals"]


def test_a_partner_that_is_cut_off_is_forgotten() -> None:
    api = load("""<EntityType Name="e"><Key><PropertyRef Name="id"/></Key>
      <Property Name="id" Type="Edm.String"/>
      <NavigationProperty Name="n" Type="ns.f" Partner="c/m"/></EntityType>
      <EntityType Name="f"><Property Name="c" Type="ns.c"/></EntityType>
      <ComplexType Name="c"><NavigationProperty Name="m" Type="ns.e"/></ComplexType>
      <EntityContainer Name="C"><EntitySet Name="es" EntityType="ns.e"/>
      </EntityContainer>""")
    assert partner(sliced("e", api=api)) == "c/m"
    assert partner(sliced("DELETE /es/{id}", "/es/{id}/n/$ref", api=api)) == ""


def partner(api: Api) -> str:
    definition = api.types["ns.e"]
    assert isinstance(definition, Struct)
    navigation = definition.properties[-1].navigation
    assert navigation is not None
    return navigation.partner


def test_operations_of_named_types_bring_what_they_mention() -> None:
    api = sliced("animal", depth=0)
    assert {"meal", "receipt", "kind"} <= names(api)
    assert [operation.name for operation in api.operations] == ["ns.feed", "ns.oldest"]
    assert "ns.feed" in verbs(api, "ns.animal")


def test_operations_of_types_only_mentioned_bring_nothing() -> None:
    api = sliced("keeper", depth=1)
    assert "animal" in names(api)
    assert "meal" not in names(api)
    assert [operation.name for operation in api.operations] == ["ns.oldest"]


def test_resources_and_roots_of_the_types_that_stay() -> None:
    api = sliced("animal", depth=0)
    assert [link.name for link in api.links] == ["animals"]
    assert [(root.name, root.bindings) for root in api.roots] == [("animals", ())]
    assert all(item.type == "ns.animal" for item in api.resources.values())
    assert links(api, "ns.animal") == ["photo", "young"]


def test_annotations_stay_with_what_they_are_about() -> None:
    feed = "ns.feed(ns.animal,ns.meal)"
    assert set(sliced("animal", depth=0).annotations) == {feed, "ns.Zoo"}
    assert set(sliced("person").annotations) >= {"ns.Zoo/people", "ns.animal/keeper"}


@pytest.mark.parametrize(
    "pattern", ["ns.feed", "feed", "ns.feed(ns.animal, ns.meal)", "fee*"]
)
def test_an_operation_keeps_its_place_and_what_it_mentions(pattern: str) -> None:
    api = sliced(pattern)
    assert names(api) == {"animal", "thing", "meal", "receipt"}
    assert members(api, "animal") == ["photo", "young"]
    assert list(api.resources) == ["ns.animal"]
    assert verbs(api, "ns.animal") == ["ns.feed"]
    assert api.links == ()


def test_an_operation_on_the_service() -> None:
    for pattern in ("close", "POST /close"):
        api = sliced(pattern)
        assert [operation.name for operation in api.operations] == ["close"]
        assert api.types == {} and api.resources == {}


def test_a_path_keeps_what_is_on_the_way_and_no_more() -> None:
    api = sliced("GET /people/{id}/desk/key")
    assert names(api) == {"person", "thing", "desk", "key"}
    assert members(api, "person") == ["name", "boss", "desk"]
    assert [link.name for link in api.links] == ["people"]
    assert verbs(api, "ns.desk") == []
    assert links(api, "ns.desk") == ["key"]
    assert verbs(api, "ns.key") == ["read"]


def test_methods() -> None:
    assert verbs(sliced("GET,delete /people/*"), "ns.person") == ["read", "delete"]
    everything = ["read", "update", "delete"]
    assert verbs(sliced("* /people/{id}"), "ns.person") == everything
    assert verbs(sliced("/people/{id}"), "ns.person") == everything


def test_wildcards_follow_what_is_contained_literals_follow_everything() -> None:
    api = sliced("/people/**", depth=0)
    assert {item.type for item in api.resources.values()} == {
        "ns.person",
        "ns.desk",
        "ns.key",
    }
    api = sliced("/people/{id}/boss/ns.keeper/animals", depth=0)
    ids = {item.type for item in api.resources.values()}
    assert ids == {"ns.person", "ns.keeper", "ns.animal"}


def test_a_wildcard_in_the_middle() -> None:
    api = sliced("/**/key")
    assert {link.name for link in api.links} == {"keepers", "people", "boss"}
    assert "ns.animal" not in {item.type for item in api.resources.values()}


def test_one_segment_is_one_segment() -> None:
    api = sliced("GET /animals/*")
    assert verbs(api, "ns.animal[]") == ["count", "ns.oldest"]
    assert verbs(api, "ns.animal") == ["read"]
    assert links(api, "ns.animal") == []


def test_an_operation_at_the_end_of_a_path() -> None:
    for pattern in ("/animals/{id}/ns.feed", "POST /animals/{id}/feed"):
        api = sliced(pattern)
        assert verbs(api, "ns.animal") == ["ns.feed"]
        assert {"meal", "receipt"} <= names(api)


def test_a_stream_at_the_end_of_a_path() -> None:
    api = sliced("GET /animals/{id}/photo")
    assert verbs(api, "ns.animal") == []
    assert links(api, "ns.animal") == ["photo"]


def test_a_type_on_the_way_is_whole_where_it_is_wanted_too() -> None:
    api = sliced("/people/{id}/desk", "person", depth=0)
    assert "home" in members(api, "person")
    assert "address" in names(api)


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("ns.gone", "no type, action or function is called 'ns.gone'"),
        ("Animal", "did you mean 'ns.animal'?"),
        ("animle", "did you mean 'ns.animal'?"),
        ("/people/{id}/desks", "nothing is called 'desks' after '/people/{key}'"),
        ("/people/{id}/desks", "did you mean 'desk'?"),
        ("PUT /people/{id}", "no PUT there"),
        ("/", "nothing can be done there"),
    ],
)
def test_a_pattern_that_matches_nothing_is_an_error(pattern: str, message: str) -> None:
    diagnostics = Diagnostics()
    slice_api(ZOO, [pattern, "meal"], None, diagnostics)
    [error] = diagnostics.errors
    assert error.code == "slice-unmatched" and error.code in CODES
    assert message in error.message


def test_short_names_prefer_the_main_namespace() -> None:
    meal = ZOO.types["ns.meal"]
    assert isinstance(meal, Struct)
    other = {f"{space}.meal": replace(meal, id=f"{space}.meal") for space in "ab"}
    api = replace(ZOO, types={**ZOO.types, **other})
    assert set(slice_api(api, ["meal"], None, Diagnostics()).types) == {"ns.meal"}
    api = replace(ZOO, types=other)
    diagnostics = Diagnostics()
    slice_api(api, ["meal"], None, diagnostics)
    assert [item.code for item in diagnostics] == ["slice-ambiguous"]
    assert set(slice_api(api, ["*.meal"], None, Diagnostics()).types) == set(other)


@pytest.fixture(scope="module")
def graph() -> Api:
    diagnostics = Diagnostics()
    source = load_source(shared_data("graph/graph-v1.0-2026-08.csdl"))
    api = resolve(read([source], diagnostics), diagnostics)
    return with_catalogue(make_resources(annotate(api, diagnostics)))


@pytest.mark.parametrize(
    ("include", "depth"),
    [
        ("**", None),
        ("/**", None),
        ("user", 0),
        ("user", 1),
        ("POST /users/**", 0),
        ("microsoft.graph.delta", 0),
        ("/sites/{id}/getByPath(path={path})/lists", 0),
    ],
)
def test_slices_of_microsoft_graph_are_whole(
    graph: Api, include: str, depth: int | None
) -> None:
    api = sliced(include, depth=depth, api=graph)
    assert api.types and api.resources


def test_the_qr_pin_of_microsoft_graph(graph: Api) -> None:
    api = sliced("qrPin", api=graph)
    assert set(api.types) == {"microsoft.graph.qrPin", "microsoft.graph.entity"}
    cast = "microsoft.graph.qrCodePinAuthenticationMethod"
    path = f"/users/{{id}}/authentication/methods/{{id}}/{cast}/pin"
    api = sliced(path, api=graph)
    assert len(api.types) == 7
    assert [link.name for link in api.links] == ["users"]


@pytest.mark.parametrize("pattern", ["animals/**", "GET animals/{id}"])
def test_a_path_without_its_first_slash_is_explained(pattern: str) -> None:
    diagnostics = Diagnostics()
    slice_api(ZOO, [pattern], None, diagnostics)
    (error,) = diagnostics
    assert error.code == "slice-unmatched"
    assert error.message.endswith("; a path begins with '/'")


@pytest.mark.parametrize(
    ("include", "depth", "is_told"),
    [("user", None, True), ("user", 1, False), ("qrPin", None, False)],
)
def test_a_slice_that_is_nearly_all_is_told(
    graph: Api, include: str, depth: int | None, is_told: bool
) -> None:
    diagnostics = Diagnostics()
    slice_api(graph, [include], depth, diagnostics)
    told = [str(each) for each in diagnostics if each.code == "slice-wide"]
    assert len(told) == is_told
    assert not told or "`depth` = 1 (--depth 1)" in told[0]
