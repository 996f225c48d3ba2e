"""How the answer of a successful call becomes its result.

Each reader takes the whole answer, so that it can tell "no content" from content, and
raises UnexpectedResponse for what it cannot use. `calls` puts a reader into each call.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar, cast

import httpx

from .codecs import ANY, Codec, Nested
from .errors import UnexpectedResponse, api_error, unexpected
from .faults import UNFIT
from .json import loads
from .model import Model

T = TypeVar("T")

Result: TypeAlias = Callable[[httpx.Response], T]


def _nothing(response: httpx.Response) -> None:
    """Read nothing: whatever a service sends where nothing was promised is no error."""


def _bytes(response: httpx.Response) -> bytes:
    """Read the content as it stands."""
    return response.content


NOTHING: Result[None] = _nothing
BYTES: Result[bytes] = _bytes


def one(codec: Codec[T]) -> Result[T]:
    """Give the reader of a single value that is never null.

    An object is the body itself, anything else stands under "value" in it (OData JSON
    Format 4.01 sections 6 and 11).
    """

    def read(response: httpx.Response) -> T:
        value = None if is_empty(response) else _single(response, codec)
        if value is None:
            raise _lacking(response, "no value where there is always one")
        return value

    return read


def optional(codec: Codec[T]) -> Result[T | None]:
    """Give the reader of a single value that may be null: 204, or what says so."""

    def read(response: httpx.Response) -> T | None:
        return None if is_empty(response) else _single(response, codec)

    return read


def found(load: Callable[[Any], T]) -> Result[T]:
    """Give the reader of an object that was asked for; NotFound for 204, "empty"."""

    def read(response: httpx.Response) -> T:
        if response.status_code == 204:
            raise api_error(response)
        return load(json_object(response))

    return read


def made(load: Callable[[Any], T]) -> Result[T]:
    """Give the reader of an object that was made by the call."""

    def read(response: httpx.Response) -> T:
        if is_empty(response):
            raise _lacking(response, "done, but the object was not sent back")
        return load(json_object(response))

    return read


def changed(load: Callable[[Any], T]) -> Result[T | None]:
    """Give the reader of an object after a change; None where none is sent back."""

    def read(response: httpx.Response) -> T | None:
        return None if is_empty(response) else load(json_object(response))

    return read


def number(response: httpx.Response) -> int:
    """Read a plain number, the answer to $count (OData Protocol 4.01, 11.2.10)."""
    text = response.content.decode("utf-8-sig", "replace").strip()
    count = whole_number(text)
    if count is None:
        raise unexpected(response, "no number")
    return count


def whole_number(text: str) -> int | None:
    """Read a whole number, None for anything else: more digits than 64 bits have, too,
    as `int` refuses texts of thousands."""
    return int(text) if text.isdecimal() and len(text) < 20 else None


def json_object(response: httpx.Response) -> dict[str, Any]:
    """Read a JSON object. Raises UnexpectedResponse for anything else."""
    try:
        body: Any = loads(response.content)
    except ValueError as fault:
        raise unexpected(response, "an answer that is not JSON") from fault
    if not isinstance(body, dict):
        raise unexpected(response, "an answer that is not a JSON object")
    return cast("dict[str, Any]", body)


def control(wire: Mapping[str, Any], name: str) -> Any:
    """Give control information of an object, None where there is none.

    Services of OData 4.01 may leave out the prefix (OData JSON Format 4.01 section 4.6).
    """
    return wire.get(f"@odata.{name}", wire.get(f"@{name}"))


def decoded(response: httpx.Response, load: Callable[[Any], T], value: Any) -> T:
    """Decode a value. Raises UnexpectedResponse for JSON that does not fit the type."""
    try:
        return load(value)
    except (*UNFIT, RecursionError) as fault:
        raise unexpected(response, f"an answer that does not fit ({fault})") from fault


def _single(response: httpx.Response, codec: Codec[T]) -> T | None:
    """Decode the body or what stands under "value" in it; None where that is null."""
    body = json_object(response)
    if _is_null(body):
        return None
    if _is_object(codec, body):
        return decoded(response, codec.load, body)
    if "value" not in body:
        raise unexpected(response, "no value under 'value'")
    value = body["value"]
    return None if value is None else decoded(response, codec.load, value)


def _is_null(body: dict[str, Any]) -> bool:
    """Say whether a body stands for null: some services answer so instead of 204, told by
    the context or by an annotation of its own."""
    context = control(body, "context")
    told = isinstance(context, str) and context.endswith("#Edm.Null")
    return told or body.get("@odata.null") is True


def _is_object(codec: Codec[Any], body: dict[str, Any]) -> bool:
    """Say whether a result is the body itself; its shape says so for ANY."""
    if isinstance(codec, Nested):
        return issubclass(codec.target(), Model)
    return codec is ANY and [name for name in body if "@" not in name] != ["value"]


def _lacking(response: httpx.Response, what: str) -> UnexpectedResponse:
    """Make the error for an answer without the result that was promised."""
    if response.status_code == 202:
        what = "accepted, but not done yet; client.start() waits for the result"
    return unexpected(response, what)


def is_empty(response: httpx.Response) -> bool:
    """Whether an answer came without content."""
    return response.status_code == 204 or not response.content
