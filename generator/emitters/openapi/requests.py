"""Requests: the paths and components of an API that came from an OpenAPI document.

The way back: what the reader made of a document is written as one that says the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.emitters.openapi.dialect import (
    Dialect,
    Json,
    Schema,
    described,
    extensions,
    external,
    prose,
)
from generator.emitters.openapi.parts import Parts, media_type, said_of_operation
from generator.emitters.openapi.schemas import (
    Schemas,
    component_name,
    discriminated,
    schema_reference,
)
from generator.emitters.openapi.security import Security
from generator.emitters.openapi.servers import servers
from generator.model import Api, Body, Enum, Operation, Response, Struct, Tag, TypeDef
from generator.model import Alias as AliasType


class Requests:
    """Writes the operations and types of an Api of the protocol HTTP."""

    def __init__(self, api: Api, dialect: Dialect) -> None:
        self._api = api
        self._dialect = dialect
        self._schemas = Schemas(api.types, dialect, of_requests=True)
        self._parts = Parts(self._schemas)
        self.security = Security(api, dialect)

    # --- paths

    def paths(self) -> dict[str, Json]:
        """Give the paths object."""
        found: dict[str, dict[str, Json]] = {}
        for operation in self._operations():
            item = found.setdefault(operation.path[0], {})
            item[operation.method.lower()] = self._operation(operation)
        return found

    def _operations(self) -> Iterator[Operation]:
        yield from self._api.operations
        for resource in self._api.resources.values():
            yield from resource.operations

    def _operation(self, operation: Operation) -> Json:
        found: Json = {}
        if operation.name:
            found["operationId"] = operation.name
        found.update(said_of_operation(operation))
        found.update(external(operation.doc))
        if operation.tags:
            found["tags"] = list(operation.tags)
        if operation.parameters:
            found["parameters"] = [
                self._parts.parameter(each) for each in operation.parameters
            ]
        if operation.body is not None:
            bodies = (operation.body, *operation.other_bodies)
            found["requestBody"] = self._body(bodies)
        found["responses"] = self._responses(operation.responses)
        if operation.security is not None:
            found["security"] = self.security.requirements(operation.security)
        if operation.servers:
            found["servers"] = servers(operation.servers)
        return found

    def _body(self, bodies: Sequence[Body]) -> Json:
        first = bodies[0]
        found: Json = described(first.doc)
        if first.required:
            found["required"] = True
        found["content"] = {
            body.media_type: {
                **media_type(
                    self._schemas.schema(body.type, nullable=body.nullable), body.doc
                ),
                **self._parts.encodings(body.encodings),
            }
            for body in bodies
        }
        return {**found, **extensions(first.doc)}

    def _responses(self, responses: Sequence[Response]) -> Json:
        found: dict[str, Json] = {}
        for response in responses:
            answer = found.get(response.status)
            if answer is None:
                answer = found[response.status] = {
                    "description": prose(response.doc),
                    **self._parts.headers(response.headers),
                    **extensions(response.doc),
                }
            content = self._content(response)
            if content is not None:
                answer.setdefault("content", {})[response.media_type] = content
        return found

    def _content(self, response: Response) -> Json | None:
        """3.1 has no word for a sequence of items (itemSchema is of 3.2)."""
        if response.type is None and response.item_type is None:
            return None
        schema = None
        if response.type is not None:
            schema = self._schemas.schema(response.type, nullable=response.nullable)
        found = media_type(schema, response.doc)
        if response.item_type is not None:
            found["x-itemSchema"] = self._schemas.schema(response.item_type)
        return found

    # --- components

    def tags(self) -> list[Json]:
        """Give the tags that the document tells more of than their names."""
        return [self._tag(tag) for tag in self._api.tags]

    def _tag(self, tag: Tag) -> Json:
        doc = tag.doc
        return {
            "name": tag.name,
            **described(doc),
            **external(doc),
            **extensions(doc),
        }

    def components(self) -> dict[str, Json]:
        """Give the types and security schemes."""
        found = {
            "schemas": {
                component_name(type_id): self._definition(definition)
                for type_id, definition in self._api.types.items()
            },
            "securitySchemes": self.security.components(),
        }
        return {name: section for name, section in found.items() if section}

    def _definition(self, definition: TypeDef) -> Schema:
        if isinstance(definition, Enum):
            return self._schemas.enum(definition)
        if isinstance(definition, AliasType):
            return self._schemas.alias(definition)
        return self._struct(definition)

    def _struct(self, struct: Struct) -> Schema:
        own: Schema = {"type": "object"}
        properties = {
            member.name: self._schemas.property(member) for member in struct.properties
        }
        if properties or struct.base is None:
            own["properties"] = properties
        required = [member.name for member in struct.properties if member.required]
        if required:
            own["required"] = required
        if struct.open:
            more = struct.additional
            own["additionalProperties"] = (
                True if more is None else self._schemas.schema(more)
            )
        elif not properties and struct.base is None:
            # without it an object that has no properties would be any object
            own["additionalProperties"] = False
        own.update(discriminated(struct.discriminator, schema_reference))
        said = self._dialect.said(struct.doc, struct.deprecation)
        said.update(external(struct.doc))
        if struct.base is None:
            return {**own, **said}
        return {"allOf": [schema_reference(struct.base), own], **said}
