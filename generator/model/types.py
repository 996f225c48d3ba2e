"""Types: structures with properties, enumerations, aliases, and references to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from generator.model.doc import Deprecation, Doc, Place


class ScalarKind(StrEnum):
    """The values that JSON or a URL carries as one text, number or truth value."""

    STRING = "string"
    BOOLEAN = "boolean"
    BYTE = "byte"
    SBYTE = "sbyte"
    INT16 = "int16"
    INT32 = "int32"
    INT64 = "int64"
    SINGLE = "single"
    DOUBLE = "double"
    DECIMAL = "decimal"
    BINARY = "binary"
    DATE = "date"
    DATE_TIME = "date-time"
    TIME = "time"
    DURATION = "duration"
    GUID = "guid"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A reference to a primitive type."""

    kind: ScalarKind


@dataclass(frozen=True, slots=True)
class Named:
    """A reference to a type of the Api by its id."""

    id: str


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of items of one type; `nullable` says whether an item may be null."""

    item: TypeRef
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class AnyType:
    """Any JSON value: Edm.Untyped, geo types, a schema that says nothing."""


@dataclass(frozen=True, slots=True)
class StreamType:
    """Bytes that travel outside JSON."""


TypeRef: TypeAlias = Scalar | Named | ListOf | AnyType | StreamType


def named_types(ref: TypeRef) -> Iterator[str]:
    """Give the ids of the types that a reference names."""
    while isinstance(ref, ListOf):
        ref = ref.item
    if isinstance(ref, Named):
        yield ref.id


class Access(StrEnum):
    """Who may set a property: READ is for the service alone, WRITE is never sent
    back."""

    READ = "read"
    WRITE = "write"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Constraints:
    """What a value must satisfy beyond its type; lengths in characters (bytes for
    binary)."""

    max_length: int | None = None
    min_length: int | None = None
    pattern: str | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    exclusive_minimum: bool = False
    exclusive_maximum: bool = False
    multiple_of: Decimal | None = None
    min_items: int | None = None
    max_items: int | None = None
    precision: int | None = None
    scale: int | None = None
    allowed_values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Navigation:
    """What makes a property a relationship (CSDL 4.01 section 8).

    `contains`: the target lives inside its parent and has no set of its own.
    `referential_constraints`: (dependent property, principal property) pairs. `types`:
    ids of the only derived types that may stand here
    (Validation.DerivedTypeConstraint).
    """

    contains: bool = False
    partner: str = ""
    on_delete: str = ""
    referential_constraints: tuple[tuple[str, str], ...] = ()
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Property:
    """A member of a structure, by its wire name.

    `nullable`: null is allowed. `required`: must be given when an object is made.
    `computed`: set by the service, never sent. `immutable`: sent when an object is
    made, never after.
    """

    name: str
    type: TypeRef
    nullable: bool = True
    required: bool = False
    access: Access = Access.BOTH
    computed: bool = False
    immutable: bool = False
    default: str | None = None
    constraints: Constraints | None = None
    navigation: Navigation | None = None
    doc: Doc = Doc()
    deprecation: Deprecation | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class KeyPart:
    """A property of a key: its path below the type, and the name it has in a key
    predicate."""

    path: str
    alias: str = ""

    @property
    def name(self) -> str:
        """The name in a key predicate: the alias where there is one."""
        return self.alias or self.path


@dataclass(frozen=True, slots=True)
class Struct:
    """A structured type: an entity type, a complex type or an object schema.

    `properties` holds the declared ones, not those of `base`; `key` likewise is empty
    when inherited. `alternate_keys`: other keys that name one instance
    (Core.AlternateKeys).
    """

    id: str
    base: str | None = None
    abstract: bool = False
    open: bool = False
    is_entity: bool = False
    has_stream: bool = False
    key: tuple[KeyPart, ...] = ()
    alternate_keys: tuple[tuple[KeyPart, ...], ...] = ()
    properties: tuple[Property, ...] = ()
    doc: Doc = Doc()
    deprecation: Deprecation | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class EnumMember:
    """A member by its wire name, with its numeric value where the source gives one."""

    name: str
    value: int | None = None
    doc: Doc = Doc()
    deprecation: Deprecation | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Enum:
    """An enumeration; `is_open` says that values outside `members` may arrive."""

    id: str
    members: tuple[EnumMember, ...] = ()
    underlying: ScalarKind = ScalarKind.INT32
    is_flags: bool = False
    is_open: bool = True
    doc: Doc = Doc()
    deprecation: Deprecation | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """A name for another type with facets of its own (CSDL's TypeDefinition)."""

    id: str
    type: TypeRef
    constraints: Constraints | None = None
    doc: Doc = Doc()
    deprecation: Deprecation | None = None
    place: Place | None = None


TypeDef: TypeAlias = Struct | Enum | Alias


def type_kind(definition: TypeDef) -> str:
    """Give what a definition is, in the words of CSDL: "entity type", "complex type",
    "enum type" or "type definition"."""
    if isinstance(definition, Struct):
        return "entity type" if definition.is_entity else "complex type"
    return "enum type" if isinstance(definition, Enum) else "type definition"


def settle(ref: TypeRef, types: Mapping[str, TypeDef]) -> TypeRef:
    """Follow type definitions to what they stand for; what is not there can be
    anything."""
    seen: set[str] = set()
    while isinstance(ref, Named):
        target = types.get(ref.id)
        if target is None or ref.id in seen:
            return AnyType()
        if not isinstance(target, Alias):
            return ref
        seen.add(ref.id)
        ref = target.type
    return ref
