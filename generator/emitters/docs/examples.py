"""The examples on the page of an operation: the request, the answer, and Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.emitters.docs.http import HttpExamples
from generator.emitters.docs.markdown import Md, comment, fence
from generator.emitters.docs.site import Site
from generator.emitters.docs.snippets import Snippets
from generator.emitters.docs.subjects import Line, Subject
from generator.emitters.python.names import Names
from generator.emitters.samples import Samples
from generator.model import (
    LinkKind,
    Operation,
    OperationKind,
    Resource,
    ResourceLink,
    named_types,
)


@dataclass(frozen=True, slots=True)
class ExampleView:
    """The examples of one operation: a comment before each message, and blocks.
    `needs_root`: those in Python have to be told where the service is."""

    request_comment: Md
    request: Md
    response_comment: Md
    response: Md
    python: Md
    python_async: Md
    needs_root: bool


class _Call(NamedTuple):
    """What an example shows: an operation of a place, and the way to that place."""

    resource: Resource | None
    operation: Operation
    steps: Sequence[ResourceLink]


class Examples:
    """The examples of all pages."""

    def __init__(self, site: Site) -> None:
        self._site = site
        samples = Samples(site.api)
        self._http = HttpExamples(site.api, samples, site.options.base_url)
        names = Names(site.api)
        self._python = Snippets(
            site.api,
            names,
            site.options.package,
            samples,
            needs_root=not site.options.base_url,
        )

    def view(self, subject: Subject) -> ExampleView | None:
        """Give the examples of an operation; None where no path leads to it, and for a
        function that leads to a place where nothing can be read."""
        call = self._call(subject.lines[0]) if subject.lines else None
        if call is None:
            return None
        request = self._http.request(*call[:2], call)
        response = self._http.response(*call[:2], call)
        python, python_async = (
            fence(self._python.text(*call[:2], call, is_async), "python")
            for is_async in (False, True)
        )
        name = subject.page.removeprefix("api/").removesuffix(".md")
        return ExampleView(
            comment({"blockType": "request", "name": name.replace("-", "_")}),
            fence(request, "http"),
            comment(_answer(call.operation)),
            fence(response, "http"),
            python,
            python_async,
            needs_root=not self._site.options.base_url,
        )

    def _call(self, line: Line) -> _Call | None:
        """A function that leads to a place is called by reading what is there."""
        resource, operation = line.use
        link = _leading(line)
        if link is None:
            return _Call(resource, operation, line.path.steps)
        place = self._site.api.resources[link.target]
        reads = (OperationKind.READ, OperationKind.LIST)
        for each in place.operations:
            if each.kind in reads:
                return _Call(place, each, (*line.path.steps, link))
        return None


def _leading(line: Line) -> ResourceLink | None:
    resource, operation = line.use
    links = resource.links if resource is not None else ()
    for link in links:
        if link.kind is LinkKind.FUNCTION and link.operation == operation:
            return link
    return None


def _answer(operation: Operation) -> dict[str, object]:
    """Say what the answer is, as Microsoft's checker of documents reads it."""
    block: dict[str, object] = {"blockType": "response", "truncated": True}
    result = operation.result
    names = [*named_types(result.type)] if result and result.type else []
    if names and result is not None and result.status != "2XX":
        block["@odata.type"] = names[0]
        if operation.kind is OperationKind.LIST:
            block["isCollection"] = True
    return block
