"""Values: whether what an example gives for a property can be of its type.

The rules are those of OData JSON Format 4.01 section 7.1 for primitive values, without
facets: an example may be shortened, but not be of another kind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from generator.model import Enum, ScalarKind
from generator.passes.check_pages.type_names import SCALARS

_TYPE_WORD: Final = re.compile(
    r"(?P<word>String|Boolean|Integer|Int16|Int32|Int64|Guid|DateTimeOffset|Double|Single"
    r"|Decimal|Binary|Number|Date|TimeOfDay|Duration|Byte)(?P<remark> \([\w /-]+\))?",
    re.IGNORECASE,
)
_WORDS_ALONE: Final = frozenset(
    {"String", "Boolean", "Integer", "Int16", "Int32", "Int64", "DateTimeOffset"}
)
"""Words that no property of text has for a value but by mistake."""

_WHOLE: Final = frozenset(
    {
        ScalarKind.BYTE,
        ScalarKind.SBYTE,
        ScalarKind.INT16,
        ScalarKind.INT32,
        ScalarKind.INT64,
    }
)
_REAL: Final = frozenset({ScalarKind.SINGLE, ScalarKind.DOUBLE, ScalarKind.DECIMAL})
_AS_TEXTS: Final = frozenset(ScalarKind) - {ScalarKind.BOOLEAN} - _WHOLE - _REAL
_DATE: Final = r"-?\d{4,}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_TIME: Final = r"(?:[01]\d|2[0-4]):[0-5]\d(?::[0-5]\d(?:\.\d{1,12})?)?"
_FORMS: Final[Mapping[ScalarKind, tuple[re.Pattern[str], str]]] = {
    ScalarKind.DATE: (re.compile(_DATE), "a date such as 2025-02-27"),
    ScalarKind.DATE_TIME: (
        re.compile(rf"{_DATE}[Tt]{_TIME}(?:[Zz]|[+-]\d\d:\d\d)"),
        "a date and time with its zone, such as 2025-02-27T08:30:00Z",
    ),
    ScalarKind.TIME: (re.compile(_TIME), "a time of day such as 08:30:00"),
    ScalarKind.DURATION: (
        re.compile(
            r"[+-]?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?"
            r"(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d*)?S)?)?"
        ),
        "a duration such as P1DT2H30M",
    ),
    ScalarKind.GUID: (
        re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"),
        "a Guid such as 1b4db7eb-4057-5ddf-91e0-36dec72071f5",
    ),
}
_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|-?INF|NaN")


def is_type_name(text: str, name: str, kind: ScalarKind | None) -> bool:
    """Say whether a text is the name of a type where a value should be.

    A word such as "Date" may be the value of a text; "String (timestamp)" never is. A
    property that tells of types (`dataType`) has their names for values. `kind` is None
    for an enumeration.
    """
    match = _TYPE_WORD.fullmatch(text)
    if match is None:
        return False
    if match["remark"] or kind is not ScalarKind.STRING:
        return True
    return match["word"] in _WORDS_ALONE and not name.lower().endswith(("type", "kind"))


def word_fits(text: str, kind: ScalarKind) -> bool:
    """Say whether a text in the representation of a type stands for a primitive type.

    "String" stands for all that JSON writes as texts, "Integer" for all numbers; a text
    that is no such word fits everything.
    """
    word = text.partition(" ")[0].lower()
    if word == "string":
        return kind in _AS_TEXTS
    kinds = SCALARS.get(word)
    if kinds is None or kind in kinds:
        return True
    return kind in _WHOLE | _REAL and kinds <= _WHOLE | _REAL


def fault_of_scalar(kind: ScalarKind, value: str | bool | int | float) -> str:
    """Say what a value should have been, "" for a sound one."""
    if kind is ScalarKind.BOOLEAN:
        return "" if isinstance(value, bool) else "true or false"
    if kind in _WHOLE:
        is_text = kind is ScalarKind.INT64 and isinstance(value, str)
        if is_text and re.fullmatch(r"-?\d+", str(value)):
            return ""
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        return "" if is_whole else "a whole number"
    if kind in _REAL:
        if isinstance(value, str):
            return "" if _NUMBER.fullmatch(value) else "a number"
        return "a number" if isinstance(value, bool) else ""
    if not isinstance(value, str):
        return "a text"
    form, expected = _FORMS.get(kind, (None, ""))
    return "" if form is None or form.fullmatch(value) else expected


def unknown_members(enum: Enum, value: str) -> list[str]:
    """Give the members in a value that an enumeration does not have, in any letter
    case. A flags enumeration takes several, and numbers for those without a name
    (OData JSON Format 4.01 section 7.1)."""
    known = {member.name.lower() for member in enum.members}
    parts = value.split(",") if enum.is_flags else [value]
    names = [part.strip() for part in parts]
    return [
        name
        for name in names
        if name.lower() not in known and not re.fullmatch(r"-?\d+", name)
    ]


def described(value: object) -> str:
    """Name a JSON value for a message."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case str():
            return repr(value) if len(value) <= 60 else f"{value[:60]!r}..."
        case _:
            return str(value)
