"""Contents: the bodies of requests and answers in their media types (OpenAPI 3.1
sections 4.8.13 to 4.8.17).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.model import (
    AnyType,
    Body,
    Doc,
    Encoding,
    Parameter,
    Response,
    Scalar,
    ScalarKind,
    StreamType,
    TypeRef,
)
from generator.readers.openapi.docs import read_doc
from generator.readers.openapi.naming import Name
from generator.readers.openapi.nodes import Node
from generator.readers.openapi.parameters import read_header
from generator.readers.openapi.schemas import Schemas
from generator.readers.openapi.spots import Spot, Use
from generator.statuses import phrase

_FORM = "application/x-www-form-urlencoded"
_CLASSES = {
    "1": "information",
    "2": "success",
    "3": "redirection",
    "4": "client-error",
    "5": "server-error",
}


def _essence(media_type: str) -> str:
    """Give a media type without its parameters (RFC 9110 section 8.3.1)."""
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Tell whether a media type is JSON or written in JSON."""
    return _essence(media_type).endswith(("/json", "+json"))


def rank(media_type: str) -> int:
    """Tell which of several media types to write a body in, the least first."""
    essence = _essence(media_type)
    if essence == "application/json":
        return 0
    if is_json(essence):
        return 1
    if essence == _FORM:
        return 2
    return 3 if essence.startswith("multipart/") else 4


def read_bodies(schemas: Schemas, node: Node, name: Name) -> Sequence[Body]:
    """Read a request's body in all its media types, the best one first."""
    reading = schemas.reading
    doc = read_doc(reading, node)
    required = reading.flag(node, "required")
    bodies = []
    for media_type, content, own_name in _contents(schemas, node, name):
        use = _use(schemas, content, media_type, own_name)
        if content.get("itemSchema") is not None:
            message = "a request that is a sequence of items is sent as bytes"
            reading.count("openapi-item-schema", message, content)
        bodies.append(
            Body(
                use.type if use is not None else _unsaid(media_type),
                media_type=media_type,
                required=required,
                nullable=use is not None and use.nullable,
                encodings=tuple(_encodings(schemas, content, name)),
                doc=_with_examples(schemas, doc, content),
            )
        )
    return sorted(bodies, key=lambda body: rank(body.media_type))


def _contents(
    schemas: Schemas, node: Node, name: Name
) -> Iterator[tuple[str, Node, Name]]:
    """Give the media types of a body with what each says, and the name of a schema that
    stands there: in all but the best one with what tells it from that."""
    found = list(schemas.reading.objects(node, "content"))
    best = min(found, key=lambda each: (rank(each[0]), each[0]), default=("", node))
    for media_type, content in found:
        own = name if media_type == best[0] else name / _kind(media_type)
        yield media_type, content, own


def _kind(media_type: str) -> str:
    """Give a media type in a word or two: "form", "multipart", "merge-patch"."""
    essence = _essence(media_type)
    if essence == _FORM:
        return "form"
    main, _, subtype = essence.partition("/")
    return main if main == "multipart" else subtype.partition("+")[0].split(".")[-1]


def _encodings(schemas: Schemas, content: Node, name: Name) -> Iterator[Encoding]:
    reading = schemas.reading
    for prop, node in reading.objects(content, "encoding"):
        yield Encoding(
            prop,
            content_type=reading.text(node, "contentType"),
            style=reading.text(node, "style"),
            explode=reading.choice(node, "explode"),
            headers=_headers(schemas, node, name / prop),
        )


def read_response(
    schemas: Schemas, node: Node, status: str, name: Name
) -> Iterator[Response]:
    """Read an answer: one Response for each media type, one without a type where there
    is none."""
    reading = schemas.reading
    headers = _headers(schemas, node, name)
    doc = read_doc(reading, node)
    found = False
    if reading.mapping(node, "links"):
        message = "links from an answer to further operations are left out"
        reading.count("openapi-links", message, node)
    for media_type, content, own_name in _contents(schemas, node, name):
        found = True
        use = _use(schemas, content, media_type, own_name)
        item = content.get("itemSchema")
        item_type = None
        if item is not None:
            item_type = schemas.use(item, Spot(own_name / "item")).type
        yield Response(
            status,
            use.type if use is not None else _unsaid(media_type),
            nullable=use is not None and use.nullable,
            media_type=media_type,
            item_type=item_type,
            headers=headers,
            doc=_with_examples(schemas, doc, content),
        )
    if not found:
        yield Response(status, headers=headers, doc=doc)


def _with_examples(schemas: Schemas, doc: Doc, content: Node) -> Doc:
    """Give what is said of a body with the examples of one media type."""
    examples = read_doc(schemas.reading, content).examples
    return replace(doc, examples=examples) if examples else doc


def _headers(schemas: Schemas, node: Node, name: Name) -> tuple[Parameter, ...]:
    return tuple(
        [
            read_header(schemas, child, header, owner_of(child, name))
            for header, child in schemas.reading.objects(node, "headers")
            if header.lower() != "content-type"
            and schemas.reading.is_header(header, child)
        ]
    )


def _use(schemas: Schemas, content: Node, media_type: str, name: Name) -> Use | None:
    """Give what is sent in a media type, None where nobody says."""
    schema = content.get("schema")
    if schema is None or schema.value in ({}, True):
        return None
    if media_type.lower().startswith("multipart/"):
        schemas.mark_stream(schema)
        return schemas.use(schema, Spot(name, as_stream=True))
    return schemas.use(schema, Spot(name, as_stream=not is_json(media_type)))


def _unsaid(media_type: str) -> TypeRef:
    """Give the type of a body that no schema describes."""
    essence = _essence(media_type)
    is_form = essence == _FORM or essence.startswith("multipart/")
    if is_json(essence) or is_form or essence == "*/*":
        return AnyType()
    if essence.startswith("text/") or essence.endswith(("/xml", "+xml")):
        return Scalar(ScalarKind.STRING)
    return StreamType()


def status_words(status: str) -> str:
    """Give a status in words: "404" is "not-found", "4XX" "client-error"."""
    words = phrase(int(status)) if status.isdecimal() else ""
    if words:
        return words.lower().replace(" ", "-")
    return _CLASSES.get(status[:1], "default")


def owner_of(node: Node, name: Name) -> Name:
    """Give the name of a component, or that of the place where something stands."""
    pointer = node.pointer
    if len(pointer) == 3 and pointer[0] == "components":
        kind = {"requestBodies": "request"}.get(str(pointer[1]))
        return Name(str(pointer[2]), kind=kind or str(pointer[1]).removesuffix("s"))
    return name
