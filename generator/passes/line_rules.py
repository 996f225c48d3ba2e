"""What the Capabilities vocabulary says of a single path.

A part of `request_lines`. Resources are keyed by type, so what is said of one path of
the many that lead to a place ("<container>/users/authentication/methods") cannot be
told by them; here it can.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from generator.model import (
    Api,
    LinkKind,
    Operation,
    OperationKind,
    Record,
    Resource,
)
from generator.passes.line_parts import Trail
from generator.lineage import Lineage
from generator.passes.restrictions import Restrictions
from generator.passes.values import enum_members, flag
from generator.passes.verbs import Reach, Verb, verb_operation
from generator.passes.vocabulary import CAPABILITIES, value_of

Kind = OperationKind

_TERMS: Final[Mapping[Kind, str]] = {
    Kind.READ: "ReadRestrictions",
    Kind.LIST: "ReadRestrictions",
    Kind.CREATE: "InsertRestrictions",
    Kind.UPDATE: "UpdateRestrictions",
    Kind.REPLACE: "UpdateRestrictions",
    Kind.DELETE: "DeleteRestrictions",
}

_RELATED_DEEP: Final = 1
"""To a collection that lives elsewhere something can be added where one navigation
property leads to it; further down it is reached by its own set."""


class LineRules:
    """Decides what of a place's operations is offered on a path."""

    def __init__(self, api: Api, lineage: Lineage) -> None:
        self._api = api
        self._lineage = lineage
        self._restrictions = Restrictions(api.annotations)
        self._roots = {root.name: root for root in api.roots}

    def verbs(self, trail: Trail, resource: Resource) -> Iterator[Operation]:
        """Give the operations of a place that are offered on this path, and a create
        where a relationship leads to a set in which new entities can be made (OData
        4.01 Protocol section 11.4.2.2)."""
        for operation in resource.operations:
            told = resource.operation_at(trail.owner, operation)
            if self._is_allowed(trail, told.kind) and self._fits(trail, told.kind):
                yield told
        if self._adds(trail, resource):
            yield verb_operation(Verb(Kind.CREATE), resource.type, Reach.REFERENCES)

    def _fits(self, trail: Trail, kind: Kind) -> bool:
        """What is contained and cannot be null cannot be deleted."""
        if kind is not Kind.DELETE or trail.last is not LinkKind.NAVIGATION:
            return True
        declaring, _, name = trail.owner.rpartition("/")
        member = self._lineage.member(declaring, name)
        return member is None or member.nullable

    def _adds(self, trail: Trail, resource: Resource) -> bool:
        kinds = {operation.kind for operation in resource.operations}
        return (
            not trail.contained
            and resource.many
            and trail.level <= _RELATED_DEEP
            and Kind.LIST in kinds
            and Kind.CREATE not in kinds
            and bool(self._bound_set(trail))
            and self._is_allowed(trail, Kind.CREATE)
        )

    def _bound_set(self, trail: Trail) -> str:
        """Give "<container>/<set>" of the set in which the targets of a path live."""
        root = self._roots.get(trail.root)
        if root is None:
            return ""
        name = dict(root.bindings).get(trail.navigation, "")
        return self._root_target(name)

    def _is_allowed(self, trail: Trail, kind: Kind) -> bool:
        term = _TERMS.get(kind)
        if term is None:
            return True
        targets = [trail.target]
        if not trail.contained:
            targets.append(self._bound_set(trail))
        for target in targets:
            found = self._restrictions.get(target, term)
            if found is not None and kind is Kind.READ and trail.last is LinkKind.KEY:
                found = found.by_key or found
            if found is not None:
                return found.allowed is not False
        return True

    def has_items(self, trail: Trail) -> bool:
        """Say whether the items of a collection can be reached by their key
        (Capabilities.IndexableByKey)."""
        for target in (trail.target, trail.owner):
            own = self._api.annotations.get(target, ())
            said = flag(value_of(own, CAPABILITIES + "IndexableByKey"))
            if said is not None:
                return said
        return True

    def is_navigable(self, trail: Trail, step: Trail) -> bool:
        """Say whether a path can be followed along a navigation property
        (Capabilities.NavigationRestrictions/Navigability)."""
        if trail.level and self._navigability(trail.target) == "Single":
            return False
        said = self._navigability(step.target)
        if said:
            return said != "None"
        # What is said of one path is written into the property too, so that its word
        # counts last.
        said = self._navigability(self._root_target(trail.root))
        if said:
            return said == "Recursive" or (said == "Single" and trail.level == 0)
        if step.target in self._api.annotations:
            return True
        return self._navigability(step.owner) != "None"

    def _root_target(self, name: str) -> str:
        root = self._roots.get(name)
        return root.target if root is not None else ""

    def _navigability(self, target: str) -> str:
        own = self._api.annotations.get(target, ())
        said = value_of(own, CAPABILITIES + "NavigationRestrictions")
        if not isinstance(said, Record):
            return ""
        return next(iter(enum_members(said.get("Navigability"))), "")
