"""Credentials: what the caller gives becomes the Authorization header of each request.

A credential is a token, a callable that answers one, anything with azure-core's
`get_token`, an `httpx.Auth` (which httpx applies by itself), or None. The transports
ask for the header before each attempt and tell when the service refused it; where it
may go is decided in `attempts`.
"""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeAlias, TypeVar

import httpx

if TYPE_CHECKING:
    import anyio

H_co = TypeVar("H_co", covariant=True)

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


def put_authorization(request: httpx.Request, value: str) -> None:
    """Put the header Authorization into a request."""
    request.headers["authorization"] = value


@dataclass(frozen=True, slots=True)
class Source(Generic[H_co]):
    """Where the header's value comes from.

    `refused` is told a value that was answered with 401 and the answer's
    WWW-Authenticate; it says whether asking again can give another one. `put` puts the
    value into a request.
    """

    header: Callable[[], H_co]
    refused: Callable[[str, str], bool]
    put: Callable[[httpx.Request, str], None] = put_authorization


Bearer: TypeAlias = Source[str]
AsyncBearer: TypeAlias = Source[Awaitable[str]]
Write: TypeAlias = Callable[[str], str]


def fixed(value: str) -> Bearer:
    """Give what answers a value that is always the same."""
    return Source(lambda: value, _for_good)


def async_fixed(value: str) -> AsyncBearer:
    """The async twin of `fixed`."""
    return Source(_fixed(value), _for_good)


def bearer(
    credential: Credential, scopes: tuple[str, ...], write: Write | None = None
) -> Bearer | None:
    """Give what answers the header for a sync client; None: no header of ours.

    `write` makes the value that is sent of a token: "Bearer" and the token unless told
    otherwise. Raises ValueError for a token that no header can carry, TypeError for
    what is no credential.
    """
    write = write or _header
    if credential is None or isinstance(credential, httpx.Auth):
        return None
    if isinstance(credential, str):
        return fixed(write(credential))
    if hasattr(credential, "get_token"):
        kept = _Cached(credential, scopes)
        return Source(kept.header, kept.refused)
    if callable(credential):
        ask: Callable[[], str] = credential
        return Source(lambda: write(ask()), _not_for_good)
    raise TypeError(_no_credential(credential))


def async_bearer(
    credential: AsyncCredential, scopes: tuple[str, ...], write: Write | None = None
) -> AsyncBearer | None:
    """Give what answers the header's value for an async client; see `bearer`.

    A callable may answer a token or an awaitable of one; it is called in the event
    loop.
    """
    write = write or _header
    if credential is None or isinstance(credential, httpx.Auth):
        return None
    if isinstance(credential, str):
        return async_fixed(write(credential))
    if hasattr(credential, "get_token"):
        kept = _AsyncCached(credential, scopes)
        return Source(kept.header, kept.refused)
    if callable(credential):
        return Source(_asked(credential, write), _not_for_good)
    raise TypeError(_no_credential(credential))


class _Kept:
    """The token of a `get_token` credential, kept until shortly before its end."""

    def __init__(self, credential: Any, scopes: tuple[str, ...]) -> None:
        self._get_token: Callable[..., Any] = credential.get_token
        self._scopes = scopes
        self._value = ""
        self._until = 0.0
        self._claims = ""

    def _ends_soon(self) -> bool:
        return time.time() >= self._until

    def _keep(self, token: AccessToken) -> None:
        # The time is written last: a thread that sees it also sees the value.
        self._value = _header(token.token)
        self._claims = ""
        self._until = float(token.expires_on) - EARLY

    def refused(self, value: str, challenge: str) -> bool:
        """Ask anew, unless somebody did since; the challenge may demand claims.

        They are passed on to a credential that takes them, as those of azure-core do.
        """
        if value == self._value:
            takes = _takes_claims(self._get_token)
            self._claims = _claims(challenge) if takes else ""
            self._until = 0.0
        return True

    def _demands(self) -> dict[str, str]:
        return {"claims": self._claims} if self._claims else {}


class _Cached(_Kept):
    """Asks once, however many threads want the token."""

    def __init__(self, credential: Any, scopes: tuple[str, ...]) -> None:
        super().__init__(credential, scopes)
        self._turn = Lock()

    def header(self) -> str:
        if self._ends_soon():
            with self._turn:
                if self._ends_soon():
                    self._keep(self._get_token(*self._scopes, **self._demands()))
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

        ask = partial(self._get_token, *self._scopes, **self._demands())
        answer: Any
        if iscoroutinefunction(self._get_token):
            answer = ask()
        else:
            answer = await to_thread.run_sync(ask)
        token: AccessToken = await answer if isawaitable(answer) else answer
        return token


def _for_good(value: str, challenge: str) -> bool:
    """A token that the caller gave is refused for good: there is no other."""
    return False


def _not_for_good(value: str, challenge: str) -> bool:
    return True


def _takes_claims(get_token: Callable[..., Any]) -> bool:
    from inspect import signature

    try:
        signature(get_token).bind("", claims="")
    except (TypeError, ValueError):
        return False
    return True


def _claims(challenge: str) -> str:
    """Read the claims that a challenge demands, which travel as base64 ("" for none).

    This is how Microsoft's services ask for a token that meets a new policy (claims
    challenge of continuous access evaluation); azure-core's `get_token` takes them.
    """
    from base64 import b64decode

    found = re.search(r'\bclaims="([^"]+)"', challenge)
    if found is None:
        return ""
    text = found[1].replace("-", "+").replace("_", "/")
    try:
        return b64decode(text + "=" * (-len(text) % 4)).decode()
    except ValueError:
        return ""


def _fixed(value: str) -> Callable[[], Awaitable[str]]:
    async def header() -> str:
        return value

    return header


def _asked(ask: Callable[[], Any], write: Write) -> Callable[[], Awaitable[str]]:
    async def header() -> str:
        answer = ask()
        return write(answer if isinstance(answer, str) else await answer)

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
