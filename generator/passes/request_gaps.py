"""Gaps of an Api that OpenAPI describes: the fields that would make its pages complete.

Answers a question about an Api and changes nothing, as `gaps` does for OData. Each gap
names the field of the document to fill by its JSON pointer (RFC 6901).
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import (
    Api,
    Doc,
    LiteralType,
    Named,
    Operation,
    Place,
    Property,
    Struct,
    offered,
)
from generator.passes.missing import Gap, Missing


def request_gaps(api: Api) -> tuple[Gap, ...]:
    """Give what the documentation of an Api lacks: descriptions of the service, its
    tags, operations and their parameters, types and their properties; then how callers
    sign in, where the document says nothing of it."""
    return (
        *_service(api),
        *_operations(api),
        *_types(api),
        *_security(api),
    )


def _service(api: Api) -> Iterator[Gap]:
    yield from _undescribed(api.doc, api.name, "service", api.info.place)
    file = api.info.place.file if api.info.place else ""
    for position, tag in enumerate(api.tags):
        place = Place(file, pointer=f"/tags/{position}")
        yield from _undescribed(tag.doc, tag.name, "tag", place)


def _operations(api: Api) -> Iterator[Gap]:
    """A parameter that several operations share is one gap."""
    known: set[tuple[str, str]] = set()
    for _, operation in offered(api):
        target = f"{operation.method} {operation.path[0]}"
        yield from _undescribed(operation.doc, target, "operation", operation.place)
        for each in operation.parameters:
            place = each.source or operation.place
            key = (place.file, place.pointer) if place else ("", target)
            if key not in known:
                known.add(key)
                what = f"{each.place} parameter"
                yield from _undescribed(each.doc, f"{target} {each.name}", what, place)


def _types(api: Api) -> Iterator[Gap]:
    for definition in api.types.values():
        yield from _undescribed(definition.doc, definition.id, "type", definition.place)
        if isinstance(definition, Struct):
            for member in definition.properties:
                if not _is_told_by_its_type(api, member):
                    target = f"{definition.id}/{member.name}"
                    yield from _undescribed(
                        member.doc, target, "property", member.place
                    )


def _is_told_by_its_type(api: Api, member: Property) -> bool:
    """Whether the page of the type says what the property is, or its one value does."""
    if isinstance(member.type, LiteralType):
        return True
    named = api.types.get(member.type.id) if isinstance(member.type, Named) else None
    return named is not None and _is_described(named.doc)


def _security(api: Api) -> Iterator[Gap]:
    """Operations without a requirement may be called by anybody: an empty one says
    so."""
    if not api.security_schemes:
        field = "#/components/securitySchemes"
        yield Gap(Missing.SECURITY, api.name, "service", field)
        return
    if api.requirements:
        return
    for _, operation in offered(api):
        if operation.security is None:
            yield _unsecured(operation)


def _unsecured(operation: Operation) -> Gap:
    target = f"{operation.method} {operation.path[0]}"
    pointer = operation.place.pointer if operation.place else ""
    return Gap(
        Missing.SECURITY,
        target,
        "operation",
        f"#{pointer}/security",
        place=operation.place,
    )


def _undescribed(
    doc: Doc, target: str, what: str, place: Place | None
) -> Iterator[Gap]:
    if not _is_described(doc):
        pointer = place.pointer if place else ""
        field = f"#{pointer}/description"
        yield Gap(Missing.DESCRIPTION, target, what, field, place=place)


def _is_described(doc: Doc) -> bool:
    return bool(doc.summary or doc.description or doc.title)
