"""One use of a client, tried with the sync client and with its async twin.

    @both
    def test_it(using: Using) -> None:
        with Server([...]) as server:
            name = using(server, lambda client: client.people["1"].get()).name

A listing that the use gives is read to its end; what an async use gives is awaited.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from inspect import isawaitable
from typing import Any

import pytest
from http_service import AsyncClient, Client
from server import Server

Use = Callable[[Any], Any]
Using = Callable[..., Any]


def sync_use(server: Server, use: Use, **settings: Any) -> Any:
    """Use the sync client."""
    with Client(base_url=server.url, **settings) as opened:
        result = use(opened)
        return list(result) if hasattr(result, "pages") else result


def async_use(server: Server, use: Use, **settings: Any) -> Any:
    """Use the async client of the same service, in an event loop of its own."""

    async def run() -> Any:
        async with AsyncClient(base_url=server.url, **settings) as opened:
            result = use(opened)
            if hasattr(result, "pages"):
                return [item async for item in result]
            return await result if isawaitable(result) else result

    return asyncio.run(run())


both = pytest.mark.parametrize("using", [sync_use, async_use], ids=["sync", "async"])
