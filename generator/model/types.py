"""Types: structures with properties, enumerations, aliases, and references to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
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
    """A reference to a primitive type.

    `format` is what an OpenAPI document calls its values where that says more than the
    kind ("uri", "email"); it does not count when types are compared.
    """

    kind: ScalarKind
    format: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Named:
    """A reference to a type of the Api by its id."""

    id: str


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of items of one type; `nullable` says whether an item may be null, None
    where nothing is said."""

    item: TypeRef
    nullable: bool | None = None


@dataclass(frozen=True, slots=True)
class MapOf:
    """An object whose members have names that nobody lists, and values of one type;
    `nullable` as in `ListOf`."""

    value: TypeRef
    nullable: bool | None = None


@dataclass(frozen=True, slots=True)
class LiteralType:
    """One value and no other (JSON Schema's const), as JSON text: `"cat"`, `3`,
    `true`."""

    value: str


@dataclass(frozen=True, slots=True)
class Discriminator:
    """The property whose value tells the type of an object (OpenAPI 3.1 section 4.8.25).

    `mapping` holds (value, type id) pairs, every value that is known.
    """

    property: str
    mapping: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class UnionOf:
    """A value of one of several types. Null is none of them: what holds the value says
    whether it may be null. `exclusive`: of no more than one (oneOf)."""

    members: tuple[TypeRef, ...]
    discriminator: Discriminator | None = None
    exclusive: bool = True


@dataclass(frozen=True, slots=True)
class AnyType:
    """Any JSON value: Edm.Untyped, geo types, a schema that says nothing."""


@dataclass(frozen=True, slots=True)
class StreamType:
    """Bytes that travel outside JSON."""


TypeRef: TypeAlias = (
    Scalar | Named | ListOf | MapOf | LiteralType | UnionOf | AnyType | StreamType
)


def named_types(ref: TypeRef) -> Iterator[str]:
    """Give the ids of the types that a reference names."""
    match ref:
        case Named(type_id):
            yield type_id
        case ListOf(item) | MapOf(item):
            yield from named_types(item)
        case UnionOf(members):
            for member in members:
                yield from named_types(member)
        case _:
            pass


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

    def joined(self, far: Constraints | None) -> Constraints:
        """Give these, and what those further away say where these say nothing: a
        property's, then those of the type definition that it is of."""
        if far is None:
            return self
        said = {
            each.name: getattr(self, each.name)
            for each in fields(self)
            if getattr(self, each.name) != each.default
        }
        return replace(far, **said)


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
    (Core.AlternateKeys). `open`: there may be properties that nobody declares; they are
    of the type `additional`, of any where that is None. `discriminator` tells which of
    the types derived from this one an object is of; `tag` is its value for this type.
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
    additional: TypeRef | None = None
    discriminator: Discriminator | None = None
    tag: str = ""
    doc: Doc = Doc()
    deprecation: Deprecation | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class EnumMember:
    """A member by its wire name, with its numeric value where the source gives one.

    `label` is what the source calls the member where its wire name is no name
    (x-enum-varnames).
    """

    name: str
    value: int | None = None
    label: str = ""
    doc: Doc = Doc()
    deprecation: Deprecation | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Enum:
    """An enumeration; `is_open` says that values outside `members` may arrive.

    On the wire a member is its name where `underlying` is a string or the source is
    CSDL (4.01 section 10), its value in an OpenAPI document's enumeration of integers:
    `is_numeric`.
    """

    id: str
    members: tuple[EnumMember, ...] = ()
    underlying: ScalarKind = ScalarKind.INT32
    is_flags: bool = False
    is_numeric: bool = False
    is_open: bool = True
    doc: Doc = Doc()
    deprecation: Deprecation | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """A name for another type with facets of its own: CSDL's TypeDefinition, or a
    schema that is no object. `nullable`: null is one of its values."""

    id: str
    type: TypeRef
    nullable: bool = False
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


def bounds(
    ref: TypeRef, own: Constraints | None, types: Mapping[str, TypeDef]
) -> Constraints:
    """Give what a value must satisfy, by what its holder says and by the definitions
    that it is of; those of the items of a list are meant for the items."""
    found, seen = own or Constraints(), set[str]()
    is_item = False
    while True:
        if isinstance(ref, ListOf):
            ref, is_item = ref.item, True
            continue
        target = types.get(ref.id) if isinstance(ref, Named) else None
        if not isinstance(target, Alias) or target.id in seen:
            return found
        seen.add(target.id)
        said = target.constraints
        if said is not None and is_item:
            said = replace(said, min_items=None, max_items=None)
        found, ref = found.joined(said), target.type
