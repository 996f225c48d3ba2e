"""Constraints of values compared: whether what was allowed still is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from generator.diff.changes import Change, Kind, Spot
from generator.diff.references import Way
from generator.diff.versions import Versions
from generator.model import Constraints, Parameter, Property, bounds

_NONE = Constraints()
_UPPER = ("max_length", "maximum", "max_items", "precision", "scale")
_LOWER = ("min_length", "minimum", "min_items")
_EXCLUSIVE = ("exclusive_minimum", "exclusive_maximum")


def compare_bounds(
    was: Property | Parameter,
    now: Property | Parameter,
    way: Way,
    spot: Spot,
    versions: Versions,
) -> Iterator[Change]:
    """Give one change for all constraints of a property or parameter that differ.

    Those of type definitions count as well where it is of others than before: what
    changes in a definition is told of that.
    """
    old, new = was.constraints, now.constraints
    if was.type != now.type:
        old = bounds(was.type, old, versions.old.types)
        new = bounds(now.type, new, versions.new.types)
    yield from compare_constraints(old, new, way, spot)


def compare_constraints(
    old: Constraints | None, new: Constraints | None, way: Way, spot: Spot
) -> Iterator[Change]:
    """Give one change for all constraints that differ.

    What is only read cannot break for being bound more tightly.
    """
    was, now = old or _NONE, new or _NONE
    names = [
        item.name
        for item in fields(Constraints)
        if getattr(was, item.name) != getattr(now, item.name)
    ]
    if not names:
        return
    text = "what a value must satisfy changed: " + ", ".join(
        f"{name.replace('_', ' ')} {_shown(was, name)} became {_shown(now, name)}"
        for name in names
    )
    if Way.GIVEN in way and any(_is_tighter(was, now, name) for name in names):
        consequence = "`validate()` and the service may refuse what they took before."
        yield spot.breaks(Kind.CONSTRAINTS, text, consequence)
    else:
        yield spot.keeps(Kind.CONSTRAINTS, text, "Every value that was taken still is.")


def _shown(constraints: Constraints, name: str) -> str:
    value = getattr(constraints, name)
    if value is None or value == ():
        return "(none)"
    return " | ".join(value) if isinstance(value, tuple) else str(value)


def _is_tighter(was: Constraints, now: Constraints, name: str) -> bool:
    before, after = getattr(was, name), getattr(now, name)
    if name in _EXCLUSIVE:
        return bool(after)
    if after is None or after == ():
        return False
    if before is None or before == ():
        return True
    if name in _UPPER:
        return bool(after < before)
    if name in _LOWER:
        return bool(after > before)
    if name == "allowed_values":
        return not set(before) <= set(after)
    return True
