"""Parameters and headers: what a caller gives beside the body, and what an answer has
beside its own (OpenAPI 3.1 sections 4.8.12 and 4.8.21).
"""

from __future__ import annotations

from generator.model import (
    AnyType,
    Doc,
    Parameter,
    ParameterIn,
    Scalar,
    ScalarKind,
)
from generator.readers.openapi.docs import default_text, read_deprecation, read_doc
from generator.readers.openapi.naming import Name
from generator.readers.openapi.nodes import Node
from generator.readers.openapi.schemas import Schemas
from generator.readers.openapi.spots import ANYTHING, Spot, Use

_STYLES = {
    ParameterIn.PATH: ("simple", "label", "matrix"),
    ParameterIn.QUERY: ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    ParameterIn.HEADER: ("simple",),
    ParameterIn.COOKIE: ("form", "cookie"),
}
_IGNORED_HEADERS = ("accept", "content-type", "authorization")


def read_parameter(schemas: Schemas, node: Node, owner: Name) -> Parameter | None:
    """Read a parameter; None, which is reported, for one that cannot be used."""
    reading = schemas.reading
    name, place = reading.text(node, "name"), reading.text(node, "in")
    if place == "querystring":
        message = "a parameter that is the whole query string is left out"
        reading.report("openapi-querystring", message, node)
        return None
    if not name or place not in _STYLES:
        message = f"a parameter needs a name and a place, found {name!r} in {place!r}"
        reading.report("openapi-missing", message, node)
        return None
    where = ParameterIn(place)
    if where is ParameterIn.HEADER and name.lower() in _IGNORED_HEADERS:
        return None
    if where is ParameterIn.HEADER and not reading.is_header(name, node):
        return None
    required = reading.flag(node, "required")
    return _make(schemas, node, name, where, _way(owner, name), required)


def _way(owner: Name, name: str) -> Name:
    """Give the name of a parameter's schema; a component has one of its own."""
    return owner / name if owner.steps or owner.kind == "operation" else owner


def read_header(schemas: Schemas, node: Node, name: str, owner: Name) -> Parameter:
    """Read a header of an answer or of a part of a body."""
    required = schemas.reading.flag(node, "required")
    return _make(schemas, node, name, ParameterIn.HEADER, _way(owner, name), required)


def missing_parameter(name: str) -> Parameter:
    """Give the parameter that a path has and nobody declares."""
    return Parameter(name, Scalar(ScalarKind.STRING), ParameterIn.PATH)


def _make(
    schemas: Schemas,
    node: Node,
    name: str,
    place: ParameterIn,
    way: Name,
    required: bool,
) -> Parameter:
    reading = schemas.reading
    media_type, use, schema = _value(schemas, node, way)
    default = schemas.remarks([schema]).get("default") if schema is not None else None
    doc = read_doc(reading, node)
    if schema is not None and doc == Doc():
        doc = schemas.doc(schema)
    return Parameter(
        name,
        use.type,
        place,
        required=required or place is ParameterIn.PATH,
        nullable=use.nullable and not isinstance(use.type, AnyType),
        default=default_text(default) if default is not None else None,
        constraints=use.constraints,
        style=_style(schemas, node, place),
        explode=reading.choice(node, "explode"),
        allow_reserved=reading.flag(node, "allowReserved"),
        media_type=media_type,
        doc=doc,
        deprecation=read_deprecation(reading, node),
        source=schemas.place(node),
    )


def _value(schemas: Schemas, node: Node, way: Name) -> tuple[str, Use, Node | None]:
    """Give the media type of a parameter, if it is written as a document, what its value
    is, and the schema that says so."""
    schema = node.get("schema")
    if schema is not None:
        return "", schemas.use(schema, Spot(way)), schema
    for media_type, content in schemas.reading.objects(node, "content"):
        schema = content.get("schema")
        use = schemas.use(schema, Spot(way)) if schema is not None else ANYTHING
        return media_type, use, schema
    return "", Use(Scalar(ScalarKind.STRING)), None


def _style(schemas: Schemas, node: Node, place: ParameterIn) -> str:
    style = schemas.reading.text(node, "style")
    if style and style not in _STYLES[place]:
        message = f"{style!r} is no style of a parameter in {place}"
        schemas.reading.report("openapi-value", message, node)
        return ""
    return style
