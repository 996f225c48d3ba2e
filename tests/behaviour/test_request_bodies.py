"""Bodies of requests of a generated package, by media type and by what is given."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import AsyncIterator, Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl

import pytest
from server import Request, Server
from zoo_client import Using, async_use, both, sync_use, zoo

__all__ = ["zoo"]

DONE = (204, {}, b"")
PET = (201, {}, {"id": 7, "name": "Rex"})


def parts(request: Request) -> list[tuple[str, str | None, str, bytes]]:
    """Name, file name, media type and content of the parts of a multipart body."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    message = message_from_bytes(head + request.body)
    found: list[tuple[str, str | None, str, bytes]] = []
    for each in message.get_payload():
        assert isinstance(each, Message)
        name = each.get_param("name", header="content-disposition")
        content = each.get_payload(decode=True)
        assert isinstance(name, str) and isinstance(content, bytes)
        kind = each.get("content-type", "")
        found.append((name, each.get_filename(), kind, content))
    return found


@both
def test_a_body_as_keywords_and_as_a_model(zoo: ModuleType, using: Using) -> None:
    born = dt.date(2026, 1, 2)
    kind = zoo.models.Kind.CAT
    model = zoo.models.NewPet(name="Rex", kind=kind, born=born, tags=["a"])
    with Server([PET, PET]) as server:
        using(
            zoo,
            server,
            lambda client: client.pets.create(
                name="Rex", kind=kind, born=born, tags=["a"], dry_run=True
            ),
        )
        using(zoo, server, lambda client: client.pets.create(model))
    first, second = server.requests
    assert first.json == second.json
    assert first.json == {
        "name": "Rex",
        "kind": "cat",
        "born": "2026-01-02",
        "tags": ["a"],
    }
    assert first.query == {"dry-run": "true"}
    assert first.headers["content-type"] == "application/json"


@both
def test_a_body_that_is_not_fit(zoo: ModuleType, using: Using) -> None:
    def refused(use: Any, message: str) -> None:
        with Server([]) as server, pytest.raises(TypeError, match=message):
            using(zoo, server, use)
        assert server.requests == []

    pet = zoo.models.NewPet(name="x")
    refused(lambda c: c.pets.create(), "needs 'name'")
    refused(lambda c: c.pets.create(nmae="x"), "has no property 'nmae'")
    refused(lambda c: c.pets.create(name="x", id=1), "'id' is computed")
    refused(lambda c: c.pets.create(pet, name="x"), "not both")
    refused(lambda c: c.pets.create({"name": "x"}), "NewPet")


@both
def test_what_the_service_computes_is_not_sent(zoo: ModuleType, using: Using) -> None:
    pet = zoo.models.NewPet.from_dict({"id": 7, "name": "Rex", "more": 1})
    with Server([PET]) as server:
        using(zoo, server, lambda client: client.pets.create(pet))
    assert server.requests[0].json == {"name": "Rex", "more": 1}


@both
def test_a_body_may_be_left_out(zoo: ModuleType, using: Using) -> None:
    with Server([(200, {}, {"id": 1}), (200, {}, {"id": 1})]) as server:
        using(zoo, server, lambda client: client.pets.update("7"))
        using(zoo, server, lambda client: client.pets.update("7", name="x"))
    assert server.requests[0].body == b""
    assert "content-type" not in server.requests[0].headers
    assert server.requests[1].json == {"name": "x"}


@both
def test_a_body_of_no_model(zoo: ModuleType, using: Using) -> None:
    with Server([DONE]) as server:
        using(zoo, server, lambda client: client.names.put(["a", "b"]))
    assert server.requests[0].json == ["a", "b"]


@both
def test_a_body_that_may_be_null(zoo: ModuleType, using: Using) -> None:
    with Server([DONE, DONE]) as server:
        using(zoo, server, lambda client: client.names.reset(None))
        using(zoo, server, lambda client: client.names.reset(name="x"))
    assert [each.json for each in server.requests] == [None, {"name": "x"}]


@both
def test_a_media_type_by_what_is_given(zoo: ModuleType, using: Using) -> None:
    page = (200, {"content-type": "text/html"}, "x")
    pet = zoo.models.NewPet(name="x")
    with Server([page, page, page]) as server:
        using(zoo, server, lambda client: client.names.render("é"))
        using(zoo, server, lambda client: client.names.render(pet))
        using(
            zoo,
            server,
            lambda c: c.names.render("x", content_type="text/plain; charset=utf-8"),
        )
        with pytest.raises(ValueError, match="content_type is one of"):
            using(zoo, server, lambda c: c.names.render("x", content_type="text/css"))
        two = "text/plain; a=b\r\nX-Other: 1"
        with pytest.raises(ValueError, match="no media type"):
            using(zoo, server, lambda c: c.names.render("x", content_type=two))
    assert [each.headers["content-type"] for each in server.requests] == [
        "text/plain; charset=utf-8",
        "application/json",
        "text/plain; charset=utf-8",
    ]
    assert server.requests[0].body == "é".encode()
    assert server.requests[1].json == {"name": "x"}


@both
def test_a_form(zoo: ModuleType, using: Using) -> None:
    with Server([DONE]) as server:
        using(zoo, server, lambda c: c.names.form(name="a&b c", tags=["x", "y"]))
    sent = server.requests[0]
    assert sent.headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qsl(sent.body.decode()) == [("name", "a&b c"), ("tags", "x,y")]


@both
def test_content_that_nobody_looks_into(zoo: ModuleType, using: Using) -> None:
    with Server([DONE, DONE, DONE]) as server:
        using(zoo, server, lambda c: c.pets.set_photo("7", b"abc"))
        using(
            zoo,
            server,
            lambda c: c.pets.set_photo(
                "7", io.BytesIO(b"def"), content_type="image/png"
            ),
        )
        using(zoo, server, lambda c: c.pets.set_photo("7", [b"g", b"h"]))
        with pytest.raises(ValueError, match="content_type is one of"):
            using(
                zoo,
                server,
                lambda c: c.pets.set_photo("7", b"", content_type="text/css"),
            )
    assert [each.body for each in server.requests] == [b"abc", b"def", b"gh"]
    assert server.requests[1].headers["content-type"] == "image/png"


@both
def test_a_multipart_body(zoo: ModuleType, using: Using, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(b"on disk")
    opened = io.BytesIO(b"opened")
    about = zoo.models.NewPet(name="Rex")
    with Server([DONE]) as server:
        using(
            zoo,
            server,
            lambda client: client.pets.upload(
                "7",
                file=path,
                more=[opened, ('a"\r\n.bin', b"named", "x/y")],
                note="é",
                about=about,
                labels=["a", "b"],
            ),
        )
    sent = server.requests[0]
    assert sent.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert parts(sent) == [
        ("file", "note.txt", "text/plain", b"on disk"),
        ("more", "more", "application/octet-stream", b"opened"),
        ("more", "a%22%0D%0A.bin", "x/y", b"named"),
        ("note", None, "", "é".encode()),
        ("about", None, "application/json", b'{"name":"Rex"}'),
        ("labels", None, "", b"a"),
        ("labels", None, "", b"b"),
    ]


@both
def test_a_multipart_body_by_wire_names(zoo: ModuleType, using: Using) -> None:
    with Server([DONE]) as server:
        using(zoo, server, lambda c: c.pets.upload("7", {"file": b"x", "note": "y"}))
    sent = server.requests[0]
    assert sent.headers["content-length"] == str(len(sent.body))
    assert [each[0] for each in parts(sent)] == ["file", "note"]


@both
def test_a_multipart_body_that_is_not_fit(zoo: ModuleType, using: Using) -> None:
    def refused(use: Any, message: str) -> None:
        with Server([]) as server, pytest.raises(TypeError, match=message):
            using(zoo, server, use)

    refused(lambda c: c.pets.upload("7"), "needs 'file'")
    refused(lambda c: c.pets.upload("7", file=b"", flie=b""), "no property 'flie'")
    refused(lambda c: c.pets.upload("7", file="text"), "encode text")


def test_pieces_are_sent_once(zoo: ModuleType) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"a"
        yield b"b"

    with Server([DONE, (503, {"retry-after": "0"}, b"")]) as server:
        sync_use(zoo, server, lambda client: client.pets.upload("7", file=pieces()))
        with pytest.raises(zoo.ServiceUnavailable):
            sync_use(zoo, server, lambda client: client.pets.upload("7", file=pieces()))
    assert parts(server.requests[0])[0][3] == b"ab"
    assert len(server.requests) == 2


def test_a_file_on_disk_is_sent_again(zoo: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"x" * 300_000)
    with Server([(503, {"retry-after": "0"}, b""), DONE]) as server:
        sync_use(zoo, server, lambda client: client.pets.upload("7", file=path))
    assert [parts(each)[0][3] for each in server.requests] == [b"x" * 300_000] * 2


def test_async_pieces(zoo: ModuleType) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"a"
        yield b"b"

    with Server([DONE]) as server:
        async_use(zoo, server, lambda client: client.pets.upload("7", file=pieces()))
    assert parts(server.requests[0])[0][3] == b"ab"
