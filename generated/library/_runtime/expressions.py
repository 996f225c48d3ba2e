"""Expressions: what has a value and can stand in $filter and $orderby.

An `Expression[T]` has values of type T. `query` makes the first ones, the paths of
properties; operators and functions make more of them, conditions are `Filter`s. The
text is built as it goes, with parentheses where the precedence of the operators demands
them, and is not percent-encoded. See OData URL Conventions 4.01, section 5.1.1.
"""

# pyright: reportPrivateUsage=false
# Expressions read one another; users have no use for the underscore names.

from __future__ import annotations

from collections.abc import Iterable, MutableSequence
from typing import Any, Final, TypeGuard, TypeVar

from .arithmetic import Arithmetic
from .codecs import ANY, list_of, literal, type_name
from .enums import Flags, OpenFlag
from .functions import Functions
from .json import dumps
from .scalars import BOOLEAN, Codec

T = TypeVar("T")
U = TypeVar("U")
F = TypeVar("F", bound=OpenFlag)


OR, AND, COMPARISON, ADDITION, MULTIPLICATION, NEGATION, PRIMARY = range(7)
"""How firmly the parts of an expression hold together, loosest first.

OData URL Conventions 4.01, section 5.1.1.17, tells `gt` from `eq`, and has `in`, `has`
and `not` bind more firmly than both. Services disagree there, so all of them count as
comparisons, which never stand side by side without parentheses.
"""

_STRENGTH = {
    "add": ADDITION,
    "sub": ADDITION,
    "mul": MULTIPLICATION,
    "div": MULTIPLICATION,
    "divby": MULTIPLICATION,
    "mod": MULTIPLICATION,
}


class Expression(Arithmetic[T], Functions[T]):
    """Something with a value of type T, for conditions and orders.

    Compare it with a value, None for null, or another expression; calculate with
    + - * % and `div`; call functions, such as `length`.
    """

    def __init__(
        self,
        text: str,
        codec: Codec[Any] | None = None,
        strength: int = PRIMARY,
        paths: tuple[str, ...] = (),
    ) -> None:
        self._text = text
        self._codec = codec
        self._strength = strength
        self._paths = paths

    @property
    def text(self) -> str:
        """The expression as it stands in a URL, before percent-encoding."""
        return self._text

    @property
    def paths(self) -> tuple[str, ...]:
        """The properties that it mentions, by their paths from the object asked for.

        Within `any` and `all`, the collection's path comes before that of the item.
        """
        return self._paths

    def __eq__(self, value: T | Expression[T] | None) -> Filter:  # type: ignore[override]
        return self._compare("eq", value)

    def __ne__(self, value: T | Expression[T] | None) -> Filter:  # type: ignore[override]
        return self._compare("ne", value)

    def __lt__(self, value: T | Expression[T] | None) -> Filter:
        return self._compare("lt", value)

    def __le__(self, value: T | Expression[T] | None) -> Filter:
        return self._compare("le", value)

    def __gt__(self, value: T | Expression[T] | None) -> Filter:
        return self._compare("gt", value)

    def __ge__(self, value: T | Expression[T] | None) -> Filter:
        return self._compare("ge", value)

    def __hash__(self) -> int:
        return hash(self._text)

    def in_(self, values: Iterable[T] | Expression[MutableSequence[T]]) -> Filter:
        """Whether the value is one of several; of none, `false` is written.

        The several may be a collection that another expression gives (4.01).
        """
        if isinstance(values, Expression):
            return self._compare("in", values)
        if isinstance(values, str | bytes):
            raise TypeError("in_ takes several values, not one text")
        items = ",".join([_literal(value, self._codec) for value in values])
        if not items:
            return Filter("false", PRIMARY)
        return self._compare("in", Expression[Any](f"({items})"))

    def has(
        self: Expression[F | Flags[F]] | Expression[Flags[F]], member: F | Flags[F]
    ) -> Filter:
        """Whether this member, or all of these, are among the flags."""
        return self._compare("has", member)

    def __and__(self: Expression[bool], other: Expression[bool]) -> Filter:
        right = _condition(other)
        text = f"{self._within(AND)} and {right._within(AND)}"
        return Filter(text, AND, joined(self, right))

    def __or__(self: Expression[bool], other: Expression[bool]) -> Filter:
        right = _condition(other)
        return Filter(f"{self._text} or {right._text}", OR, joined(self, right))

    def __invert__(self: Expression[bool]) -> Filter:
        return Filter(f"not {self._within(PRIMARY)}", COMPARISON, self.paths)

    def __bool__(self) -> bool:
        """Refuse: `not`, `and` and `or` would take it for a Python truth value."""
        raise TypeError(
            f"{self._text} is a value of the service, not a condition in Python:"
            " compare it, and join conditions with &, | and ~"
        )

    def cast(self, kind: type[U]) -> Expression[U]:
        """Give the value as one of another type, null where that cannot be.

        `kind` is a Python type of single values, or a model. Raises TypeError for types
        that have no name in OData.
        """
        return self._call("cast", Expression[Any](type_name(kind)))

    def is_of(self, kind: type[Any]) -> Filter:
        """Whether the value is of this type: a Python type, or a model."""
        return self._ask("isof", Expression[Any](type_name(kind)))

    def asc(self) -> Order:
        """Order by this, smallest first."""
        return Order(f"{self._text} asc", self.paths)

    def desc(self) -> Order:
        """Order by this, greatest first."""
        return Order(f"{self._text} desc", self.paths)

    def _within(self, strength: int) -> str:
        return self._text if self._strength >= strength else f"({self._text})"

    def _operand(self, value: object) -> Expression[Any]:
        """Give a value as what it is compared with: as this expression's type has it."""
        return operand(value, self._codec)

    def _compare(self, operator: str, value: object) -> Filter:
        other = self._operand(value)
        strength = PRIMARY if operator in ("in", "has") else ADDITION
        left, right = self._within(strength), other._within(strength)
        paths = joined(self, other)
        return Filter(f"{left} {operator} {right}", COMPARISON, paths)

    def _calculate(self, operator: str, value: Any) -> Expression[Any]:
        return calculated(self, operator, _summand(value))

    def _calculate_from(self, value: Any, operator: str) -> Expression[Any]:
        return calculated(_summand(value), operator, self)

    def _negate(self) -> Expression[Any]:
        text = f"-{self._within(PRIMARY)}"
        return Expression(text, self._codec, NEGATION, self.paths)

    def _call(
        self,
        name: str,
        *values: object,
        of: Codec[Any] | None = None,
        gives: Codec[Any] | None = None,
    ) -> Expression[Any]:
        """Call a function with this and further arguments, values being of a codec."""
        arguments = [self, *[operand(value, of) for value in values]]
        return called(name, arguments, gives)

    def _ask(self, name: str, *values: object, of: Codec[Any] | None = None) -> Filter:
        call = self._call(name, *values, of=of)
        return Filter(call._text, PRIMARY, call.paths)

    def _array(self, items: Any) -> Expression[Any]:
        """Write items of this collection as JSON: the ABNF's rule arrayOrObject."""
        if is_expression(items):
            return items
        dump = list_of(ANY).dump if self._codec is None else self._codec.dump
        return Expression(dumps(dump(items)).decode())

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._text!r})"


class Filter(Expression[bool]):
    """A condition; `str()` gives it as $filter takes it.

    Combine conditions with `&`, `|` and `~`: Python's `and`, `or` and `not` cannot be
    given a meaning here, and raise TypeError.
    """

    def __init__(self, text: str, strength: int, paths: tuple[str, ...] = ()) -> None:
        super().__init__(text, BOOLEAN, strength, paths)

    @classmethod
    def raw(cls, text: str) -> Filter:
        """Take a condition that is written already, to combine it with others."""
        return cls(text, OR)

    def __bool__(self) -> bool:
        raise TypeError(
            "a filter is neither true nor false: combine filters with & | ~, in "
            "parentheses, instead of and, or, not; and ask `path in model`, not "
            "`path in list`"
        )


class Order:
    """An expression with a direction; `str()` gives it as $orderby takes it."""

    __slots__ = ("_paths", "_text")

    def __init__(self, text: str, paths: tuple[str, ...] = ()) -> None:
        self._text: Final = text
        self._paths: Final = paths

    @property
    def paths(self) -> tuple[str, ...]:
        """The properties that it mentions, by their paths from the object asked for."""
        return self._paths

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"Order({self._text!r})"


def is_expression(value: object) -> TypeGuard[Expression[Any]]:
    """Whether a value is an expression already."""
    return isinstance(value, Expression)


def operand(value: object, codec: Codec[Any] | None = None) -> Expression[Any]:
    """Give what a value is written as; an expression is written as itself.

    Without a codec the Python type of the value decides. Raises TypeError and
    ValueError as codecs do.
    """
    if is_expression(value):
        return value
    return Expression(_literal(value, codec), codec)


def _condition(value: object) -> Expression[bool]:
    if is_expression(value):
        return value
    raise TypeError(
        f"a condition is joined with another, not with {type(value).__name__}:"
        " Filter.raw takes one that is written already"
    )


def _literal(value: object, codec: Codec[Any] | None) -> str:
    if value is None:
        return "null"
    return literal(value) if codec is None else codec.literal(value)


def _summand(value: object) -> Expression[Any]:
    """Give what a value is calculated with as."""
    if isinstance(value, str):
        raise TypeError("texts are put together by `concat`, not by operators")
    return operand(value)


def joined(*parts: Expression[Any]) -> tuple[str, ...]:
    """Give the paths that several expressions mention, each once."""
    return tuple(dict.fromkeys([path for part in parts for path in part.paths]))


def called(
    name: str, arguments: Iterable[Expression[Any]], gives: Codec[Any] | None = None
) -> Expression[Any]:
    """Give the call of a function; the codec is that of its result."""
    written = list(arguments)
    text = f"{name}({','.join([argument._text for argument in written])})"
    return Expression(text, gives, PRIMARY, joined(*written))


def calculated(
    left: Expression[Any], operator: str, right: Expression[Any]
) -> Expression[Any]:
    """Give what an arithmetic operator makes of two expressions.

    The operators of a strength are carried out from left to right.
    """
    strength = _STRENGTH[operator]
    text = f"{left._within(strength)} {operator} {right._within(strength + 1)}"
    return Expression(text, None, strength, joined(left, right))
