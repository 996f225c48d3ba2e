"""What both checkers accept of the models of every kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import MutableMapping, MutableSequence
from typing import Literal, assert_type

from made.models import (
    Cat,
    Circle,
    Counters,
    Dog,
    Everything,
    FullUser,
    JSONValue,
    Level,
    Owner,
    Pet,
    Pug,
    Shape,
    SimpleUser,
    SortOrder,
    SquareBox,
)

ada = SimpleUser(login="ada", id=1)
thing = Everything(
    password=None,
    labels={"a": "b"},
    hen=None,
    owner=ada,
    level=Level.LOW,
    users={"ada": ada},
    by_year={"2026": [ada, None, "eve"]},
    value={"a": [1.5, None, {"b": [True]}]},
    nest=[[], [[]]],
    shape=Circle(radius=1.0),
    shapes=[Circle(radius=1.0), SquareBox(side=None)],
    either=dt.datetime.now(dt.timezone.utc),
    pets=[Dog(name="Rex", good=True), Cat(name=None), Pug(name="Pip", good=False)],
)
assert_type(thing.owner, SimpleUser | FullUser | str | None)
assert_type(thing.either, dt.datetime | int | Level | SortOrder | None)
assert_type(thing.version, Literal["v1 | [x], y"] | None)
assert_type(thing.users, MutableMapping[str, SimpleUser] | None)
assert_type(thing.pets, MutableSequence[Pet] | None)
assert_type(thing.level, Level | None)
assert_type(Level.LOW.is_known, bool)
assert_type(Counters().additional, MutableMapping[str, int])
thing.either = 5
thing.either = SortOrder.ASC
thing.owner = "ada"
thing.hen = None
thing.level = None
if thing.users:
    thing.users["eve"] = ada
if isinstance(thing.shape, Circle):
    assert_type(thing.shape.radius, float | None)
for shape in thing.shapes or ():
    assert_type(shape, Circle | SquareBox)


def depth(value: JSONValue | None) -> int:
    """How deep a value is: what recursive types are for."""
    if isinstance(value, MutableSequence):
        return 1 + max(map(depth, value), default=0)
    if isinstance(value, MutableMapping):
        return 1 + max(map(depth, value.values()), default=0)
    return 0


def named(owner: Owner, shape: Shape) -> str | None:
    """A union as it is named."""
    return owner if isinstance(owner, str) else owner.login
