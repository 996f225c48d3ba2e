"""Changes of types and their members: every kind, with its grade.

A case is what differs inside a small schema, and what must be told of it: kind, target,
and the first letter of breaking, compatible or documentation.
"""

from __future__ import annotations

import pytest
from differences.comparing import compare, told

from generator.diff import Kind

BASE = """
<ComplexType Name="animal"/>
<ComplexType Name="cat" BaseType="ns.animal"/>
<ComplexType Name="kitten" BaseType="ns.cat"/>
<EnumType Name="size"><Member Name="small"/></EnumType>
<TypeDefinition Name="code" UnderlyingType="Edm.String"/>
<TypeDefinition Name="sign" UnderlyingType="Edm.String"/>
"""
KEY = '<Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>'


def told_of_property(old: str, new: str) -> list[tuple[str, str, str]]:
    """Compare the attributes of one property `x` of a complex type, annotations after a
    bar."""

    def body(text: str) -> str:
        attributes, _, children = text.partition("|")
        head = f'{BASE}<ComplexType Name="T"><Property Name="x" '
        return f"{head}{attributes}>{children}</Property></ComplexType>"

    changes = compare(body(old), body(new))
    assert all(item.target == "ns.T/x" and item.group == "ns.T" for item in changes)
    assert all(item.consequence.endswith(".") for item in changes)
    places = [(str(item.old), str(item.new)) for item in changes]
    if all(item.kind is not Kind.ANNOTATION for item in changes):
        assert places == [("old.csdl:9:23", "new.csdl:9:23")] * len(changes)
    return [(item.kind.value, item.grade[0], item.text) for item in changes]


READ_ONLY = '|<Annotation Term="Org.OData.Core.V1.Computed" Bool="true"/>'
IMMUTABLE = '|<Annotation Term="Org.OData.Core.V1.Immutable" Bool="true"/>'


def said(text: str) -> str:
    return f'|<Annotation Term="Org.OData.Core.V1.Description" String="{text}"/>'


def revision(kind: str, more: str = "") -> str:
    """A Core.Revisions annotation with one record."""
    return (
        '|<Annotation Term="Org.OData.Core.V1.Revisions"><Collection><Record>'
        f'<PropertyValue Property="Kind" EnumMember="Org.OData.Core.V1.RevisionKind/'
        f'{kind}"/>{more}</Record></Collection></Annotation>'
    )


DATE = '<PropertyValue Property="Date" Date="2026-01-31"/>'


@pytest.mark.parametrize(
    ("old", "new", "kind", "grade"),
    [
        ('Type="Edm.Int32"', 'Type="Edm.Int64"', "type-widened", "c"),
        ('Type="Edm.Byte"', 'Type="Edm.Int16"', "type-widened", "c"),
        ('Type="Edm.Int64"', 'Type="Edm.Int32"', "type-narrowed", "b"),
        ('Type="Edm.Single"', 'Type="Edm.Double"', "type-widened", "c"),
        ('Type="Edm.Int32"', 'Type="Edm.Double"', "type-changed", "b"),
        ('Type="Edm.String"', 'Type="ns.size"', "type-changed", "b"),
        ('Type="ns.animal"', 'Type="ns.kitten"', "type-narrowed", "b"),
        ('Type="ns.kitten"', 'Type="ns.animal"', "type-widened", "b"),
        ('Type="ns.animal"', 'Type="ns.size"', "type-changed", "b"),
        ('Type="Edm.Guid"', 'Type="Collection(Edm.Guid)"', "cardinality", "b"),
        ('Type="Collection(Edm.Guid)"', 'Type="Edm.Guid"', "cardinality", "b"),
        (
            'Type="Collection(Edm.Int32)"',
            'Type="Collection(Edm.Int64)"',
            "type-widened",
            "c",
        ),
        ('Type="Edm.String" Nullable="false"', 'Type="Edm.String"', "nullability", "c"),
        ('Type="Edm.String"', 'Type="Edm.String" Nullable="false"', "nullability", "b"),
        (
            'Type="Collection(Edm.Guid)" Nullable="false"',
            'Type="Collection(Edm.Guid)" Nullable="true"',
            "nullability",
            "b",
        ),
        (
            'Type="Collection(Edm.Guid)" Nullable="true"',
            'Type="Collection(Edm.Guid)" Nullable="false"',
            "nullability",
            "b",
        ),
        (
            'Type="Collection(Edm.Guid)"',
            'Type="Collection(Edm.Guid)" Nullable="false"',
            "nullability",
            "d",
        ),
        (
            'Type="Collection(Edm.Guid)" Nullable="true"',
            'Type="Collection(Edm.Guid)"',
            "nullability",
            "d",
        ),
        (
            f'Type="Edm.Int64"{READ_ONLY}',
            f'Type="Edm.Int32"{READ_ONLY}',
            "type-narrowed",
            "c",
        ),
        (
            f'Type="ns.animal"{READ_ONLY}',
            f'Type="ns.cat"{READ_ONLY}',
            "type-narrowed",
            "c",
        ),
        (
            f'Type="Edm.String"{READ_ONLY}',
            f'Type="Edm.String" Nullable="false"{READ_ONLY}',
            "nullability",
            "c",
        ),
        ('Type="Edm.String"', f'Type="Edm.String"{READ_ONLY}', "access", "b"),
        (f'Type="Edm.String"{READ_ONLY}', 'Type="Edm.String"', "access", "c"),
        ('Type="Edm.String"', f'Type="Edm.String"{IMMUTABLE}', "access", "b"),
        (f'Type="Edm.String"{IMMUTABLE}', 'Type="Edm.String"', "access", "c"),
        (
            'Type="Edm.Int32" DefaultValue="1"',
            'Type="Edm.Int32" DefaultValue="2"',
            "default",
            "c",
        ),
        (
            'Type="Edm.String" MaxLength="9"',
            'Type="Edm.String" MaxLength="8"',
            "constraints",
            "b",
        ),
        (
            'Type="Edm.String" MaxLength="8"',
            'Type="Edm.String" MaxLength="9"',
            "constraints",
            "c",
        ),
        ('Type="Edm.String" MaxLength="8"', 'Type="Edm.String"', "constraints", "c"),
        ('Type="Edm.String"', f'Type="Edm.String"{said("New.")}', "description", "d"),
        (
            'Type="Edm.String"',
            f'Type="Edm.String"{revision("Deprecated")}',
            "deprecation",
            "c",
        ),
        (
            f'Type="Edm.String"{revision("Deprecated")}',
            'Type="Edm.String"',
            "deprecation",
            "c",
        ),
        (
            f'Type="Edm.String"{revision("Deprecated")}',
            f'Type="Edm.String"{revision("Deprecated", DATE)}',
            "deprecation",
            "d",
        ),
        (
            'Type="Edm.String"',
            'Type="Edm.String"|<Annotation Term="other.Term" String="x"/>',
            "annotation",
            "d",
        ),
    ],
)
def test_a_property_changes(old: str, new: str, kind: str, grade: str) -> None:
    found = told_of_property(old, new)
    assert [item[:2] for item in found if item[0] != "required"] == [(kind, grade)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('Type="ns.code"', 'Type="ns.sign"'),
        ('Type="ns.code"', 'Type="Edm.String"'),
        (
            'Type="Edm.Decimal" Scale="Variable"',
            'Type="Edm.Decimal" Scale="variable"',
        ),
        ('Type="Edm.String" Nullable="true"', 'Type="Edm.String"'),
    ],
)
def test_what_means_the_same_is_no_change(old: str, new: str) -> None:
    assert told_of_property(old, new) == []


def test_a_property_that_may_not_be_null_is_required_where_it_is_not_computed() -> None:
    required = 'Type="Edm.String" Nullable="false"'
    found = told_of_property('Type="Edm.String"', required)
    assert [item[:2] for item in found] == [("nullability", "b"), ("required", "b")]
    found = told_of_property(required, 'Type="Edm.String"')
    assert [item[:2] for item in found] == [("nullability", "c"), ("required", "c")]


def test_the_text_names_both_types_and_the_dates_of_an_end() -> None:
    (found,) = told_of_property('Type="Edm.Int32"', 'Type="Collection(ns.cat)"')
    assert found[2] == "the type changed from int32 to list of ns.cat"
    (found,) = told_of_property(
        'Type="Edm.Int32"', f'Type="Edm.Int32"{revision("Deprecated", DATE)}'
    )
    assert found[2] == "is deprecated since 2026-01-31"


def told_of(old: str, new: str) -> list[tuple[str, str, str]]:
    changes = compare(BASE + old, BASE + new)
    assert all(item.text and item.consequence.endswith(".") for item in changes)
    for item in changes:
        if item.kind.endswith("-added"):
            assert (item.old, item.new and item.new.file) == (None, "new.csdl")
        elif item.kind.endswith("-removed"):
            assert (item.new, item.old and item.old.file) == (None, "old.csdl")
        else:
            assert item.old and item.new
            assert (item.old.file, item.new.file) == ("old.csdl", "new.csdl")
    return told(changes)


def struct(attributes: str, content: str = "") -> str:
    return f'<ComplexType Name="T" {attributes}>{content}</ComplexType>'


def entity(attributes: str = "", content: str = KEY) -> str:
    return f'<EntityType Name="T" {attributes}>{content}</EntityType>'


PROPERTY = '<Property Name="x" Type="Edm.String"/>'
NEEDED = '<Property Name="x" Type="Edm.String" Nullable="false"/>'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", struct(""), ("type-added", "ns.T", "c")),
        (struct(""), "", ("type-removed", "ns.T", "b")),
        (struct(""), '<EnumType Name="T"/>', ("type-kind", "ns.T", "b")),
        (struct(""), entity(), ("type-kind", "ns.T", "b")),
        (struct(""), struct("", PROPERTY), ("property-added", "ns.T/x", "c")),
        (struct(""), struct("", NEEDED), ("property-added", "ns.T/x", "b")),
        (struct("", PROPERTY), struct(""), ("property-removed", "ns.T/x", "b")),
        (struct(""), struct('Abstract="true"'), ("abstract", "ns.T", "b")),
        (struct('Abstract="true"'), struct(""), ("abstract", "ns.T", "c")),
        (struct(""), struct('OpenType="true"'), ("open-type", "ns.T", "c")),
        (struct('OpenType="true"'), struct(""), ("open-type", "ns.T", "b")),
        (entity(), entity('HasStream="true"'), ("media-stream", "ns.T", "c")),
        (entity('HasStream="true"'), entity(), ("media-stream", "ns.T", "b")),
        (struct(""), struct('BaseType="ns.cat"'), ("base-type", "ns.T", "c")),
        (struct('BaseType="ns.cat"'), struct(""), ("base-type", "ns.T", "b")),
        (
            struct('BaseType="ns.animal"'),
            struct('BaseType="ns.cat"'),
            ("base-type", "ns.T", "c"),
        ),
        (
            struct('BaseType="ns.cat"'),
            struct('BaseType="ns.animal"'),
            ("base-type", "ns.T", "b"),
        ),
        (
            '<TypeDefinition Name="T" UnderlyingType="Edm.Int32"/>',
            '<TypeDefinition Name="T" UnderlyingType="Edm.Int64"/>',
            ("type-widened", "ns.T", "c"),
        ),
        (
            '<TypeDefinition Name="T" UnderlyingType="Edm.String" MaxLength="9"/>',
            '<TypeDefinition Name="T" UnderlyingType="Edm.String" MaxLength="5"/>',
            ("constraints", "ns.T", "b"),
        ),
    ],
)
def test_a_type_changes(old: str, new: str, expected: tuple[str, str, str]) -> None:
    assert told_of(old, new) == [expected]


def test_another_key_is_another_way_to_each_place() -> None:
    other = KEY.replace('PropertyRef Name="id"', 'PropertyRef Name="x"') + PROPERTY
    found = told_of(entity(content=KEY + PROPERTY), entity(content=other))
    assert found == [("key", "ns.T", "b")]


ALTERNATE = """
<Annotation Term="Org.OData.Core.V1.AlternateKeys"><Collection><Record>
<PropertyValue Property="Key"><Collection><Record>
<PropertyValue Property="Name" PropertyPath="x"/>
<PropertyValue Property="Alias" String="x"/></Record></Collection></PropertyValue>
</Record></Collection></Annotation>"""


def test_alternate_keys_come_and_go() -> None:
    plain, more = entity(content=KEY + PROPERTY), KEY + PROPERTY + ALTERNATE
    found = told_of(plain, entity(content=more))
    assert found == [("alternate-keys", "ns.T", "c")]
    found = told_of(entity(content=more), plain)
    assert found == [("alternate-keys", "ns.T", "b")]


def test_a_property_that_moves_to_the_base_is_no_change() -> None:
    def body(of_base: str, of_type: str) -> str:
        return (
            f'<ComplexType Name="B">{of_base}</ComplexType>'
            f'<ComplexType Name="T" BaseType="ns.B">{of_type}</ComplexType>'
        )

    assert told_of(body("", PROPERTY), body(PROPERTY, "")) == [
        ("property-added", "ns.B/x", "c")
    ]
    assert told_of(body(PROPERTY, ""), body("", PROPERTY)) == [
        ("property-removed", "ns.B/x", "b")
    ]


def test_a_key_that_moves_down_with_another_base_is_no_change_of_the_key() -> None:
    def body(base: str, of_type: str) -> str:
        return (
            f'<EntityType Name="entity">{KEY}</EntityType>'
            '<EntityType Name="item" Abstract="true"/>'
            f'<EntityType Name="T" BaseType="ns.{base}">{of_type}</EntityType>'
        )

    found = told_of(body("entity", ""), body("item", KEY))
    assert found == [("base-type", "ns.T", "b")]


def test_a_change_of_a_base_is_repeated_by_what_inherits_it() -> None:
    def body(member: str) -> str:
        return (
            '<ComplexType Name="A" BaseType="ns.B"/>'
            f'<ComplexType Name="B">{member}</ComplexType>'
        )

    for old, new, kind in (
        ("", PROPERTY, "property-added"),
        (PROPERTY, "", "property-removed"),
        (PROPERTY, PROPERTY.replace("String", "Guid"), "type-changed"),
    ):
        changes = compare(body(old), body(new))
        assert [(item.kind, item.target, item.inherited_from) for item in changes] == [
            (kind, "ns.A/x", "ns.B"),
            (kind, "ns.B/x", ""),
        ]


def test_what_a_new_base_brings_repeats_nothing() -> None:
    new = (
        f'<ComplexType Name="B">{PROPERTY}</ComplexType>'
        '<ComplexType Name="T" BaseType="ns.B"/>'
    )
    changes = compare('<ComplexType Name="T"/>', new)
    assert [(item.kind, item.target, item.inherited_from) for item in changes] == [
        ("type-added", "ns.B", ""),
        ("base-type", "ns.T", ""),
        ("property-added", "ns.T/x", ""),
    ]


def navigation(attributes: str, type_: str = "ns.T") -> str:
    member = f'<NavigationProperty Name="x" Type="{type_}" {attributes}/>'
    return entity(content=f"{KEY}{member}")


def test_relationships_change() -> None:
    plain, contains = navigation(""), navigation('ContainsTarget="true"')
    assert ("navigation", "ns.T/x", "b") in told_of(plain, contains)
    assert ("navigation", "ns.T/x", "b") in told_of(contains, plain)
    partner = navigation('Partner="x"')
    assert told_of(plain, partner) == [("navigation", "ns.T/x", "d")]
    assert ("cardinality", "ns.T/x", "b") in told_of(
        plain, navigation("", "Collection(ns.T)")
    )


def enum(members: str, attributes: str = "") -> str:
    content = "".join(
        f'<Member Name="{name}" Value="{value}"/>'
        for name, _, value in (item.partition("=") for item in members.split())
    )
    return f'<EnumType Name="E" {attributes}>{content}</EnumType>'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (enum("a=1"), enum("a=1 b=2"), [("enum-member-added", "ns.E/b", "c")]),
        (enum("a=1 b=2"), enum("a=1"), [("enum-member-removed", "ns.E/b", "b")]),
        (enum("a=1"), enum("a=2"), [("enum-member-value", "ns.E/a", "d")]),
        (
            enum("recoverable=0 permanentlyDeleted=1 unknownFutureValue=2"),
            enum("recoverable=0 unknownFutureValue=1 permanentlyDelete=2"),
            [
                ("enum-member-added", "ns.E/permanentlyDelete", "c"),
                ("enum-member-removed", "ns.E/permanentlyDeleted", "b"),
                ("enum-member-value", "ns.E/unknownFutureValue", "d"),
            ],
        ),
        (enum("a=1"), enum("a=1", 'IsFlags="true"'), [("flags", "ns.E", "b")]),
        (enum("a=1", 'IsFlags="true"'), enum("a=1"), [("flags", "ns.E", "b")]),
        (
            enum("a=1"),
            enum("a=1", 'UnderlyingType="Edm.Int64"'),
            [("underlying-type", "ns.E", "d")],
        ),
    ],
)
def test_an_enumeration_changes(
    old: str, new: str, expected: list[tuple[str, str, str]]
) -> None:
    assert told_of(old, new) == expected


def test_a_version_does_not_differ_from_itself_however_it_is_ordered() -> None:
    one, other = enum("a=1 b=2"), entity(content=KEY + PROPERTY)
    assert compare(one + other, other + one) == ()


@pytest.mark.parametrize("kind", ["ns.short", "Collection(ns.short)"])
def test_limits_of_a_type_definition_that_a_property_is_of_now(kind: str) -> None:
    definition = (
        '<TypeDefinition Name="short" UnderlyingType="Edm.String" MaxLength="5"/>'
        '<TypeDefinition Name="brief" UnderlyingType="Edm.String" MaxLength="5"/>'
    )
    plain = kind.replace("ns.short", "Edm.String")

    def body(type_: str) -> str:
        uses = (
            f'<ComplexType Name="T"><Property Name="x" Type="{type_}"/></ComplexType>'
        )
        action = f'<Action Name="a"><Parameter Name="x" Type="{type_}"/></Action>'
        root = '<EntityContainer Name="C"><ActionImport Name="a" Action="ns.a"/>'
        return f"{definition}{uses}{action}{root}</EntityContainer>"

    assert told(compare(body(plain), body(kind))) == [
        ("constraints", "a()/x", "b"),
        ("constraints", "ns.T/x", "b"),
    ]
    assert [each[2] for each in told(compare(body(kind), body(plain)))] == ["c", "c"]
    brief = kind.replace("short", "brief")
    assert told(compare(body(kind), body(brief))) == []
