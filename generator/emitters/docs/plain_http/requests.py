"""Requests of examples: what a call of an operation carries, before it is written out.

`messages` writes it as a message, `snippets` as the Python that sends it; both take the
decisions from here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from generator.emitters.python.requests import ordered
from generator.emitters.samples import Json, Purpose, Samples
from generator.hidden import HIDDEN
from generator.model import (
    Access,
    Api,
    Body,
    Named,
    Operation,
    Parameter,
    ParameterIn,
    StreamType,
)

# How many parameters that may be left out an example has.
_OPTIONAL: Final = 2


@dataclass(frozen=True, slots=True)
class File:
    """A file that is sent: its name, and what it is."""

    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent: parameters with their values, in the order of the Python method, and
    a body, which is JSON or a file;
    properties of a multipart body may be files. `body` is None for none."""

    arguments: tuple[tuple[Parameter, Json], ...]
    body: Body | None = None
    value: Json | File = None

    def placed(self, place: ParameterIn) -> list[tuple[Parameter, Json]]:
        """Give the arguments that travel in one place."""
        return [each for each in self.arguments if each[0].place is place]


class Requests:
    """Makes the requests of an Api's examples; `roots` gives what stands before the
    path of an operation."""

    def __init__(
        self,
        api: Api,
        samples: Samples,
        roots: Callable[[Operation], Iterable[str]],
    ) -> None:
        self.api = api
        self.samples = samples
        self._roots = roots
        self._known: dict[str, Request] = {}

    def request(self, operation: Operation) -> Request:
        """Give the request of an operation."""
        found = self._known.get(operation.id)
        if found is None:
            found = self._known[operation.id] = self._request(operation)
        return found

    def _request(self, operation: Operation) -> Request:
        likely = [
            each
            for each in operation.parameters
            if not each.required
            and each.place is ParameterIn.QUERY
            and each.default is None
            and each.deprecation is None
        ]
        shown = likely[:_OPTIONAL]
        arguments = tuple(
            [
                (each, self.argument(each))
                for each in ordered(operation)
                if each.required or each in shown
            ]
        )
        body = operation.body
        if body is None:
            return Request(arguments)
        return Request(arguments, body, self._body(operation, body))

    def argument(self, parameter: Parameter) -> Json:
        """Give the value of a parameter, in all operations the same for one name."""
        return self.samples.value(
            parameter.type,
            parameter.name,
            parameter.constraints,
            parameter.doc,
            purpose=Purpose.CREATE,
        )

    def _body(self, operation: Operation, body: Body) -> Json | File:
        for value in map(json.loads, body.doc.examples):
            if self.samples.fitting.fits(body.type, value, Access.READ):
                return value
        ref = self.samples.structure.settle(body.type)[0]
        if isinstance(ref, StreamType):
            return File("content.bin", media_type_of(body.media_type))
        if isinstance(ref, Named) and self.samples.structure.struct(ref.id):
            made = self.samples.object(ref.id, Purpose.CREATE)
            files = self._files(ref.id, body)
            order = self.samples.structure.members(ref.id)
            whole = {**made, **files}
            return {name: whole[name] for name in order if name in whole} | whole
        return self.samples.value(
            body.type,
            "body",
            doc=body.doc,
            owner=operation.name,
            purpose=Purpose.CREATE,
        )

    def _files(self, type_id: str, body: Body) -> Mapping[str, File]:
        """The files among the properties of a body that have to be given."""
        kinds = {each.property: each.content_type for each in body.encodings}
        found: dict[str, File] = {}
        if not body.media_type.startswith("multipart/"):
            return found
        for name, member in self.samples.structure.members(type_id).items():
            ref = self.samples.structure.settle(member.type)[0]
            if isinstance(ref, StreamType) and member.access is not Access.READ:
                kind = media_type_of(kinds.get(name, ""))
                found[name] = File(f"{name}{_ENDINGS.get(kind, '.bin')}", kind)
        return found

    def root(self, operation: Operation) -> str:
        """Give the address that examples have for a service: that of the first server,
        with the values that its variables usually have."""
        root = next(iter(self._roots(operation)), "")
        for server in operation.servers or self.api.servers:
            root = server.filled(root)
        # what hides is no part of a URL (RFC 3986 section 2), and has to be seen
        return HIDDEN.sub(lambda found: quote(found[0], errors="replace"), root)


_ENDINGS: Final = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "text/csv": ".csv",
    "text/plain": ".txt",
}


def media_type_of(text: str) -> str:
    """Give one media type of those that a description lists, that of bytes for none or
    a range of them (RFC 9110 section 12.5.1)."""
    first = text.partition(",")[0].partition(";")[0].strip()
    return first if first and "*" not in first else "application/octet-stream"
