"""What the pages of operations are about: one operation, where it is called, and what it
asks of the caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from generator.emitters.docs.plain_http.names import operation_words
from generator.emitters.docs.plain_http.site import HttpSite
from generator.emitters.docs.site import said
from generator.emitters.docs.wording import is_title
from generator.model import (
    Doc,
    Operation,
    Parameter,
    ParameterIn,
    Resource,
    Response,
    SecurityRequirement,
)

DEFAULT: Final = "default"
"""The status of an answer that is for all that have none of their own."""


@dataclass(frozen=True)
class Subject:
    """The operation of one page; `resource` is that of its tag, None for none."""

    site: HttpSite
    resource: Resource | None
    operation: Operation
    page: str

    @cached_property
    def title(self) -> str:
        """What the page is called: as the source calls the operation, else its name in
        words, else its method and path."""
        summary = self._heading
        if summary:
            return summary
        if self.operation.name:
            return " ".join(operation_words(self.operation)).capitalize()
        return self.path_line

    @property
    def _heading(self) -> str:
        """The summary where it can be a heading, which needs no full stop."""
        text = self.operation.doc.summary.strip()
        return text[:-1] if text[-1:] == "." and is_title(text[:-1]) else _title(text)

    @cached_property
    def description(self) -> str:
        """What the operation does, as far as the title does not say it; "" for no
        more."""
        doc = self.operation.doc
        return said(Doc(description=doc.description) if self._heading else doc)

    @property
    def in_short(self) -> str:
        """What the operation does, for lists."""
        return self.description or self.title

    @property
    def path_line(self) -> str:
        """The method and the path below the service: "GET /items/{item_id}"."""
        return f"{self.operation.method} {self.operation.path[0]}"

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The request lines, one for each server."""
        roots = self.site.roots(self.operation)
        path = self.operation.path[0]
        return tuple([f"{self.operation.method} {root}{path}" for root in roots])

    @property
    def requirements(self) -> tuple[SecurityRequirement, ...]:
        """What callers prove who they are with, any one of which is enough; nothing
        where nothing is asked."""
        return self.site.requirements(self.operation)

    def parameters(self, place: ParameterIn) -> list[Parameter]:
        """Give the parameters that travel in one place."""
        return [each for each in self.operation.parameters if each.place is place]

    @property
    def successes(self) -> list[Response]:
        """The answers of success, and those that lead elsewhere; the one for every
        status where that is all."""
        found = [each for each in self.operation.responses if not _is_error(each)]
        rest = [each for each in self.operation.responses if each.status == DEFAULT]
        return found or rest

    @property
    def failures(self) -> list[Response]:
        """The answers that are errors."""
        successes = self.successes
        return [each for each in self.operation.responses if each not in successes]


def _title(text: str) -> str:
    return text if is_title(text) else ""


def _is_error(response: Response) -> bool:
    return response.status[:1] in "45" or response.status == DEFAULT


def subjects(site: HttpSite) -> tuple[Subject, ...]:
    """Give the operations, in the order of their pages."""
    found = [
        Subject(site, resource, operation, site.names.operation(resource, operation))
        for resource, operation in site.operations
    ]
    return tuple(sorted(found, key=lambda subject: subject.page))
