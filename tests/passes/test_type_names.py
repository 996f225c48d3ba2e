"""Which type people mean by what they write in tables and titles."""

from __future__ import annotations

import pytest

from generator.model import (
    Alias,
    AnyType,
    Api,
    ListOf,
    LiteralType,
    MapOf,
    Named,
    Protocol,
    Scalar,
    ScalarKind,
    StreamType,
    Struct,
    TypeRef,
    UnionOf,
)
from generator.passes.check_pages.type_names import (
    TypeNames,
    Written,
    parse_type,
    shown,
)

Kind = ScalarKind
TEXT, NUMBER = Scalar(Kind.STRING), Scalar(Kind.INT64)
TYPES = (
    Struct("ns.pet"),
    Struct("ns.sub.egg"),
    Struct("far.egg"),
    Alias("ns.grams", Scalar(Kind.DECIMAL)),
)


def names(protocol: Protocol = Protocol.ODATA) -> TypeNames:
    types = {each.id: each for each in TYPES}
    return TypeNames(Api("Zoo", namespace="ns", protocol=protocol, types=types))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("String", Written("String", False)),
        ("`#ns.pet`", Written("ns.pet", False)),
        ("pet collection", Written("pet", True)),
        ("Collection(Edm.String)", Written("Edm.String", True)),
        ("array of **pet**.", Written("pet", True)),
        ("Int64[]", Written("Int64", True)),
        ("pet (one of two)", Written("pet", False)),
        ("two words", None),
        ("", None),
        ("x" * 201, None),
    ],
)
def test_what_a_cell_says_of_a_type(text: str, expected: Written | None) -> None:
    assert parse_type(text) == expected


@pytest.mark.parametrize(
    ("text", "namespace", "expected"),
    [
        ("pet", "", "ns.pet"),
        ("#NS.Pet", "", "ns.pet"),
        ("graph.pet", "", "ns.pet"),
        ("egg", "", ""),
        ("egg", "far", "far.egg"),
        ("sub.egg", "", "ns.sub.egg"),
        ("hen", "", ""),
    ],
)
def test_the_type_of_a_name(text: str, namespace: str, expected: str) -> None:
    assert names().find(text, namespace) == expected


@pytest.mark.parametrize(
    ("name", "is_type"),
    [("Edm.Int32", True), ("Stream", True), ("egg", True), ("hen", False)],
)
def test_whether_a_name_means_any_type(name: str, is_type: bool) -> None:
    assert names().is_type(name) is is_type


@pytest.mark.parametrize(
    ("written", "ref", "fits"),
    [
        ("String", TEXT, True),
        ("String", NUMBER, False),
        ("Integer", NUMBER, True),
        ("pet", Named("ns.pet"), True),
        ("egg", Named("far.egg"), True),
        ("egg", Named("ns.pet"), False),
        ("grams", Named("ns.grams"), True),
        ("Decimal", Named("ns.grams"), True),
        ("String", Named("ns.grams"), False),
        ("pet collection", ListOf(Named("ns.pet")), True),
        ("pet", ListOf(Named("ns.pet")), False),
        ("pet collection", Named("ns.pet"), False),
        ("Stream", StreamType(), True),
        ("String", StreamType(), False),
        ("String", UnionOf((NUMBER, TEXT)), True),
        ("Boolean", UnionOf((NUMBER, TEXT)), False),
        ("pet collection", AnyType(), True),
        ("object", MapOf(TEXT), True),
        ("String", LiteralType('"a"'), True),
    ],
)
def test_whether_what_is_written_means_a_type(
    written: str, ref: TypeRef, fits: bool
) -> None:
    said = parse_type(written)
    assert said is not None
    assert names().fits(said, ref) is fits


def test_a_text_of_openapi_is_a_string_whatever_its_format() -> None:
    said = Written("string", False)
    assert names(Protocol.HTTP).fits(said, Scalar(Kind.DATE))
    assert not names().fits(said, Scalar(Kind.DATE))


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        (TEXT, "String"),
        (Scalar(Kind.DATE_TIME), "DateTimeOffset"),
        (ListOf(Named("ns.pet")), "pet collection"),
        (MapOf(NUMBER), "map of Int64"),
        (UnionOf((TEXT, NUMBER)), "String or Int64"),
        (LiteralType('"a"'), '"a"'),
        (StreamType(), "Stream"),
        (AnyType(), "Json"),
    ],
)
def test_types_are_named_as_tables_do(ref: TypeRef, expected: str) -> None:
    assert shown(ref) == expected
