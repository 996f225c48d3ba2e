"""The stream of the little service of `http_service`: the photo of a person.

The tests of streams read and write it through these, with sync and async clients
alike.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from server import Answer

from generator.runtime.retry import Retry

QUICK = Retry(sleep=lambda seconds: None)
DONE: Answer = (204, {}, None)
BUSY: Answer = (503, {"Retry-After": "0"}, None)


def photo(client: Any) -> Any:
    return client.people["1"].photo


def opened(stream: Any, use: Callable[[Any], Any]) -> Any:
    """Use a download while it is open; of an async one, to be awaited."""
    if not hasattr(stream, "__aenter__"):
        with stream as pieces:
            return use(pieces)

    async def run() -> Any:
        async with stream as pieces:
            result = use(pieces)
            if hasattr(result, "__aiter__"):
                return [piece async for piece in result]
            return await result if asyncio.iscoroutine(result) else result

    return run()


def upload(client: Any, content: Any, **options: Any) -> Any:
    return photo(client).upload(content, **options)
