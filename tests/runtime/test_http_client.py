"""Clients: whose httpx client is used and who closes it, headers, loops, imports."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from http_service import AsyncClient, Client
from server import Answer, Server

from generator.runtime.long_running import LongRunning
from generator.runtime.uploads import LargeUpload

OK: Answer = (200, {}, {"id": "1"})


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(lambda request: OK) as running:
        yield running


class Carrier(httpx.MockTransport):
    """An httpx transport that tells whether it was closed."""

    closed = False

    def __init__(self) -> None:
        super().__init__(lambda request: httpx.Response(200, json={"id": "1"}))

    def close(self) -> None:
        self.closed = True

    async def aclose(self) -> None:
        self.closed = True


def test_the_own_httpx_client_is_used_and_left_open(server: Server) -> None:
    with httpx.Client(
        headers={"X-Mine": "1", "Accept": "text/html"},
        params={"tenant": "a b+c"},
        base_url="https://unused.example",
        follow_redirects=True,
    ) as http:
        with Client(base_url=server.url, http_client=http) as client:
            client.people["1"].get(select="id")
            client.people["1"].get(query={"tenant": "mine"})
        assert not http.is_closed
    first, second = server.requests
    assert first.target == "/people/1?$select=id&tenant=a%20b%2Bc"
    assert second.target == "/people/1?tenant=mine"
    assert first.headers["x-mine"] == "1"
    assert first.headers["accept"] == "application/json"


def test_parameters_of_the_own_httpx_client_stay_at_home() -> None:
    """And the URL elsewhere stays as it is: its query may be what opens it."""
    link = "/session?sig=a%2Fb&x='1'"
    done: Answer = (204, {}, b"")
    with Server([done, done]) as away, httpx.Client(params={"key": "secret"}) as http:
        with Client(base_url="http://home.example", http_client=http) as client:
            LargeUpload(client, away.url + link, b"content").run()
            assert LongRunning.resume(client, away.url + link).poll()
    assert [request.target for request in away.requests] == [link, link]


def test_the_own_transport_is_used_and_left_open() -> None:
    carrier = Carrier()
    with Client(base_url="https://host", transport=carrier) as client:
        assert client.people["1"].get().id == "1"
    assert not carrier.closed


def test_the_own_async_client_and_transport_are_left_open() -> None:
    async def run() -> bool:
        carrier = Carrier()
        async with AsyncClient(base_url="https://host", transport=carrier) as client:
            await client.people["1"].get()
        async with httpx.AsyncClient(transport=carrier) as http:
            async with AsyncClient(base_url="https://h", http_client=http) as client:
                await client.people["1"].get()
            assert not carrier.closed
            return http.is_closed

    assert asyncio.run(run()) is False


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_only_one_of_them_can_be_given(kind: Any) -> None:
    http = httpx.Client() if kind is Client else httpx.AsyncClient()
    with pytest.raises(ValueError, match="not both"):
        kind(base_url="https://h", http_client=http, transport=Carrier())


def test_a_closed_client_sends_nothing(server: Server) -> None:
    client = Client(base_url=server.url)
    client.people["1"].get()
    client.close()
    client.close()
    with pytest.raises(RuntimeError, match="closed"):
        client.people["1"].get()

    async def run() -> None:
        client = AsyncClient(base_url=server.url)
        await client.people["1"].get()
        await client.aclose()
        with pytest.raises(RuntimeError, match="closed"):
            await client.people["1"].get()

    asyncio.run(run())
    assert len(server.requests) == 2


def test_headers_replace_each_other_whatever_their_case(server: Server) -> None:
    headers = {"ACCEPT": "application/json;odata.metadata=full", "X-A": "client"}
    with Client(base_url=server.url, headers=headers) as client:
        client.people["1"].get(headers={"x-a": "call", "Client-Request-Id": "mine"})
    (request,) = server.requests
    assert request.headers["accept"] == "application/json;odata.metadata=full"
    assert request.headers["x-a"] == "call"
    assert request.headers["client-request-id"] == "mine"


def test_the_timeout_is_the_callers_or_the_httpx_clients() -> None:
    seen: list[Any] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.extensions["timeout"]["read"])
        return httpx.Response(200, json={})

    carrier = httpx.MockTransport(answer)
    with httpx.Client(transport=carrier, timeout=7) as http:
        Client(base_url="https://h", http_client=http).people["1"].get()
        Client(base_url="https://h", http_client=http, timeout=3).people["1"].get()
        Client(base_url="https://h", http_client=http, timeout=None).people["1"].get()
    Client(base_url="https://h", transport=carrier).people["1"].get()
    assert seen == [7, 3, None, 30.0]


def test_the_way_keys_are_written_can_be_overridden(server: Server) -> None:
    with Client(base_url=server.url, key_as_segment=False) as client:
        client.people["1"].get()
    assert server.requests[0].target == "/people('1')"


def test_threads_share_a_client(server: Server) -> None:
    with Client("tok", base_url=server.url) as client:
        got: list[str | None] = []

        def work() -> None:
            for _ in range(10):
                got.append(client.people["1"].get().id)

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert got == ["1"] * 80
    assert len({r.headers["client-request-id"] for r in server.requests}) == 80


def test_an_async_client_outlives_its_event_loop(server: Server) -> None:
    client = AsyncClient("tok", base_url=server.url)

    async def call() -> str | None:
        return (await client.people["1"].get()).id

    with warnings.catch_warnings():
        # A loop that ends without aclose() leaves sockets behind, whoever made them.
        warnings.simplefilter("ignore", ResourceWarning)
        assert asyncio.run(call()) == asyncio.run(call()) == "1"
        asyncio.run(client.aclose())
        del client, call
        gc.collect()


def test_making_a_client_imports_and_opens_little() -> None:
    program = (
        "import sys, httpx; before = set(sys.modules)\n"
        "import generator.runtime.client as c; c.SyncClient(base_url='https://h')\n"
        "c.AsyncClientBase(base_url='https://h')\n"
        "print(*{m.partition('.')[0] for m in set(sys.modules) - before})"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    imported = set(ran.stdout.split())
    assert "generator" in imported
    assert imported.isdisjoint({"anyio", "asyncio", "h11", "httpcore", "trio"})
