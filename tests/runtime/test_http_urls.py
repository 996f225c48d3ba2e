"""URLs: what is appended to a path or query arrives at the server as it was meant."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from http_service import Client, Guest, GuestResource, Person, PersonResource
from server import Server

from generator.runtime.location import Location
from generator.runtime.options import UNSET

NASTY = "a/b'c%d e+f?g#h&é"


def root(*, key_as_segment: bool = True) -> Location[Any]:
    client = Client(base_url="https://host/api", key_as_segment=key_as_segment)
    return client.people._at


def test_a_key_is_a_segment_or_stands_in_parentheses() -> None:
    assert root().key("O'Neil").path == "/people/O%27Neil"
    assert root(key_as_segment=False).key("O'Neil").path == "/people('O''Neil')"
    assert root(key_as_segment=False).key(7).path == "/people(7)"


def test_a_segment_is_the_bare_value() -> None:
    guid = uuid.UUID("00112233-4455-6677-8899-aabbccddeeff")
    assert root().key(guid).path == f"/people/{guid}"
    assert root().key(dt.date(2026, 1, 2)).path == "/people/2026-01-02"
    assert root().key(dt.timedelta(hours=1)).path == "/people/PT1H"
    assert root().key(7).path == "/people/7"


@pytest.mark.parametrize("key", ["", ".", ".."])
def test_a_key_that_would_lead_elsewhere_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="cannot be a key"):
        root().key(key)
    assert root(key_as_segment=False).key(key).path == f"/people('{key}')"


def test_none_is_no_key() -> None:
    with pytest.raises(ValueError, match="None cannot be a key"):
        root().key(None)
    with pytest.raises(ValueError, match="None cannot be a key"):
        root().keys({"mail": None})


def test_keys_of_several_parts_are_named_in_parentheses() -> None:
    at = root().keys({"orderId": 1, "productId": "a b/c"})
    assert at.path == "/people(orderId=1,productId='a%20b%2Fc')"
    assert root().keys({"mail": "x@y"}).path == "/people(mail='x@y')"


def test_functions_write_literals_and_pass_json_by_alias() -> None:
    at = root().function("ns.f", {"p": "v'w", "q": [1, "2"], "r": None, "s": UNSET})
    assert at.path == "/people/ns.f(p='v''w',q=@p1,r=null)"
    assert at.url().endswith("?@p1=%5B1,%222%22%5D")
    assert root().function("ns.g", {}).path == "/people/ns.g()"


def test_aliases_of_composed_functions_do_not_collide() -> None:
    at = root().function("f", {"a": [1]}).function("g", {"b": [2]})
    assert at.path == "/people/f(a=@p1)/g(b=@p2)"
    assert at.url("$top=1").endswith("?@p1=%5B1%5D&@p2=%5B2%5D&$top=1")


def test_a_model_as_function_parameter_is_json() -> None:
    at = root().function("f", {"person": Person(name="Ada")})
    assert at.url().endswith("f(person=@p1)?@p1=%7B%22displayName%22:%22Ada%22%7D")


def test_a_nasty_key_arrives_as_it_is() -> None:
    with Server([(200, {}, {"id": "1"})]) as server:
        with Client(base_url=server.url) as client:
            client.people[NASTY].get()
    assert server.requests[0].segments == ["people", NASTY]
    assert server.requests[0].path == ("/people/a%2Fb%27c%25d%20e%2Bf%3Fg%23h%26%C3%A9")


@pytest.fixture(scope="module")
def echo() -> Iterator[tuple[Server, Client]]:
    """A server that answers an empty collection to everything, and its client."""
    with Server(lambda request: (200, {}, {"value": []})) as server:
        with Client(base_url=server.url) as client:
            yield server, client


@settings(max_examples=100)
@given(st.text(min_size=1).filter(lambda text: text not in (".", "..")))
def test_any_text_is_read_back_alike(echo: tuple[Server, Client], text: str) -> None:
    server, client = echo
    list(client.people[text].reports.list(filter=text, query={"x-own": text}))
    list(client.people.delta(token=text))
    listing, delta = server.requests[-2:]
    assert listing.segments == ["people", text, "reports"]
    assert listing.query == {"$filter": text, "x-own": text}
    literal = text.replace("'", "''")
    assert delta.segments == ["people", f"test.delta(token='{literal}')"]


def test_query_options_are_encoded_once() -> None:
    with Server([(200, {}, {"value": []})]) as server:
        with Client(base_url=server.url) as client:
            list(
                client.people.list(
                    filter=(Person.name == "O'Neil & Söhne + 1") & (Person.job == None),
                    select=[Person.id, "jobTitle"],
                    expand="manager($select=id;$top=1)",
                    order_by=[Person.name.desc(), "id"],
                    top=5,
                    skip=0,
                    search='"displayName:a b"',
                    count=True,
                    query={"custom key": "a=b&c"},
                )
            )
    (request,) = server.requests
    assert " " not in request.target and "+" not in request.target
    assert request.query == {
        "$filter": "displayName eq 'O''Neil & Söhne + 1' and jobTitle eq null",
        "$select": "id,jobTitle",
        "$expand": "manager($select=id;$top=1)",
        "$orderby": "displayName desc,id",
        "$top": "5",
        "$skip": "0",
        "$search": '"displayName:a b"',
        "$count": "true",
        "custom key": "a=b&c",
    }


def test_what_is_left_out_or_empty_is_not_sent() -> None:
    with Server([(200, {}, {"value": []})]) as server:
        with Client(base_url=server.url) as client:
            list(client.people.list(select=[], filter="", expand=None))
    assert server.requests[0].target == "/people"


def test_a_resource_stands_at_any_path() -> None:
    client = Client(base_url="https://host/api/")
    person = PersonResource.at(client, "/groups/1/owner of%20it/")
    assert person.manager._at.url() == (
        "https://host/api/groups/1/owner%20of%20it/manager"
    )
    assert repr(person) == "<PersonResource /groups/1/owner%20of%20it>"


@pytest.mark.parametrize(
    "path",
    [
        *("me", "/a?b", "/a#b", "/a/../b", "https://x/y"),
        *("/a/%2e%2E/b", "/a/..%2Fb", "/a\\..\\b", "/a/%2e"),
    ],
)
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="not a path"):
        PersonResource.at(Client(base_url="https://host"), path)


def test_a_cast_appends_the_type_name() -> None:
    client = Client(base_url="https://host")
    guest = client.people["1"].cast(GuestResource)
    assert guest._at.path == "/people/1/test.guest"
    assert guest._model is Guest


@pytest.mark.parametrize(
    "base", ["", "host/path", "ftp://host", "https://host?a=b", "https://h#"]
)
def test_what_is_no_service_root_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="base_url"):
        Client(base_url=base)
