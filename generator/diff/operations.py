"""Actions and functions compared, with their parameters and results.

Also used for the verbs of places, which have parameters of the service's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from generator.diff.changes import Change, Kind, Spot
from generator.diff.constraints import compare_bounds
from generator.diff.references import Way, compare_types, same_cardinality, shown
from generator.diff.statements import compare_permissions, compare_said
from generator.diff.versions import Version, Versions
from generator.model import Body, ListOf, Operation, OperationKind, Parameter, Response
from generator.lineage import is_entity


class Signature(NamedTuple):
    """What tells an operation from every other: its name, what it is called on, and the
    names of a function's parameters (CSDL 4.01 section 12.2; actions are overloaded by
    what they are called on alone)."""

    name: str
    binding: str
    many: bool
    parameters: frozenset[str]

    def __str__(self) -> str:
        bound = f"Collection({self.binding})" if self.many else self.binding
        names = f"[{','.join(sorted(self.parameters))}]" if self.parameters else ""
        return f"{self.name}({bound}){names}"


def compare_operations(versions: Versions) -> Iterator[Change]:
    """Give the changes of all actions and functions.

    One that is now bound to a base of what it was bound to is still called where it
    was. A function of which the only overload has other parameters than before is the
    same function with other parameters. One that is new for a derived type stands there
    in place of the one that it inherited.
    """
    old, new = _by_signature(versions.old), _by_signature(versions.new)
    pairs = _pairs(old, new, versions)
    taken = set(pairs.values())
    for key, was in old.items():
        spot = Spot(str(key), key.binding, was.place)
        found = pairs.get(key)
        if found is None:
            yield spot.breaks(
                Kind.OPERATION_REMOVED,
                f"the {was.kind} was removed",
                "The method that calls it is gone.",
            )
        else:
            now = new[found]
            yield from compare_operation(
                was, now, replace(spot, new=now.place), versions
            )
    for key, now in new.items():
        if key not in taken:
            spot = Spot(str(key), key.binding, None, now.place)
            hidden = _inherited(key, old, versions.old)
            consequence = "There is one more method."
            if hidden is not None:
                bound_to = signature(hidden).binding
                consequence = f"It is called in place of the one bound to {bound_to}."
            text = f"the {now.kind} is new"
            yield spot.keeps(Kind.OPERATION_ADDED, text, consequence)
            if hidden is not None:
                at = replace(spot, old=hidden.place)
                yield from compare_operation(hidden, now, at, versions)


_Table = Mapping[Signature, Operation]


def _by_signature(version: Version) -> _Table:
    return {
        signature(item): item
        for item in version.api.operations
        if item.kind is not OperationKind.REQUEST
    }


def signature(operation: Operation) -> Signature:
    """Give what tells an operation from every other."""
    binding = operation.binding
    is_function = operation.kind is OperationKind.FUNCTION
    names = operation.parameters if is_function else ()
    return Signature(
        operation.name,
        binding.type if binding else "",
        binding.many if binding else False,
        frozenset([parameter.name for parameter in names]),
    )


def _inherited(key: Signature, old: _Table, version: Version) -> Operation | None:
    """Find what was called where an operation that is new is called now: the overload
    of the nearest base (OData 4.01 Protocol section 11.5.1)."""
    for base in version.lineage.ids(key.binding)[1:]:
        found = old.get(key._replace(binding=base))
        if found is not None:
            return found
    return None


def _pairs(
    old: _Table, new: _Table, versions: Versions
) -> Mapping[Signature, Signature]:
    """Find for each old operation the new one that is called in its place."""
    pairs = {key: key for key in old if key in new}
    lonely = _lonely(old), _lonely(new)
    for key in old:
        if key in pairs:
            continue
        for base in versions.new.lineage.ids(key.binding)[1:]:
            moved = key._replace(binding=base)
            if moved in new:
                pairs[key] = moved
                break
        else:
            overloads = key[:3]
            if overloads in lonely[0] and overloads in lonely[1]:
                pairs[key] = lonely[1][overloads]
    return pairs


def _lonely(table: _Table) -> Mapping[tuple[str, str, bool], Signature]:
    """Give what has no overload beside it, by name and binding."""
    found: dict[tuple[str, str, bool], list[Signature]] = {}
    for each in table:
        found.setdefault(each[:3], []).append(each)
    return {key: keys[0] for key, keys in found.items() if len(keys) == 1}


def compare_operation(
    was: Operation, now: Operation, spot: Spot, versions: Versions
) -> Iterator[Change]:
    """Give the changes of one operation: of its parameters, its result, what it asks
    for and what is said of it."""
    if was.kind is not now.kind:
        text = f"the {was.kind} became a {now.kind}".replace("a action", "an action")
        yield spot.keeps(Kind.RESULT, text, "It is called in the same way.")
    yield from compare_parameters(was, now, spot, versions)
    yield from _results(was, now, spot, versions)
    yield from compare_permissions(was.permissions, now.permissions, spot)
    yield from compare_said(was, now, spot)


def compare_parameters(
    was: Operation, now: Operation, spot: Spot, versions: Versions
) -> Iterator[Change]:
    """Give the changes of an operation's parameters: a further one that may be left
    out breaks nothing, and their order is nothing to callers, who name them."""
    old = {parameter.name: parameter for parameter in was.parameters}
    new = {parameter.name: parameter for parameter in now.parameters}
    for name in {**old, **new}:
        before, after = old.get(name), new.get(name)
        target = f"{spot.target}/{name}"
        at = replace(
            spot,
            target=target,
            old=before.source if before else None,
            new=after.source if after else None,
        )
        if after is None:
            text = "the parameter was removed"
            yield at.breaks(Kind.PARAMETER_REMOVED, text, "A call that gives it fails.")
        elif before is None:
            yield added_parameter(after, at)
        else:
            yield from compare_parameter(before, after, at, versions)


def added_parameter(now: Parameter, spot: Spot) -> Change:
    """Give the change that a parameter is new."""
    text = f"a parameter of type {shown(now.type)} was added"
    if now.required:
        consequence = "A call that does not give it fails."
        text += ", which is required"
        return spot.breaks(Kind.PARAMETER_ADDED, text, consequence)
    text += ", which may be left out"
    return spot.keeps(Kind.PARAMETER_ADDED, text, "Calls go on without it.")


def compare_parameter(
    was: Parameter, now: Parameter, spot: Spot, versions: Versions
) -> Iterator[Change]:
    """Give the changes of one parameter."""
    yield from compare_types(was.type, now.type, Way.GIVEN, spot, versions)
    alike = same_cardinality(was.type, now.type, versions)
    if alike and was.nullable != now.nullable:
        if now.nullable:
            yield spot.keeps(
                Kind.NULLABILITY, "null is now allowed", "None may be given."
            )
        else:
            text, consequence = "null is no longer allowed", "None is refused."
            yield spot.breaks(Kind.NULLABILITY, text, consequence)
    yield from compare_required(was, now, spot)
    if was.default != now.default:
        text = f"the default changed from {was.default} to {now.default}"
        consequence = "A call that leaves it out may do something else."
        yield spot.keeps(Kind.DEFAULT, text, consequence)
    yield from compare_bounds(was, now, Way.GIVEN, spot, versions)
    yield from compare_said(was, now, spot)


def compare_required(
    was: Parameter | Body, now: Parameter | Body, spot: Spot
) -> Iterator[Change]:
    """Give the change of whether what a call sends may be left out."""
    if now.required and not was.required:
        text, consequence = "is now required", "A call that leaves it out fails."
        yield spot.breaks(Kind.REQUIRED, text, consequence)
    elif was.required and not now.required:
        text, consequence = "may now be left out", "Calls may go without it."
        yield spot.keeps(Kind.REQUIRED, text, consequence)


def _results(
    was: Operation, now: Operation, spot: Spot, versions: Versions
) -> Iterator[Change]:
    before, after = was.result or _NOTHING, now.result or _NOTHING
    if before.type is None or after.type is None:
        if before.type is not after.type:
            yield _result_or_not(before, after, spot)
    else:
        yield from compare_types(before.type, after.type, Way.READ, spot, versions)
        alike = same_cardinality(before.type, after.type, versions)
        if alike and before.nullable != after.nullable:
            if after.nullable:
                text, consequence = "the result may now be null", "It may be None."
                yield spot.breaks(Kind.NULLABILITY, text, consequence)
            else:
                text = "the result is never null now"
                yield spot.keeps(Kind.NULLABILITY, text, "It is never None.")
    if was.delta != now.delta:
        text = "now gives changes" if now.delta else "no longer gives changes"
        consequence = "What comes back is read by another class."
        yield spot.breaks(Kind.RESULT, text, consequence)
    if was.composable != now.composable:
        yield _composable(now, spot, versions)
    if was.entity_set_path != now.entity_set_path:
        text = "where its result belongs is said otherwise"
        yield spot.tells(Kind.ENTITY_SET_PATH, text, "Calls and results stay.")


_NOTHING = Response("204")


def _composable(now: Operation, spot: Spot, versions: Versions) -> Change:
    """What gives entities and may be followed by more is a place, not a call."""
    may = "may now" if now.composable else "can no longer"
    text = f"more of a path {may} follow the call"
    result = now.result.type if now.result else None
    if isinstance(result, ListOf):
        result = result.item
    if is_entity(versions.new.types, result):
        leads = "leads to a place instead of sending" if now.composable else "sends"
        return spot.breaks(Kind.COMPOSABLE, text, f"The method {leads} the call.")
    return spot.tells(Kind.COMPOSABLE, text, "The method is the same.")


def _result_or_not(before: Response, after: Response, spot: Spot) -> Change:
    if after.type is None:
        text = "no longer gives a result"
        consequence = "The method gives None where it gave a value."
    else:
        text = f"now gives a result: {shown(after.type)}"
        consequence = "The method gives a value where it gave None."
        return spot.keeps(Kind.RESULT, text, consequence)
    return spot.breaks(Kind.RESULT, text, consequence)
