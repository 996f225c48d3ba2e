"""Streams over real sockets: content read and written piece by piece."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import threading
import tracemalloc
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from http_service import AsyncClient, Client, Person
from server import Answer, Raw, Server
from stream_server import StreamServer, digest, made
from twins import Using, async_use, both, sync_use

from generator.runtime.aio import AsyncStreamResource
from generator.runtime.errors import (
    ConnectionFailed,
    NotFound,
    PreconditionFailed,
    ServiceUnavailable,
    TimedOut,
    Unauthorized,
    UnexpectedResponse,
    UntrustedLink,
)
from generator.runtime.resources import StreamResource
from generator.runtime.retry import Retry

QUICK = Retry(sleep=lambda seconds: None)
DONE: Answer = (204, {}, None)
BUSY: Answer = (503, {"Retry-After": "0"}, None)


def photo(client: Any) -> Any:
    return client.people["1"].photo


def opened(stream: Any, use: Callable[[Any], Any]) -> Any:
    """Use a download while it is open; of an async one, to be awaited."""
    if not hasattr(stream, "__aenter__"):
        with stream as pieces:
            return use(pieces)

    async def run() -> Any:
        async with stream as pieces:
            result = use(pieces)
            if hasattr(result, "__aiter__"):
                return [piece async for piece in result]
            return await result if asyncio.iscoroutine(result) else result

    return run()


def pieces_of(client: Any, size: int | None = None, **options: Any) -> Any:
    """Read the photo in pieces."""

    def read(pieces: Any) -> Any:
        given = pieces.pieces(size)
        return given if hasattr(given, "__aiter__") else list(given)

    return opened(photo(client).stream(**options), read)


# --- Downloads


@both
def test_content_comes_in_pieces_of_the_size_that_is_asked_for(using: Using) -> None:
    with Server([(200, {}, b"abcdefgh")] * 2) as server:
        assert using(server, lambda c: pieces_of(c, 3)) == [b"abc", b"def", b"gh"]
        assert b"".join(using(server, pieces_of)) == b"abcdefgh"
    assert server.requests[0].headers["accept"] == "*/*"


def test_a_download_is_iterated_itself() -> None:
    async def run() -> bytes:
        async with AsyncClient(base_url=server.url) as client:
            async with photo(client).stream() as pieces:
                return b"".join([piece async for piece in pieces])

    with Server([(200, {}, b"abc")] * 2) as server:
        with Client(base_url=server.url) as client:
            with client.people["1"].photo.stream() as pieces:
                assert b"".join(pieces) == b"abc"
        assert asyncio.run(run()) == b"abc"


@both
def test_the_answer_is_told_before_the_content(using: Using) -> None:
    def told(pieces: Any) -> Any:
        kind, size = pieces.content_type, pieces.size
        return kind, size, pieces.headers["etag"], pieces.response.status_code

    with Server(
        [(200, {"Content-Type": "image/png", "ETag": '"1"'}, b"abc")]
    ) as server:
        result = using(server, lambda c: opened(photo(c).stream(), told))
    assert result == ("image/png", 3, '"1"', 200)


@both
def test_a_size_that_is_not_told_is_none(using: Using) -> None:
    packed = (
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03KLJ\x06\x00\xc2A$5\x03\x00\x00\x00"
    )
    answers: list[Answer] = [
        Raw(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
        ),
        Raw(b"HTTP/1.1 200 OK\r\n\r\nabc"),
        (200, {"Content-Encoding": "gzip"}, packed),
    ]
    with Server(answers * 2) as server:
        for _ in answers:
            use = lambda c: opened(
                photo(c).stream(), lambda p: (p.size, p.content_type)
            )
            assert using(server, use) == (None, None)
        for _ in answers:
            assert b"".join(using(server, pieces_of)) == b"abc"


@both
def test_a_part_is_asked_for_by_range(using: Using) -> None:
    part: Answer = (206, {"Content-Range": "bytes 1-2/8"}, b"bc")
    with Server([part]) as server:
        read = using(server, lambda c: pieces_of(c, headers={"Range": "bytes=1-2"}))
    assert read == [b"bc"]
    assert server.requests[0].headers["range"] == "bytes=1-2"


@both
def test_errors_come_when_the_download_is_opened(using: Using) -> None:
    with Server([(404, {}, {"error": {"code": "gone", "message": ""}})]) as server:
        with pytest.raises(NotFound) as caught:
            using(server, lambda c: opened(photo(c).stream(), lambda p: 1 / 0))
    assert caught.value.code == "gone"


@both
def test_opening_is_repeated_as_other_calls_are(using: Using) -> None:
    with Server([BUSY, Raw(reset=True), (200, {}, b"abc")]) as server:
        assert using(server, pieces_of, retry=QUICK) == [b"abc"]
    assert len(server.requests) == 3


def short(told: int, sent: int, delay: float = 0.0) -> Raw:
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {told}\r\n\r\n"
    return Raw(head.encode() + b"x" * sent, delay)


@both
@pytest.mark.parametrize(
    "answer",
    [
        short(10, 4),
        Raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc"),
        (200, {"Content-Encoding": "gzip"}, b"no gzip"),
    ],
)
def test_an_answer_that_breaks_off_is_an_error(using: Using, answer: Answer) -> None:
    with Server([answer]) as server:
        with pytest.raises(UnexpectedResponse, match="broke off") as caught:
            using(server, pieces_of)
    assert caught.value.response is not None
    assert isinstance(caught.value.__cause__, httpx.RequestError)
    assert len(server.requests) == 1


@both
def test_content_that_stops_coming_is_timed_out(using: Using) -> None:
    # The connection stays open: the answer says ten bytes, and three come.
    with Server([(200, {"Content-Length": "10"}, b"abc")]) as server:
        with pytest.raises(TimedOut, match=r"GET /people/1/photo/\$value"):
            using(server, pieces_of, timeout=0.2)


def test_a_carrier_that_does_not_count_is_counted_for() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"Content-Length": "9"}, stream=Two())

    class Two(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield b"ab"

    carrier = httpx.MockTransport(answer)
    with Client(base_url="http://host", transport=carrier) as client:
        with client.people["1"].photo.stream() as pieces:
            with pytest.raises(UnexpectedResponse, match="shorter than it says"):
                list(pieces)


def test_content_that_is_there_already_is_given() -> None:
    """As of a carrier that stands in for the service in somebody's tests."""
    carrier = httpx.MockTransport(lambda request: httpx.Response(200, content=b"abc"))
    with Client(base_url="http://host", transport=carrier) as client:
        with client.people["1"].photo.stream() as pieces:
            assert (list(pieces), pieces.size) == ([b"abc"], 3)


@both
def test_content_is_read_once_and_only_while_open(using: Using) -> None:
    def twice(client: Any) -> Any:
        stream = photo(client).stream()
        with pytest.raises(RuntimeError, match="within its `with`"):
            _ = stream.size

        def read(pieces: Any) -> Any:
            if not hasattr(pieces, "__aiter__"):
                assert list(pieces) == [b"abc"]
                with pytest.raises(RuntimeError, match="only once"):
                    list(pieces)
                return stream

            async def run() -> Any:
                assert [piece async for piece in pieces] == [b"abc"]
                with pytest.raises(RuntimeError, match="only once"):
                    [piece async for piece in pieces]
                return stream

            return run()

        return opened(stream, read)

    with Server([(200, {}, b"abc")]) as server:
        stream = using(server, twice)
    with pytest.raises(RuntimeError, match="within its `with`"):
        _ = stream.response


def test_a_download_may_be_opened_again() -> None:
    with Server([(200, {}, b"abc"), (200, {}, b"de")]) as server:
        with Client(base_url=server.url) as client:
            stream = client.people["1"].photo.stream()
            with stream as pieces:
                next(iter(pieces))
            with stream as pieces:
                assert list(pieces) == [b"de"]


def test_a_connection_is_given_back_by_who_stops_early() -> None:
    with StreamServer(64 << 20) as server:
        limits = httpx.Limits(max_connections=1)
        with httpx.Client(limits=limits, timeout=5) as http:
            client = Client(base_url=server.url, http_client=http)
            for _ in range(3):
                with client.people["1"].photo.stream() as pieces:
                    assert len(next(pieces.pieces(10))) == 10


@both
def test_content_is_saved_to_a_path_and_to_a_file(using: Using, tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    content = bytes(range(256)) * 4000
    target = tmp_path / "photo"

    def save(client: Any, to: Any) -> Any:
        report = lambda *figures: told.append(figures)
        return opened(photo(client).stream(), lambda p: p.save(to, progress=report))

    with Server([(200, {}, content)] * 3) as server:
        assert using(server, lambda c: save(c, target)) == len(content)
        assert target.read_bytes() == content
        assert [done for done, _ in told] == sorted({done for done, _ in told})
        assert told[-1] == (len(content), len(content)) and len(told) > 1
        assert using(server, lambda c: save(c, str(target))) == len(content)
        with io.BytesIO() as file:
            file.write(b"before ")
            using(server, lambda c: save(c, file))
            assert file.getvalue() == b"before " + content


@both
def test_what_came_before_a_fault_is_saved(using: Using, tmp_path: Path) -> None:
    target = tmp_path / "photo"
    with Server([short(600_000, 300_000)]) as server:
        with pytest.raises(UnexpectedResponse):
            using(server, lambda c: opened(photo(c).stream(), lambda p: p.save(target)))
    assert target.read_bytes() == b"x" * 262_144


# --- Uploads


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


def upload(client: Any, content: Any, **options: Any) -> Any:
    return photo(client).upload(content, **options)


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


# --- Memory

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


# --- Links


@both
def test_a_link_of_the_service_leads_to_its_stream(using: Using) -> None:
    kinds = {"sync_use": StreamResource, "async_use": AsyncStreamResource}
    kind: Any = kinds[using.__name__]
    with Server([(200, {}, b"abc"), (200, {}, b"d"), DONE]) as server:
        link = f"{server.url}/people/1/photo/$value?v=a%2Fb"
        read = using(server, lambda c: kind.from_link(c, link).download())
        assert read == b"abc"
        using(server, lambda c: kind.from_link(c, "people/2/photo").download())
        using(server, lambda c: kind.from_link(c, link).upload(b"new"))
    assert [f"{each.method} {each.target}" for each in server.requests] == [
        "GET /people/1/photo/$value?v=a%2Fb",
        "GET /people/2/photo",
        "PUT /people/1/photo/$value?v=a%2Fb",
    ]


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


@pytest.mark.parametrize(
    "link", ["https://evil.example/x?sig=secret", "//evil.example/x", "http://[::1/x"]
)
def test_a_link_to_another_origin_is_refused(link: str) -> None:
    with Client("token", base_url="http://127.0.0.1:9") as client:
        with pytest.raises(UntrustedLink) as caught:
            StreamResource.from_link(client, link)
    assert caught.value.link == link
    assert "secret" not in str(caught.value)


def test_the_directory_is_no_target(tmp_path: Path) -> None:
    with Server([(200, {}, b"abc")]) as server, Client(base_url=server.url) as client:
        with client.people["1"].photo.stream() as pieces, pytest.raises(OSError):
            pieces.save(os.fspath(tmp_path))
