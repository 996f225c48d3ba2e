"""Values of annotations, read as plain ones.

Used by `vocabulary`, which knows the terms. A value of an unexpected form says nothing
and never raises: invalid values are unknown ones (CSDL 4.01 section 14).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation

from generator.model import Constant, EnumMembers, PathValue, Record, Value

_MOST_DIGITS = 20
"""No value of a service has more: it would not fit into 64 bits."""


def text(value: Value) -> str:
    """Give a value's text, "" for one that is no text."""
    if isinstance(value, str):
        return value
    return value.text if isinstance(value, Constant) else ""


def flag(value: Value) -> bool | None:
    """Give a truth value, None for anything else, dynamic expressions included."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(text(value).strip().lower())


def number(value: Value) -> Decimal | None:
    """Give a finite number, however it is written, None for anything else."""
    if isinstance(value, bool):
        return None
    try:
        found = Decimal(value) if isinstance(value, int) else Decimal(text(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def integer(value: Value) -> int | None:
    """Give a whole number, None for anything else, and for one of more digits than any
    has: written out, 1E999999999 would fill the memory."""
    found = number(value)
    if found is None or found.adjusted() >= _MOST_DIGITS:
        return None
    return int(found) if found == int(found) else None


def literal(value: Value) -> str | None:
    """Give a primitive value as CSDL spells it, None for anything else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | str):
        return str(value)
    if isinstance(value, EnumMembers):
        return ",".join(value.members)
    return value.text if isinstance(value, Constant) else None


def items(value: Value) -> tuple[Value, ...]:
    """Give the items of a collection; a single value is a collection of one."""
    if isinstance(value, tuple):
        return value
    return () if value is None else (value,)


def records(value: Value) -> tuple[Record, ...]:
    """Give the records of a collection of them."""
    return tuple([item for item in items(value) if isinstance(item, Record)])


def paths(value: Value) -> tuple[str, ...]:
    """Give the paths of a collection of them, written as paths or as strings."""
    found = [
        item.path if isinstance(item, PathValue) else text(item)
        for item in items(value)
    ]
    return tuple([path for path in found if path])


def enum_members(
    value: Value, numbers: Mapping[int, str] | None = None
) -> tuple[str, ...]:
    """Give the names of enumeration members, in any spelling.

    An EnumMember expression, a string "Read,Write" or "Some.Type/Read Some.Type/Write",
    or a number, whose members `numbers` gives by value.
    """
    if isinstance(value, EnumMembers):
        names: Iterable[str] = value.members
    elif isinstance(value, int) and not isinstance(value, bool):
        names = [str(value)]
    else:
        names = text(value).replace(",", " ").split()
    found: list[str] = []
    for name in names:
        plain = name.rpartition("/")[2]
        found += _by_number(plain, numbers or {}) if plain.isdecimal() else [plain]
    return tuple(found)


def _by_number(digits: str, numbers: Mapping[int, str]) -> list[str]:
    if len(digits) > _MOST_DIGITS:
        return []  # no value of an enumeration has so many
    value = int(digits)
    if value == 0:
        return ["None"]
    return [name for bit, name in numbers.items() if value & bit]
