"""What stops the reading of a document, while only the place in its text is known."""

from __future__ import annotations

from typing import NamedTuple

MAX_DEPTH = 128
"""How deeply values may be nested; GitHub's description has 21 levels."""


MAX_VALUES = 4_000_000
"""How many values a document may hold; GitHub's description has a quarter of a million,
and one of the whole of Microsoft Graph ten times as many. Three bytes can be a value
that takes a hundred in memory."""


class Spot(NamedTuple):
    """A place in a text: line and column, from 1."""

    line: int
    column: int


class Duplicate(NamedTuple):
    """A key that its mapping has already, and where it stands the second time."""

    key: str
    spot: Spot


class Fault(Exception):
    """The document cannot be read: one of the codes, why, and where."""

    def __init__(self, code: str, message: str, spot: Spot) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.spot = spot


def too_deep(spot: Spot) -> Fault:
    """Give the fault of a value that stands too deep."""
    message = f"values are nested more than {MAX_DEPTH} deep"
    return Fault("document-too-deep", message, spot)


def too_large(spot: Spot) -> Fault:
    """Give the fault of a document with too many values."""
    message = f"the document holds more than {MAX_VALUES:,} values"
    return Fault("document-too-large", message, spot)


def depth_exceeds(value: object, limit: int) -> bool:
    """Tell whether lists and dicts are nested in a value deeper than `limit`.

    Goes level by level, so that depth costs nothing on the stack.
    """
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(limit):
        level = [
            child
            for parent in level
            for child in (parent.values() if isinstance(parent, dict) else parent)
            if isinstance(child, dict | list)
        ]
        if not level:
            return False
    return True
