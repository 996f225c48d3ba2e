"""Where the pages of operations and tags stand, decided once and from the whole
catalogue of a spec, so that a slice moves none; types are as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from generator.emitters.docs.calls import offered
from generator.emitters.docs.names import PageNames, first_free, with_hash
from generator.emitters.docs.names import file_name as safe_name
from generator.model import Api, Catalogue, LinkKind, Operation, Resource
from generator.pins import Pins, pinned
from generator.words import split_words

_SEPARATOR: Final = "-"


class RequestNames(PageNames):
    """The paths of all pages below the folder of the documents."""

    def __init__(self, api: Api) -> None:
        super().__init__(api)
        assert api.catalogue is not None
        self._requests = _request_pages(api.catalogue, self.pins)
        self._tags = _tag_pages(api.catalogue, self.pins)

    def operation(self, resource: Resource | None, operation: Operation) -> str:
        """Give the page of an operation: "api/repos-get.md"."""
        return self._requests[operation.id]

    def given(self, api: Api) -> dict[str, str]:
        """Give the paths of all pages that an Api has, in the lines of a lock file."""
        lines = super().given(api)
        for tag in {link.name for link in api.links if link.kind is LinkKind.TAG}:
            lines |= pinned("tag-page", tag, {"": self._tags[tag]})
        return lines

    def _owner(self, resource: Resource | None, operation: Operation) -> str:
        return operation.id

    def tag(self, name: str) -> str:
        """Give the page of a tag: "tags/repos.md"."""
        return self._tags[name]


def _request_pages(catalogue: Catalogue, pins: Pins) -> dict[str, str]:
    taken: set[str] = set()
    found = {
        operation.id: operation
        for _, operation in offered(catalogue.resources.values(), catalogue.operations)
    }
    return {
        id_: first_free(
            "api",
            with_hash(_wishes(found[id_]), id_),
            taken,
            pins.name("operation-page", id_),
        )
        for id_ in pins.first("operation-page", sorted(found))
    }


def _wishes(operation: Operation) -> Iterator[str]:
    """The name without the tag that it begins with, then the whole of it."""
    tag = words_of(operation.tags[0]) if operation.tags else ()
    words = operation_words(operation)
    own = words[len(tag) :] if words[: len(tag)] == tag else words
    yield _joined(*tag, *(own or words))
    yield _joined(*tag, *words_of(operation.method), *words_of(operation.path[0]))


def operation_words(operation: Operation) -> tuple[str, ...]:
    """Give the words of an operation's name, of one without a name those of its method
    and path."""
    return words_of(operation.name or f"{operation.method} {operation.path[0]}")


def words_of(name: str) -> tuple[str, ...]:
    """Give the words of a name in lower case."""
    return tuple([word.lower() for word in split_words(name)])


def _joined(*words: str) -> str:
    return safe_name(_SEPARATOR.join(words))


def _tag_pages(catalogue: Catalogue, pins: Pins) -> dict[str, str]:
    taken: set[str] = set()
    return {
        tag: first_free(
            "tags",
            with_hash((_joined(*words_of(tag)),), tag),
            taken,
            pins.name("tag-page", tag),
        )
        for tag in pins.first("tag-page", sorted(set(_tags(catalogue))))
    }


def _tags(catalogue: Catalogue) -> Iterable[str]:
    yield from (link.name for link in catalogue.links if link.kind is LinkKind.TAG)
    for _, operation in offered(catalogue.resources.values(), catalogue.operations):
        yield from operation.tags
