"""Values that may be of several types: what they are read as, and how they are written."""

from __future__ import annotations

import copy
import datetime as dt
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest

USER = {"login": "ada", "id": 1}
FULL = {**USER, "email": "ada@example.com"}
CIRCLE = {"kind": "circle", "radius": 1.5}
BOX = {"kind": "box", "side": 2.0}


def read(kinds: ModuleType, **wire: Any) -> Any:
    return kinds.Everything.from_dict(wire)


def patch(kinds: ModuleType, model: Any) -> Any:
    """The body of an update of an object."""
    bodies = sys.modules["kinds_made._runtime.bodies"]
    return bodies.update_body(model, type(model))


@pytest.fixture(autouse=True)
def bodies(kinds: ModuleType) -> None:
    __import__("kinds_made._runtime.bodies")


def test_how_deep_lists_are_does_not_matter(kinds: ModuleType) -> None:
    """What is tried in every way at every level would never end."""
    choices, codecs = (
        import_module(f"kinds_made._runtime.{name}") for name in ("choices", "codecs")
    )

    class Itself(codecs.Nested):  # type: ignore[misc, name-defined]
        def target(self) -> Any:
            return union

    inner = Itself("", "CODEC")
    lists = codecs.list_of(inner), codecs.list_of(codecs.list_of(inner))
    union = choices.union_of(codecs.STRING, codecs.INTEGER, *lists)
    wire: Any = [1, "a"]
    for _ in range(400):
        wire = [wire]
    value = union.load(wire)
    for _ in range(400):
        (value,) = value
    assert list(value) == [1, "a"]


# --- reading


@pytest.mark.parametrize(
    ("wire", "expected"),
    [
        (USER, "SimpleUser"),
        (FULL, "FullUser"),
        ({**FULL, "order": "asc", "more": 1}, "FullUser"),
        ({**USER, "more": 1}, "SimpleUser"),
        ({"login": "ada"}, "SimpleUser"),
        ({**FULL, "id": "1"}, "FullUser"),
        ("ada", "str"),
    ],
)
def test_an_object_is_read_as_the_member_that_it_suits_best(
    kinds: ModuleType, wire: object, expected: str
) -> None:
    assert type(read(kinds, owner=wire).owner).__name__ == expected


@pytest.mark.parametrize(
    ("wire", "expected"),
    [
        (
            "2026-01-02T03:04:05Z",
            dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.timezone.utc),
        ),
        (7, 7),
        ("asc", "asc"),
        ("sideways", "sideways"),
        (30, 30),
    ],
)
def test_a_value_is_read_by_its_type_in_json_and_by_what_it_says(
    kinds: ModuleType, wire: object, expected: object
) -> None:
    assert read(kinds, either=wire).either == expected


def test_members_of_enumerations_are_preferred_where_they_are_known(
    kinds: ModuleType,
) -> None:
    assert read(kinds, either="asc").either is kinds.SortOrder.ASC
    assert read(kinds, either=30).either is kinds.Level.VALUE_30
    assert type(read(kinds, either=31).either) is int
    assert not read(kinds, either="sideways").either.is_known


@pytest.mark.parametrize("wire", [True, 1.5, [1], {"a": 1}])
def test_what_suits_no_member_is_kept_as_it_is(kinds: ModuleType, wire: Any) -> None:
    thing = read(kinds, either=wire)
    assert thing.either == wire
    assert [found.path for found in thing.validate(partial=True)] == ["either"]
    if isinstance(wire, dict | list):
        thing.either.clear()
        assert thing.changes() == {"either": type(wire)()}


def test_a_discriminator_tells_whatever_the_rest_says(kinds: ModuleType) -> None:
    assert type(read(kinds, shape=CIRCLE).shape) is kinds.Circle
    assert type(read(kinds, shape={"kind": "box"}).shape) is kinds.SquareBox
    assert type(read(kinds, shape={**CIRCLE, "kind": "box"}).shape) is kinds.SquareBox
    # one that is not known leaves it to the properties
    assert type(read(kinds, shape={"kind": "cube", "side": 1}).shape) is kinds.SquareBox
    assert type(read(kinds, shape={"radius": 1}).shape) is kinds.Circle


def test_only_what_is_needed_is_imported(kinds: ModuleType) -> None:
    codecs = sys.modules["kinds_made._runtime.codecs"]
    choices = sys.modules["kinds_made._runtime.choices"]
    union = choices.union_of(
        codecs.STRING,
        codecs.nested("api_overview", "ApiOverview", "dict"),
        codecs.nested("union", "Union_", "dict"),
        by="kind",
        tags={"api": codecs.nested("api_overview", "ApiOverview")},
    )
    assert union.load("round") == "round"
    assert "kinds_made.models.api_overview" not in sys.modules
    assert type(union.load({"kind": "api"})) is kinds.ApiOverview
    assert "kinds_made.models.union" not in sys.modules


def test_json_of_any_depth_is_read(kinds: ModuleType) -> None:
    wire = {"a": [1, None, {"b": [True, "x", 2.5]}], "c": None}
    value = read(kinds, value=wire).value
    assert value["a"][2]["b"][0] is True
    assert value["a"][1] is value["c"] is None
    assert [type(each) for each in value["a"][2]["b"]] == [bool, str, float]
    assert dict(value) == value == {"a": value["a"], "c": None}


def test_definitions_that_are_each_other_end_somewhere(kinds: ModuleType) -> None:
    thing = read(kinds, egg=1, hen="x", loop=[1], nest=[[], [[]]])
    assert (thing.egg, thing.hen, thing.loop) == (1, "x", [1])
    assert [[len(inner) for inner in each] for each in thing.nest] == [[], [0]]


def test_lists_tell_their_members_by_their_items(kinds: ModuleType) -> None:
    codecs = sys.modules["kinds_made._runtime.codecs"]
    choices = sys.modules["kinds_made._runtime.choices"]
    union = choices.union_of(
        codecs.list_of(codecs.nested("circle", "Circle")),
        codecs.list_of(codecs.nested("simple_user", "SimpleUser")),
        codecs.list_of(codecs.INT64),
    )
    assert type(union.load([None, dict(USER)])[1]) is kinds.SimpleUser
    assert type(union.load([dict(CIRCLE)])[0]) is kinds.Circle
    assert list(union.load([1, 2])) == [1, 2]
    assert list(union.load([])) == []


# --- changing


def test_views_of_members_tell_of_changes(kinds: ModuleType) -> None:
    thing = read(kinds, owner=dict(USER), shapes=[dict(CIRCLE), dict(BOX)])
    thing.owner.login = "eve"
    assert thing.changes() == {"owner": {"login": "eve"}}
    assert patch(kinds, thing) == {"owner": {"login": "eve"}}
    thing.shapes[1].side = 3.0
    assert patch(kinds, thing)["shapes"] == [CIRCLE, {"kind": "box", "side": 3.0}]


def test_members_are_written_by_their_python_type(kinds: ModuleType) -> None:
    thing = kinds.Everything.patch()
    thing.owner = kinds.FullUser(login="ada", id=1, email="a@b")
    thing.either = dt.datetime(2026, 1, 2, tzinfo=dt.timezone.utc)
    assert thing.to_dict() == {
        "owner": {"login": "ada", "id": 1, "email": "a@b"},
        "either": "2026-01-02T00:00:00Z",
    }
    for value, wire in [
        (kinds.Level.LOW, 1),
        (kinds.SortOrder.DESC, "desc"),
        (5, 5),
        ("asc", "asc"),
    ]:
        thing.either = value
        assert thing.to_dict()["either"] == wire
        assert type(thing.to_dict()["either"]) is type(wire)


def test_what_no_member_takes_is_refused(kinds: ModuleType) -> None:
    thing = kinds.Everything.patch()
    for value in (1.5, [1], kinds.Circle(radius=1.0), True):
        with pytest.raises(TypeError, match="Everything.either: no type of several"):
            thing.either = value
    with pytest.raises(TypeError, match="Everything.owner"):
        thing.owner = kinds.Circle(radius=1.0)


def test_members_of_a_tagged_union_say_what_they_are(kinds: ModuleType) -> None:
    thing = kinds.Everything.patch()
    thing.shapes = [kinds.Circle(radius=1.0), kinds.SquareBox(side=2.0)]
    assert thing.to_dict() == {
        "shapes": [{"kind": "circle", "radius": 1.0}, {"kind": "box", "side": 2.0}]
    }


def test_json_is_written_as_it_is_read(kinds: ModuleType) -> None:
    thing = kinds.Everything.patch()
    value = {"a": [1, {"b": None}], "c": "x", "d": 2.5, "e": False}
    thing.value = value
    assert thing.to_dict() == {"value": value}
    thing.value["a"].append("y")
    assert thing.to_dict()["value"]["a"] == [1, {"b": None}, "y"]
    assert copy.deepcopy(thing.value["a"]) == thing.value["a"]


# --- constants


def test_a_required_constant_needs_no_saying(kinds: ModuleType) -> None:
    circle = kinds.Circle(radius=1.0)
    assert circle.to_dict() == CIRCLE | {"radius": 1.0}
    assert circle.kind == "circle"
    assert kinds.Circle.patch().to_dict() == {}
    with pytest.raises(ValueError, match="'circle' and nothing else"):
        circle.kind = "box"


def test_another_value_than_the_constant_is_a_fault(kinds: ModuleType) -> None:
    thing = read(kinds, three=True)
    with pytest.raises(ValueError, match="Everything.three"):
        print(thing.three)
    assert "three" in [found.path for found in thing.validate(partial=True)]
    assert read(kinds, three=3, yes=True, half=0.5).half == 0.5
