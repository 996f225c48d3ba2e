"""What the tables say of properties and parameters: their text, and the facts of the
model that a reader needs beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.emitters.docs.markdown import Md, cell, code_cell, join
from generator.emitters.docs.site import Site, said
from generator.model import (
    Access,
    Constraints,
    Parameter,
    Property,
    Scalar,
    ScalarKind,
    Struct,
    TypeRef,
)


def property_row(
    site: Site, member: Property, declared_by: Struct, type_id: str
) -> tuple[Md, ...]:
    """Give the row of a property in the table of its type."""
    notes = (
        [Md("Read-only.")] if member.computed or member.access is Access.READ else []
    )
    if member.access is Access.WRITE:
        notes.append(Md("Write-only: it is never sent back."))
    if member.immutable:
        notes.append(Md("Set when the object is made, and not changed after."))
    if declared_by.id != type_id:
        notes.append(Md(f"Inherited from {site.type_link(declared_by.id)}."))
    return row(site, member, *notes)


def row(site: Site, item: Property | Parameter, *notes: Md) -> tuple[Md, ...]:
    """Give the row of a property or parameter, with notes behind what is said of it."""
    return (
        cell(item.name),
        site.type_text(item.type),
        joined(told(site, item), *notes, site.deprecated(item.deprecation)),
    )


def joined(text: Md, *notes: Md) -> Md:
    """Put notes behind a text, but for what it says already."""
    return join(" ", [text, *[note for note in notes if note not in text]])


def body_row(site: Site, member: Property, *, required: bool) -> tuple[Md, ...]:
    """Give the row of a property that a request may hold."""
    return row(site, member, Md("Required." if required else "Optional."))


def parameter_row(site: Site, parameter: Parameter) -> tuple[Md, ...]:
    """Give the row of a parameter."""
    need = "Required." if parameter.required else "Optional."
    if parameter.nullable and parameter.required:
        need = "Required; may be null."
    return (
        cell(parameter.name),
        site.type_text(parameter.type),
        joined(told(site, parameter), Md(need)),
    )


def told(site: Site, item: Property | Parameter) -> Md:
    """Give what is said of a property or parameter, with its facts."""
    facts = facts_of(item.constraints, item.type) if item.constraints else ()
    default = Md(f"Default: {code_cell(item.default)}.") if item.default else Md("")
    values = site.values(item.type)
    return join(" ", [site.sentence(said(item.doc)), values, *facts, default])


def facts_of(limits: Constraints, ref: TypeRef) -> Iterator[Md]:
    """Say what a value must satisfy beyond its type."""
    if limits.allowed_values:
        allowed = join(", ", [code_cell(value) for value in limits.allowed_values])
        yield Md(f"Allowed values: {allowed}.")
    if limits.pattern:
        yield Md(f"Pattern: {code_cell(limits.pattern)}.")
    unit = "characters"
    if isinstance(ref, Scalar) and ref.kind is ScalarKind.BINARY:
        unit = "bytes"
    yield from _range(limits.min_length, limits.max_length, unit)
    yield from _range(limits.min_items, limits.max_items, "items")
    yield from _bounds(limits)
    if limits.multiple_of is not None:
        yield Md(f"A multiple of {_number(limits.multiple_of)}.")


def _range(least: int | None, most: int | None, unit: str) -> Iterator[Md]:
    if least and most is not None:
        yield Md(f"{least} to {most} {unit}.")
    elif most is not None:
        yield Md(f"At most {most} {unit}.")
    elif least:
        yield Md(f"At least {least} {unit}.")


def _bounds(limits: Constraints) -> Iterator[Md]:
    if limits.minimum is not None:
        word = "More than" if limits.exclusive_minimum else "At least"
        yield Md(f"{word} {_number(limits.minimum)}.")
    if limits.maximum is not None:
        word = "Less than" if limits.exclusive_maximum else "At most"
        yield Md(f"{word} {_number(limits.maximum)}.")


def _number(number: Decimal) -> str:
    """A number is digits, sign, point and exponent, which need no escape in a
    sentence."""
    return str(number)
