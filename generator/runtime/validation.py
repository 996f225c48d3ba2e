"""Checking a model against its specification: `Model.validate`.

Loaded when it is first asked for. Types are checked by reading each value; facets and
Validation terms (OData Vocabularies, Org.OData.Validation.V1) by the `Limits` that the
generated class carries.
"""

# pyright: reportPrivateUsage=false
# The modules of the runtime share the underscore names of models; users have none.

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from .faults import UNFIT
from .model import Model
from .properties import Limits, Property, plain_codec, properties_of
from .scalars import Codec, is_short
from .shapes import is_object


class Violation(NamedTuple):
    """Something that contradicts the specification, and where it stands.

    `path` is written as in Python: "mailbox_settings.time_zone", "licenses[0].sku_id".
    """

    path: str
    message: str


def violations(model: Model, partial: bool) -> list[Violation]:
    """List what `Model.validate` reports of a model."""
    return list(_of_model(model, "", partial))


def _of_model(model: Model, path: str, partial: bool) -> Iterator[Violation]:
    for name, prop in properties_of(type(model)).by_name.items():
        at = f"{path}.{name}" if path else name
        if prop.wire not in model._wire:
            if not partial and _is_missing(prop, model):
                yield Violation(at, "is required and absent")
            continue
        value = model._wire[prop.wire]
        if value is not None:
            yield from _of_value(value, plain_codec(prop), prop.limits, at, partial)
        elif not prop.nullable:
            yield Violation(at, "must not be null")
    for name in model.additional if model._additional is not None else ():
        at = f"{path}.additional[{name!r}]" if path else f"additional[{name!r}]"
        value = model._wire[name]
        if value is not None:
            yield from _of_value(value, model._additional, None, at, partial)


def _is_missing(prop: Property, model: Model) -> bool:
    """Whether an absent property is required. What is only ever sent is not missing in
    an object that was read."""
    if not prop.required or prop.bound in model._wire:
        return False
    return not (prop.write_only and model._tree() is not None)


def _of_value(
    wire: Any, codec: Codec[Any] | None, limits: Limits | None, path: str, partial: bool
) -> Iterator[Violation]:
    value, chosen = wire, None
    if codec is not None:
        chosen = codec.chosen(wire)
        if chosen is None:
            yield Violation(path, f"{wire!r:.60} is of none of the types")
            return
        try:
            value = chosen.load(wire)
        except UNFIT as error:
            yield Violation(path, f"{wire!r:.60} does not fit: {error}")
            return
    if chosen is not None and chosen.item is not None:
        yield from _of_length(len(wire), limits, path)
        for key, item in wire.items() if is_object(wire) else enumerate(wire):
            if item is not None:
                at = f"{path}[{key!r}]"
                yield from _of_value(item, chosen.item, limits, at, partial)
    elif isinstance(value, Model):
        yield from _of_model(value, path, partial)
    elif limits is not None:
        yield from (Violation(path, text) for text in _broken(value, limits))


def _of_length(length: int, limits: Limits | None, path: str) -> Iterator[Violation]:
    if limits is None:
        return
    if limits.min_items is not None and length < limits.min_items:
        yield Violation(path, f"has {length} items, fewer than {limits.min_items}")
    if limits.max_items is not None and length > limits.max_items:
        yield Violation(path, f"has {length} items, more than {limits.max_items}")


def _broken(value: Any, limits: Limits) -> Iterator[str]:
    if isinstance(value, str | bytes):
        yield from _broken_by_length(len(value), limits)
    if isinstance(value, str) and limits.pattern is not None:
        from .patterns import found

        # a pattern of which nothing can be told excludes nothing
        if found(limits.pattern, value) is False:
            yield f"does not match {limits.pattern!r}"
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        yield from _broken_by_size(Decimal(str(value)), limits)
    allowed = limits.allowed_values
    if allowed and not any(_says(text, value) for text in allowed):
        yield f"is none of {', '.join(limits.allowed_values)}"


def _says(text: str, value: Any) -> bool:
    """Whether a text of the specification stands for this value."""
    if isinstance(value, bool):
        return text.lower() == str(value).lower()
    if isinstance(value, int | float | Decimal):
        try:
            return Decimal(text) == Decimal(str(value))
        except ArithmeticError:
            return False
    return text == str(value)


def _broken_by_length(length: int, limits: Limits) -> Iterator[str]:
    if limits.min_length is not None and length < limits.min_length:
        yield f"has length {length}, less than {limits.min_length}"
    if limits.max_length is not None and length > limits.max_length:
        yield f"has length {length}, more than {limits.max_length}"


def _broken_by_size(value: Decimal, limits: Limits) -> Iterator[str]:
    if value.is_nan():
        return
    if limits.minimum is not None:
        least = Decimal(str(limits.minimum))
        if value < least or (value == least and limits.exclusive_minimum):
            wanted = "more than" if limits.exclusive_minimum else "at least"
            yield f"is {value}, not {wanted} {least}"
    if limits.maximum is not None:
        most = Decimal(str(limits.maximum))
        if value > most or (value == most and limits.exclusive_maximum):
            wanted = "less than" if limits.exclusive_maximum else "at most"
            yield f"is {value}, not {wanted} {most}"
    if limits.multiple_of is not None and not _is_multiple(value, limits.multiple_of):
        yield f"is {value}, not a multiple of {limits.multiple_of}"


def _is_multiple(value: Decimal, of: float | Decimal) -> bool:
    """Whether a number is a multiple of another. What has more digits than anybody
    counts is not divided: that could take for ever."""
    step = Decimal(str(of))
    if not step or not all(map(is_short, (value, step))):
        return True
    return not Fraction(value) % Fraction(step)
