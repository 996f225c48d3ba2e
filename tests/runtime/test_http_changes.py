"""What PATCH and PUT carry over the wire of objects that were read, made and bound."""

from __future__ import annotations

import datetime as dt
from collections.abc import MutableSequence
from typing import Any

import pytest
from http_service import Client
from server import Server

from generator.runtime.codecs import DATE_TIME, STRING, Codec, Nested, list_of
from generator.runtime.model import Field, ListField, Model, ReadOnly, field
from generator.runtime.resources import Creatable, Readable, Replaceable, Updatable


class Nearby(Nested):
    """The codec of a class of this module."""

    __slots__ = ()

    def target(self) -> type[Any]:
        found: type[Any] = globals()[self._name]
        return found


LINE: Codec[Line] = Nearby("line", "Line")
ORDER: Codec[Order] = Nearby("order", "Order")


class Line(Model):
    """A part of an order."""

    __slots__ = ()
    _type_name = "test.line"

    text: Field[str] = field("text", default=None)
    amount: Field[int] = field("amount", default=None)
    stamp: ReadOnly[dt.datetime] = field("stamp", DATE_TIME, init=False)
    origin: Field[str] = field("origin", default=None, immutable=True)


class Gift(Line):
    """A line of another type."""

    __slots__ = ()
    _type_name = "test.gift"


class Order(Model):
    """An object with one property of every kind; `number` is its key, which the caller
    chooses."""

    __slots__ = ()
    _type_name = "test.order"

    number: Field[str] = field("number", default=None, immutable=True)
    note: Field[str] = field("note", default=None)
    changed: ReadOnly[dt.datetime] = field("changed", DATE_TIME, init=False)
    tags: ListField[str] = field("tags", list_of(STRING), default=None)
    first: Field[Line] = field("first", LINE, default=None)
    lines: Field[MutableSequence[Line]] = field("lines", list_of(LINE), default=None)
    parent: Field[Order] = field("parent", ORDER, default=None)
    others: ListField[Order] = field("others", list_of(ORDER), default=None)


class Express(Order):
    """An order of another type."""

    __slots__ = ()
    _type_name = "test.express"


class OrderResource(
    Readable[Order], Creatable[Order], Updatable[Order], Replaceable[Order]
):
    """One order."""

    __slots__ = ()
    _model = Order


READ = {
    "@odata.context": "$metadata#orders/$entity",
    "@odata.etag": 'W/"1"',
    "number": "7",
    "note": "a",
    "changed": "2026-01-02T03:04:05Z",
    "tags": ["x", "y"],
    "first": {"text": "t", "amount": 1, "stamp": "2026-01-02T03:04:05Z"},
    "lines": [{"text": "t", "stamp": "2026-01-02T03:04:05Z", "origin": "o"}],
    "parent": {"number": "6", "note": "p"},
    "later": {"kept": True},
}


class Sent:
    """What one order is changed to, read before where that is wanted."""

    def __init__(self, verb: str, change: Any, order: Order | None = None) -> None:
        script: list[Any] = [] if order is not None else [(200, {}, READ)]
        with Server([*script, (204, {}, b"")]) as server:
            with Client(base_url=server.url) as client:
                place = OrderResource.at(client, "/orders/7")
                order = place.get() if order is None else order
                change(order, client)
                self.changes = order.changes()
                getattr(place, verb)(order)
        self.url = server.url
        self.method = server.requests[-1].method
        self.body = server.requests[-1].json


def nothing(order: Order, client: Client) -> None:
    """Change nothing."""


def test_what_was_not_changed_is_not_sent() -> None:
    sent = Sent("update", nothing)
    assert (sent.method, sent.body, sent.changes) == ("PATCH", {}, {})


def test_a_patch_is_what_was_set_and_nothing_else() -> None:
    def change(order: Order, client: Client) -> None:
        order.note = None
        assert order.first is not None and order.tags is not None
        order.first.amount = 2
        order.tags.append("z")

    sent = Sent("update", change)
    assert sent.body == {
        "note": None,
        "first": {"amount": 2},
        "tags": ["x", "y", "z"],
    }
    assert sent.changes == sent.body


def test_a_patch_replaces_lists_and_objects_whole() -> None:
    def change(order: Order, client: Client) -> None:
        order.lines = [*(order.lines or ()), Gift(text="g"), Line(amount=None)]
        order.tags = []
        order.first = Gift(text="new", origin="sent where it is new")

    sent = Sent("update", change)
    assert sent.body == {
        "lines": [
            {"text": "t", "origin": "o"},
            {"@odata.type": "#test.gift", "text": "g"},
            {"amount": None},
        ],
        "tags": [],
        "first": {
            "@odata.type": "#test.gift",
            "text": "new",
            "origin": "sent where it is new",
        },
    }


def test_a_patch_leaves_out_keys_and_what_is_never_changed() -> None:
    """A key is in the URL already (OData Protocol 4.01 section 11.4.3)."""

    def change(order: Order, client: Client) -> None:
        order.number = "8"
        order.note = "b"
        assert order.first is not None
        order.first.origin = "o"

    assert Sent("update", change).body == {"note": "b"}
    assert Sent("update", nothing, Order(number="7", note="b")).body == {"note": "b"}


def test_a_patch_that_was_made_names_a_derived_type() -> None:
    sent = Sent("update", nothing, Express(note=None, tags=["x"]))
    expected = {"@odata.type": "#test.express", "note": None, "tags": ["x"]}
    assert sent.body == expected


def test_a_put_is_everything_that_is_not_computed() -> None:
    sent = Sent("replace", nothing)
    assert sent.method == "PUT"
    assert sent.body == {
        "number": "7",
        "note": "a",
        "tags": ["x", "y"],
        "first": {"text": "t", "amount": 1},
        "lines": [{"text": "t", "origin": "o"}],
        "parent": {"number": "6", "note": "p"},
        "later": {"kept": True},
    }


@pytest.mark.parametrize("verb", ["update", "replace"])
def test_bindings_are_sent_in_place_of_objects(verb: str) -> None:
    def change(order: Order, client: Client) -> None:
        order.bind(Order.parent, OrderResource.at(client, "/orders/5"))
        order.bind(Order.others, [OrderResource.at(client, "/orders/4"), "/orders/3"])

    sent = Sent(verb, change)
    bound = {
        "parent@odata.bind": f"{sent.url}/orders/5",
        "others@odata.bind": [f"{sent.url}/orders/4", "/orders/3"],
    }
    assert sent.changes == bound
    assert {name: sent.body[name] for name in bound} == bound
    assert "parent" not in sent.body
    assert verb == "replace" or sent.body == bound
