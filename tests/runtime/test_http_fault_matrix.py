"""Every fault against every method, sync and async: how often it is sent, what is told.

The tables are the promise. `test_http_faults`, `test_http_pages` and `test_http_auth`
show what lies beside them: waits, limits, messages, forms of links and credentials.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import httpx
import pytest
from fault_server import FaultServer
from http_service import AsyncClient, Client, Person, send
from server import Answer, Request, Server

from generator.runtime.errors import (
    CallError,
    ConnectionFailed,
    GatewayTimeout,
    ServiceUnavailable,
    TimedOut,
    TooManyRequests,
    Unauthorized,
    UnexpectedResponse,
    UntrustedLink,
)
from generator.runtime.retry import Retry

METHODS = ("GET", "PUT", "DELETE", "PATCH", "POST")
REPEATABLE = METHODS[:3]
ATTEMPTS = 2
AT_ONCE = Retry(attempts=ATTEMPTS, sleep=lambda seconds: None)
IMPATIENT = 0.2

KINDS = pytest.mark.parametrize("kind", [Client, AsyncClient])
EACH_METHOD = pytest.mark.parametrize("method", METHODS)


def ask(kind: Any, url: str, use: Callable[[Any], Any], **settings: Any) -> Any:
    """Use a client of either kind: give the result, or the CallError that was raised."""
    settings = {"base_url": url, "retry": AT_ONCE, **settings}

    async def run() -> Any:
        async with AsyncClient(**settings) as client:
            answer = use(client)
            if hasattr(answer, "pages"):
                return [item async for item in answer]
            return await answer

    try:
        if kind is AsyncClient:
            return asyncio.run(run())
        with Client(**settings) as client:
            answer = use(client)
            return list(answer) if hasattr(answer, "pages") else answer
    except CallError as error:
        return error


# --- one service, and what goes wrong with it


class Row(NamedTuple):
    """What is sent again; the error where it stays; whether the fault carries out."""

    again: tuple[str, ...]
    error: type[CallError]
    carries_out: bool


TABLE = {
    "429 seconds": Row(METHODS, TooManyRequests, False),
    "429 date": Row(METHODS, TooManyRequests, False),
    "503": Row(METHODS, ServiceUnavailable, False),
    "504": Row(REPEATABLE, GatewayTimeout, False),
    "reset before": Row(REPEATABLE, ConnectionFailed, False),
    "reset after": Row(REPEATABLE, ConnectionFailed, True),
    "half": Row(REPEATABLE, UnexpectedResponse, True),
    "too slow": Row(REPEATABLE, TimedOut, True),
    "not JSON": Row((), UnexpectedResponse, True),
}
EACH_FAULT = pytest.mark.parametrize("fault", TABLE)


def meet(kind: Any, server: FaultServer, method: str, fault: str) -> Any:
    def use(client: Any) -> Any:
        return send(client.people, method, 0)

    patience = IMPATIENT if fault == "too slow" else 30
    return ask(kind, server.url, use, timeout=patience)


def assert_done(method: str, result: Any) -> None:
    assert result is None if method == "DELETE" else result.name == "job 0"


def assert_told(method: str, fault: str, result: object) -> None:
    """A DELETE is done, whatever an answer of success says beside that."""
    if (method, fault) == ("DELETE", "not JSON"):
        return assert_done(method, result)
    assert type(result) is TABLE[fault].error
    if isinstance(result, ConnectionFailed):
        assert result.may_have_happened


@KINDS
@EACH_METHOD
@EACH_FAULT
def test_a_fault_that_stays(kind: Any, method: str, fault: str) -> None:
    row = TABLE[fault]
    with FaultServer(1, lambda method, job, attempt: fault) as server:
        result = meet(kind, server, method, fault)
    (attempts,), (times,) = server.attempts, server.carried_out
    assert attempts == (ATTEMPTS if method in row.again else 1)
    assert times == (attempts if row.carries_out else 0)
    assert_told(method, fault, result)
    assert times <= 1 or method in REPEATABLE


@KINDS
@EACH_METHOD
@EACH_FAULT
def test_a_fault_that_passes(kind: Any, method: str, fault: str) -> None:
    row = TABLE[fault]
    again = method in row.again

    def plan(method: str, job: int, attempt: int) -> str:
        return fault if attempt == 1 else ""

    with FaultServer(1, plan) as server:
        result = meet(kind, server, method, fault)
    (attempts,), (times,) = server.attempts, server.carried_out
    assert attempts == 1 + again
    assert times == row.carries_out + again
    if again:
        assert_done(method, result)
    else:
        assert_told(method, fault, result)
    assert times <= 1 or method in REPEATABLE


@KINDS
@EACH_METHOD
def test_slow_bytes_are_waited_for(kind: Any, method: str) -> None:
    with FaultServer(1, lambda method, job, attempt: "slow") as server:
        result = meet(kind, server, method, "slow")
    assert_done(method, result)
    assert (server.attempts, server.carried_out) == ([1], [1])


@KINDS
def test_what_an_earlier_attempt_may_have_done_is_not_forgotten(kind: Any) -> None:
    """The first DELETE broke off underway; that the second found nobody is no proof."""
    faults = iter([httpx.ReadError("reset"), httpx.ConnectError("nobody there")])

    def fail(request: httpx.Request) -> httpx.Response:
        raise next(faults)

    error = ask(
        kind,
        "http://service.example",
        lambda client: client.people["1"].delete(),
        transport=httpx.MockTransport(fail),
    )
    assert isinstance(error, ConnectionFailed)
    assert error.may_have_happened


# --- two services, one of which must learn nothing


class Pair(NamedTuple):
    """The service that is asked, and another one to which its answers point."""

    home: Server
    other: Server

    def assert_no_token_left(self) -> None:
        assert {r.headers.get("authorization") for r in self.home.requests} <= {
            "Bearer tok"
        }
        assert [r for r in self.other.requests if "authorization" in r.headers] == []


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Listings link to the other service if they are asked to, else to themselves; all
    else is redirected to the other service.
    """

    def answer(request: Request) -> Answer:
        if request.path != "/people" or request.method != "GET":
            return 307, {"Location": f"{other.url}/there"}, b""
        link = f"{other.url}/people" if "elsewhere" in request.target else "/people?x=1"
        return 200, {}, {"value": [], "@odata.nextLink": link}

    with Server(lambda request: (200, {}, {"id": "0"})) as other:
        with Server(answer) as home:
            yield Pair(home, other)


@KINDS
@pytest.mark.parametrize(("where", "requests"), [("elsewhere", 1), ("in a circle", 2)])
def test_links_that_are_not_followed(
    kind: Any, where: str, requests: int, pair: Pair
) -> None:
    error = ask(
        kind,
        pair.home.url,
        lambda client: client.people.list(query={"to": where}),
        credential="tok",
    )
    assert type(error) is UntrustedLink
    assert (len(pair.home.requests), len(pair.other.requests)) == (requests, 0)
    pair.assert_no_token_left()


@KINDS
@EACH_METHOD
def test_a_redirect_elsewhere(kind: Any, method: str, pair: Pair) -> None:
    result = ask(
        kind,
        pair.home.url,
        lambda client: send(client.people, method, 0),
        credential="tok",
    )
    assert type(result) is (Person if method == "GET" else UnexpectedResponse)
    assert len(pair.home.requests) == 1
    assert [request.method for request in pair.other.requests] == (
        ["GET"] if method == "GET" else []
    )
    pair.assert_no_token_left()


# --- a token that is refused


class Token(NamedTuple):
    """azure.core.credentials.AccessToken."""

    token: str
    expires_on: int


class Counting:
    """A credential that gives t1, t2, …; as a callable or by `get_token`."""

    def __init__(self) -> None:
        self.given = 0

    def ask(self) -> str:
        self.given += 1
        return f"t{self.given}"

    def get_token(self, *scopes: str, **options: Any) -> Token:
        return Token(self.ask(), 2**33)


CREDENTIALS = {
    "string": lambda: "t1",
    "callable": lambda: Counting().ask,
    "get_token": Counting,
}


@KINDS
@EACH_METHOD
@pytest.mark.parametrize("form", CREDENTIALS)
@pytest.mark.parametrize("valid", ["t2", "none"])
def test_a_refused_token_is_replaced_once_where_there_is_another(
    kind: Any, method: str, form: str, valid: str
) -> None:
    """Nothing is carried out without a token, so this is the same for all methods."""

    def answer(request: Request) -> Answer:
        if request.headers["authorization"] != f"Bearer {valid}":
            return 401, {}, {"error": {"code": "InvalidAuthenticationToken"}}
        return 200, {}, {"id": "0", "displayName": "job 0"}

    credential = CREDENTIALS[form]()
    with Server(answer) as server:
        result = ask(
            kind,
            server.url,
            lambda client: send(client.people, method, 0),
            credential=credential,
        )
    sent = [request.headers["authorization"] for request in server.requests]
    assert sent == ["Bearer t1", "Bearer t2"][: 1 if form == "string" else 2]
    if form != "string" and valid == "t2":
        assert_done(method, result)
    else:
        assert type(result) is Unauthorized
