"""The base of generated clients: the service root, the credential, the connection.

A generated `Client` or `AsyncClient` adds the roots (sets, singletons, unbound
operations) and says in `_base_url` and `_key_as_segment` where its service is and how
it writes keys.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

import httpx

from .aio import AsyncPlace
from .aio_transport import AsyncTransport
from .auth import AsyncCredential, Credential
from .exchange import Settings
from .location import Location
from .options import UNSET
from .resources import Place
from .retry import Retry
from .transport import Transport


class SyncClient(Place):
    """A service, for any number of threads; a context manager that closes it.

    `credential`: a token, a callable that answers one for each request, an
    `httpx.Auth`, an azure-core credential (asked for `scopes`, else for
    "<service>/.default") or None. Its token goes to the origin of `base_url` only.
    `http_client` or `transport` (one of them): your own; they stay open when this is
    closed. `timeout`: seconds or an `httpx.Timeout`; left out, your httpx client's,
    else 30 s. `headers` go with every request, `retry` says how often and for how long
    one is tried. `key_as_segment` overrides how keys are written: `/users/1` or
    `/users(1)`.
    """

    _base_url: ClassVar[str] = ""
    _key_as_segment: ClassVar[bool] = False

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
        key_as_segment: bool | None = None,
    ) -> None:
        settings = Settings(
            _root(base_url, self._base_url),
            self._key_as_segment if key_as_segment is None else key_as_segment,
            headers,
            httpx.USE_CLIENT_DEFAULT if timeout is UNSET else timeout,
            retry,
        )
        http = _only_one(http_client, transport)
        self._at = Location(
            Transport(settings, http, credential, _scopes(scopes, settings))
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that were made here; nothing can be sent afterwards."""
        self._at.transport.close()


class AsyncClientBase(AsyncPlace):
    """The async twin of `SyncClient`, for one event loop at a time.

    A callable credential may also answer an awaitable; `get_token` may be async or not.
    """

    _base_url: ClassVar[str] = ""
    _key_as_segment: ClassVar[bool] = False

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
        key_as_segment: bool | None = None,
    ) -> None:
        settings = Settings(
            _root(base_url, self._base_url),
            self._key_as_segment if key_as_segment is None else key_as_segment,
            headers,
            httpx.USE_CLIENT_DEFAULT if timeout is UNSET else timeout,
            retry,
        )
        http = _only_one(http_client, transport)
        self._at = Location(
            AsyncTransport(settings, http, credential, _scopes(scopes, settings))
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *fault: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections that were made here; nothing can be sent afterwards."""
        await self._at.transport.aclose()


def _root(given: str | None, described: str) -> str:
    """Choose the service root. Raises ValueError where nobody names one."""
    root = described if given is None else given
    if not root:
        raise ValueError("base_url= is needed: the API's description names no server")
    return root


def _scopes(given: Sequence[str], settings: Settings) -> tuple[str, ...]:
    """Give the scopes to ask for; ".default" is every one that was consented to."""
    if given:
        return (given,) if isinstance(given, str) else tuple(given)
    root = httpx.URL(settings.base_url)
    return (f"{root.scheme}://{root.netloc.decode('ascii')}/.default",)


def _only_one(http_client: Any, transport: Any) -> Any:
    """Give the one of the two that there is. Raises ValueError if there are both."""
    if http_client is not None and transport is not None:
        raise ValueError("give http_client= or transport=, not both")
    return transport if http_client is None else http_client
