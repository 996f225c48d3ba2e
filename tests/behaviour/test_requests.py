"""Requests of a generated package: parameters, results and errors, sync and async."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
from requests_api import DOCUMENT, PATHS, imported, written
from server import Answer, Request, Server
from zoo_client import Using, both, sync_use, zoo

from generator.runtime.lines import LineReader

__all__ = ["zoo"]

DONE = (204, {}, b"")
PET = (200, {}, {"id": 7, "name": "Rex"})


@both
def test_parameters_go_where_the_description_says(
    zoo: ModuleType, using: Using
) -> None:
    moment = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.timezone.utc)
    with Server([(200, {}, [{"id": 7, "name": "Rex"}])]) as server:
        pets = using(
            zoo,
            server,
            lambda client: client.pets.list(
                kind=zoo.models.Kind.CAT,
                since=moment,
                alive=True,
                id="q",
                id_header="h",
                class_="c",
            ),
        )
    assert [pet.name for pet in pets] == ["Rex"]
    sent = server.requests[0]
    assert (sent.method, sent.path) == ("GET", "/pets")
    assert sent.query == {
        "kind": "cat",
        "since": "2026-01-02T03:04:05Z",
        "alive": "true",
        "id": "q",
        "class": "c",
    }
    assert sent.headers["id"] == "h"
    assert sent.headers["accept"] == "application/json"


@both
def test_null_is_left_out_where_it_may_be_given(zoo: ModuleType, using: Using) -> None:
    names = ("text", "day", "texts", "one", "x_one", "two")
    none = dict.fromkeys((*names, "json"))
    some = {"text": "a", "one": 1, "x_one": 2, "two": 3, "json": 4}
    with Server([DONE] * 2) as server:
        using(zoo, server, lambda client: client.names.find(**none))
        using(zoo, server, lambda client: client.names.find(**some))
        with pytest.raises(TypeError, match="never: expected text, not NoneType"):
            using(zoo, server, lambda client: client.names.find(never=None))
    null, given = server.requests
    assert null.query == {"json": "null"}
    assert {"x-one", "cookie"}.isdisjoint(null.headers)
    assert given.query == {"text": "a", "one": "1", "json": "4"}
    assert (given.headers["x-one"], given.headers["cookie"]) == ("2", "two=3")


@both
def test_a_time_may_have_a_zone(zoo: ModuleType, using: Using) -> None:
    zones = (dt.timezone.utc, dt.timezone(dt.timedelta(hours=2)), None)
    with Server([DONE] * 3) as server:
        for zone in zones:
            time = dt.time(7, 30, tzinfo=zone)
            using(zoo, server, lambda client: client.names.find(at=time))
    sent = [request.query["at"] for request in server.requests]
    assert sent == ["07:30:00Z", "07:30:00+02:00", "07:30:00"]


@both
def test_what_belongs_to_odata_is_not_sent(zoo: ModuleType, using: Using) -> None:
    with Server([DONE]) as server:
        using(zoo, server, lambda client: client.pets.delete("1"))
    assert {"prefer", "client-request-id", "odata-version"}.isdisjoint(
        server.requests[0].headers
    )
    assert server.requests[0].headers["accept"] == "*/*"
    for name in ("batch", "start"):
        assert not hasattr(zoo.Client, name)


@both
def test_a_value_stays_in_its_segment(zoo: ModuleType, using: Using) -> None:
    with Server([PET]) as server:
        using(zoo, server, lambda c: c.pets.get("../a?b#c", id_query="x&y=z"))
    assert server.requests[0].segments == ["pets", "../a?b#c"]
    assert server.requests[0].query == {"id": "x&y=z"}


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_a_value_that_leads_elsewhere_is_refused(zoo: ModuleType, value: str) -> None:
    with Server([]) as server:
        with pytest.raises(ValueError):
            sync_use(zoo, server, lambda client: client.pets.get(value))
    assert server.requests == []


@both
def test_a_result_by_status(zoo: ModuleType, using: Using) -> None:
    script = [PET, DONE, (202, {}, {"message": "later"}), (203, {}, {"id": 8})]
    with Server(script) as server:
        assert using(zoo, server, lambda c: c.pets.get("7")).id == 7
        assert using(zoo, server, lambda c: c.pets.get("7")) is None
        later = using(zoo, server, lambda c: c.pets.update("7"))
        other = using(zoo, server, lambda c: c.pets.get("7"))
    assert isinstance(later, zoo.models.Problem)
    assert later.message == "later"
    assert isinstance(other, zoo.models.Pet)


@both
def test_a_result_of_another_kind(zoo: ModuleType, using: Using) -> None:
    script = [
        (200, {"content-type": "image/png"}, b"\x89PNG"),
        (200, {"content-type": "text/html; charset=latin-1"}, "é".encode("latin-1")),
        (200, {}, {"cats": 3}),
    ]
    with Server(script) as server:
        assert using(zoo, server, lambda c: c.pets.photo("7")) == b"\x89PNG"
        assert using(zoo, server, lambda c: c.names.render("x")) == "é"
        chosen = zoo.models.NamesCountFilter(a="x")
        counts = using(zoo, server, lambda c: c.names.count(filter=chosen))
    assert dict(counts) == {"cats": 3}
    assert server.requests[0].headers["accept"] == "image/png"
    assert server.requests[1].headers["accept"] == "text/html"
    assert server.requests[2].query == {"filter": '{"a":"x"}'}


@both
@pytest.mark.parametrize("answer", [b"", b"null", b"{", b"[]"])
def test_an_answer_that_does_not_fit(
    zoo: ModuleType, using: Using, answer: bytes
) -> None:
    with Server([(201, {"content-type": "application/json"}, answer)]) as server:
        with pytest.raises(zoo.UnexpectedResponse):
            using(zoo, server, lambda client: client.pets.create(name="x"))


@both
def test_errors_have_the_type_of_their_status(zoo: ModuleType, using: Using) -> None:
    problem = {"message": "no such pet", "code": "none"}
    with Server([(404, {}, problem), (409, {}, [problem]), (404, {}, "?")]) as server:
        with pytest.raises(zoo.NotFound) as none:
            using(zoo, server, lambda client: client.pets.get("7"))
        with pytest.raises(zoo.Conflict) as conflict:
            using(zoo, server, lambda client: client.pets.get("7"))
        with pytest.raises(zoo.NotFound) as strange:
            using(zoo, server, lambda client: client.pets.get("7"))
    error = none.value
    assert (error.status, error.code, error.message) == (404, "none", "no such pet")
    assert error.body == problem
    assert error.as_(zoo.models.Problem).message == "no such pet"
    assert isinstance(error.model, zoo.models.Problem)
    assert [each.code for each in conflict.value.model] == ["none"]
    assert conflict.value.message == "no such pet"
    assert strange.value.body == "?"
    assert strange.value.model is None
    with pytest.raises(zoo.UnexpectedResponse):
        strange.value.as_(zoo.models.Problem)


@both
def test_redirects(zoo: ModuleType, using: Using) -> None:
    def script(request: Request) -> Answer:
        if request.path == "/moved":
            status = 302 if request.method == "GET" else 303
            return status, {"location": "/there"}, b""
        return 200, {}, b"content"

    with Server(script) as server:
        assert using(zoo, server, lambda client: client.moved()) == b"content"
        assert using(zoo, server, lambda client: client.move()) is None
    assert [each.path for each in server.requests] == ["/moved", "/there", "/moved"]


@both
def test_304_says_that_nothing_has_changed(zoo: ModuleType, using: Using) -> None:
    def use(client: Any) -> Any:
        return client.pets.with_options(headers={"if-none-match": '"1"'}).get("7")

    with Server([(304, {}, b"")]) as server, pytest.raises(zoo.NotModified):
        using(zoo, server, use)
    assert server.requests[0].headers["if-none-match"] == '"1"'


def test_options_of_a_tag(zoo: ModuleType) -> None:
    def use(client: Any) -> Any:
        pets = client.pets.with_options(headers={"X-A": "1"}, query={"trace": "yes"})
        return pets.get("7", id_query="q")

    with Server([PET]) as server:
        sync_use(zoo, server, use)
    assert server.requests[0].query == {"id": "q", "trace": "yes"}
    assert server.requests[0].headers["x-a"] == "1"


def test_a_prepared_request(zoo: ModuleType) -> None:
    with Server([PET]) as server, zoo.Client(base_url=server.url) as client:
        prepared = client.prepare(client.pets.get, "7", id_query="q")
        assert prepared.url == f"{server.url}/pets/7?id=q"
        assert server.requests == []
        answer = prepared.send()
    assert (answer.status, answer.value.name) == (200, "Rex")


def test_streams_of_any_operation(zoo: ModuleType) -> None:
    script = [(200, {}, b"abc"), (404, {}, {"message": "none"})]
    with Server(script) as server, zoo.Client(base_url=server.url) as client:
        with client.stream(client.pets.photo, "7") as photo:
            assert b"".join(photo) == b"abc"
        with pytest.raises(zoo.NotFound, match="none"):
            with client.stream(client.pets.get, "7"):
                pass


EVENTS = (
    ": a comment\nevent: made\nid: 1\nretry: 10\ndata: a\ndata:b\n\n"
    "event: empty\n\ndata: c\n\ndata: not ended"
)


def test_events_and_lines(zoo: ModuleType) -> None:
    made = zoo.ServerEvent("made", "a\nb", "1", 10)
    other = zoo.ServerEvent("message", "c", "1", 10)
    script = [(200, {}, EVENTS), (200, {}, b'{"a": 1}\n{"a": 2}\n')]
    with Server(script) as server, zoo.Client(base_url=server.url) as client:
        with client.stream(client.pets.photo, "7") as stream:
            assert [*stream.events()] == [made, other]
        with client.stream(client.pets.photo, "7") as stream:
            assert [*stream.lines()] == ['{"a": 1}', '{"a": 2}']


ODD = "a\x0bb\x0c\x1cc\x85d\u2028e\u2029f"
"""Characters at which Python ends a line, and neither events nor JSON Lines do."""


def test_lines_end_where_those_of_files_do(zoo: ModuleType) -> None:
    events = f"\ufeffdata: {ODD}\r\rdata: 2\r\n\r\n"
    lines = f'\ufeff"{ODD}"\r\n2\r3\n\n4'
    script = [(200, {}, events.encode()), (200, {}, lines.encode())]
    with Server(script * 2) as server:

        def sync() -> tuple[list[str], list[str]]:
            with zoo.Client(base_url=server.url) as client:
                with client.stream(client.pets.photo, "7") as stream:
                    told = [event.data for event in stream.events()]
                with client.stream(client.pets.photo, "7") as stream:
                    return told, list(stream.lines())

        async def awaited() -> tuple[list[str], list[str]]:
            async with zoo.AsyncClient(base_url=server.url) as client:
                async with client.stream(client.pets.photo, "7") as stream:
                    told = [event.data async for event in stream.events()]
                async with client.stream(client.pets.photo, "7") as stream:
                    return told, [line async for line in stream.lines()]

        expected = [ODD, "2"], [f'"{ODD}"', "2", "3", "", "4"]
        assert sync() == expected
        assert asyncio.run(awaited()) == expected


@pytest.mark.parametrize("size", range(1, 9))
def test_lines_are_put_together_of_any_pieces(size: int) -> None:
    text = "\ufeff\ufeffa\r\n\r\nb\r\rc\n\nd\u2028"
    reader = LineReader()
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    lines = [line for piece in ["", *pieces] for line in reader.read(piece)]
    assert [*lines, *reader.end()] == ["\ufeffa", "", "b", "", "c", "", "d\u2028"]
    assert reader.end() == []


def test_async_events(zoo: ModuleType) -> None:
    async def run(url: str) -> list[str]:
        async with zoo.AsyncClient(base_url=url) as client:
            async with client.stream(client.pets.photo, "7") as stream:
                return [each.data async for each in stream.events()]

    with Server([(200, {}, EVENTS)]) as server:
        assert asyncio.run(run(server.url)) == ["a\nb", "c"]


def test_async_streams(zoo: ModuleType) -> None:
    async def run(url: str) -> bytes:
        async with zoo.AsyncClient(base_url=url) as client:
            async with client.stream(client.pets.photo, "7") as photo:
                return b"".join([piece async for piece in photo])

    with Server([(200, {}, b"abc")]) as server:
        assert asyncio.run(run(server.url)) == b"abc"


def test_a_path_of_several_segments(zoo: ModuleType) -> None:
    with Server([(200, {}, b"x")]) as server:
        read = sync_use(zoo, server, lambda c: c.files.read("docs/read me.md"))
    assert read == b"x"
    assert server.requests[0].path == "/files/docs/read%20me.md"


def test_where_the_service_is(zoo: ModuleType) -> None:
    def url(client: Any) -> str:
        prepared = client.prepare(client.pets.delete, "7")
        return str(prepared.url)

    with zoo.Client() as client:
        assert url(client) == "https://eu.zoo.example/v1/pets/7"
        sending = client.prepare(client.files.send)
        assert sending.url == "http://localhost:1/up/uploads"
    with zoo.Client(region="us") as client:
        assert url(client) == "https://us.zoo.example/v1/pets/7"
    with zoo.Client(base_url="https://own.example") as client:
        assert url(client) == "https://own.example/pets/7"
        assert client.prepare(client.files.send).url == "https://own.example/uploads"


@pytest.mark.parametrize(
    ("address", "expected", "is_home"),
    [
        ("/up", "https://eu.zoo.example/up/uploads", True),
        ("up/2", "https://eu.zoo.example/v1/up/2/uploads", True),
        ("../v2", "https://eu.zoo.example/v2/uploads", True),
        ("//other.example/up", "https://other.example/up/uploads", False),
    ],
)
def test_a_server_that_is_found_from_that_of_the_client(
    tmp_path: Path, address: str, expected: str, is_home: bool
) -> None:
    path = {"post": {**PATHS["/uploads"]["post"], "servers": [{"url": address}]}}
    document = {**DOCUMENT, "paths": {"/uploads": path}}
    package = written(tmp_path, "moved_away", document).name
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(204)

    with imported(tmp_path, package) as made:
        made.Client("token", transport=httpx.MockTransport(answer)).files.send()
    assert str(sent[0].url) == expected
    assert ("authorization" in sent[0].headers) is is_home


def test_only_what_is_used_is_imported(zoo: ModuleType) -> None:
    name = zoo.__name__
    program = f"""
import sys, {name}
client = {name}.Client()
client.pets
print(*sorted(m for m in sys.modules if m.startswith("{name}")))
"""
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(str(zoo.__file__)).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    found = {each.removeprefix(f"{name}.") for each in run.stdout.split()}
    assert {each for each in found if each.startswith("resources.")} == {
        "resources.pets"
    }
    lazy = "batch delta pages linked prepared streams multipart links problems resources aio"
    assert not found & {f"_runtime.{each}" for each in lazy.split()}
    assert not any(each.startswith("models") for each in found)


def test_a_key_in_the_query_is_not_logged(
    zoo: ModuleType, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    script = [(503, {"retry-after": "0"}, b""), (400, {}, {"message": "no"})]
    with Server(script) as server:
        with pytest.raises(zoo.BadRequest) as error:
            sync_use(
                zoo,
                server,
                lambda client: client.doors.either(),
                credentials={"query_key": "s3cr3t key"},
            )
    assert [each.query for each in server.requests] == [{"api_key": "s3cr3t key"}] * 2
    assert "s3cr3t" not in caplog.text + str(error.value)
    assert f"GET {server.url}/either?api_key=..." in caplog.text


@both
def test_another_media_type_may_be_asked_for(zoo: ModuleType, using: Using) -> None:
    with Server([PET, PET]) as server:
        using(zoo, server, lambda client: client.pets.get("7"))
        asked = {"Accept": "application/vnd.zoo+json"}
        using(
            zoo, server, lambda client: client.pets.with_options(headers=asked).get("7")
        )
    kinds = [each.headers["accept"] for each in server.requests]
    assert kinds == ["application/json", "application/vnd.zoo+json"]
