"""HTTP examples: requests and responses as text, as they would go over the wire.

`requests` decides what is sent; here it is written, and what comes back. Values are
those of `samples`.
"""

from __future__ import annotations

import json

from generator.emitters.docs.addresses import Way
from generator.emitters.docs.requests import (
    CALLS,
    Content,
    Kind,
    Request,
    Requests,
    content,
)
from generator.emitters.samples import Json, Purpose, Samples
from generator.hidden import without_hidden
from generator.model import (
    Api,
    ListOf,
    Named,
    Operation,
    Resource,
    Response,
    StreamType,
    TypeRef,
)
from generator.statuses import phrase

BINARY = "<binary data>"

_DONE = Response("204")
# The answers of verbs that no answer is declared for.
_USUAL = {Kind.DOWNLOAD: Response("200", StreamType())}


class HttpExamples:
    """Writes the HTTP examples of an Api; `base_url` stands before every path."""

    def __init__(self, api: Api, samples: Samples, base_url: str) -> None:
        self._samples = samples
        self._requests = Requests(api, samples, base_url)

    def request(
        self, resource: Resource | None, operation: Operation, path: Way
    ) -> str:
        """Give the request of an operation at the end of a path; `resource` is None for
        an operation of the service itself."""
        request = self._requests.request(resource, operation, path)
        url = self._requests.absolute(request.url)
        return _message([f"{request.method} {url}", *_headers(request)], request.body)

    def response(
        self, resource: Resource | None, operation: Operation, path: Way
    ) -> str:
        """Give the answer of success to that request.

        Of several statuses the one without content; a collection holds one item, of a
        list what is selected of it.
        """
        answer = operation.result or _USUAL.get(operation.kind, _DONE)
        if answer.type is None or answer.status in ("204", "2XX"):
            return _message([_status_line("204")], None)
        body = self._body(resource, operation, answer.type, path)
        media_type = answer.media_type
        if body is BINARY:
            where = resource is not None and operation.kind not in CALLS
            found = content(resource, operation) if resource and where else None
            media_type = found.media_type if found else "application/octet-stream"
        head = [_status_line(answer.status), f"Content-Type: {media_type}"]
        return _message(head, body)

    def _body(
        self, resource: Resource | None, operation: Operation, ref: TypeRef, path: Way
    ) -> Json:
        ref = self._samples.structure.settle(ref)[0]
        if isinstance(ref, StreamType):
            return BINARY
        if isinstance(ref, ListOf):
            item = self._item(resource, operation, ref.item)
            return {"value": [item], **self._links(operation, path)}
        value = self._result(operation, ref)
        if operation.kind is Kind.COUNT:
            return str(value)
        if resource is not None and resource.concurrent and operation.kind is Kind.READ:
            value = {"@odata.etag": self._samples.etag(resource.type), **value}
        return value if isinstance(value, dict) else {"value": value}

    def _item(
        self, resource: Resource | None, operation: Operation, ref: TypeRef
    ) -> Json:
        value = self._result(operation, ref)
        if operation.kind is not Kind.LIST or resource is None:
            return value
        selected = {m.name for m in self._requests.list_query(resource).select}
        return {
            name: inner
            for name, inner in value.items()
            if name in selected or "@" in name or not selected
        }

    def _links(self, operation: Operation, path: Way) -> dict[str, str]:
        """What leads on from a page of changes (OData JSON Format 4.01, 4.6.7)."""
        if not operation.delta:
            return {}
        url = self._requests.request(None, operation, path).url
        token = url.with_option("$deltatoken", "6fU3-QmR1")
        return {"@odata.deltaLink": self._requests.absolute(token)}

    def _result(self, operation: Operation, ref: TypeRef) -> Json:
        if isinstance(ref, Named) and self._samples.structure.struct(ref.id):
            return self._samples.object(ref.id, Purpose.READ)
        name = operation.name.rpartition(".")[2]
        return self._samples.value(ref, name, owner=operation.name)


def json_text(value: Json) -> str:
    """Give JSON for people to read, without characters that hide from them."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    flat = text.replace("\n", "")
    if flat != without_hidden(flat):
        text = json.dumps(value, indent=2)
    return text


def _headers(request: Request) -> list[str]:
    lines = [f"{name}: {value}" for name, value in request.headers]
    if isinstance(request.body, Content):
        lines.append(f"Content-Type: {request.body.media_type}")
    elif request.body is not None:
        lines.append("Content-Type: application/json")
    return [without_hidden(line) for line in lines]


def _status_line(status: str) -> str:
    code = int(status) if status.isdecimal() else 200
    return f"HTTP/1.1 {code} {phrase(code)}"


def _message(head: list[str], body: Json | Content) -> str:
    if body is None:
        return "\n".join(head)
    if isinstance(body, Content):
        body = BINARY
    text = body if isinstance(body, str) else json_text(body)
    return "\n".join([*head, "", text])
