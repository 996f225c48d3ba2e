"""Maps and additional properties: live views over objects of JSON."""

from __future__ import annotations

import copy
import pickle
import sys
from collections.abc import MutableMapping
from types import ModuleType
from typing import Any

import pytest

USER = {"login": "ada", "id": 1}


def read(kinds: ModuleType, **wire: Any) -> Any:
    return kinds.Everything.from_dict(wire)


def test_values_are_read_as_they_are_asked_for(kinds: ModuleType) -> None:
    thing = read(kinds, users={"a": dict(USER), "b": None}, labels={"x": "y"})
    assert isinstance(thing.users, MutableMapping)
    assert type(thing.users["a"]) is kinds.SimpleUser
    assert thing.users["b"] is None
    assert (list(thing.users), len(thing.users), "a" in thing.users) == (
        ["a", "b"],
        2,
        True,
    )
    assert thing.labels == {"x": "y"}
    assert repr(thing.labels) == "{'x': 'y'}"
    assert thing.labels.get("z") is None
    assert thing.changes() == {}
    with pytest.raises(KeyError):
        thing.labels["z"]


def test_any_change_is_one_of_the_whole_map(kinds: ModuleType) -> None:
    thing = read(kinds, users={"a": dict(USER)}, labels={"x": "y", "z": "w"})
    thing.users["a"].login = "eve"
    assert thing.changes() == {"users": {"a": {"login": "eve", "id": 1}}}
    thing.labels["new"] = "n"
    del thing.labels["x"]
    assert thing.changes()["labels"] == {"z": "w", "new": "n"}
    thing.labels.update(z="v")
    assert thing.to_dict()["labels"] == {"z": "v", "new": "n"}
    # the same of what stands in lists of a map
    thing = read(kinds, by_year={"2026": [dict(USER)]})
    thing.by_year["2026"][0].id = 2
    assert thing.changes() == {"by_year": {"2026": [{"login": "ada", "id": 2}]}}


def test_a_map_takes_any_mapping_of_names(kinds: ModuleType) -> None:
    thing = kinds.Everything.patch()
    thing.users = {"a": kinds.SimpleUser(login="ada", id=1)}
    assert thing.to_dict() == {"users": {"a": USER}}
    with pytest.raises(TypeError, match="Everything.labels: expected a mapping"):
        thing.labels = ["x"]
    with pytest.raises(TypeError, match="expected a name"):
        thing.labels = {1: "x"}
    thing.labels = {}
    with pytest.raises(TypeError, match=r"Everything.labels\[\]: expected text"):
        thing.labels["x"] = 1


def test_what_is_no_map_is_a_fault(kinds: ModuleType) -> None:
    thing = read(kinds, labels=[], users={"a": "x", "b": {"login": 1, "id": 2}})
    with pytest.raises(ValueError, match="Everything.labels.*expected an object"):
        print(thing.labels)
    found = [violation.path for violation in thing.validate(partial=True)]
    assert found == ["labels", "users['a']", "users['b'].login"]


def test_a_map_is_copied_as_a_dict(kinds: ModuleType) -> None:
    labels = read(kinds, labels={"x": "y"}).labels
    for made in (copy.deepcopy(labels), pickle.loads(pickle.dumps(labels))):
        assert (type(made), made) == (dict, {"x": "y"})


def test_bodies_leave_out_what_is_computed_inside_of_maps(kinds: ModuleType) -> None:
    bodies = __import__("kinds_made._runtime.bodies", fromlist=["create_body"])
    thing = read(kinds, created="2026-01-02T03:04:05Z", users={"a": dict(USER)})
    assert bodies.create_body(thing, kinds.Everything) == {"users": {"a": USER}}


# --- additional properties


def test_additional_properties_have_the_type_that_is_declared(
    kinds: ModuleType,
) -> None:
    counters = kinds.Counters.from_dict({"name": "x", "seen": "5", "@at": 2, "no": []})
    assert counters.additional["seen"] == 5
    assert counters.additional["@at"] == 2
    with pytest.raises(ValueError, match="Counters.*no.* does not fit"):
        counters.additional["no"]
    assert [found.path for found in counters.validate()] == ["additional['no']"]
    counters.additional["new"] = 3
    with pytest.raises(TypeError, match="expected an integer"):
        counters.additional["newer"] = "3"
    assert counters.changes() == {"new": 3}
    del counters.additional["no"]
    assert counters.to_dict() == {"name": "x", "seen": "5", "@at": 2, "new": 3}


def test_views_among_additional_properties_tell_of_changes(kinds: ModuleType) -> None:
    wire = {"a": [{"kind": "circle", "radius": 1}], "b": "2026-01-02T03:04:05Z"}
    holder = kinds.Property.from_dict(wire)
    assert holder.additional["b"].year == 2026
    holder.additional["a"][0].radius = 2.0
    assert holder.changes() == {"a": [{"kind": "circle", "radius": 2.0}]}
    holder.additional["c"] = [kinds.SquareBox(side=1.0), None]
    assert holder.to_dict()["c"] == [{"kind": "box", "side": 1.0}, None]


def test_nothing_of_odata_is_added_where_nobody_speaks_it(kinds: ModuleType) -> None:
    thing = kinds.Everything.patch()
    thing.additional["pug"] = kinds.Pug(name=None, good=True)
    thing.additional["user"] = kinds.SimpleUser(login="ada", id=1)
    thing.additional["@note"] = b"x"
    assert thing.to_dict() == {
        "pug": {"petType": "pug", "name": None, "good": True},
        "user": USER,
        "@note": "eA==",
    }
    bodies = sys.modules["kinds_made._runtime.bodies"]
    assert bodies.update_body(thing, kinds.Everything) == thing.to_dict()
