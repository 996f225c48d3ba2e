"""Credentials: what the caller gives becomes the Authorization header of each request.

A credential is a token, a callable that answers one, anything with azure-core's
`get_token`, an `httpx.Auth` (which httpx applies by itself), or None. The transports
ask for the header before each attempt; where it may go is decided in `exchange`.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import httpx

if TYPE_CHECKING:
    import anyio

EARLY = 300.0
"""A token is replaced this many seconds before it ends."""


class AccessToken(Protocol):
    """azure.core.credentials.AccessToken; `expires_on` is in seconds since 1970."""

    @property
    def token(self) -> str: ...
    @property
    def expires_on(self) -> int: ...


class TokenCredential(Protocol):
    """azure.core.credentials.TokenCredential, as far as it is needed here."""

    def get_token(self, *scopes: str) -> AccessToken: ...


class AsyncTokenCredential(Protocol):
    """The twin of `TokenCredential` in azure.core.credentials_async."""

    def get_token(self, *scopes: str) -> Awaitable[AccessToken]: ...


Credential: TypeAlias = str | Callable[[], str] | httpx.Auth | TokenCredential | None
AsyncCredential: TypeAlias = (
    Credential | Callable[[], Awaitable[str]] | AsyncTokenCredential
)
Bearer: TypeAlias = Callable[[], str]
AsyncBearer: TypeAlias = Callable[[], Awaitable[str]]


def bearer(credential: Credential, scopes: tuple[str, ...]) -> Bearer | None:
    """Give what answers the header for a sync client; None: no header of ours.

    Raises ValueError for a token that no header can carry, TypeError for what is no
    credential.
    """
    if credential is None or isinstance(credential, httpx.Auth):
        return None
    if isinstance(credential, str):
        value = _header(credential)
        return lambda: value
    if hasattr(credential, "get_token"):
        return _Cached(credential, scopes).header
    if callable(credential):
        ask: Callable[[], str] = credential
        return lambda: _header(ask())
    raise TypeError(_no_credential(credential))


def async_bearer(
    credential: AsyncCredential, scopes: tuple[str, ...]
) -> AsyncBearer | None:
    """Give what answers the header's value for an async client; see `bearer`.

    A callable may answer a token or an awaitable of one; it is called in the event
    loop.
    """
    if credential is None or isinstance(credential, httpx.Auth):
        return None
    if isinstance(credential, str):
        return _fixed(_header(credential))
    if hasattr(credential, "get_token"):
        return _AsyncCached(credential, scopes).header
    if callable(credential):
        return _asked(credential)
    raise TypeError(_no_credential(credential))


class _Kept:
    """The token of a `get_token` credential, kept until shortly before its end."""

    def __init__(self, credential: Any, scopes: tuple[str, ...]) -> None:
        self._get_token: Callable[..., Any] = credential.get_token
        self._scopes = scopes
        self._value = ""
        self._until = 0.0

    def _ends_soon(self) -> bool:
        return time.time() >= self._until

    def _keep(self, token: AccessToken) -> None:
        # The time is written last: a thread that sees it also sees the value.
        self._value = _header(token.token)
        self._until = float(token.expires_on) - EARLY


class _Cached(_Kept):
    """Asks once, however many threads want the token."""

    def __init__(self, credential: Any, scopes: tuple[str, ...]) -> None:
        super().__init__(credential, scopes)
        self._turn = Lock()

    def header(self) -> str:
        if self._ends_soon():
            with self._turn:
                if self._ends_soon():
                    self._keep(self._get_token(*self._scopes))
        return self._value


class _AsyncCached(_Kept):
    """Asks once, however many tasks want the token, of a credential of either kind.

    A sync credential may wait for the network, so it is called in a thread.
    """

    _turn: anyio.Lock | None = None

    async def header(self) -> str:
        if self._ends_soon():
            import anyio

            self._turn = self._turn or anyio.Lock()
            async with self._turn:
                if self._ends_soon():
                    self._keep(await self._ask())
        return self._value

    async def _ask(self) -> AccessToken:
        from inspect import isawaitable, iscoroutinefunction

        from anyio import to_thread

        answer: Any
        if iscoroutinefunction(self._get_token):
            answer = self._get_token(*self._scopes)
        else:
            answer = await to_thread.run_sync(self._get_token, *self._scopes)
        token: AccessToken = await answer if isawaitable(answer) else answer
        return token


def _fixed(value: str) -> AsyncBearer:
    async def header() -> str:
        return value

    return header


def _asked(ask: Callable[[], Any]) -> AsyncBearer:
    async def header() -> str:
        answer = ask()
        return _header(answer if isinstance(answer, str) else await answer)

    return header


def _header(token: str) -> str:
    """Give the header; a token that would break it is refused without being shown."""
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise ValueError(
            "a token must be visible ASCII characters without spaces, and is given"
            " without 'Bearer ' before it"
        )
    return f"Bearer {token}"


def _no_credential(value: object) -> str:
    return (
        "a credential is a token string, a callable that answers one, an httpx.Auth or"
        f" an object with get_token(); got {type(value).__name__}"
    )
