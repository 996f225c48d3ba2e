"""Values of examples as Python: of every type, and whatever a source says of them."""

from __future__ import annotations

from typing import Any

import pytest
from emitters.building import past_the_reader

from generator.emitters.docs.literals import Imported, Literals
from generator.emitters.python.layout import flat
from generator.emitters.python.names import Names
from generator.emitters.structure import Structure
from generator.model import (
    AnyType,
    Enum,
    EnumMember,
    ListOf,
    MapOf,
    Named,
    Property,
    Scalar,
    ScalarKind,
    Struct,
    TypeRef,
    UnionOf,
)

Kind = ScalarKind
TEXT = Scalar(Kind.STRING)
TYPES = (
    Struct("ns.pet", properties=(Property("name", TEXT), Property("at", TEXT))),
    Enum("ns.size", (EnumMember("small", 1), EnumMember("large", 2)), is_flags=True),
)


def written(ref: TypeRef, value: Any) -> tuple[str, list[str]]:
    """The expression of a value, and what it imports."""
    api = past_the_reader(TYPES)
    imported = Imported("made")
    part = Literals(api, Names(api), Structure(api)).of(ref, value, imported)
    return flat(part), [each for each in imported.lines() if each]


@pytest.mark.parametrize(
    ("ref", "value", "expected"),
    [
        (TEXT, "a", '"a"'),
        (TEXT, None, "None"),
        (Scalar(Kind.BOOLEAN), True, "True"),
        (Scalar(Kind.DECIMAL), 1.5, 'Decimal("1.5")'),
        (Scalar(Kind.GUID), "a", 'UUID("a")'),
        (Scalar(Kind.BINARY), "aGk=", 'b"hi"'),
        (Scalar(Kind.DATE), "2026-02-03", "dt.date(2026, 2, 3)"),
        (Scalar(Kind.TIME), "09:05:00", "dt.time(9, 5)"),
        (Scalar(Kind.TIME), "09:05:07", "dt.time(9, 5, 7)"),
        (
            Scalar(Kind.DATE_TIME),
            "2026-02-03T09:05:00Z",
            "dt.datetime(2026, 2, 3, 9, 5, tzinfo=dt.UTC)",
        ),
        (Scalar(Kind.DURATION), "P1DT2M", "dt.timedelta(days=1, minutes=2)"),
        (ListOf(TEXT), ["a", None], '["a", None]'),
        (MapOf(TEXT), {"a": "b"}, '{"a": "b"}'),
        (Named("ns.pet"), {"at": "b", "x": 1}, 'Pet(at="b")'),
        (Named("ns.size"), "small,large", "Size.SMALL | Size.LARGE"),
        (Named("ns.size"), "huge", 'Size("huge")'),
        (ListOf(Named("ns.size")), ["small"], "[Size.SMALL | Size.SMALL]"),
        (UnionOf((TEXT, Scalar(Kind.INT32))), 3, "3"),
        (UnionOf((Scalar(Kind.INT32),)), {"a": [1]}, '{"a": [1]}'),
        (AnyType(), {"a": None, "b": "c"}, '{"a": None, "b": "c"}'),
    ],
)
def test_values_are_written_as_people_would(
    ref: TypeRef, value: Any, expected: str
) -> None:
    assert written(ref, value)[0] == expected


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (Kind.DATE, "soon", '"soon"'),
        (Kind.DATE_TIME, "2026-13-01T00:00:00Z", '"2026-13-01T00:00:00Z"'),
        (Kind.TIME, "noon", '"noon"'),
        (Kind.STRING, {"a": 1}, '{"a": 1}'),
        (Kind.DECIMAL, {"a": 1}, '{"a": 1}'),
    ],
)
def test_what_is_none_of_its_type_is_written_as_it_is(
    kind: ScalarKind, value: Any, expected: str
) -> None:
    assert written(Scalar(kind), value)[0] == expected


def test_what_is_used_is_imported() -> None:
    _, lines = written(ListOf(Scalar(Kind.DATE)), ["2026-02-03"])
    assert "import datetime as dt" in lines
    _, lines = written(Named("ns.pet"), {})
    assert lines[-1] == "from made.models import Pet"
