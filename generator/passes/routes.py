"""Routes: which places of an Api a path pattern means, and the ways to them.

A service has millions of paths, but few resources: a pattern is matched by walking over
pairs of a resource and a position in the pattern, each met once. Used by `slice`, `why`
and `paths`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.model import (
    Api,
    LinkKind,
    Operation,
    OperationKind,
    Resource,
    ResourceLink,
)
from generator.passes.patterns import PathPattern, Segment, SegmentKind
from generator.passes.suggestions import Suggestions

SERVICE = ""
"""The id of the place where all paths begin, which is no resource of the Api."""

_CALLS = (OperationKind.ACTION, OperationKind.FUNCTION)


class Node(NamedTuple):
    """A place met on the way: a resource, and how much of the pattern led to it.

    No way goes on from an `ended` one, and no action or function is called there.
    """

    resource: str
    position: int
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from one node to the next: the links to follow, each with where it starts.

    A key in brackets behind a name makes two links of one segment.
    """

    steps: tuple[tuple[str, ResourceLink], ...]
    to: Node
    by_wildcard: bool = False


def link_key(link: ResourceLink) -> tuple[str, str, str, str]:
    """Give what tells a link from the others of its resource."""
    call = link.operation.id if link.operation is not None else ""
    parts = ",".join([part.path for part in link.key])
    return link.kind, link.name, link.target, call or parts


class Routes:
    """The walk of one pattern over the resources of an Api.

    A wildcard follows containment and keys, and calls functions at the end of a path; a
    literal segment follows every link. `ends`: a wildcard also gives what is only
    related at the end of a path, but goes no further there.
    """

    def __init__(self, api: Api, pattern: PathPattern, *, ends: bool = False) -> None:
        self._pattern = pattern
        self._ends = ends
        self._resources = api.resources
        self._service = Resource(
            SERVICE,
            SERVICE,
            operations=tuple([item for item in api.operations if not item.binding]),
            links=api.links,
        )
        self._edges: dict[Node, tuple[Edge, ...]] = {}
        self.start = Node(SERVICE, 0)
        self.live = self._live_nodes()

    def failure(self) -> str:
        """Say how far the pattern leads; meant for a pattern that matches nothing."""
        segments = self._pattern.segments
        furthest = max(node.position for node in self._edges)
        if furthest == len(segments):
            methods = ",".join(sorted(self._pattern.methods))
            return f"no {methods} there" if methods else "nothing can be done there"
        way = "/".join(["", *map(str, segments[:furthest])]) or "/"
        known = [
            name
            for node in self._edges
            if node.position == furthest
            for name in self._names(node.resource)
        ]
        missing = str(segments[furthest])
        hint = Suggestions(known).close(missing)
        return f"nothing is called {missing!r} after {way!r}{hint}"

    def _names(self, resource_id: str) -> Iterator[str]:
        resource = self.resource(resource_id)
        yield from [link.name for link in resource.links]
        yield from [operation.name for operation in resource.operations]

    def resource(self, resource_id: str) -> Resource:
        """Give the resource with an id, the service itself for `SERVICE`."""
        return self._resources[resource_id] if resource_id else self._service

    def edges(self, node: Node) -> tuple[Edge, ...]:
        """Give the ways on from a node that lead to a match."""
        return tuple([edge for edge in self._edges[node] if edge.to in self.live])

    def operations(self, node: Node) -> tuple[Operation, ...]:
        """Give the operations that the pattern means at a node."""
        resource = self.resource(node.resource)
        return tuple(
            [
                operation
                for operation in resource.operations
                if self._pattern.allows(operation.method)
                and not (node.ended and operation.kind in _CALLS)
                and any(self._matches(node, path) for path in _paths(operation))
            ]
        )

    def streams(self, node: Node) -> tuple[ResourceLink, ...]:
        """Give the streams that the pattern means at a node."""
        if node.ended or not any(map(self._pattern.allows, ("GET", "PUT", "DELETE"))):
            return ()
        return tuple(
            [
                link
                for link in self.resource(node.resource).links
                if link.kind is LinkKind.STREAM and self._matches(node, (link.name,))
            ]
        )

    def is_place(self, node: Node) -> bool:
        """Say whether the pattern means the place itself, and any method there."""
        is_named = not self._pattern.methods and node.resource != SERVICE
        return is_named and self._matches(node, ())

    def _matches(self, node: Node, names: tuple[str, ...]) -> bool:
        return _match(self._pattern.segments[node.position :], names)

    def _live_nodes(self) -> frozenset[Node]:
        """Give the nodes from which a match is reached, the matches included."""
        arrivals: dict[Node, list[Node]] = {self.start: []}
        waiting = [self.start]
        while waiting:
            node = waiting.pop()
            self._edges[node] = tuple(self._ways(node))
            for edge in self._edges[node]:
                if edge.to not in arrivals:
                    arrivals[edge.to] = []
                    waiting.append(edge.to)
                arrivals[edge.to].append(node)
        waiting = [node for node in arrivals if self._is_match(node)]
        live = set(waiting)
        while waiting:
            new = [node for node in arrivals[waiting.pop()] if node not in live]
            live.update(new)
            waiting += new
        return frozenset(live)

    def _is_match(self, node: Node) -> bool:
        return bool(self.is_place(node) or self.operations(node) or self.streams(node))

    def _ways(self, node: Node) -> Iterator[Edge]:
        if node.ended:
            return
        links = self.resource(node.resource).links
        for position in _positions(self._pattern.segments, node.position):
            segment = self._pattern.segments[position]
            after = position + (segment.kind is not SegmentKind.MANY)
            for link in links:
                if link.target:
                    yield from self._follow(node.resource, link, segment, after)

    def _follow(
        self, start: str, link: ResourceLink, segment: Segment, after: int
    ) -> Iterator[Edge]:
        steps = ((start, link),)
        is_key = link.kind is LinkKind.KEY
        if segment.kind is SegmentKind.LITERAL:
            if is_key or not segment.is_for(link.name):
                return
            if segment.key is not None and link.kind is not LinkKind.FUNCTION:
                for key in self._resources[link.target].links:
                    is_key = key.kind is LinkKind.KEY
                    if is_key and segment.takes(key.key, key.alternate):
                        node = Node(key.target, after)
                        yield Edge((*steps, (link.target, key)), node)
                return
            yield Edge(steps, Node(link.target, after))
        elif is_key or segment.kind is not SegmentKind.KEY:
            if is_key or _is_contained(link):
                yield Edge(steps, Node(link.target, after), by_wildcard=True)
            elif self._is_end(link):
                node = Node(link.target, after, ended=True)
                yield Edge(steps, node, by_wildcard=True)

    def _is_end(self, link: ResourceLink) -> bool:
        if link.kind is LinkKind.NAVIGATION:
            return self._ends
        return link.kind is LinkKind.FUNCTION


def _is_contained(link: ResourceLink) -> bool:
    kinds = (LinkKind.ROOT, LinkKind.NAVIGATION, LinkKind.COMPLEX)
    return link.kind in kinds and link.contains


def _positions(segments: Sequence[Segment], position: int) -> Iterator[int]:
    """Give the segments that may come next: "**" may stand for nothing."""
    while position < len(segments):
        yield position
        if segments[position].kind is not SegmentKind.MANY:
            return
        position += 1


def _match(segments: Sequence[Segment], names: Sequence[str]) -> bool:
    if not segments:
        return not names
    first = segments[0]
    if first.kind is SegmentKind.MANY:
        return any(_match(segments[1:], names[skip:]) for skip in range(len(names) + 1))
    if not names:
        return False
    if first.kind is SegmentKind.LITERAL:
        fits = first.is_for(names[0])
    else:
        fits = first.kind is SegmentKind.ANY or names[0].startswith("{")
    return fits and _match(segments[1:], names[1:])


def _paths(operation: Operation) -> Iterator[tuple[str, ...]]:
    """Give an operation's segments below its place, without a function's brackets;
    those of an action or function also with its qualified name."""
    path = tuple([segment.partition("(")[0] for segment in operation.path])
    if operation.kind not in _CALLS:
        yield path
        return
    if path:
        yield path
    if path[-1:] != (operation.name,):
        yield (*path[:-1], operation.name)
