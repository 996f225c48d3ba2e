"""Requests compared: the operations of an Api of the protocol HTTP.

They are told apart by their ids, which their methods in Python are named after, and
belong to a tag each. Bodies are compared in the media type that is preferred.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator.diff.changes import Change, Kind, Spot
from generator.diff.operations import compare_operation, compare_required
from generator.diff.references import Way, compare_types, shown
from generator.diff.versions import Version, Versions
from generator.model import Operation, OperationKind, offered


def compare_requests(versions: Versions) -> Iterator[Change]:
    """Give the changes of all requests."""
    old, new = _by_id(versions.old), _by_id(versions.new)
    for request_id in {**old, **new}:
        was, now = old.get(request_id), new.get(request_id)
        spot = Spot(
            request_id, "", was.place if was else None, now.place if now else None
        )
        if now is None:
            text = "the operation was removed"
            consequence = "The method that calls it is gone."
            yield spot.breaks(Kind.OPERATION_REMOVED, text, consequence)
        elif was is None:
            text = f"the operation is new: {_line(now)}"
            yield spot.keeps(Kind.OPERATION_ADDED, text, "There is one more method.")
        else:
            yield from _compare(was, now, spot, versions)


def _by_id(version: Version) -> Mapping[str, Operation]:
    return {
        operation.id: operation
        for _, operation in offered(version.api)
        if operation.kind is OperationKind.REQUEST
    }


def _line(operation: Operation) -> str:
    return f"{operation.method} {''.join(operation.path)}"


def _compare(
    was: Operation, now: Operation, spot: Spot, versions: Versions
) -> Iterator[Change]:
    if _line(was) != _line(now):
        text = f"{_line(was)} became {_line(now)}"
        yield spot.keeps(Kind.REQUEST_LINE, text, "The method sends it there.")
    if was.tags[:1] != now.tags[:1]:
        before, after = ", ".join(was.tags[:1]), ", ".join(now.tags[:1])
        text = f"the tag changed from {before or '(none)'} to {after or '(none)'}"
        consequence = "The method is reached by another attribute of the client."
        yield spot.breaks(Kind.TAG, text, consequence)
    yield from _bodies(was, now, spot, versions)
    yield from compare_operation(was, now, spot, versions)


def _bodies(
    was: Operation, now: Operation, spot: Spot, versions: Versions
) -> Iterator[Change]:
    old, new = was.body, now.body
    at = replace(spot, target=f"{spot.target}/body")
    if old is None and new is not None:
        text = f"a body of type {shown(new.type)} was added"
        if new.required:
            consequence = "A call without it is refused."
            yield at.breaks(Kind.PARAMETER_ADDED, text, consequence)
        else:
            yield at.keeps(Kind.PARAMETER_ADDED, text, "Calls go on without it.")
    elif old is not None and new is None:
        text, consequence = "the body was removed", "A call that gives it fails."
        yield at.breaks(Kind.PARAMETER_REMOVED, text, consequence)
    elif old is not None and new is not None:
        yield from compare_types(old.type, new.type, Way.GIVEN, at, versions)
        yield from compare_required(old, new, at)
