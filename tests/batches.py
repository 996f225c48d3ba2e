"""Batches of the little service of `http_service`: filled, sent, answered.

The tests of batches drive the sync and the async client alike through these.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from http_service import AsyncClient, Client
from server import Answer, Request, Server

from generator.runtime.batch import BatchItem

Wire: TypeAlias = dict[str, Any]
Items: TypeAlias = list[BatchItem[Any]]
Fill: TypeAlias = Callable[[Any, Any], Items]
"""Submits calls of a client to a batch; the same for sync and async ones."""

JSON = "application/json"
OK: Wire = {"status": 200, "body": {"id": "1", "displayName": "Ada"}}
NO_CONTENT: Wire = {"status": 204}


def sync_batch(url: str, fill: Fill, *, size: int = 20, **settings: Any) -> Items:
    with Client(base_url=url, **settings) as client, client.batch(size=size) as batch:
        return fill(client, batch)


def async_batch(url: str, fill: Fill, *, size: int = 20, **settings: Any) -> Items:
    async def run() -> Items:
        async with AsyncClient(base_url=url, **settings) as client:
            async with client.batch(size=size) as batch:
                return fill(client, batch)

    return asyncio.run(run())


Drive: TypeAlias = Callable[..., Items]

BOTH = pytest.mark.parametrize("drive", [sync_batch, async_batch])
"""Runs a test with what fills and sends a batch of a sync or of an async client."""


def each(answer: Callable[[Wire], Wire | None]) -> Callable[[Request], Answer]:
    """Answer every request object on its own, in the opposite order."""

    def answered(request: Request) -> Answer:
        parts = request.json["requests"]
        told = [(part["id"], answer(part)) for part in reversed(parts)]
        return 200, {}, {"responses": [{"id": i, **r} for i, r in told if r]}

    return answered


def always(answer: Wire) -> Callable[[Request], Answer]:
    return each(lambda part: answer)


def parts_of(server: Server) -> list[list[Wire]]:
    """Give the request objects of each batch request."""
    assert {(r.method, r.path) for r in server.requests} == {("POST", "/$batch")}
    return [request.json["requests"] for request in server.requests]


def get_all(number: int) -> Fill:
    """Read a number of people."""

    def fill(client: Any, batch: Any) -> Items:
        return [batch.submit(client.people[str(n)].get) for n in range(1, number + 1)]

    return fill
