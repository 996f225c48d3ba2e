"""Nodes: the values of a document, each with the way that leads to it.

What everything else of the reader works on. A node knows its document, so that a
reference in it can be followed and a finding about it has a place; both are worked out
only when they are needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.model import Place
from generator.readers.documents import Loaded


class Document:
    """A document and what the resolution of references needs to know of it."""

    def __init__(self, loaded: Loaded, name: str) -> None:
        self.loaded = loaded
        self.name = name
        self.root = Node(loaded.value, self)
        data = loaded.source.data
        version = loaded.value.get("openapi") if isinstance(loaded.value, dict) else ""
        self.is_before_31 = str(version).startswith("3.0")
        self.has_bases = b"$id" in data or b"$self" in data


class Node:
    """A value at a place of a document."""

    __slots__ = ("document", "key", "parent", "value")

    def __init__(
        self,
        value: Any,
        document: Document,
        parent: Node | None = None,
        key: str | int = "",
    ) -> None:
        self.value = value
        self.document = document
        self.parent = parent
        self.key = key

    def get(self, key: str) -> Node | None:
        """Give the member of an object, None where there is none."""
        value = self.value
        if isinstance(value, dict) and key in value:
            return Node(value[key], self.document, self, key)
        return None

    def members(self) -> Iterator[tuple[str, Node]]:
        """Give the members of an object."""
        if isinstance(self.value, dict):
            for key, value in self.value.items():
                yield key, Node(value, self.document, self, key)

    def items(self) -> Iterator[Node]:
        """Give the items of a list."""
        if isinstance(self.value, list):
            for position, value in enumerate(self.value):
                yield Node(value, self.document, self, position)

    def step(self, key: str) -> Node | None:
        """Give what one token of a JSON pointer leads to (RFC 6901 section 4)."""
        if isinstance(self.value, list):
            if key.isascii() and key.isdigit() and len(key) < 10:
                position = int(key)
                if position < len(self.value):
                    return Node(self.value[position], self.document, self, position)
            return None
        return self.get(key)

    @property
    def pointer(self) -> tuple[str | int, ...]:
        """The keys and positions that lead here from the top of the document."""
        steps: list[str | int] = []
        node = self
        while node.parent is not None:
            steps.append(node.key)
            node = node.parent
        return tuple(reversed(steps))

    @property
    def place(self) -> Place:
        """Where the value stands in its document."""
        return self.document.loaded.place(self.pointer)


def escaped(name: str) -> str:
    """Give a key as one token of a JSON pointer (RFC 6901 section 3)."""
    return name.replace("~", "~0").replace("/", "~1")


def unescaped(token: str) -> str:
    """Give the key that one token of a JSON pointer stands for (RFC 6901 section 4)."""
    return token.replace("~1", "/").replace("~0", "~")


def pointer_text(pointer: Sequence[str | int]) -> str:
    """Give a JSON pointer as text (RFC 6901 section 3)."""
    return "".join([f"/{escaped(str(each))}" for each in pointer])


def pointer_steps(value: Any, pointer: str) -> tuple[str | int, ...]:
    """Give the steps of a JSON pointer into a value: positions are numbers."""
    steps: list[str | int] = []
    for token in pointer.split("/")[1:]:
        key = unescaped(token)
        if isinstance(value, list) and key.isdecimal():
            steps.append(int(key))
            value = value[int(key)] if int(key) < len(value) else None
        else:
            steps.append(key)
            value = value.get(key) if isinstance(value, dict) else None
    return tuple(steps)


def by_name(member: tuple[str, Node]) -> str:
    """Give by what the members of a map are put in order where that of its keys says
    nothing (RFC 8259 section 4)."""
    return member[0]
