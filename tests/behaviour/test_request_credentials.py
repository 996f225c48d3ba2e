"""Credentials of a generated package: which of them goes where, and where none goes."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import httpx
import pytest
from requests_api import DOCUMENT, imported, operation, written
from server import Answer, Request, Server
from zoo_client import Using, async_use, both, sync_use, zoo

__all__ = ["zoo"]

DONE = (204, {}, b"")
ALL: dict[str, Any] = {
    "query_key": "q&k",
    "header_key": lambda: "hk",
    "cookie_key": "c;k",
    "basic": ("ada", "pä:ss"),
    "custom": "x",
    "oauth": "token",
}


@dataclass
class Tokens:
    """A credential that gives a new token each time, and notes what it is asked for."""

    asked: list[tuple[str, ...]] = field(default_factory=list)

    def get_token(self, *scopes: str) -> Any:
        self.asked.append(scopes)

        class Token:
            token = f"t{len(self.asked)}"
            expires_on = 9_999_999_999

        return Token()


def sent(
    zoo: ModuleType, using: Using, use: Any, credentials: Any, **more: Any
) -> Request:
    with Server([DONE]) as server:
        using(zoo, server, use, credentials=credentials, **more)
    return server.requests[0]


def secrets(request: Request) -> dict[str, str]:
    found = {n: request.headers[n] for n in SECRET if n in request.headers}
    return {**found, **{k: v for k, v in request.query.items() if k == "api_key"}}


SECRET = ("authorization", "cookie", "x-key")


@both
def test_each_scheme_has_its_place(zoo: ModuleType, using: Using) -> None:
    basic = b64encode("ada:pä:ss".encode()).decode()

    def of(use: Any, *names: str) -> dict[str, str]:
        given = {name: ALL[name] for name in names or ALL}
        return secrets(sent(zoo, using, use, given))

    assert of(lambda c: c.pets.delete("1")) == {"authorization": "Bearer token"}
    assert of(lambda c: c.doors.open()) == {}
    assert of(lambda c: c.doors.either()) == {"api_key": "q&k"}
    assert of(lambda c: c.doors.either(), "basic") == {
        "authorization": f"Basic {basic}"
    }
    assert of(lambda c: c.doors.either(), "oauth") == {}
    assert of(lambda c: c.doors.both()) == {"x-key": "hk", "cookie": "session=c%3Bk"}
    assert of(lambda c: c.doors.both(), "header_key") == {}
    assert of(lambda c: c.doors.maybe()) == {"authorization": "Bearer token"}
    assert of(lambda c: c.doors.maybe(), "basic") == {}


@both
def test_a_token_is_for_the_schemes_that_take_one(
    zoo: ModuleType, using: Using
) -> None:
    request = sent(zoo, using, lambda c: c.pets.delete("1"), None, credential="mine")
    assert secrets(request) == {"authorization": "Bearer mine"}


@both
def test_scopes_are_those_of_the_operation(zoo: ModuleType, using: Using) -> None:
    tokens = Tokens()
    given = {"oauth": tokens}
    sent(zoo, using, lambda c: c.pets.delete("1"), given)
    sent(zoo, using, lambda c: c.doors.maybe(), given)
    sent(zoo, using, lambda c: c.doors.maybe(), given, scopes=["all"])
    assert tokens.asked == [("write",), ("read",), ("all",)]


@both
def test_a_token_that_is_refused_is_asked_for_again(
    zoo: ModuleType, using: Using
) -> None:
    with Server([(401, {}, b""), DONE]) as server:
        using(zoo, server, lambda c: c.pets.delete("1"), credential=Tokens())
    assert [each.headers["authorization"] for each in server.requests] == [
        "Bearer t1",
        "Bearer t2",
    ]


@both
def test_nothing_goes_to_another_origin(zoo: ModuleType, using: Using) -> None:
    with Server([(200, {}, b"")]) as away:
        script: list[Answer] = [(302, {"location": f"{away.url}/x"}, b"")] * 2
        with Server(script) as server:
            for use in (lambda c: c.moved(), lambda c: c.pets.photo("1")):
                try:
                    using(zoo, server, use, credentials=ALL)
                except zoo.CallError:
                    pass
    assert all(secrets(each) for each in server.requests)
    assert away.requests and not any(secrets(each) for each in away.requests)


@both
def test_a_redirect_at_home_carries_the_credential(
    zoo: ModuleType, using: Using
) -> None:
    with Server([(302, {"location": "/x"}, b""), (200, {}, b"ok")]) as server:
        assert using(zoo, server, lambda c: c.moved(), credentials=ALL) == b"ok"
    assert [secrets(each) for each in server.requests] == [
        {"authorization": "Bearer token"}
    ] * 2


def test_a_short_key_hides_nothing_else(
    zoo: ModuleType, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "httpx")
    with Server([(302, {"location": "either?e=e"}, b""), DONE]) as server:
        sync_use(
            zoo,
            server,
            lambda client: client.doors.either(),
            credentials={"query_key": "e"},
        )
    assert [each.target for each in server.requests] == [
        "/either?api_key=e",
        "/either?api_key=e&e=e",
    ]
    assert f"GET {server.url}/either?api_key=...&e=e" in caplog.text


def faults() -> Iterable[tuple[Any, type[Exception], str]]:
    yield {"nobody": "x"}, ValueError, "no such credential: 'nobody'"
    yield {"basic": "ada"}, TypeError, "'basic': expected a tuple"
    yield {"basic": ("a:b", "c")}, ValueError, "'basic': .*colon"
    yield {"header_key": "a\r\nb"}, ValueError, "'header_key': a key is visible"
    yield {"oauth": "a b"}, ValueError, "'oauth': a token must be"
    yield {"oauth": httpx.BasicAuth("a", "b")}, TypeError, "first argument"


@pytest.mark.parametrize(("given", "kind", "message"), [*faults()])
def test_credentials_that_cannot_be_sent(
    zoo: ModuleType, given: Any, kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind, match=message) as error:
        zoo.Client(credentials=given)
    assert "a\r\nb" not in str(error.value)


def test_an_httpx_auth_goes_with_everything(zoo: ModuleType) -> None:
    with Server([DONE]) as server:
        auth = httpx.BasicAuth("a", "b")
        sync_use(zoo, server, lambda c: c.doors.open(), credential=auth)
    assert server.requests[0].headers["authorization"].startswith("Basic ")


def test_async_keys(zoo: ModuleType) -> None:
    async def key() -> str:
        return "later"

    with Server([DONE]) as server:
        async_use(
            zoo,
            server,
            lambda client: client.doors.either(),
            credentials={"query_key": key},
        )
    assert secrets(server.requests[0]) == {"api_key": "later"}


def test_where_nothing_is_described_a_token_goes_along(tmp_path: Any) -> None:
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Plain", "version": "1"},
        "paths": {"/": {"get": operation("get", tag="")}},
    }
    written(tmp_path, "plain_package", document)
    with imported(tmp_path, "plain_package") as plain, Server([DONE, DONE]) as server:
        sync_use(plain, server, lambda client: client.get(), credential="mine")
        sync_use(plain, server, lambda client: client.get())
        with pytest.raises(ValueError, match="base_url= is needed"):
            plain.Client()
    assert [secrets(each) for each in server.requests] == [
        {"authorization": "Bearer mine"},
        {},
    ]


def test_the_only_scheme_takes_the_first_argument(tmp_path: Any) -> None:
    key = DOCUMENT["components"]["securitySchemes"]["header_key"]
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Keyed", "version": "1"},
        "paths": {"/": {"get": operation("get", tag="")}},
        "components": {"securitySchemes": {"key": key}},
    }
    written(tmp_path, "keyed_package", document)
    with imported(tmp_path, "keyed_package") as keyed, Server([DONE]) as server:
        sync_use(keyed, server, lambda client: client.get(), credential="k")
    assert secrets(server.requests[0]) == {"x-key": "k"}
