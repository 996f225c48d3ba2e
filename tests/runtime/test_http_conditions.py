"""Conditions and preferences: ETags, 304 and 412, minimal answers and re-reading."""

from __future__ import annotations

from typing import Any

import pytest
from http_service import Person, PersonResource
from server import Answer, Server
from twins import Using, both, sync_use

from generator.runtime.errors import (
    NotModified,
    PreconditionFailed,
    UnexpectedResponse,
    UntrustedLink,
)

ETAG = 'W/"JzEt"'
ADA = {"@odata.etag": ETAG, "id": "1", "displayName": "Ada"}
NONE: Answer = (204, {}, None)


def ada() -> Person:
    person = Person.from_dict(dict(ADA))
    person.job = "Analyst"
    return person


# --- If-Match


@both
@pytest.mark.parametrize(
    ("match", "sent"),
    [(None, None), (False, None), (True, ETAG), ('"x"', '"x"'), (ada(), ETAG)],
)
@pytest.mark.parametrize("verb", ["update", "replace"])
def test_a_change_names_the_state_on_request(
    using: Using, verb: str, match: Any, sent: str | None
) -> None:
    with Server([NONE]) as server:
        using(server, lambda c: getattr(c.people["1"], verb)(ada(), if_match=match))
    assert server.requests[0].headers.get("if-match") == sent


@both
def test_an_etag_may_lack_its_prefix(using: Using) -> None:
    person = Person.from_dict({"@etag": ETAG, "id": "1"})
    with Server([NONE]) as server:
        using(server, lambda c: c.people["1"].update(person, if_match=True))
    assert server.requests[0].headers["if-match"] == ETAG


@both
@pytest.mark.parametrize(
    ("match", "sent"), [(None, None), ("*", "*"), ('"x"', '"x"'), (ada(), ETAG)]
)
def test_a_deletion_names_the_state_on_request(
    using: Using, match: Any, sent: str | None
) -> None:
    with Server([NONE]) as server:
        using(server, lambda c: c.people["1"].delete(if_match=match))
    assert server.requests[0].headers.get("if-match") == sent


def test_a_change_names_the_state_where_the_service_demands_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(PersonResource, "_concurrent", True)
    with Server([NONE] * 4) as server:
        sync_use(server, lambda c: c.people["1"].update(ada()))
        sync_use(server, lambda c: c.people["1"].update(ada(), if_match=False))
        sync_use(server, lambda c: c.people["1"].update(Person(name="no etag")))
        sync_use(server, lambda c: c.people["1"].update(ada(), if_match='"x"'))
    assert [r.headers.get("if-match") for r in server.requests] == [
        ETAG,
        None,
        None,
        '"x"',
    ]


def test_an_object_without_an_etag_is_no_condition() -> None:
    with Server([]) as server, pytest.raises(ValueError, match="without @odata.etag"):
        sync_use(
            server, lambda c: c.people["1"].update(Person(name="a"), if_match=True)
        )
    assert server.requests == []


@both
@pytest.mark.parametrize("etag", ['"a"\r\nX-More: 1', '"\u00e9"', '"\ud800"'])
def test_an_etag_that_no_header_can_carry_is_refused(using: Using, etag: str) -> None:
    """It came in the JSON of an answer, where it may be any text."""
    told = Person.from_dict({**ADA, "@odata.etag": etag})
    with Server([]) as server, pytest.raises(ValueError, match="no header can carry"):
        using(server, lambda c: c.people["1"].delete(if_match=told))
    assert server.requests == []


@both
def test_a_state_that_changed_is_an_error_of_its_own(using: Using) -> None:
    with Server([(412, {}, {"error": {"code": "x", "message": ""}})]) as server:
        with pytest.raises(PreconditionFailed):
            using(server, lambda c: c.people["1"].update(ada(), if_match=True))


# --- If-None-Match


@both
def test_an_object_that_did_not_change_is_given_back(using: Using) -> None:
    known = Person.from_dict(dict(ADA))
    with Server([(304, {}, None)]) as server:
        same = using(server, lambda c: c.people["1"].get(if_none_match=known))
    assert same is known
    assert server.requests[0].headers["if-none-match"] == ETAG


@both
def test_an_object_that_changed_is_read(using: Using) -> None:
    known = Person.from_dict(dict(ADA))
    with Server([(200, {}, {**ADA, "displayName": "Ada L."})]) as server:
        fresh = using(server, lambda c: c.people["1"].get(if_none_match=known))
    assert fresh.name == "Ada L."


@both
def test_of_an_etag_alone_304_is_told(using: Using) -> None:
    with Server([(304, {}, None)]) as server:
        with pytest.raises(NotModified, match="304 Not Modified .GET /people/1") as e:
            using(server, lambda c: c.people["1"].get(if_none_match=ETAG))
    assert e.value.response is not None


@both
def test_304_that_nobody_asked_for_is_unexpected(using: Using) -> None:
    with Server([(304, {}, None)]) as server, pytest.raises(UnexpectedResponse):
        using(server, lambda c: c.people["1"].get())


# --- Prefer: return=


@both
@pytest.mark.parametrize("verb", ["update", "replace"])
def test_a_representation_that_did_not_come_is_read(using: Using, verb: str) -> None:
    with Server([NONE, (200, {}, ADA)]) as server:
        person = using(
            server,
            lambda c: getattr(c.people["1"].with_options(headers={"X-A": "1"}), verb)(
                ada(), returns="representation"
            ),
        )
    assert person.id == "1"
    change, read = server.requests
    assert change.headers["prefer"] == "return=representation"
    assert (read.method, read.target) == ("GET", "/people/1")
    assert "prefer" not in read.headers and read.headers["x-a"] == "1"


@both
def test_a_representation_that_came_is_taken(using: Using) -> None:
    with Server([(200, {}, ADA)]) as server:
        change = ada()
        person = using(
            server, lambda c: c.people["1"].update(change, returns="representation")
        )
    assert person == Person.from_dict(ADA) and len(server.requests) == 1


@both
def test_minimal_gives_none(using: Using) -> None:
    with Server([NONE, NONE]) as server:
        done = using(server, lambda c: c.people["1"].update(ada(), returns="minimal"))
        made = using(
            server, lambda c: c.people.create(Person(name="A"), returns="minimal")
        )
    assert done is None and made is None
    assert [r.headers["prefer"] for r in server.requests] == ["return=minimal"] * 2


@both
@pytest.mark.parametrize("name", ["Location", "OData-EntityId"])
def test_a_new_object_that_is_told_by_its_link_is_read_there(
    using: Using, name: str
) -> None:
    answers: list[Answer] = []
    with Server(lambda request: answers.pop(0)) as server:
        answers += [
            (204, {name: f"{server.url}/people/7?a=%2F"}, None),
            (200, {}, {**ADA, "id": "7"}),
        ]
        person = using(server, lambda c: c.people.create(Person(name="A")))
    assert person.id == "7"
    assert server.requests[1].target == "/people/7?a=%2F"


@both
def test_a_new_object_elsewhere_is_not_fetched(using: Using) -> None:
    elsewhere: Answer = (204, {"Location": "http://127.0.0.2:1/people/7"}, None)
    with (
        Server([elsewhere]) as server,
        pytest.raises(UntrustedLink, match="new object"),
    ):
        using(server, lambda c: c.people.create(Person(name="A")))


@both
def test_a_new_object_that_nobody_shows_is_unexpected(using: Using) -> None:
    with Server([NONE]) as server, pytest.raises(UnexpectedResponse, match="not sent"):
        using(server, lambda c: c.people.create(Person(name="A")))
    assert len(server.requests) == 1
