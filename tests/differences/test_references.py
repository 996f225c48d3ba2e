"""Changes of what types values are of, by the way that values go."""

from __future__ import annotations

import pytest

from generator.diff.changes import Spot
from generator.diff.references import BOTH, Way, compare_types, shown
from generator.diff.versions import Version, Versions
from generator.model import (
    AnyType,
    Api,
    ListOf,
    LiteralType,
    MapOf,
    Named,
    Scalar,
    ScalarKind,
    StreamType,
    Struct,
    TypeRef,
    UnionOf,
)

TEXT, NUMBER = Scalar(ScalarKind.STRING), Scalar(ScalarKind.INT64)
SMALL = Scalar(ScalarKind.INT32)


def told(old: TypeRef, new: TypeRef, way: Way) -> list[str]:
    """Kind and first letter of the grade of each change."""
    types = {
        "ns.pet": Struct("ns.pet"),
        "ns.cat": Struct("ns.cat", base="ns.pet"),
    }
    version = Version(Api("Zoo", types=types))
    found = compare_types(old, new, way, Spot("x"), Versions(version, version))
    return [f"{each.kind.value} {each.grade[0]}" for each in found]


@pytest.mark.parametrize(
    ("old", "new", "given", "read"),
    [
        (TEXT, TEXT, [], []),
        (TEXT, NUMBER, ["type-changed b"], ["type-changed b"]),
        (SMALL, NUMBER, ["type-widened c"], ["type-widened c"]),
        (NUMBER, SMALL, ["type-narrowed b"], ["type-narrowed c"]),
        (
            Named("ns.pet"),
            Named("ns.cat"),
            ["type-narrowed b"],
            ["type-narrowed c"],
        ),
        (Named("ns.cat"), Named("ns.pet"), ["type-widened c"], ["type-widened b"]),
        (AnyType(), TEXT, ["type-narrowed b"], ["type-narrowed c"]),
        (TEXT, AnyType(), ["type-widened c"], ["type-widened b"]),
        (TEXT, UnionOf((TEXT, NUMBER)), ["type-widened c"], ["type-widened b"]),
        (UnionOf((TEXT, NUMBER)), TEXT, ["type-narrowed b"], ["type-narrowed c"]),
        (
            UnionOf((TEXT, NUMBER)),
            UnionOf((NUMBER, TEXT)),
            ["type-widened c"],
            ["type-widened c"],
        ),
        (LiteralType('"a"'), TEXT, ["type-widened c"], ["type-widened b"]),
        (LiteralType("1"), TEXT, ["type-changed b"], ["type-changed b"]),
        (
            UnionOf((Named("ns.cat"), SMALL)),
            UnionOf((Named("ns.pet"), NUMBER)),
            ["type-widened c"],
            ["type-widened b"],
        ),
        (TEXT, ListOf(TEXT), ["cardinality b"], ["cardinality b"]),
        (MapOf(TEXT), MapOf(NUMBER), ["type-changed b"], ["type-changed b"]),
        (
            ListOf(TEXT, False),
            ListOf(TEXT, True),
            ["nullability c"],
            ["nullability b"],
        ),
        (MapOf(TEXT, True), MapOf(TEXT, False), ["nullability b"], ["nullability c"]),
        (ListOf(TEXT), ListOf(TEXT, True), ["nullability d"], ["nullability d"]),
        (MapOf(TEXT, False), MapOf(TEXT), ["nullability d"], ["nullability d"]),
    ],
)
def test_who_gives_and_who_reads_meet_other_changes(
    old: TypeRef, new: TypeRef, given: list[str], read: list[str]
) -> None:
    assert told(old, new, Way.GIVEN) == given
    assert told(old, new, Way.READ) == read
    both = [max(pair, key="cdb".index) for pair in zip(_grades(given), _grades(read))]
    assert _grades(told(old, new, BOTH)) == both


def _grades(found: list[str]) -> list[str]:
    return [each[-1] for each in found]


@pytest.mark.parametrize(
    ("ref", "text"),
    [
        (ListOf(Named("ns.pet")), "list of ns.pet"),
        (MapOf(NUMBER), "map to int64"),
        (UnionOf((TEXT, LiteralType("1"))), "string or the value 1"),
        (StreamType(), "stream"),
        (AnyType(), "any value"),
    ],
)
def test_types_as_people_read_them(ref: TypeRef, text: str) -> None:
    assert shown(ref) == text
