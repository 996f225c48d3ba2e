"""Where each page stands, decided once and from the whole catalogue of a spec, so that a
slice moves none.

Paths are those of Microsoft Graph's own documentation where it has a rule: everything
in lower case, types of other namespaces than the main one with the namespace before
them ("resources/security-alert.md", "api/security-alert-get.md").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Final, NamedTuple

from generator.emitters.docs.calls import offered
from generator.files import DEVICES
from generator.model import Api, Catalogue, Operation, OperationKind, Resource
from generator.pins import Pins, pinned

_CALLS: Final = (OperationKind.ACTION, OperationKind.FUNCTION)
_OF_MANY: Final = (OperationKind.LIST, OperationKind.CREATE, OperationKind.COUNT)
_VERBS: Final = {OperationKind.READ: "get"}
_LONGEST: Final = 80

_PAGE: Final = re.compile(r"[a-z0-9_-]{1,120}\.md")


class OperationKey(NamedTuple):
    """What a page is about: an operation as it is everywhere on one or many of a type.

    An action or function belongs to the type it is bound to, not to those derived from
    it; `type` is "" for one of the service itself.
    """

    type: str
    many: bool
    kind: OperationKind
    name: str


def operation_key(resource: Resource | None, operation: Operation) -> OperationKey:
    """Give the key of the page on which an operation of a place stands; None is the
    service."""
    kind, name = operation.kind, operation.name
    if operation.binding is not None:
        return OperationKey(operation.binding.type, operation.binding.many, kind, name)
    if resource is None:
        return OperationKey("", False, kind, name)
    return OperationKey(resource.type, resource.many, kind, name)


class PageNames:
    """The paths of all pages below the folder of the documents."""

    def __init__(self, api: Api) -> None:
        if api.catalogue is None:
            raise ValueError("pages are named from the catalogue of the whole spec")
        self._main = api.namespace
        self.pins = Pins(api.catalogue.given)
        self._types = self._type_pages(api.catalogue)
        self._operations = self._operation_pages(api.catalogue)

    def type(self, type_id: str) -> str:
        """Give the page of a type: "resources/qrpin.md", "enums/size.md"."""
        return self._types[type_id]

    def operation(self, resource: Resource | None, operation: Operation) -> str:
        """Give the page of an operation of a place, None for the service:
        "api/qrpin-create.md"."""
        return self._operations[operation_key(resource, operation)]

    def _type_pages(self, catalogue: Catalogue) -> dict[str, str]:
        taken: set[str] = set()
        pages: dict[str, str] = {}
        folders = {
            type_id: "enums" if kind == "enum type" else "resources"
            for type_id, kind in catalogue.kinds.items()
        }
        # a page of a type that has become another kind of type has to move
        pins = {
            type_id: pin
            for type_id, folder in folders.items()
            if (pin := self.pins.name("page", type_id)).startswith(f"{folder}/")
        }
        for type_id in sorted(folders, key=lambda each: (each not in pins, each)):
            names = with_hash((self.stem(type_id),), type_id)
            pages[type_id] = first_free(
                folders[type_id], names, taken, pins.get(type_id, "")
            )
        return pages

    def _operation_pages(self, catalogue: Catalogue) -> dict[OperationKey, str]:
        taken: set[str] = set()
        keys = {
            operation_key(resource, operation)
            for resource, operation in offered(
                catalogue.resources.values(), catalogue.operations
            )
        }
        pages: dict[OperationKey, str] = {}
        pins = {key: self.pins.name("operation-page", _line(key)) for key in keys}
        for key in sorted(keys, key=lambda key: (not pins[key], _rank(key))):
            names = with_hash(self._wishes(key), repr(key))
            pages[key] = first_free("api", names, taken, pins[key])
        return pages

    def given(self, api: Api) -> dict[str, str]:
        """Give the paths of all pages that an Api has, in the lines of a lock file."""
        lines: dict[str, str] = {}
        for type_id in api.types:
            lines |= pinned("page", type_id, {"": self._types[type_id]})
        places = [*api.resources.values()]
        for resource, operation in offered(places, api.operations):
            page = {"": self.operation(resource, operation)}
            lines |= pinned("operation-page", self._owner(resource, operation), page)
        return lines

    def _owner(self, resource: Resource | None, operation: Operation) -> str:
        return _line(operation_key(resource, operation))

    def _wishes(self, key: OperationKey) -> Iterator[str]:
        stem = self.stem(key.type) if key.type else ""
        is_call = key.kind in _CALLS
        verb = key.name.rpartition(".")[2] if is_call else _verb(key)
        plain = f"{stem}-{file_name(verb)}".lstrip("-")
        yield plain
        yield f"{plain}-{'collection' if key.many else 'single'}"
        if is_call:
            yield f"{plain}-{key.kind}"
            yield f"{stem}-{self.stem(key.name)}".lstrip("-")

    def stem(self, qualified: str) -> str:
        """Give the words that stand for a qualified name in the names of files."""
        namespace, _, short = qualified.rpartition(".")
        within = namespace.removeprefix(self._main).removeprefix(".")
        return file_name(f"{within}.{short}" if within else short)


def _line(key: OperationKey) -> str:
    """How a lock file calls what a page is about."""
    many = "[]" if key.many else ""
    return f"{key.type}{many} {key.kind} {key.name}".strip()


def _verb(key: OperationKey) -> str:
    """A stream is told from the others of its type by the name of its property."""
    verb = _VERBS.get(key.kind, key.kind.value)
    is_stream = key.kind in (OperationKind.DOWNLOAD, OperationKind.UPLOAD)
    return f"{verb}-{key.name}" if is_stream and key.name != "$value" else verb


def _rank(key: OperationKey) -> tuple[bool, bool, OperationKey]:
    """Verbs come before calls of their name, and what is usual for one or many before
    what is not."""
    return key.kind in _CALLS, key.many is not (key.kind in _OF_MANY), key


def file_name(name: str) -> str:
    """Give a name as the part of a path that every disk and every URL takes.

    A name that is cut, or loses characters, ends in eight letters of its hash.
    """
    folded = unicodedata.normalize("NFKC", name).lower().replace(".", "-")
    kept = re.sub(r"[^a-z0-9_-]", "", folded).strip("-")
    if kept and kept == folded and len(kept) <= _LONGEST:
        return f"{kept}-" if kept in DEVICES else kept
    return f"{kept[:_LONGEST]}-{_hash(name)}".lstrip("-")


def with_hash(names: Iterable[str], whole: str) -> Iterator[str]:
    yield from (last := tuple(names))
    yield f"{last[0]}-{_hash(whole)}"


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def first_free(
    folder: str, names: Iterable[str], taken: set[str], pin: str = ""
) -> str:
    """Give the first path in a folder that nothing has; `pin` is one that the page has
    had, if a lock file says the truth."""
    before, _, name = pin.rpartition("/")
    if before != folder or not _PAGE.fullmatch(name) or pin in taken:
        paths = (f"{folder}/{name}.md" for name in names)
        pin = next(path for path in paths if path not in taken)
    taken.add(pin)
    return pin
