"""What a service is said to refuse is refused before anything is sent."""

from __future__ import annotations

from typing import Any

import pytest
from http_service import Person, PersonCollection, PersonResource
from http_service import AsyncPersonCollection, AsyncPersonResource
from server import Server
from twins import Using, both

from generator.runtime.errors import CallError, UnsupportedOption

REFUSES = {
    "$filter createdDateTime": "FilterRestrictions/NonFilterableProperties",
    "$orderby": "SortRestrictions/Sortable",
    "$expand manager": "ExpandRestrictions/NonExpandableProperties",
    "$select photo": "x/y",
    "$top": "TopSupported",
    "$count": "CountRestrictions/Countable",
}


@pytest.fixture(autouse=True)
def refusing(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in (
        PersonCollection,
        AsyncPersonCollection,
        PersonResource,
        AsyncPersonResource,
    ):
        monkeypatch.setattr(place, "_refuses", REFUSES)


@both
@pytest.mark.parametrize(
    ("options", "option", "path", "term"),
    [
        ({"order_by": "name"}, "$orderby", "", "SortRestrictions/Sortable"),
        (
            {"order_by": [Person.name.desc()]},
            "$orderby",
            "",
            "SortRestrictions/Sortable",
        ),
        ({"top": 0}, "$top", "", "TopSupported"),
        ({"count": True}, "$count", "", "CountRestrictions/Countable"),
        ({"expand": "reports,manager($select=id)"}, "$expand", "manager")
        + ("ExpandRestrictions/NonExpandableProperties",),
        ({"expand": ["manager/photo"]}, "$expand", "manager")
        + ("ExpandRestrictions/NonExpandableProperties",),
    ],
)
def test_what_is_refused_names_the_annotation(
    using: Using, options: Any, option: str, path: str, term: str
) -> None:
    with Server([]) as server, pytest.raises(UnsupportedOption) as raised:
        using(server, lambda c: c.people.list(**options))
    assert server.requests == []
    error = raised.value
    assert (error.option, error.path) == (option, path)
    assert error.annotation == f"Org.OData.Capabilities.V1.{term}"
    assert error.annotation in str(error) and "PersonCollection" in str(error)
    assert isinstance(error, CallError) and isinstance(error, ValueError)


@both
def test_reading_one_object_is_checked_too(using: Using) -> None:
    with (
        Server([]) as server,
        pytest.raises(UnsupportedOption, match="select by photo"),
    ):
        using(server, lambda c: c.people["1"].get(select=["id", "photo"]))


@both
def test_what_is_not_named_is_sent(using: Using) -> None:
    with Server([(200, {}, {"value": []})]) as server:
        using(
            server,
            lambda c: c.people.list(
                filter="createdDateTime gt 2026-01-01", expand="reports", count=False
            ),
        )
    assert len(server.requests) == 1


@both
@pytest.mark.parametrize("where", ["client", "place"])
def test_the_check_can_be_turned_off(using: Using, where: str) -> None:
    off = {"check_capabilities": False}
    settings = off if where == "client" else {}
    options = off if where == "place" else {}
    with Server([(200, {}, {"value": []})]) as server:
        using(
            server,
            lambda c: c.people.with_options(**options).list(order_by="name", top=5),
            **settings,
        )
    assert server.requests[0].query == {"$orderby": "name", "$top": "5"}


def test_a_place_may_check_where_its_client_does_not() -> None:
    from http_service import Client

    with Client(base_url="http://a", check_capabilities=False) as client:
        strict = client.people.with_options(check_capabilities=True)
        with pytest.raises(UnsupportedOption):
            strict.list(top=1)
