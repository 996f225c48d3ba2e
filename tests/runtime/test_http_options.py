"""What a caller settles: per place, per client, and calls seen before they are sent."""

from __future__ import annotations

import asyncio
import inspect
import subprocess
import sys
from typing import Any

import httpx
import pytest
from http_service import AsyncClient, Client, Person
from server import Answer, Raw, Server
from twins import Using, both

from generator.runtime.client import AsyncClientBase, SyncClient
from generator.runtime.errors import BadRequest, TimedOut, TooManyRequests
from generator.runtime.resources import Resource
from generator.runtime.retry import Retry

ADA = {"id": "1", "displayName": "Ada"}
OK: Answer = (200, {}, ADA)
THROTTLED: Answer = (429, {"Retry-After": "0"}, None)


# --- with_options


@both
def test_options_go_with_every_call_from_the_place_onward(using: Using) -> None:
    with Server([OK, (204, {}, None), (200, {}, {"value": 3})]) as server:

        def settled(client: Any) -> Any:
            place = client.people.with_options(
                headers={"X-Tenant": "a", "X-Other": "1"}, query={"$select": "id"}
            )["1"]
            return place.with_options(headers={"x-tenant": "b"})

        using(server, lambda c: settled(c).get(headers={"X-Call": "c"}))
        using(server, lambda c: settled(c).rename(name="B"))
        using(server, lambda c: settled(c).age())
    for request in server.requests:
        assert request.headers["x-tenant"] == "b"
        assert request.headers["x-other"] == "1"
        assert request.query == {"$select": "id"}
    assert server.requests[0].headers["x-call"] == "c"


@both
def test_an_option_is_sent_once_and_the_latest_counts(using: Using) -> None:
    """A query that names a system option twice is an error."""
    with Server([(200, {}, {"value": []})]) as server:

        def use(client: Any) -> Any:
            people = client.with_options(query={"$top": "1", "a": "1"}).people
            people = people.with_options(query={"$select": "id", "a": "2"})
            return people.list(top=3)

        using(server, use)
    assert server.requests[0].target == "/people?$top=3&$select=id&a=2"


def test_options_are_the_copys_alone() -> None:
    with Server([OK, OK]) as server, Client(base_url=server.url) as client:
        place = client.people["1"]
        assert type(place.with_options(headers={"a": "1"})) is type(place)
        place.get()
        client.with_options(headers={"a": "1"}).people["1"].get()
    assert ["a" in request.headers for request in server.requests] == [False, True]


def test_a_reference_leads_to_a_place_without_its_options() -> None:
    with Server([(204, {}, None)]) as server, Client(base_url=server.url) as client:
        target = client.people["2"].with_options(query={"a": "b"})
        client.people["1"].manager.set_reference(target)
    assert server.requests[0].json == {"@odata.id": f"{server.url}/people/2"}


@both
def test_timeout_and_retry_stand_in_for_the_clients(using: Using) -> None:
    waits: list[float] = []
    patient = Retry(sleep=waits.append, jitter=lambda: 1.0)
    with Server([(503, {}, None), OK]) as server:
        using(server, lambda c: c.people["1"].with_options(retry=patient).get())
    assert waits == [0.5]
    waiting = Retry(attempts=1)
    with Server([THROTTLED, OK]) as server, pytest.raises(TooManyRequests):
        using(server, lambda c: c.people["1"].with_options(retry=waiting).get())
    assert len(server.requests) == 1
    with Server([Raw(b"", delay=0.3)]) as server, pytest.raises(TimedOut):
        using(
            server,
            lambda c: c.people["1"].with_options(timeout=0.05, retry=waiting).get(),
            timeout=30,
        )


@both
def test_pages_keep_the_options_of_the_place(using: Using) -> None:
    with Server(
        [(200, {}, {"value": [], "@odata.nextLink": "/people?p=2"})]
        + [(200, {}, {"value": [ADA]})]
    ) as server:
        found = using(
            server,
            lambda c: c.people.with_options(headers={"X-Tenant": "a"}).list(),
        )
    assert len(found) == 1
    assert [r.headers["x-tenant"] for r in server.requests] == ["a", "a"]


# --- preferences


@both
def test_preferences_are_joined(using: Using) -> None:
    page: Answer = (200, {}, {"value": []})
    with Server([page]) as server:
        using(
            server,
            lambda c: c.people.list(page_size=5, headers={"Prefer": "a=b"}),
            headers={"prefer": "odata.track-changes"},
        )
    assert server.requests[0].headers["prefer"] == (
        "a=b, odata.maxpagesize=5, odata.track-changes"
    )


def test_members_added_to_enumerations_are_asked_for() -> None:
    class Evolving(Client):
        _evolvable = True

    class Twin(AsyncClient):
        _evolvable = True

    async def ask(url: str) -> None:
        async with Twin(base_url=url) as client:
            await client.people["1"].get()

    with Server([OK] * 4) as server:
        for kind, settings in (
            (Evolving, {}),
            (Evolving, {"unknown_enum_members": False}),
            (Client, {}),
        ):
            with kind(base_url=server.url, **settings) as client:
                client.people["1"].get()
        asyncio.run(ask(server.url))
    wished = "include-unknown-enum-members"
    assert [r.headers.get("prefer") for r in server.requests] == [
        wished,
        None,
        None,
        wished,
    ]


# --- hooks


@both
def test_hooks_see_requests_and_answers(using: Using) -> None:
    seen: list[str] = []

    def request(sent: httpx.Request) -> None:
        seen.append(f"{sent.method} {sent.headers['authorization']}")
        sent.headers["x-signed"] = "yes"

    def response(answer: httpx.Response) -> None:
        seen.append(str(answer.status_code))

    with Server([THROTTLED, OK]) as server:
        using(
            server,
            lambda c: c.people["1"].get(),
            credential="tok",
            on_request=request,
            on_response=response,
        )
    assert seen == ["GET Bearer tok", "429", "GET Bearer tok", "200"]
    assert [r.headers["x-signed"] for r in server.requests] == ["yes", "yes"]


def test_hooks_of_an_async_client_may_wait() -> None:
    seen: list[str] = []

    async def request(sent: httpx.Request) -> None:
        await asyncio.sleep(0)
        seen.append(sent.method)

    async def response(answer: httpx.Response) -> None:
        await answer.aread()
        seen.append(answer.text)

    async def run() -> None:
        async with AsyncClient(
            base_url=server.url, on_request=request, on_response=response
        ) as client:
            await client.people["1"].get()

    with Server([OK]) as server:
        asyncio.run(run())
    assert seen == ["GET", '{"id": "1", "displayName": "Ada"}']


@both
def test_a_hook_that_raises_ends_the_call(using: Using) -> None:
    def response(answer: httpx.Response) -> None:
        raise RuntimeError("seen enough")

    with Server([OK]) as server, pytest.raises(RuntimeError, match="seen enough"):
        using(server, lambda c: c.people["1"].get(), on_response=response)


# --- prepared calls


def test_a_prepared_call_shows_the_request_and_sends_nothing() -> None:
    with Server([]) as server, Client("tok", base_url=server.url) as client:
        call = client.prepare(client.people["1"].update, Person(name="Ada"))
        assert (call.method, call.url) == ("PATCH", f"{server.url}/people/1")
        assert call.content == b'{"displayName":"Ada"}'
        assert call.request.headers["content-type"] == "application/json"
        assert call.request.content == call.content
        assert "authorization" not in call.request.headers
        assert server.requests == []


@both
def test_a_prepared_call_gives_the_answer_beside_the_result(using: Using) -> None:
    with Server([(200, {"ETag": '"1"', "X-A": "b"}, ADA)]) as server:
        answer = using(
            server, lambda c: c.prepare(c.people["1"].get, select=["id"]).send()
        )
    assert (answer.value.name, answer.status) == ("Ada", 200)
    assert answer.headers["x-a"] == "b"
    assert answer.response.json() == ADA
    assert server.requests[0].target == "/people/1?$select=id"


@both
def test_a_prepared_listing_is_its_first_page(using: Using) -> None:
    page = {"value": [ADA], "@odata.nextLink": "/people?p=2"}
    with Server([(200, {}, page)]) as server:
        answer = using(server, lambda c: c.prepare(c.people.list, top=1).send())
    assert [person.id for person in answer.value.items] == ["1"]
    assert answer.value.next_link == "/people?p=2"


@both
def test_actions_functions_and_follow_ups_are_prepared_too(using: Using) -> None:
    answers: list[Answer] = [(204, {}, None), (200, {}, {"value": 3})]
    answers += [(204, {}, None), OK]
    with Server(answers) as server:
        using(server, lambda c: c.prepare(c.people["1"].rename, name="B").send())
        age = using(server, lambda c: c.prepare(c.people["1"].age).send())
        changed = using(
            server,
            lambda c: c.prepare(
                c.people["1"].update, Person(name="A"), returns="representation"
            ).send(),
        )
    assert age.value == 3
    assert (changed.status, changed.value.id) == (204, "1")


@both
def test_errors_of_prepared_calls_are_those_of_the_call(using: Using) -> None:
    with Server([(400, {}, None)]) as server, pytest.raises(BadRequest):
        using(server, lambda c: c.prepare(c.people["1"].get).send())
    with Server([]) as server, pytest.raises(TypeError, match="unexpected keyword"):
        using(server, lambda c: c.prepare(c.people["1"].get, selct=["id"]).send())


def test_only_calls_of_this_client_are_prepared() -> None:
    with Client(base_url="http://a") as one, Client(base_url="http://a") as other:
        with pytest.raises(ValueError, match="a method of a place of this client"):
            one.prepare(other.people["1"].get)
        with pytest.raises(ValueError, match="a method of a place of this client"):
            one.prepare(print)
        with pytest.raises(TypeError, match="cast is not a single call"):
            one.prepare(one.people.cast, Resource)


SELDOM = (
    "batch batch_parts batch_steps binding capabilities deadline delta expand lambdas"
    " links long_running monitors pages prepared search steps streams uploads validation"
    " values"
)


def test_what_is_used_seldom_is_not_imported_by_a_package() -> None:
    program = f"""
import sys
sys.path.insert(0, "tests")
from generated.graph_qrpin import Client
from generated.graph_qrpin.models import User
from server import Server
with Server([(200, {{}}, {{"id": "1"}})]) as server, Client(base_url=server.url) as client:
    print(client.me.get(select=[User.id]).id)
runtime = "generated.graph_qrpin._runtime."
print([name for name in {SELDOM.split()!r} if runtime + name in sys.modules])
"""
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True
    )
    assert run.stdout.split("\n")[:2] == ["1", "[]"], run.stderr


def test_both_bases_take_the_same_settings() -> None:
    one, other = (
        list(inspect.signature(base.__init__).parameters)
        for base in (SyncClient, AsyncClientBase)
    )
    assert one == other
