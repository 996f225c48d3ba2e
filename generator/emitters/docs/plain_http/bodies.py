"""What the page of an operation says of the body that it takes, media type by media
type, and of the answers that it gives.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from generator.emitters.docs.answer_sections import status_line
from generator.emitters.docs.markdown import Md, code_cell, join
from generator.emitters.docs.plain_http.facts import body_row, header_row
from generator.emitters.docs.plain_http.site import HttpSite
from generator.emitters.docs.plain_http.subjects import DEFAULT, Subject
from generator.emitters.docs.site import said
from generator.emitters.docs.views import table
from generator.emitters.python.request_bodies import FORM
from generator.model import (
    Access,
    AnyType,
    Body,
    Discriminator,
    Named,
    Parameter,
    Property,
    Response,
    StreamType,
    Struct,
    settle,
)

JSON: Final = "application/json"

# So many types that a body may be of are listed on the page of an operation.
_MOST_CHOICES: Final = 100

# The errors of the generated package by status.
_ERRORS: Final = {
    "400": "BadRequest",
    "401": "Unauthorized",
    "403": "Forbidden",
    "404": "NotFound",
    "405": "MethodNotAllowed",
    "409": "Conflict",
    "410": "Gone",
    "412": "PreconditionFailed",
    "423": "Locked",
    "424": "FailedDependency",
    "429": "TooManyRequests",
    "503": "ServiceUnavailable",
    "504": "GatewayTimeout",
}


@dataclass(frozen=True, slots=True)
class BodyView:
    """A body in one media type, which is named where there are several."""

    media_type: Md
    text: Md
    properties: Md


def bodies(subject: Subject) -> tuple[BodyView, ...]:
    """Give what is said of each media type of the request's body."""
    operation = subject.operation
    if operation.body is None:
        return ()
    found = (operation.body, *operation.other_bodies)
    name = len(found) > 1
    return tuple([_body(subject.site, each, name=name) for each in found])


def _body(site: HttpSite, body: Body, *, name: bool) -> BodyView:
    kind = code_cell(body.media_type)
    ref = settle(body.type, site.api.types)
    struct = site.structure.struct(ref.id) if isinstance(ref, Named) else None
    sentences = [site.sentence(said(body.doc)), _supplied(site, body, struct)]
    if not body.required:
        sentences.append(Md("The body is optional."))
    rows: list[tuple[Md, ...]] = []
    if struct is not None:
        encodings = {each.property: each for each in body.encodings}
        rows = [
            body_row(site, member, encodings.get(member.name))
            for member in writable(site, struct.id)
        ]
        sentences += told_apart(site, struct, _MOST_CHOICES)
    properties = table("Property|Type|Description", rows)
    return BodyView(kind if name else Md(""), join(" ", sentences), properties)


def _supplied(site: HttpSite, body: Body, struct: Struct | None) -> Md:
    """Say what a body is; `struct` is its type where that is an object."""
    kind = code_cell(body.media_type)
    what = site.type_text(body.type)
    if struct is None:
        if isinstance(settle(body.type, site.api.types), AnyType | StreamType):
            return Md(f"Supply the content as the request body, as {kind}.")
        return Md(f"Supply a value, {what}, as the request body, as {kind}.")
    if body.media_type.startswith("multipart/"):
        parts = f"a part for each property of {what}"
        return Md(f"Supply {parts} in the request body, as {kind}.")
    if body.media_type == FORM:
        return Md(f"Supply the properties of {what} as a form, as {kind}.")
    as_kind = "" if body.media_type == JSON else f", as {kind}"
    return Md(f"Supply a JSON representation of the {what} object{as_kind}.")


def told_apart(site: HttpSite, struct: Struct, most: int | None = None) -> Iterator[Md]:
    """Say what an object of a type may be beyond its declared properties: of a derived
    type, of which so many are listed, or with more properties."""
    for each in site.structure.chain(struct.id):
        if each.discriminator is not None and each.discriminator.mapping:
            # the types beside this one are listed where their base is
            own = tuple(site.structure.told_apart(each, struct.id))
            if own:
                yield choices(site, replace(each.discriminator, mapping=own[:most]))
                if most is not None and own[most:]:
                    here = site.type_link(struct.id)
                    yield Md(f"{len(own) - most:,} more are listed with {here}.")
            break
    for each in site.structure.chain(struct.id):
        if each.open:
            kind = (
                f" and of the type {site.type_text(each.additional)}"
                if each.additional is not None
                else ""
            )
            yield Md(f"It may have more properties, of any name{kind}.")
            break


def choices(site: HttpSite, discriminator: Discriminator) -> Md:
    """Say which value of which property stands for which type."""
    known = [
        Md(f"{code_cell(value)} for {site.type_link(type_id)}")
        for value, type_id in discriminator.mapping
    ]
    name = code_cell(discriminator.property)
    return Md(f"{name} tells the type: {join(', ', known)}.")


def writable(site: HttpSite, type_id: str) -> Sequence[Property]:
    """Give the properties that a request may hold, the required ones first."""
    found = [
        member
        for member in site.structure.members(type_id).values()
        if member.access is not Access.READ and not member.computed
    ]
    return sorted(found, key=lambda member: not member.required)


def answers(subject: Subject) -> Md:
    """Give the table of the answers of success."""
    site = subject.site
    rows = [
        (_status(found), _answer(site, found), site.sentence(said(found.doc)))
        for found in subject.successes
    ]
    return table("Status|Body|Description", rows)


def errors(subject: Subject) -> Md:
    """Give the table of the errors that the source names."""
    site = subject.site
    rows = [
        (
            _status(found),
            Md(f"`{error_class(found.status)}`"),
            _answer(site, found),
            site.sentence(said(found.doc)),
        )
        for found in subject.failures
    ]
    return table("Status|In Python|Body|When", rows)


def error_class(status: str) -> str:
    """Give the error of the generated package for a status."""
    otherwise = "ServerError" if status.startswith("5") else "ApiError"
    return _ERRORS.get(status, otherwise)


def _status(found: Response) -> Md:
    if found.status == DEFAULT:
        return Md("any other")
    if not found.status.isdecimal():
        return code_cell(found.status)
    return status_line(found.status)


def _answer(site: HttpSite, found: Response) -> Md:
    kind = "" if found.media_type == JSON else f" ({code_cell(found.media_type)})"
    rest = ", or null" if found.nullable else ""
    if found.item_type is not None:
        return Md(f"sequence of {site.type_text(found.item_type)}{kind}")
    if found.type is None:
        return Md("None")
    return Md(f"{site.type_text(found.type)}{rest}{kind}")


def headers(subject: Subject) -> Md:
    """Give the table of the headers of answers of success."""
    found: dict[str, Parameter] = {}
    for response in subject.successes:
        for header in response.headers:
            found.setdefault(header.name.lower(), header)
    rows = [header_row(subject.site, header) for header in found.values()]
    return table("Header|Type|Description", rows)
