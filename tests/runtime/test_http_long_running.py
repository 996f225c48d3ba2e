"""Long-running operations: what is asked, how long is waited, how they end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from email.utils import formatdate
from typing import Any, Never

import pytest
from http_service import AsyncClient, Client, Person
from long_runs import ACCEPTED, ADA, HTTP, MONITOR, pausing, told
from server import Answer, Server

from generator.runtime.errors import (
    CallError,
    Conflict,
    NotFound,
    OperationFailed,
    UnexpectedResponse,
)
from generator.runtime.long_running import AsyncLongRunning, LongRunning
from generator.runtime.retry import A_YEAR, Retry


class Ended:
    """How a long-running `touch` of a person ended, sync or async."""

    def __init__(self, script: list[Answer], *, awaited: bool) -> None:
        self.pauses: list[float] = []
        self.result: object = None
        self.error: CallError | None = None
        self.operation: LongRunning[Any] | AsyncLongRunning[Any]
        retry = pausing(self.pauses)
        with Server(script) as server:
            try:
                if awaited:
                    asyncio.run(self._arun(server.url, retry))
                else:
                    self._run(server.url, retry)
            except CallError as error:
                self.error = error
        self.requests = server.requests

    def _run(self, url: str, retry: Retry) -> None:
        with Client("tok", base_url=url, retry=retry) as client:
            operation = self.operation = client.start(client.people["1"].touch)
            self.result = operation.wait()

    async def _arun(self, url: str, retry: Retry) -> None:
        async with AsyncClient("tok", base_url=url, retry=retry) as client:
            operation = await client.start(client.people["1"].touch)
            self.operation = operation
            self.result = await operation.wait()

    @property
    def lines(self) -> list[str]:
        return [f"{each.method} {each.target}" for each in self.requests]


@pytest.fixture(params=["sync", "async"])
def ended(request: pytest.FixtureRequest) -> Callable[..., Ended]:
    awaited = request.param == "async"
    return lambda *script: Ended(list(script), awaited=awaited)


def test_what_is_answered_at_once_is_done_at_once(ended: Callable[..., Ended]) -> None:
    end = ended((200, {}, ADA))
    assert end.result == Person.from_dict(ADA)
    assert end.operation.is_done
    assert (end.operation.url, end.operation.status) == ("", "")
    assert end.requests[0].headers["prefer"] == "respond-async"
    assert end.pauses == []


def test_a_monitor_is_asked_until_it_names_the_result(
    ended: Callable[..., Ended],
) -> None:
    end = ended(
        (202, {"Location": MONITOR, "Retry-After": "2"}, b""),
        told("notStarted"),
        (202, {"Retry-After": "5"}, {"status": "running", "percentageComplete": 40.5}),
        (202, {"Location": "/operations/8"}, b""),
        told("succeeded", resourceLocation="/people/1"),
        (200, {}, ADA),
    )
    assert end.result == Person.from_dict(ADA)
    assert end.lines == [
        "POST /people/1/test.touch",
        *["GET /operations/7"] * 3,
        "GET /operations/8",
        "GET /people/1",
    ]
    assert end.pauses == [2.0, 1.0, 5.0, 1.5]
    assert {each.headers["authorization"] for each in end.requests} == {"Bearer tok"}
    assert "prefer" not in end.requests[1].headers


WRAPPED = (
    'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"displayName":"Ada"}'
)
CONFLICT = 'HTTP/1.1 409 Conflict\n\n{"error": {"code": "taken", "message": "No."}}'


@pytest.mark.parametrize(
    "final",
    [
        (200, HTTP, WRAPPED),
        (200, {"AsyncResult": "200"}, {"displayName": "Ada"}),
        (200, {}, {"displayName": "Ada", "status": "active"}),
        (201, {}, {"displayName": "Ada"}),
    ],
)
def test_a_monitor_may_give_the_final_answer(
    ended: Callable[..., Ended], final: Answer
) -> None:
    end = ended(ACCEPTED, final)
    assert isinstance(end.result, Person)
    assert end.result.name == "Ada"
    assert len(end.requests) == 2


@pytest.mark.parametrize(
    "final",
    [
        (200, HTTP, CONFLICT),
        (200, {"AsyncResult": "409 Conflict"}, {"error": {"code": "taken"}}),
    ],
)
def test_a_final_answer_may_be_an_error(
    ended: Callable[..., Ended], final: Answer
) -> None:
    end = ended(ACCEPTED, final)
    assert isinstance(end.error, Conflict)
    assert (end.error.status, end.error.code) == (409, "taken")
    assert end.operation.is_done


@pytest.mark.parametrize(
    "final",
    [
        (200, HTTP, "no answer at all"),
        (200, HTTP, "HTTP/1.1 200 OK\n" + "a: b\n" * 200),
        (200, HTTP, "HTTP/1.1 301 Moved\n\n"),
        (200, {"AsyncResult": "fine"}, b""),
    ],
)
def test_a_final_answer_that_cannot_be_read_says_so(
    ended: Callable[..., Ended], final: Answer
) -> None:
    assert isinstance(ended(ACCEPTED, final).error, UnexpectedResponse)


def test_see_other_leads_to_the_result(ended: Callable[..., Ended]) -> None:
    end = ended(ACCEPTED, (303, {"Location": "/people/1"}, b""), (200, {}, ADA))
    assert end.result == Person.from_dict(ADA)
    assert end.requests[2].headers["authorization"] == "Bearer tok"


def test_a_result_that_came_with_the_acceptance_is_kept(
    ended: Callable[..., Ended],
) -> None:
    """Microsoft Graph gives a new password so: it stands nowhere else."""
    end = ended(
        (202, {"Location": MONITOR}, {"@odata.context": "x", **ADA}),
        told("succeeded", resourceLocation="/people/2"),
    )
    assert isinstance(end.result, Person)
    assert end.result.name == "Ada"
    assert len(end.requests) == 2


def test_success_without_a_result_is_none_where_there_may_be_none(
    ended: Callable[..., Ended],
) -> None:
    end = ended((202, {"Location": MONITOR}, {}), told("completed"))
    assert (end.result, end.error) == (None, None)
    assert end.operation.status == "completed"


ELSEWHERE = pytest.mark.parametrize(
    "hint",
    [{"resourceId": "01A"}, {"resourceLocation": "https://files.example.com/x?key=s"}],
)


@ELSEWHERE
def test_a_result_that_stands_elsewhere_is_none_where_there_may_be_none(
    ended: Callable[..., Ended], hint: dict[str, str]
) -> None:
    """Microsoft Graph's `copy` ends so: the state tells which object was made."""
    end = ended(ACCEPTED, told("completed", **hint))
    assert (end.result, end.error) == (None, None)
    assert end.operation.state == {"status": "completed", **hint}
    assert len(end.requests) == 2


@ELSEWHERE
def test_a_result_that_has_to_be_there_and_cannot_be_had_is_an_error(
    hint: dict[str, str],
) -> None:
    with Server([ACCEPTED, told("completed", **hint)]) as server:
        with Client(base_url=server.url, retry=pausing([])) as client:
            operation = client.start(client.people.create, Person(name="Ada"))
            with pytest.raises(UnexpectedResponse, match="cannot be had"):
                operation.wait()
            assert operation.state == {"status": "completed", **hint}


@pytest.mark.parametrize(
    ("more", "code", "message"),
    [
        ({"error": {"code": "full", "message": "No room."}}, "full", "No room."),
        ({"resultInfo": {"code": 500, "message": "No room."}}, 500, "No room."),
        ({"statusDetail": "No room."}, None, "No room."),
        ({"errorCode": "full", "statusDescription": "No room."}, "full", "No room."),
        ({}, None, None),
    ],
)
@pytest.mark.parametrize("status", ["failed", "Cancelled", "deleteFailed"])
def test_an_operation_may_fail(
    ended: Callable[..., Ended],
    status: str,
    more: dict[str, Any],
    code: object,
    message: object,
) -> None:
    end = ended(ACCEPTED, told(status, **more))
    assert isinstance(end.error, OperationFailed)
    assert end.error.status == status
    assert end.error.error.get("code") == code
    assert end.error.error.get("message") == message
    assert str(message or status) in str(end.error)


def test_a_monitor_that_is_gone_is_not_found(ended: Callable[..., Ended]) -> None:
    end = ended(ACCEPTED, (404, {}, {"error": {"code": "gone", "message": ""}}))
    assert isinstance(end.error, NotFound)
    assert end.error.may_have_happened
    assert not end.operation.is_done


def test_throttling_while_polling_is_no_end(ended: Callable[..., Ended]) -> None:
    end = ended(
        ACCEPTED,
        (429, {"Retry-After": "3"}, b""),
        (503, {"Retry-After": "4"}, b""),
        told("succeeded"),
    )
    assert end.error is None
    assert end.pauses == [1.0, 3.0, 4.0]


def test_a_start_that_is_refused_is_an_error(ended: Callable[..., Ended]) -> None:
    end = ended((409, {}, {"error": {"code": "busy", "message": ""}}))
    assert isinstance(end.error, Conflict)


def test_pauses_grow_where_the_monitor_asks_for_none(
    ended: Callable[..., Ended],
) -> None:
    end = ended(ACCEPTED, *[told("running")] * 12, told("succeeded"))
    assert end.pauses[:4] == [1.0, 1.5, 2.25, 3.375]
    assert end.pauses[-1] == 30.0
    assert end.pauses == sorted(end.pauses)


def test_a_date_may_say_when_to_ask(ended: Callable[..., Ended]) -> None:
    dates = {"Date": formatdate(0, usegmt=True), "Retry-After": formatdate(9)}
    end = ended((202, {"Location": MONITOR, **dates}, b""), told("succeeded"))
    assert end.pauses == [9.0]


@pytest.mark.parametrize("wait", ["9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_pause_without_an_end_is_one_that_can_be_slept(
    ended: Callable[..., Ended], wait: str
) -> None:
    accepted = (202, {"Location": MONITOR, "Retry-After": wait}, b"")
    assert ended(accepted, told("succeeded")).pauses == [A_YEAR]


def test_acceptance_without_a_monitor_is_the_end_of_what_can_be_known() -> None:
    script: list[Answer] = [(202, {}, b""), (202, {}, b"")]
    with Server(script) as server, Client(base_url=server.url) as client:
        nothing = client.start(client.people["1"].rename, name="Ada")
        assert nothing.is_done
        nothing.wait()
        something = client.start(client.people["1"].touch)
        with pytest.raises(UnexpectedResponse, match="no link tells"):
            something.wait()


def test_a_call_without_a_result_asks_for_none() -> None:
    ends: list[Answer] = [
        told("succeeded", resourceLocation="/people/1", resourceId="1"),
        (303, {"Location": "/people/1"}, b""),
    ]
    for end in ends:
        with Server([ACCEPTED, end]) as server:
            with Client(base_url=server.url, retry=pausing([])) as client:
                client.start(client.people["1"].rename, name="Ada").wait()
            assert len(server.requests) == 2


def test_options_of_the_place_go_along_at_home() -> None:
    with Server([ACCEPTED, told("succeeded")]) as server:
        with Client(base_url=server.url, retry=pausing([])) as client:
            place = client.people["1"].with_options(
                headers={"X-Tenant": "t", "Prefer": "wait=5"}
            )
            client.start(place.touch).wait()
        assert server.requests[0].headers["prefer"] == "respond-async, wait=5"
        assert server.requests[1].headers["x-tenant"] == "t"
        assert "prefer" not in server.requests[1].headers


def test_what_was_created_is_read_at_its_link() -> None:
    made: Answer = (200, HTTP, "HTTP/1.1 204 Made\nLocation: /people/1\n\n")
    with Server([ACCEPTED, made, (200, {}, ADA)]) as server:
        with Client(base_url=server.url, retry=pausing([])) as client:
            new = client.start(client.people.create, Person(name="Ada"))
            assert new.wait().id == "1"
        assert server.requests[2].target == "/people/1"


def test_of_a_listing_the_result_is_the_first_page() -> None:
    page = {"value": ["1", "2"], "@odata.nextLink": "/more"}
    with Server([ACCEPTED, (200, {"AsyncResult": "200"}, page)]) as server:
        with Client(base_url=server.url, retry=pausing([])) as client:
            found = client.start(client.people.check, ids=["1", "2"]).wait()
    assert list(found.items) == ["1", "2"]


def test_elsewhere_an_action_that_is_only_accepted_says_what_to_do() -> None:
    accepted: list[Answer] = [ACCEPTED, ACCEPTED]
    with Server(accepted) as server, Client(base_url=server.url) as client:
        with pytest.raises(UnexpectedResponse, match=r"client\.start\(\)"):
            client.people["1"].age()
        with pytest.raises(UnexpectedResponse, match=r"client\.start\(\)"):
            client.people.create(Person(name="Ada"))


def test_only_methods_of_a_place_are_started() -> None:
    def free() -> Never:
        raise AssertionError

    with Client(base_url="https://example.com") as client:
        with pytest.raises(ValueError, match="method of a place"):
            client.start(free)
