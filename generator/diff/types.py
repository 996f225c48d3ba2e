"""Types compared: structures, enumerations and type definitions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.diff.changes import Change, Kind, Spot
from generator.diff.constraints import compare_constraints
from generator.diff.members import Members
from generator.diff.references import BOTH, compare_types, told_apart
from generator.diff.statements import compare_said
from generator.diff.versions import Versions
from generator.model import (
    Alias,
    AnyType,
    Enum,
    EnumMember,
    KeyPart,
    Struct,
    type_kind,
)


def compare_all_types(versions: Versions) -> Iterator[Change]:
    """Give the changes of all types: what is gone, what is new, what is otherwise."""
    old, new = versions.old.types, versions.new.types
    members = Members(versions)
    for type_id, was in old.items():
        now = new.get(type_id)
        spot = Spot(type_id, type_id, was.place, now.place if now else None)
        if now is None:
            yield spot.breaks(
                Kind.TYPE_REMOVED,
                f"the {type_kind(was)} was removed",
                "Importing its class fails, and so does all that names it.",
            )
        elif type_kind(was) != type_kind(now):
            text = f"changed from {type_kind(was)} to {type_kind(now)}"
            consequence = "Its class keeps the name and is of another kind."
            yield spot.breaks(Kind.TYPE_KIND, text, consequence)
        elif isinstance(was, Struct) and isinstance(now, Struct):
            yield from _structs(was, now, spot, versions)
            yield from members.compare(type_id)
        elif isinstance(was, Enum) and isinstance(now, Enum):
            yield from _enums(was, now, spot)
        elif isinstance(was, Alias) and isinstance(now, Alias):
            yield from _aliases(was, now, spot, versions)
    for type_id, definition in new.items():
        if type_id not in old:
            yield Spot(type_id, type_id, None, definition.place).keeps(
                Kind.TYPE_ADDED,
                f"the {type_kind(definition)} is new",
                "There is one more class.",
            )


def _aliases(
    was: Alias, now: Alias, spot: Spot, versions: Versions
) -> Iterator[Change]:
    yield from compare_types(was.type, now.type, BOTH, spot, versions)
    if now.nullable and not was.nullable:
        text, consequence = "null is now allowed", "What is of it may be None."
        yield spot.breaks(Kind.NULLABILITY, text, consequence)
    elif was.nullable and not now.nullable:
        text, consequence = "null is no longer allowed", "None is refused."
        yield spot.breaks(Kind.NULLABILITY, text, consequence)
    yield from compare_constraints(was.constraints, now.constraints, BOTH, spot)
    yield from compare_said(was, now, spot)


def _structs(
    was: Struct, now: Struct, spot: Spot, versions: Versions
) -> Iterator[Change]:
    yield from _base(was, now, spot, versions)
    if was.abstract != now.abstract:
        if now.abstract:
            text = "is now abstract"
            consequence = (
                "The service takes objects of derived types only; one made of this"
                " class is refused."
            )
            yield spot.breaks(Kind.ABSTRACT, text, consequence)
        else:
            text = "is no longer abstract"
            yield spot.keeps(Kind.ABSTRACT, text, "Objects of it can be sent.")
    if was.open != now.open:
        if now.open:
            text, consequence = "is now open", "It takes properties of any name."
            yield spot.keeps(Kind.OPEN, text, consequence)
        else:
            text = "is no longer open"
            consequence = "Properties that are not declared can no longer be set."
            yield spot.breaks(Kind.OPEN, text, consequence)
    elif was.open:
        yield from _additional(was, now, spot, versions)
    if (was.discriminator, was.tag) != (now.discriminator, now.tag):
        yield told_apart(spot)
    if was.has_stream != now.has_stream:
        if now.has_stream:
            text = "now has a stream of its own"
            yield spot.keeps(Kind.MEDIA, text, "It can be downloaded and uploaded.")
        else:
            text = "no longer has a stream of its own"
            yield spot.breaks(Kind.MEDIA, text, "Its download and upload are gone.")
    yield from _keys(was, now, spot, versions)
    yield from compare_said(was, now, spot)


def _additional(
    was: Struct, now: Struct, spot: Spot, versions: Versions
) -> Iterator[Change]:
    """Compare the values of properties that nobody declares: of any type where nothing
    is said."""
    before, after = was.additional or AnyType(), now.additional or AnyType()
    for change in compare_types(before, after, BOTH, spot, versions):
        text = f"of properties that nobody declares {change.text}"
        yield replace(change, kind=Kind.ADDITIONAL, text=text)


def _base(was: Struct, now: Struct, spot: Spot, versions: Versions) -> Iterator[Change]:
    """A base that only comes in between leaves every former base where it was."""
    if was.base == now.base:
        return
    text = (
        f"the base type changed from {was.base or '(none)'} to {now.base or '(none)'}"
    )
    lost = set(versions.old.lineage.ids(was.id)) - set(versions.new.lineage.ids(now.id))
    if lost:
        consequence = (
            "Its class is no longer derived from that of "
            f"{', '.join(sorted(lost))}: isinstance and type checkers say so."
        )
        yield spot.breaks(Kind.BASE, text, consequence)
    else:
        consequence = "Its class is derived from all that it was derived from before."
        yield spot.keeps(Kind.BASE, text, consequence)


def _keys(was: Struct, now: Struct, spot: Spot, versions: Versions) -> Iterator[Change]:
    before = versions.old.lineage.key(was.id)
    after = versions.new.lineage.key(now.id)
    # what is declared further up is reported there
    if before != after and (was.key or now.key or was.base != now.base):
        text = f"the key changed from {_key(before)} to {_key(after)}"
        consequence = "Places of it are reached by another key."
        yield spot.breaks(Kind.KEY, text, consequence)
    gone = set(was.alternate_keys) - set(now.alternate_keys)
    come = set(now.alternate_keys) - set(was.alternate_keys)
    for key in sorted(gone, key=_key):
        text = f"the alternate key {_key(key)} is gone"
        consequence = "The method that reaches one object by it is gone."
        yield spot.breaks(Kind.ALTERNATE_KEYS, text, consequence)
    for key in sorted(come, key=_key):
        text = f"there is an alternate key {_key(key)}"
        consequence = "A method reaches one object by it."
        yield spot.keeps(Kind.ALTERNATE_KEYS, text, consequence)


def _key(key: tuple[KeyPart, ...]) -> str:
    return f"({', '.join(part.name for part in key)})"


def _enums(was: Enum, now: Enum, spot: Spot) -> Iterator[Change]:
    if was.is_flags != now.is_flags:
        text = (
            "is now a set of flags" if now.is_flags else "is no longer a set of flags"
        )
        consequence = "Its values in Python are " + (
            "sets of members, not single members."
            if now.is_flags
            else "single members, not sets of them."
        )
        yield spot.breaks(Kind.FLAGS, text, consequence)
    if was.is_numeric != now.is_numeric:
        text = f"its values are now {'numbers' if now.is_numeric else 'texts'}"
        consequence = "No member is equal to a value that was kept before."
        yield spot.breaks(Kind.UNDERLYING, text, consequence)
    elif was.underlying is not now.underlying:
        text = f"its numbers changed from {was.underlying} to {now.underlying}"
        yield spot.tells(Kind.UNDERLYING, text, _travel(now))
    if was.is_open != now.is_open:
        text = f"{'other' if now.is_open else 'no other'} values may arrive"
        consequence = "The class takes values that it does not know in any case."
        yield spot.tells(Kind.OPEN, text, consequence)
    yield from compare_said(was, now, spot)
    before = {member.name: member for member in was.members}
    after = {member.name: member for member in now.members}
    for name in {**before, **after}:
        yield from _members(name, before.get(name), after.get(name), spot, now)


def _travel(enum: Enum) -> str:
    """Tell who notices that the numbers of an enumeration changed."""
    if enum.is_numeric:
        return "Python sends and reads the new number; code that keeps it notices."
    return (
        "Python sends and reads members by name; only code that keeps the number"
        " notices."
    )


def _members(
    name: str,
    was: EnumMember | None,
    now: EnumMember | None,
    enum: Spot,
    of: Enum,
) -> Iterator[Change]:
    target = f"{enum.target}/{name}"
    spot = Spot(
        target, enum.group, was.place if was else None, now.place if now else None
    )
    if now is None:
        consequence = "The member is gone from the class; as a value it is unknown."
        yield spot.breaks(Kind.MEMBER_REMOVED, "the member was removed", consequence)
    elif was is None:
        consequence = (
            "The class has one more member; until now it was read as an unknown one."
        )
        yield spot.keeps(Kind.MEMBER_ADDED, "the member is new", consequence)
    else:
        if was.value != now.value:
            text = f"the member was renumbered from {was.value} to {now.value}"
            yield spot.tells(Kind.MEMBER_VALUE, text, _travel(of))
        if was.label != now.label:
            text = f"its name changed from {was.label or name} to {now.label or name}"
            consequence = "The member has another name in Python."
            yield spot.breaks(Kind.MEMBER_VALUE, text, consequence)
        yield from compare_said(was, now, spot)
