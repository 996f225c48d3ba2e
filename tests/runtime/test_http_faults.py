"""Faults: what is sent again and when, what never is, and what the caller is told."""

from __future__ import annotations

import asyncio
import logging
import pickle
import time
import traceback
from collections.abc import Iterator
from email.utils import formatdate
from typing import Any

import httpx
import pytest
from http_service import AsyncClient, Client, Person, Waits, quick
from server import Answer, Raw, Server
from twins import Using, both

from generator.runtime import errors
from generator.runtime.errors import (
    ApiError,
    BadRequest,
    CallError,
    Conflict,
    ConnectionFailed,
    FailedDependency,
    Forbidden,
    GatewayTimeout,
    Gone,
    Locked,
    MethodNotAllowed,
    NotFound,
    PreconditionFailed,
    ServerError,
    ServiceUnavailable,
    TimedOut,
    TooManyRequests,
    Unauthorized,
    UnexpectedResponse,
)
from generator.runtime.retry import A_YEAR, Retry, retry_after

ADA = {"id": "1", "displayName": "Ada"}
OK: Answer = (200, {}, ADA)
HALF = Raw(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"id"')


@pytest.fixture
def waits() -> Waits:
    return Waits()


def test_retry_after_in_seconds_is_kept(waits: Waits) -> None:
    throttled: Answer = (429, {"Retry-After": "7"}, b"")
    with Server([throttled, (503, {"Retry-After": "2"}, b""), OK]) as server:
        with Client(base_url=server.url, retry=quick(waits)) as client:
            assert client.people.create(Person(name="Ada")).name == "Ada"
    assert waits == [7.0, 2.0]
    ids = {request.headers["client-request-id"] for request in server.requests}
    assert [request.method for request in server.requests] == ["POST"] * 3
    assert len(ids) == 1


def test_retry_after_as_a_date_is_set_against_the_answers_own_date(
    waits: Waits,
) -> None:
    now = time.time() - 3600
    headers = {
        "Date": formatdate(now, usegmt=True),
        "Retry-After": formatdate(now + 90, usegmt=True),
    }
    with Server([(429, headers, b""), OK]) as server:
        with Client(base_url=server.url, retry=quick(waits)) as client:
            client.people["1"].get()
    assert waits == [90.0]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        *(("0", 0.0), ("1.5", 1.5), ("9" * 400, A_YEAR)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", A_YEAR),
        *((text, None) for text in ("soon", "", "-5", "inf", "nan", "1e3", "Fri,")),
    ],
)
def test_retry_after_is_read(text: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": text}) == seconds
    past = formatdate(time.time() - 100, usegmt=True)
    assert retry_after({"retry-after": past}) == 0.0


def test_without_retry_after_the_wait_doubles(waits: Waits) -> None:
    retry = quick(waits, attempts=5, longest_delay=3.0)
    with Server([(503, {}, b"")] * 4 + [OK]) as server:
        with Client(base_url=server.url, retry=retry) as client:
            client.people["1"].get()
    assert waits == [0.5, 1.0, 2.0, 3.0]


def test_jitter_takes_a_part_of_the_wait() -> None:
    assert Retry(jitter=lambda: 0.25).wait(2, 0.0, None) == 0.25


def test_attempts_are_bounded(waits: Waits) -> None:
    with Server([(429, {"Retry-After": "1"}, b"")] * 9) as server:
        with Client(base_url=server.url, retry=quick(waits, attempts=3)) as client:
            with pytest.raises(TooManyRequests) as raised:
                client.people["1"].get()
    assert len(server.requests) == 3
    assert raised.value.retry_after == 1.0


def test_the_total_time_is_bounded(waits: Waits) -> None:
    with Server([(429, {"Retry-After": "600"}, b"")]) as server:
        with Client(base_url=server.url, retry=quick(waits)) as client:
            with pytest.raises(TooManyRequests) as raised:
                client.people["1"].get()
    assert (raised.value.retry_after, waits) == (600.0, [])


@pytest.mark.parametrize("status", [400, 404, 409, 500, 501, 502])
def test_other_errors_are_not_sent_again(waits: Waits, status: int) -> None:
    with Server([(status, {}, b"")]) as server:
        with Client(base_url=server.url, retry=quick(waits)) as client:
            with pytest.raises(ApiError):
                client.people["1"].get()
    assert len(server.requests) == 1


DOUBTFUL = [
    pytest.param((504, {}, b""), GatewayTimeout, id="504"),
    pytest.param(Raw(), ConnectionFailed, id="closed"),
    pytest.param(Raw(reset=True), ConnectionFailed, id="reset"),
    pytest.param(HALF, UnexpectedResponse, id="half"),
    pytest.param(Raw(b"no HTTP at all"), ConnectionFailed, id="garbage"),
]


@pytest.mark.parametrize(("fault", "error"), DOUBTFUL)
def test_a_get_is_sent_again_where_the_outcome_is_unknown(
    waits: Waits, fault: Answer, error: type[CallError]
) -> None:
    with Server([fault, fault, OK]) as server:
        with Client(base_url=server.url, retry=quick(waits)) as client:
            assert client.people["1"].get().name == "Ada"
    assert len(server.requests) == 3


@pytest.mark.parametrize(("fault", "error"), DOUBTFUL)
def test_a_post_or_patch_is_not_sent_again_where_it_may_have_been_carried_out(
    waits: Waits, fault: Answer, error: type[CallError]
) -> None:
    with Server([fault, fault, OK]) as server:
        with Client(base_url=server.url, retry=quick(waits)) as client:
            with pytest.raises(error):
                client.people.create(Person(name="Ada"))
            with pytest.raises(error):
                client.people["1"].update(Person(name="Ada"))
    assert [request.method for request in server.requests] == ["POST", "PATCH"]
    assert waits == []


def test_what_never_left_may_be_sent_again(waits: Waits) -> None:
    with Server([]) as server:
        url = server.url
    with Client(base_url=url, retry=quick(waits, attempts=3)) as client:
        with pytest.raises(ConnectionFailed, match="POST /people") as raised:
            client.people.create(Person(name="Ada"))
    assert not raised.value.may_have_happened
    assert isinstance(raised.value.__cause__, httpx.ConnectError)
    assert len(waits) == 2


def test_a_slow_answer_times_out(waits: Waits) -> None:
    retry = quick(waits, attempts=1)
    with Server([Raw(delay=0.4)]) as server:
        with Client(base_url=server.url, timeout=0.1, retry=retry) as client:
            with pytest.raises(TimedOut) as raised:
                client.people["1"].get()
    assert raised.value.may_have_happened


def test_half_an_answer_says_so(waits: Waits) -> None:
    with Server([HALF]) as server:
        with Client(base_url=server.url, retry=quick(waits)) as client:
            with pytest.raises(UnexpectedResponse, match="broke off") as raised:
                client.people.create(Person(name="Ada"))
    assert raised.value.response is not None
    assert raised.value.response.status_code == 200


def test_an_answer_that_is_wrongly_packed_is_not_asked_for_again(
    waits: Waits,
) -> None:
    with Server([(200, {"Content-Encoding": "gzip"}, b"no gzip")]) as server:
        with Client(base_url=server.url, retry=quick(waits)) as client:
            with pytest.raises(UnexpectedResponse):
                client.people["1"].get()
    assert len(server.requests) == 1


def test_the_async_client_waits_and_gives_up_alike(waits: Waits) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async def run(url: str) -> None:
        async with AsyncClient(base_url=url, retry=Retry(sleep=sleep)) as client:
            assert (await client.people["1"].get()).name == "Ada"
            with pytest.raises(UnexpectedResponse, match="broke off"):
                await client.people.create(Person(name="Ada"))
        retry = quick(waits, attempts=2)
        async with AsyncClient(base_url=url, retry=retry) as client:
            with pytest.raises(ServiceUnavailable):
                await client.people["1"].get()

    throttled: Answer = (429, {"Retry-After": "3"}, b"")
    refused: Answer = (503, {"Retry-After": "4"}, b"")
    with Server([throttled, Raw(), OK, HALF, refused, refused]) as server:
        asyncio.run(run(server.url))
    assert (slept[0], len(slept), waits) == (3.0, 2, [4.0])


def test_the_real_sleep_is_used() -> None:
    async def run(url: str) -> None:
        async with AsyncClient(base_url=url) as client:
            await client.people["1"].get()

    again: Answer = (429, {"Retry-After": "0.05"}, b"")
    began = time.monotonic()
    with Server([again, OK, again, OK]) as server:
        with Client(base_url=server.url) as client:
            client.people["1"].get()
        asyncio.run(run(server.url))
    assert time.monotonic() - began >= 0.1


def test_an_error_tells_what_the_service_said() -> None:
    body = {
        "error": {
            "code": "Request_BadRequest",
            "message": "Not like this.",
            "target": "code",
            "innererror": {
                "code": "outer",
                "request-id": "of-the-body",
                "innerError": {"code": "pinTooShort", "date": "2026"},
            },
        }
    }
    with Server(
        [(400, {}, body), (400, {"request-id": "of-the-head"}, body)]
    ) as server:
        with Client(base_url=server.url) as client:
            with pytest.raises(BadRequest) as raised:
                client.people["1"].get(select="secret")
            with pytest.raises(BadRequest) as other:
                client.people["1"].get()
    error = raised.value
    assert (error.status, error.code) == (400, "Request_BadRequest")
    assert (error.inner_code, error.message) == ("pinTooShort", "Not like this.")
    assert error.error["target"] == "code"
    assert error.request_id == "of-the-body"
    assert other.value.request_id == "of-the-head"
    assert str(error) == (
        "400 Request_BadRequest: Not like this."
        " (GET /people/1, request-id of-the-body)"
    )
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy), copy.code) == (BadRequest, str(error), error.code)


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        (b"", "", ""),
        (b"<html>", "", ""),
        ([1], "", ""),
        ({"error": None}, "", ""),
        ({"error": {"code": 7, "message": ["x"], "innererror": "y"}}, "", ""),
        (
            {"error": "invalid_grant", "error_description": "No."},
            "invalid_grant",
            "No.",
        ),
        (
            {"error": {"code": "-1", "message": {"lang": "en-US", "value": "No."}}},
            "-1",
            "No.",
        ),
    ],
)
def test_an_error_in_any_form_is_an_error(
    body: object, code: str, message: str
) -> None:
    with Server([(403, {}, body)]) as server, Client(base_url=server.url) as client:
        with pytest.raises(Forbidden, match="403") as raised:
            client.people["1"].get()
    assert (raised.value.code, raised.value.message) == (code, message)
    assert raised.value.inner_code == code


CLASSES = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    405: MethodNotAllowed,
    409: Conflict,
    410: Gone,
    412: PreconditionFailed,
    418: ApiError,
    423: Locked,
    424: FailedDependency,
    429: TooManyRequests,
    500: ServerError,
    503: ServiceUnavailable,
    504: GatewayTimeout,
    599: ServerError,
}


@pytest.mark.parametrize(("status", "kind"), CLASSES.items())
def test_each_status_has_its_class(status: int, kind: type[ApiError]) -> None:
    response = httpx.Response(status, request=httpx.Request("GET", "http://h/p"))
    assert type(errors.api_error(response)) is kind


def test_all_names_every_error() -> None:
    tree = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, CallError)
    }
    assert tree == set(errors.__all__)
    documented = errors.__doc__ or ""
    assert all(name in documented for name in tree)


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    caplog.set_level(logging.DEBUG, logger="generator")
    yield caplog


def test_the_log_holds_no_secret(log: pytest.LogCaptureFixture, waits: Waits) -> None:
    with Server([(503, {}, b""), OK]) as server:
        with Client("s3cret", base_url=server.url, retry=quick(waits)) as client:
            client.people.list(filter="code eq '1234'")
            client.people["1"].get(select="code")
    lines = [
        record.getMessage() for record in log.records if record.name == "generator"
    ]
    assert lines[1] == "GET /people/1 again in 0.5 s"
    assert [line.rsplit(" ", 2)[0] for line in lines[::2]] == [
        "GET /people/1 503",
        "GET /people/1 200",
    ]
    assert "s3cret" not in log.text and "code" not in " ".join(lines)


def test_an_error_body_of_brackets_still_gives_the_error() -> None:
    with Server(
        [Raw(b"HTTP/1.1 404 No\r\nContent-Length: 100000\r\n\r\n" + b"[" * 100_000)]
    ) as server:
        with Client(base_url=server.url) as client, pytest.raises(NotFound):
            client.people["1"].get()


@pytest.mark.parametrize(
    ("answers", "doubt"),
    [
        ([(429, {}, None)], False),
        ([(503, {}, None)], False),
        ([(400, {}, None)], False),
        ([(500, {}, None)], True),
        ([(504, {}, None)], True),
        ([Raw(b"", reset=True), (503, {}, None)], True),
        ([(504, {}, None), (429, {}, None)], True),
        ([(503, {}, None), (404, {}, None)], False),
        ([HALF, HALF], True),
    ],
)
def test_errors_tell_whether_the_call_may_have_been_carried_out(
    waits: Waits, answers: list[Answer], doubt: bool
) -> None:
    retry = quick(waits, attempts=len(answers))
    with Server(answers) as server, Client(base_url=server.url, retry=retry) as client:
        with pytest.raises(CallError) as raised:
            client.people["1"].delete()
    assert raised.value.may_have_happened is doubt
    assert len(server.requests) == len(answers)


AWAY = "https://away.example/people/9"


@both
@pytest.mark.parametrize("link", ["/people/9", AWAY])
@pytest.mark.parametrize("verb", ["create", "update"])
def test_what_follows_a_change_does_not_hide_that_it_was_made(
    using: Using, verb: str, link: str
) -> None:
    """Else who reads `may_have_happened` would create the object twice."""

    def use(client: Any) -> Any:
        if verb == "create":
            return client.people.create(Person(name="Ada"))
        place = client.people["1"]
        return place.update(Person(name="Ada"), returns="representation")

    missing: Answer = (404, {}, None)
    with Server([(204, {"Location": link}, None), missing]) as server:
        with pytest.raises(CallError) as raised:
            using(server, use)
    assert raised.value.may_have_happened


def test_a_header_that_cannot_be_sent_is_not_shown() -> None:
    """Such as a key that was read from a file together with the end of its line."""
    with Server([]) as server:
        with Client(base_url=server.url, headers={"x-key": "secret\n"}) as client:
            with pytest.raises(ConnectionFailed, match="header") as raised:
                client.people["1"].get()
    told = "".join(traceback.format_exception(raised.value))
    assert "secret" not in told
    assert not raised.value.may_have_happened


def test_a_path_elsewhere_is_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    """Such a URL may itself be the permission: that of an upload session, for one."""
    caplog.set_level(logging.DEBUG, "generator")
    with Server([(404, {}, None)]) as away:
        location = {"Location": f"{away.url}/secret/path?sig=secret"}
        with Server([(302, location, None)]) as server:
            with Client(base_url=server.url) as client, pytest.raises(NotFound) as e:
                client.people["1"].get()
    assert "GET 127.0.0.1" in str(e.value)
    assert "secret" not in str(e.value) + caplog.text
    assert "/people/1" in caplog.text
