"""Request lines: what the metadata offers for a method and a path as people write them.

People write keys as {user-id}, {id | userPrincipalName}, ('{id}') or real values, paths
with or without the service's root, and names in any letter case. A line is followed
over the resources of an Api segment by segment; where it leaves what metadata can
describe (a property's own path, a function's result, addresses of other services),
nothing is said of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final, Protocol

from generator.model import (
    Api,
    LinkKind,
    Operation,
    OperationKind,
    Resource,
    ResourceLink,
)
from generator.lineage import Lineage
from generator.passes.routes import SERVICE

_VERSION: Final = re.compile(r"beta|v?[0-9]+(?:\.[0-9]+)*|\{(?:api-?)?version\}", re.I)
_CALLS: Final = (OperationKind.ACTION, OperationKind.FUNCTION)
_STREAM_METHODS: Final = frozenset({"GET", "PUT", "PATCH", "DELETE"})
_MOST_SEGMENTS: Final = 64
_ANYTHING: Final = ("...", "…", "*")
"""Segments that stand for what is left out. So does one that ends with a colon, after
which Microsoft Graph takes the path of a file."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What there is at a path: operations, or a fault that says what is not there.

    Neither means that nothing can be said. `methods` are all that the path takes;
    `missing` is the name that does not exist, `known` are those that do in its place.
    """

    operations: tuple[Operation, ...] = ()
    fault: str = ""
    missing: str = ""
    known: tuple[str, ...] = ()
    methods: frozenset[str] = frozenset()

    def by(self, method: str) -> tuple[Operation, ...]:
        """Give the operations that a method asks for."""
        return tuple([each for each in self.operations if each.method == method])


@dataclass(frozen=True, slots=True)
class _Stop:
    """Where a path stands: at a resource (by its key in a `collection`), behind a call
    that ends it, at a stream, or (`open`) where the metadata does not say how it goes
    on."""

    resource: str | None = None
    collection: str = ""
    calls: tuple[Operation, ...] = ()
    methods: frozenset[str] = frozenset()
    open: bool = False


_OPEN: Final = _Stop(open=True)
_STREAM: Final = _Stop(methods=_STREAM_METHODS)


@dataclass(slots=True)
class _Place:
    """The ways on from a resource, by name in lower case."""

    links: dict[str, list[ResourceLink]] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    calls: dict[str, list[Operation]] = field(default_factory=dict)

    def names(self) -> Iterator[str]:
        """Give every name as the service spells it."""
        yield from [link.name for links in self.links.values() for link in links]
        yield from [item.name for items in self.calls.values() for item in items]


class Lookup(Protocol):
    """Looks request lines up."""

    def find(self, target: str) -> Offer:
        """Give what there is at the path or URL of a request line."""
        ...


class Requests:
    """Looks request lines up in an Api. `base_url` is where its paths begin, "" if
    nobody has said so."""

    def __init__(self, api: Api, base_url: str = "") -> None:
        self._resources = api.resources
        self._service = Resource(
            SERVICE,
            SERVICE,
            operations=tuple([item for item in api.operations if not item.binding]),
            links=api.links,
        )
        self._lineage = Lineage(api.types)
        self._host, root = split_target(base_url)
        self._root = [each.lower() for each in root.split("/") if each]
        self._place = cache(self._ways)

    def find(self, target: str) -> Offer:
        """Give what there is at the path or URL of a request line."""
        host, path = split_target(target)
        has_paths = bool(self._service.links or self._service.operations)
        is_foreign = bool(host and self._host) and host != self._host
        if not has_paths or is_foreign:
            return Offer()
        segments = segments_of(path)
        if len(segments) > _MOST_SEGMENTS:
            return Offer(fault=f"the path has more than {_MOST_SEGMENTS} segments")
        furthest, fault = -1, Offer()
        for skipped in self._roots(segments, is_absolute=bool(host)):
            below = segments[skipped:]
            stops, reached = self._follow(below)
            if reached == len(below):
                return self._offer(stops)
            if reached > furthest:
                furthest, fault = reached, self._missing(stops, below, reached)
        # without a base URL, a whole URL that leads nowhere may be another service's
        is_ours = bool(self._host) or not host or furthest > 0
        return fault if is_ours else Offer()

    def _roots(self, segments: Sequence[str], *, is_absolute: bool) -> Iterator[int]:
        """Give how many segments may belong to the service's root."""
        head = [each.lower() for each in segments[: len(self._root)]]
        if self._root and head == self._root:
            yield len(self._root)
        yield 0
        if segments and (is_absolute or _VERSION.fullmatch(segments[0])):
            yield 1
        if is_absolute and not self._host:
            yield from range(2, min(len(segments), 5))

    def _follow(self, segments: Sequence[str]) -> tuple[list[_Stop], int]:
        """Follow a path; give where it leads, and how many segments it does so."""
        stops = [_Stop(SERVICE)]
        for number, segment in enumerate(segments):
            following = [after for stop in stops for after in self._step(stop, segment)]
            if not following:
                return stops, number
            stops = list(dict.fromkeys(following))
        return stops, len(segments)

    def _missing(
        self, stops: Sequence[_Stop], segments: Sequence[str], reached: int
    ) -> Offer:
        known = [
            name
            for stop in stops
            if stop.resource is not None
            for name in self._place(stop.resource).names()
        ]
        way = "/".join(["", *segments[:reached]]) or "/"
        segment = segments[reached]
        fault = f"nothing is called {segment!r} after {way!r}"
        name = segment.partition("(")[0]
        return Offer(fault=fault, missing=name, known=tuple(known))

    def _step(self, stop: _Stop, segment: str) -> Iterator[_Stop]:
        if stop.open or segment in _ANYTHING or segment.endswith(":"):
            yield _OPEN
        elif stop.resource is not None:
            yield from self._from(stop.resource, segment, stop.collection)
        elif any(call.kind is OperationKind.FUNCTION for call in stop.calls):
            yield _OPEN
        elif stop.methods and segment.startswith("$"):
            yield stop

    def _from(self, resource_id: str, segment: str, collection: str) -> Iterator[_Stop]:
        place = self._place(resource_id)
        name, bracket, _ = segment.partition("(")
        name = name.lower()
        is_found = False
        for link in place.links.get(name, ()):
            is_found = True
            yield from self._along(link, bool(bracket))
        calls = place.calls.get(name)
        if calls:
            is_found = True
            yield _Stop(calls=tuple(calls))
        if is_found:
            return
        if name.startswith("$"):
            yield self._system(resource_id, name, collection)
        elif resource_id == SERVICE:
            if segment.startswith("{"):
                yield _OPEN
        elif place.keys:
            yield from [_Stop(key, resource_id) for key in place.keys]
        elif self._is_property(resource_id, name):
            yield _OPEN

    def _along(self, link: ResourceLink, has_key: bool) -> Iterator[_Stop]:
        if link.kind is LinkKind.STREAM:
            yield _STREAM
        elif link.operation is not None or not has_key:
            yield _Stop(link.target)
        else:
            keys = self._place(link.target).keys
            yield from [_Stop(key, link.target) for key in keys]

    def _system(self, resource_id: str, name: str, collection: str) -> _Stop:
        """Follow $count, $ref and the like (OData 4.01 URL Conventions section 4).

        A member leaves a collection by DELETE of the collection's $ref, or of its own
        (OData 4.01 Protocol section 11.4.6.2).
        """
        if name not in ("$count", "$ref") or resource_id == SERVICE:
            return _OPEN
        operations = self._resource(resource_id).operations
        if name == "$ref" and collection:
            kind = OperationKind.REMOVE_REFERENCE
            removing = self._resource(collection).operations
            operations += tuple([each for each in removing if each.kind is kind])
        found = [each for each in operations if each.path[-1:] == (name,)]
        methods = {each.method for each in found} | {"GET"}
        return _Stop(calls=tuple(found), methods=frozenset(methods))

    def _is_property(self, resource_id: str, name: str) -> bool:
        resource = self._resource(resource_id)
        members = self._lineage.members(resource.type)
        return not resource.many and any(each.lower() == name for each in members)

    def _offer(self, stops: Sequence[_Stop]) -> Offer:
        found: dict[str, Operation] = {}
        methods: set[str] = set()
        for stop in stops:
            if stop.open:
                return Offer()
            here = stop.calls
            if stop.resource is not None:
                operations = self._resource(stop.resource).operations
                here = tuple([item for item in operations if _is_plain(item)])
            methods |= stop.methods
            for operation in here:
                found[operation.id] = operation
                methods.add(operation.method)
        return Offer(tuple(found.values()), methods=frozenset(methods))

    def _resource(self, resource_id: str) -> Resource:
        return self._resources[resource_id] if resource_id else self._service

    def _ways(self, resource_id: str) -> _Place:
        resource = self._resource(resource_id)
        place = _Place()
        for link in resource.links:
            if link.kind is LinkKind.KEY:
                place.keys.append(link.target)
            elif link.target or link.kind is LinkKind.STREAM:
                for name in _spellings(link.name):
                    place.links.setdefault(name, []).append(link)
        for operation in resource.operations:
            if operation.kind in _CALLS:
                last = operation.path[-1:] or (operation.name,)
                for name in {*_spellings(operation.name), *_spellings(last[0])}:
                    place.calls.setdefault(name, []).append(operation)
        place.keys = list(dict.fromkeys(place.keys))
        return place


def _is_plain(operation: Operation) -> bool:
    return not operation.path and operation.kind not in _CALLS


def _spellings(name: str) -> set[str]:
    """Give the ways to write a name: as it is, without its namespace, with the alias
    that Microsoft Graph's documents use."""
    plain = name.partition("(")[0].lower()
    last = plain.rpartition(".")[2]
    return {plain, last, *([f"graph.{last}"] if "." in plain else [])}


def split_target(target: str) -> tuple[str, str]:
    """Give the host of a target, "" where it is no whole URL, and its path. Query and
    fragment tell nothing of the place."""
    bare = re.split(r"[?#]", target, maxsplit=1)[0]
    match = re.match(r"https?://([^/]*)", bare, re.IGNORECASE)
    return (match[1].lower(), bare[match.end() :]) if match else ("", bare)


def segments_of(path: str) -> list[str]:
    """Cut a path at its slashes, but not in {}, in () or in quotes in them."""
    found: list[str] = []
    current: list[str] = []
    depth = 0
    is_quoted = False
    for char in path:
        if char == "'" and depth:
            is_quoted = not is_quoted
        elif char in "({" and not is_quoted:
            depth += 1
        elif char in ")}" and not is_quoted:
            depth = max(depth - 1, 0)
        if char == "/" and not depth and not is_quoted:
            found.append("".join(current).strip())
            current = []
        else:
            current.append(char)
    found.append("".join(current).strip())
    return [segment for segment in found if segment]
