"""The whole of Microsoft Graph: whatever the metadata declares can be reached.

The metadata is read anew with lxml (`metadata.py`); the generated classes are driven
(`places.py`) and tell what they would send.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any

import pytest
from corpus.metadata import Call, Metadata, Use
from corpus.packages import Package
from corpus.places import (
    HERE,
    Called,
    Pair,
    at,
    calls,
    is_many,
    is_twin,
    place_classes,
    type_of,
    ways,
)

pytestmark = pytest.mark.corpus

Calls = dict[tuple[str, str], set[str]]
"""Wire names of parameters, by the request's method and the segment."""

DEFAULT = "microsoft.graph"
MOST_CASTS = 200
"""A type with more derived types than this is cast by `Resource.cast` alone."""


@pytest.fixture(scope="module")
def classes(loaded: Package) -> list[type]:
    return place_classes(loaded)


def use_of(place: Any) -> Use:
    return Use(type_of(place), is_many(type(place)))


def segment(call: Call) -> str:
    """Unqualified in the default namespace, qualified elsewhere."""
    namespace = call.name.rpartition(".")[0]
    return call.short if namespace == DEFAULT else call.name


def test_every_entity_type_has_a_place(classes: list[type], metadata: Metadata) -> None:
    entity_types = {
        name for name, each in metadata.types.items() if each.kind == "EntityType"
    }
    assert len(entity_types) == 1182
    for twin in (False, True):
        found = {type_of(cls) for cls in classes if is_twin(cls) is twin}
        assert entity_types - found == set()


def test_every_way_leads_where_the_metadata_says(
    classes: list[type], metadata: Metadata, pair: Pair
) -> None:
    """Navigation, streams, casts and complex properties: none is missing, none too
    many."""
    wrong: list[str] = []
    reachable = reachable_types(metadata)
    followed = 0
    for cls in classes:
        if is_many(cls):
            continue
        place = at(cls, pair)
        found = {name: target for name, (_, target) in ways(place).items()}
        expected = metadata.navigation(type_of(cls))
        followed += len(expected)
        for name, use in expected.items():
            target = found.pop(name, None)
            if target is None or use_of(target) != use:
                wrong.append(f"{cls.__name__}: {name} -> {target}, not {use}")
            elif is_twin(type(target)) != is_twin(cls):
                wrong.append(f"{cls.__name__}: {name} -> {target}, of the other kind")
        wrong += [
            f"{cls.__name__}: {name} -> {target}, unheard of"
            for name, target in found.items()
            if not is_other_way(name, target, type_of(cls), metadata)
        ]
        if type_of(cls) in reachable:
            lacking = other_ways(type_of(cls), metadata) - found.keys()
            wrong += [f"{cls.__name__}: no {name}" for name in lacking]
    assert wrong == []
    assert followed > 5_000


def test_only_a_value_without_a_path_has_no_place(
    classes: list[type], metadata: Metadata
) -> None:
    """Complex values that stand in collections or in results alone: their relationships
    can be expanded, not walked."""
    met = {type_of(cls) for cls in classes if not is_many(cls)}
    reachable = reachable_types(metadata)
    for each in metadata.structs:
        if each.name not in met and metadata.navigation(each.name):
            assert each.kind == "ComplexType"
            assert each.name not in reachable


def casts(name: str, metadata: Metadata) -> set[str]:
    derived = metadata.derived[name]
    return derived if len(derived) <= MOST_CASTS else set()


def other_ways(name: str, metadata: Metadata) -> set[str]:
    """Casts and streams, all of which must be there."""
    streams = {
        wire
        for wire, use in metadata.properties(name).items()
        if use.name == "Edm.Stream"
    }
    content = {"$value"} if any(t.has_stream for t in metadata.lineage(name)) else set()
    return casts(name, metadata) | streams | content


def is_other_way(wire: str, target: Any, name: str, metadata: Metadata) -> bool:
    """Whether a way that is no navigation property is right; one into a complex value
    may be there."""
    if type(target).__name__.endswith("StreamResource"):
        return wire in other_ways(name, metadata)
    if wire in casts(name, metadata):
        return use_of(target) == Use(wire, False)
    use = metadata.properties(name).get(wire)
    return use is not None and use == use_of(target)


VERBS = {
    "Insertable": {"create"},
    "Updatable": {"update", "replace"},
    "Deletable": {"delete"},
    "Readable": {"get", "list"},
}


def test_places_have_the_verbs_that_the_metadata_allows(
    classes: list[type], metadata: Metadata, pair: Pair
) -> None:
    """What is said of a property or a set in so many words holds wherever it leads."""
    wrong: list[str] = []
    checked = 0
    for owner, place, home in owners(classes, pair):
        for name, (_, target) in ways(place, home).items():
            told = metadata.allowances.get(f"{owner}/{name}", {})
            checked += len(told)
            wrong += [
                f"{place}/{name}: {what} is {allowed}, yet {verbs(target, what)}"
                for what, allowed in told.items()
                if bool(verbs(target, what) & VERBS[what]) is not allowed
            ]
    assert wrong == []
    assert checked > 300


def owners(classes: list[type], pair: Pair) -> Iterator[tuple[str, Any, str]]:
    for cls in classes:
        if not is_many(cls):
            yield type_of(cls), at(cls, pair), HERE
    for client in (pair.sync, pair.twin):
        yield f"{DEFAULT}.GraphService", client, ""


def verbs(target: Any, what: str = "") -> set[str]:
    """What can be done at a place; a collection's items are changed."""
    if is_many(type(target)) and what in ("Updatable", "Deletable"):
        target = target["key"]
    return {verb for each in VERBS.values() for verb in each if hasattr(target, verb)}


def test_every_call_is_sent_as_the_metadata_says(
    classes: list[type], metadata: Metadata, pair: Pair
) -> None:
    """Bound actions and functions, inherited ones and overloads too: method, segment
    and parameters."""
    wrong: list[str] = []
    seen: set[Call] = set()
    for cls in classes:
        place = at(cls, pair)
        bound = metadata.bound(type_of(cls), is_many(cls))
        seen.update(bound)
        expected: Calls = {}
        for call in bound:
            key = (method(call, metadata), segment(call))
            expected.setdefault(key, set()).update(call.parameters)
        found = {
            (called.method, called.segment): set(called.parameters)
            for _, called in calls(place)
            if called.segment
        }
        wrong += [f"{cls.__name__}: {each}" for each in differences(found, expected)]
    assert wrong == []
    assert {call for call in metadata.calls if call.binding} - seen == set()


def differences(found: Calls, expected: Calls) -> list[str]:
    return [
        f"{key}: {found.get(key)}, not {expected.get(key)}"
        for key in found.keys() | expected.keys()
        if found.get(key) != expected.get(key)
    ]


def method(call: Call, metadata: Metadata) -> str:
    """The request's method; "" for a function that gives a place."""
    if call.is_action:
        return "POST"
    return "" if leads_on(call, metadata) else "GET"


def leads_on(call: Call, metadata: Metadata) -> bool:
    return call.composable and metadata.is_entity(call.result)


def test_composable_functions_lead_to_what_they_give(
    classes: list[type], metadata: Metadata, pair: Pair
) -> None:
    checked = 0
    for cls in classes:
        given = {
            segment(call): call.result
            for call in metadata.bound(type_of(cls), is_many(cls))
            if leads_on(call, metadata)
        }
        for _, called in calls(at(cls, pair)):
            if called.place is not None and called.segment:
                assert use_of(called.place) == given[called.segment]
                checked += 1
    assert checked > 100


def test_the_clients_hold_all_roots(metadata: Metadata, pair: Pair) -> None:
    for client in (pair.sync, pair.twin):
        found = {wire: use_of(target) for wire, (_, target) in ways(client, "").items()}
        assert found == metadata.roots
        assert list(calls(client, "")) == []
    assert len(metadata.roots) == 72
    assert metadata.imports == {}


@pytest.mark.parametrize("twin", [False, True], ids=["sync", "async"])
def test_walking_from_the_client_meets_every_place(
    classes: list[type], metadata: Metadata, pair: Pair, twin: bool
) -> None:
    """Whoever follows attributes, keys and composable functions gets everywhere.

    Entity types to which the metadata knows no way have a place all the same, where a
    walk may begin (`Resource.at`).
    """
    reachable = reachable_types(metadata)
    ours = {cls for cls in classes if is_twin(cls) is twin}
    client = pair.twin if twin else pair.sync
    waiting = deque(target for _, target in ways(client, "").values())
    waiting.extend(at(cls, pair) for cls in ours if type_of(cls) not in reachable)
    met: set[type] = set()
    while waiting:
        place = waiting.popleft()
        if type(place) not in met:
            met.add(type(place))
            waiting.extend(steps(at(type(place), pair)))
    assert ours - met == set()
    assert len(ours) > 1_500


def steps(place: Any) -> Iterator[Any]:
    """The places next to a place that are generated."""
    for _, target in ways(place).values():
        if not type(target).__name__.endswith("StreamResource"):
            yield target
    for called in methods(place):
        if called.place is not None:
            yield called.place
    if hasattr(place, "__getitem__"):
        yield place["key"]


def methods(place: Any) -> Iterator[Called]:
    for _, called in calls(place):
        yield called


def reachable_types(metadata: Metadata) -> set[str]:
    """Types that a path of the service can end at, whatever the path.

    A path leads into a complex property, but not into the items of a collection of
    complex values, which have no key.
    """
    found: set[str] = set()
    waiting = [use.name for use in metadata.roots.values()]
    while waiting:
        name = waiting.pop()
        if name in found or name not in metadata.types:
            continue
        found.add(name)
        waiting += casts(name, metadata)
        waiting += [use.name for use in metadata.navigation(name).values()]
        waiting += [u.name for u in metadata.properties(name).values() if not u.many]
        waiting += [
            call.result.name
            for many in (False, True)
            for call in metadata.bound(name, many)
            if call.result is not None and leads_on(call, metadata)
        ]
    return found
