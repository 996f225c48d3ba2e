"""Swagger 2.0 on its way in: its documents made into those of OpenAPI 3.0.

Stands between the loading of documents and the reader, which knows nothing of it. What
moves is kept account of, so that places are those of the document as it was written.
What OpenAPI 3 has no words for is reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from generator.diagnostics import Diagnostics
from generator.model import Place
from generator.readers.codes import add
from generator.readers.documents import Changed, Loaded, Pointer
from generator.readers.openapi import swagger_parts as parts
from generator.readers.openapi.codes import CODES
from generator.readers.openapi.nodes import unescaped

__all__ = ["Converted", "convert", "is_swagger"]

_METHODS: Final = frozenset("get put post delete options head patch".split())
_JSON: Final = ("application/json",)
_URL_ENCODED: Final = "application/x-www-form-urlencoded"
_MULTIPART: Final = "multipart/form-data"
_KEPT: Final = ("info", "security", "tags", "externalDocs")
_NOT_KEPT: Final = frozenset({"consumes", "produces", "schemes", "parameters"})

Way = tuple[str | int, ...]


def is_swagger(value: object) -> bool:
    """Tell whether a document says that it is Swagger 2.0."""
    return isinstance(value, dict) and str(value.get("swagger")) in ("2.0", "2")


class Converted(Changed):
    """A document that was one of Swagger 2.0."""


def convert(document: Loaded, diagnostics: Diagnostics) -> Converted:
    """Give a Swagger 2.0 document as one of OpenAPI 3.0.

    Its places are those of the given document. References to other documents stay as
    they are.
    """
    conversion = _Conversion(document, diagnostics)
    return Converted(conversion.root(), document, conversion.place)


class _Conversion:
    """One document on its way; `_moved` says where what stands at a new pointer, and
    all below it, stood before."""

    def __init__(self, document: Loaded, diagnostics: Diagnostics) -> None:
        self._document = document
        self._diagnostics = diagnostics
        self._moved: dict[Way, Way] = {
            ("components", new): (old,) for old, new in parts.COMPONENTS.items()
        }
        self._value: dict[str, Any] = document.value
        self._parameters = _mapping(self._value.get("parameters"))

    def place(self, pointer: Pointer) -> Place:
        """Give where that stood which a pointer leads to now."""
        return self._document.place(self._before(tuple(pointer)))

    def root(self) -> dict[str, Any]:
        """Give the whole document."""
        value = self._value
        made: dict[str, Any] = {"openapi": "3.0.4"}
        self._moved["openapi",] = ("swagger",)
        made |= {key: value[key] for key in _KEPT if key in value}
        made |= {key: value[key] for key in value if key.startswith("x-")}
        servers = self._servers(value.get("schemes"))
        if servers:
            made["servers"] = servers
            self._moved["servers",] = ("host",) if "host" in value else ("basePath",)
        made["paths"] = self._paths(value.get("paths"))
        components = dict(self._components())
        if components:
            made["components"] = components
        return made

    def _servers(self, schemes: Any) -> list[dict[str, str]]:
        """Give the servers that schemes, host and basePath make."""
        host, base = self._value.get("host"), self._value.get("basePath")
        path = base.rstrip("/") if isinstance(base, str) else ""
        if isinstance(host, str) and host:
            names = _texts(schemes) or ("https",)
            return [{"url": f"{scheme}://{host}{path}"} for scheme in names]
        return [{"url": path}] if path else []

    def _components(self) -> Iterator[tuple[str, Any]]:
        definitions = self._value.get("definitions")
        if definitions is not None:
            yield "schemas", self._schemas(definitions)
        parameters = {
            name: self._parameter(value, ("parameters", name))
            for name, value in self._parameters.items()
            if not _is_of_body(value)
        }
        for name in parameters:
            way = ("components", "parameters", name)
            self._moved[*way, "schema"] = ("parameters", name)
        if parameters:
            yield "parameters", parameters
        responses = self._value.get("responses")
        if responses is not None:
            produces = _texts(self._value.get("produces"))
            yield "responses", {
                name: self._response(value, produces, ("components", "responses", name))
                for name, value in _mapping(responses).items()
            }
        schemes = _mapping(self._value.get("securityDefinitions"))
        if schemes:
            made = {name: parts.security_scheme(each) for name, each in schemes.items()}
            yield "securitySchemes", made

    def _schemas(self, definitions: Any) -> Any:
        if not isinstance(definitions, dict):
            return definitions
        mappings = parts.mappings(definitions)
        made = {name: parts.schema(value) for name, value in definitions.items()}
        for name, mapping in mappings.items():
            discriminator = _mapping(made.get(name)).get("discriminator")
            if isinstance(discriminator, dict):
                discriminator["mapping"] = mapping
        return made

    def _paths(self, paths: Any) -> Any:
        if not isinstance(paths, dict):
            return paths
        return {
            path: item if path.startswith("x-") else self._item(item, ("paths", path))
            for path, item in paths.items()
        }

    def _item(self, item: Any, way: Way) -> Any:
        """Give a path item; what it says of bodies is for its operations to say."""
        if not isinstance(item, dict):
            return item
        shared = self._given(item, way)
        made: dict[str, Any] = {}
        for key, value in item.items():
            if key == "parameters":
                found = [each for each in shared if not _is_of_body(each[0])]
                made[key] = self._list_of_parameters(found, (*way, key))
            elif key in _METHODS and isinstance(value, dict):
                bodies = [each for each in shared if _is_of_body(each[0])]
                made[key] = self._operation(value, (*way, key), bodies)
            else:
                made[key] = value
        return made

    def _given(self, holder: dict[str, Any], way: Way) -> list[tuple[Any, Way]]:
        """Give the parameters of a path item or an operation with the ways to them;
        those that a body will be made of are followed to where they are defined."""
        found: list[tuple[Any, Way]] = []
        for number, value in enumerate(_sequence(holder.get("parameters"))):
            reference = value.get("$ref") if isinstance(value, dict) else None
            name = str(reference).removeprefix("#/parameters/")
            target = self._parameters.get(unescaped(name))
            if isinstance(reference, str) and _is_of_body(target):
                found.append((target, ("parameters", name)))
            else:
                found.append((value, (*way, "parameters", number)))
        return found

    def _operation(
        self, value: dict[str, Any], way: Way, shared: list[tuple[Any, Way]]
    ) -> dict[str, Any]:
        made = {key: value[key] for key in value if key not in _NOT_KEPT}
        given = self._given(value, way)
        own = {_identity(each) for each, _ in given}
        bodies = [each for each in shared if _identity(each[0]) not in own]
        bodies += [each for each in given if _is_of_body(each[0])]
        if "parameters" in value:
            others = [each for each in given if not _is_of_body(each[0])]
            made["parameters"] = self._list_of_parameters(others, (*way, "parameters"))
        if bodies:
            consumes = _texts(value.get("consumes", self._value.get("consumes")))
            made["requestBody"] = self._body(bodies, consumes, (*way, "requestBody"))
        servers = self._servers(value["schemes"]) if "schemes" in value else []
        if servers:
            made["servers"] = servers
            self._moved[*way, "servers"] = (*way, "schemes")
        if isinstance(value.get("responses"), dict):
            made["responses"] = self._responses(value, (*way, "responses"))
        return made

    def _responses(self, operation: dict[str, Any], way: Way) -> dict[str, Any]:
        produces = _texts(operation.get("produces", self._value.get("produces")))
        shared = _mapping(self._value.get("responses"))
        made: dict[str, Any] = {}
        for status, value in operation["responses"].items():
            reference = value.get("$ref") if isinstance(value, dict) else None
            name = str(reference).removeprefix("#/responses/")
            if "produces" in operation and name in shared:
                # a shared one is of the media types of the whole document
                self._moved[*way, status] = ("responses", name)
                made[status] = self._response(shared[name], produces, (*way, status))
            elif status.startswith("x-"):
                made[status] = value
            else:
                made[status] = self._response(value, produces, (*way, status))
        return made

    def _response(self, value: Any, produces: Sequence[str], way: Way) -> Any:
        """Give a response (section Response Object), its content by media type."""
        if not isinstance(value, dict):
            return value
        if isinstance(value.get("$ref"), str):
            return {"$ref": parts.new_reference(value["$ref"])}
        moved = {"schema", "examples", "headers"}
        made = {key: value[key] for key in value if key not in moved}
        if isinstance(value.get("headers"), dict):
            headers = value["headers"]
            made["headers"] = {name: parts.header(headers[name]) for name in headers}
        examples = _mapping(value.get("examples"))
        types = list(produces) or list(examples) or list(_JSON)
        if _mapping(value.get("schema")).get("type") == "file" and not produces:
            types = ["application/octet-stream"]
        if "schema" in value or examples:
            old = self._before(way)
            content: dict[str, Any] = {}
            for media_type in dict.fromkeys((*types, *examples)):
                content[media_type] = entry = {}
                if "schema" in value:
                    entry["schema"] = parts.schema(value["schema"])
                if media_type in examples:
                    entry["example"] = examples[media_type]
                at = (*way, "content", media_type)
                self._moved[*at, "schema"] = (*old, "schema")
                self._moved[*at, "example"] = (*old, "examples", media_type)
            made["content"] = content
        return made

    def _before(self, way: Way) -> Way:
        """Give where that stood which stands at a new pointer."""
        for length in range(len(way), 0, -1):
            if way[:length] in self._moved:
                return (*self._moved[way[:length]], *way[length:])
        return way

    def _list_of_parameters(self, given: list[tuple[Any, Way]], way: Way) -> list[Any]:
        made = []
        for number, (value, old) in enumerate(given):
            self._moved[*way, number] = old
            self._moved[*way, number, "schema"] = old
            made.append(self._parameter(value, old))
        return made

    def _parameter(self, value: Any, old: Way) -> Any:
        """Give a parameter that is not of the body (section Parameter Object)."""
        if not isinstance(value, dict):
            return value
        if isinstance(value.get("$ref"), str):
            return {"$ref": parts.new_reference(value["$ref"])}
        made = parts.without_schema(value)
        made |= self._style(value, str(value.get("in")), old)
        made["schema"] = parts.schema_of(value)
        return made

    def _style(self, value: dict[str, Any], place: str, old: Way) -> dict[str, Any]:
        found = parts.style(value, place)
        if found is None:
            message = (
                f"OpenAPI 3 has no word for the collectionFormat"
                f" {value.get('collectionFormat')!r} in {place}; taken for csv"
            )
            where = self._document.place((*old, "collectionFormat"))
            add(self._diagnostics, CODES, "openapi-swagger", message, where)
            return parts.style({**value, "collectionFormat": "csv"}, place) or {}
        return found

    def _body(
        self, given: list[tuple[Any, Way]], consumes: Sequence[str], way: Way
    ) -> dict[str, Any]:
        """Make the body of its one parameter, or of the fields of a form."""
        for value, old in given:
            if value["in"] == "body":
                self._moved[way] = old
                body = {k: value[k] for k in value if k not in ("name", "in", "schema")}
                schema = parts.schema(value.get("schema", {}))
                types = consumes or _JSON
                body["content"] = {each: {"schema": schema} for each in types}
                for each in types:
                    self._moved[*way, "content", each, "schema"] = (*old, "schema")
                return body
        return self._form(given, consumes, way)

    def _form(
        self, given: list[tuple[Any, Way]], consumes: Sequence[str], way: Way
    ) -> dict[str, Any]:
        has_file = any(value.get("type") == "file" for value, _ in given)
        types = [each for each in consumes if each in (_URL_ENCODED, _MULTIPART)]
        if has_file or not types:
            types = [_MULTIPART if has_file else _URL_ENCODED]
        self._moved[way] = given[0][1]
        properties: dict[str, Any] = {}
        encoding: dict[str, Any] = {}
        for value, old in given:
            name = str(value.get("name"))
            said = parts.without_schema(value)
            kept = [k for k in said if k == "description" or k.startswith("x-")]
            properties[name] = {**parts.schema_of(value), **{k: said[k] for k in kept}}
            found = self._style(value, "query", old)
            if found:
                encoding[name] = found
            for each in types:
                at = (*way, "content", each, "schema", "properties", name)
                self._moved[at] = old
        required = [str(v.get("name")) for v, _ in given if v.get("required") is True]
        schema: dict[str, Any] = {"type": "object", "properties": properties}
        entry: dict[str, Any] = {"schema": schema}
        if required:
            schema["required"] = required
        if encoding:
            entry["encoding"] = encoding
        body: dict[str, Any] = {"content": {each: entry for each in types}}
        if required:
            body["required"] = True
        return body


def _is_of_body(parameter: Any) -> bool:
    return _mapping(parameter).get("in") in ("body", "formData")


def _identity(parameter: Any) -> tuple[Any, ...]:
    """Give what makes two parameters one: an operation's replaces its path's."""
    value = _mapping(parameter)
    place = value.get("in")
    # there is one body, whatever its name
    return ("body",) if place == "body" else (str(place), str(value.get("name")))


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _sequence(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(each for each in _sequence(value) if isinstance(each, str))
