"""Resources: places of a service, with what can be done there and where one can go from
there.

A service has more places than anybody can write down (containment alone gives Microsoft
Graph v1.0 some six million paths), so a resource is not a path: it is what stands at
the end of many paths alike. For OData that is a type, one or many of it, and what may
be done there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.model.doc import Deprecation, Doc
from generator.model.operations import Operation
from generator.model.types import KeyPart


class LinkKind(StrEnum):
    """How one place leads to another."""

    ROOT = "root"
    NAVIGATION = "navigation"
    KEY = "key"
    CAST = "cast"
    STREAM = "stream"
    COMPLEX = "complex"
    FUNCTION = "function"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class ResourceLink:
    """A step from one resource to another.

    `name` is the wire name: the set's, the property's, the cast's type id, the
    function's qualified name; "" for a key. `key` holds the parts of a key link;
    `alternate` says that it is not the primary one. `contains` is False for a
    relationship to something that lives elsewhere. `owner` is what may be annotated for
    the step: "<container>/<set>", "<type>/<member>". A stream link has no target. A
    COMPLEX link leads to a complex property below which there is more to reach, a
    FUNCTION link to what a composable function gives: `operation` is that function, one
    overload a link. A TAG link leads to the operations of a tag.
    """

    name: str
    target: str
    kind: LinkKind
    key: tuple[KeyPart, ...] = ()
    alternate: bool = False
    contains: bool = True
    owner: str = ""
    operation: Operation | None = None
    doc: Doc = Doc()
    deprecation: Deprecation | None = None


class QueryOption(StrEnum):
    """What a caller may ask of an answer (OData 4.01 Protocol section 11.2)."""

    FILTER = "filter"
    ORDER_BY = "orderby"
    EXPAND = "expand"
    SELECT = "select"
    SEARCH = "search"
    COUNT = "count"
    TOP = "top"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A query option that a place is said not to take.

    `said` names the statement: "FilterRestrictions/Filterable". `path` is that of the
    one property for which it is not taken, "" for every use of it.
    """

    option: QueryOption
    said: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """A place: one instance of a type or a collection of them, and what may be done
    there.

    `id` is "<type id>" or "<type id>[]", with "@<variant>" after it where less or more
    may be done than is usual for the type; `variant` is then one of
    "$singleton"  a singleton of the service,
    "$ref"        what a relationship without containment leads to,
    "$member"     an item of a collection of such,
    "<owner>/<member>"  a place whose annotations make it or its items differ; the
                  member is a set or navigation property.
    Links (but for keys) and bound operations are equal on all variants of a type and
    cardinality. `told` are the operations once more, by the owner of the link that leads
    here, where more is said of them than holds for every way; `operation_at` looks them
    up. `refusals` are the query options that are said not to be taken;
    `concurrent`: changes are said to need the version that they are about (an ETag).
    The operations of a tag stand at "#<tag>", which has no type.
    """

    id: str
    type: str
    many: bool = False
    variant: str = ""
    operations: tuple[Operation, ...] = ()
    links: tuple[ResourceLink, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    concurrent: bool = False
    told: tuple[tuple[str, tuple[Operation, ...]], ...] = ()
    doc: Doc = Doc()

    def operation_at(self, owner: str, operation: Operation) -> Operation:
        """Give one of the operations as it is told of the place to which the link of
        this owner leads."""
        for name, operations in self.told:
            if name == owner:
                for each in operations:
                    if each.id == operation.id:
                        return each
        return operation
