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
from generator.passes.vocabulary import Annotations, Restriction, restriction

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
_USUAL: Mapping[Reach, tuple[Kind, ...]] = {
    Reach.ENTITY: (Kind.READ, Kind.UPDATE, Kind.DELETE),
    Reach.SINGLETON: (Kind.READ, Kind.UPDATE),
    Reach.REFERENCE: (Kind.READ, Kind.SET_REFERENCE, Kind.REMOVE_REFERENCE),
    Reach.MEMBER: (Kind.READ,),
    Reach.COMPLEX: (Kind.READ, Kind.UPDATE),
    Reach.COLLECTION: (Kind.LIST, Kind.CREATE, Kind.COUNT),
    Reach.REFERENCES: (
        Kind.LIST,
        Kind.COUNT,
        Kind.ADD_REFERENCE,
        Kind.REMOVE_REFERENCE,
    ),
}

# What an explicit "true" adds to the usual.
_GRANTED: Mapping[Reach, tuple[Kind, ...]] = {
    Reach.ENTITY: (Kind.CREATE,),
    Reach.SINGLETON: (Kind.DELETE,),
    Reach.REFERENCE: (Kind.CREATE, Kind.UPDATE, Kind.DELETE),
    Reach.MEMBER: (Kind.UPDATE, Kind.DELETE),
    Reach.COMPLEX: (Kind.DELETE,),
    Reach.COLLECTION: (),
    Reach.REFERENCES: (Kind.CREATE,),
}

_TERMS: Mapping[Kind, str] = {
    Kind.READ: "ReadRestrictions",
    Kind.LIST: "ReadRestrictions",
    Kind.CREATE: "InsertRestrictions",
    Kind.UPDATE: "UpdateRestrictions",
    Kind.DELETE: "DeleteRestrictions",
    Kind.COUNT: "CountRestrictions",
    Kind.ADD_REFERENCE: "NavigationRestrictions",
    Kind.SET_REFERENCE: "NavigationRestrictions",
    Kind.REMOVE_REFERENCE: "NavigationRestrictions",
}

_ORDER = {kind: order for order, kind in enumerate(Kind)}

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


class Rules:
    """What is said of a place: of itself (its set or property, "" for none) and of its type.

    `types` are the type and its bases, the nearest first.
    """

    def __init__(
        self, annotations: Annotations, owner: str, types: tuple[str, ...]
    ) -> None:
        self._annotations = annotations
        self._owner = owner
        self._types = types

    def own(self, term: str) -> Restriction | None:
        """Give what is said of the place itself, whatever is said of its type."""
        return restriction(self._annotations, self._owner, term)

    def of(self, term: str) -> Restriction | None:
        """Give the nearest restriction, with the nearest word on whether it is allowed.

        The two differ where the nearest record has nothing but prose.
        """
        nearest: Restriction | None = None
        for target in (self._owner, *self._types):
            found = restriction(self._annotations, target, term)
            if found is None:
                continue
            nearest = nearest or found
            if found.allowed is not None:
                return replace(nearest, allowed=found.allowed)
        return nearest


def verbs(
    type_id: str, reach: Reach, rules: Rules, *, item: bool = False
) -> tuple[Operation, ...]:
    """Give the operations of a place but for actions and functions, in the order of `OperationKind`.

    `item`: the place is one of a collection, which is what `rules` are about; of reading
    the item itself there may be a word of its own (Capabilities.ReadRestrictions/
    ReadByKeyRestrictions).
    """
    found: list[Operation] = []
    for kind in _USUAL[reach] + _GRANTED[reach]:
        rule = rules.of(_TERMS[kind])
        if kind is Kind.CREATE and not reach.many:
            # what is said of the type, or of the collection, is about collections
            rule = None if item else rules.own(_TERMS[kind])
        if item and kind is Kind.READ and rule is not None and rule.by_key is not None:
            rule = rule.by_key
        allowed = rule.allowed if rule is not None else None
        if allowed is False or (allowed is None and kind in _GRANTED[reach]):
            continue
        found.extend(
            _operation(each, type_id, reach, rule) for each in _forms(kind, rule)
        )
    return tuple(sorted(found, key=lambda operation: _ORDER[operation.kind]))


def _forms(kind: Kind, rule: Restriction | None) -> list[Kind]:
    """An update may be a change, a replacement or both (Capabilities UpdateMethod)."""
    methods = rule.methods if rule is not None and kind is Kind.UPDATE else ()
    forms = [form for form in (Kind.UPDATE, Kind.REPLACE) if _METHODS[form] in methods]
    return forms or [kind]


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
