"""The async client under trio, with the same service as everywhere."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest
import trio
from http_service import AsyncClient, Person
from server import Answer, Raw, Request, Server

from generator.runtime.errors import NotFound
from generator.runtime.retry import Retry

T = TypeVar("T")

ADA = {"id": "1", "displayName": "Ada"}
OK: Answer = (200, {}, ADA)


def used(server: Server, use: Callable[[AsyncClient], Awaitable[T]]) -> T:
    async def session() -> T:
        retry = Retry(first_delay=0.01)
        async with AsyncClient("tok", base_url=server.url, retry=retry) as client:
            return await use(client)

    return trio.run(session)


def test_verbs_waits_and_errors() -> None:
    async def use(client: AsyncClient) -> Person:
        with pytest.raises(NotFound):
            await client.people["0"].get()
        return await client.people["1"].get()

    with Server([(404, {}, None), (503, {}, None), OK]) as server:
        assert used(server, use).name == "Ada"
    assert len(server.requests) == 3


def test_pages_and_batches() -> None:
    async def use(client: AsyncClient) -> list[str | None]:
        names = [person.name async for person in client.people.list()]
        async with client.batch() as batch:
            item = batch.submit(client.people["1"].get)
        return [*names, item.result().name]

    def answer(request: Request) -> Answer:
        if request.method == "POST":
            return 200, {}, {"responses": [{"id": "1", "status": 200, "body": ADA}]}
        link = {} if "p=2" in request.target else {"@odata.nextLink": "/people?p=2"}
        return 200, {}, {"value": [ADA], **link}

    with Server(answer) as server:
        assert used(server, use) == ["Ada"] * 3


def test_streams() -> None:
    async def use(client: AsyncClient) -> bytes:
        async with client.people["1"].photo.stream() as pieces:
            return b"".join([piece async for piece in pieces])

    with Server([(200, {}, b"content")]) as server:
        assert used(server, use) == b"content"


def test_a_sync_get_token_is_called_in_a_thread() -> None:
    class Token:
        token = "late"
        expires_on = int(time.time()) + 3600

    class Credential:
        def get_token(self, *scopes: str) -> Token:
            time.sleep(0.01)
            return Token()

    async def session(url: str) -> None:
        async with AsyncClient(Credential(), base_url=url) as client:
            async with trio.open_nursery() as nursery:
                for _ in range(4):
                    nursery.start_soon(client.people["1"].get)

    with Server(lambda request: OK) as server:
        trio.run(session, server.url)
    sent = {request.headers["authorization"] for request in server.requests}
    assert (sent, len(server.requests)) == ({"Bearer late"}, 4)


def test_a_call_that_is_cancelled_gives_its_connection_back() -> None:
    async def use(client: AsyncClient) -> Person:
        with trio.move_on_after(0.1) as scope:
            await client.people["1"].get()
        assert scope.cancelled_caught
        return await client.people["1"].get()

    with Server([Raw(b"", delay=0.5), OK]) as server:
        assert used(server, use).name == "Ada"
