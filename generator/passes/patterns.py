"""Patterns: what a user writes to name the part of an API that is wanted.

    microsoft.graph.qrPin           a type, or an action or function
    qrPin, qr*, security.alert      the same by a shorter name; * is any part of a name,
                                    ** any part with its dots
    GET,POST /users/{id}/**         places and what is done there: {id} is a key, * one
                                    segment, ** any number of them

Used by `slice`, `why` and `paths`. Names are matched here, places by `routes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from generator.model import KeyPart

_PATH: Final = re.compile(r"(?:(\*|[A-Za-z]+(?:,[A-Za-z]+)*)\s+)?(/\S*)")


class SegmentKind(Enum):
    """What a segment of a path pattern stands for."""

    LITERAL = "literal"
    KEY = "key"
    ANY = "any"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of a path pattern.

    `key` is None without brackets behind the name; with them it holds the names of the
    key parts or parameters in them, () for a key without names.
    """

    kind: SegmentKind
    name: str = ""
    key: tuple[str, ...] | None = None

    def __str__(self) -> str:
        match self.kind:
            case SegmentKind.LITERAL:
                return self.name if self.key is None else f"{self.name}(...)"
            case SegmentKind.KEY:
                return "{key}"
            case SegmentKind.ANY:
                return "*"
            case SegmentKind.MANY:
                return "**"

    def is_for(self, name: str) -> bool:
        """Say whether a literal segment means a wire name, qualified or not."""
        return self.name == name or self.name == name.rpartition(".")[2]

    def takes(self, key: tuple[KeyPart, ...], alternate: bool) -> bool:
        """Say whether the brackets hold a key: one with names by these, one without if
        it is the primary key."""
        if not self.key:
            return not alternate
        return sorted(self.key) == sorted([part.name for part in key])


@dataclass(frozen=True, slots=True)
class PathPattern:
    """A pattern of places; no `methods` means all of them."""

    text: str
    segments: tuple[Segment, ...]
    methods: frozenset[str] = frozenset()

    def allows(self, method: str) -> bool:
        """Say whether an HTTP method is among those of the pattern."""
        return not self.methods or method.upper() in self.methods

    def matches(self, template: str) -> bool:
        """Say whether a path with {name} for its parameters is among those meant."""
        parts = self.text[self.text.index("/") :].split("/")
        expression = "".join([_of_segment(part) for part in parts if part])
        return re.fullmatch(f"{expression}/?", template) is not None


@dataclass(frozen=True, slots=True)
class NamePattern:
    """A pattern of type or operation names."""

    text: str

    def matching(self, names: Iterable[str], namespace: str) -> tuple[str, ...]:
        """Give the qualified names that the pattern means.

        A name as it stands wins over one in the main namespace `namespace`, and that
        one over the same short name in other namespaces.
        """
        names = tuple(names)
        for form in (self.text, f"{namespace}.{self.text}", f"**.{self.text}"):
            expression = re.compile(_expression(form))
            found = tuple([name for name in names if expression.fullmatch(name)])
            if found:
                return found
        return ()

    @property
    def is_exact(self) -> bool:
        """Whether the pattern means one name."""
        return "*" not in self.text


def _expression(text: str) -> str:
    escaped = re.escape(text).replace(r"\*\*", ".*")
    return escaped.replace(r"\*", "[^.]*")


def _of_segment(text: str) -> str:
    """Give the expression for one segment of a path with its slash."""
    if text == "**":
        return "(?:/[^/]+)*"
    escaped = re.sub(r"\\\{[^{}]*\\\}", r"\\{[^{}/]*\\}", re.escape(text))
    return "/" + escaped.replace(r"\*", "[^/]*")


def parse_pattern(text: str) -> PathPattern | NamePattern:
    """Give the pattern that a text stands for: one with a "/" at its start, or after
    HTTP methods, is about places, any other about names."""
    stripped = text.strip()
    match = _PATH.fullmatch(stripped)
    if match is None:
        return NamePattern("".join(stripped.split()))
    return _places(stripped, match[1], match[2])


def parse_path(text: str) -> PathPattern:
    """Give the places that a text stands for, which may lack the "/" at its start."""
    pattern = parse_pattern(text)
    if isinstance(pattern, PathPattern):
        return pattern
    return _places(f"/{pattern.text}", None, f"/{pattern.text}")


def _places(text: str, methods: str | None, path: str) -> PathPattern:
    named = (
        frozenset(methods.upper().split(",")) if methods and methods != "*" else None
    )
    segments = tuple([_segment(part) for part in path.split("/") if part])
    return PathPattern(text, segments, named or frozenset())


def _segment(text: str) -> Segment:
    if text == "**":
        return Segment(SegmentKind.MANY)
    if text == "*":
        return Segment(SegmentKind.ANY)
    if text.startswith("{") and text.endswith("}"):
        return Segment(SegmentKind.KEY)
    name, _, arguments = text.removesuffix(")").partition("(")
    if not arguments:
        return Segment(SegmentKind.LITERAL, name)
    parts = [part.partition("=") for part in arguments.split(",")]
    named = tuple([part.strip() for part, sign, _ in parts if sign])
    return Segment(SegmentKind.LITERAL, name, named)
