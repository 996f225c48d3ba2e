"""A loopback server for bodies that are too big to be held: it makes and digests them.

with StreamServer(size=64 << 20) as server:
    ...                         # GET gives server.size bytes, whose digest is known
    assert server.received == (size, digest)        # of the last PUT
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

STEP = 65_536


def made(size: int) -> Iterator[bytes]:
    """Give `size` bytes that do not repeat soon, in pieces."""
    for start in range(0, size, STEP):
        block = hashlib.sha256(start.to_bytes(8)).digest() * (STEP // 32)
        yield block[: min(STEP, size - start)]


def digest(pieces: Iterator[bytes]) -> str:
    """Give the digest of pieces."""
    total = hashlib.sha256()
    for piece in pieces:
        total.update(piece)
    return total.hexdigest()


class StreamServer:
    """Serves GET with `size` bytes and takes PUT, from `with` to its end.

    The first PUTs, `breaks` of them, are broken off before their body has come.
    """

    def __init__(self, size: int = 0, breaks: int = 0) -> None:
        self.size = size
        self.breaks = breaks
        self.received: tuple[int, str] = (0, "")
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler_for(self))
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


def _handler_for(server: StreamServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(server.size))
            self.end_headers()
            for piece in made(server.size):
                self.wfile.write(piece)

        def do_PUT(self) -> None:
            size = int(self.headers["content-length"])
            if server.breaks:
                server.breaks -= 1
                self.close_connection = True
                return
            server.received = (size, digest(self._pieces(size)))
            self.send_response(204)
            self.end_headers()

        def _pieces(self, left: int) -> Iterator[bytes]:
            while left and (piece := self.rfile.read(min(left, STEP))):
                left -= len(piece)
                yield piece

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler
