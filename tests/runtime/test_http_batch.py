"""Batches: what is sent, how it is split, and how the answers become results."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import httpx
import pytest
from batches import (
    BOTH,
    NO_CONTENT,
    OK,
    Drive,
    Items,
    Wire,
    always,
    each,
    get_all,
    parts_of,
    sync_batch,
)
from http_service import AsyncClient, Client, Person
from server import Answer, Request, Server

from generator.runtime.calls import NOTHING, make_call
from generator.runtime.errors import (
    NotFound,
    NotModified,
    PreconditionFailed,
    UnexpectedResponse,
    UntrustedLink,
)
from generator.runtime.exchange import Call
from generator.runtime.pages import Page
from generator.runtime.resources import Resource

JSON = "application/json"


@BOTH
def test_what_is_sent(drive: Drive) -> None:
    def fill(client: Any, batch: Any) -> Items:
        people = client.people
        ada = people["ada/lovelace"].with_options(
            headers={"ConsistencyLevel": "eventual"}, query={"$x": "1 2"}
        )
        return [
            batch.submit(ada.get, select=[Person.id, Person.name]),
            batch.submit(people.list, top=5, page_size=2),
            batch.submit(people.create, Person(name="Ada"), returns="minimal"),
            batch.submit(people["1"].delete, if_match='W/"1"'),
            batch.submit(people["1"].rename, name="Ada"),
            batch.submit(people.count),
        ]

    with Server(always(NO_CONTENT)) as server:
        drive(server.url + "/v1", fill)
    assert [request.target for request in server.requests] == ["/v1/$batch"]
    assert server.requests[0].headers["content-type"] == JSON
    assert server.requests[0].headers["accept"] == JSON
    assert server.requests[0].json == {
        "requests": [
            {
                "id": "1",
                "method": "GET",
                "url": "people/ada%2Flovelace?$select=id,displayName&$x=1%202",
                "headers": {"consistencylevel": "eventual"},
            },
            {
                "id": "2",
                "method": "GET",
                "url": "people?$top=5",
                "headers": {"prefer": "odata.maxpagesize=2"},
            },
            {
                "id": "3",
                "method": "POST",
                "url": "people",
                "headers": {"content-type": JSON, "prefer": "return=minimal"},
                "body": {"displayName": "Ada"},
            },
            {
                "id": "4",
                "method": "DELETE",
                "url": "people/1",
                "headers": {"if-match": 'W/"1"'},
            },
            {
                "id": "5",
                "method": "POST",
                "url": "people/1/test.rename",
                "headers": {"content-type": JSON},
                "body": {"name": "Ada"},
            },
            {
                "id": "6",
                "method": "GET",
                "url": "people/$count",
                "headers": {"accept": "text/plain"},
            },
        ]
    }


@BOTH
def test_client_headers_go_with_each_call_and_the_credential_with_the_whole(
    drive: Drive,
) -> None:
    def fill(client: Any, batch: Any) -> Items:
        return [batch.submit(client.people.list, page_size=2)]

    headers = {"Prefer": "a", "X-Tenant": "t", "Accept": "application/json;a=b"}
    with Server(always({"status": 200, "body": {"value": []}})) as server:
        drive(server.url, fill, credential="secret", headers=headers)
    assert parts_of(server)[0][0]["headers"] == {
        "accept": "application/json;a=b",
        "prefer": "odata.maxpagesize=2, a",
        "x-tenant": "t",
    }
    assert server.requests[0].headers["authorization"] == "Bearer secret"
    assert "secret" not in server.requests[0].body.decode()


def test_parameters_of_the_httpx_client_go_along() -> None:
    http = httpx.Client(params={"api-version": "1"})
    with Server(always(OK)) as server, http:
        sync_batch(server.url, get_all(1), http_client=http)
    assert parts_of(server)[0][0]["url"] == "people/1?api-version=1"
    assert server.requests[0].query == {"api-version": "1"}


@BOTH
def test_answers_come_in_any_order(drive: Drive) -> None:
    def answer(part: Wire) -> Wire:
        return {"status": 200, "body": {"id": part["url"].rpartition("/")[2]}}

    with Server(each(answer)) as server:
        items = drive(server.url, get_all(5))
    assert [item.result().id for item in items] == ["1", "2", "3", "4", "5"]
    assert [item.error for item in items] == [None] * 5
    assert [item.response.status_code for item in items if item.response] == [200] * 5


@BOTH
def test_many_calls_are_split(drive: Drive) -> None:
    def answer(part: Wire) -> Wire:
        return {"status": 200, "body": {"id": part["url"].rpartition("/")[2]}}

    with Server(each(answer)) as server:
        items = drive(server.url, get_all(45))
    assert [len(parts) for parts in parts_of(server)] == [20, 20, 5]
    sent = [part["id"] for parts in parts_of(server) for part in parts]
    assert sent == [str(n) for n in range(1, 46)]
    assert [item.result().id for item in items] == sent


@BOTH
def test_the_size_can_be_chosen(drive: Drive) -> None:
    with Server(always(OK)) as server:
        drive(server.url, get_all(5), size=2)
        assert [len(parts) for parts in parts_of(server)] == [2, 2, 1]
        with pytest.raises(ValueError, match="at least, not 0"):
            drive(server.url, get_all(1), size=0)


@BOTH
def test_every_kind_of_result(drive: Drive) -> None:
    answers = {
        "people/1": OK,
        "people?$top=1": {
            "status": 200,
            "body": {"value": [{"id": "1"}], "@odata.nextLink": "/people?$skip=1"},
        },
        "people/1/test.age()": {"status": 200, "body": {"value": 7}},
        "people/1/test.rename": {"status": 204, "body": None},
        "people/test.check": {"status": 200, "body": {"value": ["x"]}},
        "people": {"status": 201, "body": {"id": "2", "displayName": "Bob"}},
    }

    def fill(client: Any, batch: Any) -> Items:
        people = client.people
        return [
            batch.submit(people["1"].get),
            batch.submit(people.list, top=1),
            batch.submit(people["1"].age),
            batch.submit(people["1"].rename, name="A"),
            batch.submit(people.check, ids=["1"]),
            batch.submit(people.create, Person(name="Bob")),
        ]

    with Server(each(lambda part: answers[part["url"]])) as server:
        person, page, age, nothing, checked, made = [
            item.result() for item in drive(server.url, fill)
        ]
    assert person == Person.from_dict(OK["body"])
    assert isinstance(page, Page) and page.next_link == "/people?$skip=1"
    assert [item.id for item in page.items] == ["1"]
    assert (age, nothing, checked.items) == (7, None, ["x"])
    assert made.id == "2"


@BOTH
def test_errors_are_those_of_the_calls_and_raised_by_their_results(
    drive: Drive,
) -> None:
    error = {"code": "gone", "message": "Nobody", "innerError": {"request-id": "r-2"}}
    answers = {
        "people/1": OK,
        "people/2": {"status": 404, "body": {"error": error}},
        "people/3": {"status": 412, "headers": {"Retry-After": "3"}},
        "people/4": NO_CONTENT,
    }

    with Server(each(lambda part: answers[part["url"]])) as server:
        good, missing, changed, empty = drive(server.url, get_all(4))
    assert good.result().name == "Ada"
    with pytest.raises(NotFound, match="gone: Nobody") as raised:
        missing.result()
    assert raised.value is missing.error
    assert (raised.value.code, raised.value.request_id) == ("gone", "r-2")
    assert "GET /people/2" in str(raised.value)
    assert missing.response is raised.value.response
    assert isinstance(changed.error, PreconditionFailed)
    assert changed.error.retry_after == 3.0
    assert isinstance(empty.error, NotFound)


@pytest.mark.parametrize(
    "wire",
    [
        None,
        {"status": "no"},
        {"status": True},
        {"status": 9999},
        {"status": 200, "headers": {"content-type": "image/png"}, "body": "%"},
        {"status": 200, "headers": {"content-type": "text/plain"}, "body": "\ud800"},
        {"status": 200, "body": ["no object"]},
    ],
)
@BOTH
def test_an_answer_that_cannot_be_used(drive: Drive, wire: Wire | None) -> None:
    with Server(each(lambda p: wire if p["id"] == "1" else OK)) as server:
        lacking, good = drive(server.url, get_all(2))
    assert isinstance(lacking.error, UnexpectedResponse)
    assert good.result().name == "Ada"


@pytest.mark.parametrize("body", [{"value": []}, [1], "<html>"])
@BOTH
def test_an_answer_that_is_none_to_a_batch(drive: Drive, body: object) -> None:
    items: Items = []

    def fill(client: Any, batch: Any) -> Items:
        items.extend(get_all(2)(client, batch))
        return items

    with Server([(200, {}, body)]) as server:
        with pytest.raises(UnexpectedResponse) as raised:
            drive(server.url, fill)
    assert [item.error for item in items] == [raised.value] * 2


@BOTH
def test_what_is_no_response_object_is_passed_over(drive: Drive) -> None:
    with Server([(200, {}, {"responses": [1, {"id": "1", **OK}]})]) as server:
        (item,) = drive(server.url, get_all(1))
    assert item.result().name == "Ada"


@BOTH
def test_answers_may_come_in_pieces(drive: Drive) -> None:
    first = {"responses": [{"id": "2", **OK}], "@odata.nextLink": "$batch?page=2"}
    script: list[Answer] = [
        (200, {}, first),
        (200, {}, {"responses": [{"id": "1", "status": 404}]}),
    ]
    with Server(script) as server:
        lacking, good = drive(server.url, get_all(2))
    assert [(r.method, r.target) for r in server.requests] == [
        ("POST", "/$batch"),
        ("GET", "/$batch?page=2"),
    ]
    assert server.requests[1].body == b""
    assert isinstance(lacking.error, NotFound)
    assert good.result().name == "Ada"


@BOTH
def test_a_link_to_further_answers_is_not_followed_elsewhere(drive: Drive) -> None:
    body = {"responses": [], "nextLink": "https://elsewhere.example/"}
    with Server([(200, {}, body)]) as server:
        with pytest.raises(UntrustedLink) as raised:
            drive(server.url, get_all(1))
        assert len(server.requests) == 1
    assert raised.value.may_have_happened


@pytest.mark.parametrize("link", [5, ["/x"], "", None, {}])
@BOTH
def test_what_is_no_link_is_the_end_of_the_answers(drive: Drive, link: object) -> None:
    body = {"responses": [{"id": "1", **OK}], "@odata.nextLink": link}
    with Server([(200, {}, body)]) as server:
        (item,) = drive(server.url, get_all(1))
    assert item.result().name == "Ada"


@pytest.mark.parametrize("link", ["http://a:b/", "https://xn--/"])
@BOTH
def test_a_redirect_to_no_url_fails_alone(drive: Drive, link: str) -> None:
    lost = {"status": 302, "headers": {"location": link}}
    with Server(each(lambda p: lost if p["id"] == "1" else OK)) as server:
        lacking, good = drive(server.url, get_all(2))
    assert isinstance(lacking.error, UntrustedLink)
    assert good.result().name == "Ada"


@BOTH
def test_content_that_is_not_json(drive: Drive) -> None:
    def fill(client: Any, batch: Any) -> Items:
        photo = client.people["1"].photo
        return [
            batch.submit(photo.upload, b"\xfb\xff\x00", content_type="image/png"),
            batch.submit(photo.upload, "é".encode(), content_type="text/plain"),
            batch.submit(photo.upload, b"[1]", content_type="application/a+json;b=c"),
            batch.submit(photo.upload, b""),
        ]

    with Server(always(NO_CONTENT)) as server:
        assert [item.result() for item in drive(server.url, fill)] == [None] * 4
    binary, text, structured, empty = parts_of(server)[0]
    assert binary["headers"] == {"content-type": "image/png"}
    assert binary["url"] == "people/1/photo/$value"
    assert (binary["body"], text["body"]) == ("-_8A", "é")
    assert structured["body"] == [1]
    assert "body" not in empty


@pytest.mark.parametrize(
    ("kind", "body", "content"),
    [
        ("image/png", "-_8A", b"\xfb\xff\x00"),
        ("image/png", "+/8A", b"\xfb\xff\x00"),
        ("image/png", "YQ", b"a"),
        ("text/plain; charset=utf-8", "é", "é".encode()),
        ("application/json", "a", b'"a"'),
        ("image/png", {"a": 1}, b'{"a":1}'),
        ("image/png", None, b""),
    ],
)
@BOTH
def test_answers_that_are_not_json(
    drive: Drive, kind: str, body: object, content: bytes
) -> None:
    # The length is that of a body that travelled alone.
    headers = {"Content-Type": kind, "Content-Length": "99", "ETag": '"ü"'}
    with Server(always({"status": 200, "headers": headers, "body": body})) as server:
        (item,) = drive(
            server.url, lambda c, b: [b.submit(c.people["1"].photo.download)]
        )
    assert item.result() == content
    assert item.response is not None
    assert item.response.headers["content-type"] == kind
    assert item.response.headers["etag"] == '"ü"'
    assert parts_of(server)[0][0]["headers"] == {"accept": "*/*"}


@BOTH
def test_the_text_of_an_error_may_be_of_another_type(drive: Drive) -> None:
    wire = {"status": 404, "headers": {"content-type": "image/png"}, "body": "No."}
    with Server(always(wire)) as server:
        (item,) = drive(
            server.url, lambda c, b: [b.submit(c.people["1"].photo.download)]
        )
    assert isinstance(item.error, NotFound)
    assert item.response is not None and item.response.text == "No."


@BOTH
def test_numbers_keep_all_their_digits(drive: Drive) -> None:
    numbers = '"big":12345678901234567890123,"exact":0.12345678901234567890123'
    headers = {"Content-Type": JSON}

    def answer(request: Request) -> Answer:
        part = f'{{"id":"1","status":200,"body":{{"id":"1",{numbers}}}}}'
        return 200, headers, f'{{"responses":[{part}]}}'

    def fill(client: Any, batch: Any) -> Items:
        person = Person.from_dict(json.loads(f"{{{numbers}}}", parse_float=Decimal))
        return [batch.submit(client.people.create, person)]

    with Server(answer) as server:
        (item,) = drive(server.url, fill)
    assert f'"body":{{{numbers}}}'.encode() in server.requests[0].body
    assert item.result().to_dict()["big"] == 12345678901234567890123
    assert item.result().to_dict()["exact"] == Decimal("0.12345678901234567890123")


@BOTH
def test_a_status_that_the_call_expects_is_read(drive: Drive) -> None:
    known = Person.from_dict({"id": "1", "@odata.etag": '"1"'})

    def fill(client: Any, batch: Any) -> Items:
        place = client.people["1"]
        return [
            batch.submit(place.get, if_none_match=known),
            batch.submit(place.get, if_none_match='"1"'),
        ]

    with Server(always({"status": 304})) as server:
        same, told = drive(server.url, fill)
    assert same.result() is known
    assert isinstance(told.error, NotModified)


@BOTH
def test_what_a_call_goes_on_with_is_a_further_batch(drive: Drive) -> None:
    def answer(part: Wire) -> Wire:
        if part["method"] == "GET":
            return {"status": 200, "body": {"id": part["url"]}}
        location = f"{server.url}/v1/people/7"
        return {"status": 204, "headers": {"OData-EntityId": location}}

    def fill(client: Any, batch: Any) -> Items:
        change = Person(name="B")
        made = batch.submit(client.people.create, Person(name="A"))
        update = client.people["8"].update
        seen = batch.after(made).submit(update, change, returns="representation")
        return [made, seen, batch.submit(client.people["9"].update, change)]

    with Server(each(answer)) as server:
        made, seen, changed = drive(server.url + "/v1", fill)
    assert made.result().id == "people/7"
    assert seen.result().id == "people/8"
    assert changed.result() is None
    first, second = [request.json["requests"] for request in server.requests]
    assert first[1]["dependsOn"] == ["1"]
    assert second == [
        {"id": "1", "method": "GET", "url": "people/7"},
        {"id": "2", "method": "GET", "url": "people/8"},
    ]


@BOTH
def test_a_link_outside_the_service_root_is_asked_alone(drive: Drive) -> None:
    def answer(request: Request) -> Answer:
        if request.method == "GET":
            return 200, {}, {"id": request.path}
        return always({"status": 201, "headers": {"Location": "/v2/people/7"}})(request)

    def fill(client: Any, batch: Any) -> Items:
        return [batch.submit(client.people.create, Person(name="A"))]

    with Server(answer) as server:
        (item,) = drive(server.url + "/v1", fill)
    assert item.result().id == "/v2/people/7"
    assert [r.path for r in server.requests] == ["/v1/$batch", "/v2/people/7"]


@BOTH
def test_a_link_to_another_origin_is_not_followed(drive: Drive) -> None:
    headers = {"Location": "https://elsewhere.example/7"}

    def fill(client: Any, batch: Any) -> Items:
        return [batch.submit(client.people.create, Person(name="A"))]

    with Server(always({"status": 201, "headers": headers})) as server:
        (item,) = drive(server.url, fill)
    assert isinstance(item.error, UntrustedLink)
    assert item.error.may_have_happened


@BOTH
def test_a_failed_look_at_what_was_done_does_not_hide_it(drive: Drive) -> None:
    def answer(part: Wire) -> Wire:
        return {"status": 404 if part["method"] == "GET" else 204}

    def fill(client: Any, batch: Any) -> Items:
        update = client.people["8"].update
        return [batch.submit(update, Person(name="B"), returns="representation")]

    with Server(each(answer)) as server:
        (item,) = drive(server.url, fill)
    assert isinstance(item.error, NotFound)
    assert item.error.may_have_happened


@BOTH
def test_a_redirect_is_followed_alone_and_without_secrets(drive: Drive) -> None:
    def fill(client: Any, batch: Any) -> Items:
        content = client.people["1"].photo.with_options(headers={"X-Key": "secret"})
        first = batch.submit(content.download)
        return [first, batch.after(first).submit(client.people["1"].delete)]

    with Server([(200, {}, b"content")]) as elsewhere:
        headers = {"Location": elsewhere.url + "/file?sig=1"}
        answers: Iterator[Wire] = iter(
            [{"status": 424}, {"status": 302, "headers": headers}, NO_CONTENT]
        )
        with Server(each(lambda part: next(answers))) as server:
            first, second = drive(server.url, fill, credential="secret")
    assert first.result() == b"content"
    assert second.result() is None
    (request,) = elsewhere.requests
    assert request.target == "/file?sig=1"
    assert "secret" not in str(request.headers)
    assert [[p["id"] for p in parts] for parts in parts_of(server)] == [
        ["1", "2"],
        ["2"],
    ]
    assert "dependsOn" not in parts_of(server)[1][0]


@BOTH
def test_a_redirect_to_nowhere_is_the_error_of_its_call(drive: Drive) -> None:
    def answer(request: Request) -> Answer:
        if request.method == "GET":
            return 404, {}, {"error": {"code": "lost", "message": ""}}
        return always({"status": 302, "headers": {"location": "/lost"}})(request)

    with Server(answer) as server:
        (item,) = drive(server.url, get_all(1), credential="token")
    assert isinstance(item.error, NotFound)
    assert item.error.code == "lost"
    assert server.requests[1].headers["authorization"] == "Bearer token"


def test_a_batch_may_have_headers_and_a_credential_of_its_own() -> None:
    with Server(always(OK)) as server, Client(base_url=server.url) as client:
        mine = client.with_options(headers={"Authorization": "Bearer mine", "X-A": "b"})
        with mine.batch() as batch:
            item = batch.submit(mine.people["1"].get)
    assert item.result().name == "Ada"
    assert server.requests[0].headers["authorization"] == "Bearer mine"
    assert server.requests[0].headers["x-a"] == "b"
    assert parts_of(server)[0][0]["headers"] == {"x-a": "b"}


@BOTH
def test_nothing_is_sent_after_an_exception(drive: Drive) -> None:
    def fill(client: Any, batch: Any) -> Items:
        items.extend(get_all(1)(client, batch))
        raise KeyError("mine")

    items: Items = []
    with Server(always(OK)) as server:
        with pytest.raises(KeyError, match="mine"):
            drive(server.url, fill)
        assert server.requests == []
    with pytest.raises(RuntimeError, match="at the end of its `with`, or by send"):
        items[0].result()
    assert items[0].response is None


@BOTH
def test_an_empty_batch_sends_nothing(drive: Drive) -> None:
    with Server(always(OK)) as server:
        assert drive(server.url, lambda client, batch: []) == []
        assert server.requests == []


def test_a_batch_may_be_sent_step_by_step() -> None:
    with Server(always(OK)) as server, Client(base_url=server.url) as client:
        with client.batch() as batch:
            first = batch.submit(client.people["1"].get)
            with pytest.raises(RuntimeError):
                assert first.error
            batch.send()
            assert first.result().name == "Ada"
            second = batch.after(first).submit(client.people["2"].get)
        batch.send()
    assert second.result().name == "Ada"
    assert parts_of(server) == [
        [{"id": "1", "method": "GET", "url": "people/1"}],
        [{"id": "2", "method": "GET", "url": "people/2"}],
    ]


def test_an_async_batch_may_be_sent_step_by_step() -> None:
    async def run(url: str) -> None:
        async with AsyncClient(base_url=url) as client:
            batch = client.batch()
            first = batch.submit(client.people["1"].get)
            await batch.send()
            assert first.result().name == "Ada"
            batch.submit(client.people["2"].get)
            await batch.send()

    with Server(always(OK)) as server:
        asyncio.run(run(server.url))
    assert [[p["url"] for p in parts] for parts in parts_of(server)] == [
        ["people/1"],
        ["people/2"],
    ]


class Odd(Resource):
    """A place whose calls cannot be part of a batch."""

    __slots__ = ()

    def elsewhere(self) -> None:
        self._send(Call("GET", "https://elsewhere.example/v1/a", NOTHING))

    def above(self) -> None:
        self._send(Call("GET", self._at.transport.base_url[:-1], NOTHING))

    def pieces(self) -> None:
        self._send(make_call(self._at, "PUT", NOTHING, {}, iter([b"a"])))

    def not_json(self) -> None:
        content_type = {"content-type": JSON}
        self._send(make_call(self._at, "PUT", NOTHING, content_type, b"{]"))


def test_what_cannot_be_part_of_a_batch_is_refused_when_it_is_submitted() -> None:
    with Client(base_url="https://host.example/v1") as client:
        batch = client.batch()
        odd = Odd.at(client, "/odd")
        for method in (odd.elsewhere, odd.above, odd.not_json, print):
            with pytest.raises(ValueError):
                batch.submit(method)
        own = {"Authorization": "Bearer mine"}
        with pytest.raises(ValueError, match="authorization of its own"):
            batch.submit(client.people["1"].get, headers=own)
        with pytest.raises(TypeError, match="piece by piece"):
            batch.submit(odd.pieces)
        with pytest.raises(TypeError, match="not a single call"):
            batch.submit(client.people.__getitem__, "1")
        with Client(base_url="https://host.example/v1") as other:
            with pytest.raises(ValueError, match="of this client"):
                batch.submit(other.people["1"].get)
        batch.send()


def test_a_package_without_batches_imports_nothing_for_them() -> None:
    program = (
        "import sys, generator.runtime.client\n"
        "names = ('batch', 'batch_parts', 'batch_steps', 'prepared', 'steps', 'pages')\n"
        "print([n for n in names if f'generator.runtime.{n}' in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"
