"""Places compared: the ways into a service, and what can be done where a way leads.

A class of places changes its name with what may be done there, and with how many ways
lead to it, so places are compared by the way that leads to them: the set, the singleton
or the navigation property.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator.diff.changes import Change, Kind, Spot
from generator.diff.operations import compare_parameters
from generator.diff.references import BOTH, compare_types
from generator.diff.statements import compare_docs, compare_permissions
from generator.diff.versions import Version, Versions
from generator.model import (
    LinkKind,
    ListOf,
    Named,
    Operation,
    OperationKind,
    Refusal,
    Resource,
    Root,
    TypeRef,
)


def compare_roots(versions: Versions) -> Iterator[Change]:
    """Give the changes of entity sets and singletons and of what is bound to them."""
    old, new = versions.old.roots, versions.new.roots
    for name in {**old, **new}:
        was, now = old.get(name), new.get(name)
        if now is None and was is not None:
            yield Spot(was.target, "", was.place).breaks(
                Kind.ROOT_REMOVED,
                f"the {_root_kind(was)} was removed",
                "The attribute of the client is gone.",
            )
        elif was is None and now is not None:
            yield Spot(now.target, "", None, now.place).keeps(
                Kind.ROOT_ADDED,
                f"the {_root_kind(now)} is new",
                "The client has one more attribute.",
            )
        elif was is not None and now is not None:
            spot = Spot(now.target, "", was.place, now.place)
            yield from compare_types(_type(was), _type(now), BOTH, spot, versions)
            yield from _bindings(was, now, spot)
            yield from compare_docs(was, now, spot)


def _root_kind(root: Root) -> str:
    return "entity set" if root.many else "singleton"


def _type(root: Root) -> TypeRef:
    one = Named(root.type)
    return ListOf(one) if root.many else one


def _bindings(was: Root, now: Root, spot: Spot) -> Iterator[Change]:
    """What is bound says where related entities live (CSDL 4.01 section 13.4)."""
    old, new = dict(was.bindings), dict(now.bindings)
    for path in {**old, **new}:
        before, after = old.get(path), new.get(path)
        at = replace(spot, target=f"{spot.target}/{path}")
        if before is None:
            text, kind = (
                f"what is at this path now belongs to {after}",
                Kind.BINDING_ADDED,
            )
        elif after is None:
            text = f"what is at this path no longer belongs to {before}"
            kind = Kind.BINDING_REMOVED
        elif before != after:
            text = f"what is at this path belongs to {after}, not to {before}"
            kind = Kind.BINDING_TARGET
        else:
            continue
        yield at.tells(
            kind, text, "The same calls reach it; it may be linked from there."
        )


def compare_places(versions: Versions) -> Iterator[Change]:
    """Give the changes of what can be done where a way leads, in both versions: verbs,
    query options, permissions, the need of an ETag."""
    old, new = _ways(versions.old), _ways(versions.new)
    for way, place in old.items():
        other = new.get(way) or new.get(_moved(way, versions.new))
        if other is None:
            continue
        spot = _spot(way, versions)
        if place.many != other.many:
            continue  # that is told of the way itself, and other verbs go with it
        yield from _compare(place, other, spot, "", versions)
        refusals = _refusals(place, other)
        yield from _refused(refusals, spot, "")
        item, other_item = _item(place, versions.old), _item(other, versions.new)
        if item is not None and other_item is not None:
            yield from _compare(item, other_item, spot, _OF_ITEM, versions)
            # what is said of a collection and its items alike is told once
            own = _refusals(item, other_item) - refusals
            yield from _refused(own, spot, _OF_ITEM)


_OF_ITEM = " of one item"

_Way = tuple[str, str]
"""The id of a type, or "" for the service, and the name of what leads on."""


def _ways(version: Version) -> Mapping[_Way, Resource]:
    """Give the place at the end of each way: of the roots, and of the properties that a
    type declares itself.

    Whatever the place of a type is called, the same ways lead on from it.
    """
    resources = version.api.resources
    found: dict[_Way, Resource] = {
        ("", link.name): resources[link.target]
        for link in version.api.links
        if link.kind is LinkKind.ROOT
    }
    for resource in resources.values():
        if resource.many:
            continue
        for link in resource.links:
            way = resource.type, link.name
            if (
                link.kind in (LinkKind.NAVIGATION, LinkKind.COMPLEX)
                and way not in found
                and version.lineage.declaring(*way) == resource.type
            ):
                found[way] = resources[link.target]
    return found


def _moved(way: _Way, version: Version) -> _Way:
    """Give the way from the base to which a property has moved."""
    type_id, name = way
    return version.lineage.declaring(type_id, name), name


def _item(place: Resource, version: Version) -> Resource | None:
    """Give the place of one item of a collection."""
    for link in place.links:
        if link.kind is LinkKind.KEY and not link.alternate:
            return version.api.resources[link.target]
    return None


def _spot(way: _Way, versions: Versions) -> Spot:
    type_id, name = way
    if not type_id:
        root = versions.new.roots[name]
        return Spot(root.target, "", versions.old.roots[name].place, root.place)
    before = versions.old.lineage.member(type_id, name)
    after = versions.new.lineage.member(type_id, name)
    return Spot(
        f"{type_id}/{name}",
        type_id,
        before.place if before else None,
        after.place if after else None,
    )


def _compare(
    was: Resource, now: Resource, spot: Spot, of: str, versions: Versions
) -> Iterator[Change]:
    before, after = _verbs(was), _verbs(now)
    for kind in {**before, **after}:
        one, other = before.get(kind), after.get(kind)
        if other is None:
            text = f"{kind}{of} is no longer offered"
            yield spot.breaks(Kind.CAPABILITY, text, "The method is gone there.")
        elif one is None:
            text = f"{kind}{of} is now offered"
            yield spot.keeps(Kind.CAPABILITY, text, "There is one more method there.")
        else:
            about = f" of {kind}{of}"
            for change in compare_parameters(one, other, spot, versions):
                name = change.target.removeprefix(f"{spot.target}/")
                text = f"{kind}{of}, {name}: {change.text}"
                yield spot.change(change.kind, change.grade, text, change.consequence)
            yield from compare_permissions(
                one.permissions, other.permissions, spot, about
            )
            yield from compare_docs(one, other, spot, about)
    if was.concurrent != now.concurrent:
        if now.concurrent:
            text = f"changes{of} now need the ETag of what they change"
            consequence = "A change of what was not read before is refused."
            yield spot.breaks(Kind.CONCURRENCY, text, consequence)
        else:
            text = f"changes{of} no longer need an ETag"
            consequence = "A change may be sent without reading first."
            yield spot.keeps(Kind.CONCURRENCY, text, consequence)


def _verbs(place: Resource) -> Mapping[OperationKind, Operation]:
    """Give what is done with a place itself; what is called there is compared as
    such."""
    calls = (OperationKind.ACTION, OperationKind.FUNCTION)
    return {each.kind: each for each in place.operations if each.kind not in calls}


def _refusals(was: Resource, now: Resource) -> frozenset[tuple[bool, Refusal]]:
    """Give the refusals that differ, with whether they are new."""
    old = {(each.option, each.path): each for each in was.refusals}
    new = {(each.option, each.path): each for each in now.refusals}
    come = [(True, each) for key, each in new.items() if key not in old]
    gone = [(False, each) for key, each in old.items() if key not in new]
    return frozenset([*come, *gone])


def _refused(
    refusals: frozenset[tuple[bool, Refusal]], spot: Spot, of: str
) -> Iterator[Change]:
    for is_new, each in sorted(refusals, key=lambda found: (str(found[1]), found[0])):
        what = (
            f"${each.option} by {each.path}{of}" if each.path else f"${each.option}{of}"
        )
        if is_new:
            text = f"{what} is no longer taken ({each.said})"
            consequence = (
                "Such a call raises UnsupportedOption, unless check_capabilities=False."
            )
            yield spot.breaks(Kind.QUERY_OPTION, text, consequence)
        else:
            text = f"{what} is taken now"
            yield spot.keeps(Kind.QUERY_OPTION, text, "Such a call is sent.")
