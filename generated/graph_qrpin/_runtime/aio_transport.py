"""The async transport: the twin of `transport`, for asyncio and trio alike."""

from __future__ import annotations

import sys
from inspect import isawaitable
from typing import TypeVar

import httpx

from .auth import AsyncCredential, async_bearer
from .exchange import Attempts, Call, Exchanger, Settings
from .transport import PATIENCE, request_auth

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
    ) -> None:
        super().__init__(settings)
        self._http = http if isinstance(http, httpx.AsyncClient) else None
        self._carrier = None if isinstance(http, httpx.AsyncClient) else http
        self._ours = http is None
        self._closed = False
        self._loop: object = None
        self._bearer = async_bearer(credential, scopes)
        self._auth = request_auth(credential)

    async def send(self, call: Call[T]) -> T:
        """Send a call and give what its answer says. Raises CallError."""
        http = self._client()
        attempts = Attempts(self, self.request(http, call), self._auth)
        while True:
            if self._bearer is not None and attempts.at_home:
                attempts.request.headers["authorization"] = await self._bearer()
            response: httpx.Response | None = None
            try:
                response = await http.send(
                    attempts.request,
                    auth=attempts.auth,
                    stream=True,
                    follow_redirects=False,
                )
                await response.aread()
            except httpx.RequestError as fault:
                if response is not None:
                    await response.aclose()
                wait = attempts.failed(fault, response)
            else:
                again = attempts.answered(response)
                if again is None:
                    return call.read(response)
                wait = again
            if wait:
                await self._sleep(wait)

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

    async def _sleep(self, seconds: float) -> None:
        if self.retry.sleep is None:
            import anyio

            await anyio.sleep(seconds)
        elif isawaitable(answer := self.retry.sleep(seconds)):
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
