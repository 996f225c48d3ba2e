"""HTTP examples: requests and answers as text, as they would go over the wire.

`requests` decides what is sent; here it is written, and what comes back. An answer that
the spec shows wins over one that is made from its type.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlencode

from generator.emitters.docs.http import BINARY, json_text
from generator.emitters.docs.markdown import clean
from generator.emitters.docs.plain_http import styles
from generator.emitters.docs.plain_http.requests import (
    File,
    Request,
    Requests,
    media_type_of,
)
from generator.emitters.docs.plain_http.subjects import DEFAULT
from generator.emitters.python.request_answers import is_json
from generator.emitters.python.request_bodies import FORM
from generator.emitters.samples import Json
from generator.model import (
    AnyType,
    Body,
    Encoding,
    Operation,
    Parameter,
    ParameterIn,
    Response,
    StreamType,
)
from generator.statuses import phrase

_BOUNDARY: Final = "boundary"
_SHOWN_HEADERS: Final = 4


class Messages:
    """Writes the HTTP examples of an Api."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests
        self._samples = requests.samples

    def request(self, operation: Operation) -> str:
        """Give the request of an operation."""
        request = self._requests.request(operation)
        root = self._requests.root(operation)
        lines = [f"{operation.method} {root}{_target(operation, request)}"]
        for parameter, value in request.placed(ParameterIn.HEADER):
            lines.append(
                clean(f"{parameter.name}: {styles.in_header(parameter, value)}")
            )
        cookies = [
            pair
            for parameter, value in request.placed(ParameterIn.COOKIE)
            for pair in styles.in_query(parameter, value)
        ]
        if cookies:
            lines.append(f"Cookie: {'; '.join(cookies)}")
        if request.body is None:
            return "\n".join(lines)
        kind = request.body.media_type
        if kind.startswith("multipart/"):
            kind = f"{kind}; boundary={_BOUNDARY}"
        elif isinstance(request.value, File):
            kind = request.value.media_type
        lines.append(f"Content-Type: {clean(kind)}")
        return "\n".join([*lines, "", _content(request.body, request.value)])

    def response(self, operation: Operation) -> str:
        """Give the answer of success to that request, of several the first with a
        body."""
        answer = _shown(operation)
        code = int(answer.status) if answer.status.isdecimal() else 200
        lines = [f"HTTP/1.1 {code} {phrase(code)}".rstrip()]
        for header in answer.headers[:_SHOWN_HEADERS]:
            lines.append(clean(f"{header.name}: {self._header(operation, header)}"))
        if answer.type is None:
            return "\n".join(lines)
        kind = media_type_of(answer.media_type)
        lines.append(f"Content-Type: {clean(kind)}")
        return "\n".join([*lines, "", self._body(operation, answer)])

    def _header(self, operation: Operation, header: Parameter) -> str:
        """A header of an answer; where something was made is below where it was asked
        for."""
        if header.name.lower() == "location" and not header.doc.examples:
            request = self._requests.request(operation)
            root = self._requests.root(operation)
            path = _target(operation, request).partition("?")[0]
            return f"{root}{path}/1"
        return styles.in_header(header, self._requests.argument(header))

    def _body(self, operation: Operation, answer: Response) -> str:
        own = next(map(json.loads, answer.doc.examples), None)
        assert answer.type is not None
        ref = self._samples.structure.settle(answer.type)[0]
        if own is None and isinstance(ref, StreamType):
            return BINARY
        value = own
        if value is None:
            value = self._samples.value(answer.type, "result", owner=operation.name)
        if isinstance(value, str) and not is_json(answer.media_type):
            return _lines(value)
        return json_text(value)


def _shown(operation: Operation) -> Response:
    good = [each for each in operation.responses if each.status[:1] == "2"]
    with_body = [each for each in good if each.type is not None]
    other = [each for each in operation.responses if each.status[:1] in "13"]
    rest = [each for each in operation.responses if each.status == DEFAULT]
    return next(iter([*with_body, *good, *other, *rest]), Response("204"))


def _target(operation: Operation, request: Request) -> str:
    in_path = {
        parameter.name: styles.in_path(parameter, value)
        for parameter, value in request.placed(ParameterIn.PATH)
    }
    path = styles.filled(operation.path[0], in_path)
    query = [
        pair
        for parameter, value in request.placed(ParameterIn.QUERY)
        for pair in styles.in_query(parameter, value)
    ]
    return "?".join(filter(None, (path, "&".join(query))))


def _content(body: Body, value: Json | File) -> str:
    if isinstance(value, File):
        return BINARY
    if body.media_type.startswith("multipart/") and isinstance(value, dict):
        return "\n".join(_parts(value))
    if body.media_type == FORM and isinstance(value, dict):
        return "&".join(_form(body, value))
    if isinstance(value, str) and not is_json(body.media_type):
        return _lines(value)
    return json_text(value)


def _form(body: Body, value: dict[str, Json]) -> Iterator[str]:
    """Lists repeat the name and objects are JSON, unless an encoding says how they are
    written (OpenAPI 3.1 section 4.8.15)."""
    encodings = {each.property: each for each in body.encodings}
    for name, each in value.items():
        told = encodings.get(name, Encoding(name))
        kind = told.content_type if is_json(told.content_type) else ""
        if kind or told.style or told.explode is not None:
            yield from styles.in_query(
                Parameter(
                    *(name, AnyType(), ParameterIn.QUERY),
                    style=told.style,
                    explode=told.explode,
                    media_type=kind,
                ),
                each,
            )
            continue
        for part in each if isinstance(each, list) else [each]:
            yield urlencode([(name, styles.text_of(part))], errors="replace")


def _parts(value: dict[str, Json | File]) -> Iterator[str]:
    """The parts of a multipart body (RFC 7578 section 4)."""
    for name, each in value.items():
        told = f'Content-Disposition: form-data; name="{clean(name)}"'
        yield f"--{_BOUNDARY}"
        if isinstance(each, File):
            yield f'{told}; filename="{clean(each.name)}"'
            yield f"Content-Type: {clean(each.media_type)}"
            yield f"\n{BINARY}"
            continue
        yield told
        if isinstance(each, dict | list):
            yield "Content-Type: application/json"
        yield f"\n{styles.text_of(each)}"
    yield f"--{_BOUNDARY}--"


def _lines(text: str) -> str:
    """A text without what hides in it, its lines as they are."""
    return "\n".join(map(clean, text.splitlines()))
