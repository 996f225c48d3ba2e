"""Streams over real sockets: content read piece by piece."""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from http_service import AsyncClient, Client
from photos import BUSY, DONE, QUICK, opened, photo
from server import Answer, Raw, Server
from stream_server import StreamServer
from twins import Using, both

from generator.runtime.aio import AsyncStreamResource
from generator.runtime.errors import (
    NotFound,
    TimedOut,
    UnexpectedResponse,
    UntrustedLink,
)
from generator.runtime.resources import StreamResource


def pieces_of(client: Any, size: int | None = None, **options: Any) -> Any:
    """Read the photo in pieces."""

    def read(pieces: Any) -> Any:
        given = pieces.pieces(size)
        return given if hasattr(given, "__aiter__") else list(given)

    return opened(photo(client).stream(**options), read)


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
