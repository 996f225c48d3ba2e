"""The end of a call as a whole: `Retry(deadline=...)`.

httpx's timeouts bound each step of an attempt, so a service that sends a byte now and
then may take for ever. `attempts` imports this module where a call has a deadline. What
it cannot end is one step that is kept alive: the header lines of an answer that come a
byte at a time.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx


def clipped(request: httpx.Request, deadline: float) -> dict[str, Any]:
    """Give the extensions of a request whose steps all end at the deadline.

    `deadline` is a time of `time.monotonic`. Raises ReadTimeout where it has passed.
    """
    left = deadline - time.monotonic()
    if left <= 0:
        raise too_late(request)
    given: dict[str, float | None] = request.extensions.get("timeout", {})
    steps = {"connect": None, "read": None, "write": None, "pool": None, **given}
    timeout = {
        step: left if seconds is None else min(seconds, left)
        for step, seconds in steps.items()
    }
    return {**request.extensions, "timeout": timeout}


def too_late(request: httpx.Request) -> httpx.ReadTimeout:
    """Make the fault of a call whose deadline has passed."""
    return httpx.ReadTimeout("the deadline of the call has passed", request=request)


class Watched(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The content of an answer, which ends with a fault at the deadline."""

    def __init__(self, response: httpx.Response, deadline: float) -> None:
        self._stream: Any = response.stream
        self._request = response.request
        self._deadline = deadline

    def __iter__(self) -> Iterator[bytes]:
        for part in self._stream:
            self._look()
            yield part

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            self._look()
            yield part

    def close(self) -> None:
        """Close the content."""
        self._stream.close()

    async def aclose(self) -> None:
        """Close the content."""
        await self._stream.aclose()

    def _look(self) -> None:
        if time.monotonic() > self._deadline:
            raise too_late(self._request)
