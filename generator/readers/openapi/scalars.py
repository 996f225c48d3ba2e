"""Scalars: what a type and its format come to, and the limits of a value.

The formats are those of OpenAPI's format registry; one that is not known decides
nothing (OpenAPI 3.1 section 4.4).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from generator.model import Constraints, Scalar, ScalarKind, StreamType, TypeRef
from generator.readers.openapi.views import ARRAY, NUMBER, STRING, View

_OF_INTEGERS = {
    "int8": ScalarKind.SBYTE,
    "uint8": ScalarKind.BYTE,
    "int16": ScalarKind.INT16,
    "uint16": ScalarKind.INT32,
    "int32": ScalarKind.INT32,
}
_OF_NUMBERS = {
    **_OF_INTEGERS,
    "int64": ScalarKind.INT64,
    "uint32": ScalarKind.INT64,
    "float": ScalarKind.SINGLE,
    "single": ScalarKind.SINGLE,
    "double": ScalarKind.DOUBLE,
    "decimal": ScalarKind.DECIMAL,
    "decimal128": ScalarKind.DECIMAL,
}
_OF_STRINGS = {
    "date-time": ScalarKind.DATE_TIME,
    "date": ScalarKind.DATE,
    "time": ScalarKind.TIME,
    "duration": ScalarKind.DURATION,
    "uuid": ScalarKind.GUID,
    "byte": ScalarKind.BINARY,
    "base64url": ScalarKind.BINARY,
    "decimal": ScalarKind.DECIMAL,
    "decimal128": ScalarKind.DECIMAL,
}
_TOLD = {
    ScalarKind.BYTE: "uint8",
    ScalarKind.SBYTE: "int8",
    ScalarKind.INT16: "int16",
    ScalarKind.INT32: "int32",
    ScalarKind.SINGLE: "float",
    ScalarKind.DECIMAL: "decimal",
    ScalarKind.DATE: "date",
    ScalarKind.DATE_TIME: "date-time",
    ScalarKind.TIME: "time",
    ScalarKind.DURATION: "duration",
    ScalarKind.GUID: "uuid",
}
_KEYS = STRING | NUMBER | ARRAY
_BASES = ("base64", "base64url")


def scalar_of(kind: str, view: View, *, as_stream: bool) -> TypeRef:
    """Give the type that a JSON type stands for; bytes outside JSON are a stream where
    the place allows it (`as_stream`)."""
    form = view.first("format")
    form = form if isinstance(form, str) else ""
    match kind:
        case "boolean":
            return Scalar(ScalarKind.BOOLEAN)
        case "integer":
            return _scalar(_OF_INTEGERS.get(form, ScalarKind.INT64), form)
        case "number":
            return _scalar(_OF_NUMBERS.get(form, ScalarKind.DOUBLE), form)
        case _:
            if view.first("contentEncoding") in _BASES:
                return Scalar(ScalarKind.BINARY)
            if as_stream and (form == "binary" or _is_bytes(view)):
                return StreamType()
            return _scalar(_OF_STRINGS.get(form, ScalarKind.STRING), form)


def _scalar(kind: ScalarKind, form: str) -> Scalar:
    """Give a scalar; a format is kept where the kind does not tell it."""
    return Scalar(kind, "" if _TOLD.get(kind) == form else form)


def _is_bytes(view: View) -> bool:
    media_type = view.first("contentMediaType")
    return isinstance(media_type, str) and not media_type.startswith("text/")


def read_constraints(view: View) -> Constraints | None:
    """Give the limits of a value, the tightest of all parts; None for no limit.

    A limit that is no number is none.
    """
    if not view.has(_KEYS):
        return None
    minimum, least = _limit(view, "minimum", "exclusiveMinimum", max)
    maximum, most = _limit(view, "maximum", "exclusiveMaximum", min)
    pattern = view.first("pattern")
    constraints = Constraints(
        max_length=_size(view, "maxLength", min),
        min_length=_size(view, "minLength", max),
        pattern=pattern if isinstance(pattern, str) else None,
        minimum=minimum,
        maximum=maximum,
        exclusive_minimum=least,
        exclusive_maximum=most,
        multiple_of=_positive(view.first("multipleOf")),
        min_items=_size(view, "minItems", max),
        max_items=_size(view, "maxItems", min),
    )
    return constraints if constraints != Constraints() else None


def _size(view: View, key: str, tightest: Any) -> int | None:
    sizes = [
        int(node.value)
        for node in view.all(key)
        if isinstance(node.value, int | float) and not isinstance(node.value, bool)
        if 0 <= node.value < 2**63
    ]
    return tightest(sizes) if sizes else None


def _limit(
    view: View, key: str, exclusive_key: str, tightest: Any
) -> tuple[Decimal | None, bool]:
    """Give a limit and whether it is outside itself: `exclusiveMinimum` is a truth value
    in OpenAPI 3.0 and a limit of its own since."""
    found: list[tuple[Decimal, bool]] = []
    for part in view.parts:
        exclusive = part.value.get(exclusive_key)
        limit = _number(part.value.get(key))
        if limit is not None:
            found.append((limit, exclusive is True))
        own = _number(exclusive)
        if own is not None:
            found.append((own, True))
    if not found:
        return None, False
    limit = tightest([value for value, _ in found])
    return limit, (limit, True) in found


def _positive(value: Any) -> Decimal | None:
    number = _number(value)
    return number if number is not None and number > 0 else None


def _number(value: Any) -> Decimal | None:
    """Give a number of a document, which is finite and not too long for a Decimal."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return Decimal(str(value)) if is_number else None
