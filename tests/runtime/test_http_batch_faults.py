"""Batches that meet faults: what depends on what, what is sent again, what is told."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from email.utils import formatdate
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
)
from http_service import Client, Person, Waits, quick
from server import Answer, Raw, Request, Server

from generator.runtime.batch import BatchItem
from generator.runtime.calls import NOTHING, make_call
from generator.runtime.errors import (
    ApiError,
    BadRequest,
    ConnectionFailed,
    FailedDependency,
    GatewayTimeout,
    NotFound,
    ServiceUnavailable,
    TooManyRequests,
)
from generator.runtime.resources import Resource


@pytest.fixture
def waits() -> Waits:
    return Waits()


def chain(number: int) -> Any:
    """Read a number of people, each only after the one before."""

    def fill(client: Any, batch: Any) -> Items:
        items: Items = []
        for n in range(1, number + 1):
            after = batch.after(*items[-1:])
            items.append(after.submit(client.people[str(n)].get))
        return items

    return fill


def in_turn(*rounds: dict[str, Wire]) -> Any:
    """Answer each batch request by the ids of its parts; OK for others."""
    waiting = iter(rounds)

    def answer(request: Request) -> Answer:
        told = next(waiting, {})
        return each(lambda part: told.get(part["id"], OK))(request)

    return answer


def throttled(seconds: object, status: int = 429) -> Wire:
    return {"status": status, "headers": {"Retry-After": str(seconds)}}


def ids(server: Server) -> list[list[str]]:
    return [[part["id"] for part in parts] for parts in parts_of(server)]


def depends(server: Server) -> list[list[list[str]]]:
    return [[p.get("dependsOn", []) for p in parts] for parts in parts_of(server)]


@BOTH
def test_a_call_may_depend_on_others(drive: Drive) -> None:
    def fill(client: Any, batch: Any) -> Items:
        place = client.people["1"]
        first = batch.submit(place.get)
        second = batch.submit(place.get)
        third = batch.after(first).after(second).submit(place.delete)
        return [first, second, third, batch.submit(place.get)]

    with Server(always(OK)) as server:
        drive(server.url, fill)
    assert depends(server) == [[[], [], ["1", "2"], []]]


@BOTH
def test_what_the_service_did_not_do_is_a_failed_dependency(drive: Drive) -> None:
    with Server(in_turn({"1": {"status": 404}, "2": {"status": 424}})) as server:
        first, second = drive(server.url, chain(2))
    assert isinstance(first.error, NotFound)
    assert isinstance(second.error, FailedDependency)
    assert second.response is not None and second.error.status == 424
    assert len(server.requests) == 1


@BOTH
def test_what_was_done_in_an_earlier_request_is_no_dependency_any_more(
    drive: Drive,
) -> None:
    with Server(always(OK)) as server:
        items = drive(server.url, chain(5), size=2)
    assert [item.error for item in items] == [None] * 5
    assert ids(server) == [["1", "2"], ["3", "4"], ["5"]]
    assert depends(server) == [[[], ["1"]], [[], ["3"]], [[]]]


@BOTH
def test_what_depends_on_an_earlier_failure_is_not_sent(drive: Drive) -> None:
    with Server(in_turn({"2": {"status": 404}})) as server:
        items = drive(server.url, chain(5), size=2)
    assert ids(server) == [["1", "2"]]
    assert isinstance(items[1].error, NotFound)
    for before, item in zip(items[1:], items[2:], strict=False):
        assert isinstance(item.error, FailedDependency)
        assert item.error.__cause__ is before.error
        assert (item.error.status, item.response) == (424, None)
        with pytest.raises(FailedDependency, match="not sent, as what it depends on"):
            item.result()
    assert str(items[2].error).endswith("(GET /people/3)")


def test_a_call_depends_on_none_of_another_batch() -> None:
    with Client(base_url="https://host.example") as client:
        item: BatchItem[Person] = client.batch().submit(client.people["1"].get)
        with pytest.raises(ValueError, match="of the same batch"):
            client.batch().after(item)


@BOTH
def test_only_what_is_throttled_is_sent_again(drive: Drive, waits: Waits) -> None:
    faults = {"2": throttled(3), "3": throttled(7, 503), "4": {"status": 404}}
    with Server(in_turn(faults)) as server:
        items = drive(server.url, get_all(5), retry=quick(waits))
    assert ids(server) == [["1", "2", "3", "4", "5"], ["2", "3"]]
    assert waits == [7.0]
    assert isinstance(items[3].error, NotFound)
    assert [item.result().name for item in items if item is not items[3]] == ["Ada"] * 4


@BOTH
def test_a_date_to_wait_for_is_set_against_that_of_the_whole(
    drive: Drive, waits: Waits
) -> None:
    now = time.time() - 3600
    wire = throttled(formatdate(now + 90, usegmt=True))
    headers = {"Date": formatdate(now, usegmt=True)}
    first: Answer = (200, headers, {"responses": [{"id": "1", **wire}]})
    with Server([first, (200, {}, {"responses": [{"id": "1", **OK}]})]) as server:
        (item,) = drive(server.url, get_all(1), retry=quick(waits))
    assert item.result().name == "Ada"
    assert waits == [90.0]


@BOTH
def test_without_retry_after_the_wait_doubles(drive: Drive, waits: Waits) -> None:
    fault = {"1": {"status": 429}}
    with Server(in_turn(fault, fault)) as server:
        (item,) = drive(server.url, get_all(1), retry=quick(waits))
    assert item.result().name == "Ada"
    assert waits == [0.5, 1.0]
    assert len(server.requests) == 3


@BOTH
def test_what_failed_only_because_of_something_throttled_goes_along(
    drive: Drive, waits: Waits
) -> None:
    failed = {"status": 424}
    first = {"1": throttled(1), "2": failed, "3": failed, "4": {"status": 404}}

    def fill(client: Any, batch: Any) -> Items:
        items = chain(3)(client, batch)
        lost = batch.submit(client.people["4"].get)
        late = batch.after(items[0], lost).submit(client.people["5"].get)
        return [*items, lost, late]

    with Server(in_turn({**first, "5": failed})) as server:
        items = drive(server.url, fill, retry=quick(waits))
    assert ids(server) == [["1", "2", "3", "4", "5"], ["1", "2", "3"]]
    assert depends(server)[1] == [[], ["1"], ["2"]]
    assert [item.result().name for item in items[:3]] == ["Ada"] * 3
    assert isinstance(items[4].error, FailedDependency)
    assert items[4].response is not None
    assert waits == [1.0]


@BOTH
def test_attempts_are_bounded(drive: Drive, waits: Waits) -> None:
    with Server(always(throttled(1))) as server:
        first, second = drive(server.url, chain(2), retry=quick(waits, attempts=3))
    assert isinstance(first.error, TooManyRequests)
    assert isinstance(second.error, TooManyRequests)
    assert ids(server) == [["1", "2"]] * 3
    assert waits == [1.0, 1.0]


@BOTH
def test_what_would_wait_too_long_is_told_at_once(drive: Drive, waits: Waits) -> None:
    with Server(in_turn({"1": throttled(500), "2": throttled(2)})) as server:
        first, second = drive(server.url, get_all(2), retry=quick(waits, total=60.0))
    assert isinstance(first.error, TooManyRequests)
    assert first.error.retry_after == 500.0
    assert second.result().name == "Ada"
    assert waits == [2.0]


@BOTH
def test_a_place_may_be_tried_more_often_than_others(
    drive: Drive, waits: Waits
) -> None:
    def fill(client: Any, batch: Any) -> Items:
        patient = client.people["1"].with_options(retry=quick(waits, attempts=2))
        return [batch.submit(patient.get), batch.submit(client.people["2"].get)]

    fault = throttled(1)
    with Server(in_turn({"1": fault, "2": fault})) as server:
        retry = quick(waits, attempts=1)
        first, second = drive(server.url, fill, retry=retry)
    assert first.result().name == "Ada"
    assert isinstance(second.error, TooManyRequests)


@BOTH
def test_504_is_sent_again_only_where_that_does_no_harm(
    drive: Drive, waits: Waits
) -> None:
    def fill(client: Any, batch: Any) -> Items:
        return [
            batch.submit(client.people["1"].get),
            batch.submit(client.people.create, Person(name="Ada")),
        ]

    fault = {"status": 504}
    with Server(in_turn({"1": fault, "2": fault})) as server:
        first, second = drive(server.url, fill, retry=quick(waits))
    assert first.result().name == "Ada"
    assert isinstance(second.error, GatewayTimeout)
    assert ids(server) == [["1", "2"], ["1"]]


@BOTH
def test_the_throttled_come_before_the_rest(drive: Drive, waits: Waits) -> None:
    with Server(in_turn({"2": throttled(1)})) as server:
        items = drive(server.url, chain(3), size=2, retry=quick(waits))
    assert ids(server) == [["1", "2"], ["2"], ["3"]]
    assert [item.error for item in items] == [None] * 3


def posting(client: Any, batch: Any) -> Items:
    """Read somebody and make somebody."""
    return [
        batch.submit(client.people["1"].get),
        batch.submit(client.people.create, Person(name="Ada")),
    ]


FAULTS = [Raw(b""), Raw(b"", reset=True), Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9")]


@pytest.mark.parametrize("fault", FAULTS)
@BOTH
def test_a_batch_that_does_no_harm_twice_is_sent_again(
    drive: Drive, waits: Waits, fault: Raw
) -> None:
    def fill(client: Any, batch: Any) -> Items:
        return [*get_all(2)(client, batch), batch.submit(client.people["3"].delete)]

    answers: Iterator[Answer] = iter([fault])
    again = always(OK)

    def answer(request: Request) -> Answer:
        return next(answers, None) or again(request)

    with Server(answer) as server:
        items = drive(server.url, fill, retry=quick(waits))
    assert [item.error for item in items] == [None] * 3
    assert ids(server) == [["1", "2", "3"]] * 2
    sent = [request.headers["client-request-id"] for request in server.requests]
    assert sent[0] == sent[1]


@pytest.mark.parametrize("fault", FAULTS)
@BOTH
def test_a_batch_that_makes_something_is_never_sent_twice(
    drive: Drive, waits: Waits, fault: Raw
) -> None:
    items: Items = []

    def fill(client: Any, batch: Any) -> Items:
        items.extend(posting(client, batch))
        items.append(batch.after(items[0]).submit(client.people["3"].get))
        return items

    with Server([fault]) as server:
        with pytest.raises(ConnectionFailed) as raised:
            drive(server.url, fill, size=2, retry=quick(waits))
        assert len(server.requests) == 1
    assert raised.value.may_have_happened
    assert [items[0].error, items[1].error] == [raised.value] * 2
    with pytest.raises(RuntimeError, match="no answer yet"):
        items[2].result()
    assert waits == []


def test_after_a_fault_the_rest_can_still_be_sent(waits: Waits) -> None:
    good = always(OK)
    faults: Iterator[Answer] = iter([Raw(b"")])

    def answer(request: Request) -> Answer:
        return next(faults, None) or good(request)

    with Server(answer) as server, Client(base_url=server.url) as client:
        batch = client.batch(size=2)
        items = posting(client, batch)
        depending = batch.after(items[0]).submit(client.people["3"].get)
        other = batch.submit(client.people["4"].get)
        with pytest.raises(ConnectionFailed) as raised:
            batch.send()
        batch.send()
    assert isinstance(depending.error, FailedDependency)
    assert depending.error.__cause__ is raised.value
    assert other.result().name == "Ada"
    assert ids(server) == [["1", "2"], ["4"]]


@BOTH
def test_a_connection_that_was_never_made_carried_nothing(
    drive: Drive, waits: Waits
) -> None:
    with Server([]) as server:
        url = server.url
    with pytest.raises(ConnectionFailed) as raised:
        drive(url, posting, retry=quick(waits, attempts=3))
    assert not raised.value.may_have_happened
    assert len(waits) == 2


@pytest.mark.parametrize(("status", "times"), [(429, 2), (503, 2), (504, 1)])
@BOTH
def test_a_refused_batch_is_sent_again(
    drive: Drive, waits: Waits, status: int, times: int
) -> None:
    refusals: Iterator[Answer] = iter([(status, {"Retry-After": "4"}, b"")])
    good = always(OK)

    def answer(request: Request) -> Answer:
        return next(refusals, None) or good(request)

    with Server(answer) as server:
        if times == 1:
            with pytest.raises(GatewayTimeout):
                drive(server.url, posting, retry=quick(waits))
        else:
            items = drive(server.url, posting, retry=quick(waits))
            assert [item.result().name for item in items] == ["Ada"] * 2
        assert len(server.requests) == times
    assert waits == [4.0] * (times - 1)


@BOTH
def test_a_batch_that_is_refused_for_good_is_the_error_of_all(
    drive: Drive, waits: Waits
) -> None:
    items: Items = []

    def fill(client: Any, batch: Any) -> Items:
        items.extend(get_all(2)(client, batch))
        return items

    error = {"error": {"code": "BadRequest", "message": "Too many."}}
    with Server([(400, {}, error)]) as server:
        with pytest.raises(BadRequest, match="Too many") as raised:
            drive(server.url, fill)
        assert len(server.requests) == 1
    assert raised.value.request is not None
    assert raised.value.request.url.path == "/$batch"
    assert [item.error for item in items] == [raised.value] * 2
    with Server([(503, {}, b"")] * 9) as server:
        with pytest.raises(ServiceUnavailable):
            drive(server.url, fill, retry=quick(waits, attempts=2))
        assert len(server.requests) == 2


@BOTH
def test_a_refused_token_is_renewed(drive: Drive) -> None:
    tokens = iter(["old", "new"])
    good = always(NO_CONTENT)

    def answer(request: Request) -> Answer:
        if request.headers["authorization"] == "Bearer old":
            return 401, {}, b""
        return good(request)

    def fill(client: Any, batch: Any) -> Items:
        return [batch.submit(client.people["1"].rename, name="Ada")]

    with Server(answer) as server:
        (item,) = drive(server.url, fill, credential=lambda: next(tokens))
    assert item.result() is None
    assert len(server.requests) == 2


@BOTH
def test_the_hooks_see_the_whole(drive: Drive) -> None:
    seen: list[str] = []

    def look(request: httpx.Request) -> None:
        seen.append(request.url.path)

    with Server(in_turn({"1": {"status": 400}})) as server:
        items = drive(server.url, get_all(2), on_request=look)
    assert seen == ["/$batch"]
    assert isinstance(items[0].error, ApiError)


class Once(Resource):
    """A place with something that must not be tried twice, whatever is answered."""

    __slots__ = ()

    def act(self) -> None:
        self._send(replace(make_call(self._at, "POST", NOTHING), repeat=False))


def test_what_must_not_be_tried_twice_is_not(waits: Waits) -> None:
    retry = quick(waits)
    with Server([(503, {}, b"")]) as server:
        with Client(base_url=server.url, retry=retry) as client:
            batch = client.batch()
            item = batch.submit(Once.at(client, "/once").act)
            with pytest.raises(ServiceUnavailable) as raised:
                batch.send()
    assert item.error is raised.value
    with Server(always(throttled(1))) as server:
        with Client(base_url=server.url, retry=retry) as client:
            with client.batch() as batch:
                item = batch.submit(Once.at(client, "/once").act)
    assert isinstance(item.error, TooManyRequests)
    assert len(server.requests) == 1
    assert waits == []
