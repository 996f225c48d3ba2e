"""Values in JSON and in URLs, by the forms that graph services use."""

from __future__ import annotations

import datetime as dt
import math
import re
import uuid
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.runtime import codecs

UTC = dt.timezone.utc
CET = dt.timezone(dt.timedelta(hours=1))

READS = [
    ("STRING", "a", "a"),
    ("BOOLEAN", True, True),
    ("INTEGER", 5, 5),
    ("INT64", "9223372036854775807", 2**63 - 1),
    ("INT64", "-5", -5),
    ("INTEGER", "+32000", 32000),
    ("INT64", 3.0, 3),
    ("DOUBLE", 2, 2.0),
    ("DOUBLE", "INF", math.inf),
    ("DOUBLE", "-INF", -math.inf),
    ("DECIMAL", "12.3400", Decimal("12.3400")),
    ("DECIMAL", "1E+3", Decimal(1000)),
    ("DECIMAL", 0.1, Decimal("0.1")),
    ("DECIMAL", 7, Decimal(7)),
    ("DECIMAL", "-INF", Decimal("-Infinity")),
    ("BINARY", "-_8=", b"\xfb\xff"),
    ("BINARY", "+/8", b"\xfb\xff"),
    ("BINARY", "", b""),
    ("DATE", "2012-12-03", dt.date(2012, 12, 3)),
    ("DATE_TIME", "2026-01-02T07:16Z", dt.datetime(2026, 1, 2, 7, 16, tzinfo=UTC)),
    ("DATE_TIME", "2026-01-02t07:16:23z", dt.datetime(2026, 1, 2, 7, 16, 23, 0, UTC)),
    ("DATE_TIME", "0001-01-01T00:00:00Z", dt.datetime(1, 1, 1, tzinfo=UTC)),
    ("DATE_TIME", "2026-01-02T07:16:23", dt.datetime(2026, 1, 2, 7, 16, 23)),
    (
        "DATE_TIME",
        "2026-01-02T07:16:23.1234567+01:00",
        dt.datetime(2026, 1, 2, 7, 16, 23, 123456, CET),
    ),
    ("TIME", "07:59", dt.time(7, 59)),
    ("TIME", "07:59:59.999", dt.time(7, 59, 59, 999000)),
    ("DURATION", "P1DT2H3M4.5S", dt.timedelta(1, 4, 500000, minutes=3, hours=2)),
    ("DURATION", "-PT0.123456789012S", -dt.timedelta(microseconds=123456)),
    ("DURATION", "PT36H", dt.timedelta(hours=36)),
    ("GUID", "00000000-0000-0000-0000-00000000000A", uuid.UUID(int=10)),
    ("ANY", {"a": [1]}, {"a": [1]}),
]


@pytest.mark.parametrize(("codec", "wire", "expected"), READS)
def test_reading(codec: str, wire: object, expected: object) -> None:
    value = getattr(codecs, codec).load(wire)
    assert value == expected
    assert type(value) is type(expected)


@pytest.mark.parametrize(
    ("codec", "wire"),
    [
        ("STRING", 5),
        ("BOOLEAN", "true"),
        ("BOOLEAN", 1),
        ("INTEGER", True),
        ("INT64", "1_0"),
        ("INT64", "1.5"),
        ("INT64", 1.5),
        ("DOUBLE", "1.5"),
        ("DOUBLE", False),
        ("DECIMAL", "NaN0"),
        ("DECIMAL", "Infinity"),
        ("DECIMAL", True),
        ("BINARY", "a b"),
        ("BINARY", "é"),
        ("DATE", 20260102),
        ("DATE", "2026-02-30"),
        ("DATE_TIME", "tomorrow"),
        ("DATE_TIME", 5),
        ("TIME", "24:00"),
        ("DURATION", "P"),
        ("DURATION", "PT"),
        ("DURATION", "+P1D"),
        ("DURATION", "P1Y"),
        ("DURATION", "P1M"),
        ("DURATION", "P99999999999D"),
        ("GUID", "x"),
    ],
)
def test_reading_refuses(codec: str, wire: object) -> None:
    with pytest.raises((TypeError, ValueError, ArithmeticError)):
        getattr(codecs, codec).load(wire)


@pytest.mark.parametrize(
    ("value", "wire", "literal"),
    [
        (None, None, "null"),
        ("O'Neil", "O'Neil", "'O''Neil'"),
        (True, True, "true"),
        (5, 5, "5"),
        (1.5, 1.5, "1.5"),
        (-math.inf, "-INF", "-INF"),
        (math.nan, "NaN", "NaN"),
        (Decimal("1.10"), 1.1, "1.10"),
        (Decimal("3.00"), 3, "3.00"),
        (Decimal("0.12345678901234567890"),) + ("0.12345678901234567890",) * 2,
        (Decimal("Infinity"), "INF", "INF"),
        (Decimal("NaN"), "NaN", "NaN"),
        (b"\xfb\xff", "+/8=", "binary'-_8='"),
        (dt.date(2026, 1, 2), "2026-01-02", "2026-01-02"),
        (dt.datetime(2026, 1, 2, 3, tzinfo=UTC),) + ("2026-01-02T03:00:00Z",) * 2,
        (dt.datetime(2026, 1, 2, 3, tzinfo=CET),) + ("2026-01-02T03:00:00+01:00",) * 2,
        (dt.time(7, 59, 59, 1000), "07:59:59.001000", "07:59:59.001000"),
        (dt.timedelta(hours=1), "PT1H", "duration'PT1H'"),
        (-dt.timedelta(1, 1.5), "-P1DT1.5S", "duration'-P1DT1.5S'"),
        (dt.timedelta(0), "PT0S", "duration'PT0S'"),
        (dt.timedelta(2), "P2D", "duration'P2D'"),
        (uuid.UUID(int=1),) + ("00000000-0000-0000-0000-000000000001",) * 2,
    ],
)
def test_writing_by_python_type(value: Any, wire: object, literal: str) -> None:
    assert codecs.encode(value) == wire
    assert codecs.literal(value) == literal


def test_an_offset_of_seconds_is_written_as_utc() -> None:
    odd = dt.timezone(dt.timedelta(minutes=18, seconds=30))
    moment = dt.datetime(1880, 1, 1, tzinfo=odd)
    assert codecs.DATE_TIME.dump(moment) == "1879-12-31T23:41:30Z"


@pytest.mark.parametrize(
    ("codec", "value", "error"),
    [
        ("DATE_TIME", dt.datetime(2026, 1, 2), ValueError),
        ("DATE_TIME", dt.date(2026, 1, 2), TypeError),
        ("DATE", dt.datetime(2026, 1, 2, tzinfo=UTC), TypeError),
        ("TIME", dt.time(1, tzinfo=UTC), ValueError),
        ("INTEGER", True, TypeError),
        ("DOUBLE", "1", TypeError),
        ("DECIMAL", 1.5, TypeError),
        ("STRING", 5, TypeError),
        ("ANY", {1, 2}, TypeError),
    ],
)
def test_writing_refuses(codec: str, value: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        getattr(codecs, codec).dump(value)


def test_containers_are_encoded_item_by_item() -> None:
    value = {"a": (dt.date(2026, 1, 2), None), 1: [b""]}
    assert codecs.encode(value) == {"a": ["2026-01-02", None], "1": [""]}
    with pytest.raises(TypeError, match="list has no literal in a URL"):
        codecs.literal([1])


def test_models_tell_their_type_where_nothing_else_does(sample: ModuleType) -> None:
    encode, models = sample._runtime.codecs.encode, sample.models
    assert encode(models.AssignedLicense()) == {}
    assert encode(models.QrPin(code="1")) == {
        "@odata.type": "#microsoft.graph.qrPin",
        "code": "1",
    }
    assert encode([models.Guest(sponsor="A")]) == [
        {"@odata.type": "#microsoft.graph.guest", "sponsor": "A"}
    ]
    with pytest.raises(TypeError, match="QrPin has no literal in a URL"):
        sample._runtime.codecs.literal(models.QrPin(code="1"))


def test_enumerations_are_written_by_name(sample: ModuleType) -> None:
    written, models = sample._runtime.codecs, sample.models
    assert type(written.encode(models.ErrorCorrectionLevel.L)) is str
    assert written.literal(models.ErrorCorrectionLevel("o'x")) == "'o''x'"
    modes = models.AuthMode.SMS | models.AuthMode.PASSWORD
    assert written.encode({"m": modes}) == {"m": "sms,password"}
    assert written.literal(modes) == "'sms,password'"


def test_lists_of_nullable_items_keep_null() -> None:
    codec = codecs.list_of(codecs.DATE)
    assert codec.dump([None, dt.date(2026, 1, 2)]) == [None, "2026-01-02"]
    assert list(codec.load([None, "2026-01-02"])) == [None, dt.date(2026, 1, 2)]
    for unfit in ("text", b"bytes", {"a": 1}, 5):
        with pytest.raises(TypeError, match="expected a list"):
            codec.dump(unfit)
    with pytest.raises(TypeError, match="a list has no literal"):
        codec.literal([])


OFFSETS = st.integers(-14 * 60, 14 * 60).map(
    lambda minutes: dt.timezone(dt.timedelta(minutes=minutes))
)
VALUES = st.one_of(
    st.tuples(st.just("STRING"), st.text()),
    st.tuples(st.just("BOOLEAN"), st.booleans()),
    st.tuples(st.just("INT64"), st.integers(-(2**63), 2**63 - 1)),
    st.tuples(st.just("DOUBLE"), st.floats(allow_nan=False)),
    st.tuples(st.just("DECIMAL"), st.decimals(allow_nan=False)),
    st.tuples(st.just("BINARY"), st.binary()),
    st.tuples(st.just("DATE"), st.dates()),
    st.tuples(st.just("DATE_TIME"), st.datetimes(timezones=OFFSETS)),
    st.tuples(st.just("TIME"), st.times()),
    st.tuples(st.just("DURATION"), st.timedeltas()),
    st.tuples(st.just("GUID"), st.uuids()),
)


@given(VALUES)
def test_what_is_written_reads_back_the_same(case: tuple[str, Any]) -> None:
    name, value = case
    codec = getattr(codecs, name)
    assert codec.load(codec.dump(value)) == value
    assert codec.dump(value) == codecs.encode(value)
    assert codec.literal(value) == codecs.literal(value)


def test_a_whole_number_is_a_decimal_as_it_stands() -> None:
    assert codecs.DECIMAL.dump(10) == 10
    assert codecs.DECIMAL.literal(10) == "10"
    for wrong in (True, 1.5, "1"):
        with pytest.raises(TypeError, match="expected a Decimal"):
            codecs.DECIMAL.dump(wrong)  # type: ignore[arg-type, unused-ignore]


def test_numbers_of_more_digits_than_there_is_room_for() -> None:
    """A few letters name them; nobody waits until they are written out."""
    long = Decimal("1E+999999999")
    assert codecs.DECIMAL.dump(long) == "1E+999999999"
    assert codecs.DECIMAL.literal(Decimal("-1E-9999")) == "-1E-9999"
    assert codecs.INTEGER.load(Decimal("1E+400")) == 10**400
    with pytest.raises(TypeError, match="expected an integer"):
        codecs.INTEGER.load(long)


DECIMAL_RULE = r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?|-?INF|NaN"
DATE_RULE = r"-?(0\d{3}|[1-9]\d{3,})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
TIME_RULE = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,12})?)?"
BASE64_RULE = r"([\w-]{4})*([\w-]{2}(==)?|[\w-]{3}=?)?"
DURATION_RULE = r"-?P(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?(?<!P)"
OFFSETS = st.integers(-839, 839).map(
    lambda minutes: dt.timezone(dt.timedelta(minutes=minutes))
)
RULES: list[tuple[str, st.SearchStrategy[Any], str]] = [
    ("INTEGER", st.integers(-(2**31), 2**31), r"[+-]?\d{1,10}"),
    ("INT64", st.integers(-(2**63), 2**63), r"[+-]?\d{1,19}"),
    ("DOUBLE", st.floats(), DECIMAL_RULE),
    ("DECIMAL", st.decimals(allow_nan=False), DECIMAL_RULE),
    ("BOOLEAN", st.booleans(), "true|false"),
    ("STRING", st.text(), r"'([^']|'')*'"),
    ("GUID", st.uuids(), r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
    ("BINARY", st.binary(), f"binary'{BASE64_RULE}'"),
    ("DATE", st.dates(), DATE_RULE),
    ("TIME", st.times(), TIME_RULE),
    (
        "DATE_TIME",
        st.datetimes(timezones=OFFSETS),
        rf"{DATE_RULE}T{TIME_RULE}(Z|[+-]([01]\d|2[0-3]):[0-5]\d)",
    ),
    ("DURATION", st.timedeltas(), f"duration'{DURATION_RULE}'"),
]
"""The rules of the OData ABNF for what stands in URLs."""


@pytest.mark.parametrize(("name", "values", "rule"), RULES, ids=[r[0] for r in RULES])
@given(data=st.data())
def test_literals_are_what_the_abnf_accepts(
    name: str, values: st.SearchStrategy[Any], rule: str, data: st.DataObject
) -> None:
    value = data.draw(values)
    assert re.fullmatch(rule, getattr(codecs, name).literal(value), re.DOTALL | re.A)
