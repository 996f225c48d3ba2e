"""Streams over real sockets: content written piece by piece."""

from __future__ import annotations

import asyncio
import io
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from http_service import AsyncClient, Client, Person
from photos import BUSY, DONE, QUICK, photo, upload
from server import Answer, Raw, Server
from stream_server import StreamServer, digest, made
from twins import Using, async_use, both, sync_use

from generator.runtime.errors import (
    ConnectionFailed,
    PreconditionFailed,
    ServiceUnavailable,
    Unauthorized,
    UnexpectedResponse,
)


class Once(io.BytesIO):
    """A file that cannot be sought, such as a pipe."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError("no position")


class Anew:
    """Pieces that begin anew each time."""

    def __iter__(self) -> Iterator[bytes]:
        return iter([b"ab", b"", bytearray(b"c")])  # type: ignore[list-item]


class AsyncAnew:
    """Pieces that come late, and begin anew each time."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in (b"ab", b"c"):
            await asyncio.sleep(0)
            yield piece


def standing() -> io.BytesIO:
    """A file that stands behind its first bytes."""
    file = io.BytesIO(b"before abc")
    file.seek(7)
    return file


async def late() -> AsyncIterator[bytes]:
    yield b"ab"
    yield b"c"


SIZED: dict[str, Callable[[], Any]] = {
    "bytes": lambda: b"abc",
    "bytearray": lambda: bytearray(b"abc"),
    "memoryview": lambda: memoryview(b"xabc")[1:],
    "file": standing,
}
CHUNKED: dict[str, Callable[[], Any]] = {
    "list": lambda: [b"ab", b"c"],
    "iterable": Anew,
    "async iterable": AsyncAnew,
}
ONCE: dict[str, Callable[[], Any]] = {
    "generator": lambda: (piece for piece in (b"ab", b"c")),
    "iterator": lambda: iter([b"ab", b"c"]),
    "pipe": lambda: Once(b"abc"),
    "async generator": late,
}
ALL = {**SIZED, **CHUNKED, **ONCE}


def uploading(*kinds: str) -> pytest.MarkDecorator:
    """Try kinds of content with both clients, asynchronous ones with the async one."""
    cases = [
        pytest.param(use, kind, id=f"{kind}-{use.__name__}")
        for use in (sync_use, async_use)
        for kind in kinds
        if use is async_use or not kind.startswith("async")
    ]
    return pytest.mark.parametrize(("using", "kind"), cases)


@uploading(*ALL)
def test_content_is_uploaded_whatever_it_is(using: Using, kind: str) -> None:
    with Server([DONE]) as server:
        using(server, lambda c: upload(c, ALL[kind](), content_type="image/png"))
    (request,) = server.requests
    assert (request.method, request.body) == ("PUT", b"abc")
    assert request.headers["content-type"] == "image/png"
    if kind in SIZED:
        assert request.headers["content-length"] == "3"
        assert "transfer-encoding" not in request.headers
    else:
        assert request.headers["transfer-encoding"] == "chunked"
        assert "content-length" not in request.headers


@uploading(*SIZED, *CHUNKED)
def test_what_begins_anew_is_sent_again(using: Using, kind: str) -> None:
    answers: list[Answer] = [
        BUSY,
        (429, {"Retry-After": "0"}, None),
        Raw(reset=True),
        DONE,
    ]
    with Server(answers) as server:
        using(server, lambda c: upload(c, ALL[kind]()), retry=QUICK)
    assert [request.body for request in server.requests] == [b"abc"] * 4


@uploading(*SIZED, *CHUNKED)
def test_what_begins_anew_is_sent_with_a_new_token(using: Using, kind: str) -> None:
    tokens = iter(["old", "new"])
    with Server([(401, {}, None), DONE]) as server:
        use = lambda c: upload(c, ALL[kind]())
        using(server, use, credential=lambda: next(tokens))
    assert [request.body for request in server.requests] == [b"abc"] * 2
    assert server.requests[1].headers["authorization"] == "Bearer new"


@uploading(*ONCE)
@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (BUSY, ServiceUnavailable),
        ((401, {}, None), Unauthorized),
        (Raw(reset=True), ConnectionFailed),
    ],
)
def test_what_can_be_read_once_is_sent_once(
    using: Using, kind: str, answer: Answer, error: type[Exception]
) -> None:
    with Server([answer]) as server:
        with pytest.raises(error):
            use = lambda c: upload(c, ALL[kind]())
            using(server, use, retry=QUICK, credential=lambda: "token")
    assert [request.body for request in server.requests] == [b"abc"]


class Insisting(httpx.Auth):
    """Sends every request twice, as httpx's own kinds of authentication may."""

    def auth_flow(self, request: httpx.Request) -> Any:
        yield request
        yield request


@both
def test_content_that_is_gone_is_never_sent_as_nothing(using: Using) -> None:
    with Server([(401, {}, None), DONE]) as server:
        with pytest.raises(RuntimeError, match="sent only once"):
            use = lambda c: upload(c, iter([b"abc"]))
            using(server, use, credential=Insisting())
    assert [request.body for request in server.requests] == [b"abc"]


@both
@pytest.mark.parametrize(
    "content", ["text", io.StringIO("text"), ["text"], [1, 2], 3, None, {"a": b""}]
)
def test_what_is_no_content_is_refused(using: Using, content: Any) -> None:
    with Server([]) as server:
        with pytest.raises(TypeError):
            using(server, lambda c: upload(c, content))
    assert server.requests == []


@both
def test_a_file_that_gives_no_bytes_is_refused(using: Using) -> None:
    class Late:
        def read(self, size: int) -> object:
            return [size]

    with Server([DONE]) as server:
        with pytest.raises(TypeError, match="pieces of content are bytes, not list"):
            using(server, lambda c: upload(c, Late()))


@both
def test_an_upload_may_be_conditional(using: Using) -> None:
    with Server([(412, {}, None)]) as server:
        with pytest.raises(PreconditionFailed):
            using(server, lambda c: upload(c, b"abc", if_match='"1"'))
    assert server.requests[0].headers["if-match"] == '"1"'


@both
def test_a_file_that_grows_is_sent_as_it_was(using: Using, tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"abc")

    class Growing(io.FileIO):
        def read(self, size: int | None = -1) -> bytes:  # type: ignore[override]
            with path.open("ab") as more:
                more.write(b"more")
            return super().read(size) or b""

    with Server([DONE]) as server, Growing(path) as file:
        using(server, lambda c: upload(c, file))
    assert server.requests[0].body == b"abc"


@both
def test_an_empty_file_is_content(using: Using) -> None:
    with Server([DONE]) as server:
        using(server, lambda c: upload(c, io.BytesIO()))
    assert server.requests[0].headers["content-length"] == "0"


def test_one_place_is_copied_to_another_piece_by_piece() -> None:
    answers: list[Answer] = [(200, {}, b"abc"), BUSY]
    with Server(answers) as server, Client(base_url=server.url) as client:
        with client.people["1"].photo.stream() as pieces:
            with pytest.raises(ServiceUnavailable):
                client.people["2"].photo.upload(pieces)
    assert server.requests[1].body == b"abc"


def test_an_async_client_reads_files_in_a_thread() -> None:
    threads: set[int] = set()

    class Watched(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            threads.add(threading.get_ident())
            return super().read(size)

        def seek(self, offset: int, whence: int = 0) -> int:
            return super().seek(offset, whence)

    async def run() -> None:
        async with AsyncClient(base_url=server.url) as client:
            await photo(client).upload(Watched(b"abc"))

    with Server([DONE]) as server:
        asyncio.run(run())
    assert threads and threading.get_ident() not in threads


def test_an_upload_is_shown_before_it_is_sent() -> None:
    with Client(base_url="http://host") as client:
        place = client.people["1"].photo
        assert client.prepare(place.upload, b"abc").content == b"abc"
        prepared = client.prepare(place.upload, standing())
        assert prepared.request.headers["content-length"] == "3"
        assert [*prepared.content] == [*prepared.content] == [b"abc"]


@both
def test_what_breaks_off_on_its_way_is_sent_again_from_its_beginning(
    using: Using,
) -> None:
    file = io.BytesIO(b"before " + b"".join(made(4 << 20)))
    file.seek(7)
    with StreamServer(breaks=2) as server:
        using(server, lambda c: upload(c, file), retry=QUICK)
    assert server.breaks == 0
    assert server.received == (4 << 20, digest(made(4 << 20)))


@both
def test_an_upload_may_be_answered_with_the_object_that_holds_the_content(
    using: Using,
) -> None:
    """A file of a drive, say: its id is not known before."""
    with Server([(201, {}, {"id": "7", "displayName": "Ada"})]) as server:
        person = using(server, lambda c: photo(c).upload(b"abc", Person))
    assert isinstance(person, Person)
    assert (person.id, person.name) == ("7", "Ada")
    with Server([DONE]) as server, pytest.raises(UnexpectedResponse, match="not sent"):
        using(server, lambda c: photo(c).upload(b"abc", Person))
