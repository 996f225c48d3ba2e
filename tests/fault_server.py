"""A fast HTTP/1.1 server that breaks answers as planned and keeps a ledger.

`server` answers a script, one thread a connection; this one is for thousands of
requests, and for faults that come before a request was read. It runs in an event loop
and a thread of its own, keeps connections alive, and knows each job by the header
`X-Job`, whose value is a number:

    with FaultServer(jobs=1000, plan=by_chance(seed=1)) as server:
        ...
        assert server.carried_out[7] == 1
"""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections import Counter
from collections.abc import Callable
from email.utils import formatdate
from random import Random
from typing import Self, TypeAlias

Plan: TypeAlias = Callable[[str, int, int], str]
"""Gives what befalls a method's job at its nth attempt: one of the faults, or ""."""

REFUSALS = ("429 seconds", "429 date", "503")
"""The server says that it did nothing, and does nothing."""

FAULTS = (*REFUSALS, "504", "reset before", "reset after", "half", "slow", "hang up")
"""What can befall an attempt.

"504" says that nobody knows; here nothing was done. "reset before" comes after the head
and before the body, "reset after" when the request was carried out. "half" is an
answer to a request that was carried out, broken off in its body. "slow" is a whole
answer in small pieces. "hang up" closes the connection after a whole answer, without
having said so.

Two more are not left to chance, as they would only cost time: "not JSON" is an answer
of another kind, "too slow" one whose pieces are SILENCE apart.
"""

SHARE = 0.1
LACKING = 15
PIECES = 4
PAUSE = 0.005
SILENCE = 5.0
HTML = (
    b"HTTP/1.1 200 Done\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>"
)
LINGER_ZERO = b"\x01\x00\x00\x00\x00\x00\x00\x00"


def by_chance(seed: int) -> Plan:
    """Plan a tenth of all attempts to meet a fault, 504 only what can be repeated.

    The chance depends on the seed, the job and the attempt, not on the order in which
    requests arrive: two runs meet the same faults.
    """

    def plan(method: str, job: int, attempt: int) -> str:
        chance = Random(f"{seed} {job} {attempt}")
        fault = chance.choice(FAULTS) if chance.random() < SHARE else ""
        return "" if fault == "504" and method in ("POST", "PATCH") else fault

    return plan


class FaultServer:
    """Serves on a free port of 127.0.0.1 from `with` to its end.

    `carried_out` and `attempts` count by job; `injected` counts by fault, `open`
    connections that are not ended here. `most_open` is the most that the client had at
    once: what it has closed counts no more, though the server may still be answering.
    All are written by the server's thread alone.
    """

    def __init__(self, jobs: int, plan: Plan) -> None:
        self.carried_out = [0] * jobs
        self.attempts = [0] * jobs
        self.injected: Counter[str] = Counter()
        self.open = self.most_open = 0
        self._connections: set[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = (
            set()
        )
        self._plan = plan
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *fault: object) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join()

    async def _serve(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._connected, "127.0.0.1", backlog=256)
        async with server:
            self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            self._ready.set()
            await self._end.wait()

    async def _connected(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.open += 1
        self._connections.add((reader, writer))
        self.most_open = max(self.most_open, self._alive())
        try:
            while await self._answered(reader, writer):
                pass
        except (
            asyncio.IncompleteReadError,
            ConnectionError,
            asyncio.CancelledError,
        ):
            pass  # The client has gone, or the server ends: either is an end.
        finally:
            self.open -= 1
            self._connections.discard((reader, writer))
            writer.close()

    def _alive(self) -> int:
        """Count the connections that neither side has closed."""
        return sum(
            not reader.at_eof() and not writer.is_closing()
            for reader, writer in self._connections
        )

    async def _answered(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Take one request; False where the connection ends with it."""
        method, job, length = _head(await reader.readuntil(b"\r\n\r\n"))
        self.attempts[job] += 1
        fault = self._plan(method, job, self.attempts[job])
        self.injected[fault] += 1
        if fault == "reset before":
            return _reset(writer)
        await reader.readexactly(length)
        if fault in REFUSALS or fault == "504":
            writer.write(_refusal(fault))
            return True
        self.carried_out[job] += 1
        if fault == "reset after":
            return _reset(writer)
        answer = HTML if fault == "not JSON" else _success(job)
        if fault == "half":
            writer.write(answer[:-LACKING])
        elif fault in ("slow", "too slow"):
            await _drip(writer, answer, PAUSE if fault == "slow" else SILENCE)
        else:
            writer.write(answer)
        return fault not in ("half", "hang up")


def _head(head: bytes) -> tuple[str, int, int]:
    """Give method, job and length of the body."""
    first, *lines = head.decode("latin-1").lower().split("\r\n")
    fields = dict(line.split(": ", 1) for line in lines if line)
    job, length = int(fields["x-job"]), int(fields.get("content-length", 0))
    return first.partition(" ")[0].upper(), job, length


def _success(job: int) -> bytes:
    body = json.dumps({"id": str(job), "displayName": f"job {job}"}).encode()
    return b"HTTP/1.1 200 Done\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


def _refusal(fault: str) -> bytes:
    lines = [f"HTTP/1.1 {fault[:3]} Refused", "Content-Length: 0"]
    if fault == "429 seconds":
        lines.append("Retry-After: 0")
    if fault == "429 date":
        now = formatdate(usegmt=True)
        lines += [f"Date: {now}", f"Retry-After: {now}"]
    return "\r\n".join([*lines, "", ""]).encode()


async def _drip(writer: asyncio.StreamWriter, answer: bytes, pause: float) -> None:
    size = len(answer) // PIECES + 1
    for start in range(0, len(answer), size):
        writer.write(answer[start : start + size])
        await asyncio.sleep(pause)


def _reset(writer: asyncio.StreamWriter) -> bool:
    connection: socket.socket = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_ZERO)
    writer.transport.abort()
    return False
