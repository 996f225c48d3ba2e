"""What the tables say of properties and parameters, as OpenAPI describes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from generator.emitters.docs.facts import row
from generator.emitters.docs.markdown import Md, code_cell
from generator.emitters.docs.plain_http.site import HttpSite
from generator.model import (
    Access,
    Encoding,
    ListOf,
    Parameter,
    ParameterIn,
    Property,
    Struct,
    settle,
)

# How the parts of a value are written, where that is not as is usual for the place
# (OpenAPI 3.1 section 4.8.12.3).
_SEPARATORS: Final = {
    "form": "commas",
    "spaceDelimited": "spaces",
    "pipeDelimited": "bars",
}


def property_row(
    site: HttpSite, member: Property, owner: Struct, struct: Struct
) -> tuple[Md, ...]:
    """Give the row of a property in the table of its type."""
    notes = [Md("Required.")] if member.required else []
    notes += _nature(member)
    if owner.id != struct.id:
        notes.append(Md(f"Inherited from {site.type_link(owner.id)}."))
    return row(site, member, *notes)


def _nature(member: Property) -> Iterator[Md]:
    if member.nullable:
        yield Md("May be null.")
    if member.access is Access.READ:
        yield Md("Read-only.")
    if member.access is Access.WRITE:
        yield Md("Write-only: it is never sent back.")


def body_row(
    site: HttpSite, member: Property, encoding: Encoding | None
) -> tuple[Md, ...]:
    """Give the row of a property that a request may hold."""
    notes = [Md("Required." if member.required else "Optional.")]
    if member.nullable:
        notes.append(Md("May be null."))
    if encoding is not None and encoding.content_type:
        notes.append(Md(f"Sent as {code_cell(encoding.content_type)}."))
    return row(site, member, *notes)


def parameter_row(site: HttpSite, parameter: Parameter) -> tuple[Md, ...]:
    """Give the row of a parameter."""
    notes = [Md("Required." if parameter.required else "Optional.")]
    if parameter.nullable:
        notes.append(Md("May be null."))
    return row(site, parameter, *_manner(site, parameter), *notes)


def header_row(site: HttpSite, header: Parameter) -> tuple[Md, ...]:
    """Give the row of a header of an answer."""
    return row(site, header)


def _manner(site: HttpSite, parameter: Parameter) -> Iterator[Md]:
    """How a value of several parts is written, and what one looks like."""
    if parameter.media_type:
        yield Md(f"Written as {code_cell(parameter.media_type)}.")
    elif parameter.style == "deepObject":
        name = code_cell(f"{parameter.name}[property]=value")
        yield Md(f"Each property is written as {name}.")
    elif isinstance(settle(parameter.type, site.api.types), ListOf):
        yield from _separated(parameter)
    for example in parameter.doc.examples[:1]:
        yield Md(f"Example: {code_cell(example)}.")


def _separated(parameter: Parameter) -> Iterator[Md]:
    """Lists in a query are repeated parameters, if nothing else is said."""
    if parameter.place is not ParameterIn.QUERY:
        return
    style = parameter.style or "form"
    explode = style == "form" if parameter.explode is None else parameter.explode
    if explode:
        yield Md("Given once for each value.")
    elif style in _SEPARATORS:
        yield Md(f"Several values stand with {_SEPARATORS[style]} between them.")
