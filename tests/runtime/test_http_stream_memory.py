"""Streams over real sockets: content too big to be held never is."""

from __future__ import annotations

import hashlib
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

from photos import opened, photo, upload
from stream_server import StreamServer, digest, made
from twins import Using, both

BIG = 64 << 20
ROOM = 6 << 20
"""What the client, the server and the sockets' buffers may take together."""


def peak_of(use: Callable[[], Any]) -> int:
    tracemalloc.start()
    try:
        use()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@both
def test_a_big_download_is_never_held(using: Using) -> None:
    def read(pieces: Any) -> Any:
        found = hashlib.sha256()
        if not hasattr(pieces, "__aiter__"):
            for piece in pieces:
                found.update(piece)
            return found.hexdigest()

        async def run() -> str:
            async for piece in pieces:
                found.update(piece)
            return found.hexdigest()

        return run()

    digests: list[str] = []
    use: Any = lambda c: opened(photo(c).stream(), read)
    with StreamServer(BIG) as server:
        peak = peak_of(lambda: digests.append(using(server, use)))
    assert digests == [digest(made(BIG))]
    assert peak < ROOM


@both
def test_a_big_upload_is_never_held(using: Using, tmp_path: Path) -> None:
    path = tmp_path / "big"
    with path.open("wb") as file:
        file.writelines(made(BIG))
    with StreamServer() as server, path.open("rb") as content:
        peak = peak_of(lambda: using(server, lambda c: upload(c, content)))
    assert server.received == (BIG, digest(made(BIG)))
    assert peak < ROOM
