"""Credentials: each form becomes a header, refreshed in time, for one origin only."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

import httpx
import pytest
from http_service import AsyncClient, Client
from server import Answer, Request, Server
from twins import Using, both

from generator.runtime.errors import CallError, Unauthorized, UnexpectedResponse
from generator.runtime.retry import Retry

OK: Answer = (200, {}, {"id": "1"})


class Token(NamedTuple):
    """azure.core.credentials.AccessToken."""

    token: str
    expires_on: int


class Credential:
    """An azure-core credential that counts how often it is asked."""

    def __init__(self, lifetime: float = 3600.0) -> None:
        self.lifetime = lifetime
        self.asked: list[tuple[str, ...]] = []

    def get_token(self, *scopes: str, **options: Any) -> Token:
        time.sleep(0.01)
        self.asked.append(scopes)
        return Token(f"t{len(self.asked)}", int(time.time() + self.lifetime))


class AsyncCredential:
    """The same, to be awaited."""

    def __init__(self) -> None:
        self._twin = Credential()
        self.asked = self._twin.asked

    async def get_token(self, *scopes: str, **options: Any) -> Token:
        await asyncio.sleep(0.01)
        return self._twin.get_token(*scopes)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(lambda request: OK) as running:
        yield running


def sent(server: Server) -> list[str | None]:
    return [request.headers.get("authorization") for request in server.requests]


def test_a_token_is_sent_with_each_request(server: Server) -> None:
    with Client("tok", base_url=server.url) as client:
        client.people["1"].get()
        client.ping()
    assert sent(server) == ["Bearer tok"] * 2


def test_without_credential_nothing_is_sent(server: Server) -> None:
    with Client(base_url=server.url) as client:
        client.people["1"].get()
    assert sent(server) == [None]


def test_a_callable_is_asked_for_each_request(server: Server) -> None:
    tokens = iter(["a", "b"])
    with Client(lambda: next(tokens), base_url=server.url) as client:
        client.people["1"].get()
        client.people["1"].get()
    assert sent(server) == ["Bearer a", "Bearer b"]


def test_an_httpx_auth_is_applied_by_httpx(server: Server) -> None:
    with Client(httpx.BasicAuth("u", "p"), base_url=server.url) as client:
        client.people["1"].get()
    assert sent(server) == ["Basic dTpw"]


def test_the_own_httpx_clients_auth_is_kept_unless_a_credential_is_given(
    server: Server,
) -> None:
    with httpx.Client(auth=("u", "p")) as http:
        Client(base_url=server.url, http_client=http).people["1"].get()
        Client("tok", base_url=server.url, http_client=http).people["1"].get()
    assert sent(server) == ["Basic dTpw", "Bearer tok"]


def test_a_token_credential_is_asked_once_by_all_threads(server: Server) -> None:
    credential = Credential()
    with Client(credential, base_url=server.url, scopes=["a", "b"]) as client:
        threads = [threading.Thread(target=client.people["1"].get) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert credential.asked == [("a", "b")]
    assert sent(server) == ["Bearer t1"] * 8


def test_a_token_is_replaced_before_it_ends(server: Server) -> None:
    credential = Credential(lifetime=200)
    with Client(credential, base_url=server.url) as client:
        client.people["1"].get()
        client.people["1"].get()
    assert sent(server) == ["Bearer t1", "Bearer t2"]
    assert credential.asked == [(f"{server.url}/.default",)] * 2


def test_scopes_are_the_callers_or_the_descriptions(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Client, "_scopes", ("described", "too"))
    credential = Credential()
    for scopes in ([], ["mine"]):
        with Client(credential, base_url=server.url, scopes=scopes) as client:
            client.people["1"].get()
    assert credential.asked == [("described", "too"), ("mine",)]


@pytest.mark.parametrize("kind", [Credential, AsyncCredential])
def test_an_async_client_takes_either_kind(
    server: Server, kind: type[Credential] | type[AsyncCredential]
) -> None:
    credential = kind()

    async def run() -> None:
        async with AsyncClient(credential, base_url=server.url) as client:
            await asyncio.gather(*(client.people["1"].get() for _ in range(8)))

    asyncio.run(run())
    assert len(credential.asked) == 1
    assert sent(server) == ["Bearer t1"] * 8


def test_an_async_client_takes_callables_of_either_kind(server: Server) -> None:
    async def later() -> str:
        return "b"

    async def run() -> None:
        for credential in ("c", lambda: "a", later, httpx.BasicAuth("u", "p"), None):
            async with AsyncClient(credential, base_url=server.url) as client:
                await client.people["1"].get()

    asyncio.run(run())
    assert sent(server) == ["Bearer c", "Bearer a", "Bearer b", "Basic dTpw", None]


@pytest.mark.parametrize("token", ["", "a b", "a\nX-Evil: 1", "é", "Bearer abc"])
def test_a_token_that_breaks_the_header_is_refused_and_not_shown(token: str) -> None:
    with pytest.raises(ValueError, match="visible ASCII") as raised:
        Client(token, base_url="https://host")
    assert not token or token not in str(raised.value)


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_what_is_no_credential_is_refused(kind: Any) -> None:
    with pytest.raises(TypeError, match="got int"):
        kind(7, base_url="https://host")


def secrets(request: Request) -> set[str]:
    return {"authorization", "cookie", "x-api-key"} & set(request.headers)


@pytest.mark.parametrize("how", ["token", "auth", "own"])
def test_a_redirect_to_another_origin_takes_no_secret_along(how: str) -> None:
    with Server([(200, {}, b"content")]) as other:
        away: Answer = (302, {"Location": f"{other.url}/blob?sig=x%2By"}, b"")
        with Server([(307, {"Location": "/next"}, b""), away]) as server:
            http = httpx.Client(auth=("u", "p"), cookies={"c": "1"})
            credential: Any = {"token": "tok", "auth": httpx.BasicAuth("u", "p")}
            with (
                http,
                Client(
                    credential.get(how),
                    base_url=server.url,
                    http_client=http,
                    headers={"X-Api-Key": "k"},
                ) as client,
            ):
                assert client.people["1"].photo.download() == b"content"
    assert [request.target for request in server.requests] == [
        "/people/1/photo/$value",
        "/next",
    ]
    for request in server.requests:
        assert secrets(request) == {"authorization", "cookie", "x-api-key"}
    (blob,) = other.requests
    assert (blob.target, secrets(blob)) == ("/blob?sig=x%2By", set())
    assert blob.headers["accept"] == "*/*"


def test_the_way_back_from_another_origin_takes_no_secret_along() -> None:
    roots: list[str] = []

    def send_back(request: Request) -> Answer:
        return 302, {"Location": f"{roots[0]}/people/2"}, b""

    with Server(send_back) as other:
        with Server([(302, {"Location": other.url}, b""), OK]) as server:
            roots.append(server.url)
            with Client("tok", base_url=server.url) as client:
                client.people["1"].get()
    assert sent(server) == ["Bearer tok", None]


def test_a_redirect_is_followed_by_reading_calls_only() -> None:
    with Server([(302, {"Location": "/other"}, b"")]) as server:
        with Client(base_url=server.url) as client:
            with pytest.raises(UnexpectedResponse, match="302"):
                client.ping()
    assert len(server.requests) == 1


def test_redirects_in_a_circle_end() -> None:
    with Server(lambda request: (302, {"Location": "/people/1"}, b"")) as server:
        with Client(base_url=server.url) as client:
            with pytest.raises(UnexpectedResponse, match="more redirects"):
                client.people["1"].get()
    assert len(server.requests) == 11


@both
@pytest.mark.parametrize(
    "link",
    ["https://xn--/", "https:people/2", "https://[::1/", "http://127.0.0.1:65536"],
)
def test_a_redirect_to_no_url_is_a_fault_of_the_service(
    using: Using, link: str
) -> None:
    retry = Retry(attempts=1)
    with Server([(302, {"Location": link}, b"")]) as server:
        with pytest.raises(CallError, match="no such port|URL"):
            using(server, lambda c: c.people["1"].get(), retry=retry)


def test_a_fault_after_a_redirect_begins_anew() -> None:
    hop: Answer = (302, {"Location": "/next"}, b"")
    retry = Retry(sleep=lambda seconds: None)
    with Server([hop, (503, {}, b""), hop, OK]) as server:
        with Client("tok", base_url=server.url, retry=retry) as client:
            client.people["1"].get()
    assert [request.target for request in server.requests] == [
        "/people/1",
        "/next",
    ] * 2
    assert sent(server) == ["Bearer tok"] * 4


# --- a token that the service refuses

REFUSED: Answer = (401, {}, {"error": {"code": "InvalidAuthenticationToken"}})


@both
@pytest.mark.parametrize("verb", ["get", "delete", "rename"])
def test_a_refused_token_is_replaced_once_whatever_the_method(
    using: Using, verb: str
) -> None:
    credential = Credential()
    arguments = {"name": "B"} if verb == "rename" else {}
    with Server([OK, REFUSED, OK]) as server:

        def use(client: Any) -> Any:
            return getattr(client.people["1"], verb)(**arguments)

        using(server, lambda c: c.people["1"].get(), credential=credential)
        using(server, use, credential=credential)
    assert sent(server) == ["Bearer t1", "Bearer t2", "Bearer t3"]


@both
def test_a_token_that_is_refused_twice_is_an_error(using: Using) -> None:
    credential = Credential()
    with Server([REFUSED, REFUSED, OK]) as server, pytest.raises(Unauthorized):
        using(server, lambda c: c.people["1"].get(), credential=credential)
    assert sent(server) == ["Bearer t1", "Bearer t2"]


@both
def test_a_callable_is_asked_again_and_a_fixed_token_is_not(using: Using) -> None:
    tokens = iter("ab")
    with Server([REFUSED, OK]) as server:
        using(server, lambda c: c.people["1"].get(), credential=lambda: next(tokens))
    assert sent(server) == ["Bearer a", "Bearer b"]
    with Server([REFUSED, OK]) as server, pytest.raises(Unauthorized):
        using(server, lambda c: c.people["1"].get(), credential="tok")
    assert sent(server) == ["Bearer tok"]


def test_many_threads_whose_token_is_refused_get_one_new_one() -> None:
    credential = Credential()

    def answer(request: Request) -> Answer:
        return REFUSED if request.headers["authorization"] == "Bearer t1" else OK

    with Server(answer) as server, Client(credential, base_url=server.url) as client:
        threads = [threading.Thread(target=client.people["1"].get) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(credential.asked) == 2


@both
def test_claims_that_a_challenge_demands_are_asked_for(using: Using) -> None:
    demanded: list[dict[str, Any]] = []

    class Challenged(Credential):
        def get_token(self, *scopes: str, **options: Any) -> Token:
            demanded.append(options)
            return super().get_token(*scopes)

    claims = "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7fX19"
    challenge = f'Bearer realm="", error="insufficient_claims", claims="{claims}"'
    with Server([(401, {"WWW-Authenticate": challenge}, None), OK]) as server:
        using(server, lambda c: c.people["1"].get(), credential=Challenged())
    assert demanded == [{}, {"claims": '{"access_token":{"nbf":{}}}'}]


@both
def test_a_credential_that_takes_no_claims_is_asked_without(using: Using) -> None:
    class Plain(Credential):
        def get_token(self, *scopes: str) -> Token:  # type: ignore[override]
            return super().get_token(*scopes)

    challenge = {"WWW-Authenticate": 'Bearer claims="eyJhIjoxfQ=="'}
    with Server([(401, challenge, None), OK]) as server:
        using(server, lambda c: c.people["1"].get(), credential=Plain())
    assert sent(server) == ["Bearer t1", "Bearer t2"]


@both
def test_a_challenge_from_elsewhere_renews_nothing(using: Using) -> None:
    credential = Credential()
    with Server([REFUSED]) as away, pytest.raises(Unauthorized):
        with Server([(302, {"Location": f"{away.url}/x"}, None)]) as server:
            using(server, lambda c: c.people["1"].get(), credential=credential)
    assert len(credential.asked) == 1
    assert sent(away) == [None]
