"""Paths: the places of a service, written out one after another.

Answers a question about an Api and changes nothing. Contained relationships alone give
Microsoft Graph v1.0 some six million paths, so they are made while they are asked for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple, TypeAlias

from generator.model import (
    Api,
    LinkKind,
    Operation,
    OperationKind,
    Protocol,
    ResourceLink,
    call_text,
    offered,
)
from generator.lineage import Lineage
from generator.passes.patterns import NamePattern, PathPattern, parse_path
from generator.passes.patterns import parse_pattern
from generator.passes.routes import SERVICE, Edge, Node, Routes, link_key
from generator.passes.suggestions import Suggestions

DEPTH: Final = 4
"""How many relationships the wildcards of a pattern follow, if nobody says
otherwise."""

_RELATED: Final = (LinkKind.NAVIGATION, LinkKind.COMPLEX, LinkKind.FUNCTION)

# The nodes where a path stands in a pattern, each with how many relationships it took.
_State: TypeAlias = Mapping[Node, int]
_Steps: TypeAlias = tuple[tuple[str, str, str, str], ...]


class Path(NamedTuple):
    """A path, the id of the resource it belongs to ("" for the service), what it
    offers."""

    text: str
    resource: str
    operations: tuple[Operation, ...]


def enumerate_paths(api: Api, pattern: str = "", depth: int = DEPTH) -> Iterator[Path]:
    """Give the paths that a pattern means, each once, all of them without a pattern.

    Wildcards follow what is contained; what is only related ends a path. They follow
    `depth` relationships at most, and the same one (by the type that declares it) once
    on a path, so that types which contain themselves end too. What a pattern names
    literally is followed without limit. An action, function, stream or $count has a
    path of its own.
    """
    parsed = parse_path(pattern or "/**")
    if api.protocol is Protocol.HTTP:
        yield from _requests(api, parsed)
    else:
        yield from _Walk(api, parsed, depth).paths()


def nearest_path(api: Api, pattern: str) -> str:
    """Say of a pattern that means no path how far it leads, or how to ask for its words
    anywhere, as what follows a message."""
    if isinstance(parse_pattern(pattern), NamePattern):
        return f"; further down there may be, as '/**/{pattern}'"
    if api.protocol is Protocol.HTTP:
        paths = {"".join(operation.path) for _, operation in offered(api)}
        return Suggestions(paths).close(pattern)
    return f": {Routes(api, parse_path(pattern), ends=True).failure()}"


def _requests(api: Api, pattern: PathPattern) -> Iterator[Path]:
    """Give the paths of requests that a pattern means, each with what is on it."""
    found: dict[str, dict[str, list[Operation]]] = {}
    for resource, operation in offered(api):
        path = "".join(operation.path)
        if pattern.allows(operation.method) and pattern.matches(path):
            found.setdefault(path, {}).setdefault(resource, []).append(operation)
    for path, resources in found.items():
        for resource, operations in resources.items():
            yield Path(path, resource, tuple(operations))


@dataclass(frozen=True, slots=True)
class _Trail:
    """How a path came here: its text, the relationships on it, the keys it has
    named."""

    text: str = ""
    resource: str = SERVICE
    followed: frozenset[str] = frozenset()
    keys: Counter[str] = field(default_factory=Counter[str])


class _Walk:
    def __init__(self, api: Api, pattern: PathPattern, depth: int) -> None:
        self._lineage = Lineage(api.types)
        self._key_as_segment = api.key_as_segment
        self._routes = Routes(api, pattern, ends=True)
        self._depth = depth

    def paths(self) -> Iterator[Path]:
        start = self._routes.start
        if start in self._routes.live:
            yield from self._from({start: 0}, _Trail())

    def _from(self, state: _State, trail: _Trail) -> Iterator[Path]:
        yield from self._here(state, trail)
        ways: defaultdict[_Steps, dict[Node, int]] = defaultdict(dict)
        edges: dict[_Steps, Edge] = {}
        for node, used in state.items():
            for edge in self._routes.edges(node):
                now = used + self._cost(edge)
                if now > self._depth or self._is_again(edge, trail):
                    continue
                key = tuple([link_key(link) for _, link in edge.steps])
                edges.setdefault(key, edge)
                way = ways[key]
                way[edge.to] = min(now, way.get(edge.to, now))
        for key, way in ways.items():
            yield from self._from(way, self._along(edges[key], trail))

    def _here(self, state: _State, trail: _Trail) -> Iterator[Path]:
        found: dict[str, dict[str, Operation]] = {}
        if any(self._routes.is_place(node) for node in state):
            found[trail.text] = {}
        for node in state:
            for operation in self._routes.operations(node):
                text = f"{trail.text}{call_text(operation)}"
                found.setdefault(text, {})[operation.id] = operation
            for link in self._routes.streams(node):
                text = f"{trail.text}/{link.name}"
                found[text] = {item.id: item for item in _stream(trail, link)}
        for text, operations in found.items():
            yield Path(text, trail.resource, tuple(operations.values()))

    def _cost(self, edge: Edge) -> int:
        _, link = edge.steps[0]
        return int(edge.by_wildcard and link.kind in _RELATED)

    def _is_again(self, edge: Edge, trail: _Trail) -> bool:
        """Whether an edge leads to what the path has met, or under another key will."""
        _, link = edge.steps[0]
        if link.alternate:
            return True
        return edge.by_wildcard and self._relation(edge) in trail.followed

    def _relation(self, edge: Edge) -> str:
        """Give "<declaring type>/<member>" for a step along a relationship, else ""."""
        start, link = edge.steps[0]
        if link.kind not in _RELATED:
            return ""
        owner = self._routes.resource(start).type
        return f"{self._lineage.declaring(owner, link.name)}/{link.name}"

    def _along(self, edge: Edge, trail: _Trail) -> _Trail:
        relation = self._relation(edge)
        if relation:
            trail = replace(trail, followed=trail.followed | {relation})
        for start, link in edge.steps:
            trail = self._step(start, link, trail)
        return trail

    def _step(self, start: str, link: ResourceLink, trail: _Trail) -> _Trail:
        if link.kind is LinkKind.KEY:
            keys = trail.keys.copy()
            text = trail.text + self._key_text(start, link, keys)
            return replace(trail, text=text, resource=link.target, keys=keys)
        call = link.operation
        segment = call_text(call) if call is not None else f"/{link.name}"
        return replace(trail, text=trail.text + segment, resource=link.target)

    def _key_text(self, start: str, link: ResourceLink, keys: Counter[str]) -> str:
        """Write a key as Microsoft's documents do: {user-id}, a second one
        {user-id1}."""
        short = self._routes.resource(start).type.rpartition(".")[2]
        if len(link.key) > 1 or link.alternate:
            parts = [f"{part.name}={{{part.name}}}" for part in link.key]
            return f"({','.join(parts)})"
        name = f"{short}-{link.key[0].name if link.key else 'id'}"
        number = keys[name]
        keys[name] += 1
        written = f"{{{name}{number or ''}}}"
        return f"/{written}" if self._key_as_segment else f"({written})"


def _stream(trail: _Trail, link: ResourceLink) -> Sequence[Operation]:
    owner = f"{trail.resource}/{link.name}"
    kinds = ((OperationKind.DOWNLOAD, "GET"), (OperationKind.UPLOAD, "PUT"))
    return [
        Operation(f"{owner}:{kind}", kind.value, kind, method, path=(link.name,))
        for kind, method in kinds
    ]
