"""Batches whose answers lead on: further answers, further calls and redirects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

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
)
from http_service import Person
from server import Answer, Request, Server

from generator.runtime.errors import NotFound, UntrustedLink


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


@pytest.mark.parametrize("link", ["http://a:b/", "https://xn--/"])
@BOTH
def test_a_redirect_to_no_url_fails_alone(drive: Drive, link: str) -> None:
    lost = {"status": 302, "headers": {"location": link}}
    with Server(each(lambda p: lost if p["id"] == "1" else OK)) as server:
        lacking, good = drive(server.url, get_all(2))
    assert isinstance(lacking.error, UntrustedLink)
    assert good.result().name == "Ada"
