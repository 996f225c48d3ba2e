"""Where the values of a JSON text stand, found when somebody asks.

Reading keeps no places. To find one, the objects and arrays on the way to it are gone
through, their members skipped without being read, and what was seen is kept: a
thousand questions cost little more than the first, and GitHub's 13 MB are skipped in a
fifth of a second.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from generator.readers.documents.faults import Spot

_SPACE: Final = re.compile(r"[ \t\r\n]*+")
_STRING: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_PLAIN: Final = re.compile(r"[^\s,\]}]++")
_TO_BRACKET: Final = re.compile(
    r'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+")*+[\[\]{}]', re.DOTALL
)


class Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(m.end() for m in re.finditer(r"\n|\r(?!\n)", text))]

    def spot(self, offset: int) -> Spot:
        """Give the line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return Spot(line, offset - self._starts[line - 1] + 1)


class _Child(NamedTuple):
    """Where a member's name or an item stands, and where its value begins."""

    at: int
    value: int


class JsonPlaces:
    """Finds places in a text that is known to be JSON."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = Lines(text)
        self._known: dict[int, dict[str | int, _Child]] = {}

    def find(self, pointer: Sequence[str | int]) -> Spot:
        """Give where the name of a member or an item stands; what is not there stands
        where the last thing on the way to it does."""
        at = offset = self._skip_space(0)
        for step in pointer:
            child = self._children(offset).get(step)
            if child is None:
                break
            at, offset = child
        return self._lines.spot(at)

    def _children(self, offset: int) -> dict[str | int, _Child]:
        found = self._known.get(offset)
        if found is None:
            opening = self._text[offset]
            children = self._members if opening == "{" else self._items
            found = dict(children(offset)) if opening in "{[" else {}
            self._known[offset] = found
        return found

    def _members(self, start: int) -> Iterator[tuple[str, _Child]]:
        offset = self._skip_space(start + 1)
        while self._text[offset] != "}":
            end = self._end(offset)
            name = json.loads(self._text[offset:end])
            value = self._skip_space(self._skip_space(end) + 1)
            yield name, _Child(offset, value)
            offset = self._next(self._end(value))

    def _items(self, start: int) -> Iterator[tuple[int, _Child]]:
        offset = self._skip_space(start + 1)
        number = 0
        while self._text[offset] != "]":
            yield number, _Child(offset, offset)
            offset = self._next(self._end(offset))
            number += 1

    def _next(self, end: int) -> int:
        """Give where the next thing stands, a comma left out."""
        offset = self._skip_space(end)
        return self._skip_space(offset + 1) if self._text[offset] == "," else offset

    def _skip_space(self, offset: int) -> int:
        return _matched(_SPACE, self._text, offset)

    def _end(self, offset: int) -> int:
        """Give where the value ends that begins at an offset."""
        text = self._text
        if text[offset] == '"':
            return _matched(_STRING, text, offset)
        if text[offset] not in "{[":
            return _matched(_PLAIN, text, offset)
        depth = 1
        offset += 1
        while depth:
            offset = _matched(_TO_BRACKET, text, offset)
            depth += 1 if text[offset - 1] in "{[" else -1
        return offset


def _matched(pattern: re.Pattern[str], text: str, offset: int) -> int:
    found = pattern.match(text, offset)
    return found.end() if found else offset
