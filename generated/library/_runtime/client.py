"""The base of generated clients: the service root, the credential, the connection.

A generated `Client` or `AsyncClient` adds the roots (sets, singletons, unbound
operations) and says in its assignments where its service is (`_base_url`), how it
writes keys (`_key_as_segment`), whether it has enumerations to which members are added
(`_evolvable`) and what it asks of a token (`_scopes`).
"""

# pyright: reportPrivateUsage=false
# What is begun here is made of the runtime's own parts.

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, Self, TypeVar, overload

import httpx

from .aio import AsyncPlace
from .aio_transport import AsyncTransport
from .auth import AsyncCredential, Credential
from .exchange import Settings, root_of
from .location import Location
from .options import UNSET
from .resources import Place
from .retry import Retry
from .transport import Transport, only_one

if TYPE_CHECKING:
    from .batch import AsyncBatch, Batch
    from .long_running import AsyncLongRunning, LongRunning
    from .pages import AsyncPages, Page, Pages
    from .prepared import AsyncPrepared, Prepared

P = ParamSpec("P")
T = TypeVar("T")


class SyncClient(Place):
    """A service, for any number of threads; a context manager that closes it.

    `credential`: a token, a callable that answers one for each request, an
    `httpx.Auth`, an azure-core credential (asked for `scopes`, else for those that the
    description names, else for "<service>/.default") or None. Its token goes to the origin of `base_url` only.
    `http_client` or `transport` (one of them): your own; they stay open when this is
    closed. `timeout`: seconds or an `httpx.Timeout`; left out, your httpx client's,
    else 30 s. `headers` go with every request, `retry` says how often and for how long
    one is tried. `on_request` and `on_response` are called with each request before it
    is sent, the credential in it, and with each answer before it is read.
    `check_capabilities=False` sends what the service is said to refuse,
    `unknown_enum_members=False` asks for no members of enumerations that the
    description did not know. `key_as_segment` overrides how keys are written:
    `/users/1` or `/users(1)`.
    """

    _base_url: ClassVar[str] = ""
    _key_as_segment: ClassVar[bool] = False
    _evolvable: ClassVar[bool] = False
    _scopes: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self,
        credential: Credential = None,
        *,
        base_url: str | None = None,
        http_client: httpx.Client | None = None,
        transport: httpx.BaseTransport | None = None,
        timeout: float | httpx.Timeout | None = UNSET,
        headers: Mapping[str, str] | None = None,
        retry: Retry = Retry(),
        scopes: Sequence[str] = (),
        on_request: Callable[[httpx.Request], object] | None = None,
        on_response: Callable[[httpx.Response], object] | None = None,
        check_capabilities: bool = True,
        unknown_enum_members: bool = True,
        key_as_segment: bool | None = None,
    ) -> None:
        settings = Settings(
            root_of(base_url, self._base_url),
            self._key_as_segment if key_as_segment is None else key_as_segment,
            headers,
            httpx.USE_CLIENT_DEFAULT if timeout is UNSET else timeout,
            retry,
            evolvable=self._evolvable and unknown_enum_members,
            checks=check_capabilities,
            on_request=on_request,
            on_response=on_response,
        )
        http = only_one(http_client, transport)
        self._at = Location(
            Transport(
                settings, http, credential, _asked(scopes or self._scopes, settings)
            )
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that were made here; nothing can be sent afterwards."""
        self._at.transport.close()

    @overload
    def prepare(
        self, method: Callable[P, Pages[T]], *args: P.args, **kwargs: P.kwargs
    ) -> Prepared[Page[T]]: ...
    @overload
    def prepare(
        self, method: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> Prepared[T]: ...
    def prepare(
        self, method: Callable[P, Any], *args: P.args, **kwargs: P.kwargs
    ) -> Prepared[Any]:
        """Give a call without sending it: `client.prepare(client.me.get, select=...)`.

        It shows the request, and `send()` gives the result beside the answer; of a
        listing it is the first page. Raises ValueError for what is no method of a place
        of this client.
        """
        from .prepared import Prepared, call_of

        transport = self._at.transport
        return Prepared(transport, call_of(transport, method, args, kwargs))

    def batch(self, *, size: int = 20) -> Batch:
        """Give a batch: `with client.batch() as batch: me = batch.submit(client.me.get)`.

        At the end of the `with` it is sent, in requests of at most `size` calls.
        """
        from .batch import Batch

        return Batch(self._at, size)

    @overload
    def start(
        self, method: Callable[P, Pages[T]], *args: P.args, **kwargs: P.kwargs
    ) -> LongRunning[Page[T]]: ...
    @overload
    def start(
        self, method: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> LongRunning[T]: ...
    def start(
        self, method: Callable[P, Any], *args: P.args, **kwargs: P.kwargs
    ) -> LongRunning[Any]:
        """Start what may take long: `client.start(user.export, storage=...)`.

        Gives the operation, to be waited for; of a listing its result is the first
        page. Raises CallError if it is not begun, and ValueError for what is no method
        of a place of this client.
        """
        from .long_running import start
        from .prepared import call_of

        transport = self._at.transport
        return start(transport, call_of(transport, method, args, kwargs))


class AsyncClientBase(AsyncPlace):
    """The async twin of `SyncClient`, for one event loop at a time.

    A callable credential may also answer an awaitable, and so may `on_request` and
    `on_response`; `get_token` may be async or not.
    """

    _base_url: ClassVar[str] = ""
    _key_as_segment: ClassVar[bool] = False
    _evolvable: ClassVar[bool] = False
    _scopes: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self,
        credential: AsyncCredential = None,
        *,
        base_url: str | None = None,
        http_client: httpx.AsyncClient | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        timeout: float | httpx.Timeout | None = UNSET,
        headers: Mapping[str, str] | None = None,
        retry: Retry = Retry(),
        scopes: Sequence[str] = (),
        on_request: Callable[[httpx.Request], object] | None = None,
        on_response: Callable[[httpx.Response], object] | None = None,
        check_capabilities: bool = True,
        unknown_enum_members: bool = True,
        key_as_segment: bool | None = None,
    ) -> None:
        settings = Settings(
            root_of(base_url, self._base_url),
            self._key_as_segment if key_as_segment is None else key_as_segment,
            headers,
            httpx.USE_CLIENT_DEFAULT if timeout is UNSET else timeout,
            retry,
            evolvable=self._evolvable and unknown_enum_members,
            checks=check_capabilities,
            on_request=on_request,
            on_response=on_response,
        )
        http = only_one(http_client, transport)
        self._at = Location(
            AsyncTransport(
                settings, http, credential, _asked(scopes or self._scopes, settings)
            )
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *fault: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections that were made here; nothing can be sent afterwards."""
        await self._at.transport.aclose()

    @overload
    def prepare(
        self, method: Callable[P, AsyncPages[T]], *args: P.args, **kwargs: P.kwargs
    ) -> AsyncPrepared[Page[T]]: ...
    @overload
    def prepare(
        self, method: Callable[P, Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> AsyncPrepared[T]: ...
    def prepare(
        self, method: Callable[P, Any], *args: P.args, **kwargs: P.kwargs
    ) -> AsyncPrepared[Any]:
        """Give a call without sending it: `client.prepare(client.me.get, select=...)`.

        It shows the request, and `await ...send()` gives the result beside the answer;
        of a listing it is the first page. Raises ValueError for what is no method of a
        place of this client.
        """
        from .prepared import AsyncPrepared, call_of

        transport = self._at.transport
        return AsyncPrepared(transport, call_of(transport, method, args, kwargs))

    def batch(self, *, size: int = 20) -> AsyncBatch:
        """Give a batch: `async with client.batch() as batch: batch.submit(...)`.

        At the end of the `async with` it is sent, in requests of at most `size` calls.
        """
        from .batch import AsyncBatch

        return AsyncBatch(self._at, size)

    @overload
    async def start(
        self, method: Callable[P, AsyncPages[T]], *args: P.args, **kwargs: P.kwargs
    ) -> AsyncLongRunning[Page[T]]: ...
    @overload
    async def start(
        self, method: Callable[P, Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> AsyncLongRunning[T]: ...
    async def start(
        self, method: Callable[P, Any], *args: P.args, **kwargs: P.kwargs
    ) -> AsyncLongRunning[Any]:
        """Start what may take long: `await client.start(user.export, storage=...)`.

        Gives the operation, to be waited for; of a listing its result is the first
        page. Raises CallError if it is not begun, and ValueError for what is no method
        of a place of this client.
        """
        from .long_running import astart
        from .prepared import call_of

        transport = self._at.transport
        return await astart(transport, call_of(transport, method, args, kwargs))


def _asked(given: Sequence[str], settings: Settings) -> tuple[str, ...]:
    """Give the scopes to ask for; ".default" is every one that was consented to."""
    if given:
        return (given,) if isinstance(given, str) else tuple(given)
    root = httpx.URL(settings.base_url)
    return (f"{root.scheme}://{root.netloc.decode('ascii')}/.default",)
