"""Listings: across pages, with the caller's headers, never away from the origin."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from http_service import AsyncClient, Client, Person
from server import Answer, Request, Server
from twins import Using, both

from generator.runtime.errors import UnexpectedResponse, UntrustedLink


def people(*names: str) -> list[dict[str, str]]:
    return [{"displayName": name} for name in names]


def page(items: list[Any], link: str | None = None, **more: object) -> Answer:
    body: dict[str, Any] = {"value": items}
    if link is not None:
        body["@odata.nextLink"] = link
    return 200, {}, {**body, **more}


class Paged:
    """Answers three pages, the second of them empty, with links to its own origin."""

    root = ""

    def __call__(self, request: Request) -> Answer:
        link = f"{self.root}/people?$skiptoken=a%2Bb%20c"
        if "skiptoken" not in request.target:
            return page(people("Ada", "Bob"), link, **{"@odata.count": 3})
        if "again" not in request.target:
            return page([], f"{link}&again=%27")
        return page(people("Cay"))


def test_items_come_across_pages_with_the_callers_headers() -> None:
    script = Paged()
    with Server(script) as server, Client("tok", base_url=server.url) as client:
        script.root = server.url
        listed = client.people.list(
            count=True, headers={"ConsistencyLevel": "eventual"}
        )
        assert server.requests == []
        names = [person.name for person in listed]
    assert names == ["Ada", "Bob", "Cay"]
    assert [request.target for request in server.requests] == [
        "/people?$count=true",
        "/people?$skiptoken=a%2Bb%20c",
        "/people?$skiptoken=a%2Bb%20c&again=%27",
    ]
    for request in server.requests:
        assert request.headers["consistencylevel"] == "eventual"
        assert request.headers["authorization"] == "Bearer tok"


def test_pages_tell_count_and_link() -> None:
    script = Paged()
    with Server(script) as server, Client(base_url=server.url) as client:
        script.root = server.url
        first, second, third = client.people.list().pages()
    assert (len(first.items), first.count) == (2, 3)
    assert (second.items, second.count) == ([], None)
    assert second.next_link == f"{server.url}/people?$skiptoken=a%2Bb%20c&again=%27"
    assert third.next_link is None


def test_each_iteration_asks_again_and_only_as_far_as_needed() -> None:
    script = Paged()
    with Server(script) as server, Client(base_url=server.url) as client:
        script.root = server.url
        listed = client.people.list()
        assert next(iter(listed)).name == "Ada"
        assert len(server.requests) == 1
        assert len(list(listed)) == 3
        assert len(server.requests) == 4


def test_the_async_listing_is_the_same() -> None:
    script = Paged()

    async def run() -> tuple[list[str | None], int]:
        async with AsyncClient("tok", base_url=server.url) as client:
            listed = client.people.list(headers={"ConsistencyLevel": "eventual"})
            names = [person.name async for person in listed]
            return names, len([each async for each in listed.pages()])

    with Server(script) as server:
        script.root = server.url
        assert asyncio.run(run()) == (["Ada", "Bob", "Cay"], 3)
    assert len(server.requests) == 6
    for request in server.requests:
        assert request.headers["consistencylevel"] == "eventual"


def test_an_actions_further_pages_are_read_without_its_body() -> None:
    answers: list[Answer] = [page(["a", None], "/more?x=http://y"), page(["b"])]
    with Server(answers) as server, Client(base_url=server.url) as client:
        assert list(client.people.check(ids=["1", "2"])) == ["a", None, "b"]
    first, second = server.requests
    assert (first.method, first.target) == ("POST", "/people/test.check")
    assert first.json == {"ids": ["1", "2"]}
    assert (second.method, second.target, second.body) == (
        "GET",
        "/more?x=http://y",
        b"",
    )
    assert "content-type" not in second.headers


def test_a_functions_collection_is_a_listing() -> None:
    with Server([page(people("Ada"))] * 2) as server:
        with Client(base_url=server.url) as client:
            (person,) = client.people.delta(token="l'x")
            list(client.people.delta())
    assert isinstance(person, Person)
    assert [request.target for request in server.requests] == [
        "/people/test.delta(token='l''x')",
        "/people/test.delta()",
    ]


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/people",
        "//evil.example/people",
        "http://127.0.0.1:1/people",
        "https://127.0.0.1/people",
        "http://127.0.0.1@evil.example/",
        "http://[::1/",
        "http://h/\n",
        "https://xn--/people",
        "https://xn--a--/people",
        "/people?\ud800",
    ],
)
def test_a_link_elsewhere_is_refused(link: str) -> None:
    with Server([page(people("Ada"), link)]) as server:
        with Client("tok", base_url=server.url) as client:
            items = iter(client.people.list())
            assert next(items).name == "Ada"
            with pytest.raises(UntrustedLink, match="next link") as raised:
                next(items)
    assert raised.value.link == link
    assert len(server.requests) == 1


def test_links_in_a_circle_end() -> None:
    with Server(lambda request: page(people("Ada"), "/people?b")) as server:
        with Client(base_url=server.url) as client:
            with pytest.raises(UntrustedLink, match="circle"):
                list(client.people.list())
    assert len(server.requests) == 2


@pytest.mark.parametrize("body", [{}, {"value": {}}, {"value": [1]}, []])
def test_what_is_no_collection_is_refused(body: object) -> None:
    with Server([(200, {}, body)]) as server, Client(base_url=server.url) as client:
        with pytest.raises(UnexpectedResponse):
            list(client.people.list())


@pytest.mark.parametrize(
    ("count", "read"), [(7, 7), ("7", 7), ("x", None), (None, None), ("7" * 5000, None)]
)
def test_a_count_may_be_text(count: object, read: int | None) -> None:
    with Server([page([], None, **{"@odata.count": count})]) as server:
        with Client(base_url=server.url) as client:
            assert [each.count for each in client.people.list().pages()] == [read]


def test_the_last_page_of_a_delta_tells_where_to_go_on() -> None:
    link = "https://host/people/delta?$deltatoken=a"
    answers: list[Answer] = [page([], "/more"), page([], **{"@odata.deltaLink": link})]
    with Server(answers) as server, Client(base_url=server.url) as client:
        first, last = client.people.list().pages()
    assert (first.delta_link, last.delta_link) == (None, link)


def test_messages_do_not_repeat_a_password() -> None:
    with Server([page([], "https://u:secret@away/x?y")]) as server:
        with Client(base_url=server.url) as client:
            with pytest.raises(UntrustedLink, match="away/x") as caught:
                list(client.people.list())
    assert "secret" not in str(caught.value)
    for url in ("ftp://u:secret@host", "u:secret@host", "https://u:secret@host?a"):
        with pytest.raises(ValueError, match="host") as refused:
            Client(base_url=url)
        assert "secret" not in str(refused.value)


@both
def test_a_listing_goes_on_from_a_stored_link(using: Using) -> None:
    link = "/people?$skiptoken=2"
    with Server([page(people("Cay"))]) as server:
        found = using(
            server,
            lambda c: c.people.list(
                select=["id"], headers={"ConsistencyLevel": "eventual"}
            ).resume(server.url + link),
        )
    assert [person.name for person in found] == ["Cay"]
    (request,) = server.requests
    assert request.target == link
    assert request.headers["consistencylevel"] == "eventual"


@both
@pytest.mark.parametrize(
    "link", ["http://127.0.0.2:1/people", "//evil/people", "http:"]
)
def test_a_stored_link_to_another_origin_is_refused(using: Using, link: str) -> None:
    with Server([]) as server, pytest.raises(UntrustedLink):
        using(server, lambda c: c.people.list().resume(link))
    assert server.requests == []


@both
def test_page_size_goes_with_every_page(using: Using) -> None:
    with Server([page(people("A"), "/people?p=2"), page(people("B"))]) as server:
        using(server, lambda c: c.people.list(page_size=1))
    sizes = [request.headers["prefer"] for request in server.requests]
    assert sizes == ["odata.maxpagesize=1"] * 2


@both
def test_what_an_action_lists_takes_query_options_too(using: Using) -> None:
    with Server([page(["1"], "/next"), page(["2"])]) as server:
        found = using(
            server,
            lambda c: c.people.check(ids=["1"]).with_options(
                filter="a eq 1", top=5, headers={"X-A": "b"}
            ),
        )
    assert found == ["1", "2"]
    first, second = server.requests
    assert (first.method, first.query) == ("POST", {"$filter": "a eq 1", "$top": "5"})
    assert first.json == {"ids": ["1"]}
    assert (second.method, second.target, second.body) == ("GET", "/next", b"")
    assert second.headers["x-a"] == "b"


@both
def test_an_option_of_a_listing_is_sent_once(using: Using) -> None:
    with Server([page([])]) as server:
        link = server.url + "/people?%24top=5&$skiptoken=a%2Bb&x=1&x=2"
        using(
            server,
            lambda c: c.people.list().resume(link).with_options(top=3).with_options(),
        )
    (request,) = server.requests
    assert request.target == "/people?$top=3&$skiptoken=a%2Bb&x=1&x=2"


@both
def test_a_skip_token_is_sent_as_it_is(using: Using) -> None:
    with Server([page([])]) as server:
        using(server, lambda c: c.people.list(skip_token="a+b&c"))
    assert server.requests[0].query == {"$skiptoken": "a+b&c"}


@both
def test_control_information_may_lack_its_prefix(using: Using) -> None:
    first = {"value": people("Ada"), "@nextLink": "/people?p=2"}
    with Server([(200, {}, first), page(people("Bob"))]) as server:
        listed = using(server, lambda c: c.people.list())
    assert [person.name for person in listed] == ["Ada", "Bob"]
    only = {"value": [], "@count": "2", "@deltaLink": "/people?d=1"}
    with Server([(200, {}, only)]) as server, Client(base_url=server.url) as client:
        (told,) = client.people.list().pages()
    assert (told.count, told.delta_link) == (2, "/people?d=1")
