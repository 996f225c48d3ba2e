"""Batches: what is sent, how it is split, and what cannot be part of one."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import Any

import httpx
import pytest
from batches import (
    BOTH,
    JSON,
    NO_CONTENT,
    OK,
    Drive,
    Items,
    Wire,
    always,
    each,
    get_all,
    parts_of,
    sync_batch,
)
from http_service import AsyncClient, Client, Person
from server import Server

from generator.runtime.calls import NOTHING, make_call
from generator.runtime.exchange import Call
from generator.runtime.resources import Resource


@BOTH
def test_what_is_sent(drive: Drive) -> None:
    def fill(client: Any, batch: Any) -> Items:
        people = client.people
        ada = people["ada/lovelace"].with_options(
            headers={"ConsistencyLevel": "eventual"}, query={"$x": "1 2"}
        )
        return [
            batch.submit(ada.get, select=[Person.id, Person.name]),
            batch.submit(people.list, top=5, page_size=2),
            batch.submit(people.create, Person(name="Ada"), returns="minimal"),
            batch.submit(people["1"].delete, if_match='W/"1"'),
            batch.submit(people["1"].rename, name="Ada"),
            batch.submit(people.count),
        ]

    with Server(always(NO_CONTENT)) as server:
        drive(server.url + "/v1", fill)
    assert [request.target for request in server.requests] == ["/v1/$batch"]
    assert server.requests[0].headers["content-type"] == JSON
    assert server.requests[0].headers["accept"] == JSON
    assert server.requests[0].json == {
        "requests": [
            {
                "id": "1",
                "method": "GET",
                "url": "people/ada%2Flovelace?$select=id,displayName&$x=1%202",
                "headers": {"consistencylevel": "eventual"},
            },
            {
                "id": "2",
                "method": "GET",
                "url": "people?$top=5",
                "headers": {"prefer": "odata.maxpagesize=2"},
            },
            {
                "id": "3",
                "method": "POST",
                "url": "people",
                "headers": {"content-type": JSON, "prefer": "return=minimal"},
                "body": {"displayName": "Ada"},
            },
            {
                "id": "4",
                "method": "DELETE",
                "url": "people/1",
                "headers": {"if-match": 'W/"1"'},
            },
            {
                "id": "5",
                "method": "POST",
                "url": "people/1/test.rename",
                "headers": {"content-type": JSON},
                "body": {"name": "Ada"},
            },
            {
                "id": "6",
                "method": "GET",
                "url": "people/$count",
                "headers": {"accept": "text/plain"},
            },
        ]
    }


@BOTH
def test_client_headers_go_with_each_call_and_the_credential_with_the_whole(
    drive: Drive,
) -> None:
    def fill(client: Any, batch: Any) -> Items:
        return [batch.submit(client.people.list, page_size=2)]

    headers = {"Prefer": "a", "X-Tenant": "t", "Accept": "application/json;a=b"}
    with Server(always({"status": 200, "body": {"value": []}})) as server:
        drive(server.url, fill, credential="secret", headers=headers)
    assert parts_of(server)[0][0]["headers"] == {
        "accept": "application/json;a=b",
        "prefer": "odata.maxpagesize=2, a",
        "x-tenant": "t",
    }
    assert server.requests[0].headers["authorization"] == "Bearer secret"
    assert "secret" not in server.requests[0].body.decode()


def test_parameters_of_the_httpx_client_go_along() -> None:
    http = httpx.Client(params={"api-version": "1"})
    with Server(always(OK)) as server, http:
        sync_batch(server.url, get_all(1), http_client=http)
    assert parts_of(server)[0][0]["url"] == "people/1?api-version=1"
    assert server.requests[0].query == {"api-version": "1"}


@BOTH
def test_many_calls_are_split(drive: Drive) -> None:
    def answer(part: Wire) -> Wire:
        return {"status": 200, "body": {"id": part["url"].rpartition("/")[2]}}

    with Server(each(answer)) as server:
        items = drive(server.url, get_all(45))
    assert [len(parts) for parts in parts_of(server)] == [20, 20, 5]
    sent = [part["id"] for parts in parts_of(server) for part in parts]
    assert sent == [str(n) for n in range(1, 46)]
    assert [item.result().id for item in items] == sent


@BOTH
def test_the_size_can_be_chosen(drive: Drive) -> None:
    with Server(always(OK)) as server:
        drive(server.url, get_all(5), size=2)
        assert [len(parts) for parts in parts_of(server)] == [2, 2, 1]
        with pytest.raises(ValueError, match="at least, not 0"):
            drive(server.url, get_all(1), size=0)


def test_a_batch_may_have_headers_and_a_credential_of_its_own() -> None:
    with Server(always(OK)) as server, Client(base_url=server.url) as client:
        mine = client.with_options(headers={"Authorization": "Bearer mine", "X-A": "b"})
        with mine.batch() as batch:
            item = batch.submit(mine.people["1"].get)
    assert item.result().name == "Ada"
    assert server.requests[0].headers["authorization"] == "Bearer mine"
    assert server.requests[0].headers["x-a"] == "b"
    assert parts_of(server)[0][0]["headers"] == {"x-a": "b"}


@BOTH
def test_nothing_is_sent_after_an_exception(drive: Drive) -> None:
    def fill(client: Any, batch: Any) -> Items:
        items.extend(get_all(1)(client, batch))
        raise KeyError("mine")

    items: Items = []
    with Server(always(OK)) as server:
        with pytest.raises(KeyError, match="mine"):
            drive(server.url, fill)
        assert server.requests == []
    with pytest.raises(RuntimeError, match="at the end of its `with`, or by send"):
        items[0].result()
    assert items[0].response is None


@BOTH
def test_an_empty_batch_sends_nothing(drive: Drive) -> None:
    with Server(always(OK)) as server:
        assert drive(server.url, lambda client, batch: []) == []
        assert server.requests == []


def test_a_batch_may_be_sent_step_by_step() -> None:
    with Server(always(OK)) as server, Client(base_url=server.url) as client:
        with client.batch() as batch:
            first = batch.submit(client.people["1"].get)
            with pytest.raises(RuntimeError):
                assert first.error
            batch.send()
            assert first.result().name == "Ada"
            second = batch.after(first).submit(client.people["2"].get)
        batch.send()
    assert second.result().name == "Ada"
    assert parts_of(server) == [
        [{"id": "1", "method": "GET", "url": "people/1"}],
        [{"id": "2", "method": "GET", "url": "people/2"}],
    ]


def test_an_async_batch_may_be_sent_step_by_step() -> None:
    async def run(url: str) -> None:
        async with AsyncClient(base_url=url) as client:
            batch = client.batch()
            first = batch.submit(client.people["1"].get)
            await batch.send()
            assert first.result().name == "Ada"
            batch.submit(client.people["2"].get)
            await batch.send()

    with Server(always(OK)) as server:
        asyncio.run(run(server.url))
    assert [[p["url"] for p in parts] for parts in parts_of(server)] == [
        ["people/1"],
        ["people/2"],
    ]


class Odd(Resource):
    """A place whose calls cannot be part of a batch."""

    __slots__ = ()

    def elsewhere(self) -> None:
        self._send(Call("GET", "https://elsewhere.example/v1/a", NOTHING))

    def above(self) -> None:
        self._send(Call("GET", self._at.transport.base_url[:-1], NOTHING))

    def pieces(self) -> None:
        self._send(make_call(self._at, "PUT", NOTHING, {}, iter([b"a"])))

    def not_json(self) -> None:
        content_type = {"content-type": JSON}
        self._send(make_call(self._at, "PUT", NOTHING, content_type, b"{]"))


def test_what_cannot_be_part_of_a_batch_is_refused_when_it_is_submitted() -> None:
    with Client(base_url="https://host.example/v1") as client:
        batch = client.batch()
        odd = Odd.at(client, "/odd")
        for method in (odd.elsewhere, odd.above, odd.not_json, print):
            with pytest.raises(ValueError):
                batch.submit(method)
        own = {"Authorization": "Bearer mine"}
        with pytest.raises(ValueError, match="authorization of its own"):
            batch.submit(client.people["1"].get, headers=own)
        with pytest.raises(TypeError, match="piece by piece"):
            batch.submit(odd.pieces)
        with pytest.raises(TypeError, match="not a single call"):
            batch.submit(client.people.__getitem__, "1")
        with Client(base_url="https://host.example/v1") as other:
            with pytest.raises(ValueError, match="of this client"):
                batch.submit(other.people["1"].get)
        batch.send()


def test_a_package_without_batches_imports_nothing_for_them() -> None:
    program = (
        "import sys, generator.runtime.client\n"
        "names = ('batch', 'batch_parts', 'batch_steps', 'prepared', 'steps', 'pages')\n"
        "print([n for n in names if f'generator.runtime.{n}' in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"
