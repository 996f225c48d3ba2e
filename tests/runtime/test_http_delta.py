"""Deltas: changes and removals, links to go on from, and beginning anew after 410."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from http_service import PERSON, Client, Person
from http_service import AsyncPersonCollection as AsyncPeople
from http_service import PersonCollection as People
from server import Answer, Request, Server
from twins import Using, both

from generator.runtime.delta import Removed, change_of
from generator.runtime.errors import Gone, UntrustedLink

GONE: Answer = (410, {}, {"error": {"code": "resyncRequired", "message": ""}})


@pytest.fixture(autouse=True)
def delta_function(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the service's collection the function, as a generated class has it."""

    def delta(self: Any, **parameters: Any) -> Any:
        return self._delta_function("test.delta", parameters, PERSON)

    monkeypatch.setattr(People, "delta", delta)
    monkeypatch.setattr(AsyncPeople, "delta", delta, raising=False)


def person(key: str) -> dict[str, str]:
    return {"id": key, "displayName": f"P{key}"}


def page(*items: Any, **links: str) -> Answer:
    return (
        200,
        {},
        {"value": list(items), **{f"@odata.{k}": v for k, v in links.items()}},
    )


def told(changes: list[Any]) -> list[str]:
    return [
        f"-{c.id} {c.reason}" if isinstance(c, Removed) else f"+{c.id}" for c in changes
    ]


FIRST = page(person("1"), person("2"), nextLink="/people/test.delta()?t=2")
REMOVED = {"id": "2", "@removed": {"reason": "deleted"}}
LAST = page(REMOVED, person("1"), deltaLink="/people/test.delta()?d=1")


@both
def test_changes_and_removals_come_across_pages(using: Using) -> None:
    kept: list[Any] = []

    def use(client: Any) -> Any:
        kept.append(client.people.delta())
        return kept[0]

    with Server([FIRST, LAST]) as server:
        changes = using(server, use)
    assert told(changes) == ["+1", "+2", "-2 deleted", "+1"]
    assert isinstance(changes[0], Person)
    assert kept[0].delta_link == "/people/test.delta()?d=1"
    assert [r.target for r in server.requests] == [
        "/people/test.delta()",
        "/people/test.delta()?t=2",
    ]


@both
def test_a_delta_goes_on_from_a_stored_link(using: Using) -> None:
    link = "/people/test.delta()?d=1"
    with Server([page(person("3"), deltaLink="/people/test.delta()?d=2")]) as server:
        changes = using(server, lambda c: c.people.delta().resume(server.url + link))
    assert told(changes) == ["+3"]
    assert [r.target for r in server.requests] == [link]


@both
def test_options_and_page_size_go_with_every_page(using: Using) -> None:
    with Server([FIRST, LAST]) as server:
        using(
            server,
            lambda c: c.people.delta().with_options(
                select=[Person.name], page_size=2, headers={"ConsistencyLevel": "x"}
            ),
        )
    first, second = server.requests
    assert first.target == "/people/test.delta()?$select=displayName"
    assert second.target == "/people/test.delta()?t=2"
    for request in (first, second):
        assert request.headers["prefer"] == "odata.maxpagesize=2"
        assert request.headers["consistencylevel"] == "x"


@both
def test_a_forgotten_link_is_an_error_unless_one_begins_anew(using: Using) -> None:
    with Server([GONE]) as server, pytest.raises(Gone):
        using(server, lambda c: c.people.delta().resume("/people/test.delta()?d=1"))
    assert len(server.requests) == 1


@both
@pytest.mark.parametrize("told_where", [False, True])
def test_after_410_all_comes_again(using: Using, told_where: bool) -> None:
    cleared: list[str] = []
    again = "/people/test.delta()?$select=id" + ("&anew=1" if told_where else "")
    answers: list[Answer] = []

    def answer(request: Request) -> Answer:
        return answers.pop(0)

    with Server(answer) as server:
        where = {"Location": server.url + again} if told_where else {}
        answers += [(410, where, None), FIRST, LAST]
        changes = using(
            server,
            lambda c: c.people.delta()
            .with_options(select=["id"])
            .resume("/people/test.delta()?d=1", resync=lambda: cleared.append("x")),
        )
    assert cleared == ["x"]
    assert told(changes) == ["+1", "+2", "-2 deleted", "+1"]
    assert server.requests[1].target == again


@both
def test_a_link_to_begin_anew_elsewhere_is_not_followed(using: Using) -> None:
    away: Answer = (410, {"Location": "http://127.0.0.2:1/x"}, None)
    cleared: list[str] = []
    with Server([away]) as server, pytest.raises(UntrustedLink):
        using(
            server,
            lambda c: c.people.delta().resume(
                "/people?d", resync=lambda: cleared.append("x")
            ),
        )
    assert cleared == []


@both
def test_410_in_the_new_beginning_is_an_error(using: Using) -> None:
    with Server([GONE, GONE]) as server, pytest.raises(Gone):
        using(
            server,
            lambda c: c.people.delta().resume("/people?d", resync=lambda: None),
        )
    assert len(server.requests) == 2


def test_a_resync_of_an_async_delta_may_wait() -> None:
    from http_service import AsyncClient

    cleared: list[str] = []

    async def clear() -> None:
        await asyncio.sleep(0)
        cleared.append("x")

    async def run() -> list[Any]:
        async with AsyncClient(base_url=server.url) as client:
            people: Any = client.people
            changes = people.delta().resume("/people?d", resync=clear)
            return [change async for change in changes]

    with Server([GONE, FIRST, LAST]) as server:
        assert len(asyncio.run(run())) == 4
    assert cleared == ["x"]


@both
def test_a_stored_link_to_another_origin_is_refused(using: Using) -> None:
    with Server([]) as server, pytest.raises(UntrustedLink):
        using(server, lambda c: c.people.delta().resume("http://127.0.0.2:1/x"))
    assert server.requests == []


@pytest.mark.parametrize(
    ("wire", "shown"),
    [
        (REMOVED, "Removed(id='2', reason='deleted')"),
        ({"@removed": {}, "@id": "people/2"}, "Removed(id='people/2', reason='')"),
        (
            {
                "@odata.context": "#people/$deletedEntity",
                "id": "2",
                "reason": "changed",
            },
            "Removed(id='2', reason='changed')",
        ),
    ],
)
def test_removals_of_both_versions_of_the_format(
    wire: dict[str, Any], shown: str
) -> None:
    import httpx

    request = httpx.Request("GET", "http://a")
    answer = httpx.Response(200, json={"value": [wire]}, request=request)
    (removed,) = change_of(PERSON)(answer).items
    assert repr(removed) == shown
    assert isinstance(removed, Removed) and removed.wire == wire


def test_a_batch_or_a_look_takes_the_first_page_of_a_delta() -> None:
    with Server([FIRST]) as server, Client(base_url=server.url) as client:
        answer = client.prepare(client.people.delta).send()
    assert len(answer.value.items) == 2
