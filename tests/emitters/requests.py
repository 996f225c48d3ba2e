"""Apis in plain HTTP for tests, and their examples one after another."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Diagnostics
from generator.emitters.docs import Options
from generator.emitters.docs.plain_http.messages import Messages
from generator.emitters.docs.plain_http.requests import Requests
from generator.emitters.docs.plain_http.site import HttpSite
from generator.emitters.docs.plain_http.snippets import Snippets
from generator.emitters.python.names import Names
from generator.emitters.python.request_names import RequestNames
from generator.emitters.samples import Samples
from generator.model import Api, Operation, Resource
from generator.passes.catalogue import with_catalogue
from generator.readers.openapi import read
from generator.readers.source import Source, load_source

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "specs" / "library.openapi.yaml"
ZOO = ROOT / "tests" / "cases" / "docs-requests" / "spec.yaml"


def load(path: Path) -> Api:
    """Read a description and run the passes that every Api goes through."""
    return _read(load_source(path))


def load_text(text: str) -> Api:
    """Read a description from its text."""
    return _read(Source("test.yaml", text.encode()))


def _read(source: Source) -> Api:
    diagnostics = Diagnostics()
    api = read([source], diagnostics)
    assert diagnostics.errors == ()
    return with_catalogue(api)


@dataclass(frozen=True)
class Call:
    """An operation with the resource of its tag."""

    resource: Resource | None
    operation: Operation

    def __str__(self) -> str:
        return self.operation.id


class Examples:
    """The examples of an Api, in HTTP and in Python."""

    def __init__(self, api: Api, package: str) -> None:
        self._site = HttpSite(api, Options("docs", package))
        self._requests = Requests(api, Samples(api), self._site.roots)
        self._messages = Messages(self._requests)
        names = Names(api)
        self._snippets = Snippets(self._site, names, self._requests)
        self._keys = RequestNames(api, names).credentials.values()

    def calls(self) -> Iterator[Call]:
        """Every operation."""
        for resource, operation in self._site.operations:
            yield Call(resource, operation)

    def root(self, call: Call) -> str:
        """The address that the example of a call is sent to."""
        return self._requests.root(call.operation)

    def request(self, call: Call) -> str:
        """The HTTP example of the request."""
        return self._messages.request(call.operation)

    def response(self, call: Call) -> str:
        """The HTTP example of the answer."""
        return self._messages.response(call.operation)

    def snippet(self, call: Call, is_async: bool) -> str:
        """The Python example."""
        return self._snippets.text(call.resource, call.operation, is_async)

    def function(self, text: str, name: str, is_async: bool) -> str:
        """Give a snippet as the body of a function that is given what the reader has."""
        given = {"credential", "user", "password", "base_url", *self._keys}
        listed = ", ".join(f"{each}: str" for each in sorted(given))
        head = f"{'async ' * is_async}def {name}({listed}) -> None:\n"
        return head + textwrap.indent(text, "    ")

    def arguments(self, base_url: str) -> dict[str, str]:
        """What such a function is called with."""
        given = dict.fromkeys(self._keys, "key")
        return given | {
            "credential": "token",
            "user": "ada",
            "password": "secret",
            "base_url": base_url,
        }


def at(text: str) -> str:
    """Give a snippet whose client is told where the service is."""
    return re.sub(
        r"Client\((.*)\) as client:",
        lambda match: f"Client({', '.join(filter(None, (match[1], 'base_url=base_url')))}) as client:",
        text,
        count=1,
    )
