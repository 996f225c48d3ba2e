"""Calls: every verb, action and function as a request and the way its answer is read.

Shared by the sync verbs (`resources`) and the async ones (`aio`), which only send what
is built here. Generated code takes UNSET and the result readers from here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from .bodies import create_body
from .codecs import encode
from .exchange import Call, lower
from .json import dumps
from .location import Location
from .model import Model
from .options import UNSET, Headers, Query, query_options
from .pages import Page, page_of
from .results import (
    BYTES,
    NOTHING,
    Result,
    changed,
    found,
    made,
    number,
    one,
    optional,
)
from .shapes import is_sequence

__all__ = ["BYTES", "NOTHING", "UNSET", "Result", "one", "optional"]

T = TypeVar("T")
Load = Callable[[Any], T]
Place = Location[Any]

JSON = {"content-type": "application/json"}


def read_call(
    at: Place, load: Load[T], options: Mapping[str, Any], headers: Headers, query: Query
) -> Call[T]:
    """GET an object (OData Protocol 4.01 section 11.2.2)."""
    url = at.url(query_options(options, query))
    return Call("GET", url, found(load), headers or {})


def list_call(
    at: Place, load: Load[T], options: Mapping[str, Any], headers: Headers, query: Query
) -> Call[Page[T]]:
    """GET a collection, page by page (OData Protocol 4.01 section 11.2.6)."""
    url = at.url(query_options(options, query))
    return Call("GET", url, page_of(load), headers or {})


def count_call(
    at: Place, options: Mapping[str, Any], headers: Headers, query: Query
) -> Call[int]:
    """GET the number of items (OData Protocol 4.01 section 11.2.10)."""
    url = (at / "$count").url(query_options(options, query))
    return Call("GET", url, number, lower({"accept": "text/plain"}, headers))


def create_call(
    at: Place, load: Load[T], body: Mapping[str, Any], headers: Headers
) -> Call[T]:
    """POST a new object (OData Protocol 4.01 section 11.4.2)."""
    return Call("POST", at.url(), made(load), lower(JSON, headers), dumps(body))


def change_call(
    at: Place, method: str, load: Load[T], body: Mapping[str, Any], headers: Headers
) -> Call[T | None]:
    """PATCH or PUT an object (OData Protocol 4.01 sections 11.4.3 and 11.4.4)."""
    return Call(method, at.url(), changed(load), lower(JSON, headers), dumps(body))


def delete_call(at: Place, headers: Headers) -> Call[None]:
    """DELETE what stands there (OData Protocol 4.01 section 11.4.5)."""
    return Call("DELETE", at.url(), NOTHING, headers or {})


def reference_call(at: Place, method: str, target: str, headers: Headers) -> Call[None]:
    """POST or PUT a reference to something else (OData Protocol 4.01, 11.4.6)."""
    body = dumps({"@odata.id": target})
    return Call(method, (at / "$ref").url(), NOTHING, lower(JSON, headers), body)


def download_call(at: Place, headers: Headers) -> Call[bytes]:
    """GET a stream (OData Protocol 4.01 section 11.2.4)."""
    return Call("GET", at.url(), BYTES, lower({"accept": "*/*"}, headers))


def upload_call(
    at: Place, content: bytes, content_type: str, headers: Headers
) -> Call[None]:
    """PUT a stream (OData Protocol 4.01 section 11.4.7)."""
    sent = lower({"content-type": content_type}, headers)
    return Call("PUT", at.url(), NOTHING, sent, content)


def action_call(
    at: Place, name: str, arguments: Mapping[str, Any], read: Result[T]
) -> Call[T]:
    """POST an action; one without parameters has no body (Protocol 4.01, 11.5.4.1)."""
    url = (at / name).url()
    if not arguments:
        return Call("POST", url, read, _accept(read))
    given = {
        wire: _argument(value)
        for wire, value in arguments.items()
        if value is not UNSET
    }
    return Call("POST", url, read, {**JSON, **_accept(read)}, dumps(given))


def _argument(value: object) -> Any:
    """Write an argument; an object as it would be created: without what the service
    computes and noted on it, and with its type where that is a derived one."""
    if isinstance(value, Model):
        base = type(value).__mro__[1]
        declared = base if base is not Model and issubclass(base, Model) else None
        return create_body(value, declared or type(value))
    if is_sequence(value):
        return [_argument(item) for item in value]
    return encode(value)


def function_call(
    at: Place, name: str, parameters: Mapping[str, Any], read: Result[T]
) -> Call[T]:
    """GET a function (OData Protocol 4.01 section 11.5.3)."""
    return Call("GET", at.function(name, parameters).url(), read, _accept(read))


def _accept(read: Result[Any]) -> dict[str, str]:
    return {"accept": "*/*"} if read is BYTES else {}
