"""Structures of OData: one schema for reading, others for making and changing.

After section 4.6 of OASIS's "OData to OpenAPI Mapping": what is made lacks what the service computes, what
is changed lacks the key and what is immutable besides. Where these forms say the same as
the one for reading, that one serves. Only what something refers to becomes a component.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property, partial

from generator.emitters.openapi.dialect import Schema
from generator.emitters.openapi.schemas import Schemas, schema_reference
from generator.emitters.structure import Structure
from generator.model import (
    Access,
    Alias,
    Api,
    Enum,
    ListOf,
    Named,
    Property,
    StreamType,
    Struct,
    TypeRef,
    named_types,
)

COUNT = "count"
BIND = "entityReference"
TYPE = "@odata.type"


class Form(StrEnum):
    """What a schema is for; the value is what its name has behind that of the type."""

    READ = ""
    CREATE = "-create"
    UPDATE = "-update"


class Structures:
    """Writes the structured types of an OData service, each when it is first asked
    for."""

    def __init__(self, api: Api, schemas: Schemas, structure: Structure) -> None:
        self._types = api.types
        self._schemas = schemas
        self._derived = structure.derived
        self._waiting: list[tuple[str, Form]] = []
        # whether a type is a value somewhere, or only what others stand on
        self._asked: dict[tuple[str, Form], bool] = {}
        self.used: set[str] = set()

    # --- references

    def schema(
        self, ref: TypeRef, form: Form = Form.READ, *, nullable: bool = False
    ) -> Schema:
        """Give the schema of a value in a form."""
        return self._schemas.schema(ref, partial(self.refer, form), nullable=nullable)

    def refer(self, form: Form, type_id: str, *, is_value: bool = True) -> Schema:
        """Refer to the schema of a type in the form that serves."""
        actual = form if type_id in self._differing[form] else Form.READ
        self._ask(type_id, actual, is_value=is_value)
        return schema_reference(f"{type_id}{actual}")

    def use(self, name: str) -> Schema:
        """Refer to one of the schemas that are no types: the count, a link."""
        self.used.add(name)
        return schema_reference(name)

    def _ask(self, type_id: str, form: Form, *, is_value: bool) -> None:
        key = (type_id, form)
        if key not in self._asked or (is_value and not self._asked[key]):
            self._asked[key] = is_value
            self._waiting.append(key)

    # --- which forms there are

    @cached_property
    def _differing(self) -> Mapping[Form, frozenset[str]]:
        """The types whose form for making or changing is another than that for reading:
        by themselves, or by what they are made of."""
        holders = self._holders
        found: dict[Form, frozenset[str]] = {Form.READ: frozenset()}
        for form in (Form.CREATE, Form.UPDATE):
            waiting = [
                struct.id
                for struct in self._structs()
                if self._is_different(struct, form)
            ]
            differing: set[str] = set()
            while waiting:
                type_id = waiting.pop()
                if type_id not in differing:
                    differing.add(type_id)
                    waiting += holders[type_id]
            found[form] = frozenset(differing)
        return found

    @cached_property
    def _holders(self) -> Mapping[str, list[str]]:
        """The types that stand on a type or have a value of it, by its id."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for struct in self._structs():
            if struct.base is not None:
                found[struct.base].append(struct.id)
                # a value of the base may be one of the derived type
                found[struct.id].append(struct.base)
            for member in struct.properties:
                for type_id in named_types(member.type):
                    found[type_id].append(struct.id)
        return found

    def _structs(self) -> Iterator[Struct]:
        for definition in self._types.values():
            if isinstance(definition, Struct):
                yield definition

    def _is_different(self, struct: Struct, form: Form) -> bool:
        keys = self._keys(struct)
        return any(
            member.navigation is not None
            or not _is_written(member, form, keys)
            or (member.required and form is Form.CREATE)
            for member in struct.properties
        )

    def _keys(self, struct: Struct) -> frozenset[str]:
        return frozenset(part.path for part in struct.key)

    # --- definitions

    def components(self) -> dict[str, Schema]:
        """Give everything that was asked for, and what that refers to, by name."""
        found: dict[str, Schema] = {}
        while self._waiting:
            type_id, form = self._waiting.pop()
            found[f"{type_id}{form}"] = self._component(type_id, form)
        return dict(sorted(found.items()))

    def _component(self, type_id: str, form: Form) -> Schema:
        definition = self._types[type_id]
        if isinstance(definition, Enum):
            return {"title": _plain(type_id), **self._schemas.enum(definition)}
        if isinstance(definition, Alias):
            return {"title": _plain(type_id), **self._schemas.alias(definition)}
        return self._struct(definition, form)

    def _struct(self, struct: Struct, form: Form) -> Schema:
        own: Schema = {"type": "object"}
        properties = dict(self._properties(struct, form))
        derived = self._asked[struct.id, form] and struct.id in self._derived
        if derived:
            properties = {TYPE: {"type": "string"}, **properties}
        if properties:
            own["properties"] = properties
        required = [
            member.name
            for member in struct.properties
            if member.required and member.name in properties
        ]
        if required and form is Form.CREATE:
            own["required"] = required
        if derived:
            own["discriminator"] = self._discriminator(struct, form)
        said = self._schemas.dialect.said(struct.doc, struct.deprecation)
        title = _plain(struct.id) + _PURPOSE[form]
        if struct.base not in self._types or struct.base is None:
            return {"title": title, **own, **said}
        base = self.refer(form, struct.base, is_value=False)
        return {"title": title, "allOf": [base, own], **said}

    def _discriminator(self, struct: Struct, form: Form) -> Schema:
        """Name every type that a value may be of (OData JSON Format 4.01 section
        4.6.3)."""
        types = [struct.id, *self._descendants(struct.id)]
        mapping = {
            f"#{type_id}": self.refer(form, type_id, is_value=False)["$ref"]
            for type_id in types
        }
        return {"propertyName": TYPE, "mapping": mapping}

    def _descendants(self, type_id: str) -> Iterator[str]:
        for each in self._derived.get(type_id, ()):
            yield each
            yield from self._descendants(each)

    def _properties(self, struct: Struct, form: Form) -> Iterator[tuple[str, Schema]]:
        keys = self._keys(struct)
        for member in struct.properties:
            if isinstance(member.type, StreamType):
                continue
            if member.navigation is not None:
                yield from self._navigation(member, form)
            elif _is_written(member, form, keys):
                refer = partial(self.refer, form)
                yield member.name, self._schemas.property(member, refer)

    def _navigation(self, member: Property, form: Form) -> Iterator[tuple[str, Schema]]:
        """What is related is read where it is expanded, made along with what contains
        it, and otherwise linked (OData 4.01 Protocol sections 11.4.2.1 and 11.4.2.2).
        """
        many = isinstance(member.type, ListOf)
        if form is Form.READ:
            refer = partial(self.refer, form)
            yield member.name, self._schemas.property(member, refer)
            if many:
                yield f"{member.name}@odata.count", self.use(COUNT)
        elif form is Form.CREATE and member.navigation and member.navigation.contains:
            refer = partial(self.refer, form)
            yield member.name, self._schemas.property(member, refer)
        elif form is Form.CREATE:
            link = self.use(BIND)
            yield (
                f"{member.name}@odata.bind",
                {"type": "array", "items": link} if many else link,
            )


_PURPOSE: Mapping[Form, str] = {
    Form.READ: "",
    Form.CREATE: " (for create)",
    Form.UPDATE: " (for update)",
}


def _plain(type_id: str) -> str:
    return type_id.rpartition(".")[2]


def _is_written(member: Property, form: Form, keys: frozenset[str]) -> bool:
    """Say whether a property, which is no relationship, has a place in a form."""
    if form is Form.READ:
        return member.access is not Access.WRITE
    if member.computed or member.access is Access.READ:
        return False
    return form is Form.CREATE or not (member.immutable or member.name in keys)


def common_schemas(names: set[str]) -> Iterator[tuple[str, Schema]]:
    """Give the schemas that every service has alike (section 4.6)."""
    if COUNT in names:
        yield (
            COUNT,
            {
                "type": "integer",
                "minimum": 0,
                "description": "The number of items in the collection, where $count=true "
                "asks for it.",
            },
        )
    if BIND in names:
        yield (
            BIND,
            {
                "type": "string",
                "format": "uri-reference",
                "description": "The address of an existing entity that is to be linked.",
            },
        )
    text = {"type": "string"}
    detail = {"code": text, "message": text, "target": text}
    yield (
        "error",
        {
            "type": "object",
            "required": ["error"],
            "properties": {
                "error": {
                    "type": "object",
                    "required": ["code", "message"],
                    "properties": {
                        **detail,
                        "details": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "required": ["code", "message"],
                                "properties": detail,
                            },
                        },
                        "innererror": {
                            "type": "object",
                            "description": "What only this service says of the fault.",
                        },
                    },
                }
            },
        },
    )
