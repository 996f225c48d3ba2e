"""Types: what each element of CSDL becomes in the model."""

from __future__ import annotations

import pytest
from support import read_csdl

from generator.model import (
    Alias,
    AnyType,
    Constraints,
    Enum,
    KeyPart,
    ListOf,
    Named,
    Navigation,
    Place,
    Property,
    Scalar,
    ScalarKind,
    StreamType,
    Struct,
    TypeDef,
    TypeRef,
)

STRING = Scalar(ScalarKind.STRING)


def only_type(body: str) -> TypeDef:
    """Read one type, without any finding."""
    api, diagnostics = read_csdl(body)
    assert list(diagnostics) == []
    [definition] = api.types.values()
    return definition


def struct(body: str) -> Struct:
    definition = only_type(body)
    assert isinstance(definition, Struct)
    return definition


def one_property(attributes: str, content: str = "") -> Property:
    """Read one property with the attributes given."""
    body = f'<ComplexType Name="C"><Property Name="p" {attributes}>{content}'
    [found] = struct(f"{body}</Property></ComplexType>").properties
    return found


def one_navigation(attributes: str, content: str = "") -> tuple[Property, Navigation]:
    body = f'<EntityType Name="E"><NavigationProperty Name="n" {attributes}>{content}'
    [found] = struct(f"{body}</NavigationProperty></EntityType>").properties
    assert found.navigation is not None
    return found, found.navigation


def enum(body: str) -> Enum:
    definition = only_type(body)
    assert isinstance(definition, Enum)
    return definition


def test_entity_type() -> None:
    found = struct("""<EntityType Name="user" BaseType="self.entity" Abstract="true"
        OpenType="true" HasStream="true"/>""")
    assert found == Struct(
        id="ns.user",
        base="ns.entity",
        abstract=True,
        open=True,
        is_entity=True,
        has_stream=True,
        place=Place("test.csdl", 2, 1),
    )


def test_complex_type_says_no_more_than_it_must() -> None:
    found = struct('<ComplexType Name="C"/>')
    assert found == Struct(id="ns.C", place=Place("test.csdl", 2, 1))


def test_key_of_several_properties_and_aliases() -> None:
    found = struct("""<EntityType Name="E"><Key><PropertyRef Name="id"/>
        <PropertyRef Name="category/code" Alias="code"/></Key></EntityType>""")
    assert found.key == (KeyPart("id"), KeyPart("category/code", "code"))
    assert [part.name for part in found.key] == ["id", "code"]


def test_a_key_has_each_name_once() -> None:
    api, diagnostics = read_csdl("""<EntityType Name="E"><Key><PropertyRef Name="a"/>
        <PropertyRef Name="a"/><PropertyRef Name="b" Alias="a"/></Key></EntityType>""")
    found = api.types["ns.E"]
    assert isinstance(found, Struct)
    assert found.key == (KeyPart("a"),)
    assert [each.code for each in diagnostics] == ["csdl-duplicate-name"] * 2


def test_entity_type_without_key() -> None:
    assert struct('<EntityType Name="E"/>').key == ()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("String", "string"),
        ("Boolean", "boolean"),
        ("Byte", "byte"),
        ("SByte", "sbyte"),
        ("Int16", "int16"),
        ("Int32", "int32"),
        ("Int64", "int64"),
        ("Single", "single"),
        ("Double", "double"),
        ("Decimal", "decimal"),
        ("Binary", "binary"),
        ("Date", "date"),
        ("DateTimeOffset", "date-time"),
        ("TimeOfDay", "time"),
        ("Duration", "duration"),
        ("Guid", "guid"),
    ],
)
def test_primitive_types(name: str, kind: str) -> None:
    assert one_property(f'Type="Edm.{name}"').type == Scalar(ScalarKind(kind))


@pytest.mark.parametrize(
    "name",
    ["Untyped", "GeographyPoint", "GeometryCollection", "PrimitiveType", "ComplexType"],
)
def test_types_without_a_scalar_are_any(name: str) -> None:
    assert one_property(f'Type="Edm.{name}"').type == AnyType()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Edm.Stream", StreamType()),
        ("self.D", Named("ns.D")),
        ("ns.D", Named("ns.D")),
        ("other.space.D", Named("other.space.D")),
        ("Collection(self.D)", ListOf(Named("ns.D"))),
        ("Collection( Edm.String )", ListOf(STRING)),
    ],
)
def test_type_expressions(text: str, expected: TypeRef) -> None:
    assert one_property(f'Type="{text}"').type == expected


def test_nullable_of_a_single_value() -> None:
    assert one_property('Type="Edm.String"').nullable
    assert one_property('Type="Edm.String" Nullable="true"').nullable
    assert not one_property('Type="Edm.String" Nullable="false"').nullable


def test_nullable_of_a_collection_is_about_its_items() -> None:
    listed = one_property('Type="Collection(Edm.String)" Nullable="true"')
    assert not listed.nullable
    assert listed.type == ListOf(STRING, nullable=True)
    silent = one_property('Type="Collection(Edm.String)"')
    assert not silent.nullable
    assert silent.type == ListOf(STRING, nullable=None)
    filled = one_property('Type="Collection(Edm.String)" Nullable="false"')
    assert not filled.nullable
    assert filled.type == ListOf(STRING, nullable=False)


def test_facets() -> None:
    found = one_property(
        'Type="Edm.Decimal" Precision="10" Scale="2" DefaultValue="0.00"'
    )
    assert found.constraints == Constraints(precision=10, scale=2)
    assert found.default == "0.00"
    text = one_property('Type="Edm.String" MaxLength="30" Unicode="false"')
    assert text.constraints == Constraints(max_length=30)


@pytest.mark.parametrize(
    "facets",
    ['MaxLength="max"', 'Scale="variable"', 'Scale="Floating"', 'SRID="0"', ""],
)
def test_facets_that_limit_nothing(facets: str) -> None:
    assert one_property(f'Type="Edm.Decimal" {facets}').constraints is None


def test_what_annotations_decide_is_left_open() -> None:
    found = one_property('Type="Edm.String" Nullable="false"')
    assert not found.required
    assert not found.computed
    assert not found.immutable


def test_navigation_property() -> None:
    found, navigation = one_navigation(
        'Type="self.D" Nullable="false" Partner="parts/self.X/whole"',
        '<ReferentialConstraint Property="dId" ReferencedProperty="id"/>'
        '<OnDelete Action="Cascade"/>',
    )
    assert found.type == Named("ns.D")
    assert not found.nullable
    assert navigation == Navigation(
        partner="parts/ns.X/whole",
        on_delete="Cascade",
        referential_constraints=(("dId", "id"),),
    )


def test_containment() -> None:
    found, navigation = one_navigation(
        'Type="Collection(self.D)" ContainsTarget="true"'
    )
    assert navigation.contains
    assert found.type == ListOf(Named("ns.D"))
    assert not found.nullable
    single, plain = one_navigation('Type="self.D"')
    assert single.nullable
    assert not plain.contains


def test_members_keep_their_order() -> None:
    found = struct("""<EntityType Name="E">
      <Property Name="b" Type="Edm.String"/>
      <NavigationProperty Name="c" Type="self.E"/>
      <Property Name="a" Type="Edm.String"/></EntityType>""")
    assert [member.name for member in found.properties] == ["b", "c", "a"]


def test_enumeration() -> None:
    found = enum("""<EnumType Name="level" UnderlyingType="Edm.Int64" IsFlags="true">
      <Member Name="none" Value="-1"/>
      <Member Name="big" Value="4294967296"/></EnumType>""")
    assert found.id == "ns.level"
    assert found.underlying is ScalarKind.INT64
    assert found.is_flags
    assert found.is_open
    values = [(member.name, member.value) for member in found.members]
    assert values == [("none", -1), ("big", 4294967296)]
    assert found.members[1].place == Place("test.csdl", 4, 7)


def test_members_without_value_count_from_zero() -> None:
    found = enum("""<EnumType Name="E"><Member Name="a"/><Member Name="b"/>
      <Member Name="c" Value="7"/><Member Name="d"/></EnumType>""")
    assert [member.value for member in found.members] == [0, 1, 7, 8]


def test_enumeration_without_members() -> None:
    found = enum('<EnumType Name="E"/>')
    assert found.members == ()
    assert found.underlying is ScalarKind.INT32
    assert not found.is_flags


def test_type_definition() -> None:
    found = only_type(
        '<TypeDefinition Name="T" UnderlyingType="Edm.String" MaxLength="8"/>'
    )
    assert found == Alias(
        id="ns.T",
        type=STRING,
        constraints=Constraints(max_length=8),
        place=Place("test.csdl", 2, 1),
    )


def test_places_count_characters_and_lines() -> None:
    found = struct("""<ComplexType Name="C">
    <Property Name="é" Type="Edm.String"/><Property Name="b" Type="Edm.String"/>
    </ComplexType>""")
    assert [member.place for member in found.properties] == [
        Place("test.csdl", 3, 5),
        Place("test.csdl", 3, 43),
    ]
