"""Batches: how the answers become the results and errors of their calls."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from batches import (
    BOTH,
    JSON,
    NO_CONTENT,
    OK,
    Drive,
    Items,
    Wire,
    always,
    each,
    get_all,
    parts_of,
)
from http_service import Person
from server import Answer, Request, Server

from generator.runtime.errors import (
    NotFound,
    NotModified,
    PreconditionFailed,
    UnexpectedResponse,
)
from generator.runtime.pages import Page


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
