"""Pages: what a publisher's Markdown says, piece by piece, each with its place.

Made by the reader of pages and held against an `Api`; nothing of it comes from one. A
page is looked at and let go, so that a folder of thousands costs the memory of a few.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from generator.model.doc import Place


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text, without the marks of Markdown."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class JsonScalar:
    """A text, number, truth value or null in JSON."""

    value: str | bool | int | float | None
    place: Place


@dataclass(frozen=True, slots=True)
class JsonArray:
    """An array in JSON."""

    items: tuple[JsonNode, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class JsonObject:
    """An object in JSON, its members in written order: a name may come twice."""

    members: tuple[tuple[Text, JsonNode], ...]
    place: Place

    def get(self, name: str) -> JsonNode | None:
        """Give the value of a member, the first of several with one name."""
        for key, value in self.members:
            if key.text == name:
                return value
        return None

    def text(self, name: str) -> str:
        """Give the value of a member that is a text, else ""."""
        node = self.get(name)
        if isinstance(node, JsonScalar) and isinstance(node.value, str):
            return node.value
        return ""


JsonNode: TypeAlias = JsonScalar | JsonArray | JsonObject


@dataclass(frozen=True, slots=True)
class Request:
    """A request line: the method and what it asks for, as written."""

    method: str
    target: str
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `section` are the headings above it, the page's title first."""

    section: tuple[str, ...]
    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Example:
    """A fenced block of HTTP or JSON.

    `block` is the JSON of the HTML comment that stands before it, if there is one.
    `requests` are its request lines (several where it lists the ways to one thing),
    `status` that of its status line, "" for none; `body` is None where there is none or
    it cannot be read.
    """

    section: tuple[str, ...]
    place: Place
    block: JsonObject | None = None
    requests: tuple[Request, ...] = ()
    status: str = ""
    body: JsonNode | None = None

    @property
    def kind(self) -> str:
        """The blockType that the comment gives it, "" for none."""
        return self.block.text("blockType") if self.block else ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A link, image or include that leads to a file.

    `page` is the file relative to the folder, `exists` whether it is there.
    """

    href: str
    page: str
    anchor: str
    exists: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Page:
    """A page: `path` is relative to the folder, with "/" on every system.

    `front_matter` holds its entries that are texts, `lines` the page as written,
    `blocks` the JSON of its HTML comments, `anchors` what a link may name in it.
    """

    path: str
    place: Place
    lines: tuple[str, ...] = ()
    front_matter: Mapping[str, str] = field(default_factory=dict[str, str])
    title: str = ""
    tables: tuple[Table, ...] = ()
    examples: tuple[Example, ...] = ()
    blocks: tuple[JsonObject, ...] = ()
    references: tuple[Reference, ...] = ()
    anchors: frozenset[str] = frozenset()
