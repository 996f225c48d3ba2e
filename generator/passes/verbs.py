"""What may be done at a place of an OData service, by how the place is reached and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from generator.model import (
    Body,
    Doc,
    ListOf,
    Named,
    Operation,
    OperationKind,
    Response,
    Scalar,
    ScalarKind,
    TypeRef,
)
from generator.passes.vocabulary import Restriction, Terms

Kind = OperationKind


class Reach(StrEnum):
    """How a place is reached, which decides what is usual there."""

    ENTITY = "entity"
    SINGLETON = "singleton"
    REFERENCE = "reference"
    MEMBER = "member"
    COMPLEX = "complex"
    COLLECTION = "collection"
    REFERENCES = "references"

    @property
    def many(self) -> bool:
        """Whether a collection stands there."""
        return self in (Reach.COLLECTION, Reach.REFERENCES)

    @property
    def variant(self) -> str:
        """The variant of `Resource` that this makes where no annotation makes another."""
        return {
            Reach.SINGLETON: "$singleton",
            Reach.REFERENCE: "$ref",
            Reach.REFERENCES: "$ref",
            Reach.MEMBER: "$member",
        }.get(self, "")


# What a service is taken to allow where it says nothing (OData 4.01 Protocol sections 11.2 and 11.4). A place that
# is reached by reference is written at its own home unless the service says that it may be written here too.
_USUAL: Mapping[Reach, frozenset[Kind]] = {
    Reach.ENTITY: frozenset({Kind.READ, Kind.UPDATE, Kind.DELETE}),
    Reach.SINGLETON: frozenset({Kind.READ, Kind.UPDATE}),
    Reach.REFERENCE: frozenset({Kind.READ, Kind.SET_REFERENCE, Kind.REMOVE_REFERENCE}),
    Reach.MEMBER: frozenset({Kind.READ}),
    Reach.COMPLEX: frozenset({Kind.READ, Kind.UPDATE}),
    Reach.COLLECTION: frozenset({Kind.LIST, Kind.CREATE, Kind.COUNT}),
    Reach.REFERENCES: frozenset(
        {Kind.LIST, Kind.COUNT, Kind.ADD_REFERENCE, Kind.REMOVE_REFERENCE}
    ),
}

# What an explicit "true" adds to the usual.
_GRANTED: Mapping[Reach, frozenset[Kind]] = {
    Reach.ENTITY: frozenset({Kind.CREATE}),
    Reach.SINGLETON: frozenset({Kind.DELETE}),
    Reach.REFERENCE: frozenset({Kind.CREATE, Kind.UPDATE, Kind.DELETE}),
    Reach.MEMBER: frozenset({Kind.UPDATE, Kind.DELETE}),
    Reach.COMPLEX: frozenset({Kind.DELETE}),
    Reach.COLLECTION: frozenset(),
    Reach.REFERENCES: frozenset({Kind.CREATE}),
}

_TERMS: Mapping[Kind, str] = {
    Kind.READ: "ReadRestrictions",
    Kind.LIST: "ReadRestrictions",
    Kind.CREATE: "InsertRestrictions",
    Kind.UPDATE: "UpdateRestrictions",
    Kind.DELETE: "DeleteRestrictions",
}

_METHODS: Mapping[Kind, str] = {
    Kind.CREATE: "POST",
    Kind.UPDATE: "PATCH",
    Kind.REPLACE: "PUT",
    Kind.DELETE: "DELETE",
    Kind.ADD_REFERENCE: "POST",
    Kind.SET_REFERENCE: "PUT",
    Kind.REMOVE_REFERENCE: "DELETE",
}

CREATE_ON_ONE = (
    "OData creates a single-valued contained entity by an update (PATCH or PUT) of the place where it will "
    "stand (OData 4.01 Protocol section 11.4.4); this service says that it takes a POST there."
)


def verbs(
    type_id: str, reach: Reach, targets: tuple[str, ...], terms: Terms, *, item: bool = False
) -> tuple[Operation, ...]:
    """Give the operations of a place but for actions and functions, in the order of `OperationKind`.

    `targets` are what may be annotated for the place, nearest first. `item`: the place is one of a collection, so
    that what is said of inserting and of reading is about the collection; of reading the item itself there may be
    a word of its own (Capabilities.ReadRestrictions/ReadByKeyRestrictions).
    """
    found: list[Operation] = []
    for kind in Kind:
        if kind not in _USUAL[reach] | _GRANTED[reach] or (item and kind is Kind.CREATE):
            continue
        rule = _rule(kind, targets, terms)
        if item and kind is Kind.READ and rule is not None and rule.by_key is not None:
            rule = rule.by_key
        allowed = rule.allowed if rule is not None else None
        if allowed is False or (allowed is None and kind not in _USUAL[reach]):
            continue
        if kind is Kind.UPDATE and rule is not None and rule.method == "PUT":
            kind = Kind.REPLACE
        found.append(_operation(kind, type_id, reach, rule))
    return tuple(found)


def _rule(kind: Kind, targets: tuple[str, ...], terms: Terms) -> Restriction | None:
    if kind in _TERMS:
        return terms.restrictions(targets, _TERMS[kind])
    if kind is Kind.COUNT:
        return Restriction(allowed=terms.flag(targets, "CountRestrictions", "Countable"))
    return Restriction(allowed=terms.relation(targets).referenceable)


def _operation(
    kind: Kind, type_id: str, reach: Reach, rule: Restriction | None
) -> Operation:
    one: TypeRef = Named(type_id)
    operation = Operation(
        id=f"{type_id}:{reach}:{kind}",
        name=kind.value,
        kind=kind,
        method=_METHODS.get(kind, "GET"),
        path=_PATHS.get(kind, ()),
        body=Body(one) if kind in (Kind.CREATE, Kind.UPDATE, Kind.REPLACE) else None,
        responses=(_response(kind, one),),
        departs=CREATE_ON_ONE if kind is Kind.CREATE and not reach.many else "",
    )
    if rule is None:
        return operation
    return replace(
        operation,
        permissions=rule.permissions,
        doc=Doc(rule.description, rule.long_description),
    )


_PATHS: Mapping[Kind, tuple[str, ...]] = {
    Kind.COUNT: ("$count",),
    Kind.ADD_REFERENCE: ("$ref",),
    Kind.SET_REFERENCE: ("$ref",),
    Kind.REMOVE_REFERENCE: ("$ref",),
}


def _response(kind: Kind, one: TypeRef) -> Response:
    if kind is Kind.READ:
        return Response("200", one)
    if kind is Kind.LIST:
        return Response("200", ListOf(one))
    if kind is Kind.CREATE:
        return Response("201", one)
    if kind in (Kind.UPDATE, Kind.REPLACE):
        return Response("2XX", one, nullable=True)
    if kind is Kind.COUNT:
        return Response("200", Scalar(ScalarKind.INT64), media_type="text/plain")
    return Response("204")
