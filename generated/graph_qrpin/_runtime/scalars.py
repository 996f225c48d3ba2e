"""Codecs of single values: JSON and URL texts to Python values and back.

A codec is three functions: `load` reads a JSON value, `dump` writes one, and `literal`
writes the value as it stands in a URL, not percent-encoded. `load` raises TypeError or
ValueError for JSON that does not fit, `dump` and `literal` for Python values that do
not. The forms are those of the OData JSON Format 4.01, section 7.1, and of the rules
primitiveLiteral and below in the OData ABNF. `codecs` builds upon these.
"""

from __future__ import annotations

import base64
import datetime as dt
import math
import re
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Generic, TypeVar

from .generated import is_odata
from .tracking import Owner

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

LOOKS = 2
"""So deep are lists and maps looked into where a value may be of several types."""

_MOST_DIGITS = 4300
"""So long is an integer that Python reads; a few letters can name far longer ones."""


class Codec(Generic[T_co]):
    """How values of one type are read and written.

    `view` is given by codecs whose values are views that tell their owner of changes;
    `item` is the codec of the items of a list, of the values of a map. `kind` is the
    Python type of the JSON that is read, by its name; "" for any, or for one that is
    not known before something is imported.
    """

    __slots__ = ("dump", "item", "kind", "literal", "load", "view")

    def __init__(
        self,
        load: Callable[[Any], T_co],
        dump: Callable[[Any], Any],
        literal: Callable[[Any], str],
        view: Callable[[Any, Owner, str], T_co] | None = None,
        item: Codec[Any] | None = None,
        kind: str = "",
    ) -> None:
        self.load = load
        self.dump = dump
        self.literal = literal
        self.view = view
        self.item = item
        self.kind = kind

    def chosen(self, wire: object, looks: int = LOOKS) -> Codec[Any] | None:
        """Give the codec by which a JSON value is read: another one where there are
        several to choose from, None where none of them fits. So many levels of lists
        and maps are looked into for that as `looks` says."""
        return self


def wanted(value: object, kind: type[T], what: str) -> T:
    """Give `value` back if it is of the kind that is wanted; TypeError if not."""
    if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
        return value
    raise TypeError(f"expected {what}, not {type(value).__name__}")


def quoted(text: str) -> str:
    """Write a text as a string literal: in quotes, and quotes in it doubled."""
    return "'" + text.replace("'", "''") + "'"


def load_string(wire: object) -> str:
    """Read Edm.String."""
    return wanted(wire, str, "text")


def dump_string(value: object) -> str:
    """Write Edm.String; of a subclass of str, such as an enumeration, the bare text."""
    return str.__str__(wanted(value, str, "text"))


def string_literal(value: object) -> str:
    """Write a string literal."""
    return quoted(dump_string(value))


def load_boolean(wire: object) -> bool:
    """Read Edm.Boolean."""
    return wanted(wire, bool, "true or false")


def boolean_literal(value: object) -> str:
    """Write a Boolean literal."""
    return "true" if load_boolean(value) else "false"


def load_integer(wire: object) -> int:
    """Read an integer, also from text, as under IEEE754Compatible=true, or from 3.0."""
    if type(wire) is int:
        return wire
    if isinstance(wire, str) and re.fullmatch(r"[+-]?[0-9]+", wire):
        return int(wire)
    if isinstance(wire, float) and wire.is_integer():
        return int(wire)
    if isinstance(wire, Decimal) and wire == wire.to_integral_value():
        if is_short(wire):
            return int(wire)
    return wanted(wire, int, "an integer")


def dump_integer(value: object) -> int:
    """Write an integer as a JSON number."""
    return int(wanted(value, int, "an integer"))


def integer_literal(value: object) -> str:
    """Write an integer literal."""
    return str(dump_integer(value))


_NOT_FINITE = {"INF": math.inf, "-INF": -math.inf, "NaN": math.nan}


def load_double(wire: object) -> float:
    """Read Edm.Double or Edm.Single: a JSON number, "INF", "-INF" or "NaN"."""
    if type(wire) is float:
        return wire
    if isinstance(wire, str) and wire in _NOT_FINITE:
        return _NOT_FINITE[wire]
    return float(wire) if isinstance(wire, Decimal) else float(_number(wire))


def dump_double(value: object) -> float | str:
    """Write a number; those that JSON has no number for become text."""
    number = _number(value)
    return number if math.isfinite(number) else _not_finite(number)


def double_literal(value: object) -> str:
    """Write a number literal."""
    written = dump_double(value)
    return written if isinstance(written, str) else repr(written)


def _number(value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    raise TypeError(f"expected a number, not {type(value).__name__}")


def _not_finite(value: float | Decimal) -> str:
    if value.is_nan() if isinstance(value, Decimal) else math.isnan(value):
        return "NaN"
    return "INF" if value > 0 else "-INF"


def load_decimal(wire: object) -> Decimal:
    """Read Edm.Decimal: a JSON number by its shortest text, or a text.

    Numbers that no float holds are decimals already: `json` reads them so.
    """
    if isinstance(wire, Decimal):
        return wire
    if isinstance(wire, str):
        if wire in _NOT_FINITE:
            return Decimal(wire)
        if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", wire):
            return Decimal(wire)
        raise ValueError("expected a decimal number")
    return Decimal(repr(_number(wire)))


def _decimal(value: object) -> Decimal:
    """Take a Decimal, or an int, which holds what it says as exactly."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return wanted(value, Decimal, "a Decimal")


def dump_decimal(value: object) -> float | str:
    """Write a number where a JSON number holds it exactly, otherwise its text.

    The text is the form of IEEE754Compatible=true; it is better than lost digits.
    """
    number = _decimal(value)
    if not number.is_finite():
        return _not_finite(number)
    if number == number.to_integral_value() and number.adjusted() < 18:
        return int(number)
    nearest = float(number)
    return nearest if Decimal(repr(nearest)) == number else _digits(number)


def is_short(number: Decimal) -> bool:
    """Whether the digits of a number can be written out: "1E999999999" has too many."""
    return number.is_finite() and abs(number.adjusted()) < _MOST_DIGITS


def _digits(number: Decimal) -> str:
    """Write a number, with an exponent only where there would be no end of digits."""
    return format(number, "f") if is_short(number) else str(number)


def decimal_literal(value: object) -> str:
    """Write a decimal literal, without an exponent that can be done without."""
    number = _decimal(value)
    return _digits(number) if number.is_finite() else _not_finite(number)


_STANDARD_ALPHABET = str.maketrans("-_", "+/")


def load_binary(wire: object) -> bytes:
    """Read Edm.Binary in the standard or the URL-safe alphabet, padded or not."""
    text = wanted(wire, str, "base64 text").translate(_STANDARD_ALPHABET).rstrip("=")
    return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)


def dump_binary(value: object) -> str:
    """Write Edm.Binary in the standard alphabet with padding.

    The JSON format names the URL-safe alphabet, but Microsoft Graph answers in the
    standard one, and every reader of base64 understands that.
    """
    return base64.b64encode(wanted(value, bytes, "bytes")).decode("ascii")


def binary_literal(value: object) -> str:
    """Write a binary literal, in the URL-safe alphabet that the ABNF demands."""
    encoded = base64.urlsafe_b64encode(wanted(value, bytes, "bytes"))
    return f"binary'{encoded.decode('ascii')}'"


def load_date(wire: object) -> dt.date:
    """Read Edm.Date."""
    return dt.date.fromisoformat(wanted(wire, str, "a date such as 2026-01-02"))


def dump_date(value: object) -> str:
    """Write Edm.Date. A datetime is refused: it would lose its time in silence."""
    if isinstance(value, dt.datetime):
        raise TypeError("expected a date, not datetime: use its date()")
    return wanted(value, dt.date, "a date").isoformat()


def load_date_time(wire: Any) -> dt.datetime:
    """Read Edm.DateTimeOffset; digits after the sixth of a second are cut off.

    A text without a time zone, which some services send, gives a naive datetime.
    """
    try:
        return dt.datetime.fromisoformat(wire)
    except ValueError:
        return dt.datetime.fromisoformat(wire.upper())


_UTC_SUFFIX = "+00:00"


def dump_date_time(value: object) -> str:
    """Write Edm.DateTimeOffset, UTC as "Z".

    Raises ValueError for a naive datetime: OData demands a time zone, and to guess one
    would change the instant.
    """
    moment = wanted(value, dt.datetime, "a datetime")
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError(
            "a datetime needs a time zone, for example tzinfo=datetime.timezone.utc"
        )
    if offset % dt.timedelta(minutes=1):
        moment = moment.astimezone(dt.timezone.utc)
    return _with_z(moment.isoformat())


def _with_z(text: str) -> str:
    return text.removesuffix(_UTC_SUFFIX) + "Z" if text.endswith(_UTC_SUFFIX) else text


def load_time(wire: object) -> dt.time:
    """Read Edm.TimeOfDay; seconds may be missing."""
    return dt.time.fromisoformat(wanted(wire, str, "a time such as 07:59:59.999"))


def dump_time(value: object) -> str:
    """Write Edm.TimeOfDay, which has no time zone, or what OpenAPI calls a time, which
    has one (RFC 3339 section 5.6), UTC as "Z"."""
    time = wanted(value, dt.time, "a time")
    if time.tzinfo is not None and is_odata():
        raise ValueError("a time of day has no time zone")
    return _with_z(time.isoformat())


_DURATION = re.compile(
    r"(?P<sign>-)?P(?=.)(?:(?P<days>\d+)D)?"
    r"(?:T(?=.)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?"
    r"(?:(?P<seconds>\d+)(?:\.(?P<fraction>\d+))?S)?)?",
    re.ASCII,
)


def load_duration(wire: object) -> dt.timedelta:
    """Read Edm.Duration: days and time only, as XML Schema's dayTimeDuration."""
    text = wanted(wire, str, "a duration such as P1DT2H")
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError("expected a duration such as P1DT2H30M or PT0.5S")
    parts = {name: int(found[name] or 0) for name in ("days", "hours", "minutes")}
    seconds, fraction = int(found["seconds"] or 0), found["fraction"] or ""
    microseconds = int(fraction[:6].ljust(6, "0"))
    length = dt.timedelta(seconds=seconds, microseconds=microseconds, **parts)
    return -length if found["sign"] else length


def dump_duration(value: object) -> str:
    """Write Edm.Duration in days, hours, minutes and seconds."""
    length = wanted(value, dt.timedelta, "a timedelta")
    sign, length = ("-", -length) if length < dt.timedelta(0) else ("", length)
    minutes, seconds = divmod(length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{length.microseconds:06}".rstrip("0") if length.microseconds else ""
    time = "".join(
        f"{number}{unit}" for number, unit in ((hours, "H"), (minutes, "M")) if number
    )
    if seconds or fraction:
        time += f"{seconds}{fraction}S"
    days = f"{length.days}D" if length.days else ""
    if not days and not time:
        return "PT0S"
    return f"{sign}P{days}T{time}" if time else f"{sign}P{days}"


def duration_literal(value: object) -> str:
    """Write a duration literal."""
    return f"duration'{dump_duration(value)}'"


def load_guid(wire: object) -> uuid.UUID:
    """Read Edm.Guid."""
    return uuid.UUID(wanted(wire, str, "a GUID"))


def dump_guid(value: object) -> str:
    """Write Edm.Guid."""
    return str(wanted(value, uuid.UUID, "a UUID"))


STRING = Codec(load_string, dump_string, string_literal, kind="str")
BOOLEAN = Codec(load_boolean, load_boolean, boolean_literal, kind="bool")
INTEGER = Codec(load_integer, dump_integer, integer_literal, kind="int")
INT64 = Codec(load_integer, dump_integer, integer_literal, kind="int")
DOUBLE = Codec(load_double, dump_double, double_literal, kind="float")
DECIMAL = Codec(load_decimal, dump_decimal, decimal_literal, kind="float")
BINARY = Codec(load_binary, dump_binary, binary_literal, kind="str")
DATE = Codec(load_date, dump_date, dump_date, kind="str")
DATE_TIME = Codec(load_date_time, dump_date_time, dump_date_time, kind="str")
TIME = Codec(load_time, dump_time, dump_time, kind="str")
DURATION = Codec(load_duration, dump_duration, duration_literal, kind="str")
GUID = Codec(load_guid, dump_guid, dump_guid, kind="str")
