"""Parts of operations: parameters, headers, media types, what is said in words."""

from __future__ import annotations

import json
from collections.abc import Iterable

from generator.emitters.openapi.dialect import Json, Schema, described, extensions
from generator.emitters.openapi.schemas import Reference, Schemas, schema_reference
from generator.model import Doc, Encoding, Operation, Parameter, ParameterIn

_LONGEST_SUMMARY = 160


class Parts:
    """Writes the parts of operations; `refer` gives the references to types in them."""

    def __init__(self, schemas: Schemas, refer: Reference = schema_reference) -> None:
        self._schemas = schemas
        self._refer = refer

    def parameter(self, parameter: Parameter) -> Json:
        """Give a parameter object (OpenAPI 3.1 section 4.8.12)."""
        found: Json = {"name": parameter.name, "in": parameter.place.value}
        found.update(self._described(parameter))
        if parameter.place is ParameterIn.PATH:
            found["required"] = True
        return {**found, **self._content(parameter), **_examples(parameter.doc)}

    def header(self, parameter: Parameter) -> Json:
        """Give a header object, which has its name outside (section 4.8.21)."""
        return {
            **self._described(parameter),
            **self._content(parameter),
            **_examples(parameter.doc),
        }

    def _described(self, parameter: Parameter) -> Json:
        found: Json = described(parameter.doc)
        if parameter.required:
            found["required"] = True
        if parameter.deprecation is not None:
            found["deprecated"] = True
        if parameter.style:
            found["style"] = parameter.style
        if parameter.explode is not None:
            found["explode"] = parameter.explode
        if parameter.allow_reserved:
            found["allowReserved"] = True
        said = extensions(parameter.doc)
        return {**found, **{name: said[name] for name in said if _is_own(name)}}

    def _content(self, parameter: Parameter) -> Json:
        doc = parameter.doc
        more = {n: v for n, v in extensions(doc).items() if not _is_own(n)}
        if doc.title:
            more["title"] = doc.title
        schema = self._schemas.dialect.with_more(self.value(parameter), more)
        if parameter.media_type:
            return {"content": {parameter.media_type: {"schema": schema}}}
        return {"schema": schema}

    def value(self, parameter: Parameter, refer: Reference | None = None) -> Schema:
        """Give the schema of what a parameter holds."""
        found = self._schemas.schema(
            parameter.type,
            refer or self._refer,
            nullable=parameter.nullable,
            constraints=parameter.constraints,
        )
        if parameter.default is None:
            return found
        default = self._schemas.value(parameter.default, parameter.type)
        return self._schemas.dialect.with_more(found, {"default": default})

    def headers(self, headers: Iterable[Parameter]) -> Json:
        """Give headers by name, as a member of what has them."""
        found = {each.name: self.header(each) for each in headers}
        return {"headers": found} if found else {}

    def encodings(self, encodings: Iterable[Encoding]) -> Json:
        """Give how the properties of a form are written, as a member of its media
        type."""
        found: dict[str, Json] = {}
        for each in encodings:
            one: Json = {}
            if each.content_type:
                one["contentType"] = each.content_type
            if each.style:
                one["style"] = each.style
            if each.explode is not None:
                one["explode"] = each.explode
            found[each.property] = {**one, **self.headers(each.headers)}
        return {"encoding": found} if found else {}


def _is_own(name: str) -> bool:
    """Say whether what a parameter has beside the standard's own is of the parameter,
    and not a keyword of its schema."""
    return name.startswith("x-")


def media_type(schema: Schema | None, doc: Doc) -> Json:
    """Give a media type object with its examples (section 4.8.14)."""
    found = {} if schema is None else {"schema": schema}
    return {**found, **_examples(doc)}


def _examples(doc: Doc) -> Json:
    values = [json.loads(text) for text in doc.examples]
    if len(values) < 2:
        return {"example": values[0]} if values else {}
    names = ["example", *[f"example-{number}" for number in range(2, len(values) + 1)]]
    pairs = zip(names, values, strict=True)
    return {"examples": {name: {"value": value} for name, value in pairs}}


def said_of_operation(operation: Operation) -> Json:
    """Give what is said of an operation in words; a summary is short."""
    doc = operation.doc
    found: Json = {}
    is_short = len(doc.summary) <= _LONGEST_SUMMARY and "\n" not in doc.summary
    if doc.summary and (is_short or doc.description):
        found["summary"] = doc.summary
    text = doc.description or ("" if is_short else doc.summary)
    if text:
        found["description"] = text
    if operation.deprecation is not None:
        found["deprecated"] = True
    return {**found, **extensions(doc)}
