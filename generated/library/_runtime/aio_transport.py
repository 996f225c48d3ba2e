"""The async transport: the twin of `transport`, for asyncio and trio alike."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Sequence
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, TypeVar

import httpx

from .attempts import Attempts, sending
from .auth import AsyncBearer, AsyncCredential, async_bearer
from .errors import carried_out
from .exchange import Call, Exchanger, Settings
from .retry import Retry
from .transport import PATIENCE, is_renewable, request_auth

if TYPE_CHECKING:
    from .security import Keyring

T = TypeVar("T")


class AsyncTransport(Exchanger):
    """Sends calls through one httpx client, which is made when it is first needed.

    `http` is the caller's own httpx client, or an httpx transport for the one that is
    made here; both stay the caller's to close.
    """

    def __init__(
        self,
        settings: Settings,
        http: httpx.AsyncClient | httpx.AsyncBaseTransport | None,
        credential: AsyncCredential,
        scopes: tuple[str, ...],
        keyring: Keyring[Awaitable[str]] | None = None,
    ) -> None:
        super().__init__(settings)
        self._http = http if isinstance(http, httpx.AsyncClient) else None
        self._carrier = None if isinstance(http, httpx.AsyncClient) else http
        self._ours = http is None
        self._closed = False
        self._loop: object = None
        self._keyring = keyring
        source = None if keyring else async_bearer(credential, scopes)
        self._standing = [] if source is None else [source]
        self._auth = request_auth(credential)

    async def send(self, call: Call[T]) -> T:
        """Send a call and give what its answer says. Raises CallError."""
        return await self.result(call, await self.respond(call))

    async def result(self, call: Call[T], response: httpx.Response) -> T:
        """Give what the answer to a call says, if need be by another call."""
        if call.follow is not None:
            with carried_out():
                onward = call.follow(response)
                if onward is not None:
                    return await self.send(onward)
        return call.read(response)

    async def respond(self, call: Call[Any], *, whole: bool = True) -> httpx.Response:
        """Send a call and give its answer of success, read unless `whole` is False.

        Raises CallError.
        """
        http = self._client()
        attempts = Attempts(self, call, self.request(http, call), self._auth)
        while True:
            response: httpx.Response | None = None
            try:
                response = await self._attempt(http, attempts)
                if whole or response.status_code >= 300:
                    await response.aread()
            except httpx.RequestError as fault:
                if response is not None:
                    await response.aclose()
                wait = attempts.failed(fault, response)
            else:
                if self._renews(attempts, response):
                    continue
                again = attempts.answered(response)
                if again is None:
                    return response
                wait = again
            if wait:
                await self.pause(wait, call.options.retry)

    def prepared(self, call: Call[Any]) -> httpx.Request:
        """Give the request of a call as it would be sent, without the credential."""
        return self.request(self._client(), call)

    async def pause(self, seconds: float, retry: Retry | None = None) -> None:
        """Wait, as the client's `retry` or another one says how."""
        sleep = (retry or self.retry).sleep
        if sleep is None:
            import anyio

            await anyio.sleep(seconds)
        else:
            await _done(sleep(seconds))

    async def aclose(self) -> None:
        """End all sending, and close the httpx client if it was made here."""
        http, self._http, self._closed = self._http, None, True
        if http is not None and self._ours and self._loop is running_loop():
            await http.aclose()

    def _client(self) -> httpx.AsyncClient:
        """Give the httpx client of this event loop.

        One made here holds connections that die with their loop, so the next loop (a
        second `asyncio.run`) gets a new one.
        """
        if self._closed:
            raise RuntimeError("the client is closed")
        if self._http is None or (self._ours and self._loop is not running_loop()):
            self._http = httpx.AsyncClient(transport=self._carrier, timeout=PATIENCE)
            self._loop = running_loop()
        return self._http

    async def _attempt(
        self, http: httpx.AsyncClient, attempts: Attempts
    ) -> httpx.Response:
        request = attempts.begins()
        if attempts.at_home:
            for source in self._sources(attempts.call):
                source.put(request, await source.header())
        if self.on_request is not None:
            await _done(self.on_request(request))
        with sending(request):
            response = await http.send(
                request, auth=attempts.auth, stream=True, follow_redirects=False
            )
        if self.on_response is not None:
            try:
                await _done(self.on_response(response))
            except BaseException:
                await response.aclose()
                raise
        return attempts.begun(response)

    def _sources(self, call: Call[Any]) -> Sequence[AsyncBearer]:
        """Give the credentials that a call carries."""
        keyring = self._keyring
        return self._standing if keyring is None else keyring.sources(call)

    def _renews(self, attempts: Attempts, response: httpx.Response) -> bool:
        return attempts.may_renew(response) and is_renewable(
            self._sources(attempts.call), response
        )


async def _done(answer: object) -> None:
    """Wait for what a caller's function answered, if that is to be awaited."""
    if isawaitable(answer):
        await answer


def running_loop() -> object:
    """Give asyncio's running loop, or None under another framework."""
    asyncio = sys.modules.get("asyncio")
    if asyncio is None:
        return None
    try:
        loop: object = asyncio.get_running_loop()
    except RuntimeError:
        return None
    return loop
