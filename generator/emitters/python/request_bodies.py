"""How the body of an operation is given: as a value, or by keywords of its properties.

`requests` writes the rest of an operation. Keywords are offered where the body is an
object whose properties have names that no parameter has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from generator.emitters.python.calls import Writer
from generator.emitters.python.code import Code, identifier, literal
from generator.emitters.python.imports import Imports
from generator.emitters.python.layout import Group, Pair, Part, call, mapping
from generator.emitters.python.pytypes import one_of
from generator.emitters.python.request_answers import is_json, is_text
from generator.model import (
    Access,
    Body,
    Encoding,
    ListOf,
    Operation,
    Property,
    Scalar,
    ScalarKind,
    StreamType,
    Struct,
    TypeRef,
)

FORM = "application/x-www-form-urlencoded"

# What a body is called that is given as a value; the first that no property is called.
_NAMES = ("body", "request_body", "whole_request_body")


@dataclass(frozen=True, slots=True)
class Keyword:
    """A property of a body as a parameter of a method."""

    name: str
    property: Property


@dataclass(frozen=True, slots=True)
class BodyView:
    """A body: the name under which it is given as a value, and whether it has to be;
    `keywords` are None where it can be given only so. `has_choice`: callers may name
    the media type."""

    name: str
    required: bool
    keywords: tuple[Keyword, ...] | None
    has_choice: bool
    bodies: tuple[Body, ...]


def body_view(
    operation: Operation, taken: Collection[str], writer: Writer
) -> BodyView | None:
    """The view of a body; `taken` are the names of the parameters."""
    if operation.body is None:
        return None
    bodies = (operation.body, *operation.other_bodies)
    has_choice = len(bodies) > 1 or any("*" in each.media_type for each in bodies)
    ours = {*taken, "content_type"} if has_choice else set(taken)
    keywords = _keywords(bodies[0], ours, writer)
    used = {each.name for each in keywords or ()}
    name = next((name for name in _NAMES if name not in used), "")
    if not name:
        name, keywords = _NAMES[0], None
    return BodyView(name, operation.body.required, keywords, has_choice, bodies)


def value_annotation(view: BodyView, writer: Writer) -> str:
    """What the value of a body may be, in any of its media types."""

    def operands(imports: Imports) -> list[str]:
        return [
            kind for each in view.bodies for kind in _operands(each, writer, imports)
        ]

    return " | ".join(one_of(operands, writer.imports))


def _operands(body: Body, writer: Writer, imports: Imports) -> Iterator[str]:
    if _is_bytes(body, writer):
        kind = "AsyncContent" if writer.is_async else "Content"
        imports.add_checking(writer.runtime, "streams")
        yield f"streams.{kind}"
    elif _is_multipart(body):
        imports.add_checking("collections.abc", "Mapping")
        imports.add_checking("typing", "Any")
        if writer.types.struct(body.type) is not None:
            yield from writer.types.operands(body.type, imports)
        yield "Mapping[str, Any]"
    else:
        yield from writer.types.operands(body.type, imports, given=True)
    if body.nullable or writer.types.is_nullable(body.type):
        yield "None"


def _is_multipart(body: Body) -> bool:
    return body.media_type.startswith("multipart/")


def _is_bytes(body: Body, writer: Writer) -> bool:
    """Whether a body is content that nobody looks into."""
    ref = writer.types.settle(body.type)
    if _is_multipart(body) or body.media_type == FORM:
        return False
    if isinstance(ref, StreamType):
        return True
    if is_json(body.media_type):
        return False
    is_string = isinstance(ref, Scalar) and ref.kind is ScalarKind.STRING
    if is_text(body.media_type):
        return not is_string
    return body.media_type != "*/*"


def _keywords(
    body: Body, taken: Collection[str], writer: Writer
) -> tuple[Keyword, ...] | None:
    struct = writer.types.struct(body.type)
    if struct is None or _is_bytes(body, writer) or struct.abstract:
        return None
    names = writer.names.members(struct.id)
    found = tuple(
        Keyword(names[each.name], each)
        for each in _properties(struct, writer)
        if not (each.computed or each.access is Access.READ)
    )
    used = {each.name for each in found}
    if not found or used & set(taken):
        return None
    return tuple(sorted(found, key=lambda each: not _is_required(each.property)))


def _is_required(prop: Property) -> bool:
    return prop.required and not prop.computed


def _properties(struct: Struct, writer: Writer) -> Iterable[Property]:
    """The properties of a structured type, inherited ones first."""
    line = (struct, *writer.types.bases(struct))
    found = {each.name: each for part in reversed(line) for each in part.properties}
    return found.values()


def keyword_parameter(keyword: Keyword, body: Body, writer: Writer) -> str:
    """The parameter that gives a property of a body."""
    prop = keyword.property
    ref = writer.types.settle(prop.type)
    is_multipart = _is_multipart(body)
    if is_multipart and _is_file(ref, writer):
        writer.imports.add_checking(writer.runtime, "multipart")
        annotation = "multipart.FilePart"
        if isinstance(ref, ListOf):
            writer.imports.add_checking("collections.abc", "Sequence")
            annotation = f"Sequence[{annotation}]"
    else:
        annotation = writer.types.annotation(prop.type, writer.imports, given=True)
    nullable = prop.nullable or writer.types.is_nullable(prop.type)
    if nullable and annotation != "Any":
        annotation += " | None"
    default = "" if _is_required(prop) else " = UNSET"
    return f"{identifier(keyword.name)}: {annotation}{default}"


def _is_file(ref: TypeRef, writer: Writer) -> bool:
    if isinstance(ref, ListOf):
        ref = writer.types.settle(ref.item)
    return isinstance(ref, StreamType)


def bodies_part(view: BodyView, writer: Writer) -> Part:
    """The descriptions of a body in each of its media types."""
    parts = [
        _body(each, view.required and index == 0, writer)
        for index, each in enumerate(view.bodies)
    ]
    return Group("[", tuple(parts), "]")


def _body(body: Body, required: bool, writer: Writer) -> Part:
    writer.imports.add(f"{writer.runtime}.contents", "body")
    arguments: list[Part] = [literal(body.media_type)]
    if not _is_bytes(body, writer):
        if not _is_multipart(body):
            arguments.append(writer.types.codec(body.type, writer.imports))
        table = _parts(body, writer)
        if table:
            arguments.append(Pair("parts=", mapping(table)))
    if required:
        arguments.append("required=True")
    return call("body", *arguments)


def _parts(body: Body, writer: Writer) -> list[tuple[Code, Part]]:
    """The properties of a form or multipart body, where they have to be told."""
    struct = writer.types.struct(body.type)
    is_multipart = _is_multipart(body)
    if struct is None or not (is_multipart or body.media_type == FORM):
        return []
    names = writer.names.members(struct.id)
    encodings = {each.property: each for each in body.encodings}
    found: list[tuple[Code, Part]] = []
    for prop in _properties(struct, writer):
        encoding = encodings.get(prop.name)
        if prop.computed or not (is_multipart or encoding):
            continue
        arguments = _part(prop, encoding or Encoding(prop.name), is_multipart, writer)
        writer.imports.add(f"{writer.runtime}.contents", "part")
        found.append((literal(names[prop.name]), call("part", *arguments)))
    return found


def _part(
    prop: Property, encoding: Encoding, is_multipart: bool, writer: Writer
) -> list[Part]:
    ref = writer.types.settle(prop.type)
    arguments: list[Part] = [literal(prop.name)]
    item = ref.item if isinstance(ref, ListOf) else prop.type
    if not _is_file(ref, writer) or not is_multipart:
        arguments.append(writer.types.codec(item, writer.imports))
    if is_multipart and _is_required(prop):
        arguments.append("required=True")
    if is_multipart and isinstance(ref, ListOf):
        arguments.append("many=True")
    if encoding.content_type:
        arguments.append(f"content_type={literal(encoding.content_type)}")
    if encoding.style:
        arguments.append(f"style={literal(encoding.style)}")
    if encoding.explode is not None:
        arguments.append(f"explode={encoding.explode}")
    return arguments
