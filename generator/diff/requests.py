"""Requests compared: the operations of an Api of the protocol HTTP.

They are told apart by their ids, which their methods in Python are named after, and
belong to a tag each. One whose id is gone while another has its method and path now was
renamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator.diff.changes import Change, Kind, Spot
from generator.diff.contents import compare_answers, compare_bodies
from generator.diff.operations import added_parameter, compare_parameter
from generator.diff.security import compare_requirements, compare_servers
from generator.diff.statements import compare_said
from generator.diff.versions import Version, Versions
from generator.model import Operation, OperationKind, Parameter, ParameterIn, offered
from generator.words import split_words


def compare_requests(versions: Versions) -> Iterator[Change]:
    """Give the changes of all requests, grouped by the resource of their tag."""
    old, new = _by_id(versions.old), _by_id(versions.new)
    pairs = _pairs(old, new)
    taken = set(pairs.values())
    for request_id, (group, was) in old.items():
        found = pairs.get(request_id)
        spot = Spot(request_id, group, was.place)
        if found is None:
            text = f"the operation was removed: {_line(was)}"
            consequence = "The method that calls it is gone."
            yield spot.breaks(Kind.OPERATION_REMOVED, text, consequence)
        else:
            group, now = new[found]
            at = Spot(found, group, was.place, now.place)
            yield from _compare(was, now, at, versions)
    for request_id, (group, now) in new.items():
        if request_id not in taken:
            text = f"the operation is new: {_line(now)}"
            consequence = "There is one more method."
            spot = Spot(request_id, group, None, now.place)
            yield spot.keeps(Kind.OPERATION_ADDED, text, consequence)


_Table = Mapping[str, tuple[str, Operation]]


def _by_id(version: Version) -> _Table:
    """Give the requests with the ids of their resources, "" for those without a tag."""
    return {
        operation.id: (group, operation)
        for group, operation in offered(version.api)
        if operation.kind is OperationKind.REQUEST
    }


def _pairs(old: _Table, new: _Table) -> Mapping[str, str]:
    """Find for each old request the new one that is called in its place."""
    pairs = {request_id: request_id for request_id in old if request_id in new}
    added = {
        _line(operation): request_id
        for request_id, (_, operation) in new.items()
        if request_id not in old
    }
    for request_id, (_, operation) in old.items():
        if request_id not in pairs and _line(operation) in added:
            pairs[request_id] = added[_line(operation)]
    return pairs


def _line(operation: Operation) -> str:
    return f"{operation.method} {''.join(operation.path)}"


def _compare(
    was: Operation, now: Operation, spot: Spot, versions: Versions
) -> Iterator[Change]:
    if was.id != now.id:
        text = f"{_line(now)} was called {was.id} before"
        consequence = "The method that calls it has another name."
        yield spot.breaks(Kind.RENAMED, text, consequence)
    if _line(was) != _line(now):
        text = f"{_line(was)} became {_line(now)}"
        yield spot.keeps(Kind.REQUEST_LINE, text, "The method sends it there.")
    if was.tags[:1] != now.tags[:1]:
        before, after = ", ".join(was.tags[:1]), ", ".join(now.tags[:1])
        text = f"the tag changed from {before or '(none)'} to {after or '(none)'}"
        consequence = "The method is reached by another attribute of the client."
        yield spot.breaks(Kind.TAG, text, consequence)
    yield from _parameters(was, now, spot, versions)
    yield from compare_bodies(was, now, spot, versions)
    yield from compare_answers(was, now, spot, versions)
    needed, needs = versions.old.requirements(was), versions.new.requirements(now)
    yield from compare_requirements(needed, needs, spot)
    if was.servers or now.servers:
        yield from compare_servers(was.servers, now.servers, spot)
    yield from compare_said(was, now, spot)


def _parameters(
    was: Operation, now: Operation, spot: Spot, versions: Versions
) -> Iterator[Change]:
    """Compare parameters by place and name; one that only travels in another place is
    the same."""
    old = {_way_and_name(each): each for each in was.parameters}
    new = {_way_and_name(each): each for each in now.parameters}
    pairs = {key: key for key in old if key in new}
    for key in old:
        moved = [each for each in new if each[1] == key[1] and each not in old]
        if key not in pairs and len(moved) == 1:
            pairs[key] = moved[0]
    for key, before in old.items():
        at = replace(spot, target=f"{spot.target}/{before.name}", old=before.source)
        if key in pairs:
            after = new[pairs[key]]
            at = replace(at, new=after.source)
            yield from _name(before, after, at)
            yield from compare_parameter(before, after, at, versions)
            yield from _ways(before, after, at)
        else:
            text = f"the {before.place} parameter was removed"
            consequence = "A call that gives it fails."
            at = replace(at, new=None)
            yield at.breaks(Kind.PARAMETER_REMOVED, text, consequence)
    for key, after in new.items():
        if key not in pairs.values():
            target = f"{spot.target}/{after.name}"
            at = replace(spot, target=target, old=None, new=after.source)
            yield added_parameter(after, at)


def _way_and_name(parameter: Parameter) -> tuple[ParameterIn, str]:
    """Names of headers have no case (RFC 9110 section 5.1)."""
    place, name = parameter.place, parameter.name
    return place, name.lower() if place is ParameterIn.HEADER else name


def _name(was: Parameter, now: Parameter, spot: Spot) -> Iterator[Change]:
    """Compare the case of a header's name, by which Python tells words apart."""
    if was.name == now.name:
        return
    text = f"the name changed from {was.name} to {now.name}"
    before, after = split_words(was.name), split_words(now.name)
    if [*map(str.lower, before)] == [*map(str.lower, after)]:
        consequence = "Names of headers have no case, and that in Python is the same."
        yield spot.keeps(Kind.SERIALIZATION, text, consequence)
    else:
        consequence = "The argument has another name in Python."
        yield spot.breaks(Kind.SERIALIZATION, text, consequence)


def _ways(was: Parameter, now: Parameter, spot: Spot) -> Iterator[Change]:
    """Compare how a parameter travels, which generated code does by itself; only those
    of the path are given by position."""
    if was.place is not now.place:
        text = f"is sent in the {now.place}, no longer in the {was.place}"
        if ParameterIn.PATH in (was.place, now.place):
            by = "position" if now.place is ParameterIn.PATH else "name"
            consequence = f"It is given by {by} now."
            yield spot.breaks(Kind.PARAMETER_PLACE, text, consequence)
        else:
            consequence = "The method sends it there; calls stay as they are."
            yield spot.keeps(Kind.PARAMETER_PLACE, text, consequence)
    ways = ("style", "explode", "allow_reserved", "media_type")
    changed = [name for name in ways if getattr(was, name) != getattr(now, name)]
    if changed:
        names = ", ".join(changed).replace("_", " ")
        text = f"how it is written changed ({names})"
        consequence = "The method writes it so; calls stay as they are."
        yield spot.keeps(Kind.SERIALIZATION, text, consequence)
