"""Verbs: what each one sends and how it reads the answer, sync and async alike."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import pytest
from http_service import AsyncClient, Client, Person
from server import Answer, Request, Server

from generator.runtime.calls import NOTHING, action_call
from generator.runtime.errors import NotFound, UnexpectedResponse

T = TypeVar("T")

ADA = {"id": "1", "displayName": "Ada"}
JSON = "application/json"


def called(answer: Answer, call: Callable[[Client], T]) -> tuple[T, Request]:
    """Make one call of the sync client; give its result and the request."""
    with Server([answer]) as server, Client(base_url=server.url) as client:
        return call(client), server.requests[0]


def acalled(
    answer: Answer, call: Callable[[AsyncClient], Awaitable[T]]
) -> tuple[T, Request]:
    """The same by the async client."""

    async def run() -> T:
        async with AsyncClient(base_url=server.url) as client:
            return await call(client)

    with Server([answer]) as server:
        return asyncio.run(run()), server.requests[0]


def line(request: Request) -> str:
    return f"{request.method} {request.target}"


def test_get_reads_an_object() -> None:
    person, request = called(
        (200, {}, ADA), lambda c: c.people["1"].get(select=[Person.id, Person.name])
    )
    assert person == Person.from_dict(ADA)
    assert line(request) == "GET /people/1?$select=id,displayName"
    assert request.headers["accept"] == JSON
    assert "content-type" not in request.headers
    assert len(request.headers["client-request-id"]) == 36


def test_get_of_an_empty_place_is_not_found() -> None:
    with pytest.raises(NotFound) as raised:
        called((204, {}, b""), lambda c: c.people["1"].get())
    assert raised.value.status == 204


def test_create_posts_what_is_set() -> None:
    new = Person(name="Ada", job=None)
    person, request = called((201, {}, ADA), lambda c: c.people.create(new))
    assert person.id == "1"
    assert line(request) == "POST /people"
    assert request.json == {"displayName": "Ada", "jobTitle": None}
    assert request.headers["content-type"] == JSON


def test_create_without_an_answer_says_that_it_was_done() -> None:
    with pytest.raises(UnexpectedResponse, match="done, but"):
        called((204, {}, b""), lambda c: c.people.create(Person(name="Ada")))


def test_update_patches_the_changes_and_may_answer_nothing() -> None:
    def change(client: Client) -> Person | None:
        person = client.people["1"].get()
        person.job = "Countess"
        return client.people["1"].update(person)

    with Server([(200, {}, ADA), (204, {}, b"")]) as server:
        with Client(base_url=server.url) as client:
            assert change(client) is None
    assert line(server.requests[1]) == "PATCH /people/1"
    assert server.requests[1].json == {"jobTitle": "Countess"}


def test_update_gives_the_object_that_is_sent_back() -> None:
    person, _ = called((200, {}, ADA), lambda c: c.people["1"].update(Person.patch()))
    assert person == Person.from_dict(ADA)


def test_replace_puts() -> None:
    result, request = called(
        (204, {}, b""), lambda c: c.people["1"].replace(Person(name="Ada"))
    )
    assert result is None
    assert line(request) == "PUT /people/1"
    assert request.json == {"displayName": "Ada"}


def test_delete_sends_the_callers_headers() -> None:
    _, request = called(
        (204, {}, b""), lambda c: c.people["1"].delete(headers={"If-Match": '"e"'})
    )
    assert line(request) == "DELETE /people/1"
    assert request.headers["if-match"] == '"e"'


def test_count_reads_plain_text() -> None:
    number, request = called(
        (200, {"Content-Type": "text/plain"}, "\ufeff42"),
        lambda c: c.people.count(filter=Person.job == "x"),
    )
    assert number == 42
    assert line(request) == "GET /people/$count?$filter=jobTitle%20eq%20'x'"
    assert request.headers["accept"] == "text/plain"


@pytest.mark.parametrize("text", ["many", "", "-1", "1.5", "7" * 5000])
def test_a_count_that_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(UnexpectedResponse, match="no number"):
        called((200, {}, text), lambda c: c.people.count())


def test_references_are_set_added_and_removed() -> None:
    with Server([(204, {}, b"")] * 5) as server:
        with Client(base_url=server.url) as client:
            ada = client.people["1"]
            ada.manager.set_reference(client.people["2"])
            ada.manager.remove_reference()
            ada.reports.add_reference("/people/3")
            ada.reports.add_reference("https://elsewhere/people/4")
            ada.reports.remove_reference("3")
    assert [line(request) for request in server.requests] == [
        "PUT /people/1/manager/$ref",
        "DELETE /people/1/manager/$ref",
        "POST /people/1/reports/$ref",
        "POST /people/1/reports/$ref",
        "DELETE /people/1/reports/3/$ref",
    ]
    sent = [request.json for request in server.requests if request.body]
    assert sent == [
        {"@odata.id": f"{server.url}/people/2"},
        {"@odata.id": f"{server.url}/people/3"},
        {"@odata.id": "https://elsewhere/people/4"},
    ]


def test_a_stream_is_downloaded_uploaded_and_deleted() -> None:
    answers: list[Answer] = [
        (200, {"Content-Type": "image/png"}, b"\x89PNG"),
        (204, {}, b""),
    ]
    with Server([*answers, (204, {}, b"")]) as server:
        with Client(base_url=server.url) as client:
            photo = client.people["1"].photo
            assert photo.download() == b"\x89PNG"
            photo.upload(b"\x00\xff", content_type="image/png")
            photo.delete()
    down, up, gone = server.requests
    assert line(down) == "GET /people/1/photo/$value"
    assert down.headers["accept"] == "*/*"
    assert (up.method, up.body) == ("PUT", b"\x00\xff")
    assert up.headers["content-type"] == "image/png"
    assert gone.method == "DELETE"


def test_an_action_sends_what_is_given() -> None:
    moment = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.timezone.utc)
    with Server([(204, {}, b"")] * 3) as server:
        with Client(base_url=server.url) as client:
            client.people["1"].rename(name="B")
            client.people["1"].rename(name="B", since=None)
            client.people["1"].rename(name="B", since=moment)
    assert [request.json for request in server.requests] == [
        {"name": "B"},
        {"name": "B", "since": None},
        {"name": "B", "since": "2026-01-02T03:04:05Z"},
    ]
    assert line(server.requests[0]) == "POST /people/1/test.rename"


def test_an_object_given_to_an_action_is_written_as_it_would_be_created() -> None:
    read = Person.from_dict({"@odata.etag": "W/1", "id": "1", "displayName": "A"})
    at = Client(base_url="https://host/api").people._at
    call = action_call(at, "greet", {"person": read, "others": [read]}, NOTHING)
    assert json.loads(call.content or b"") == {
        "person": {"displayName": "A"},
        "others": [{"displayName": "A"}],
    }


def test_an_action_without_parameters_has_no_body() -> None:
    _, request = called((200, {}, b""), lambda c: c.ping())
    assert line(request) == "POST /ping"
    assert request.body == b""
    assert "content-type" not in request.headers
    assert request.headers["content-length"] == "0"


@pytest.mark.parametrize(
    "answer", [(204, {}, b""), (200, {}, b""), (202, {}, "not JSON at all")]
)
def test_what_answers_nothing_ignores_what_comes(answer: Answer) -> None:
    called(answer, lambda c: c.ping())


def test_an_object_result_is_the_body_itself() -> None:
    body = {"@odata.context": "x", "value": 1, **ADA}
    person, _ = called((200, {}, body), lambda c: c.people["1"].touch())
    assert person is not None
    assert person.name == "Ada"


def test_an_optional_result_may_be_missing() -> None:
    person, _ = called((204, {}, b""), lambda c: c.people["1"].touch())
    assert person is None
    text, _ = called(
        (200, {}, {"value": None}), lambda c: c.people["1"].resemble(persons=[])
    )
    assert text is None


@pytest.mark.parametrize(
    "null",
    [
        {"@odata.context": "https://host/$metadata#Edm.Null", "value": None},
        {"@context": "$metadata#Edm.Null", "value": None},
        {"@odata.context": "https://host/$metadata#Edm.Null", "@odata.null": True},
        {"@odata.null": True},
    ],
)
def test_a_null_result_is_no_object(null: dict[str, Any]) -> None:
    """Services of Microsoft's libraries answer so where OData wants 204."""
    person, _ = called((200, {}, null), lambda c: c.people["1"].touch())
    assert person is None
    text, _ = called((200, {}, null), lambda c: c.people["1"].resemble(persons=[]))
    assert text is None
    with pytest.raises(UnexpectedResponse, match="no value where"):
        called((200, {}, null), lambda c: c.people["1"].age(at=dt.date(2026, 1, 2)))


def test_an_object_may_have_a_value_that_is_null() -> None:
    body = {"@odata.context": "https://host/$metadata#test.person", "value": None}
    person, _ = called((200, {}, body), lambda c: c.people["1"].touch())
    assert person is not None
    assert person.to_dict() == body


def test_a_plain_result_stands_under_value() -> None:
    age, request = called(
        (200, {}, {"@odata.context": "x", "value": 36}),
        lambda c: c.people["1"].age(at=dt.date(2026, 1, 2)),
    )
    assert age == 36
    assert line(request) == "GET /people/1/test.age(at=2026-01-02)"


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        ((204, {}, b""), "no value where"),
        ((200, {}, {"value": None}), "no value where"),
        ((200, {}, {"other": 1}), "no value under"),
        ((200, {}, {"value": "x"}), "does not fit"),
        ((200, {}, [1]), "not a JSON object"),
        ((200, {"Content-Type": "text/html"}, "<html>"), "not JSON: 200, text/html"),
    ],
)
def test_a_result_that_cannot_be_used_is_refused(answer: Answer, what: str) -> None:
    with pytest.raises(UnexpectedResponse, match=what) as raised:
        called(answer, lambda c: c.people["1"].age())
    assert raised.value.response is not None


def test_a_function_may_answer_bytes_and_lead_on() -> None:
    report, request = called((200, {}, b"a,b"), lambda c: c.people["1"].report())
    assert report == b"a,b"
    assert request.headers["accept"] == "*/*"
    _, onward = called(
        (200, {}, ADA), lambda c: c.people["1"].by_path(path="/x y").manager.get()
    )
    assert onward.target == "/people/1/test.byPath(path='%2Fx%20y')/manager"


def test_json_parameters_travel_as_aliases() -> None:
    _, request = called(
        (200, {}, {"value": "Ada"}),
        lambda c: c.people["1"].resemble(persons=[Person(name="B&C")]),
    )
    assert request.path == "/people/1/test.resemble(persons=@p1)"
    assert request.query == {"@p1": '[{"displayName":"B&C"}]'}


def test_an_alternate_key_stands_in_parentheses() -> None:
    _, request = called(
        (200, {}, ADA), lambda c: c.people.by_badge(site="O'x", number=7).get()
    )
    assert request.target == "/people(site='O''x',number=7)"


def test_the_async_verbs_send_the_same() -> None:
    person, request = acalled(
        (201, {}, ADA), lambda c: c.people.create(Person(name="A"))
    )
    assert person.id == "1"
    assert (line(request), request.json) == ("POST /people", {"displayName": "A"})
    got, request = acalled((200, {}, ADA), lambda c: c.people["1"].get(expand="x"))
    assert (got.name, line(request)) == ("Ada", "GET /people/1?$expand=x")
    changed, request = acalled(
        (204, {}, b""), lambda c: c.people["1"].update(Person(name="B"))
    )
    assert (changed, request.method, request.json) == (
        None,
        "PATCH",
        {"displayName": "B"},
    )
    number, request = acalled((200, {}, "3"), lambda c: c.people.count(search="x"))
    assert (number, line(request)) == (3, "GET /people/$count?$search=x")
    _, request = acalled((204, {}, b""), lambda c: c.people["1"].rename(name="B"))
    assert (line(request), request.json) == (
        "POST /people/1/test.rename",
        {"name": "B"},
    )
    age, _ = acalled((200, {}, {"value": 3}), lambda c: c.people["1"].age())
    assert age == 3


def test_the_async_twin_of_references_and_streams() -> None:
    async def run(client: AsyncClient) -> bytes:
        ada = client.people["1"]
        await ada.manager.set_reference(client.people["2"])
        await ada.reports.remove_reference("3")
        await ada.replace(Person(name="Ada"))
        await ada.delete()
        await ada.photo.upload(b"x")
        return await ada.photo.download()

    done: list[Answer] = [(204, {}, b"")] * 5
    with Server([*done, (200, {}, b"y")]) as server:

        async def session() -> bytes:
            async with AsyncClient(base_url=server.url) as client:
                return await run(client)

        assert asyncio.run(session()) == b"y"
    assert [line(request) for request in server.requests] == [
        "PUT /people/1/manager/$ref",
        "DELETE /people/1/reports/3/$ref",
        "PUT /people/1",
        "DELETE /people/1",
        "PUT /people/1/photo/$value",
        "GET /people/1/photo/$value",
    ]
