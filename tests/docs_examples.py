"""The examples of a documentation, one after another, as tests want them: operations at
the ends of paths, as programs that run and functions that checkers read."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.config import find_config
from generator.diagnostics import Diagnostics
from generator.emitters.docs.http import HttpExamples
from generator.emitters.docs.snippets import Snippets
from generator.emitters.python.names import Names
from generator.emitters.samples import Samples
from generator.model import (
    Api,
    LinkKind,
    Operation,
    OperationKind,
    Resource,
    ResourceLink,
)
from generator.pipeline import load

ROOT = Path(__file__).parents[1]
BASE_URL = "https://service.example/v1"


@dataclass(frozen=True)
class Way:
    """How a place is reached."""

    steps: tuple[ResourceLink, ...] = ()


@dataclass(frozen=True)
class Call:
    """An operation at the end of a way."""

    resource: Resource | None
    operation: Operation
    way: Way

    def __str__(self) -> str:
        names = [link.name or "{}" for link in self.way.steps]
        return f"{self.operation.kind} {self.operation.name} /{'/'.join(names)}"


def bundled() -> Api:
    """The Api of the bundled spec, after all passes."""
    return load(find_config(ROOT).targets[0], Diagnostics())


def ways(api: Api, most: int = 2) -> Mapping[str, list[Way]]:
    """Give the shortest ways to each place, at most so many."""
    found: defaultdict[str, list[Way]] = defaultdict(list)
    waiting = [Way((link,)) for link in api.links]
    while waiting:
        way, *waiting = waiting
        place = way.steps[-1].target
        if len(found[place]) == most:
            continue
        found[place].append(way)
        for link in api.resources[place].links:
            if link.target:
                waiting.append(Way((*way.steps, link)))
    return found


def calls(api: Api, most: int = 2) -> Iterator[Call]:
    """Give every operation that can be reached, those of streams and of the service
    itself included."""
    reached = ways(api, most)
    for resource in api.resources.values():
        for way in reached.get(resource.id, ()):
            for operation in (*resource.operations, *_streams(resource)):
                yield Call(resource, operation, way)
    for operation in api.operations:
        if operation.binding is None:
            yield Call(None, operation, Way())


def _streams(resource: Resource) -> Iterator[Operation]:
    kinds = ((OperationKind.DOWNLOAD, "GET"), (OperationKind.UPLOAD, "PUT"))
    for link in resource.links:
        if link.kind is LinkKind.STREAM:
            for kind, method in kinds:
                id_ = f"{resource.id}/{link.name}:{kind}"
                yield Operation(id_, kind.value, kind, method, path=(link.name,))


class Examples:
    """Both kinds of examples of an Api."""

    def __init__(self, api: Api, package: str, *, needs_root: bool = False) -> None:
        samples = Samples(api)
        self._http = HttpExamples(api, samples, BASE_URL)
        self._snippets = Snippets(
            api, Names(api), package, samples, needs_root=needs_root
        )

    def request(self, call: Call) -> str:
        """Give the HTTP example of the request."""
        return self._http.request(call.resource, call.operation, call.way)

    def response(self, call: Call) -> str:
        """Give the HTTP example of the answer."""
        return self._http.response(call.resource, call.operation, call.way)

    def snippet(self, call: Call, is_async: bool) -> str:
        """Give the Python example."""
        return self._snippets.text(call.resource, call.operation, call.way, is_async)


def function(snippet: str, name: str, is_async: bool) -> str:
    """Give a snippet as the body of a function that is given what the reader has."""
    given = "credential: str, base_url: str"
    head = f"{'async ' * is_async}def {name}({given}) -> None:\n"
    return head + textwrap.indent(snippet, "    ")
