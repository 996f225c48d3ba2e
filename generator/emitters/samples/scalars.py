"""Single values of examples, in the form that JSON carries (OData JSON Format 4.01
section 7.1): by type, by name, and within what is said of them.

`objects` puts them together into objects.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from generator.emitters.samples.chance import Chance
from generator.emitters.samples.patterns import matching
from generator.emitters.samples.texts import text_for
from generator.model import Constraints, Doc, ScalarKind
from generator.words import split_words

Kind = ScalarKind

_WHOLE_NUMBERS = {
    Kind.BYTE: (0, 255),
    Kind.SBYTE: (-128, 127),
    Kind.INT16: (-(2**15), 2**15 - 1),
    Kind.INT32: (-(2**31), 2**31 - 1),
    Kind.INT64: (-(2**63), 2**63 - 1),
}

_FRACTIONS = (Kind.SINGLE, Kind.DOUBLE, Kind.DECIMAL)

# Between which numbers a property is likely to be that has one of these words in its
# name; the first found counts.
_SIZES: dict[str, tuple[int, int]] = {
    "bytes": (1024, 65536),
    "size": (1024, 65536),
    "year": (2026, 2026),
    "month": (1, 12),
    "percent": (1, 100),
    "percentage": (1, 100),
    "port": (443, 443),
    "latitude": (52, 52),
    "longitude": (13, 13),
    "width": (640, 640),
    "height": (480, 480),
    "seconds": (30, 30),
    "minutes": (5, 60),
    "hours": (1, 24),
    "days": (7, 90),
    "version": (1, 5),
    "amount": (10, 500),
    "price": (10, 500),
}
_SIZE = (1, 20)

# When things happen, by a word of the property's name; the first found counts.
_DAYS = {
    "birth": "1990-12-10",
    "birthday": "1990-12-10",
    "hire": "2021-04-01",
    "created": "2026-01-12",
    "start": "2026-01-13",
    "from": "2026-01-13",
    "begin": "2026-01-13",
    "updated": "2026-03-02",
    "modified": "2026-03-02",
    "changed": "2026-03-02",
    "used": "2026-03-04",
    "deleted": "2026-03-05",
    "end": "2026-12-31",
    "until": "2026-12-31",
    "due": "2026-12-31",
    "expire": "2026-12-31",
    "expires": "2026-12-31",
    "expiry": "2026-12-31",
    "expiration": "2026-12-31",
}
_DAY = "2026-02-16"

_UNUSUAL = {"deleted", "disabled", "blocked", "hidden", "removed", "expired", "revoked"}


# What texts of a format look like (JSON Schema 2020-12 Validation section 7.3), where
# their names tell less.
_FORMATS = {
    "email": "ada@contoso.com",
    "hostname": "server.contoso.com",
    "ipv4": "203.0.113.7",
    "ipv6": "2001:db8::7",
    "uri": "https://www.contoso.com/reports",
}


class Use(NamedTuple):
    """What a value is for: a property or parameter by name, and what has it. `format` is
    JSON Schema's word for what a text looks like, "" for none."""

    owner: str
    name: str
    constraints: Constraints
    doc: Doc
    chance: Chance
    format: str = ""

    @property
    def words(self) -> list[str]:
        """The words of the name, in lower case."""
        return [word.lower() for word in split_words(self.name)]


def scalar(kind: ScalarKind, use: Use) -> str | bool | int | float:
    """Give a value of a primitive type."""
    for text in use.constraints.allowed_values[:1]:
        value = _allowed(kind, text)
        if value is not None:
            return value
    match kind:
        case Kind.STRING:
            return _text(use)
        case Kind.BOOLEAN:
            return not _UNUSUAL.intersection(use.words)
        case Kind.BINARY:
            return b64encode(_bytes(use)).decode()
        case Kind.DATE:
            return _day(use)
        case Kind.DATE_TIME:
            return f"{_day(use)}T{_time(use)}Z"
        case Kind.TIME:
            return _time(use)
        case Kind.DURATION:
            return use.chance.pick(("PT30M", "PT1H", "PT8H", "P1D", "P7D"))
        case Kind.GUID:
            return use.chance.guid()
        case _:
            return _number(kind, use)


def _allowed(kind: ScalarKind, text: str) -> str | bool | int | float | None:
    """A value that the spec writes as text; None where that is no value of the type."""
    if kind is Kind.STRING:
        return text
    if kind is Kind.BOOLEAN:
        return text.lower() == "true"
    if kind not in _WHOLE_NUMBERS and kind not in _FRACTIONS:
        return None
    try:
        return _plain(Decimal(text))
    except ArithmeticError:
        return None


def _text(use: Use) -> str:
    limits = use.constraints
    least, most = limits.min_length or 0, limits.max_length
    if limits.pattern is not None:
        found = matching(
            limits.pattern, use.chance, least, 200 if most is None else most
        )
        if found is not None:
            return found
    text = _FORMATS.get(use.format) or text_for(
        use.owner, use.name, use.doc, use.chance
    )
    while len(text) < min(least, 1000):
        text = f"{text} {text}" if text else "value"
    # what had to be made longer need not be longer than that
    most = least if most is None and least and len(text) > 2 * least else most
    return text if most is None or len(text) <= most else _cut(text[:most])


def _cut(text: str) -> str:
    """What was cut off must not end where one word would begin: the length stays."""
    return text[:-1] + "x" if text.endswith(" ") else text


def _bytes(use: Use) -> bytes:
    data = " ".join(use.words).encode("ascii", "replace") or b"value"
    limits = use.constraints
    while len(data) < min(limits.min_length or 0, 1000):
        data += b" " + data
    return data if limits.max_length is None else data[: limits.max_length]


def _day(use: Use) -> str:
    return next((day for word, day in _DAYS.items() if word in use.words), _DAY)


def _time(use: Use) -> str:
    number = use.chance.number
    return f"{number(8, 17):02}:{number(0, 59):02}:{number(0, 59):02}"


def _number(kind: ScalarKind, use: Use) -> int | float:
    """A number of a likely size, or else one near to a limit that it would break."""
    words = use.words
    likely = next((size for word, size in _SIZES.items() if word in words), _SIZE)
    number = Decimal(use.chance.number(*likely))
    limits = _limits(kind, use.constraints)
    if not limits.multiple_of:
        number += Decimal("0.5")
    step = limits.multiple_of or Decimal("0.5")
    ends = [end for end in (limits.minimum, limits.maximum) if end is not None]
    near = [number, *ends, *(sum(ends[1:], end) / len(ends) for end in ends[:1])]
    candidates = [
        *near,
        *(_multiple(each, step) + step * n for each in near for n in _BY),
    ]
    return _plain(next((each for each in candidates if _fits(each, limits)), number))


_BY = (0, 1, -1)


def _limits(kind: ScalarKind, said: Constraints) -> Constraints:
    """What is said of a number, within what its type can hold; what is no number says
    nothing."""
    least, most, step = map(_finite, (said.minimum, said.maximum, said.multiple_of))
    if kind in _WHOLE_NUMBERS:
        lowest, highest = map(Decimal, _WHOLE_NUMBERS[kind])
        least = lowest if least is None else max(least, lowest)
        most = highest if most is None else min(most, highest)
        step = step or Decimal(1)
    elif kind is Kind.DECIMAL and not said.scale:
        step = step or Decimal(1)
    return replace(said, minimum=least, maximum=most, multiple_of=step)


_FARTHEST = 100_000  # greater exponents overflow when numbers are added up


def _finite(limit: Decimal | None) -> Decimal | None:
    if limit is None or not limit.is_finite() or abs(limit.adjusted()) > _FARTHEST:
        return None
    return limit


def _multiple(number: Decimal, step: Decimal) -> Decimal:
    """The multiple of `step` that is nearest to a number."""
    return (number / step).to_integral_value() * step


def _fits(number: Decimal, limits: Constraints) -> bool:
    least, most, step = limits.minimum, limits.maximum, limits.multiple_of
    if least is not None:
        if number < least or (number == least and limits.exclusive_minimum):
            return False
    if most is not None:
        if number > most or (number == most and limits.exclusive_maximum):
            return False
    return not step or _multiple(number, step) == number


def _plain(number: Decimal) -> int | float:
    """A JSON number; 0 for one that has none."""
    if not number.is_finite() or number.adjusted() >= 19:
        return 0
    return int(number) if number == number.to_integral_value() else float(number)
