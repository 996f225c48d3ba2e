"""What the page of an operation says of the answer: the success and its type, and
errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from generator.emitters.docs.markdown import Md, cell, join
from generator.emitters.docs.request_sections import needs_etag
from generator.emitters.docs.site import Site, said
from generator.emitters.docs.subjects import Subject
from generator.emitters.docs.views import table
from generator.emitters.docs.wording import article
from generator.model import (
    AnyType,
    ListOf,
    Named,
    OperationKind,
    Response,
    StreamType,
    Struct,
    TypeRef,
    settle,
)
from generator.statuses import phrase

Kind = OperationKind
_CHANGES: Final = (Kind.CREATE, Kind.UPDATE, Kind.REPLACE, Kind.DELETE)

# Status, the error of the generated package, and when it is answered (OData 4.01
# Protocol section 9.3).
_ERRORS: Final = {
    "400": ("BadRequest", "The request is malformed."),
    "401": ("Unauthorized", "The token is missing, has expired or is not accepted."),
    "403": ("Forbidden", "The caller lacks a permission that this needs."),
    "404": ("NotFound", "There is nothing at this address."),
    "409": ("Conflict", "The request contradicts the state of the object."),
    "412": ("PreconditionFailed", "The object has changed since the ETag was given."),
    "429": ("TooManyRequests", "Too many requests: wait as `Retry-After` says."),
}


def response(subject: Subject) -> Md:
    """Give the sentences about the answer of success."""
    answers = {
        found.status: found
        for use in subject.stands
        for found in use.operation.responses
        if found.status.startswith("2")
    }
    lines = [_success(subject, found) for found in answers.values()]
    texts = dict.fromkeys(said(found.doc) for found in answers.values())
    return join(" ", [*lines, *map(subject.site.cell, texts)])


def _success(subject: Subject, found: Response) -> Md:
    start = "If it succeeds, this method answers"
    if found.status != "2XX":
        return Md(f"{start} {status_line(found.status)}{_body(subject.site, found)}.")
    if found.type is None:
        return Md(f"{start} {status_line('204')} and nothing in the response body.")
    one = _phrase(subject.site, found.type)
    return Md(
        f"{start} {status_line('200')} and {one} in the response body, or"
        f" {status_line('204')} and nothing in it."
    )


def status_line(status: str) -> Md:
    """Give a status with its phrase."""
    words = phrase(int(status)) if status.isdecimal() else ""
    return Md(f"`{status} {words}`" if words else f"a status of {cell(status)}")


def _body(site: Site, found: Response) -> Md:
    if found.type is None:
        return Md(" and nothing in the response body")
    kind = (
        "" if found.media_type == "application/json" else f" ({cell(found.media_type)})"
    )
    rest = ", which may be null" if found.nullable else ""
    return Md(f" and {_phrase(site, found.type)} in the response body{kind}{rest}")


def _phrase(site: Site, ref: TypeRef) -> Md:
    ref = settle(ref, site.api.types)
    if isinstance(ref, StreamType):
        return Md("the bytes")
    if isinstance(ref, AnyType):
        return Md("a JSON value")
    if isinstance(ref, ListOf):
        item = settle(ref.item, site.api.types)
        noun = "objects" if _is_struct(site, item) else "values"
        return Md(f"a collection of {site.type_text(item)} {noun}")
    noun = "object" if _is_struct(site, ref) else "value"
    indefinite = article(site.type_word(ref)).split(" ")[0]
    return Md(f"{indefinite} {site.type_text(ref)} {noun}")


def _is_struct(site: Site, ref: TypeRef) -> bool:
    return isinstance(ref, Named) and isinstance(site.api.types.get(ref.id), Struct)


def errors(subject: Subject) -> Md:
    """Give the table of errors: those that the source names, and those that HTTP and
    OData make likely here."""
    said_of: dict[str, Md] = {}
    for use in subject.stands:
        for found in use.operation.responses:
            if not found.status.startswith("2"):
                text = subject.site.cell(said(found.doc))
                said_of.setdefault(found.status, text)
    rows = []
    for status in sorted({*said_of, *_likely(subject)}):
        name, meaning = _ERRORS.get(status, ("ApiError", ""))
        text = said_of.get(status) or Md(meaning)
        rows.append((status_line(status), Md(f"`{name}`"), text))
    return table("Status|In Python|When", rows)


def _likely(subject: Subject) -> Iterator[str]:
    yield from ("400", "404", "429")
    if subject.site.is_secured:
        yield from ("401", "403")
    if subject.key.kind in _CHANGES:
        yield "409"
    if needs_etag(subject):
        yield "412"
