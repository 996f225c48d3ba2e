"""Types that elements refer to, compared: of properties, parameters and results.

Whether a wider or a narrower type breaks code depends on the way that values go: what
a caller gives may become wider, what it gets may become narrower.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Flag, auto

from generator.diff.changes import Change, Kind, Spot
from generator.diff.versions import Versions
from generator.model import (
    AnyType,
    Discriminator,
    ListOf,
    LiteralType,
    MapOf,
    UnionOf,
    Named,
    Scalar,
    ScalarKind,
    StreamType,
    TypeRef,
    settle,
)


class Way(Flag):
    """Which way values go, as the caller sees it."""

    GIVEN = auto()
    READ = auto()


BOTH = Way.GIVEN | Way.READ

_S = ScalarKind
_WIDER: dict[ScalarKind, frozenset[ScalarKind]] = {
    _S.BYTE: frozenset({_S.INT16, _S.INT32, _S.INT64}),
    _S.SBYTE: frozenset({_S.INT16, _S.INT32, _S.INT64}),
    _S.INT16: frozenset({_S.INT32, _S.INT64}),
    _S.INT32: frozenset({_S.INT64}),
    _S.SINGLE: frozenset({_S.DOUBLE}),
}
"""The kinds that hold every value of a kind and are the same type in Python."""


def compare_types(
    old: TypeRef, new: TypeRef, way: Way, spot: Spot, versions: Versions
) -> Iterator[Change]:
    """Give what has changed from one type to another: at most its cardinality, or its
    kind and whether items may be null.

    Type definitions stand for what they define (CSDL 4.01 section 11), so that a new
    name for the same type is no change.
    """
    if old == new:
        return
    was, now = settle(old, versions.old.types), settle(new, versions.new.types)
    if isinstance(was, ListOf) and isinstance(now, ListOf):
        yield from compare_types(was.item, now.item, way, spot, versions)
        yield from _null_items(was, now, way, spot)
        return
    if isinstance(was, MapOf) and isinstance(now, MapOf):
        yield from compare_types(was.value, now.value, way, spot, versions)
        yield from _null_items(was, now, way, spot)
        return
    text = f"the type changed from {shown(was)} to {shown(now)}"
    if isinstance(was, ListOf) or isinstance(now, ListOf):
        more = isinstance(now, ListOf)
        count = "a list where there was one value" if more else "one value, not a list"
        yield spot.breaks(
            Kind.CARDINALITY, text, f"Python code has to expect and give {count}."
        )
    elif was != now:
        yield _one_value(was, now, way, spot, text, versions)


def same_cardinality(old: TypeRef, new: TypeRef, versions: Versions) -> bool:
    """Say whether both are lists or neither is: else null in one place is not what it
    is in the other."""
    was, now = settle(old, versions.old.types), settle(new, versions.new.types)
    return isinstance(was, ListOf) == isinstance(now, ListOf)


def shown(ref: TypeRef) -> str:
    """Give a type as people read it."""
    match ref:
        case ListOf():
            return f"list of {shown(ref.item)}"
        case Named():
            return ref.id
        case Scalar():
            return str(ref.kind)
        case MapOf():
            return f"map to {shown(ref.value)}"
        case UnionOf():
            return " or ".join(shown(member) for member in ref.members)
        case LiteralType():
            return f"the value {ref.value}"
        case StreamType():
            return "stream"
        case AnyType():
            return "any value"


def _one_value(
    was: TypeRef, now: TypeRef, way: Way, spot: Spot, text: str, versions: Versions
) -> Change:
    if isinstance(was, Scalar) and isinstance(now, Scalar):
        if now.kind in _WIDER.get(was.kind, ()):
            return spot.keeps(
                Kind.WIDENED, text, "The Python type stays; more values may arrive."
            )
        if was.kind in _WIDER.get(now.kind, ()):
            return _narrowed_scalar(way, spot, text)
    elif isinstance(was, Named) and isinstance(now, Named):
        if versions.derives(now.id, was.id):
            return _narrowed(way, spot, text)
        if versions.derives(was.id, now.id):
            return _widened(way, spot, text)
    if isinstance(was, AnyType):
        return _narrowed_values(way, spot, text)
    if isinstance(now, AnyType):
        return _widened_values(way, spot, text)
    wide, narrow = _held(was, now, versions), _held(now, was, versions)
    if wide and narrow:
        if _told_by(was) != _told_by(now):
            return told_apart(spot)
        if _is_exclusive(was) != _is_exclusive(now):
            return _exclusive(now, spot)
        return spot.keeps(Kind.WIDENED, text, "The values are the same ones.")
    if wide:
        return _widened_values(way, spot, text)
    if narrow:
        return _narrowed_values(way, spot, text)
    return spot.breaks(
        Kind.CHANGED, text, "Python code that reads or gives it meets another type."
    )


def told_apart(spot: Spot) -> Change:
    """Give the change of what tells the type of an object."""
    text = "what tells the type of an object changed"
    consequence = "The class of what is read is found by it; code stays."
    return spot.keeps(Kind.DISCRIMINATOR, text, consequence)


def _told_by(ref: TypeRef) -> Discriminator | None:
    return ref.discriminator if isinstance(ref, UnionOf) else None


def _is_exclusive(ref: TypeRef) -> bool:
    return isinstance(ref, UnionOf) and ref.exclusive


def _exclusive(now: TypeRef, spot: Spot) -> Change:
    consequence = "The Python type is the same."
    if _is_exclusive(now):
        text = f"a value is now of exactly one of {shown(now)}"
        return spot.keeps(Kind.NARROWED, text, consequence)
    text = f"a value may now be of several of {shown(now)} at once"
    return spot.keeps(Kind.WIDENED, text, consequence)


def _held(one: TypeRef, other: TypeRef, versions: Versions) -> bool:
    """Say whether every value of a type of one version is of a type of the other: of
    one of its members, where that is a union."""
    return all(
        any(_is_one_of(each, member, versions) for member in _members(other))
        for each in _members(one)
    )


def _members(ref: TypeRef) -> tuple[TypeRef, ...]:
    return ref.members if isinstance(ref, UnionOf) else (ref,)


def _is_one_of(one: TypeRef, other: TypeRef, versions: Versions) -> bool:
    if one == other or isinstance(other, AnyType):
        return True
    if isinstance(one, LiteralType) and isinstance(other, Scalar):
        return one.value.startswith('"') and other.kind is ScalarKind.STRING
    if isinstance(one, Scalar) and isinstance(other, Scalar):
        return other.kind in _WIDER.get(one.kind, ())
    if isinstance(one, Named) and isinstance(other, Named):
        return versions.derives(one.id, other.id)
    return False


def _widened_values(way: Way, spot: Spot, text: str) -> Change:
    if Way.READ in way:
        consequence = "What is read may be of a type that code does not expect."
        return spot.breaks(Kind.WIDENED, text, consequence)
    return spot.keeps(Kind.WIDENED, text, "Values of more types may be given.")


def _narrowed_values(way: Way, spot: Spot, text: str) -> Change:
    if Way.GIVEN in way:
        consequence = "Values of the types that are gone are refused."
        return spot.breaks(Kind.NARROWED, text, consequence)
    consequence = "What is read is of fewer types than code has to expect."
    return spot.keeps(Kind.NARROWED, text, consequence)


def _narrowed_scalar(way: Way, spot: Spot, text: str) -> Change:
    if Way.GIVEN in way:
        consequence = "The Python type stays; large values are refused by the service."
        return spot.breaks(Kind.NARROWED, text, consequence)
    return spot.keeps(Kind.NARROWED, text, "The Python type stays.")


def _narrowed(way: Way, spot: Spot, text: str) -> Change:
    if Way.GIVEN in way:
        consequence = (
            "Type checkers refuse an object of the former, more general class."
        )
        return spot.breaks(Kind.NARROWED, text, consequence)
    consequence = "What is read is of a class derived from the former one."
    return spot.keeps(Kind.NARROWED, text, consequence)


def _widened(way: Way, spot: Spot, text: str) -> Change:
    if Way.READ in way:
        consequence = (
            "What is read may lack the attributes of the former, more special class."
        )
        return spot.breaks(Kind.WIDENED, text, consequence)
    return spot.keeps(Kind.WIDENED, text, "Objects of more classes may be given.")


def _null_items(
    was: ListOf | MapOf, now: ListOf | MapOf, way: Way, spot: Spot
) -> Iterator[Change]:
    """Where a version says nothing of null items, nobody could rely on anything."""
    if was.nullable is now.nullable:
        return
    kind = Kind.NULLABILITY
    an_item, of = "an item of the list", "list"
    if isinstance(now, MapOf):
        an_item, of = "a value of the map", "map"
    if was.nullable is None or now.nullable is None:
        said = "may" if now.nullable else "may not"
        text = f"{an_item} {said} be null, which was not said before"
        if now.nullable is None:
            text = f"whether {an_item} may be null is no longer said"
        yield spot.tells(kind, text, "The Python types stay as they are.")
    elif now.nullable:
        text = f"{an_item} may now be null"
        if Way.READ in way:
            consequence = f"Code that reads the {of} may meet None in it."
            yield spot.breaks(kind, text, consequence)
        else:
            yield spot.keeps(kind, text, f"None may stand in a {of} that is given.")
    else:
        text = f"{an_item} may no longer be null"
        if Way.GIVEN in way:
            yield spot.breaks(kind, text, f"A {of} that holds None is refused.")
        else:
            yield spot.keeps(kind, text, "No item that is read is None.")
