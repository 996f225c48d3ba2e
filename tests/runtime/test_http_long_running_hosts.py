"""Long-running operations: which links to monitors and results are trusted."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
from http_service import Client, Person
from long_runs import ADA, pausing, told
from server import Answer, Request, Server

from generator.runtime.errors import CallError, UntrustedLink


class Abroad:
    """A service, and another host that monitors its operations."""

    def __init__(self, script: Callable[[str], list[Answer]]) -> None:
        self.secret = {"X-Key": "k", "Prefer": "wait=5"}
        self.error: CallError | None = None
        self.result: object = None
        abroad = Server(lambda request: next(answers))
        home = Server(self._at_home)
        with home, abroad:
            self.monitor = f"{abroad.url}/monitor?key=s"
            self.root = f"{home.url}/v1.0"
            answers = iter(script(self.root))
            self.home, self.abroad = home.requests, abroad.requests
            client = Client(
                "tok",
                base_url=self.root,
                retry=pausing([]),
                headers={"X-Standing": "s"},
            )
            with client:
                place = client.people["1"].with_options(headers=self.secret)
                self.operation = client.start(place.touch)
                try:
                    self.result = self.operation.wait()
                except CallError as error:
                    self.error = error

    def _at_home(self, request: Request) -> Answer:
        if request.method == "POST":
            return 202, {"Location": self.monitor}, b""
        return 200, {}, ADA


def test_a_monitor_elsewhere_is_asked_without_any_secret() -> None:
    trip = Abroad(lambda root: [told("running"), told("completed")])
    assert trip.error is None
    assert [each.target for each in trip.abroad] == ["/monitor?key=s"] * 2
    for request in trip.abroad:
        assert not {"authorization", "x-key", "x-standing", "prefer", "cookie"} & set(
            request.headers
        )
    away = trip.monitor.removesuffix("/monitor?key=s").removeprefix("http://")
    assert repr(trip.operation) == f"<LongRunning completed {away}>"


@pytest.mark.parametrize("status", [200, 303])
def test_it_may_name_a_result_below_the_service_root(status: int) -> None:
    def script(root: str) -> list[Answer]:
        where = f"{root}/people/1"
        if status == 303:
            return [(303, {"Location": where}, b"")]
        return [told("completed", resourceLocation=where)]

    trip = Abroad(script)
    assert trip.result == Person.from_dict(ADA)
    asked = trip.home[-1]
    assert (asked.method, asked.target) == ("GET", "/v1.0/people/1")
    assert asked.headers["authorization"] == "Bearer tok"
    assert asked.headers["x-key"] == "k"


OUTSIDE = (
    "{origin}/admin",
    "{root}",
    "{root}/../admin",
    "{root}/%2e%2e/admin",
    "{root}/..%2Fadmin",
    "{root}/%2E%2E%5Cadmin",
    "{origin}/v1.0.evil/x",
)


@pytest.mark.parametrize("where", OUTSIDE)
@pytest.mark.parametrize("status", [200, 303])
def test_it_may_name_nothing_else_of_the_service(status: int, where: str) -> None:
    def script(root: str) -> list[Answer]:
        link = where.format(root=root, origin=root.removesuffix("/v1.0"))
        if status == 303:
            return [(303, {"Location": link}, b"")]
        return [told("completed", resourceLocation=link)]

    trip = Abroad(script)
    assert isinstance(trip.error, UntrustedLink)
    assert trip.error.may_have_happened
    assert len(trip.home) == 1


def test_it_may_name_no_monitor_of_the_service() -> None:
    """Which would be deleted with the credential if it were cancelled."""
    trip = Abroad(lambda root: [(202, {"Location": f"{root}/people/1"}, b"")])
    assert isinstance(trip.error, UntrustedLink)
    assert trip.operation.url == trip.monitor
    assert len(trip.home) == 1


def test_a_result_on_another_host_is_read_without_any_secret() -> None:
    trip = Abroad(lambda root: [(303, {"Location": "/item"}, b""), (200, {}, ADA)])
    assert trip.result == Person.from_dict(ADA)
    assert trip.abroad[1].target == "/item"
    assert not {"authorization", "x-key"} & set(trip.abroad[1].headers)


def test_a_redirect_elsewhere_gives_no_more_trust() -> None:
    """A monitor at home that redirects to another host is that host's."""

    def home(request: Request) -> Answer:
        if request.method == "POST":
            return 202, {"Location": "/v1.0/monitor"}, b""
        return 302, {"Location": f"{abroad.url}/m"}, b""

    with Server(home) as server, Server(lambda request: answer) as abroad:
        answer = told("completed", resourceLocation=f"{server.url}/admin")
        root = f"{server.url}/v1.0"
        with Client("tok", base_url=root, retry=pausing([])) as client:
            with pytest.raises(UntrustedLink):
                client.start(client.people["1"].touch).wait()
    assert len(server.requests) == 2
    assert "authorization" not in abroad.requests[0].headers


@pytest.mark.parametrize("link", ["ftp://example.com/x", "http://example.com:x/"])
def test_a_monitor_that_anybody_could_watch_is_refused(link: str) -> None:
    with Server([(202, {"Location": link}, b"")]) as server:
        with Client(base_url=server.url) as client:
            with pytest.raises(UntrustedLink) as raised:
                client.start(client.people["1"].touch)
    assert raised.value.may_have_happened


def test_plain_http_is_for_services_that_use_it() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(202, headers={"Location": "http://example.com/m"})

    carrier = httpx.MockTransport(answer)
    with Client(base_url="https://example.com", transport=carrier) as client:
        with pytest.raises(UntrustedLink, match="is not https"):
            client.start(client.people["1"].touch)


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("/teams('1')/operations('2')", "/v1.0/teams('1')/operations('2')"),
        ("/v1.0/operations/2", "/v1.0/operations/2"),
        ("operations/2", "/v1.0/people/1/operations/2"),
    ],
)
def test_a_path_may_begin_at_the_service_root(link: str, target: str) -> None:
    script: list[Answer] = [(202, {"Location": link}, b""), told("succeeded")]
    with Server(script) as server:
        root = f"{server.url}/v1.0"
        with Client(base_url=root, retry=pausing([])) as client:
            client.start(client.people["1"].touch).wait()
    assert server.requests[1].target == target
