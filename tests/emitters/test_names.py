"""The names of types, members, places, calls and parameters: kept apart, and the same in
every slice."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import TypeVar
from dataclasses import replace

import pytest
from emitters.building import load, past_the_reader, sources
from emitters.random_apis import apis
from emitters.soundness import faults
from emitters.surface import surface
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.diagnostics import Diagnostics
from generator.emitters.docs.names import PageNames
from generator.emitters.python.call_names import call_name
from generator.emitters.python.names import Names, link_key
from generator.emitters.python.request_names import RequestNames
from generator.emitters.python.spelling import LONGEST
from generator.model import (
    Api,
    Binding,
    Enum,
    EnumMember,
    Named,
    Operation,
    OperationKind,
    Parameter,
    ParameterIn,
    Property,
    Resource,
    Response,
    Scalar,
    ScalarKind,
    Struct,
    TypeDef,
)
from generator.passes.slice import slice_api

T = TypeVar("T")

TEXT = Scalar(ScalarKind.STRING)


def struct(type_id: str, *members: str, base: str | None = None) -> Struct:
    properties = tuple(Property(name, TEXT) for name in members)
    return Struct(type_id, base=base, properties=properties)


def entity(type_id: str, *members: str) -> Struct:
    return replace(struct(type_id, *members), is_entity=True)


def enum(type_id: str, *members: str) -> Enum:
    return Enum(type_id, tuple(EnumMember(name) for name in members))


def names(*types: TypeDef) -> Names:
    return Names(past_the_reader(types))


def classes(*types: TypeDef) -> dict[str, str]:
    found = names(*types)
    return {each.id: found.type_class(each.id) for each in types}


def place(api: Api, id_: str) -> tuple[str, dict[str, str]]:
    """The class of a place, and its attributes by what they lead to or call."""
    found = Names(api)
    resource = api.resources[id_]
    members = found.resource_members(resource)
    links = {
        link.name or link_key(link): members[link_key(link)]
        for link in resource.links
        if link_key(link) in members
    }
    calls = {
        f"{call.kind} {call.name}": call_name(members, call)
        for call in resource.operations
        if call.kind in (OperationKind.ACTION, OperationKind.FUNCTION)
    }
    return found.resource_class(resource), links | calls


# --- types


def test_a_short_name_of_several_namespaces_is_prefixed_outside_the_main_one() -> None:
    assert classes(struct("ns.user"), struct("ns.sub.user"), struct("far.user")) == {
        "ns.user": "User",
        "ns.sub.user": "SubUser",
        "far.user": "FarUser",
    }


def test_without_the_main_one_all_namespaces_are_said() -> None:
    assert classes(struct("ns.sub.user"), struct("far.user")) == {
        "ns.sub.user": "SubUser",
        "far.user": "FarUser",
    }


def test_a_prefixed_name_never_takes_a_plain_one() -> None:
    types = struct("ns.user"), struct("ns.sub.user"), struct("ns.subUser")
    assert classes(*types) == {
        "ns.user": "User",
        "ns.sub.user": "NsSubUser",
        "ns.subUser": "SubUser",
    }


def test_types_that_differ_in_case_alone_are_told_apart_by_words() -> None:
    types = entity("ns.User"), entity("ns.user"), enum("ns.uSER")
    assert classes(*types) == {
        "ns.User": "User",
        "ns.user": "NsUser",
        "ns.uSER": "USER",
    }


def test_what_nothing_tells_apart_is_numbered_and_nothing_else() -> None:
    wires = ["ns.fooBar", "ns.foo_bar", "ns.foo_Bar", "ns.FooBar"]
    found = classes(*map(struct, wires))
    assert len(set(found.values())) == 4
    numbered = [name for name in found.values() if name[-1].isdigit()]
    assert numbered == ["FooBar2"] or numbered == []


def test_no_two_modules_are_one_where_the_disk_knows_no_case() -> None:
    found = names(struct("ns.straße"), struct("ns.strasse"), struct("ns.STRASSE"))
    modules = {found.type_module(f"ns.{n}") for n in ("straße", "strasse", "STRASSE")}
    assert len({module.casefold() for module in modules}) == 3


@pytest.mark.parametrize("wire", ["con", "NUL", "aux", "prn", "com1", "LPT9", "com²"])
def test_no_module_is_a_device_of_windows(wire: str) -> None:
    found = names(struct(f"ns.{wire}"))
    assert found.type_module(f"ns.{wire}").endswith("_")


@pytest.mark.parametrize(
    ("wire", "class_", "module"),
    [
        ("none", "None_", "none"),
        ("class", "Class", "class_"),
        ("any", "Any_", "any"),
        ("DATE", "DATE_", "date"),
        ("pages", "Pages_", "pages"),
        ("asyncClient", "AsyncClient_", "async_client"),
        ("resource", "Resource_", "resource"),
    ],
)
def test_a_reserved_type_gets_an_underscore(
    wire: str, class_: str, module: str
) -> None:
    found = names(struct(f"ns.{wire}"))
    assert found.type_class(f"ns.{wire}") == class_
    assert found.type_module(f"ns.{wire}") == module


def test_a_very_long_name_is_shortened_in_its_middle() -> None:
    words = "".join(f"Word{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" * 3)
    module = names(struct(f"ns.{words}")).type_module(f"ns.{words}")
    assert len(module) <= LONGEST
    assert module.startswith("word_a_word_b_")
    assert module.endswith("_word_y_word_z")


@pytest.mark.parametrize("letter", ["a", "A", "用", "İ", "ß", "😀x", "aB"])
def test_shortened_names_stay_different_and_fit_into_any_path(letter: str) -> None:
    wires = [f"ns.x{letter * 150}{end}{letter * 150}" for end in ("a", "b", "c", "d")]
    found = names(*map(struct, wires))
    modules = [found.type_module(wire) for wire in wires]
    assert len(set(modules)) == 4
    assert max(len(module.encode()) for module in modules) <= LONGEST
    assert len({found.type_class(wire) for wire in wires}) == 4


def test_a_shortened_name_depends_on_its_type_alone() -> None:
    long = struct("ns." + "veryLong" * 30)
    other = struct("ns." + "veryLong" * 31)
    assert names(long).type_module(long.id) == names(long, other).type_module(long.id)


# --- members


def test_members_of_a_type_avoid_what_every_model_has() -> None:
    found = names(struct("ns.x", "id", "class", "toDict", "validate", "self", "field"))
    assert sorted(found.members("ns.x").values()) == [
        "class_",
        "field_",
        "id",
        "self_",
        "to_dict_",
        "validate_",
    ]


def test_inherited_members_keep_their_names() -> None:
    base = struct("ns.base", "displayName")
    derived = struct("ns.derived", "display_name", "displayName", base="ns.base")
    assert names(base, derived).members("ns.derived") == {
        "displayName": "display_name",
        "display_name": "display_name_",
    }


def test_members_of_an_enumeration() -> None:
    members = ("red", "Red", "unknownFutureValue", "remoteControl", "remote_Control")
    assert names(enum("ns.e", *members)).members("ns.e") == {
        "red": "RED",
        "Red": "Red",
        "unknownFutureValue": "UNKNOWN_FUTURE_VALUE",
        "remoteControl": "REMOTE_CONTROL",
        "remote_Control": "remote_Control",
    }


def test_no_member_of_an_enumeration_hides_what_members_have() -> None:
    members = ("mro", "name", "value", "title", "Title", "None", "none", "_ignore_")
    found = names(enum("ns.e", *members, "ignore")).members("ns.e")
    assert len(set(found.values())) == 9
    assert not {"mro", "name", "value", "title", "None"} & set(found.values())
    assert not any(name.startswith("_") for name in found.values())


# --- places

PLACES = """
<EntityType Name="a"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <NavigationProperty Name="get" Type="self.a" ContainsTarget="true"/>
  <NavigationProperty Name="asB" Type="self.a"/>
  <NavigationProperty Name="check" Type="self.a"/>
  <NavigationProperty Name="import" Type="self.a"/>
  <NavigationProperty Name="property" Type="self.a"/></EntityType>
<EntityType Name="b" BaseType="self.a"/>
<Action Name="check" IsBound="true"><Parameter Name="it" Type="self.a"/></Action>
<Action Name="update" IsBound="true"><Parameter Name="it" Type="self.a"/></Action>
<Action Name="count" IsBound="true"><Parameter Name="it" Type="self.a"/></Action>
<Action Name="b" IsBound="true"><Parameter Name="it" Type="self.a"/></Action>
<Action Name="list" IsBound="true">
  <Parameter Name="them" Type="Collection(self.a)"/></Action>
<EntityContainer Name="C"><EntitySet Name="close" EntityType="self.a"/>
  <EntitySet Name="as" EntityType="self.a"/></EntityContainer>
"""


def test_the_attributes_of_a_place() -> None:
    _, members = place(load(PLACES), "ns.a")
    assert members == {
        "get": "get_",
        "asB": "as_b",
        "check": "check",
        "import": "import_",
        "property": "property_",
        "ns.b": "as_ns_b",
        "action ns.check": "ns_check",
        "action ns.update": "update_",
        "action ns.count": "count",
        "action ns.b": "b",
    }


def test_the_attributes_of_many() -> None:
    _, members = place(load(PLACES), "ns.a[]")
    assert members == {"ns.b": "as_b", "action ns.list": "list_"}


def test_the_attributes_of_the_client() -> None:
    api = load(PLACES)
    assert list(Names(api).client_members.values()) == ["as_", "close_"]


@pytest.mark.parametrize("other", ["aResource", "aCollection", "asyncA", "aReference"])
def test_no_place_has_the_name_of_another_class(other: str) -> None:
    texts = sources(load(f"""
<EntityType Name="a"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <NavigationProperty Name="friend" Type="self.a"/>
  <NavigationProperty Name="other" Type="self.{other}"/></EntityType>
<EntityType Name="{other}" BaseType="self.a"/>
<Action Name="make" IsBound="true"><Parameter Name="it" Type="self.a"/>
  <ReturnType Type="self.{other}"/></Action>
<Action Name="makeAll" IsBound="true"><Parameter Name="it" Type="Collection(self.a)"/>
  <ReturnType Type="self.{other}"/></Action>
<EntityContainer Name="C"><EntitySet Name="all" EntityType="self.a"/></EntityContainer>
"""))
    assert faults(texts) == []


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ((), "AResource"),
        (("aResource",), "APlace"),
        (("aResource", "aPlace"), "ANsAPlace"),
        (("aResource", "aPlace", "aNsAPlace"), "ANsAPlace_"),
    ],
)
def test_the_class_of_a_place_moves_out_of_the_way_of_types(
    others: tuple[str, ...], expected: str
) -> None:
    api = load(f"""
<EntityType Name="a"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
{"".join(f'<ComplexType Name="{name}"/>' for name in others)}
<EntityContainer Name="C"><EntitySet Name="all" EntityType="self.a"/></EntityContainer>
""")
    assert place(api, "ns.a")[0] == expected


def test_names_are_those_of_the_whole_spec() -> None:
    """Without the catalogue of it, a slice would name things in its own way."""
    bare = Api("Zoo")
    for make in (Names, PageNames, lambda api: RequestNames(api, names())):
        with pytest.raises(ValueError, match="from the catalogue of the whole spec"):
            make(bare)


def test_places_that_annotations_set_apart_have_names_of_their_own() -> None:
    api = load("""
<EntityType Name="user"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <NavigationProperty Name="boss" Type="self.user" ContainsTarget="true"/></EntityType>
<EntityType Name="userBoss" BaseType="self.user"/>
<EntityContainer Name="C"><EntitySet Name="users" EntityType="self.user"/>
</EntityContainer>
<Annotations Target="ns.user/boss">
  <Annotation Term="Org.OData.Capabilities.V1.UpdateRestrictions"><Record>
    <PropertyValue Property="Updatable" Bool="false"/></Record></Annotation>
</Annotations>
""")
    found = {id_: place(api, id_)[0] for id_ in api.resources}
    assert len(set(found.values())) == len(found)
    assert found["ns.user@ns.user/boss"] == "UserBossPlace"
    assert faults(sources(api)) == []


def called(kind: OperationKind, **changes: object) -> Operation:
    """An operation `ns.check` on `ns.a`."""
    given = " ".join(changes)
    made = Operation(f"{kind} {given}", "ns.check", kind, "", binding=Binding("ns.a"))
    return replace(made, **changes)  # type: ignore[arg-type]


def test_calls_of_one_name() -> None:
    leading = Response("200", Named("ns.a"))
    calls = [
        called(OperationKind.ACTION),
        called(
            OperationKind.FUNCTION,
            parameters=(Parameter("at", TEXT, ParameterIn.PATH),),
        ),
        called(
            OperationKind.FUNCTION,
            composable=True,
            responses=(leading,),
            parameters=(Parameter("id", TEXT, ParameterIn.PATH),),
        ),
    ]
    api = past_the_reader([entity("ns.a", "id")], calls)
    _, members = place(api, "ns.a")
    assert members == {
        "action ns.check": "check",
        "function ns.check": "check_function",
    }
    assert "def check_place(self, *, id: str)" in sources(api)["resources/a.py"]
    assert faults(sources(api)) == []


def test_parameters() -> None:
    api = load("""
<Action Name="do"><Parameter Name="self" Type="Edm.String"/>
  <Parameter Name="from" Type="Edm.String"/><Parameter Name="one" Type="Edm.String"/>
  <Parameter Name="fooBar" Type="Edm.String"/>
  <Parameter Name="foo_bar" Type="Edm.String"/></Action>
<EntityContainer Name="C"><ActionImport Name="do" Action="self.do"/></EntityContainer>
""")
    (operation,) = api.operations
    assert Names(api).parameters(operation.name) == {
        "self": "self_",
        "from": "from_",
        "one": "one_",
        "fooBar": "foo_bar",
        "foo_bar": "foo_bar_",
    }


# --- slices and orders


def shuffled(mapping: Mapping[str, T], order: random.Random) -> dict[str, T]:
    items = list(mapping.items())
    order.shuffle(items)
    return dict(items)


@given(apis(every=True), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_every_package_is_sound_and_a_slice_renames_nothing(
    api: Api, order: random.Random
) -> None:
    whole = sources(api)
    assert faults(whole) == []
    part = surface(sources(cut(api, order)))
    assert part <= surface(whole)


def cut(api: Api, order: random.Random) -> Api:
    """Leave some operations out, of the service and of its places."""

    def thinned(resource: Resource) -> Resource:
        kept = [call for call in resource.operations if order.random() < 0.5]
        links = [link for link in resource.links if not link.operation]
        return replace(resource, operations=tuple(kept), links=tuple(links))

    return replace(
        api,
        resources={id_: thinned(place) for id_, place in api.resources.items()},
        links=api.links[: order.randint(0, len(api.links))],
    )


@given(apis(every=True), st.data())
@settings(max_examples=40)
def test_a_slice_by_type_renames_nothing(api: Api, data: st.DataObject) -> None:
    wanted = data.draw(st.sampled_from(sorted(api.types)))
    part = slice_api(
        api, [wanted], data.draw(st.sampled_from([None, 0, 1])), Diagnostics()
    )
    assert faults(sources(part)) == []
    assert surface(sources(part)) <= surface(sources(api))


@given(apis(every=True), st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_the_order_of_the_input_does_not_matter(api: Api, order: random.Random) -> None:
    assert api.catalogue is not None
    catalogue = replace(
        api.catalogue,
        kinds=shuffled(api.catalogue.kinds, order),
        members=shuffled(api.catalogue.members, order),
        bases=shuffled(api.catalogue.bases, order),
        resources=shuffled(api.catalogue.resources, order),
    )
    assert sources(replace(api, catalogue=catalogue)) == sources(api)
