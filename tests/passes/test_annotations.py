"""Annotate: what annotations say, written into the elements."""

from __future__ import annotations

from dataclasses import replace

from decimal import Decimal

import pytest
from support import read_csdl, shared_data

from generator.diagnostics import Diagnostics
from generator.model import (
    Access,
    Alias,
    Api,
    Constraints,
    Deprecation,
    Doc,
    Enum,
    KeyPart,
    Link,
    OperationKind,
    Permission,
    Property,
    Struct,
)
from generator.passes.annotations import annotate
from generator.passes.resolve import resolve
from generator.readers.csdl import read
from generator.readers.source import load_source

CORE = "Org.OData.Core.V1"
CAPABILITIES = "Org.OData.Capabilities.V1"
VALIDATION = "Org.OData.Validation.V1"


def annotated(body: str) -> tuple[Api, Diagnostics]:
    api, diagnostics = read_csdl(body)
    api = annotate(resolve(api, diagnostics), diagnostics)
    return api, diagnostics


def struct(api: Api, type_id: str) -> Struct:
    found = api.types[type_id]
    assert isinstance(found, Struct)
    return found


def one_property(annotations: str, attributes: str = 'Type="Edm.String"') -> Property:
    api, diagnostics = annotated(
        f'<ComplexType Name="c"><Property Name="p" {attributes}>{annotations}'
        "</Property></ComplexType>"
    )
    assert list(diagnostics) == []
    return struct(api, "ns.c").properties[0]


def term(name: str, value: str = "", inside: str = "") -> str:
    return f'<Annotation Term="{name}" {value}>{inside}</Annotation>'


def record(*properties: str) -> str:
    return f"<Record>{''.join(properties)}</Record>"


def value(name: str, attribute: str = "", inside: str = "") -> str:
    return f'<PropertyValue Property="{name}" {attribute}>{inside}</PropertyValue>'


def collection(*items: str) -> str:
    return f"<Collection>{''.join(items)}</Collection>"


def test_documentation() -> None:
    links = collection(record(value("rel", 'String="r"'), value("href", 'String="h"')))
    member = one_property(
        term(f"{CORE}.Description", 'String="Short."')
        + term(f"{CORE}.LongDescription", 'String="Long."')
        + term(f"{CORE}.Links", "", links)
    )
    assert member.doc == Doc("Short.", "Long.", (Link("r", "h"),))


def test_documentation_of_everything_else() -> None:
    said = term(f"{CORE}.Description", 'String="It."')
    api, _ = annotated(
        f'<EnumType Name="u">{said}<Member Name="m">{said}</Member></EnumType>'
        f'<TypeDefinition Name="t" UnderlyingType="Edm.String">{said}</TypeDefinition>'
        f'<EntityType Name="e">{said}</EntityType>'
        f'<Action Name="a" IsBound="true">{said}<Parameter Name="b" Type="ns.e"/>'
        f'<Parameter Name="p" Type="Edm.String">{said}</Parameter>'
        f'<ReturnType Type="Edm.String">{said}</ReturnType></Action>'
        f'<EntityContainer Name="C">{said}'
        f'<EntitySet Name="es" EntityType="ns.e">{said}</EntitySet></EntityContainer>'
    )
    enum, alias = api.types["ns.u"], api.types["ns.t"]
    assert isinstance(enum, Enum) and isinstance(alias, Alias)
    [operation], [root] = api.operations, api.roots
    result = operation.result
    assert result is not None
    documented = (enum, enum.members[0], alias, struct(api, "ns.e"), operation)
    also = (operation.parameters[0], result, root, api)
    assert {item.doc for item in (*documented, *also)} == {Doc("It.")}


@pytest.mark.parametrize(
    ("written", "access", "computed"),
    [
        (f'EnumMember="{CORE}.Permission/Read"', Access.READ, True),
        (f'EnumMember="{CORE}.Permission/Write"', Access.WRITE, False),
        (f'EnumMember="{CORE}.Permission/ReadWrite"', Access.BOTH, False),
        (
            f'EnumMember="{CORE}.Permission/Read {CORE}.Permission/Write"',
            Access.BOTH,
            False,
        ),
        (f'EnumMember="{CORE}.Permission/None"', Access.READ, True),
        ('String="Read"', Access.READ, True),
        ('String="Read,Write"', Access.BOTH, False),
        ('Int="1"', Access.READ, True),
        ('Int="3"', Access.BOTH, False),
        ('Path="elsewhere"', Access.BOTH, False),
    ],
)
def test_permissions_in_every_spelling(
    written: str, access: Access, computed: bool
) -> None:
    member = one_property(term(f"{CORE}.Permissions", written))
    assert (member.access, member.computed) == (access, computed)


def test_a_permission_written_as_an_element() -> None:
    inside = f"<EnumMember>{CORE}.Permission/Read</EnumMember>"
    member = one_property(term(f"{CORE}.Permissions", "", inside))
    assert member.access is Access.READ


@pytest.mark.parametrize(
    ("attributes", "annotations", "required"),
    [
        ('Type="Edm.String"', "", False),
        ('Type="Edm.String" Nullable="false"', "", True),
        ('Type="ns.c" Nullable="false"', "", True),
        ('Type="Edm.String" Nullable="false" DefaultValue="x"', "", False),
        ('Type="Edm.String" Nullable="false"', term(f"{CORE}.Computed"), False),
        (
            'Type="Edm.String" Nullable="false"',
            term(f"{CORE}.Computed", 'Bool="false"'),
            True,
        ),
        (
            'Type="Edm.String" Nullable="false"',
            term(f"{CORE}.ComputedDefaultValue"),
            False,
        ),
        (
            'Type="Edm.String" Nullable="false"',
            term(f"{CORE}.Permissions", 'String="Read"'),
            False,
        ),
        ('Type="Collection(Edm.String)" Nullable="false"', "", False),
        ('Type="Edm.Untyped" Nullable="false"', "", False),
        ('Type="Edm.Stream" Nullable="false"', "", False),
    ],
)
def test_required(attributes: str, annotations: str, required: bool) -> None:
    assert one_property(annotations, attributes).required is required


@pytest.mark.parametrize(
    ("type_", "required"),
    [
        ("Edm.String", True),
        ("Edm.Binary", True),
        ("ns.c", True),
        ("ns.text", True),
        ("Edm.Int32", False),
        ("Edm.Boolean", False),
        ("Edm.DateTimeOffset", False),
        ("Edm.Guid", False),
        ("ns.choice", False),
        ("ns.number", False),
    ],
)
def test_required_where_defaults_are_implied(type_: str, required: bool) -> None:
    api, diagnostics = read_csdl(
        '<EnumType Name="choice"><Member Name="a"/></EnumType>'
        '<TypeDefinition Name="text" UnderlyingType="Edm.String"/>'
        '<TypeDefinition Name="number" UnderlyingType="Edm.Int32"/>'
        '<ComplexType Name="c"/>'
        f'<ComplexType Name="d"><Property Name="p" Type="{type_}" Nullable="false"/>'
        "</ComplexType>"
    )
    assert struct(annotate(api, diagnostics), "ns.d").properties[0].required
    graph = annotate(replace(api, implied_defaults=True), diagnostics)
    assert struct(graph, "ns.d").properties[0].required is required


def test_keys_and_relationships_are_not_required() -> None:
    api, _ = annotated(
        '<EntityType Name="b"><Key><PropertyRef Name="id"/></Key>'
        '<Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>'
        '<EntityType Name="e" BaseType="ns.b">'
        '<NavigationProperty Name="n" Type="ns.b" Nullable="false"/>'
        '<Property Name="p" Type="Edm.String" Nullable="false"/></EntityType>'
    )
    assert not struct(api, "ns.b").properties[0].required
    assert [item.required for item in struct(api, "ns.e").properties] == [False, True]


def test_what_a_type_says_of_writing_its_properties() -> None:
    def paths(name: str, *names: str) -> str:
        items = (f"<PropertyPath>{item}</PropertyPath>" for item in names)
        return record(value(name, "", collection(*items)))

    api, _ = annotated(
        '<EntityType Name="e"><Property Name="never" Type="Edm.String"/>'
        '<Property Name="once" Type="Edm.String"/>'
        '<Property Name="later" Type="Edm.String" Nullable="false"/>'
        + term(
            f"{CAPABILITIES}.InsertRestrictions",
            "",
            paths("NonInsertableProperties", "never", "later"),
        )
        + term(
            f"{CAPABILITIES}.UpdateRestrictions",
            "",
            paths("NonUpdatableProperties", "never", "once"),
        )
        + "</EntityType>"
    )
    never, once, later = struct(api, "ns.e").properties
    assert (never.computed, never.immutable) == (True, False)
    assert (once.computed, once.immutable) == (False, True)
    assert (later.computed, later.immutable, later.required) == (False, False, False)


def test_immutable() -> None:
    assert one_property(term(f"{CORE}.Immutable")).immutable


def test_constraints_are_added_to_those_of_the_facets() -> None:
    exclusive = term(f"{VALIDATION}.Exclusive")
    allowed = collection(
        record(value("Value", 'String="a"')), record(value("Value", 'Int="2"'))
    )
    member = one_property(
        term(f"{VALIDATION}.Pattern", 'String="^a$"')
        + term(f"{VALIDATION}.Minimum", 'Int="-4"', exclusive)
        + term(f"{VALIDATION}.Maximum", 'Decimal="4.5"')
        + term(f"{VALIDATION}.MultipleOf", 'Float="0.5"')
        + term(f"{VALIDATION}.MinItems", 'Int="1"')
        + term(f"{VALIDATION}.MaxItems", 'String="many"')
        + term(f"{VALIDATION}.AllowedValues", "", allowed),
        'Type="Edm.String" MaxLength="7"',
    )
    assert member.constraints == Constraints(
        max_length=7,
        pattern="^a$",
        minimum=Decimal(-4),
        exclusive_minimum=True,
        maximum=Decimal("4.5"),
        multiple_of=Decimal("0.5"),
        min_items=1,
        allowed_values=("a", "2"),
    )


@pytest.mark.parametrize("step", ["0", "-3", "NaN"])
def test_a_step_that_is_none_limits_nothing(step: str) -> None:
    member = one_property(term(f"{VALIDATION}.MultipleOf", f'Decimal="{step}"'))
    assert member.constraints is None


@pytest.mark.parametrize("name", ["MinItems", "MaxItems"])
@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Int='3'", 3),
        ("Decimal='3.0'", 3),
        ("String='3'", 3),
        ("Decimal='3.5'", None),
        ("Decimal='1E999999999'", None),
        ("Decimal='1E-999999999'", None),
        ("Float='INF'", None),
        ("Bool='true'", None),
        (f"Decimal='{'9' * 5000}'", None),
    ],
)
def test_a_number_of_items_is_one_that_can_be_counted(
    name: str, written: str, expected: int | None
) -> None:
    said = term(f"{VALIDATION}.{name}", written)
    member = one_property(said, 'Type="Collection(Edm.Int32)" Nullable="false"')
    fields = {"MinItems": "min_items", "MaxItems": "max_items"}
    found = getattr(member.constraints or Constraints(), fields[name])
    assert found == expected


@pytest.mark.parametrize(
    ("number", "access"),
    [("3", Access.BOTH), ("1", Access.READ), ("9" * 5000, Access.BOTH)],
)
def test_members_may_be_written_as_their_numbers(number: str, access: Access) -> None:
    member = f"{CORE}.Permission/{number}"
    said = term(f"{CORE}.Permissions", f'EnumMember="{member}"')
    assert one_property(said).access is access


def test_derived_type_constraint_keeps_what_exists() -> None:
    names = collection("<String>ns.e</String>", "<String>ns.gone</String>")
    constraint = term(f"{VALIDATION}.DerivedTypeConstraint", "", names)
    api, diagnostics = annotated(
        f'<EntityType Name="e"><NavigationProperty Name="n" Type="ns.e">{constraint}'
        "</NavigationProperty></EntityType>"
    )
    navigation = struct(api, "ns.e").properties[0].navigation
    assert navigation is not None and navigation.types == ("ns.e",)
    assert [item.code for item in diagnostics] == ["annotation-value"]


def test_revisions() -> None:
    revisions = collection(
        record(value("Kind", f'EnumMember="{CORE}.RevisionKind/Added"')),
        record(
            value("Kind", f'EnumMember="{CORE}.RevisionKind/Deprecated"'),
            value("Date", 'Date="2024-04-10"'),
            value("RemovalDate", 'Date="2025-01-31"'),
            value("Version", 'String="2024-04/x"'),
            value("Description", 'String="Use y."'),
        ),
    )
    member = one_property(term(f"{CORE}.Revisions", "", revisions))
    expected = Deprecation("Use y.", "2024-04-10", "2025-01-31", "2024-04/x")
    assert member.deprecation == expected
    added = collection(record(value("Kind", 'String="Added"')))
    assert one_property(term(f"{CORE}.Revisions", "", added)).deprecation is None


@pytest.mark.parametrize("vocabulary", [CORE, "OData.Community.Keys.V1"])
def test_alternate_keys(vocabulary: str) -> None:
    def key(path: str, alias: str) -> str:
        name = value("Name", f'PropertyPath="{path}"')
        part = record(name, value("Alias", f'String="{alias}"'))
        return record(value("Key", "", collection(part)))

    keys = collection(key("p", "p"), key("p", "other"), key("gone", "gone"))
    api, diagnostics = annotated(
        '<EntityType Name="e"><Property Name="p" Type="Edm.String"/>'
        + term(f"{vocabulary}.AlternateKeys", "", keys)
        + "</EntityType>"
    )
    expected = ((KeyPart("p"),), (KeyPart("p", "other"),))
    assert struct(api, "ns.e").alternate_keys == expected
    assert [item.code for item in diagnostics] == ["annotation-value"]


def test_parts_of_one_name_are_one_part_of_an_alternate_key() -> None:
    def part(path: str, alias: str) -> str:
        name = value("Name", f'PropertyPath="{path}"')
        return record(name, value("Alias", f'String="{alias}"'))

    parts = collection(part("p", "p"), part("q", "p"), part("p", "q"), part("q", "q"))
    api, _ = annotated(
        '<EntityType Name="e"><Property Name="p" Type="Edm.String"/>'
        '<Property Name="q" Type="Edm.String"/>'
        + term(f"{CORE}.AlternateKeys", "", collection(record(value("Key", "", parts))))
        + "</EntityType>"
    )
    (key,) = struct(api, "ns.e").alternate_keys
    assert key == (KeyPart("p"), KeyPart("p", "q"))


def test_optional_parameters_and_permissions_of_an_operation() -> None:
    scopes = collection(
        record(value("Scope", 'String="Least"')),
        record(value("Scope", 'String="More"')),
    )
    permission = record(
        value("SchemeName", 'String="Work"'), value("Scopes", "", scopes)
    )
    restrictions = record(value("Permissions", "", collection(permission)))
    default = record(value("DefaultValue", 'String="7"'))
    prose = record(value("Description", 'String="Do it"'))
    api, _ = annotated(
        '<EntityType Name="e"/><Action Name="a" IsBound="true">'
        '<Parameter Name="b" Type="ns.e"/>'
        '<Parameter Name="x" Type="Edm.String" Nullable="false"/>'
        '<Parameter Name="y" Type="Edm.String" Nullable="false">'
        + term(f"{CORE}.OptionalParameter")
        + '</Parameter><Parameter Name="z" Type="Edm.String" Nullable="false">'
        + term(f"{CORE}.OptionalParameter", "", default)
        + "</Parameter>"
        + term(f"{CAPABILITIES}.OperationRestrictions", "", restrictions)
        + term(f"{CAPABILITIES}.InsertRestrictions", "", prose)
        + "</Action>"
    )
    [operation] = api.operations
    found = [(item.required, item.default) for item in operation.parameters]
    assert found == [(True, None), (False, None), (False, "7")]
    assert operation.permissions == (Permission("Work", ("Least", "More")),)
    assert operation.doc == Doc("Do it")


def test_restricted_properties_are_put_where_they_are_about() -> None:
    entry = record(
        value("NavigationProperty", 'NavigationPropertyPath="n"'),
        value("Referenceable", 'Bool="true"'),
        value("InsertRestrictions", "", record(value("Insertable", 'Bool="false"'))),
    )
    restrictions = record(value("RestrictedProperties", "", collection(entry)))
    said = term(f"{CAPABILITIES}.NavigationRestrictions", "", restrictions)
    api, _ = annotated(
        f'<EntityType Name="e"><NavigationProperty Name="n" Type="ns.e"/>{said}'
        '</EntityType><EntityContainer Name="C">'
        f'<EntitySet Name="es" EntityType="ns.e">{said}</EntitySet></EntityContainer>'
    )
    expected = {
        f"{CAPABILITIES}.InsertRestrictions",
        f"{CAPABILITIES}.NavigationRestrictions",
    }
    for target in ("ns.e/n", "ns.C/es/n"):
        assert {item.term for item in api.annotations[target]} == expected


def test_types_without_annotations_are_not_touched() -> None:
    api, diagnostics = read_csdl('<ComplexType Name="c"/><EnumType Name="e"/>')
    after = annotate(api, diagnostics)
    assert all(after.types[id_] is definition for id_, definition in api.types.items())


def test_microsoft_graph() -> None:
    diagnostics = Diagnostics()
    source = load_source(shared_data("graph/graph-v1.0-2026-08.csdl"))
    api = annotate(resolve(read([source], diagnostics), diagnostics), diagnostics)
    structs = [item for item in api.types.values() if isinstance(item, Struct)]
    members = [member for item in structs for member in item.properties]
    optional = [
        call.kind
        for call in api.operations
        for item in call.parameters
        if not item.required
    ]
    assert optional.count(OperationKind.FUNCTION) == 15
    assert optional.count(OperationKind.ACTION) == 1473
    assert sum(member.immutable for member in members) == 11
    assert sum(member.computed for member in members) >= 205
    assert sum(len(item.alternate_keys) for item in structs) == 15
    assert [item.code for item in diagnostics].count("annotation-value") == 2
    pin = next(item for item in structs if item.id == "microsoft.graph.qrPin")
    assert [member.name for member in pin.properties if member.required] == ["code"]


def test_what_is_asked_of_every_caller() -> None:
    scopes = "<PropertyValue Property='RequiredScopes'><Collection><String>a</String>"
    scopes += "<String>b</String></Collection></PropertyValue>"
    api, _ = annotated(
        '<EntityContainer Name="C"><Annotation'
        ' Term="Org.OData.Authorization.V1.SecuritySchemes"><Collection>'
        '<Record><PropertyValue Property="Authorization" String="OAuth2"/>'
        f"{scopes}</Record></Collection></Annotation></EntityContainer>"
    )
    assert api.security == (Permission("OAuth2", ("a b",)),)
