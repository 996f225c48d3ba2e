"""Asking what shape an untyped value has, in a way that both checkers follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeGuard

_WHOLE = (str, bytes, bytearray, memoryview)
"""What Python iterates, although it stands for one value."""


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether a decoded JSON value is an object."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Whether a decoded JSON value is a list."""
    return isinstance(value, list)


def is_tuple(value: object) -> TypeGuard[tuple[Any, ...]]:
    """Whether a Python value is a tuple."""
    return isinstance(value, tuple)


def is_within(part: object, whole: object) -> bool:
    """Whether a decoded JSON value holds this very object or list, or is it."""
    waiting = [whole]
    while waiting:
        value = waiting.pop()
        if value is part:
            return True
        if is_object(value):
            waiting += value.values()
        elif is_list(value):
            waiting += value
    return False


def is_mapping(value: object) -> TypeGuard[Mapping[Any, Any]]:
    """Whether a Python value maps keys to values."""
    return isinstance(value, Mapping)


def is_sequence(value: object) -> TypeGuard[Sequence[Any]]:
    """Whether a Python value is a sequence that is neither text nor bytes."""
    return isinstance(value, Sequence) and not isinstance(value, _WHOLE)


def is_iterable(value: object) -> TypeGuard[Iterable[Any]]:
    """Whether a Python value gives items; text, bytes and mappings do not count."""
    return isinstance(value, Iterable) and not isinstance(value, (*_WHOLE, Mapping))
