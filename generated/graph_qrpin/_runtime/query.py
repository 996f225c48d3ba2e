"""Paths to properties, and what is written with them: filters and orders.

`User.department` on a class is a `Path[str]`; requests take paths in `select`, `expand`
and `order_by`, and the filters made from them: `(User.department == "Sales") &
User.display_name.startswith("A")`. Texts made here are not percent-encoded. See OData
URL Conventions 4.01, sections 5.1.1 ($filter) and 5.1.4 ($orderby).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, Generic, TypeVar

from .codecs import literal
from .scalars import Codec, string_literal

T = TypeVar("T")
U = TypeVar("U")

_OR, _AND, _COMPARISON, _CALL = range(4)
"""How firmly the parts of a filter hold together, loosest first."""


class Filter:
    """A condition; `str()` gives it as $filter takes it.

    Combine conditions with `&`, `|` and `~`: Python's `and`, `or` and `not` cannot be
    given a meaning here, and raise TypeError.
    """

    __slots__ = ("_strength", "_text")

    def __init__(self, text: str, strength: int) -> None:
        self._text: Final = text
        self._strength: Final = strength

    @classmethod
    def raw(cls, text: str) -> Filter:
        """Take a condition that is written already, to combine it with others."""
        return cls(text, _OR)

    def __and__(self, other: Filter) -> Filter:
        return Filter(f"{self._within(_AND)} and {other._within(_AND)}", _AND)

    def __or__(self, other: Filter) -> Filter:
        return Filter(f"{self._text} or {other._text}", _OR)

    def __invert__(self) -> Filter:
        return Filter(f"not {self._within(_CALL)}", _COMPARISON)

    def _within(self, strength: int) -> str:
        return self._text if self._strength >= strength else f"({self._text})"

    def __bool__(self) -> bool:
        raise TypeError(
            "a filter is neither true nor false: combine filters with & | ~, in "
            "parentheses, instead of and, or, not; and ask `path in model`, not "
            "`path in list`"
        )

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"Filter({self._text!r})"


class Order:
    """A path with a direction; `str()` gives it as $orderby takes it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text: Final = text

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"Order({self._text!r})"


class Path(Generic[T]):
    """Where a property with values of type T stands, seen from the object asked for."""

    def __init__(self, text: str, codec: Codec[Any] | None = None) -> None:
        self._text = text
        self._codec = codec

    @property
    def text(self) -> str:
        """The path as it stands in a URL: wire names with slashes between them."""
        return self._text

    def __truediv__(self, inner: Path[U]) -> Path[U]:
        """Go on to a property of the object at this path."""
        return Path(f"{self._text}/{inner._text}", inner._codec)

    def __bool__(self) -> bool:
        """Refuse: a property is no condition, and `not`, `and`, `or` would take it so."""
        raise TypeError(
            f"{self._text} is a property, not a condition: compare it, as in"
            " `User.mail != None`, and join conditions with &, | and ~"
        )

    def __eq__(self, value: T | None) -> Filter:  # type: ignore[override]
        return self._compare("eq", value)

    def __ne__(self, value: T | None) -> Filter:  # type: ignore[override]
        return self._compare("ne", value)

    def __lt__(self, value: T | None) -> Filter:
        return self._compare("lt", value)

    def __le__(self, value: T | None) -> Filter:
        return self._compare("le", value)

    def __gt__(self, value: T | None) -> Filter:
        return self._compare("gt", value)

    def __ge__(self, value: T | None) -> Filter:
        return self._compare("ge", value)

    def __hash__(self) -> int:
        return hash(self._text)

    def in_(self, values: Iterable[T]) -> Filter:
        """Whether the property is one of the values; of none, `false` is written."""
        if isinstance(values, str | bytes):
            raise TypeError("in_ takes several values, not one text")
        written = ",".join([self._literal(value) for value in values])
        if not written:
            return Filter("false", _CALL)
        return Filter(f"{self._text} in ({written})", _COMPARISON)

    def startswith(self: Path[str], text: str) -> Filter:
        """Whether the text of the property begins with this one."""
        return self._call("startswith", text)

    def endswith(self: Path[str], text: str) -> Filter:
        """Whether the text of the property ends with this one."""
        return self._call("endswith", text)

    def contains(self: Path[str], text: str) -> Filter:
        """Whether this text is found within that of the property."""
        return self._call("contains", text)

    def asc(self) -> Order:
        """Order by this property, smallest first."""
        return Order(f"{self._text} asc")

    def desc(self) -> Order:
        """Order by this property, greatest first."""
        return Order(f"{self._text} desc")

    def _compare(self, operator: str, value: object) -> Filter:
        return Filter(f"{self._text} {operator} {self._literal(value)}", _COMPARISON)

    def _call(self, function: str, value: str) -> Filter:
        return Filter(f"{function}({self._text},{string_literal(value)})", _CALL)

    def _literal(self, value: object) -> str:
        if value is None:
            return "null"
        return literal(value) if self._codec is None else self._codec.literal(value)

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"Path({self._text!r})"
