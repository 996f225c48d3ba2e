"""One call on its way: what is sent, what its answer means, when it is sent again.

`calls` describes a call, the transports (`transport`, `aio_transport`) move bytes and
wait; everything that both must decide alike stands here, without input or output of its
own.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from urllib.parse import quote, urlencode
from uuid import uuid4

import httpx

from .errors import (
    CallError,
    ConnectionFailed,
    TimedOut,
    api_error,
    place_of,
    unexpected,
)
from .retry import IDEMPOTENT, Retry, may_repeat, retry_after

T = TypeVar("T")

LOG = logging.getLogger((__package__ or "").rpartition(".")[0])
MOST_REDIRECTS = 10
HARMLESS = ("accept", "accept-encoding", "accept-language", "range", "user-agent")
"""What goes along with a redirect to another origin: no header that may be secret."""

NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
HOPELESS = (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.DecodingError)


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """A request before it is sent, and how its answer is read.

    `url` is absolute and encoded. `read` raises UnexpectedResponse for an answer of
    success that it cannot use; it never sees another.
    """

    method: str
    url: str
    read: Callable[[httpx.Response], T]
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """How a service is spoken to: where its root is, what goes with every request."""

    base_url: str
    key_as_segment: bool = True
    headers: Mapping[str, str] | None = None
    timeout: Any = httpx.USE_CLIENT_DEFAULT
    retry: Retry = Retry()


class Exchanger:
    """What the transports have in common; ValueError for a base URL that is none."""

    def __init__(self, settings: Settings) -> None:
        root = httpx.URL(settings.base_url)
        is_root = root.scheme in ("http", "https") and root.host
        if not is_root or set("?#") & set(settings.base_url):
            raise ValueError(
                "base_url must be the service root, such as 'https://host/path',"
                f" without a query; got {without_userinfo(settings.base_url)!r}"
            )
        self.base_url = settings.base_url.rstrip("/")
        self.origin = origin_of(root)
        self.key_as_segment = settings.key_as_segment
        self.headers = lower({"accept": "application/json"}, settings.headers)
        self.timeout = settings.timeout
        self.retry = settings.retry

    def request(
        self, http: httpx.Client | httpx.AsyncClient, call: Call[Any]
    ) -> httpx.Request:
        """Make the request of a call, with what the httpx client adds to its own."""
        headers = {**self.headers, "client-request-id": str(uuid4())}
        if call.headers:
            headers = lower(headers, call.headers)
        request = http.build_request(
            call.method,
            call.url,
            headers=headers,
            content=call.content,
            timeout=self.timeout,
        )
        if http.params:
            request.url = _with_parameters(call.url, http.params)
        return request


class Attempts:
    """The attempts at one call; `request` and `auth` are what is to be sent now."""

    __slots__ = (
        "request",
        "auth",
        "at_home",
        "_exchanger",
        "_first",
        "_count",
        "_hops",
        "_began",
        "_sent",
    )

    def __init__(
        self, exchanger: Exchanger, request: httpx.Request, auth: object
    ) -> None:
        self.request = request
        self.auth: Any = auth
        self.at_home = True
        self._exchanger = exchanger
        self._first: tuple[httpx.Request, Any] = (request, auth)
        self._count = 1
        self._hops = 0
        self._began = self._sent = time.monotonic()

    def answered(self, response: httpx.Response) -> float | None:
        """Judge an answer: None if it can be read, else the wait for the next attempt.

        Raises ApiError, or UnexpectedResponse for a redirect that is not followed.
        """
        status = response.status_code
        self._tell(status)
        if 200 <= status < 300:
            return None
        if response.next_request is not None and self.request.method == "GET":
            self._follow(response, response.next_request)
            return 0.0
        if may_repeat(self.request.method, status):
            wait = self._again(retry_after(response.headers))
            if wait is not None:
                return wait
        if status >= 400:
            raise api_error(response)
        raise unexpected(response, "an answer that is not followed")

    def failed(
        self, fault: httpx.RequestError, response: httpx.Response | None
    ) -> float:
        """Judge a fault: give the wait before `request` is sent again.

        `response` is the answer that broke off, if one had begun. Raises
        ConnectionFailed or UnexpectedResponse where the call is given up.
        """
        self._tell(type(fault).__name__)
        repeatable = isinstance(fault, NEVER_SENT) or self.request.method in IDEMPOTENT
        if repeatable and not isinstance(fault, HOPELESS):
            wait = self._again(None)
            if wait is not None:
                return wait
        raise self._fault_error(fault, response) from fault

    def _again(self, asked: float | None) -> float | None:
        """Go back to the first request, if it may be sent once more."""
        elapsed = time.monotonic() - self._began
        wait = self._exchanger.retry.wait(self._count, elapsed, asked)
        if wait is not None:
            self._count += 1
            self._hops = 0
            self.at_home = True
            self.request, self.auth = self._first
            self._sent = time.monotonic() + wait
            LOG.info("%s again in %.1f s", place_of(self.request), wait)
        return wait

    def _follow(self, response: httpx.Response, onward: httpx.Request) -> None:
        """Go where a redirect points; to another origin without any secret.

        What came from there is trusted no more: a way back is gone without one, too.
        """
        self._hops += 1
        if self._hops > MOST_REDIRECTS:
            raise unexpected(response, "more redirects than are followed")
        if origin_of(onward.url) != self._exchanger.origin:
            self.at_home = False
        if self.at_home:
            self.request, self.auth = onward, self._first[1]
            return
        kept = {
            name: onward.headers[name] for name in HARMLESS if name in onward.headers
        }
        self.request = httpx.Request(
            "GET", onward.url, headers=kept, extensions=onward.extensions
        )
        self.auth = None

    def _fault_error(
        self, fault: httpx.RequestError, response: httpx.Response | None
    ) -> CallError:
        late = isinstance(fault, httpx.TimeoutException)
        if response is not None and not late:
            return unexpected(response, f"an answer that broke off ({fault})")
        kind, what = (TimedOut, "no answer in time") if late else (ConnectionFailed, "")
        reason = ": ".join(filter(None, (what, str(fault)))) or type(fault).__name__
        error = kind(f"{reason} ({place_of(self.request)})", request=self.request)
        error.may_have_happened = not isinstance(fault, NEVER_SENT)
        return error

    def _tell(self, outcome: object) -> None:
        if LOG.isEnabledFor(logging.DEBUG):
            milliseconds = (time.monotonic() - self._sent) * 1000
            LOG.debug("%s %s %.0f ms", place_of(self.request), outcome, milliseconds)


def origin_of(url: httpx.URL) -> tuple[str, str, int | None]:
    """Give scheme, host and port; the port is None where it is the scheme's own."""
    return url.scheme, url.host, url.port


def without_userinfo(url: str) -> str:
    """Give a URL for messages: what stands before "@" may hold a password."""
    return re.sub(r"^([^/?#]*//)?[^/?#]*@", r"\1", url)


def lower(headers: Mapping[str, str], more: Mapping[str, str] | None) -> dict[str, str]:
    """Join headers under lower-case names, so that later ones replace earlier ones."""
    return {**headers, **{name.lower(): value for name, value in (more or {}).items()}}


def _with_parameters(url: str, parameters: httpx.QueryParams) -> httpx.URL:
    """Append the httpx client's own parameters; httpx would write the query anew.

    A nextLink that holds one of them already keeps its own.
    """
    there = httpx.URL(url).params
    lacking = [item for item in parameters.multi_items() if item[0] not in there]
    if not lacking:
        return httpx.URL(url)
    text = urlencode(lacking, quote_via=quote)
    return httpx.URL(f"{url}{'&' if '?' in url else '?'}{text}")
