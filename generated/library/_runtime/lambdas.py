"""Conditions on the items of a collection: `any` and `all`.

Loaded when the first of them is made. The Python function that says the condition is
called with something that stands for the item; the name of its parameter becomes the
range variable. See OData URL Conventions 4.01, section 5.1.1.13.
"""

# pyright: reportPrivateUsage=false
# Expressions read one another; users have no use for the underscore names.

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextvars import ContextVar
from itertools import count
from typing import Any, TypeAlias

from .codecs import Nested
from .expressions import PRIMARY, Expression, Filter, is_expression, joined
from .model import Model
from .query import Path

Predicate: TypeAlias = Callable[[Any], object]

_LITERALS = frozenset({"null", "true", "false", "INF", "NaN"})

_IN_SCOPE: ContextVar[tuple[str, ...]] = ContextVar("variables", default=())
"""The range variables of the conditions that are being made."""


class Variable:
    """Stands for an item: its attributes are the paths of a class, from the item on."""

    __slots__ = ("_item", "_kind")

    def __init__(self, item: Path[Any], kind: type[Model]) -> None:
        self._item = item
        self._kind = kind

    def __getattr__(self, name: str) -> Path[Any]:
        found = getattr(self._kind, name)
        if not isinstance(found, Path):
            raise AttributeError(f"{name!r} is no property of {self._kind.__name__}")
        return self._item / found


def quantified(path: Path[Any], word: str, condition: Predicate | None) -> Filter:
    """Write `any` or `all` over the collection at a path.

    Raises TypeError if the condition does not give a condition.
    """
    if condition is None:
        return Filter(f"{path.text}/{word}()", PRIMARY, path.paths)
    taken = {*_LITERALS, *_IN_SCOPE.get(), *path.text.split("/")}
    names = (name for name in _names(condition) if name not in taken)
    tried = ((name, _predicate(path, name, condition)) for name in names)
    name, predicate = next(each for each in tried if not _is_ambiguous(*each))
    text = f"{path.text}/{word}({name}:{predicate.text})"
    return Filter(text, PRIMARY, joined(path, predicate))


def _is_ambiguous(name: str, predicate: Expression[bool]) -> bool:
    """Whether a property of the object asked for would be taken for the variable."""
    return any(path.partition("/")[0] == name for path in predicate.paths)


def _names(condition: Predicate) -> Iterator[str]:
    """Give names for the variable: that of the function's parameter, and others."""
    code = getattr(condition, "__code__", None)
    bound = hasattr(condition, "__self__")
    name = code.co_varnames[bound] if code and code.co_argcount > bound else "item"
    yield name
    yield from (f"{name}{number}" for number in count(2))


def _predicate(path: Path[Any], name: str, condition: Predicate) -> Expression[bool]:
    kind = _kind_of(path)
    codec = None if path._codec is None else path._codec.item
    item = Path[Any](name, codec, (path._place,))
    before = _IN_SCOPE.set((*_IN_SCOPE.get(), name))
    try:
        made = condition(item if kind is None else Variable(item, kind))
    finally:
        _IN_SCOPE.reset(before)
    if not is_expression(made):
        raise TypeError(
            f"the condition on {path.text} gives {type(made).__name__}, not a condition"
            " such as `item.name == 'a'`"
        )
    return made


def _kind_of(path: Path[Any]) -> type[Model] | None:
    """Give the class of the items, None if they are single values."""
    item = None if path._codec is None else path._codec.item
    kind = item.target() if isinstance(item, Nested) else path._kind
    return kind if kind is not None and issubclass(kind, Model) else None
