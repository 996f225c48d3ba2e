"""Calls: the actions and functions that are offered at the places of a type.

Used by `resources`. A type has those bound to it and to its bases; the nearest overload
of several with the same parameters counts (OData 4.01 Protocol section 11.5.1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.model import Api, ListOf, Named, Operation, Struct
from generator.lineage import Lineage
from generator.passes.values import flag, items, text
from generator.passes.vocabulary import CORE, value_of


class Call(NamedTuple):
    """An action or function as it is offered.

    `place` is the shape ("<type>" or "<type>[]") of what a composable function gives
    where that is an entity or a collection of them, else "". Changes are no place: they
    are read to the end.
    """

    operation: Operation
    place: str


class Calls:
    """The bound operations of an Api, by what they are bound to."""

    def __init__(self, api: Api, lineage: Lineage) -> None:
        self._types = api.types
        self._lineage = lineage
        self._explicit = _explicit(api, lineage)
        self._known: dict[tuple[str, bool], tuple[Call, ...]] = {}
        self._bound: defaultdict[tuple[str, bool], list[Operation]] = defaultdict(list)
        for operation in api.operations:
            if operation.binding is not None:
                key = (operation.binding.type, operation.binding.many)
                self._bound[key].append(operation)

    def at(self, type_id: str, many: bool) -> tuple[Call, ...]:
        """Give what is offered at one instance of a type, or at a collection of
        them."""
        known = self._known.get((type_id, many))
        if known is None:
            known = self._known[type_id, many] = tuple(self._offered(type_id, many))
        return known

    def _offered(self, type_id: str, many: bool) -> Iterator[Call]:
        found: set[tuple[str, str, frozenset[str]]] = set()
        for base in self._lineage.ids(type_id):
            for operation in self._bound.get((base, many), ()):
                names = frozenset([item.name for item in operation.parameters])
                key = (operation.kind, operation.name, names)
                if key not in found and self._is_offered(operation, type_id):
                    found.add(key)
                    yield Call(operation, self._place(operation))

    def _is_offered(self, operation: Operation, type_id: str) -> bool:
        listed = self._explicit.get(operation.id)
        return listed is None or not listed.isdisjoint(self._lineage.ids(type_id))

    def _place(self, operation: Operation) -> str:
        result = operation.result
        if not operation.composable or operation.delta or result is None:
            return ""
        many = isinstance(result.type, ListOf)
        ref = result.type.item if isinstance(result.type, ListOf) else result.type
        struct = self._types.get(ref.id) if isinstance(ref, Named) else None
        if not isinstance(struct, Struct) or not struct.is_entity:
            return ""
        return f"{struct.id}[]" if many else struct.id


def _explicit(api: Api, lineage: Lineage) -> Mapping[str, frozenset[str]]:
    """Give the types at whose places an operation is offered, for each that needs it
    said.

    Core.RequiresExplicitBinding restricts an operation to the sets, properties and
    types that list it in Core.ExplicitOperationBindings. Resources are keyed by type
    and have the same operations however they are reached, so it is offered at every
    place of the types that are listed or stand where it is listed. One that nothing
    lists is offered wherever it is bound: a service may advertise it in each answer
    instead, and Microsoft Graph lists none of those that it documents.
    """
    needing = [
        operation
        for operation in api.operations
        if operation.binding is not None
        and flag(
            value_of(
                api.annotations.get(operation.id, ()), CORE + "RequiresExplicitBinding"
            )
        )
    ]
    if not needing:
        return {}
    listed: defaultdict[str, set[str]] = defaultdict(set)
    for name, type_id in _listed(api, lineage):
        listed[name].add(type_id)
    found = {
        operation.id: frozenset(
            {*listed[operation.name], *listed[_overload(operation)]}
        )
        for operation in needing
    }
    return {id_: types for id_, types in found.items() if types}


def _overload(operation: Operation) -> str:
    """Give the name by which a list may mean one overload: "ns.approve(ns.order)"."""
    binding = operation.binding
    if binding is None:
        return operation.name
    bound_to = f"Collection({binding.type})" if binding.many else binding.type
    return f"{operation.name}({bound_to})"


def _listed(api: Api, lineage: Lineage) -> Iterator[tuple[str, str]]:
    """Give the operations that something lists, each with the type that stands
    there."""
    roots = {root.target: root for root in api.roots}
    for target, annotations in api.annotations.items():
        names = items(value_of(annotations, CORE + "ExplicitOperationBindings"))
        if not names:
            continue
        head, *segments = target.split("/")
        root = roots.get("/".join([head, *segments[:1]]))
        if root is not None:
            end = lineage.walk(root.type, segments[1:])
        else:
            end = lineage.walk(head, segments)
        if end is not None:
            for name in names:
                yield text(name), end[0]
