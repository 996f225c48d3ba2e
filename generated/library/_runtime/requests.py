"""Requests: operations that a description spells out, each with a path of its own.

Generated modules describe every operation once, by `request`; the methods of both twins
give it the values of its parameters, in their order, and its body. What a request looks
like is decided by `parameters` and `contents`, what comes of its answer by `answers`.
`http_client` adds the connection.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, Never, Self, TypeVar
from urllib.parse import quote, urljoin

from .aio_transport import AsyncTransport
from .answers import read_answer
from .contents import Body, Given, Written, write
from .exchange import Call, CallOptions, Security, lower
from .location import ExchangerT, Location, leads_back
from .options import UNSET, Headers, Query, query_options
from .parameters import (
    IN_TEMPLATE,
    Parameter,
    in_cookie,
    in_header,
    in_path,
    in_query,
)
from .places import Standing
from .results import Result
from .scalars import Codec
from .transport import Transport

if TYPE_CHECKING:
    import httpx

    from .retry import Retry

T = TypeVar("T")

_SLOT = re.compile(r"\{([^{}]*)\}")


class Request(Generic[T]):
    """An operation as the description has it.

    `path` is the template, `parameters` are in the order in which methods give their
    values. `answers` are the readers of success by status, `errors` the codecs of the
    bodies of errors. `security` is None where the client's requirements hold, `server`
    an address of its own.
    """

    __slots__ = (
        "method",
        "path",
        "parameters",
        "bodies",
        "answers",
        "errors",
        "accept",
        "security",
        "server",
    )

    def __init__(
        self,
        method: str,
        path: str,
        parameters: tuple[Parameter, ...],
        bodies: Sequence[Body],
        answers: Mapping[str, Result[T]],
        errors: Mapping[str, Codec[Any]],
        accept: str,
        security: Security | None,
        server: str,
    ) -> None:
        self.method = method
        self.path = path
        self.parameters = parameters
        self.bodies = bodies
        self.answers = answers
        self.errors = errors
        self.accept = accept
        self.security = security
        self.server = server

    def read(self, response: httpx.Response) -> T:
        """Read an answer of success. Raises UnexpectedResponse."""
        return read_answer(self.answers, response)


def request(
    method: str,
    path: str,
    *parameters: Parameter,
    bodies: Sequence[Body] = (),
    answers: Mapping[str, Result[Any]],
    errors: Mapping[str, Codec[Any]] = {},
    accept: str = "",
    security: Security | None = None,
    server: str = "",
) -> Request[Never]:
    """Describe an operation.

    A checker does not see what it gives: `Never`, a subtype of every type, fits
    whatever the method that uses it says.
    """
    return Request(
        method,
        path,
        parameters,
        bodies,
        answers,
        errors,
        accept,
        security,
        server,
    )


def request_call(
    at: Location[Any],
    asked: Request[T],
    values: Sequence[Any],
    given: Given,
    is_async: bool,
) -> Call[T]:
    """Make the call of an operation with the values of its parameters.

    Raises TypeError or ValueError for values that the request cannot carry.
    """
    parts: dict[str, str] = {}
    query: list[str] = []
    cookies: list[str] = []
    headers: dict[str, str] = {}
    for parameter, value in zip(asked.parameters, values, strict=True):
        if value is UNSET:
            continue
        if parameter.place == "path":
            parts[parameter.name] = in_path(parameter, value)
        elif parameter.place == "query":
            query += in_query(parameter, value)
        elif parameter.place == "cookie":
            cookies += in_cookie(parameter, value)
        elif (text := in_header(parameter, value)) is not None:
            headers[parameter.name.lower()] = text
    if cookies:
        headers["cookie"] = "; ".join(cookies)
    written = _written(asked, given, is_async)
    if written is not None:
        headers = lower(headers, written.headers)
    # a media type that the caller asks for is what is wanted of all that there are
    wanted = {"accept": asked.accept} if asked.accept else dict[str, str]()
    vouched, root = _root(at, asked.server)
    place = Location(at.transport, filled(asked.path, parts), (), at.options)
    url = place.url("&".join(query))
    return Call(
        asked.method,
        root + url[len(at.transport.base_url) :],
        asked.read,
        lower(lower(wanted, at.options.headers), headers),
        None if written is None else written.content,
        expects=_redirects(asked),
        repeat=False if written is not None and written.once else None,
        options=at.options,
        vouched=vouched,
        errors=asked.errors,
        security=asked.security,
    )


def _written(asked: Request[Any], given: Given, is_async: bool) -> Written | None:
    if not asked.bodies and given.value is UNSET and not given.properties:
        return None
    return write(asked.bodies, given, is_async)


def _redirects(asked: Request[Any]) -> tuple[int, ...]:
    """The redirects that are answers of their own: those that are described for what
    is no GET, which are never followed."""
    if asked.method == "GET":
        return ()
    return tuple([int(s) for s in asked.answers if s.isdecimal() and s[0] == "3"])


def _root(at: Location[Any], server: str) -> tuple[bool, str]:
    """Give where an operation stands, and whether the description vouches for that.

    A server of its own counts as long as the caller has named none for all of them; a
    relative one is found from the client's (OpenAPI 3.1 section 4.8.5).
    """
    base: str = at.transport.base_url
    if not server or at.transport.is_elsewhere:
        return False, base
    if not server.startswith(("https://", "http://")):
        return False, urljoin(f"{base}/", server).rstrip("/")
    return True, server.rstrip("/")


def filled(template: str, parts: Mapping[str, str]) -> str:
    """Fill the slots of a path template with encoded texts.

    Raises ValueError where the path would lead elsewhere: a step of "..", as a whole.
    """
    written: list[str] = []
    for index, piece in enumerate(_SLOT.split(template)):
        if index % 2 and piece in parts:
            written.append(parts[piece])
        else:
            text = f"{{{piece}}}" if index % 2 else piece
            written.append(quote(text, safe=IN_TEMPLATE))
    path = "".join(written)
    if parts and leads_back(path.replace("%2F", "_").replace("%5C", "_")):
        raise ValueError(f"the path would lead elsewhere: {path}")
    return path


class AnyRequests(Standing[ExchangerT]):
    """Where operations can be called: the client, or one of its tags."""

    __slots__ = ()

    def __init__(self, at: Location[ExchangerT]) -> None:
        self._at = at

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def with_options(
        self,
        *,
        headers: Headers = None,
        query: Query = None,
        timeout: float | httpx.Timeout | None = UNSET,
        retry: Retry | None = None,
    ) -> Self:
        """Give the same operations with options for every call from here onward.

        `headers` and `query` parameters are added to each request that does not have
        them by itself; an Accept is sent instead of its own. `timeout` (seconds or an
        `httpx.Timeout`; None: no limit) and `retry` stand in for the client's.
        """
        options = CallOptions(
            lower({}, headers), query_options({}, query), timeout, retry
        )
        return self._moved(self._at.settled(options))


class Requests(AnyRequests[Transport]):
    """Operations that are called by a sync client."""

    __slots__ = ()

    def _request(
        self,
        asked: Request[T],
        *values: Any,
        body: Any = UNSET,
        properties: Mapping[str, Any] | None = None,
        content_type: str = UNSET,
    ) -> T:
        given = Given(body, properties, content_type)
        call = request_call(self._at, asked, values, given, False)
        return self._at.transport.send(call)


class AsyncRequests(AnyRequests[AsyncTransport]):
    """Operations that are called by an async client."""

    __slots__ = ()

    async def _request(
        self,
        asked: Request[T],
        *values: Any,
        body: Any = UNSET,
        properties: Mapping[str, Any] | None = None,
        content_type: str = UNSET,
    ) -> T:
        given = Given(body, properties, content_type)
        call = request_call(self._at, asked, values, given, True)
        return await self._at.transport.send(call)
