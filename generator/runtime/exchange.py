"""What a call is, and how the request of one is made.

`calls` describes a call, the transports (`transport`, `aio_transport`) move bytes and
wait, `attempts` judges what came of an attempt. What the transports know of the service
stands here, without input or output of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeAlias, TypeVar
from urllib.parse import quote, urlencode
from uuid import uuid4

import httpx

from .errors import SECRET_PATH
from .options import UNSET, joined
from .retry import IDEMPOTENT, Retry

T = TypeVar("T")

HARMLESS = ("accept", "accept-encoding", "accept-language", "range", "user-agent")
"""What goes along to another origin: no header that may be secret."""

SECRET = frozenset({"authorization", "cookie"})
"""The headers that are a credential, wherever they came from."""

ACCEPT = "application/json"
EVOLVABLE = "include-unknown-enum-members"


@dataclass(frozen=True, slots=True)
class CallOptions:
    """What a caller settles for all calls that are made from one place onward.

    `headers` have lower-case names, `query` is written and encoded. UNSET and None
    leave a matter to the client.
    """

    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    query: str = ""
    timeout: Any = UNSET
    retry: Retry | None = None
    checks: bool | None = None

    def and_(self, later: CallOptions) -> CallOptions:
        """Join with options that were given later and so count more."""
        return CallOptions(
            lower(self.headers, later.headers),
            joined(later.query, self.query),
            self.timeout if later.timeout is UNSET else later.timeout,
            later.retry or self.retry,
            self.checks if later.checks is None else later.checks,
        )


NO_OPTIONS = CallOptions()

Security: TypeAlias = Sequence[Mapping[str, tuple[str, ...]]]
"""Alternatives of security schemes, each with the scopes that it has to grant."""


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """A request before it is sent, and how its answer is read.

    `url` is absolute and encoded. `read` raises UnexpectedResponse for an answer of
    success that it cannot use; of others it sees those that `expects` lists by status.
    `content` that is not bytes is an iterable of them, which begins anew each time.
    `repeat` says whether the call may be carried out twice; None: as its method says.
    `follow` may give another call, whose result is then the one of this call. What is
    `anonymous` goes to its URL as if that were of another origin: without a credential;
    what is `vouched` for goes to an origin that the description names for the service.
    `errors` are codecs for the bodies of errors by status, `security` are the
    alternatives of security schemes that it needs, None where those of the client hold.
    """

    method: str
    url: str
    read: Callable[[httpx.Response], T]
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    content: Any = None
    expects: tuple[int, ...] = ()
    repeat: bool | None = None
    follow: Callable[[httpx.Response], Call[T] | None] | None = None
    options: CallOptions = NO_OPTIONS
    anonymous: bool = False
    vouched: bool = False
    errors: Mapping[str, Any] | None = None
    security: Security | None = None

    def with_headers(self, headers: Mapping[str, str]) -> Call[T]:
        """Give the same call with further headers."""
        return replace(self, headers=lower(self.headers, headers))

    def is_repeatable(self) -> bool:
        """Whether the call may be carried out twice (RFC 9110 section 9.2.2)."""
        return self.method in IDEMPOTENT if self.repeat is None else self.repeat


@dataclass(frozen=True, slots=True)
class Settings:
    """How a service is spoken to: where its root is, what goes with every request.

    `accept` is what answers are taken where a call says nothing of it, `traced` gives
    each request an id of its own (client-request-id). `elsewhere`: the caller named
    another root than the description.
    """

    base_url: str
    key_as_segment: bool = True
    headers: Mapping[str, str] | None = None
    timeout: Any = httpx.USE_CLIENT_DEFAULT
    retry: Retry = Retry()
    evolvable: bool = False
    accept: str = ACCEPT
    traced: bool = True
    elsewhere: bool = False
    checks: bool = True
    on_request: Callable[[httpx.Request], Any] | None = None
    on_response: Callable[[httpx.Response], Any] | None = None


def root_of(given: str | None, described: str) -> str:
    """Choose the service root. Raises ValueError where nobody names one."""
    root = described if given is None else given
    if not root:
        raise ValueError("base_url= is needed: the API's description names no host")
    return root


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
        standing = {"accept": settings.accept}
        if settings.evolvable:
            standing["prefer"] = EVOLVABLE
        self.headers = lower(standing, settings.headers)
        self.timeout = settings.timeout
        self.retry = settings.retry
        self.checks = settings.checks
        self.traced = settings.traced
        self.is_elsewhere = settings.elsewhere
        self.on_request = settings.on_request
        self.on_response = settings.on_response

    def request(
        self, http: httpx.Client | httpx.AsyncClient, call: Call[Any]
    ) -> httpx.Request:
        """Make the request of a call, with what the httpx client adds to its own.

        One to another origin, or an anonymous one, carries what the call itself says
        and no more.
        """
        headers = dict(self.headers)
        if self.traced:
            headers["client-request-id"] = str(uuid4())
        if call.headers:
            headers = lower(headers, call.headers)
        timeout = call.options.timeout
        request = http.build_request(
            call.method,
            call.url,
            headers=headers,
            content=call.content,
            timeout=self.timeout if timeout is UNSET else timeout,
        )
        trusted = self.trusts(call)
        if http.params:
            mine = http.params if trusted else httpx.QueryParams()
            request.url = _with_parameters(call.url, mine)
        return (
            request if trusted else bare(request, (*HARMLESS, *CONTENT, *call.headers))
        )

    def trusts(self, call: Call[Any]) -> bool:
        """Whether a call may carry what is for the service alone."""
        return not call.anonymous and (call.vouched or self.is_home(call.url))

    def is_home(self, url: str) -> bool:
        """Whether a URL has the origin of the service."""
        return url.startswith(self.base_url + "/") or (
            origin_of(httpx.URL(url)) == self.origin
        )


CONTENT = ("content-length", "content-type", "transfer-encoding")


def bare(request: httpx.Request, kept: tuple[str, ...]) -> httpx.Request:
    """Give a request without what an httpx client added: its headers and cookies.

    It is marked as one whose path may itself be a secret, as it is of upload sessions.
    """
    names = {"host", *map(str.lower, kept)} - SECRET
    headers = {name: text for name, text in request.headers.items() if name in names}
    return httpx.Request(
        request.method,
        request.url.copy_with(username=None, password=None),
        headers=headers,
        stream=request.stream,
        extensions={**request.extensions, SECRET_PATH: True},
    )


def origin_of(url: httpx.URL) -> tuple[str, str, int | None]:
    """Give scheme, host and port; the port is None where it is the scheme's own.

    The host is as it is sent: not every one can be read as the name that it stands for.
    """
    return url.scheme, url.raw_host.decode("ascii"), url.port


def without_userinfo(url: str) -> str:
    """Give a URL for messages: what stands before "@" may hold a password."""
    return re.sub(r"^([^/?#]*//)?[^/?#]*@", r"\1", url)


def lower(headers: Mapping[str, str], more: Mapping[str, str] | None) -> dict[str, str]:
    """Join headers under lower-case names: later ones replace earlier ones.

    Preferences are a list (RFC 7240 section 2): they are joined, later ones first,
    because of two that contradict each other the first counts.
    """
    later = {name.lower(): value for name, value in (more or {}).items()}
    if "prefer" in later and headers.get("prefer"):
        later["prefer"] = f"{later['prefer']}, {headers['prefer']}"
    return {**headers, **later}


def _with_parameters(url: str, parameters: httpx.QueryParams) -> httpx.URL:
    """Append parameters of the httpx client, which would have them replace the query.

    A nextLink that holds one of them already keeps its own.
    """
    place, _, query = url.partition("?")
    query = joined(query, urlencode(parameters.multi_items(), quote_via=quote))
    return httpx.URL(f"{place}?{query}" if query else place)
