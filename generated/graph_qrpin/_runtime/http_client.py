"""The base of clients of services that are spoken to in plain HTTP, as OpenAPI has it.

A generated `Client` or `AsyncClient` adds the tags and the operations without one, and
says in its assignments where its service is (`_base_url`, with `_variables` in it),
which security schemes it has (`_schemes`) and what they are required for
(`_requirements`). `client` is the base for OData.
"""

# pyright: reportPrivateUsage=false
# What is begun here is made of the runtime's own parts.

from __future__ import annotations

from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Iterator,
    Mapping,
    Sequence,
)
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Generic,
    ParamSpec,
    Self,
    TypedDict,
    TypeVar,
)

import httpx

from .aio_transport import AsyncTransport
from .auth import AsyncCredential, Credential
from .exchange import Security, Settings, root_of
from .location import Location
from .options import UNSET
from .requests import AsyncRequests, Requests
from .retry import Retry
from .security import Keyring, Scheme, credentials_of
from .transport import Transport, only_one

if TYPE_CHECKING:
    from .prepared import AsyncPrepared, Prepared
    from .streams import AsyncDownload, Download

P = ParamSpec("P")
T = TypeVar("T")
C = TypeVar("C", bound=Mapping[str, Any])


class ClientOptions(TypedDict, Generic[C], total=False):
    """What a client takes by name, for one that has names of its own beside these."""

    credentials: C | None
    base_url: str | None
    http_client: httpx.Client | None
    transport: httpx.BaseTransport | None
    timeout: float | httpx.Timeout | None
    headers: Mapping[str, str] | None
    retry: Retry
    scopes: Sequence[str]
    on_request: Callable[[httpx.Request], object] | None
    on_response: Callable[[httpx.Response], object] | None


class AsyncClientOptions(TypedDict, Generic[C], total=False):
    """The twin of `ClientOptions`."""

    credentials: C | None
    base_url: str | None
    http_client: httpx.AsyncClient | None
    transport: httpx.AsyncBaseTransport | None
    timeout: float | httpx.Timeout | None
    headers: Mapping[str, str] | None
    retry: Retry
    scopes: Sequence[str]
    on_request: Callable[[httpx.Request], object] | None
    on_response: Callable[[httpx.Response], object] | None


def server_url(template: str, variables: Mapping[str, str]) -> str:
    """Give the URL of a server with its variables filled in."""
    for name, value in variables.items():
        template = template.replace(f"{{{name}}}", value)
    return template


class HttpClient(Requests, Generic[C]):
    """A service, for any number of threads; a context manager that closes it.

    `credential`: a token, a callable that answers one for each request, an
    `httpx.Auth`, an azure-core credential (asked for `scopes`, else for those that the
    operation names) or None. It is for the schemes that take a token; `credentials`
    has those of all schemes by name. Credentials go to the service only: to the origin
    of `base_url`, and to servers that the description names for an operation as long as
    no `base_url` is given. `http_client` or `transport` (one of them): your own; they
    stay open when this is closed; client certificates (mutualTLS) are theirs.
    `timeout`: seconds or an `httpx.Timeout`; left out, your httpx client's, else 30 s.
    `headers` go with every request, `retry` says how often and for how long one is
    tried. `on_request` and `on_response` are called with each request before it is
    sent, the credential in it, and with each answer before it is read.
    """

    _base_url: str = ""
    _schemes: ClassVar[Mapping[str, Scheme]] = {}
    _requirements: ClassVar[Security | None] = None

    def __init__(
        self,
        credential: Credential = None,
        *,
        credentials: C | None = None,
        base_url: str | None = None,
        http_client: httpx.Client | None = None,
        transport: httpx.BaseTransport | None = None,
        timeout: float | httpx.Timeout | None = UNSET,
        headers: Mapping[str, str] | None = None,
        retry: Retry = Retry(),
        scopes: Sequence[str] = (),
        on_request: Callable[[httpx.Request], object] | None = None,
        on_response: Callable[[httpx.Response], object] | None = None,
    ) -> None:
        settings = Settings(
            root_of(base_url, self._base_url),
            headers=headers,
            timeout=httpx.USE_CLIENT_DEFAULT if timeout is UNSET else timeout,
            retry=retry,
            accept="*/*",
            traced=False,
            elsewhere=base_url is not None,
            on_request=on_request,
            on_response=on_response,
        )
        schemes, given = credentials_of(credential, credentials, self._schemes)
        asked = (scopes,) if isinstance(scopes, str) else tuple(scopes)
        keyring = Keyring[str](schemes, self._requirements, given, asked, False)
        http = only_one(http_client, transport)
        super().__init__(Location(Transport(settings, http, credential, (), keyring)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that were made here; nothing can be sent afterwards."""
        self._at.transport.close()

    def prepare(
        self, method: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> Prepared[T]:
        """Give a call without sending it: `client.prepare(client.pets.get, 7)`.

        It shows the request, and `send()` gives the result beside the answer. Raises
        ValueError for what is no operation of this client.
        """
        from .prepared import Prepared, call_of

        transport = self._at.transport
        return Prepared(transport, call_of(transport, method, args, kwargs))

    def paginate(
        self, method: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> Iterator[T]:
        """Give the answers of an operation, page by page.

        `for page in client.paginate(client.pets.list, limit=100): ...`. Each is what
        the operation gives; the next page is where the header `Link` of the last one
        leads (rel="next"), and only asked for when it is wanted. Raises ValueError for
        what is no operation of this client, and while iterated CallError, among them
        UntrustedLink for a link to another origin or in a circle.
        """
        from .linked import linked
        from .prepared import call_of

        transport = self._at.transport
        return linked(transport, call_of(transport, method, args, kwargs))

    def stream(
        self, method: Callable[P, object], *args: P.args, **kwargs: P.kwargs
    ) -> Download:
        """Read the answer of an operation piece by piece, whatever it is.

        `with client.stream(client.pets.photo, 7) as photo: photo.save("pet.jpg")`. The
        call is sent when the `with` is entered. Raises ValueError for what is no
        operation of this client.
        """
        from .prepared import call_of
        from .streams import Download

        transport = self._at.transport
        return Download(transport, call_of(transport, method, args, kwargs))


class AsyncHttpClient(AsyncRequests, Generic[C]):
    """The async twin of `HttpClient`, for one event loop at a time.

    A callable credential may also answer an awaitable, and so may `on_request` and
    `on_response`; `get_token` may be async or not.
    """

    _base_url: str = ""
    _schemes: ClassVar[Mapping[str, Scheme]] = {}
    _requirements: ClassVar[Security | None] = None

    def __init__(
        self,
        credential: AsyncCredential = None,
        *,
        credentials: C | None = None,
        base_url: str | None = None,
        http_client: httpx.AsyncClient | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        timeout: float | httpx.Timeout | None = UNSET,
        headers: Mapping[str, str] | None = None,
        retry: Retry = Retry(),
        scopes: Sequence[str] = (),
        on_request: Callable[[httpx.Request], object] | None = None,
        on_response: Callable[[httpx.Response], object] | None = None,
    ) -> None:
        settings = Settings(
            root_of(base_url, self._base_url),
            headers=headers,
            timeout=httpx.USE_CLIENT_DEFAULT if timeout is UNSET else timeout,
            retry=retry,
            accept="*/*",
            traced=False,
            elsewhere=base_url is not None,
            on_request=on_request,
            on_response=on_response,
        )
        schemes, given = credentials_of(credential, credentials, self._schemes)
        asked = (scopes,) if isinstance(scopes, str) else tuple(scopes)
        keyring = Keyring[Awaitable[str]](
            schemes, self._requirements, given, asked, True
        )
        http = only_one(http_client, transport)
        carrier = AsyncTransport(settings, http, credential, (), keyring)
        super().__init__(Location(carrier))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *fault: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections that were made here; nothing can be sent afterwards."""
        await self._at.transport.aclose()

    def prepare(
        self, method: Callable[P, Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> AsyncPrepared[T]:
        """Give a call without sending it: `client.prepare(client.pets.get, 7)`.

        It shows the request, and `await ...send()` gives the result beside the answer.
        Raises ValueError for what is no operation of this client.
        """
        from .prepared import AsyncPrepared, call_of

        transport = self._at.transport
        return AsyncPrepared(transport, call_of(transport, method, args, kwargs))

    def paginate(
        self, method: Callable[P, Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> AsyncIterator[T]:
        """Give the answers of an operation, page by page.

        `async for page in client.paginate(client.pets.list, limit=100): ...`. See
        `HttpClient.paginate`.
        """
        from .linked import alinked
        from .prepared import call_of

        transport = self._at.transport
        return alinked(transport, call_of(transport, method, args, kwargs))

    def stream(
        self,
        method: Callable[P, Awaitable[object]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> AsyncDownload:
        """Read the answer of an operation piece by piece, whatever it is.

        `async with client.stream(client.pets.photo, 7) as photo: ...`. The call is sent
        when the `async with` is entered. Raises ValueError for what is no operation of
        this client.
        """
        from .prepared import call_of
        from .streams import AsyncDownload

        transport = self._at.transport
        return AsyncDownload(transport, call_of(transport, method, args, kwargs))
