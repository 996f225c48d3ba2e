"""The functions of OData as methods of every expression.

They are named as OData names them, in Python's spelling: `User.mail.to_lower()` is
`tolower(mail)`. A function that is true or false gives a `Filter`. Arguments are values
or expressions. `expressions` builds upon this; see OData URL Conventions 4.01, sections
5.1.1.5 to 5.1.1.10.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, MutableSequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from .scalars import DATE, DECIMAL, INTEGER, STRING, TIME, Codec

if TYPE_CHECKING:
    from .expressions import Expression, Filter

T = TypeVar("T")
U = TypeVar("U")

Day: TypeAlias = "Functions[dt.date] | Functions[dt.datetime]"
Clock: TypeAlias = "Functions[dt.time] | Functions[dt.datetime]"
Fraction: TypeAlias = "Functions[float] | Functions[Decimal]"
Text: TypeAlias = "str | Expression[str]"
Whole: TypeAlias = "int | Expression[int]"
Several: TypeAlias = "Iterable[U] | Expression[MutableSequence[U]]"


class Functions(Generic[T]):
    """What can be called on an expression, by the type of its values."""

    if TYPE_CHECKING:

        def _call(
            self,
            name: str,
            *values: object,
            of: Codec[Any] | None = None,
            gives: Codec[Any] | None = None,
        ) -> Expression[Any]: ...
        def _ask(
            self, name: str, *values: object, of: Codec[Any] | None = None
        ) -> Filter: ...
        def _array(self, items: Any) -> Expression[Any]: ...

    def concat(self: Functions[str], text: Text) -> Expression[str]:
        """Give the text with another one behind it."""
        return self._call("concat", text, of=STRING, gives=STRING)

    def contains(self: Functions[str], text: Text) -> Filter:
        """Whether this text is found within that of the expression."""
        return self._ask("contains", text, of=STRING)

    def endswith(self: Functions[str], text: Text) -> Filter:
        """Whether the text ends with this one."""
        return self._ask("endswith", text, of=STRING)

    def startswith(self: Functions[str], text: Text) -> Filter:
        """Whether the text begins with this one."""
        return self._ask("startswith", text, of=STRING)

    def matches_pattern(self: Functions[str], pattern: Text) -> Filter:
        """Whether the text matches an ECMAScript regular expression (4.01)."""
        return self._ask("matchesPattern", pattern, of=STRING)

    def index_of(self: Functions[str], text: Text) -> Expression[int]:
        """Give where this text is first found, counted from 0; -1 if it is not."""
        return self._call("indexof", text, of=STRING, gives=INTEGER)

    def length(self: Functions[str]) -> Expression[int]:
        """Give the number of characters."""
        return self._call("length", gives=INTEGER)

    def substring(
        self: Functions[str], start: Whole, length: Whole | None = None
    ) -> Expression[str]:
        """Give the text from `start` on, counted from 0; at most `length` characters."""
        bounds = (start,) if length is None else (start, length)
        return self._call("substring", *bounds, of=INTEGER, gives=STRING)

    def to_lower(self: Functions[str]) -> Expression[str]:
        """Give the text in lower case."""
        return self._call("tolower", gives=STRING)

    def to_upper(self: Functions[str]) -> Expression[str]:
        """Give the text in upper case."""
        return self._call("toupper", gives=STRING)

    def trim(self: Functions[str]) -> Expression[str]:
        """Give the text without white space at its ends."""
        return self._call("trim", gives=STRING)

    def has_subset(self: Functions[MutableSequence[U]], items: Several[U]) -> Filter:
        """Whether all these items are in the collection (4.01)."""
        return self._ask("hassubset", self._array(items))

    def has_subsequence(
        self: Functions[MutableSequence[U]], items: Several[U]
    ) -> Filter:
        """Whether these items are in the collection in this order, gaps allowed."""
        return self._ask("hassubsequence", self._array(items))

    def year(self: Day) -> Expression[int]:
        """Give the year."""
        return self._call("year", gives=INTEGER)

    def month(self: Day) -> Expression[int]:
        """Give the month, 1 to 12."""
        return self._call("month", gives=INTEGER)

    def day(self: Day) -> Expression[int]:
        """Give the day of the month, from 1 on."""
        return self._call("day", gives=INTEGER)

    def hour(self: Clock) -> Expression[int]:
        """Give the hour, 0 to 23."""
        return self._call("hour", gives=INTEGER)

    def minute(self: Clock) -> Expression[int]:
        """Give the minute, 0 to 59."""
        return self._call("minute", gives=INTEGER)

    def second(self: Clock) -> Expression[int]:
        """Give the whole second, 0 to 59."""
        return self._call("second", gives=INTEGER)

    def fractional_seconds(self: Clock) -> Expression[Decimal]:
        """Give what is beyond the whole second, less than 1."""
        return self._call("fractionalseconds", gives=DECIMAL)

    def date(self: Functions[dt.datetime]) -> Expression[dt.date]:
        """Give the date."""
        return self._call("date", gives=DATE)

    def time(self: Functions[dt.datetime]) -> Expression[dt.time]:
        """Give the time of day."""
        return self._call("time", gives=TIME)

    def total_offset_minutes(self: Functions[dt.datetime]) -> Expression[int]:
        """Give the offset of the time zone in minutes."""
        return self._call("totaloffsetminutes", gives=INTEGER)

    def total_seconds(self: Functions[dt.timedelta]) -> Expression[Decimal]:
        """Give the duration in seconds."""
        return self._call("totalseconds", gives=DECIMAL)

    def round(self: Fraction) -> Expression[T]:
        """Give the nearest whole number, halves away from zero."""
        return self._call("round")

    def floor(self: Fraction) -> Expression[T]:
        """Give the greatest whole number that is not greater."""
        return self._call("floor")

    def ceiling(self: Fraction) -> Expression[T]:
        """Give the smallest whole number that is not smaller."""
        return self._call("ceiling")
