"""A small HTTP/1.1 server on loopback that behaviour tests speak to over real sockets.

It records every request as it came and answers from a script:

    with Server([(200, {}, {"id": "1"})]) as server:
        client = Client(base_url=server.url)
        ...
        assert server.requests[0].target == "/users/1?$select=id"

A script is a list of answers, used up one after another, or a function from a `Request`
to an answer. An answer is `(status, headers, body)`; a dict or list as body is sent as
JSON, text as UTF-8. `Raw` is an answer in the wrong: bytes that are written as they
stand, perhaps late, before the connection is closed. A request that finds the script at
its end is answered with status 599.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self, TypeAlias
from urllib.parse import parse_qsl, unquote


@dataclass(frozen=True)
class Request:
    """A request as it was received; header names are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """The path before the query, as it was sent."""
        return self.target.partition("?")[0]

    @property
    def segments(self) -> list[str]:
        """The path's segments, decoded once, as a server reads them."""
        return [unquote(segment) for segment in self.path.split("/")[1:]]

    @property
    def query(self) -> dict[str, str]:
        """The query's parameters, decoded once."""
        return dict(
            parse_qsl(
                self.target.partition("?")[2],
                keep_blank_values=True,
                strict_parsing=False,
            )
        )

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Raw:
    """Bytes to write after `delay` seconds before the connection is closed: a fault.

    `Raw(b"")` closes without an answer. With `reset` the connection is reset, not
    closed.
    """

    data: bytes = b""
    delay: float = 0.0
    reset: bool = False


Answer: TypeAlias = tuple[int, Mapping[str, str], Any] | Raw
Script: TypeAlias = Iterable[Answer] | Callable[[Request], Answer]


class Server:
    """Serves a script on a free port of 127.0.0.1 from `with` to its end.

    `url` is the root without a slash at its end; `requests` holds what came, in order.
    """

    def __init__(self, script: Script) -> None:
        self._answer = script if callable(script) else _in_turn(script)
        self._turn = threading.Lock()
        self.requests: list[Request] = []
        self._http = _HTTPServer(("127.0.0.1", 0), _handler_for(self))
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.01}
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.end_connections()
        self._http.server_close()

    def answer(self, request: Request) -> Answer:
        """Record a request and choose its answer."""
        with self._turn:
            self.requests.append(request)
            return self._answer(request)


def _in_turn(answers: Iterable[Answer]) -> Callable[[Request], Answer]:
    waiting = iter(answers)
    exhausted: Answer = (599, {}, {"error": {"code": "scriptAtItsEnd", "message": ""}})

    def answer(request: Request) -> Answer:
        return next(waiting, exhausted)

    return answer


class _HTTPServer(ThreadingHTTPServer):
    """Waits for its threads at the end, so that no test leaves a socket behind."""

    daemon_threads = False
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], handler: Any) -> None:
        super().__init__(address, handler)
        self._open: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def end_connections(self) -> None:
        """Wake the threads that wait for a further request on an open connection."""
        for connection in list(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that break off are part of the tests."""


def _handler_for(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def handle_one_request(self) -> None:
            self.raw_requestline = self.rfile.readline(65537)
            if not self.raw_requestline or not self.parse_request():
                self.close_connection = True
                return
            headers = {name.lower(): value for name, value in self.headers.items()}
            method, target, _ = self.requestline.split(" ", 2)
            answer = server.answer(Request(method, target, headers, self._body()))
            if isinstance(answer, Raw):
                self._break(answer)
            else:
                self.wfile.write(_encoded(answer, method))

        def _body(self) -> bytes:
            if "chunked" not in self.headers.get("transfer-encoding", ""):
                return self.rfile.read(int(self.headers.get("content-length", 0)))
            body = b""
            while size := int(self.rfile.readline().partition(b";")[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def _break(self, answer: Raw) -> None:
            time.sleep(answer.delay)
            self.close_connection = True
            if answer.reset:
                linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.wfile.write(answer.data)

    return Handler


def _encoded(answer: tuple[int, Mapping[str, str], Any], method: str) -> bytes:
    """Write an answer whole, so that it leaves in one piece."""
    status, headers, body = answer
    names = {name.lower() for name in headers}
    lines = [f"HTTP/1.1 {status} Scripted"]
    if isinstance(body, (dict, list)):
        if "content-type" not in names:
            lines.append("Content-Type: application/json")
        body = json.dumps(body)
    data: bytes = body.encode() if isinstance(body, str) else body or b""
    if status != 204 and "content-length" not in names:
        lines.append(f"Content-Length: {len(data)}")
    lines += [f"{name}: {value}" for name, value in headers.items()]
    head = "\r\n".join([*lines, "", ""]).encode("latin-1")
    return head if method == "HEAD" or status in (204, 304) else head + data
