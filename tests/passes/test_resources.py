"""Resources: one for each way in which a type is met, with the links between them."""

from __future__ import annotations

import pytest
from passes.places import kinds, links, said, targets
from passes.zoo import load
from support import shared_data

from generator.diagnostics import Diagnostics
from generator.model import Api, KeyPart, LinkKind, Resource, Struct
from generator.passes import resources
from generator.passes.annotations import annotate
from generator.passes.resolve import resolve
from generator.passes.resources import make_resources
from generator.readers.csdl import read
from generator.readers.source import load_source

EVERY_WAY = """
<EntityType Name="e"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String"/><Property Name="part" Type="ns.c"/>
  <NavigationProperty Name="one" Type="ns.e" ContainsTarget="true"/>
  <NavigationProperty Name="many" Type="Collection(ns.e)" ContainsTarget="true"/>
  <NavigationProperty Name="ref" Type="ns.e"/>
  <NavigationProperty Name="refs" Type="Collection(ns.e)"/></EntityType>
<ComplexType Name="c"><NavigationProperty Name="to" Type="ns.e"/></ComplexType>
<EntityContainer Name="C"><EntitySet Name="es" EntityType="ns.e"/>
  <Singleton Name="it" Type="ns.e"/></EntityContainer>
"""


def test_a_type_has_a_resource_for_each_way_in_which_it_is_met() -> None:
    api = load(EVERY_WAY)
    assert {link.name: link.target for link in api.links} == {
        "es": "ns.e[]",
        "it": "ns.e@$singleton",
    }
    ways = {
        "part": "ns.c",
        "one": "ns.e",
        "many": "ns.e[]",
        "ref": "ns.e@$ref",
        "refs": "ns.e[]@$ref",
    }
    for variant in ("ns.e", "ns.e@$singleton", "ns.e@$ref", "ns.e@$member"):
        assert targets(api, variant) == ways
    assert targets(api, "ns.e[]") == {"": "ns.e"}
    assert targets(api, "ns.e[]@$ref") == {"": "ns.e@$member"}
    assert targets(api, "ns.c") == {"to": "ns.e@$ref"}
    assert len(api.resources) == 7


def test_links_say_whether_they_lead_to_what_lives_there() -> None:
    found = {link.name: link for link in load(EVERY_WAY).resources["ns.e"].links}
    assert [name for name, link in found.items() if not link.contains] == [
        "ref",
        "refs",
    ]
    assert found["part"].kind is LinkKind.COMPLEX
    assert found["one"].kind is LinkKind.NAVIGATION


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ("ns.e", ["read", "update", "delete"]),
        ("ns.e@$singleton", ["read", "update"]),
        ("ns.e@$ref", ["read", "set-reference", "remove-reference"]),
        ("ns.e@$member", ["read"]),
        ("ns.c", ["read", "update"]),
        ("ns.e[]", ["list", "create", "count"]),
        ("ns.e[]@$ref", ["list", "count", "add-reference", "remove-reference"]),
    ],
)
def test_what_is_usual_there(resource: str, expected: list[str]) -> None:
    assert kinds(load(EVERY_WAY), resource) == expected


def test_the_only_way_in_which_a_type_is_met_gives_the_plain_resource() -> None:
    api = load(
        '<EntityType Name="a"><NavigationProperty Name="bs" Type="Collection(ns.b)"/>'
        '</EntityType><EntityType Name="b"><Key><PropertyRef Name="id"/></Key>'
        '<Property Name="id" Type="Edm.String"/></EntityType><EntityContainer Name="C">'
        '<Singleton Name="it" Type="ns.a"/></EntityContainer>'
    )
    assert set(api.resources) == {"ns.a", "ns.b[]", "ns.b"}
    assert {resource.variant for resource in api.resources.values()} == {""}
    assert kinds(api, "ns.a") == ["read", "update"]
    assert kinds(api, "ns.b") == ["read"]
    assert targets(api, "ns.b[]") == {"": "ns.b"}


def test_a_place_that_allows_something_else_is_called_after_its_owner() -> None:
    one = said("ns.e/one", "DeleteRestrictions", Deletable=False)
    es = said("ns.C/es", "InsertRestrictions", Insertable=False)
    api = load(EVERY_WAY + one + es)
    assert targets(api, "ns.e")["one"] == "ns.e@ns.e/one"
    assert kinds(api, "ns.e@ns.e/one") == ["read", "update"]
    assert api.resources["ns.e@ns.e/one"].variant == "ns.e/one"
    assert api.links[0].target == "ns.e[]@ns.C/es"
    assert kinds(api, "ns.e[]@ns.C/es") == ["list", "count"]
    assert targets(api, "ns.e[]@ns.C/es") == {"": "ns.e"}
    assert kinds(api, "ns.e[]") == ["list", "create", "count"]


def test_a_collection_whose_items_allow_something_else_is_another_one() -> None:
    said_of_many = said("ns.e/many", "UpdateRestrictions", Updatable=False)
    api = load(EVERY_WAY + said_of_many)
    assert targets(api, "ns.e")["many"] == "ns.e[]@ns.e/many"
    assert kinds(api, "ns.e[]@ns.e/many") == kinds(api, "ns.e[]")
    assert targets(api, "ns.e[]@ns.e/many") == {"": "ns.e@ns.e/many"}
    assert kinds(api, "ns.e@ns.e/many") == ["read", "delete"]
    assert targets(api, "ns.e[]") == {"": "ns.e"}


def test_what_is_said_holds_where_nothing_else_is_called_the_same() -> None:
    prose = said("ns.a/b", "ReadRestrictions", Description="Get b")
    types = (
        '<EntityType Name="a"><NavigationProperty Name="b" Type="ns.b"'
        ' ContainsTarget="true"/>{}</EntityType><EntityType Name="b"/>'
        '<EntityContainer Name="C"><Singleton Name="it" Type="ns.a"/></EntityContainer>'
    )
    other = '<NavigationProperty Name="d" Type="ns.b" ContainsTarget="true"/>'
    [read_b, *_] = load(types.format("") + prose).resources["ns.b"].operations
    assert read_b.doc.summary == "Get b"
    [read_b, *_] = load(types.format(other) + prose).resources["ns.b"].operations
    assert read_b.doc.summary == ""


def test_what_is_said_on_a_derived_type_makes_another_place() -> None:
    types = (
        '<EntityType Name="a"><NavigationProperty Name="n" Type="ns.n"'
        ' ContainsTarget="true"/></EntityType><EntityType Name="n"/>'
        '<EntityType Name="d" BaseType="ns.a"/><EntityContainer Name="C">'
        '<Singleton Name="it" Type="ns.a"/></EntityContainer>'
    )
    api = load(types + said("ns.d/n", "DeleteRestrictions", Deletable=False))
    assert targets(api, "ns.a")["n"] == "ns.n"
    assert targets(api, "ns.d")["n"] == "ns.n@ns.d/n"


KEYED = """
<EntityType Name="order" Abstract="true"><Key><PropertyRef Name="year"/>
  <PropertyRef Name="about/id" Alias="id"/></Key>
  <Property Name="year" Type="Edm.Int32"/><Property Name="about" Type="ns.about"/>
  <Annotation Term="Org.OData.Core.V1.AlternateKeys"><Collection><Record>
    <PropertyValue Property="Key"><Collection><Record><PropertyValue Property="Name"
      PropertyPath="year"/></Record></Collection></PropertyValue></Record></Collection>
  </Annotation></EntityType>
<EntityType Name="sale" BaseType="ns.order"/>
<ComplexType Name="about"><Property Name="id" Type="Edm.String"/></ComplexType>
<EntityType Name="keyless"/>
<EntityContainer Name="C"><EntitySet Name="sales" EntityType="ns.sale"/>
  <EntitySet Name="others" EntityType="ns.keyless"/></EntityContainer>
"""


def test_keys_are_composite_inherited_alternate_or_absent() -> None:
    api = load(KEYED)
    primary, alternate = links(api, "ns.sale[]", LinkKind.KEY)
    assert primary.key == (KeyPart("year"), KeyPart("about/id", "id"))
    assert (primary.target, primary.alternate) == ("ns.sale", False)
    assert alternate.key == (KeyPart("year"),)
    assert (alternate.target, alternate.alternate) == ("ns.sale", True)
    assert links(api, "ns.keyless[]", LinkKind.KEY) == []


FAMILY = """
<EntityType Name="a"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String"/></EntityType>
<EntityType Name="c" BaseType="ns.a"/><EntityType Name="b" BaseType="ns.c">
  <NavigationProperty Name="n" Type="ns.n" ContainsTarget="true"/></EntityType>
<EntityType Name="n"/>
<EntityContainer Name="C"><EntitySet Name="all" EntityType="ns.a"/></EntityContainer>
"""


def test_casts_lead_to_every_derived_type() -> None:
    api = load(FAMILY)
    for suffix in ("", "[]"):
        found = links(api, f"ns.a{suffix}", LinkKind.CAST)
        assert [link.name for link in found] == ["ns.b", "ns.c"]
        assert [link.target for link in found] == [f"ns.b{suffix}", f"ns.c{suffix}"]
    assert targets(api, "ns.b") == {"n": "ns.n"}
    assert targets(api, "ns.b[]") == {"": "ns.b"}


def test_there_are_not_too_many_casts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "MOST_CASTS", 1)
    api = load(FAMILY)
    assert links(api, "ns.a", LinkKind.CAST) == []
    assert set(api.resources) == {"ns.a[]", "ns.a", "ns.b", "ns.c", "ns.n"}


def test_streams_have_links_without_a_place() -> None:
    api = load(
        '<EntityType Name="photo" HasStream="true"><Property Name="small" '
        'Type="Edm.Stream"/></EntityType><EntityType Name="me" BaseType="ns.photo"/>'
        '<EntityContainer Name="C"><Singleton Name="me" Type="ns.me"/>'
        "</EntityContainer>"
    )
    found = links(api, "ns.me", LinkKind.STREAM)
    assert [(link.name, link.target) for link in found] == [
        ("small", ""),
        ("$value", ""),
    ]


@pytest.mark.parametrize(
    "inside",
    [
        '<NavigationProperty Name="n" Type="ns.g"/>',
        '<Property Name="s" Type="Edm.Stream"/>',
        '<Property Name="p" Type="ns.leading"/>',
    ],
)
def test_complex_properties_are_places_if_they_lead_on(inside: str) -> None:
    api = load(COMPLEX.replace("INSIDE", inside))
    assert targets(api, "ns.e")["one"] == "ns.c"
    assert "list" not in targets(api, "ns.e")
    assert "ns.plain" not in api.resources


COMPLEX = """
<EntityType Name="e"><Property Name="one" Type="ns.c"/>
  <Property Name="list" Type="Collection(ns.c)"/><Property Name="no" Type="ns.plain"/>
  </EntityType>
<ComplexType Name="c">INSIDE</ComplexType>
<ComplexType Name="leading"><NavigationProperty Name="n" Type="ns.g"/></ComplexType>
<EntityType Name="g"/>
<ComplexType Name="plain"><Property Name="text" Type="Edm.String"/></ComplexType>
<EntityContainer Name="C"><Singleton Name="it" Type="ns.e"/></EntityContainer>
"""


def test_complex_properties_lead_on_by_what_is_bound_to_them() -> None:
    bound = (
        '<Action Name="reset" IsBound="true"><Parameter Name="it" Type="{}"/></Action>'
    )
    bare = COMPLEX.replace("INSIDE", "")
    assert kinds(load(bare + bound.format("ns.c")), "ns.c")[-1] == "action"
    assert "ns.c" not in load(bare + bound.format("Collection(ns.c)")).resources


def test_complex_properties_lead_on_by_a_cast_but_not_to_sisters() -> None:
    leading = '<NavigationProperty Name="n" Type="ns.g"/>'
    derived = (
        f'<ComplexType Name="d" BaseType="ns.c">{leading}</ComplexType>'
        '<ComplexType Name="sister" BaseType="ns.c"/>'
        '<EntityType Name="f" BaseType="ns.e"><Property Name="s" Type="ns.sister"/>'
        "</EntityType>"
    )
    api = load(COMPLEX.replace("INSIDE", "") + derived)
    assert targets(api, "ns.c") == {"ns.d": "ns.d", "ns.sister": "ns.sister"}
    assert "s" not in targets(api, "ns.f")


def test_only_what_ways_lead_to_is_there_and_every_entity_type() -> None:
    lost = (
        '<ComplexType Name="far"><NavigationProperty Name="n" Type="ns.e"/>'
        "</ComplexType>"
        '<EntityType Name="base" Abstract="true"/>'
        '<EntityType Name="island" BaseType="ns.base">'
        '<NavigationProperty Name="to" Type="ns.bridge"/></EntityType>'
        '<EntityType Name="bridge"/>'
    )
    api = load(COMPLEX.replace("INSIDE", "") + lost)
    assert set(api.resources) == {"ns.e", "ns.g", "ns.base", "ns.island", "ns.bridge"}
    assert targets(api, "ns.base") == {}
    assert targets(api, "ns.island") == {"to": "ns.bridge"}
    assert kinds(api, "ns.bridge") == ["read", "set-reference", "remove-reference"]


def test_an_api_that_has_resources_is_left_alone() -> None:
    api = Api("x", resources={"r": Resource("r", "t")})
    assert make_resources(api) is api


CONCURRENT = '<Annotations Target="{}"><Annotation Term="{}"><Collection/>'
CONCURRENT += "</Annotation></Annotations>"


def test_changes_need_an_etag_at_the_places_of_what_says_so() -> None:
    term = "Org.OData.Core.V1.OptimisticConcurrency"

    def concurrent(target: str) -> set[str]:
        api = load(EVERY_WAY + CONCURRENT.format(target, term))
        return {item.id for item in api.resources.values() if item.concurrent}

    assert concurrent("ns.C/es") == {"ns.e[]", "ns.e"}
    assert concurrent("ns.C/it") == {"ns.e@$singleton"}
    assert concurrent("ns.e/ref") == {"ns.e@$ref"}
    assert concurrent("ns.e") == {item for item in load(EVERY_WAY).resources} - {"ns.c"}


@pytest.fixture(scope="module")
def graph() -> Api:
    diagnostics = Diagnostics()
    source = load_source(shared_data("graph/graph-v1.0-2026-08.csdl"))
    api = resolve(read([source], diagnostics), diagnostics)
    return make_resources(annotate(api, diagnostics))


def test_places_of_microsoft_graph_are_led_to_or_the_only_one_of_their_type(
    graph: Api,
) -> None:
    led_to = {link.target for link in graph.links}
    for resource in graph.resources.values():
        led_to.update(link.target for link in resource.links)
    assert led_to - {""} <= set(graph.resources)
    for resource in graph.resources.values():
        if resource.id not in led_to:
            assert resource.id == resource.type
            assert f"{resource.type}[]" not in graph.resources
    entities = [item for item in graph.types.values() if isinstance(item, Struct)]
    types = {resource.type for resource in graph.resources.values()}
    assert {item.id for item in entities if item.is_entity} <= types


def test_variants_in_microsoft_graph_share_their_links_and_calls(graph: Api) -> None:
    shapes: dict[tuple[str, bool], list[Resource]] = {}
    for resource in graph.resources.values():
        shapes.setdefault((resource.type, resource.many), []).append(resource)
    for variants in shapes.values():
        assert 1 == len({tuple(_shared(resource)) for resource in variants})


def _shared(resource: Resource) -> list[str]:
    shared = [
        f"{link.kind} {link.name} {link.target}"
        for link in resource.links
        if link.kind is not LinkKind.KEY
    ]
    return shared + [item.id for item in resource.operations if item.binding]


def test_what_is_said_of_a_set_holds_although_a_cast_leads_there_too() -> None:
    body = (
        '<EntityType Name="thing"><Key><PropertyRef Name="id"/></Key>'
        '<Property Name="id" Type="Edm.String"/></EntityType>'
        '<EntityType Name="user" BaseType="ns.thing"/>'
        '<EntityContainer Name="C"><EntitySet Name="things" EntityType="ns.thing"/>'
        '<EntitySet Name="users" EntityType="ns.user"/>{}</EntityContainer>'
    ) + said("ns.C/users", "ReadRestrictions", Description="List users")
    users = load(body.format("")).resources["ns.user[]"]
    assert [item.doc.summary for item in users.operations] == ["List users", "", ""]
    other = '<EntitySet Name="others" EntityType="ns.user"/>'
    several = load(body.format(other)).resources["ns.user[]"]
    assert [item.doc.summary for item in several.operations] == ["", "", ""]


def test_what_is_said_of_several_places_is_kept_for_each() -> None:
    body = (
        '<EntityType Name="user"><Key><PropertyRef Name="id"/></Key>'
        '<Property Name="id" Type="Edm.String"/></EntityType>'
        '<EntityContainer Name="C"><EntitySet Name="users" EntityType="ns.user"/>'
        '<EntitySet Name="guests" EntityType="ns.user"/>'
        '<EntitySet Name="others" EntityType="ns.user"/></EntityContainer>'
    )
    body += said("ns.C/users", "ReadRestrictions", Description="List users")
    body += said("ns.C/guests", "InsertRestrictions", Description="Invite a guest")
    api = load(body)
    users = api.resources["ns.user[]"]
    assert [owner for owner, _ in users.told] == ["ns.C/users", "ns.C/guests"]
    assert {link.owner for link in api.links} == {
        *("ns.C/users", "ns.C/guests", "ns.C/others")
    }
    listing, creating, _ = users.operations
    assert users.operation_at("ns.C/users", listing).doc.summary == "List users"
    assert users.operation_at("ns.C/guests", creating).doc.summary == "Invite a guest"
    assert users.operation_at("ns.C/guests", listing) == listing
    assert users.operation_at("ns.C/others", listing) is listing


def test_the_owner_of_a_link_is_what_is_annotated() -> None:
    api = load(EVERY_WAY)
    owners = {link.name: link.owner for link in api.resources["ns.e"].links}
    assert owners["one"] == "ns.e/one" and owners["part"] == "ns.e/part"
