"""Schemas: the types of the model as schema objects.

What both protocols write alike: references to types, enumerations, aliases, properties.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Final

from generator.emitters.openapi.dialect import Dialect, Json, Schema
from generator.emitters.openapi.microsoft import of_enum
from generator.model import (
    Access,
    Alias,
    AnyType,
    Constraints,
    Discriminator,
    Enum,
    ListOf,
    LiteralType,
    MapOf,
    Named,
    Property,
    Scalar,
    ScalarKind,
    StreamType,
    TypeDef,
    TypeRef,
    UnionOf,
    settle,
)

Kind = ScalarKind

_SCALARS: Final[Mapping[ScalarKind, Schema]] = {
    Kind.STRING: {"type": "string"},
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.BINARY: {"type": "string"},
    Kind.BYTE: {"type": "integer", "format": "uint8"},
    Kind.SBYTE: {"type": "integer", "format": "int8"},
    Kind.INT16: {"type": "integer", "format": "int16"},
    Kind.INT32: {"type": "integer", "format": "int32"},
    Kind.INT64: {"type": "integer", "format": "int64"},
    Kind.SINGLE: {"type": "number", "format": "float"},
    Kind.DOUBLE: {"type": "number", "format": "double"},
    Kind.DECIMAL: {"type": "number", "format": "decimal"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.DATE_TIME: {"type": "string", "format": "date-time"},
    Kind.TIME: {"type": "string", "format": "time"},
    Kind.DURATION: {"type": "string", "format": "duration"},
    Kind.GUID: {"type": "string", "format": "uuid"},
}

_UNSAID: Final = (Kind.INT64, Kind.DOUBLE)

_OF_LISTS: Final = ("minItems", "maxItems")

_NOT_IN_KEYS: Final = re.compile(r"[^A-Za-z0-9._-]+")

Reference = Callable[[str], Schema]
"""Gives the schema that refers to a type by its id."""


def component_name(name: str) -> str:
    """Write a name so that components may bear it (OpenAPI 3.1 section 4.8.7.1)."""
    return _NOT_IN_KEYS.sub("-", name)


def reference(section: str, name: str) -> Schema:
    """Refer to something in the components."""
    return {"$ref": f"#/components/{section}/{component_name(name)}"}


def schema_reference(type_id: str) -> Schema:
    """Refer to the schema of a type."""
    return reference("schemas", type_id)


class Schemas:
    """Writes the types of an Api."""

    def __init__(
        self,
        types: Mapping[str, TypeDef],
        dialect: Dialect,
        *,
        microsoft: bool = False,
        of_requests: bool = False,
    ) -> None:
        self.types = types
        self.dialect = dialect
        self._microsoft = microsoft
        self._of_requests = of_requests

    def schema(
        self,
        ref: TypeRef,
        refer: Reference = schema_reference,
        *,
        nullable: bool = False,
        constraints: Constraints | None = None,
    ) -> Schema:
        """Give the schema of a value: its type, its facets, whether it may be null."""
        found = self._plain(ref, refer)
        if constraints is not None:
            found = self._limited(found, ref, constraints)
        return self.dialect.nullable(found) if nullable else found

    def _limited(
        self, schema: Schema, ref: TypeRef, constraints: Constraints
    ) -> Schema:
        """Put facets into a schema; those of a list are about its items, but for their
        number (CSDL 4.01 section 7.2)."""
        facets = self.dialect.constraints(constraints)
        if constraints.allowed_values:
            allowed = constraints.allowed_values
            facets["enum"] = [self.value(text, ref) for text in allowed]
        if isinstance(ref, ListOf):
            of_items = {n: facets.pop(n) for n in list(facets) if n not in _OF_LISTS}
            items = self.dialect.with_more(schema["items"], of_items)
            schema = {**schema, "items": items}
        return self.dialect.with_more(schema, facets)

    def _plain(self, ref: TypeRef, refer: Reference) -> Schema:
        match ref:
            case Scalar(kind, format):
                return self._scalar(kind, format)
            case Named(type_id):
                return refer(type_id) if type_id in self.types else {}
            case ListOf(item, null):
                items = self.schema(item, refer, nullable=bool(null))
                return {"type": "array", "items": items}
            case MapOf(AnyType()):
                return {"type": "object"}
            case MapOf(value, null):
                values = self.schema(value, refer, nullable=bool(null))
                return {"type": "object", "additionalProperties": values}
            case LiteralType(text):
                return self.dialect.constant(json.loads(text))
            case UnionOf(members, discriminator, exclusive):
                return {
                    "oneOf" if exclusive else "anyOf": [
                        self.schema(member, refer) for member in members
                    ],
                    **discriminated(discriminator, refer),
                }
            case AnyType():
                return {}
            case StreamType():
                return {"type": "string", "format": "binary"}

    def _scalar(self, kind: ScalarKind, format_: str) -> Schema:
        """Give the schema of a scalar. In an OpenAPI document of their own, numbers that
        are not said to be of a certain size have no format."""
        if kind is Kind.BINARY and not format_:
            return self.dialect.bytes()
        found = dict(_SCALARS[kind])
        if self._of_requests and kind in _UNSAID:
            del found["format"]
        return {**found, "format": format_} if format_ else found

    # --- definitions

    def enum(self, enum: Enum) -> Schema:
        """Give the schema of an enumeration.

        Flags are written with commas between them (CSDL 4.01 section 10.3).
        """
        names = [member.name for member in enum.members]
        found: Schema = {"type": "string"}
        if enum.is_numeric:
            found = {"type": "integer", "enum": [int(name) for name in names]}
        elif enum.is_flags and names:
            one = "|".join(map(re.escape, names))
            found["pattern"] = f"^({one})(,({one}))*$"
        elif names:
            found["enum"] = names
        labels = [member.label for member in enum.members]
        if any(labels):
            found["x-enum-varnames"] = labels
        said = self.dialect.said(enum.doc, enum.deprecation)
        words = [member.doc.summary for member in enum.members]
        if any(words) and "x-enum-descriptions" not in said:
            found["x-enum-descriptions"] = words
        if self._microsoft:
            found.update(of_enum(enum))
        return {**found, **said}

    def alias(self, alias: Alias) -> Schema:
        """Give the schema of a type that is a name for another."""
        found = self.schema(
            alias.type, nullable=alias.nullable, constraints=alias.constraints
        )
        said = self.dialect.said(alias.doc, alias.deprecation)
        return self.dialect.with_more(found, said)

    def property(self, member: Property, refer: Reference = schema_reference) -> Schema:
        """Give the schema of a property."""
        found = self.schema(
            member.type,
            refer,
            nullable=member.nullable,
            constraints=member.constraints,
        )
        more = self.dialect.said(member.doc, member.deprecation)
        if member.default is not None:
            more["default"] = self.value(member.default, member.type)
        if member.access is Access.READ:
            more["readOnly"] = True
        elif member.access is Access.WRITE:
            more["writeOnly"] = True
        return self.dialect.with_more(found, more)

    # --- values

    def value(self, text: str, ref: TypeRef) -> Json:
        """Give a value that CSDL or a reader has as a text (a string stands bare); what
        JSON has no number for stays one (OData JSON Format 4.01 section 7.1)."""
        settled = settle(ref, self.types)
        if isinstance(settled, ListOf) and not text.startswith("["):
            settled = settle(settled.item, self.types)
        if isinstance(settled, Scalar) and settled.kind not in _IN_JSON:
            return text
        if isinstance(settled, Named):
            definition = self.types.get(settled.id)
            if isinstance(definition, Enum) and not definition.is_numeric:
                return text
        try:
            found = json.loads(text)
            json.dumps(found, allow_nan=False)
        except ValueError:
            return text
        return found


_IN_JSON: Final = frozenset(
    kind for kind, schema in _SCALARS.items() if schema["type"] != "string"
)


def discriminated(discriminator: Discriminator | None, refer: Reference) -> Schema:
    """Give the discriminator of a union or of a base type."""
    if discriminator is None:
        return {}
    found: Schema = {"propertyName": discriminator.property}
    if discriminator.mapping:
        found["mapping"] = {
            value: refer(type_id)["$ref"] for value, type_id in discriminator.mapping
        }
    return {"discriminator": found}
