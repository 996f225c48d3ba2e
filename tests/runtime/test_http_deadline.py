"""Deadlines: a call ends when it has to, whatever the service does."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from server import Raw, Server
from twins import Using, both

from generator.runtime.errors import CallError, ServiceUnavailable, TimedOut
from generator.runtime.retry import Retry

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"


@contextmanager
def dripping() -> Iterator[str]:
    """Serve a byte every 20 ms, for as long as somebody listens."""
    listener = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def serve(connection: socket.socket) -> None:
        with connection:
            connection.recv(65536)
            try:
                connection.sendall(HEAD)
                while not ended.wait(0.02):
                    connection.sendall(b" ")
            except OSError:
                return

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(connection,)).start()

    thread = threading.Thread(target=accept)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        ended.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


class At:
    """Stands for a server, of which only the address counts."""

    def __init__(self, url: str) -> None:
        self.url = url


def timed(call: Callable[[], Any], kind: type[CallError]) -> float:
    began = time.monotonic()
    with pytest.raises(kind):
        call()
    return time.monotonic() - began


@both
def test_slow_bytes_end_at_the_deadline(using: Using) -> None:
    with dripping() as url:
        took = timed(
            lambda: using(
                At(url), lambda c: c.people["1"].get(), retry=Retry(deadline=0.3)
            ),
            TimedOut,
        )
    assert 0.25 < took < 3


@both
def test_an_answer_that_does_not_come_ends_at_the_deadline(using: Using) -> None:
    retry = Retry(deadline=0.2)
    with Server(lambda request: Raw(b"", delay=1.0)) as server:
        took = timed(
            lambda: using(server, lambda c: c.people["1"].get(), retry=retry), TimedOut
        )
        assert 0.15 < took < 0.9
    assert len(server.requests) == 1


@both
def test_a_wait_beyond_the_deadline_is_not_begun(using: Using) -> None:
    with Server([(503, {"Retry-After": "5"}, None)]) as server:
        took = timed(
            lambda: using(
                server, lambda c: c.people["1"].get(), retry=Retry(deadline=2)
            ),
            ServiceUnavailable,
        )
    assert took < 2


@both
def test_in_time_nothing_is_different(using: Using) -> None:
    with Server([(200, {}, {"id": "1"})]) as server:
        person = using(server, lambda c: c.people["1"].get(), retry=Retry(deadline=30))
    assert person.id == "1"
