"""Properties of structures compared: the effective ones, those of bases included.

A property that moves to a base type is where it was for everybody who uses the derived
one, so types are compared by all that they have, however they come by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.diff.changes import Change, Kind, Spot
from generator.diff.constraints import compare_bounds
from generator.diff.references import (
    BOTH,
    Way,
    compare_types,
    same_cardinality,
    shown,
)
from generator.diff.statements import compare_said
from generator.diff.versions import Version, Versions
from generator.model import Access, Navigation, Property

_SAID = (Kind.DESCRIPTION, Kind.DEPRECATION)


class Members:
    """Compares the members of one type after another."""

    def __init__(self, versions: Versions) -> None:
        self._versions = versions
        # most types have most of their members from few bases: each pair is compared
        # once, and both of its properties live as long as the versions do
        self._known: dict[tuple[int, int], tuple[Change, ...]] = {}

    def compare(self, type_id: str) -> Iterator[Change]:
        """Give the changes of a structure's members, in the old order and then the
        new."""
        old = self._versions.old.lineage.members(type_id)
        new = self._versions.new.lineage.members(type_id)
        for name, was in old.items():
            now = new.get(name)
            if now is None:
                yield self._at(type_id, _removed(was), self._versions.old, name)
            else:
                yield from self._changed(type_id, was, now)
        for name, now in new.items():
            if name not in old:
                yield self._at(type_id, _added(now), self._versions.new, name)

    def _changed(self, type_id: str, was: Property, now: Property) -> Iterator[Change]:
        for change in self._pair(was, now):
            placed = self._at(type_id, change, self._versions.new, now.name)
            # what is said of a member is said once, where it is declared
            if change.kind not in _SAID or not placed.inherited_from:
                yield placed

    def _pair(self, was: Property, now: Property) -> tuple[Change, ...]:
        key = id(was), id(now)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = tuple(_compare(was, now, self._versions))
        return found

    def _at(self, type_id: str, change: Change, version: Version, name: str) -> Change:
        """Put a change of a member where it is met; `version` says what declares it.

        It repeats that of the declaring type if it is a change there as well: if both
        versions know that type, and one of them gives it the member.
        """
        base = version.lineage.declaring(type_id, name)
        repeats = base != type_id and self._is_reported(base, change, name)
        return replace(
            change,
            target=f"{type_id}/{name}",
            group=type_id,
            inherited_from=base if repeats else "",
        )

    def _is_reported(self, base: str, change: Change, name: str) -> bool:
        """Say whether a change of a member is reported at a base as well."""
        old, new = self._versions.old, self._versions.new
        if base not in old.types or base not in new.types:
            return False
        was, now = old.lineage.member(base, name), new.lineage.member(base, name)
        if was is None:
            return change.kind is Kind.PROPERTY_ADDED
        if now is None:
            return change.kind is Kind.PROPERTY_REMOVED
        return any(other.kind is change.kind for other in self._pair(was, now))


def _removed(was: Property) -> Change:
    spot = Spot("", old=was.place)
    return spot.breaks(
        Kind.PROPERTY_REMOVED,
        f"the {_what(was)} was removed",
        "Reading, setting or selecting the attribute fails, in checkers and at run"
        " time.",
    )


def _added(now: Property) -> Change:
    spot = Spot("", new=now.place)
    text = f"a {_what(now)} was added, of type {shown(now.type)}"
    if now.required:
        consequence = "An object can no longer be made without it."
        return spot.breaks(
            Kind.PROPERTY_ADDED, f"{text}, which is required", consequence
        )
    return spot.keeps(Kind.PROPERTY_ADDED, text, "The class has one more attribute.")


def _what(member: Property) -> str:
    return "property" if member.navigation is None else "navigation property"


def _is_computed(member: Property) -> bool:
    return member.computed or member.access is Access.READ


def _way(member: Property) -> Way:
    if _is_computed(member):
        return Way.READ
    return Way.GIVEN if member.access is Access.WRITE else BOTH


def _compare(was: Property, now: Property, versions: Versions) -> Iterator[Change]:
    spot = Spot("", old=was.place, new=now.place)
    way = _way(was)
    yield from compare_types(was.type, now.type, way, spot, versions)
    if same_cardinality(was.type, now.type, versions):
        yield from _nullability(was, now, way, spot)
    yield from _demands(was, now, spot)
    yield from _access(was, now, spot)
    if was.default != now.default:
        text = f"the default changed from {was.default} to {now.default}"
        consequence = "The service may assume something else where it is left out."
        yield spot.keeps(Kind.DEFAULT, text, consequence)
    yield from compare_bounds(was, now, way, spot, versions)
    if was.navigation != now.navigation:
        yield from _navigation(was.navigation, now.navigation, spot)
    yield from compare_said(was, now, spot)


def _nullability(
    was: Property, now: Property, way: Way, spot: Spot
) -> Iterator[Change]:
    if was.nullable == now.nullable:
        return
    if now.nullable:
        consequence = (
            "Reading gave `| None` already; setting it to None is allowed now."
        )
        yield spot.keeps(Kind.NULLABILITY, "null is now allowed", consequence)
    elif Way.GIVEN in way:
        consequence = "Setting it to None is refused."
        yield spot.breaks(Kind.NULLABILITY, "null is no longer allowed", consequence)
    else:
        consequence = "Reading gives `| None` all the same, as it may not be selected."
        yield spot.keeps(Kind.NULLABILITY, "null is no longer allowed", consequence)


def _demands(was: Property, now: Property, spot: Spot) -> Iterator[Change]:
    if now.required and not was.required:
        text, consequence = "is now required", "No object can be made without it."
        yield spot.breaks(Kind.REQUIRED, text, consequence)
    elif was.required and not now.required:
        text, consequence = "is no longer required", "Objects can be made without it."
        yield spot.keeps(Kind.REQUIRED, text, consequence)


def _access(was: Property, now: Property, spot: Spot) -> Iterator[Change]:
    text = f"who may use it changed from {was.access} to {now.access}"
    if _is_computed(now) and not _is_computed(was):
        text = "is now set by the service alone"
        consequence = "Giving it to a constructor, or setting it, is refused."
        yield spot.breaks(Kind.ACCESS, text, consequence)
    elif now.access is Access.WRITE and was.access is not Access.WRITE:
        consequence = "It no longer comes back from the service."
        yield spot.breaks(Kind.ACCESS, text, consequence)
    elif _is_computed(was) and not _is_computed(now):
        text, consequence = "can now be written", "It can be given and set."
        yield spot.keeps(Kind.ACCESS, text, consequence)
    elif was.access is Access.WRITE and now.access is not Access.WRITE:
        yield spot.keeps(Kind.ACCESS, text, "It comes back from the service now.")
    if now.immutable and not was.immutable:
        text = "can no longer be changed once an object is made"
        yield spot.breaks(Kind.ACCESS, text, "An update that holds it is refused.")
    elif was.immutable and not now.immutable:
        text = "can now be changed after an object is made"
        yield spot.keeps(Kind.ACCESS, text, "An update may hold it.")


def _navigation(
    was: Navigation | None, now: Navigation | None, spot: Spot
) -> Iterator[Change]:
    if was is None or now is None:
        text = "is no longer a relationship" if now is None else "is now a relationship"
        consequence = "The way through it over places is "
        consequence += (
            "gone." if now is None else "new; its value is expanded, not sent."
        )
        yield spot.breaks(Kind.NAVIGATION, text, consequence)
        return
    if was.contains != now.contains:
        what = "now contains its target" if now.contains else "contains no target now"
        consequence = (
            "What can be made, linked and deleted there is another set of calls."
        )
        yield spot.breaks(Kind.NAVIGATION, what, consequence)
    if was.types != now.types:
        text = "the derived types that may stand there changed"
        if now.types and not (was.types and set(was.types) <= set(now.types)):
            consequence = "Objects of some classes are no longer taken."
            yield spot.breaks(Kind.NAVIGATION, text, consequence)
        else:
            yield spot.keeps(Kind.NAVIGATION, text, "More classes may stand there.")
    rest = ("partner", "on_delete", "referential_constraints")
    if any(getattr(was, name) != getattr(now, name) for name in rest):
        text = "the partner or the constraints of the relationship changed"
        consequence = "The service keeps the two ends together otherwise; calls stay."
        yield spot.tells(Kind.NAVIGATION, text, consequence)
