"""Answers in pages, followed by their Link headers, sync and async."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import httpx
import pytest
from server import Answer, Server
from zoo_client import Using, both, zoo

from generator.runtime.linked import next_link

__all__ = ["zoo"]


def page(name: str, link: str = "") -> Answer:
    headers = {"link": link} if link else {}
    return 200, headers, [{"id": 1, "name": name}]


def names(pages: Any) -> Any:
    """The names on all pages; to be awaited where the client is async."""
    if hasattr(pages, "__aiter__"):

        async def gathered() -> list[str]:
            return [pet.name async for each in pages for pet in each]

        return gathered()
    return [pet.name for each in pages for pet in each]


@both
def test_next_links_are_followed(zoo: ModuleType, using: Using) -> None:
    more = '</pets?page=1>; rel="prev", </pets?kind=cat&page=2>; rel="next"'
    with Server([page("Rex", more), page("Tom")]) as server:
        found = using(
            zoo,
            server,
            lambda client: names(
                client.paginate(
                    client.pets.with_options(headers={"x-tenant": "t"}).list,
                    kind=zoo.models.Kind.CAT,
                )
            ),
            credentials={"header_key": "k"},
        )
    assert found == ["Rex", "Tom"]
    assert [each.target for each in server.requests] == [
        "/pets?kind=cat",
        "/pets?kind=cat&page=2",
    ]
    first, second = [dict(each.headers) for each in server.requests]
    assert first == second and first["x-tenant"] == "t"


@both
def test_a_page_is_asked_for_when_it_is_wanted(zoo: ModuleType, using: Using) -> None:
    def first(client: Any) -> Any:
        pages = client.paginate(client.pets.list)
        return pages.__anext__() if hasattr(pages, "__anext__") else next(pages)

    with Server([page("Rex", "</pets?page=2>; rel=next")]) as server:
        assert using(zoo, server, first)[0].name == "Rex"
    assert len(server.requests) == 1


@both
@pytest.mark.parametrize(
    "link", ["https://elsewhere.example/pets", "/pets?page=2", "http://[/"]
)
def test_links_elsewhere_and_in_a_circle_are_refused(
    zoo: ModuleType, using: Using, link: str
) -> None:
    answers = [page("Rex", f'<{link}>; rel="next"')] * 2
    with Server(answers) as server:
        with pytest.raises(zoo.UntrustedLink, match="the next link"):
            using(
                zoo,
                server,
                lambda client: names(client.paginate(client.pets.list)),
                credential="secret",
            )
    assert len(server.requests) == (2 if link.startswith("/") else 1)


def test_a_server_of_its_own_may_link_to_itself(zoo: ModuleType) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        links = ["<?page=2>; rel=next", "<https://api.example/3>; rel=next"]
        return httpx.Response(204, headers={"link": links[len(asked) - 1]})

    with zoo.Client(transport=httpx.MockTransport(answer)) as client:
        with pytest.raises(zoo.UntrustedLink, match="away from http://localhost:1"):
            list(client.paginate(client.files.send))
    assert [(each.method, str(each.url)) for each in asked] == [
        ("POST", "http://localhost:1/up/uploads"),
        ("GET", "http://localhost:1/up/uploads?page=2"),
    ]


def test_what_is_no_operation_is_refused_at_once(zoo: ModuleType) -> None:
    with zoo.Client() as client, pytest.raises(ValueError, match="a method of a place"):
        client.paginate(print)


@pytest.mark.parametrize(
    ("header", "link"),
    [
        ("", None),
        ("</a>", None),
        ("</a>; rel=last", None),
        ("</a>; rel=nextish", None),
        ("</a>; rel=next", "/a"),
        ('</a>; rel="next"', "/a"),
        ('</a> ; title="x, <y>; rel=next"; REL = "last Next"', "/a"),
        ('</a>; title="<x>; \\"rel=next"', None),
        ("</a;b,c>; rel=next", "/a;b,c"),
        ('</a>; rel="first", </b>; rel="next", </c>; rel="last"', "/b"),
        ("</a>; rel=prev; rel=next", None),
        ("no link at all, rel=next", None),
    ],
)
def test_the_header_is_read(header: str, link: str | None) -> None:
    assert next_link(httpx.Response(200, headers={"link": header})) == link
