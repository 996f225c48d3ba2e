"""Operators and functions: the text that they give, and the properties they mention."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, MutableSequence
from decimal import Decimal
from typing import Any

import pytest

from generator.runtime.codecs import (
    BOOLEAN,
    DATE,
    DATE_TIME,
    DECIMAL,
    DURATION,
    INTEGER,
    STRING,
    TIME,
    list_of,
)
from generator.runtime.expressions import Expression, Filter
from generator.runtime.query import Path
from generator.runtime.values import (
    case,
    constant,
    is_of,
    it,
    max_datetime,
    min_datetime,
    now,
    this,
)

NAME = Path[str]("name", STRING)
JOB = Path[str]("job", STRING)
AGE = Path[int]("age", INTEGER)
RANK = Path[int]("rank", INTEGER)
SCORE = Path[float]("score")
PRICE = Path[Decimal]("price", DECIMAL)
BORN = Path[dt.date]("born", DATE)
SINCE = Path[dt.datetime]("since", DATE_TIME)
UNTIL = Path[dt.datetime]("until", DATE_TIME)
ALARM = Path[dt.time]("alarm", TIME)
SPAN = Path[dt.timedelta]("span", DURATION)
ACTIVE = Path[bool]("active", BOOLEAN)
TAGS = Path[MutableSequence[str]]("tags", list_of(STRING))

DAY = dt.timedelta(days=1)
NOON = dt.datetime(2026, 1, 2, 12, tzinfo=dt.timezone.utc)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (AGE + 1, "age add 1"),
        (1 + AGE, "1 add age"),
        (AGE - 1, "age sub 1"),
        (-1 - AGE, "-1 sub age"),
        (AGE * 2, "age mul 2"),
        (2.5 * AGE, "2.5 mul age"),
        (PRICE * Decimal("1.10"), "price mul 1.10"),
        (AGE % 5, "age mod 5"),
        (5 % AGE, "5 mod age"),
        (AGE.div(2), "age div 2"),
        (AGE.divby(2), "age divby 2"),
        (AGE + RANK, "age add rank"),
        (AGE - RANK - 1, "age sub rank sub 1"),
        (AGE - (RANK - 1), "age sub (rank sub 1)"),
        (AGE * (RANK + 1), "age mul (rank add 1)"),
        (AGE * RANK + 1, "age mul rank add 1"),
        ((AGE + 1).div(RANK), "(age add 1) div rank"),
        (AGE.div(RANK.div(2)), "age div (rank div 2)"),
        (-AGE, "-age"),
        (-(-AGE), "-(-age)"),
        (-(AGE + 1), "-(age add 1)"),
        (-AGE * 2, "-age mul 2"),
        (SINCE + DAY, "since add duration'P1D'"),
        (SINCE - UNTIL, "since sub until"),
        (NOON - SINCE, "2026-01-02T12:00:00Z sub since"),
        (NOON + SPAN, "2026-01-02T12:00:00Z add span"),
        (BORN - DAY, "born sub duration'P1D'"),
        (SPAN * 2, "span mul 2"),
        (SPAN.div(2), "span div 2"),
        (2 * SPAN, "2 mul span"),
        (AGE * DAY, "age mul duration'P1D'"),
        (-SPAN, "-span"),
    ],
)
def test_arithmetic(made: Expression[Any], expected: str) -> None:
    assert made.text == str(made) == expected
    assert repr(made) == f"Expression({expected!r})"


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (NAME.concat("'"), "concat(name,'''')"),
        (NAME.concat(JOB), "concat(name,job)"),
        (NAME.contains(JOB), "contains(name,job)"),
        (NAME.endswith(JOB.to_lower()), "endswith(name,tolower(job))"),
        (NAME.startswith("A"), "startswith(name,'A')"),
        (NAME.matches_pattern("^A.*e$"), "matchesPattern(name,'^A.*e$')"),
        (NAME.index_of("b"), "indexof(name,'b')"),
        (NAME.length(), "length(name)"),
        (NAME.substring(1), "substring(name,1)"),
        (NAME.substring(1, 2), "substring(name,1,2)"),
        (NAME.substring(AGE, AGE + 1), "substring(name,age,age add 1)"),
        (NAME.to_lower(), "tolower(name)"),
        (NAME.to_upper(), "toupper(name)"),
        (NAME.trim(), "trim(name)"),
        (TAGS.has_subset(["a", "b"]), 'hassubset(tags,["a","b"])'),
        (TAGS.has_subsequence(iter(["a"])), 'hassubsequence(tags,["a"])'),
        (Path[Any]("tags").has_subset((1, "a")), 'hassubset(tags,[1,"a"])'),
        (TAGS.has_subset(TAGS), "hassubset(tags,tags)"),
        (SINCE.year(), "year(since)"),
        (BORN.month(), "month(born)"),
        (BORN.day(), "day(born)"),
        (SINCE.hour(), "hour(since)"),
        (ALARM.minute(), "minute(alarm)"),
        (ALARM.second(), "second(alarm)"),
        (SINCE.fractional_seconds(), "fractionalseconds(since)"),
        (SINCE.date(), "date(since)"),
        (SINCE.time(), "time(since)"),
        (SINCE.total_offset_minutes(), "totaloffsetminutes(since)"),
        ((SINCE - UNTIL).total_seconds(), "totalseconds(since sub until)"),
        (SCORE.round(), "round(score)"),
        (PRICE.floor(), "floor(price)"),
        (PRICE.ceiling(), "ceiling(price)"),
        (now(), "now()"),
        (min_datetime(), "mindatetime()"),
        (max_datetime(), "maxdatetime()"),
        (constant("Mr ").concat(NAME), "concat('Mr ',name)"),
        (it(str).endswith(".com"), "endswith($it,'.com')"),
        (this(str).length(), "length($this)"),
        (
            case((AGE > 65, 1), (AGE < 18, RANK), default=0),
            "case(age gt 65:1,age lt 18:rank,true:0)",
        ),
        (case((ACTIVE, "a")), "case(active:'a')"),
    ],
)
def test_functions(made: Expression[Any], expected: str) -> None:
    assert str(made) == expected


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (str, "Edm.String"),
        (int, "Edm.Int64"),
        (bool, "Edm.Boolean"),
        (float, "Edm.Double"),
        (Decimal, "Edm.Decimal"),
        (dt.date, "Edm.Date"),
        (dt.datetime, "Edm.DateTimeOffset"),
        (dt.time, "Edm.TimeOfDay"),
        (dt.timedelta, "Edm.Duration"),
        (uuid.UUID, "Edm.Guid"),
        (bytes, "Edm.Binary"),
    ],
)
def test_types_are_named_as_odata_names_them(kind: type[Any], name: str) -> None:
    assert str((AGE + 1).cast(kind)) == f"cast(age add 1,{name})"
    assert str(AGE.cast(kind)) == f"cast(age,{name})"
    assert str(AGE.is_of(kind)) == f"isof(age,{name})"
    assert str(is_of(kind)) == f"isof({name})"


def test_types_without_a_name_are_refused() -> None:
    with pytest.raises(TypeError, match="complex is no type that OData has a name for"):
        AGE.cast(complex)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (NAME == JOB, "name eq job"),
        (AGE + 1 > RANK * 2, "age add 1 gt rank mul 2"),
        (NAME.length() == 5, "length(name) eq 5"),
        (SINCE + DAY > now(), "since add duration'P1D' gt now()"),
        (now() > UNTIL - DAY, "now() gt until sub duration'P1D'"),
        # Python asks a path first, because its class is derived from that of now().
        (now() > SINCE, "since lt now()"),
        (5 < AGE, "age gt 5"),
        ((AGE > 1) == ACTIVE, "(age gt 1) eq active"),
        (ACTIVE == (AGE > 1), "active eq (age gt 1)"),
        ((~ACTIVE) == True, "(not active) eq true"),  # noqa: E712
        (NAME.contains("a") == False, "contains(name,'a') eq false"),  # noqa: E712
        (ACTIVE & (AGE > 1), "active and age gt 1"),
        (ACTIVE | ~ACTIVE, "active or not active"),
        ((AGE + 1).in_([1, 2]), "(age add 1) in (1,2)"),
        (NAME.to_lower().in_(["a'"]), "tolower(name) in ('a''')"),
        (NAME.in_(TAGS), "name in tags"),
        (~AGE.in_([1]), "not (age in (1))"),
        (PRICE > 5, "price gt 5"),
        (SINCE.date() == dt.date(2026, 1, 2), "date(since) eq 2026-01-02"),
        (SPAN >= DAY, "span ge duration'P1D'"),
    ],
)
def test_conditions_on_expressions(made: Filter, expected: str) -> None:
    assert isinstance(made, Filter)
    assert str(made) == expected


def test_orders_of_expressions() -> None:
    assert str(NAME.length().desc()) == "length(name) desc"
    assert str((AGE >= RANK).asc()) == "age ge rank asc"


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (AGE, ("age",)),
        (AGE == 1, ("age",)),
        ((AGE > RANK) & ~(AGE < 5) | ACTIVE, ("age", "rank", "active")),
        (-(AGE + 1) * RANK, ("age", "rank")),
        (2 - AGE, ("age",)),
        (NAME.contains(JOB.trim()), ("name", "job")),
        (NAME.in_(TAGS), ("name", "tags")),
        (NAME.in_(["a"]), ("name",)),
        (AGE.cast(str), ("age",)),
        (AGE.is_of(str), ("age",)),
        (case((ACTIVE, AGE), default=RANK), ("active", "age", "rank")),
        (now(), ()),
        (it(str), ()),
        (Filter.raw("age eq 1"), ()),
        (AGE.desc(), ("age",)),
        (NAME.length().asc(), ("name",)),
    ],
)
def test_the_properties_mentioned_are_known(
    made: Any, expected: tuple[str, ...]
) -> None:
    assert made.paths == expected


@pytest.mark.parametrize(
    ("misuse", "message"),
    [
        (lambda: (AGE + 1) and AGE, "age add 1 is a value of the service"),
        (lambda: NAME + "x", "put together by `concat`"),
        (lambda: "x" + NAME, "put together by `concat`"),
        (lambda: (AGE > 1) & "age lt 5", "Filter.raw takes one"),
        (lambda: (AGE > 1) | True, "joined with another, not with bool"),
        (lambda: TAGS.has_subset([5]), "expected text, not int"),
        (lambda: AGE / 2, "to divide, use `.div"),
        (lambda: NAME.concat(5), "expected text, not int"),
        (lambda: NAME.substring("1"), "expected an integer, not str"),
        (lambda: AGE == NAME.length, "no literal in a URL|expected an integer"),
        (lambda: BORN == NOON, "expected a date, not datetime"),
        (lambda: SINCE.date() == NOON, "expected a date, not datetime"),
        (lambda: constant(object()), "object has no literal in a URL"),
        (lambda: TAGS.has_subset("abc"), "expected a list, not str"),
    ],
)
def test_misuse_is_refused(misuse: Callable[[], Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        misuse()
