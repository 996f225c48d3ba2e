"""JSON that remembers where each name and value stands (RFC 8259).

Used for the examples and comments of pages; `json` would say where the text is broken,
but not where a value of the wrong type is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from json import JSONDecodeError, JSONDecoder
from typing import Final

from generator.model import Place
from generator.model.pages import JsonArray, JsonNode, JsonObject, JsonScalar, Text

DEPTH: Final = 64
"""How deep an example may be nested."""

_DECODER: Final = JSONDecoder()
_SPACE: Final = re.compile(r"[ \t\n\r]*")
_NUMBER: Final = re.compile(r"(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_LITERALS: Final = {"true": True, "false": False, "null": None}


Located = Callable[[int], Place]
"""Gives the place of an offset in a text."""


class JsonFault(Exception):
    """The text is not JSON: what is wrong, and where."""

    def __init__(self, message: str, place: Place) -> None:
        super().__init__(message)
        self.place = place


def places(file: str, lines: Sequence[tuple[int, int]], text: str) -> Located:
    """Give a function from an offset in `text` to its place in a file.

    `lines` says for each line of the text on which line and column of the file it
    begins.
    """
    ends = accumulate(len(line) + 1 for line in text.split("\n"))
    starts = [0, *ends]

    def locate(offset: int) -> Place:
        number = min(bisect_right(starts, offset), len(lines)) - 1
        line, column = lines[number]
        return Place(file, line, column + offset - starts[number])

    return locate


def parse_json(text: str, locate: Located) -> JsonNode:
    """Read a text that holds one JSON value.

    Raises JsonFault at the first thing wrong, which nesting deeper than `DEPTH` is too.
    """
    parser = _Parser(text, locate)
    node, end = parser.value(parser.skip(0), DEPTH)
    if end < len(text):
        raise parser.fault("nothing may follow the JSON value", end)
    return node


class _Parser:
    def __init__(self, text: str, locate: Located) -> None:
        self._text = text
        self._locate = locate

    def skip(self, offset: int) -> int:
        found = _SPACE.match(self._text, offset)
        return found.end() if found else offset

    def fault(self, message: str, offset: int) -> JsonFault:
        return JsonFault(message, self._locate(offset))

    def value(self, start: int, depth: int) -> tuple[JsonNode, int]:
        """Read the value at an offset; give it, and where the next thing begins."""
        if depth == 0:
            raise self.fault(f"the JSON is nested deeper than {DEPTH} levels", start)
        place = self._locate(start)
        match self._text[start : start + 1]:
            case "{":
                members, end = self._members(start + 1, depth - 1)
                return JsonObject(members, place), self.skip(end)
            case "[":
                items, end = self._items(start + 1, depth - 1)
                return JsonArray(items, place), self.skip(end)
            case '"':
                text, end = self._string(start)
                return JsonScalar(text, place), self.skip(end)
        scalar, end = self._plain(start)
        return JsonScalar(scalar, place), self.skip(end)

    def _members(
        self, start: int, depth: int
    ) -> tuple[tuple[tuple[Text, JsonNode], ...], int]:
        found: list[tuple[Text, JsonNode]] = []
        offset = self.skip(start)
        while self._text[offset : offset + 1] != "}" or found:
            if self._text[offset : offset + 1] != '"':
                raise self.fault(
                    f"a name in quotes is expected{self._found(offset)}", offset
                )
            name, end = self._string(offset)
            key = Text(name, self._locate(offset))
            end = self.skip(end)
            if self._text[end : end + 1] != ":":
                raise self.fault(f"a colon is expected{self._found(end)}", end)
            value, end = self.value(self.skip(end + 1), depth)
            found.append((key, value))
            offset, is_last = self._after(end, "}")
            if is_last:
                return tuple(found), offset
        return (), offset + 1

    def _items(self, start: int, depth: int) -> tuple[tuple[JsonNode, ...], int]:
        found: list[JsonNode] = []
        offset = self.skip(start)
        while self._text[offset : offset + 1] != "]" or found:
            item, end = self.value(offset, depth)
            found.append(item)
            offset, is_last = self._after(end, "]")
            if is_last:
                return tuple(found), offset
        return (), offset + 1

    def _after(self, offset: int, closing: str) -> tuple[int, bool]:
        """Step over what follows a member or item; say whether it ends the whole."""
        char = self._text[offset : offset + 1]
        if char == closing:
            return offset + 1, True
        if char != ",":
            expected = f"a comma or {closing!r} is expected"
            raise self.fault(f"{expected}{self._found(offset)}", offset)
        after = self.skip(offset + 1)
        if self._text[after : after + 1] == closing:
            raise self.fault(f"a comma stands before {closing!r}", offset)
        return after, False

    def _string(self, start: int) -> tuple[str, int]:
        try:
            text, end = _DECODER.raw_decode(self._text, start)
        except JSONDecodeError as error:
            message = f"the text in quotes is faulty: {error.msg.lower()}"
            raise self.fault(message, min(error.pos, len(self._text))) from None
        return str(text), int(end)

    def _plain(self, start: int) -> tuple[bool | int | float | None, int]:
        for literal, value in _LITERALS.items():
            if self._text.startswith(literal, start):
                return value, start + len(literal)
        number = _NUMBER.match(self._text, start)
        if number is None:
            raise self.fault(f"a value is expected{self._found(start)}", start)
        whole, fraction, exponent = number.groups()
        try:
            if fraction or exponent:
                return float(number[0]), number.end()
            return int(whole), number.end()
        except ValueError:
            raise self.fault("the number has too many digits", start) from None

    def _found(self, offset: int) -> str:
        found = self._text[offset : offset + 1]
        return f", found {found!r}" if found else " before the end"
