"""Reading: the fields of objects, each demanded to be of its type, and what is found.

What the other modules of the reader share: the references, the findings, and the draft
that the model is made of.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from generator.diagnostics import Diagnostics
from generator.readers.codes import add
from generator.readers.openapi.codes import CODES
from generator.readers.openapi.nodes import Node
from generator.readers.openapi.references import References, reference_of

_EXTENDED = ("responses", "flows")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


def is_token(name: str) -> bool:
    """Say whether HTTP takes a text for the name of a method or of a header (RFC 9110
    section 5.6.2)."""
    return _TOKEN.fullmatch(name) is not None


class Reading:
    """A description on its way into the model."""

    def __init__(self, references: References, diagnostics: Diagnostics) -> None:
        self.references = references
        self.nullable: dict[int, bool] = {}
        self._diagnostics = diagnostics
        self._counts: defaultdict[tuple[str, str], list[Node]] = defaultdict(list)

    # --- findings

    def report(self, code: str, message: str, node: Node) -> None:
        """Add a finding about a node with the severity of its code."""
        add(self._diagnostics, CODES, code, message, node.place)

    def count(self, code: str, what: str, node: Node) -> None:
        """Note something that is reported once, with how often it was met."""
        self._counts[code, what].append(node)

    def report_counts(self) -> None:
        """Add the findings that were counted, each at the first place."""
        for (code, what), nodes in self._counts.items():
            times = f", {len(nodes)} times" if len(nodes) > 1 else ""
            self.report(code, f"{what}{times}", nodes[0])
        self._counts.clear()

    def wrong(self, node: Node, expected: str) -> None:
        """Report a value that is of another type than its place asks for."""
        message = f"expected {expected}, found {found(node.value)}"
        self.report("openapi-type", f"{_where(node)}: {message}", node)

    def is_header(self, name: str, node: Node) -> bool:
        """Say whether a header can have a name (RFC 9110 section 5.1), or a key in a
        cookie (RFC 6265 section 4.1.1); report one that cannot."""
        if is_token(name):
            return True
        message = f"{name!r} cannot be the name of a header or cookie, left out"
        self.report("openapi-header-name", message, node)
        return False

    # --- fields

    def text(self, node: Node, key: str) -> str:
        """Give a text, "" where there is none; a number that YAML made of one is a text
        again."""
        child = node.get(key)
        if child is None or child.value is None:
            return ""
        if isinstance(child.value, str):
            return child.value
        if isinstance(child.value, int | float) and not isinstance(child.value, bool):
            return str(child.value)
        self.wrong(child, "a text")
        return ""

    def flag(self, node: Node, key: str) -> bool:
        """Give a truth value, False where there is none."""
        child = node.get(key)
        if child is None:
            return False
        if isinstance(child.value, bool):
            return child.value
        self.wrong(child, "true or false")
        return False

    def choice(self, node: Node, key: str) -> bool | None:
        """Give a truth value, None where there is none."""
        return self.flag(node, key) if node.get(key) is not None else None

    def mapping(self, node: Node, key: str) -> list[tuple[str, Node]]:
        """Give the members of an object in a field, none where there is none."""
        child = node.get(key)
        if child is None or child.value is None:
            return []
        if isinstance(child.value, dict):
            return list(child.members())
        self.wrong(child, "an object")
        return []

    def sequence(self, node: Node, key: str) -> list[Node]:
        """Give the items of a list in a field, none where there is none."""
        child = node.get(key)
        if child is None or child.value is None:
            return []
        if isinstance(child.value, list):
            return list(child.items())
        self.wrong(child, "a list")
        return []

    def texts(self, node: Node, key: str) -> list[str]:
        """Give the texts in a list."""
        texts = []
        for item in self.sequence(node, key):
            if isinstance(item.value, str):
                texts.append(item.value)
            else:
                self.wrong(item, "a text")
        return texts

    def object(self, node: Node, key: str) -> Node | None:
        """Give the object in a field."""
        child = node.get(key)
        return self.checked(child) if child is not None else None

    def checked(self, node: Node) -> Node | None:
        """Give a node that must be an object, what it refers to where it is a
        reference; None where it is no object, which is reported."""
        if not isinstance(node.value, dict):
            self.wrong(node, "an object")
            return None
        if reference_of(node) is None:
            return node
        target = self.references.target(node)
        if target is not None and not isinstance(target.value, dict):
            self.wrong(target, "an object")
            return None
        return target

    def objects(self, node: Node, key: str) -> Iterator[tuple[str, Node]]:
        """Give the objects in a mapping, references followed.

        What begins with "x-" is an extension where there may be any (OpenAPI 3.1
        section 4.9), and the name of a header, a scheme or a property elsewhere.
        """
        for name, child in self.mapping(node, key):
            if name.startswith("x-"):
                if key in _EXTENDED or not isinstance(child.value, dict):
                    continue
            target = self.checked(child)
            if target is not None:
                yield name, target


def found(value: object) -> str:
    """Name a value and its type as JSON does."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return f"the text {value!r}"
        case int() | float():
            return f"the number {value}"
        case list():
            return "a list"
        case _:
            return "an object"


def _where(node: Node) -> str:
    """Name a node by the last words of the way that leads to it."""
    steps = [str(step) for step in node.pointer[-2:]]
    return "/".join(steps) or "the document"
