"""One GET: by this package, and by hand with httpx, in turns, sync and async.

`with_requests.py PACKAGE` prints the microseconds of wall and of processor time that a
request takes, a list of rounds for each: {"sync": {"ours": [[wall, cpu], ...], ...}}. The
server is a process of its own, which does next to nothing.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import socket
import sys
import time
from collections.abc import Awaitable, Callable
from importlib import import_module
from multiprocessing.queues import Queue
from typing import Any

import httpx

ROUNDS = 7
REQUESTS = 400
BODY = json.dumps({"id": "1", "displayName": "Ada", "mail": "ada@contoso.com"}).encode()
ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
    % (len(BODY), BODY)
)


class Answering(asyncio.Protocol):
    """Answers every request alike."""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def data_received(self, data: bytes) -> None:
        if data.endswith(b"\r\n\r\n"):
            self.transport.write(ANSWER)


def serve(ports: Queue[int]) -> None:
    """Serve on a free port of loopback until the process is ended."""

    async def main() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(Answering, "127.0.0.1", 0)
        ports.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


def sync_rounds(package: Any, url: str) -> dict[str, list[list[float]]]:
    """Let both ways take turns."""
    client = package.Client("token", base_url=url)
    http = httpx.Client(headers={"authorization": "Bearer token"})

    def ours() -> str | None:
        name: str | None = client.me.get().display_name
        return name

    def by_hand() -> str:
        response = http.get(f"{url}/me")
        response.raise_for_status()
        name: str = response.json()["displayName"]
        return name

    found: dict[str, list[list[float]]] = {"ours": [], "by hand": []}
    for _ in range(ROUNDS + 1):
        for name, get in (("ours", ours), ("by hand", by_hand)):
            found[name].append(timed(get))
    client.close()
    http.close()
    return {name: rounds[1:] for name, rounds in found.items()}


def timed(get: Callable[[], str | None]) -> list[float]:
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(REQUESTS):
        assert get() == "Ada"
    return [
        (time.perf_counter() - wall) / REQUESTS * 1e6,
        (time.process_time() - cpu) / REQUESTS * 1e6,
    ]


async def async_rounds(package: Any, url: str) -> dict[str, list[list[float]]]:
    """The same on an event loop, one request after another."""
    client = package.AsyncClient("token", base_url=url)
    http = httpx.AsyncClient(headers={"authorization": "Bearer token"})

    async def ours() -> str | None:
        name: str | None = (await client.me.get()).display_name
        return name

    async def by_hand() -> str:
        response = await http.get(f"{url}/me")
        response.raise_for_status()
        name: str = response.json()["displayName"]
        return name

    found: dict[str, list[list[float]]] = {"ours": [], "by hand": []}
    for _ in range(ROUNDS + 1):
        for name, get in (("ours", ours), ("by hand", by_hand)):
            found[name].append(await atimed(get))
    await client.aclose()
    await http.aclose()
    return {name: rounds[1:] for name, rounds in found.items()}


async def atimed(get: Callable[[], Awaitable[str | None]]) -> list[float]:
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(REQUESTS):
        assert await get() == "Ada"
    return [
        (time.perf_counter() - wall) / REQUESTS * 1e6,
        (time.process_time() - cpu) / REQUESTS * 1e6,
    ]


def main() -> None:
    ports: Queue[int] = multiprocessing.Queue()
    server = multiprocessing.Process(target=serve, args=(ports,), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{ports.get(timeout=30)}"
    package = import_module(sys.argv[1])
    found = {
        "sync": sync_rounds(package, url),
        "async": asyncio.run(async_rounds(package, url)),
    }
    server.terminate()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
