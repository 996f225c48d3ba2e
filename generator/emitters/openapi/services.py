"""Services: the paths and components of an OData service.

After sections 4.5 and 4.6 of OASIS's "OData to OpenAPI Mapping"; which paths there are
is decided by the pass `request_lines`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from generator.emitters.openapi import microsoft
from generator.emitters.openapi.dialect import (
    Dialect,
    Json,
    Schema,
    described,
    external,
)
from generator.emitters.openapi.examples import Examples
from generator.emitters.openapi.options import Options
from generator.emitters.openapi.parts import Parts, said_of_operation
from generator.emitters.openapi.query_options import QueryOptions
from generator.emitters.openapi.schemas import Schemas, reference
from generator.emitters.openapi.security import Security
from generator.emitters.openapi.structures import (
    COUNT,
    Form,
    Structures,
    common_schemas,
)
from generator.emitters.structure import Structure
from generator.model import (
    Api,
    ListOf,
    MapOf,
    Named,
    Operation,
    OperationKind,
    Parameter,
    ParameterIn,
    RequestLine,
    RequestPath,
    Response,
    StreamType,
    Struct,
    TypeRef,
    settle,
)

Kind = OperationKind

SERVICE_TAG: Final = "Service Operations"

_FORMS: Final = {
    Kind.CREATE: Form.CREATE,
    Kind.UPDATE: Form.UPDATE,
    Kind.REPLACE: Form.UPDATE,
}
_DONE: Final = {"description": "Done; there is nothing to say."}
_FAULTS: Final = ("4XX", "5XX")


class Service:
    """Writes the operations of a service, and then the components they refer to."""

    def __init__(self, api: Api, options: Options, dialect: Dialect) -> None:
        self._api = api
        self._options = options
        self._schemas = Schemas(api.types, dialect, microsoft=options.ms_extensions)
        self._structure = Structure(api)
        self._structures = Structures(api, self._schemas, self._structure)
        self._parts = Parts(self._schemas, partial(self._structures.refer, Form.READ))
        self._query = QueryOptions(api, self._structure)
        self._examples = Examples(api)
        self._responses: dict[str, Json] = {}
        self.security = Security(api, dialect)

    # --- paths

    def paths(self, lines: Sequence[RequestLine]) -> dict[str, Json]:
        """Give the paths object; what two lines would both say, the first says."""
        found: dict[str, dict[str, Json]] = {}
        for line in lines:
            item = found.get(line.path)
            if item is None:
                item = found[line.path] = self._path_item(line)
            method = line.operation.method.lower()
            if method not in item:
                item[method] = self._operation(line)
        return found

    def tags(self, lines: Sequence[RequestLine]) -> list[Json]:
        """Give the tags: the entity sets and singletons (section 4.4)."""
        used = dict.fromkeys(line.root for line in lines)
        tags: list[Json] = []
        for link in self._api.links:
            if link.name in used:
                tags.append({"name": link.name, **described(link.doc)})
        return [*tags, {"name": SERVICE_TAG}] if "" in used else tags

    def _operation(self, line: RequestLine) -> Json:
        operation = line.operation
        found: Json = {
            "operationId": operation_id(line),
            **said_of_operation(operation),
            "tags": [line.root or SERVICE_TAG],
        }
        if "summary" not in found:
            found["summary"] = _summary(line)
        if operation.deprecation is not None and operation.deprecation.description:
            texts = (found.get("description"), operation.deprecation.description)
            found["description"] = "\n\n".join([text for text in texts if text])
        found.update(external(operation.doc))
        parameters = [*self._parameters(line), *self._query.of(line)]
        if parameters:
            found["parameters"] = parameters
        body = self._body(operation)
        if body:
            found["requestBody"] = body
        found["responses"] = self._answers(operation)
        permissions = self._permissions(line)
        if permissions:
            found["security"] = permissions
        if self._options.ms_extensions:
            found.update(microsoft.of_operation(operation))
        return found

    def _path_item(self, line: RequestLine) -> dict[str, Json]:
        """Give a path item with the parameters of its template."""
        parameters = [
            self._parts.parameter(parameter)
            for parameter in line.parameters
            if parameter.place is ParameterIn.PATH
        ]
        return {"parameters": parameters} if parameters else {}

    def _permissions(self, line: RequestLine) -> list[Json]:
        operation = line.operation
        found = operation.permissions
        if not found and self._api.path_permissions.grants:
            place = RequestPath(
                line.place, contained=True, steps=(), rank=(0, 0, 0, ())
            )
            found = self._api.path_permissions.of_operation(operation, place)
        return self.security.permissions(found)

    def _parameters(self, line: RequestLine) -> Iterator[Json]:
        """Give the parameters beside those of the path."""
        for parameter in (*line.parameters, *line.operation.parameters):
            if parameter.place in (ParameterIn.HEADER, ParameterIn.QUERY):
                yield self._parts.parameter(parameter)

    # --- bodies

    def _body(self, operation: Operation) -> Json:
        """Give what is sent: an entity, the parameters of an action, bytes."""
        if operation.body is None:
            given = [p for p in operation.parameters if p.place is ParameterIn.BODY]
            return self._arguments(operation, given) if given else {}
        body = operation.body
        if operation.kind is Kind.CREATE and self._is_media(body.type):
            return self._content("*/*", {"type": "string", "format": "binary"})
        form = _FORMS.get(operation.kind, Form.READ)
        return self._content(
            body.media_type,
            self._structures.schema(body.type, form),
            self._examples.of_type(body.type, form),
        )

    def _content(
        self, media_type: str, schema: Schema, examples: Json | None = None
    ) -> Json:
        content = {media_type: {"schema": schema, **(examples or {})}}
        return {"required": True, "content": content}

    def _is_media(self, ref: TypeRef) -> bool:
        """Say whether an entity is made by sending the bytes that it describes (OData
        4.01 Protocol section 11.4.7.1)."""
        return isinstance(ref, Named) and any(
            struct.has_stream for struct in self._structure.chain(ref.id)
        )

    def _arguments(self, operation: Operation, parameters: Sequence[Parameter]) -> Json:
        refer = partial(self._structures.refer, Form.CREATE)
        properties: dict[str, Schema] = {}
        for parameter in parameters:
            properties[parameter.name] = self._parts.value(parameter, refer)
        schema: Schema = {"type": "object", "properties": properties}
        required = [p.name for p in parameters if p.required and not p.nullable]
        if required:
            schema["required"] = required
        examples = self._examples.of_arguments(operation)
        content = {"application/json": {"schema": schema, **examples}}
        return {"required": bool(required), "content": content}

    # --- answers

    def _answers(self, operation: Operation) -> Json:
        found: dict[str, Json] = {}
        for response in operation.responses:
            if response.type is None:
                found[response.status] = dict(_DONE)
                continue
            status = "200" if response.status == "2XX" else response.status
            found[status] = self._answer(operation, response, response.type)
            if response.nullable:
                found["204"] = dict(_DONE)
        for status in _FAULTS:
            found[status] = reference("responses", "error")
        return found

    def _answer(self, operation: Operation, response: Response, ref: TypeRef) -> Json:
        settled = settle(ref, self._api.types)
        if isinstance(settled, StreamType) or not response.media_type.endswith("json"):
            schema = self._structures.schema(ref)
            content = {response.media_type: {"schema": schema}}
            return {"description": "The content.", "content": content}
        if isinstance(settled, ListOf):
            return self._collection(settled, is_delta=operation.delta)
        schema = self._structures.schema(ref)
        if not self._is_object(settled):
            # OData JSON Format 4.01 section 11
            schema = {"type": "object", "properties": {"value": schema}}
        content = {"schema": schema, **self._examples.of_type(settled, Form.READ)}
        text = _ANSWERS.get(operation.kind, "The result.")
        return {"description": text, "content": {"application/json": content}}

    def _is_object(self, ref: TypeRef) -> bool:
        if isinstance(ref, Named):
            return isinstance(self._api.types.get(ref.id), Struct)
        return isinstance(ref, MapOf)

    def _collection(self, ref: ListOf, *, is_delta: bool) -> Json:
        """Give a page of a collection; those of one type are written once."""
        item = ref.item
        suffix = "delta" if is_delta else "collection"
        name = f"{item.id}-{suffix}" if isinstance(item, Named) else ""
        if name and name in self._responses:
            return reference("responses", name)
        properties: dict[str, Schema] = {
            "@odata.count": self._structures.use(COUNT),
            "@odata.nextLink": {"type": "string", "format": "uri"},
            "value": self._structures.schema(ref),
        }
        if is_delta:
            properties["@odata.deltaLink"] = {"type": "string", "format": "uri"}
        schema = {"type": "object", "properties": properties}
        page = {
            "description": "A page of the items.",
            "content": {"application/json": {"schema": schema}},
        }
        if not name:
            return page
        self._responses[name] = page
        return reference("responses", name)

    # --- components

    def components(self) -> dict[str, Json]:
        """Give what the operations refer to."""
        self._responses["error"] = {
            "description": "What went wrong.",
            "content": {"application/json": {"schema": reference("schemas", "error")}},
        }
        schemas = self._structures.components()
        for name, schema in common_schemas(self._structures.used):
            schemas.setdefault(name, schema)
        found = {
            "schemas": schemas,
            "parameters": self._query.components(),
            "responses": dict(sorted(self._responses.items())),
            "examples": self._examples.components(),
            "securitySchemes": self.security.components(),
        }
        return {name: section for name, section in found.items() if section}


_ANSWERS: Final[Mapping[OperationKind, str]] = {
    Kind.READ: "The entity.",
    Kind.CREATE: "The entity that was made.",
    Kind.UPDATE: "The entity as it is now.",
    Kind.REPLACE: "The entity as it is now.",
}


def operation_id(line: RequestLine) -> str:
    """Give the id of an operation: the words of its path, and what is done there.

    It depends on nothing but the line, so that it stays the same whatever else there
    is.
    """
    operation = line.operation
    if operation.kind not in (Kind.ACTION, Kind.FUNCTION):
        words = [word.lstrip("$") for word in line.words]
        return ".".join([*words, operation.kind.value])
    name = operation.path[-1].partition("(")[0] if operation.path else operation.name
    names = [
        parameter.name
        for parameter in operation.parameters
        if parameter.place is ParameterIn.PATH
    ]
    called = "_".join([name, *names])
    # an action may be called "create", beside the creation of an entity
    kind = [operation.kind.value] if called in _KINDS else []
    return ".".join([*line.words, called, *kind])


_KINDS: Final = frozenset(kind.value for kind in OperationKind)


def _summary(line: RequestLine) -> str:
    """Say what an operation does where its source does not."""
    operation = line.operation
    if operation.kind in (Kind.ACTION, Kind.FUNCTION):
        return f"Call {operation.name.rpartition('.')[2]}"
    of = line.words[-2] if line.words[-1] == "item" else line.words[-1]
    one = f"one of {of}" if line.words[-1] == "item" else of
    return {
        Kind.LIST: f"List {of}",
        Kind.READ: f"Get {one}",
        Kind.CREATE: f"Add to {of}",
        Kind.UPDATE: f"Change {one}",
        Kind.REPLACE: f"Replace {one}",
        Kind.DELETE: f"Delete {one}",
        Kind.DOWNLOAD: f"Download {of}",
        Kind.UPLOAD: f"Upload {of}",
    }[operation.kind]
