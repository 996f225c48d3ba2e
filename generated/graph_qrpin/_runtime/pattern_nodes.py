"""A regular expression as a tree, for `patterns`, which counts and follows its ways.

Only the structure is read here; what a set or an escape means, and where an edge is,
is asked of Python's `re`, which has read the whole before.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple, TypeAlias

_DEEPEST: Final = 50
_COUNT: Final = re.compile(r"\{(\d*)(?:(,)(\d*))?\}")
_SET: Final = re.compile(r"\[\^?\]?(?:[^\\\]]|\\.)*+\]", re.DOTALL)
_ESCAPE: Final = re.compile(
    r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|N\{[^}]*\}|0[0-7]{0,2}"
    r"|[^xuUN0-9])",
    re.DOTALL,
)
_NAME: Final = re.compile(r"P<\w+>")


class One(NamedTuple):
    """A character of a kind."""

    regex: re.Pattern[str]


class Edge(NamedTuple):
    """A place between characters; `start` says that it is the one before all."""

    regex: re.Pattern[str]
    start: bool


class Sequence(NamedTuple):
    """Parts one behind the other."""

    parts: tuple[Node, ...]


class Either(NamedTuple):
    """Parts of which one has to match."""

    options: tuple[Node, ...]


class Repeat(NamedTuple):
    """A part, so many times at least and at most; None is no limit."""

    part: Node
    least: int
    most: int | None


class Look(NamedTuple):
    """A part that has to match what follows, or not to, and takes none of it."""

    part: Node
    wanted: bool


Node: TypeAlias = "One | Edge | Sequence | Either | Repeat | Look"


class Unread(Exception):
    """The expression holds what is not read here."""


def read(pattern: str) -> Node:
    """Read a regular expression that Python can read.

    Raises Unread for references back, look-behinds, flags, conditions, groups and
    repetitions that give nothing back, and depth.
    """
    reader = _Reader(pattern)
    node = reader.either(0)
    if reader.at < len(pattern):
        raise Unread
    return node


class _Reader:
    """Reads from left to right."""

    def __init__(self, text: str) -> None:
        self.at = 0
        self._text = text

    def either(self, depth: int) -> Node:
        if depth > _DEEPEST:
            raise Unread
        options = [self._sequence(depth)]
        while self._accept("|"):
            options.append(self._sequence(depth))
        return options[0] if len(options) == 1 else Either(tuple(options))

    def _sequence(self, depth: int) -> Node:
        parts: list[Node] = []
        while self._text[self.at : self.at + 1] not in ("", "|", ")"):
            parts.append(self._repeated(self._part(depth)))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _part(self, depth: int) -> Node:
        if self._accept("("):
            return self._group(depth)
        if self._text.startswith("[", self.at):
            return One(re.compile(self._take(_SET)))
        if self._text.startswith("\\", self.at):
            source = self._take(_ESCAPE)
            if source[1] in "bBAZ":
                return Edge(re.compile(source), source == "\\A")
            return One(re.compile(source))
        character = self._text[self.at]
        self.at += 1
        if character in "^$":
            return Edge(re.compile(character), character == "^")
        return One(re.compile("." if character == "." else re.escape(character)))

    def _group(self, depth: int) -> Node:
        wanted = None
        if self._accept("?"):
            if self._accept("="):
                wanted = True
            elif self._accept("!"):
                wanted = False
            elif not self._accept(":"):
                self._take(_NAME)
        inner = self.either(depth + 1)
        if not self._accept(")"):
            raise Unread
        return inner if wanted is None else Look(inner, wanted)

    def _repeated(self, part: Node) -> Node:
        least, most = 0, None
        count = _COUNT.match(self._text, self.at)
        if self._accept("?"):
            most = 1
        elif self._accept("+"):
            least = 1
        elif count is not None and count[0] != "{}":
            self.at = count.end()
            least = int(count[1] or 0)
            most = int(count[3]) if count[3] else None if count[2] else least
        elif not self._accept("*"):
            return part
        if self._accept("+"):
            raise Unread
        self._accept("?")  # lazily: the same texts
        return Repeat(part, least, most)

    def _accept(self, text: str) -> bool:
        found = self._text.startswith(text, self.at)
        self.at += len(text) * found
        return found

    def _take(self, form: re.Pattern[str]) -> str:
        found = form.match(self._text, self.at)
        if found is None:
            raise Unread
        self.at = found.end()
        return found[0]
