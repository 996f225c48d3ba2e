"""The selection: what of an Api the patterns of a slice ask for, and why.

Used by `slice`, which cuts the Api down to it, and by `why`, which tells the reasons.

A pattern of names keeps types with all they need and the resources of those types. A
pattern of places keeps the resources and links on the way, the operations meant, and
the types that those take and give; the types on the way are kept for their names and
keys only.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

from generator.diagnostics import Diagnostics
from generator.model import (
    Api,
    LinkKind,
    Operation,
    OperationKind,
    Protocol,
    Resource,
    ResourceLink,
    named_types,
)
from generator.passes.closure import Closure, Reason, Thing, mentioned_by
from generator.lineage import Lineage
from generator.passes.patterns import NamePattern, PathPattern, parse_pattern
from generator.passes.request_selection import RequestSelection
from generator.passes.routes import SERVICE, Edge, Node, Routes, link_key
from generator.passes.suggestions import Suggestions

_READS = (OperationKind.READ, OperationKind.LIST)


class Selection:
    """What stays, collected pattern by pattern; `finish` when all have been taken."""

    def __init__(self, api: Api, depth: int | None) -> None:
        self._api = api
        self._lineage = Lineage(api.types)
        self._named = Closure(api, self._lineage, depth)
        self._used = Closure(api, self._lineage, depth)
        self._places: set[str] = set()
        self._links: defaultdict[str, set[tuple[str, str, str, str]]] = defaultdict(set)
        self._operations: defaultdict[str, set[str]] = defaultdict(set)
        self._met: set[str] = set()
        self._of_names: set[str] = set()
        self.types: frozenset[str] = frozenset()

    # --- what is taken

    def take(
        self, pattern: NamePattern | PathPattern, diagnostics: Diagnostics
    ) -> None:
        """Add what a pattern means; an error if it means nothing, or too many
        things."""
        if isinstance(pattern, PathPattern):
            self._take_places(pattern, diagnostics)
        else:
            self._take_names(pattern, diagnostics)

    def _take_names(self, pattern: NamePattern, diagnostics: Diagnostics) -> None:
        operations = self._api.operations
        names = {**dict.fromkeys(self._api.types), **_operation_names(operations)}
        found = pattern.matching(names, self._api.namespace)
        if not found:
            hint = Suggestions(names).close(pattern.text)
            if "/" in pattern.text:
                hint = "; a path begins with '/'"
            diagnostics.error(
                "slice-unmatched",
                f"no type, action or function is called {pattern.text!r}{hint}",
            )
        elif pattern.is_exact and len(found) > 1:
            diagnostics.error(
                "slice-ambiguous",
                f"{pattern.text!r} may mean {', '.join(found)}; write one of them",
            )
        else:
            self._take_found(frozenset(found), Thing("pattern", pattern.text))

    def _take_found(self, names: frozenset[str], pattern: Thing) -> None:
        for type_id in self._api.types:
            if type_id in names:
                self._named.mention(type_id, "named by", pattern)
                self._follow_calls(type_id)
        for operation in self._api.operations:
            if operation.name in names or operation.id in names:
                self._used.note(_thing(operation), "named by", pattern)
                self._take_operation(operation)

    def _follow_calls(self, type_id: str) -> None:
        """What a named type's actions and functions mention is wanted with it."""
        for owner in self._lineage.ids(type_id):
            for operation in self._bound.get(owner, ()):
                self._named.note(_thing(operation), "bound to", Thing("type", type_id))
                self._named.mention_operation(operation)

    @cached_property
    def _bound(self) -> Mapping[str, list[Operation]]:
        found: defaultdict[str, list[Operation]] = defaultdict(list)
        for operation in self._api.operations:
            if operation.binding is not None:
                found[operation.binding.type].append(operation)
        return found

    def _take_operation(self, operation: Operation) -> None:
        self._used.mention_operation(operation)
        binding = operation.binding
        if binding is None:
            self._operations[SERVICE].add(operation.id)
            return
        self._keep_place(binding.type, "what can be asked by", _thing(operation))
        for resource in self._shaped(binding.type, binding.many):
            self._met.add(resource.id)
            self._operations[resource.id].add(operation.id)
            for link in resource.links:
                if link.operation is not None and link.operation.id == operation.id:
                    self._links[resource.id].add(link_key(link))
                    self._take_readable(self._api.resources[link.target])

    def _shaped(self, type_id: str, many: bool) -> Iterator[Resource]:
        """Give the plain resource of a type and cardinality, or all if none is
        plain."""
        plain = self._api.resources.get(f"{type_id}[]" if many else type_id)
        if plain is not None:
            yield plain
            return
        for resource in self._api.resources.values():
            if resource.type == type_id and resource.many == many:
                yield resource

    def _take_readable(self, resource: Resource) -> None:
        """What a composable function gives can at least be read."""
        self._met.add(resource.id)
        reads = [item.id for item in resource.operations if item.kind in _READS]
        self._operations[resource.id].update(reads)

    # --- places

    def _take_places(self, pattern: PathPattern, diagnostics: Diagnostics) -> None:
        routes = Routes(self._api, pattern)
        if routes.start not in routes.live:
            diagnostics.error(
                "slice-unmatched",
                f"{pattern.text!r} matches no place of the service: {routes.failure()}",
            )
            return
        whole = Thing("pattern", pattern.text)
        for node in _breadth_first(routes):
            self._take_node(routes, node, whole)
            for edge in routes.edges(node):
                self._take_edge(edge, whole)

    def _take_node(self, routes: Routes, node: Node, pattern: Thing) -> None:
        place = Thing("resource", node.resource) if node.resource else pattern
        kept = self._operations[node.resource]
        for operation in routes.operations(node):
            kept.add(operation.id)
            self._used.note(_thing(operation), "offered by", place)
            self._used.mention_operation(operation)
        for link in routes.streams(node):
            self._links[node.resource].add(link_key(link))

    def _take_edge(self, edge: Edge, pattern: Thing) -> None:
        for start, link in edge.steps:
            target = self._api.resources[link.target]
            of = Thing("resource", start) if start else pattern
            name = link.name if link.kind is not LinkKind.KEY else ""
            relation = f"{link.kind} {name} of" if name else f"{link.kind} of"
            self._used.note(Thing("resource", target.id), relation, of)
            self._links[start].add(link_key(link))
            self._met.add(target.id)
            if link.operation is not None:
                self._take_call(link.operation, of)
            self._keep_place(
                target.type, "type of the place", Thing("resource", target.id)
            )

    def _take_call(self, call: Operation, of: Thing) -> None:
        """A function on the way: its answer is a place, its parameters are values."""
        self._used.note(_thing(call), "offered by", of)
        for parameter in call.parameters:
            for type_id in named_types(parameter.type):
                which = f"parameter {parameter.name} of"
                self._used.mention(type_id, which, _thing(call))

    def _keep_place(self, type_id: str, relation: str, of: Thing) -> None:
        """Keep a type, its bases and what its keys are made of."""
        thing = Thing("place", type_id)
        if type_id in self._places:
            return
        self._used.note(thing, relation, of)
        for struct in self._lineage.chain(type_id):
            self._places.add(struct.id)
            self._used.note(Thing("place", struct.id), "base of", thing)
            for part in (*struct.key, *chain.from_iterable(struct.alternate_keys)):
                found = self._lineage.walk(struct.id, part.path.split("/"))
                if found is not None and found[0]:
                    key = Thing("place", struct.id)
                    self._used.mention(found[0], f"key {part.name} of", key)

    # --- what stays

    def finish(self) -> None:
        """Follow everything that was taken."""
        self._named.run()
        self._used.run()
        self.types = frozenset({*self._named, *self._used, *self._places})
        self._of_names = self._resources_of_names()

    def _resources_of_names(self) -> set[str]:
        """Give the resources of the types that names brought in.

        A variant of a place stays only where something that stays leads to it.
        """
        wanted = {
            resource.id: resource
            for resource in self._api.resources.values()
            if resource.type in self._named.mentioned
        }
        shapes = {resource.id for resource in wanted.values() if not resource.variant}
        waiting = [
            resource.id
            for resource in wanted.values()
            if not resource.variant or resource.id.partition("@")[0] not in shapes
        ]
        waiting += [link.target for link in self._api.links if link.target in wanted]
        reached = set(waiting)
        while waiting:
            for link in wanted[waiting.pop()].links:
                if link.target in wanted and link.target not in reached:
                    reached.add(link.target)
                    waiting.append(link.target)
        return reached

    @property
    def resources(self) -> frozenset[str]:
        """The ids of the resources that stay."""
        return frozenset({*self._of_names, *self._met})

    def keeps_operation(self, resource_id: str, operation: Operation) -> bool:
        """Say whether an operation stays at a resource, `SERVICE` for the service."""
        if operation.id in self._operations.get(resource_id, ()):
            return True
        return resource_id in self._of_names and self.keeps_types_of(operation)

    def keeps_types_of(self, operation: Operation) -> bool:
        """Say whether all types stay that an operation takes and gives."""
        return all(type_id in self.types for type_id, _ in mentioned_by(operation))

    def keeps_unplaced(self, operation: Operation) -> bool:
        """Say whether a bound operation stays for its type, whatever resource has
        it."""
        binding = operation.binding
        if binding is None or binding.type not in self._named.mentioned:
            return False
        return self.keeps_types_of(operation)

    def keeps_link(self, resource_id: str, link: ResourceLink) -> bool:
        """Say whether a link stays at a resource, `SERVICE` for a way in."""
        if link_key(link) in self._links.get(resource_id, ()):
            return True
        if resource_id != SERVICE and resource_id not in self._of_names:
            return False
        if link.kind is LinkKind.STREAM:
            return resource_id in self._of_names
        if link.operation is not None and not self.keeps_types_of(link.operation):
            return False
        return link.target in self._of_names

    def reasons(self) -> tuple[dict[Thing, Reason], ...]:
        """Give why things stay: what names brought in, and what places did."""
        return self._named.reasons, self._used.reasons


def select(
    api: Api, include: Iterable[str], depth: int | None, diagnostics: Diagnostics
) -> Selection | RequestSelection:
    """Give what patterns ask for; a pattern that means nothing is an error."""
    is_http = api.protocol is Protocol.HTTP
    selection = RequestSelection(api, depth) if is_http else Selection(api, depth)
    for text in include:
        selection.take(parse_pattern(text), diagnostics)
    selection.finish()
    return selection


def _thing(operation: Operation) -> Thing:
    return Thing("operation", operation.id)


def _operation_names(operations: Sequence[Operation]) -> dict[str, None]:
    names = [name for item in operations for name in (item.name, item.id)]
    return dict.fromkeys(names)


def _breadth_first(routes: Routes) -> Iterator[Node]:
    """Give the nodes of all ways that lead to a match, the nearest first."""
    waiting = deque([routes.start])
    seen = {routes.start}
    while waiting:
        node = waiting.popleft()
        yield node
        for edge in routes.edges(node):
            if edge.to not in seen:
                seen.add(edge.to)
                waiting.append(edge.to)
