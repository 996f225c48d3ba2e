"""Calls: every verb, action and function as a request and the way its answer is read.

Shared by the sync verbs (`resources`) and the async ones (`aio`), which only send what
is built here. Generated code takes UNSET and the result readers from here.
"""

# pyright: reportPrivateUsage=false
# Places tell the runtime alone what is said of them.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from .bodies import create_body, replace_body, update_body
from .codecs import encode
from .conditions import ETag, Match, if_match, if_none_match, or_unchanged
from .exchange import Call, lower
from .json import dumps
from .location import Location
from .model import Model
from .options import UNSET, Headers, Query, Returns, query_options
from .results import (
    BYTES,
    NOTHING,
    Result,
    changed,
    found,
    is_empty,
    made,
    number,
    one,
    optional,
)
from .shapes import is_sequence

if TYPE_CHECKING:
    import httpx

    from .places import AnyResource

__all__ = ["BYTES", "NOTHING", "UNSET", "Result", "one", "optional"]

T = TypeVar("T")
Options = Mapping[str, Any]
Place = Location[Any]

JSON = {"content-type": "application/json"}


def make_call(
    at: Place,
    method: str,
    read: Result[T],
    headers: Mapping[str, str] | None = None,
    content: Any = None,
    *,
    options: str = "",
) -> Call[T]:
    """Make a call to a place, with what the caller settled for all calls from there."""
    settled = at.options
    joined = lower(settled.headers, headers) if settled.headers else headers or {}
    return Call(method, at.url(options), read, joined, content, options=settled)


def read_call(
    place: AnyResource[Any],
    options: Options,
    state: ETag,
    headers: Headers,
    query: Query,
) -> Call[Any]:
    """GET an object, maybe only if it changed (OData Protocol 4.01 section 11.2.2)."""
    read = found(place._load())
    written = _written(place, options, query)
    if state is None:
        return make_call(place._at, "GET", read, headers, options=written)
    sent = lower(if_none_match(state), headers)
    read = or_unchanged(read, state)
    call = make_call(place._at, "GET", read, sent, options=written)
    return replace(call, expects=(304,))


def list_call(
    place: AnyResource[Any],
    options: Options,
    page_size: int | None,
    headers: Headers,
    query: Query,
) -> Call[Any]:
    """GET a collection, page by page (OData Protocol 4.01 section 11.2.6)."""
    from .pages import page_of, sized

    read = page_of(place._load())
    written = _written(place, options, query)
    sent = lower(sized(page_size), headers)
    return make_call(place._at, "GET", read, sent, options=written)


def count_call(
    place: AnyResource[Any], options: Options, headers: Headers, query: Query
) -> Call[int]:
    """GET the number of items (OData Protocol 4.01 section 11.2.10)."""
    written = _written(place, options, query)
    sent = lower({"accept": "text/plain"}, headers)
    return make_call(place._at / "$count", "GET", number, sent, options=written)


def create_call(
    place: AnyResource[Any], model: Model, returns: Returns, headers: Headers
) -> Call[Any]:
    """POST a new object (OData Protocol 4.01 section 11.4.2).

    Where the service answers with the object's link alone it is read from there, unless
    the caller wants no more than that.
    """
    body = dumps(create_body(model, place._model))
    sent = lower({**JSON, **_prefer(returns)}, headers)
    if returns == "minimal":
        return make_call(place._at, "POST", changed(place._load()), sent, body)
    read = found(place._load())

    def read_at_link(response: httpx.Response) -> Call[Any] | None:
        told = response.headers
        link = told.get("location") or told.get("odata-entityid")
        done = response.status_code in (201, 204) and is_empty(response)
        if not link or not done:
            return None
        from .links import home_link

        asked = str(response.request.url)
        url = home_link(link, place._at.transport, asked, "the link of the new object")
        return Call("GET", url, read, place._at.options.headers, options=call.options)

    call = make_call(place._at, "POST", made(place._load()), sent, body)
    return replace(call, follow=read_at_link)


def change_call(
    place: AnyResource[Any],
    method: str,
    model: Model,
    match: Match,
    returns: Returns,
    headers: Headers,
) -> Call[Any]:
    """PATCH or PUT an object (OData Protocol 4.01 sections 11.4.3 and 11.4.4).

    A representation that is wished for and does not come is read in a second call
    (section 8.2.8.7).
    """
    body = _BODIES[method](model, place._model)
    ours = {**JSON, **if_match(match, model, place._concurrent), **_prefer(returns)}
    read = changed(place._load())
    call = make_call(place._at, method, read, lower(ours, headers), dumps(body))
    if returns != "representation":
        return call
    again = make_call(place._at, "GET", found(place._load()))

    def read_again(response: httpx.Response) -> Call[Any] | None:
        return again if is_empty(response) else None

    return replace(call, follow=read_again)


_BODIES = {"PATCH": update_body, "PUT": replace_body}


def _prefer(returns: Returns) -> dict[str, str]:
    return {"prefer": f"return={returns}"} if returns else {}


def delete_call(at: Place, state: ETag, headers: Headers) -> Call[None]:
    """DELETE what stands there (OData Protocol 4.01 section 11.4.5)."""
    sent = headers if state is None else lower(if_match(state, None, False), headers)
    return make_call(at, "DELETE", NOTHING, sent)


def reference_call(at: Place, method: str, target: str, headers: Headers) -> Call[None]:
    """POST or PUT a reference to something else (OData Protocol 4.01, 11.4.6)."""
    body = dumps({"@odata.id": target})
    return make_call(at / "$ref", method, NOTHING, lower(JSON, headers), body)


def action_call(
    at: Place, name: str, arguments: Mapping[str, Any], read: Result[T]
) -> Call[T]:
    """POST an action; one without parameters has no body (Protocol 4.01, 11.5.4.1)."""
    if not arguments:
        return make_call(at / name, "POST", read, _accept(read))
    given = {
        wire: _argument(value)
        for wire, value in arguments.items()
        if value is not UNSET
    }
    sent = {**JSON, **_accept(read)}
    return make_call(at / name, "POST", read, sent, dumps(given))


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
    return make_call(at.function(name, parameters), "GET", read, _accept(read))


def _accept(read: Result[Any]) -> dict[str, str]:
    return {"accept": "*/*"} if read is BYTES else {}


def _written(place: AnyResource[Any], options: Options, query: Query) -> str:
    """Write query options, unless the service is said to refuse one of them."""
    if place._refuses and _is_checked(place._at):
        from .capabilities import refuse

        refuse(type(place).__name__, place._refuses, options)
    return query_options(options, query)


def _is_checked(at: Place) -> bool:
    settled = at.options.checks
    checks: bool = at.transport.checks if settled is None else settled
    return checks
