"""What may be done at a place of an OData service, but for actions and functions.

Used by `resources`. It follows from how the place is reached and from what is said of
it; what is said is read by `restrictions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

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
from generator.passes.restrictions import Rules
from generator.passes.vocabulary import Restriction

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
        """The variant of `Resource` that this makes where no annotation makes
        another."""
        return _VARIANTS.get(self, "")


_VARIANTS: Mapping[Reach, str] = {
    Reach.SINGLETON: "$singleton",
    Reach.REFERENCE: "$ref",
    Reach.REFERENCES: "$ref",
    Reach.MEMBER: "$member",
}

# What a service is taken to allow where it says nothing (OData 4.01 Protocol sections
# 11.2 and 11.4). A place that is reached by reference is written at its own home unless
# the service says that it may be written here too.
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

# What an explicit "true", said of the place itself, adds to the usual.
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

_REFERENCES = (Kind.ADD_REFERENCE, Kind.SET_REFERENCE, Kind.REMOVE_REFERENCE)

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

_PATHS: Mapping[Kind, tuple[str, ...]] = {
    Kind.COUNT: ("$count",),
    Kind.ADD_REFERENCE: ("$ref",),
    Kind.SET_REFERENCE: ("$ref",),
    Kind.REMOVE_REFERENCE: ("$ref",),
}

CREATE_ON_ONE = (
    "OData creates a single-valued contained entity by an update (PATCH or PUT) of the"
    " place where it will stand (OData 4.01 Protocol section 11.4.4); this service says"
    " that it takes a POST there."
)


class Verb(NamedTuple):
    """Something that may be done at a place, and what is said of it."""

    kind: Kind
    rule: Restriction | None = None


def allowed(reach: Reach, rules: Rules, *, item: bool = False) -> tuple[Verb, ...]:
    """Give what may be done at a place, in the order of `OperationKind`.

    `item`: the place is one of a collection, which is what `rules` are about; of
    reading the item itself there may be a word of its own
    (Capabilities.ReadRestrictions/ ReadByKeyRestrictions).
    """
    if rules.silent:
        return _SILENT[reach]
    found: list[Verb] = []
    for kind in _USUAL[reach]:
        rule = _rule(kind, rules, item)
        if rule is None or rule.allowed is not False:
            found.extend(_forms(kind, rule))
    for kind in _GRANTED[reach]:
        # What is said of the collection is about making items in it, not at them.
        rule = None if item and kind is Kind.CREATE else rules.own(_TERMS[kind])
        if rule is not None and rule.allowed is True:
            found.extend(_forms(kind, rule))
    return tuple(sorted(found, key=_order))


def _rule(kind: Kind, rules: Rules, item: bool) -> Restriction | None:
    if kind in _REFERENCES:
        # A type says by this term what may be done with its own relationships.
        return rules.own(_TERMS[kind])
    if item and kind is Kind.READ:
        return rules.by_key(_TERMS[kind])
    return rules.of(_TERMS[kind])


def _order(verb: Verb) -> int:
    return _ORDER[verb.kind]


def _forms(kind: Kind, rule: Restriction | None) -> list[Verb]:
    """An update may be a change, a replacement or both (Capabilities UpdateMethod)."""
    methods = rule.methods if rule is not None and kind is Kind.UPDATE else ()
    forms = [form for form in (Kind.UPDATE, Kind.REPLACE) if _METHODS[form] in methods]
    return [Verb(form, rule) for form in forms or (kind,)]


_SILENT: Mapping[Reach, tuple[Verb, ...]] = {
    reach: tuple(sorted(map(Verb, kinds), key=_order))
    for reach, kinds in _USUAL.items()
}


def verb_operation(verb: Verb, type_id: str, reach: Reach) -> Operation:
    """Give the operation by which something is done at a place of a type."""
    kind, rule = verb
    one = Named(type_id)
    has_body = kind in (Kind.CREATE, Kind.UPDATE, Kind.REPLACE)
    return Operation(
        id=f"{type_id}:{reach}:{kind}",
        name=kind.value,
        kind=kind,
        method=_METHODS.get(kind, "GET"),
        path=_PATHS.get(kind, ()),
        parameters=rule.parameters if rule is not None else (),
        body=Body(one) if has_body else None,
        responses=(_response(kind, one),),
        permissions=rule.permissions if rule is not None else (),
        departs=CREATE_ON_ONE if kind is Kind.CREATE and not reach.many else "",
        doc=_doc(rule),
    )


def _doc(rule: Restriction | None) -> Doc:
    if rule is None or not (rule.description or rule.long_description):
        return _NO_DOC
    return Doc(rule.description, rule.long_description)


def _response(kind: Kind, one: TypeRef) -> Response:
    if kind is Kind.READ:
        return Response("200", one)
    if kind is Kind.LIST:
        return Response("200", ListOf(one))
    if kind is Kind.CREATE:
        return Response("201", one)
    if kind in (Kind.UPDATE, Kind.REPLACE):
        return Response("2XX", one, nullable=True)
    return _COUNTED if kind is Kind.COUNT else _DONE


_COUNTED = Response("200", Scalar(ScalarKind.INT64), media_type="text/plain")
_DONE = Response("204")
_NO_DOC = Doc()
