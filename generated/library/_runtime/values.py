"""Expressions that begin with no property: constants, the clock, the item itself.

Loaded when one of them is first named; the sections meant are those of OData URL
Conventions 4.01.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from .codecs import type_name
from .expressions import PRIMARY, Expression, Filter, called, joined, operand
from .query import Path
from .scalars import DATE_TIME

T = TypeVar("T")


def constant(value: T) -> Expression[T]:
    """Give a value as an expression, to call functions on it.

    `constant("Mr ").concat(User.surname)`. Raises TypeError for values that a URL has
    no literal for.
    """
    return operand(value)


def now() -> Expression[dt.datetime]:
    """Give the service's time (section 5.1.1.8.8)."""
    return called("now", (), DATE_TIME)


def min_datetime() -> Expression[dt.datetime]:
    """Give the earliest moment that the service can represent (5.1.1.8.6)."""
    return called("mindatetime", (), DATE_TIME)


def max_datetime() -> Expression[dt.datetime]:
    """Give the latest moment that the service can represent (5.1.1.8.5)."""
    return called("maxdatetime", (), DATE_TIME)


def it(kind: type[T]) -> Path[T]:
    """Give the object or value that the URL's path leads to: `$it` (5.1.1.14.4).

    `kind` is its type, for the checker: `it(str).endswith(".com")` filters texts, and
    `it(User) / User.mail` is seen from within another object's options.
    """
    return Path("$it", None, ())


def this(kind: type[T]) -> Path[T]:
    """Give the object or value that an option is about: `$this` (5.1.1.14.6)."""
    return Path("$this", None, ())


def is_of(kind: type[Any]) -> Filter:
    """Whether the object asked for is of a model's type (5.1.1.10.2)."""
    return Filter(f"isof({type_name(kind)})", PRIMARY)


def case(
    *branches: tuple[Expression[bool], T | Expression[T]],
    default: T | Expression[T] | None = None,
) -> Expression[T]:
    """Give the value of the first branch whose condition holds (5.1.1.12.1).

    Without a default, null is the value where none holds.
    """
    ways = [(condition, operand(value)) for condition, value in branches]
    if default is not None:
        ways.append((operand(True), operand(default)))
    text = ",".join([f"{condition.text}:{value.text}" for condition, value in ways])
    paths = joined(*[part for way in ways for part in way])
    return Expression(f"case({text})", None, PRIMARY, paths)
