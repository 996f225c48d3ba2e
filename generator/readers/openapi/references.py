"""References: what a `$ref` leads to, in the same document or in one beside it.

A reference is a URI (OpenAPI 3.1 section 4.6, RFC 3986 section 5.2). It is followed to a
document that was given, to one that calls itself by that URI (`$self`, or `$id` of its
schema), and to a file below the folder of the first one. Nothing is fetched from a
network.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from generator.diagnostics import Diagnostics, SpecError
from generator.readers.codes import add
from generator.readers.documents import load_document
from generator.readers.openapi.codes import CODES
from generator.readers.openapi.nodes import Document, Node, unescaped
from generator.readers.openapi.swagger import Converted, convert, is_swagger
from generator.readers.openapi.swagger_parts import new_pointer
from generator.readers.source import Source, beside, load_source

_MOST_STEPS = 100
_KEYS_OF_ANCHORS = ("$anchor", "$dynamicAnchor")


class References:
    """The documents read so far, each once, and what references lead to."""

    def __init__(
        self,
        sources: Sequence[Source],
        diagnostics: Diagnostics,
        overlays: Sequence[Source] = (),
    ) -> None:
        self._diagnostics = diagnostics
        self._documents: dict[str, Document] = {}
        self._found: dict[tuple[str, str], Node | None] = {}
        self._named: dict[str, dict[str, Node]] = {}
        self._root = Path(sources[0].name).parent
        self._failed: set[str] = set()
        self.given = [self._load(sources[0], overlays)]
        self.given += [self._load(source) for source in sources[1:]]

    def _load(self, source: Source, overlays: Sequence[Source] = ()) -> Document:
        loaded = load_document(source, self._diagnostics)
        if overlays:
            from generator.readers.overlay import apply_overlays

            changes = [load_document(each, self._diagnostics) for each in overlays]
            loaded = apply_overlays(loaded, changes, self._diagnostics)
        if is_swagger(loaded.value):
            loaded = convert(loaded, self._diagnostics)
        document = Document(loaded, source.name)
        self._documents[document.name] = document
        for key in ("$self", "$id"):
            own = document.root.get(key)
            if own is not None and isinstance(own.value, str):
                self._documents.setdefault(urldefrag(own.value)[0], document)
        return document

    def target(self, node: Node) -> Node | None:
        """Give what the reference of an object leads to, through further references;
        None where it leads nowhere, which is reported once."""
        seen: set[int] = set()
        while True:
            reference = reference_of(node)
            if reference is None:
                return node
            if id(node.value) in seen:
                message = f"the reference to {reference} leads back to itself"
                self._report("openapi-reference-cycle", message, node)
                return None
            if len(seen) > _MOST_STEPS:
                message = f"more than {_MOST_STEPS} references in a row lead here"
                self._report("openapi-too-deep", message, node)
                return None
            seen.add(id(node.value))
            found = self.step(node, reference)
            if found is None:
                return None
            node = found

    def step(self, node: Node, reference: str) -> Node | None:
        """Give what one reference leads to, be that a reference itself."""
        base = _base(node)
        key = (base, reference)
        if key not in self._found:
            self._found[key] = self._look_up(node, base, reference)
        return self._found[key]

    def _look_up(self, node: Node, base: str, reference: str) -> Node | None:
        try:
            uri, fragment = urldefrag(reference)
            whole = urldefrag(urljoin(base, uri))[0] if uri else base
        except ValueError:
            self._unknown(node, reference)
            return None
        start = self._start(node, base, uri, whole)
        if start is None:
            return None
        fragment = unquote(fragment)
        if isinstance(start.document.loaded, Converted):
            fragment = new_pointer(fragment)
        found = (
            _pointed(start, fragment)
            if not fragment or fragment.startswith("/")
            else self._anchors(start).get(fragment)
        )
        if found is None:
            self._unknown(node, reference)
        return found

    def _start(self, node: Node, base: str, uri: str, whole: str) -> Node | None:
        """Give the document, or the schema with an `$id`, where a fragment begins."""
        if not uri:
            resource = _resource(node)
            return resource if resource is not None else node.document.root
        if whole in self._documents:
            return self._documents[whole].root
        for document in list(self._documents.values()):
            if whole in self._ids(document):
                return self._ids(document)[whole]
        folder = Path(node.document.name).parent
        path = beside(uri, folder, self._root)
        if path is None or urlsplit(whole).scheme:
            self._not_read(node, whole, "only files beside the document are read")
            return None
        return self._file(node, path, whole)

    def _file(self, node: Node, path: Path, whole: str) -> Node | None:
        real = path.resolve()
        for document in self._documents.values():
            if Path(document.name).resolve() == real:
                return document.root
        try:
            document = self._load(load_source(path))
        except SpecError as error:
            self._not_read(node, whole, error.diagnostics[0].message)
            return None
        return document.root

    def _not_read(self, node: Node, uri: str, why: str) -> None:
        if uri not in self._failed:
            self._failed.add(uri)
            message = f"the reference to {uri} is not followed: {why}"
            self._report("openapi-reference-not-read", message, node)

    def _unknown(self, node: Node, reference: str) -> None:
        message = f"the reference {reference!r} leads to nothing"
        self._report("openapi-reference-unknown", message, node)

    def _report(self, code: str, message: str, node: Node) -> None:
        add(self._diagnostics, CODES, code, message, node.place)

    def _ids(self, document: Document) -> dict[str, Node]:
        """Give the schemas of a document that have a URI of their own."""
        key = f"{document.name}#ids"
        if key not in self._named:
            self._named[key] = {
                _base(node): node
                for node in _all(document.root)
                if isinstance(node.value.get("$id"), str) and node.parent is not None
            }
        return self._named[key]

    def _anchors(self, start: Node) -> dict[str, Node]:
        """Give the schemas that have a name of their own, the first of each name."""
        key = f"{start.document.name}#{id(start.value)}"
        if key not in self._named:
            anchors: dict[str, Node] = {}
            for node in _all(start):
                for keyword in _KEYS_OF_ANCHORS:
                    name = node.value.get(keyword)
                    if isinstance(name, str):
                        anchors.setdefault(name, node)
            self._named[key] = anchors
        return self._named[key]


def reference_of(node: Node) -> str | None:
    """Give the reference that an object is or has; `$dynamicRef` counts as one, to the
    first anchor of its name (JSON Schema 2020-12 Core section 8.2.3.2)."""
    value = node.value
    if isinstance(value, dict):
        for key in ("$ref", "$dynamicRef"):
            found = value.get(key)
            if isinstance(found, str):
                return found
    return None


def _base(node: Node) -> str:
    """Give the URI against which references at a node are resolved."""
    if not node.document.has_bases:
        return node.document.name
    parts: list[str] = []
    at: Node | None = node
    while at is not None:
        if isinstance(at.value, dict):
            key = "$self" if at.parent is None and "$self" in at.value else "$id"
            own = at.value.get(key)
            if isinstance(own, str):
                parts.append(own)
        at = at.parent
    base = node.document.name
    for part in reversed(parts):
        try:
            base = urldefrag(urljoin(base, part))[0]
        except ValueError:
            continue
    return base


def _resource(node: Node) -> Node | None:
    """Give the innermost schema with an `$id` that a node stands in."""
    at: Node | None = node
    while at is not None:
        if isinstance(at.value, dict) and isinstance(at.value.get("$id"), str):
            return at
        at = at.parent
    return None


def _pointed(start: Node, pointer: str) -> Node | None:
    """Follow a JSON pointer (RFC 6901)."""
    node: Node | None = start
    for token in pointer.split("/")[1:]:
        if node is None:
            return None
        node = node.step(unescaped(token))
    return node


def _all(start: Node) -> Iterator[Node]:
    """Give every object of a document, the outermost first."""
    waiting = [start]
    while waiting:
        node = waiting.pop()
        children = [child for _, child in node.members()] or list(node.items())
        waiting.extend(reversed(children))
        if isinstance(node.value, dict):
            yield node
