"""Why: the chain that leads from a pattern to a name."""

from __future__ import annotations

from itertools import pairwise

from passes.zoo import load

from generator.passes.why import why

ZOO = load()


def told(name: str, *include: str, depth: int | None = None) -> list[str]:
    steps = why(ZOO, include, depth, name)
    assert all(later.of == earlier.name for earlier, later in pairwise(steps))
    return [str(step) for step in steps]


def test_what_a_type_pulls_in() -> None:
    assert told("kind", "keeper") == [
        "ns.keeper: named by keeper",
        "ns.animal: property animals of ns.keeper",
        "ns.kind: property kind of ns.animal",
    ]
    assert told("thing", "desk") == [
        "ns.desk: named by desk",
        "ns.thing: base of ns.desk",
    ]
    assert told("keeper", "person")[-1] == "ns.keeper: derived from ns.person"


def test_what_an_operation_pulls_in() -> None:
    feed = "ns.feed(ns.animal,ns.meal)"
    assert told("receipt", "animal") == [
        "ns.animal: named by animal",
        f"{feed}: bound to ns.animal",
        f"ns.receipt: answer of {feed}",
    ]
    assert told("meal", "feed") == [
        f"{feed}: named by feed",
        f"ns.meal: parameter meal of {feed}",
    ]
    assert told("feed", "animal")[-1] == f"{feed}: bound to ns.animal"


def test_what_a_path_pulls_in() -> None:
    assert told("desk", "GET /boss/desk/key") == [
        "ns.person@$singleton: root boss of GET /boss/desk/key",
        "ns.desk: navigation desk of ns.person@$singleton",
        "ns.desk: type of the place ns.desk",
    ]


def test_the_first_pattern_that_will_do() -> None:
    assert told("key", "meal", "key", "person") == ["ns.key: named by key"]


def test_what_is_not_in_the_slice() -> None:
    assert told("meal", "desk") == []
    assert told("gone", "desk") == []
    assert told("animal", "keeper", depth=0) == []


def test_without_patterns_everything_is_wanted() -> None:
    assert told("meal") == ["ns.meal: part of the whole specification"]
    assert told("gone") == []
