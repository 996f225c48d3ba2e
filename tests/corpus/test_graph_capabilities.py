"""The whole of Microsoft Graph: each place refuses the query options that the metadata
says it does not take, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from corpus.metadata import Metadata
from corpus.packages import Package
from corpus.places import Pair, at, is_many, place_classes, type_of, ways

pytestmark = pytest.mark.corpus

OF_ONE = {
    "$expand": ("ExpandRestrictions/Expandable",),
    "$select": ("SelectSupport/Supported", "SelectRestrictions/Selectable"),
}
OF_MANY = OF_ONE | {
    "$filter": ("FilterRestrictions/Filterable",),
    "$orderby": ("SortRestrictions/Sortable",),
    "$search": ("SearchRestrictions/Searchable",),
    "$count": ("CountRestrictions/Countable",),
    "$top": ("TopSupported",),
    "$skip": ("SkipSupported",),
}


def expected(metadata: Metadata, owner: str, place: Any) -> dict[str, str]:
    """What is said of the place where an owner leads, or else of its type."""
    said = metadata.statements.get(type_of(place), {}) | metadata.statements.get(
        owner, {}
    )
    options = OF_MANY if is_many(type(place)) else OF_ONE
    return {
        option: statement
        for option, statements in options.items()
        for statement in statements
        if said.get(statement) is False
    }


def refused(place: Any) -> dict[str, str]:
    """What the place refuses, whatever property it is about."""
    return {key: said for key, said in place._refuses.items() if " " not in key}


def led_to(
    loaded: Package, metadata: Metadata, pair: Pair
) -> Iterator[tuple[str, Any]]:
    """Every place where a set or a relationship leads, with the items of collections."""
    found: list[tuple[str, Any]] = []
    for client in (pair.sync, pair.twin):
        for name, (_, place) in ways(client, "").items():
            found.append((f"microsoft.graph.GraphService/{name}", place))
    for cls in place_classes(loaded):
        if not is_many(cls):
            leading = metadata.navigation(type_of(cls))
            for name, (_, place) in ways(at(cls, pair)).items():
                if name in leading:
                    found.append((metadata.owner(type_of(cls), name), place))
    for owner, place in found:
        yield owner, place
        if hasattr(place, "__getitem__"):
            yield owner, place["key"]


def test_places_refuse_what_the_metadata_says(
    loaded: Package, metadata: Metadata, pair: Pair
) -> None:
    wrong: list[str] = []
    refusals = 0
    for owner, place in led_to(loaded, metadata, pair):
        if not any(hasattr(place, verb) for verb in ("get", "list", "count")):
            continue
        wanted = expected(metadata, owner, place)
        refusals += len(wanted)
        if refused(place) != wanted:
            wrong.append(f"{owner}: {place!r}: {refused(place)}, not {wanted}")
    assert wrong == []
    assert refusals > 1000


def test_properties_are_excepted_as_the_metadata_says(loaded: Package) -> None:
    module = loaded.load("resources.team")
    for prefix in ("", "Async"):
        told = vars(module)[f"{prefix}TeamsCollection"]._refuses
        assert told["$expand channels"] == "ExpandRestrictions/NonExpandableProperties"
        assert "$expand" not in told
