"""Constraints: what the Validation vocabulary says that a value must satisfy.

Used by `annotate`. MaxLength, Precision and Scale are facets: the reader has set those.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from generator.model import Annotation, Constraints, Value
from generator.passes.values import flag, integer, literal, number, paths, records, text
from generator.passes.vocabulary import find

VALIDATION: Final = "Org.OData.Validation.V1."


def constrained(
    constraints: Constraints | None, annotations: tuple[Annotation, ...]
) -> Constraints | None:
    """Give constraints with those of the annotations added, None if there are none."""
    changes: dict[str, Any] = {}
    for annotation in annotations:
        if annotation.qualifier or not annotation.term.startswith(VALIDATION):
            continue
        changes.update(_changes(annotation, annotation.term[len(VALIDATION) :]))
    if not changes:
        return constraints
    return replace(constraints or Constraints(), **changes)


def _changes(annotation: Annotation, name: str) -> dict[str, Any]:
    value = annotation.value
    match name:
        case "Pattern":
            return _said("pattern", text(value) or None)
        case "Minimum":
            return _limit("minimum", number(value), annotation)
        case "Maximum":
            return _limit("maximum", number(value), annotation)
        case "MultipleOf":
            return _said("multiple_of", _positive(number(value)))
        case "MinItems":
            return _said("min_items", integer(value))
        case "MaxItems":
            return _said("max_items", integer(value))
        case "AllowedValues":
            return _said("allowed_values", _allowed(value) or None)
        case _:
            return {}


def _said(name: str, value: object) -> dict[str, Any]:
    return {} if value is None else {name: value}


def _positive(step: Decimal | None) -> Decimal | None:
    """Nothing but zero is a multiple of zero, and a step has no direction (JSON Schema
    Validation section 6.2.1, which OpenAPI documents are held to)."""
    return step if step is not None and step.is_finite() and step > 0 else None


def _limit(name: str, value: Decimal | None, annotation: Annotation) -> dict[str, Any]:
    """Give a limit; Validation.Exclusive stands on the annotation, not beside it."""
    if value is None:
        return {}
    exclusive = find(annotation.annotations, VALIDATION + "Exclusive")
    is_exclusive = exclusive is not None and flag(exclusive.value) is True
    return {name: value, f"exclusive_{name}": is_exclusive}


def _allowed(value: Value) -> tuple[str, ...]:
    found = [literal(record.get("Value")) for record in records(value)]
    return tuple([item for item in found if item is not None])


def derived_types(annotations: tuple[Annotation, ...]) -> tuple[str, ...]:
    """Give the type names of Validation.DerivedTypeConstraint."""
    found = find(annotations, VALIDATION + "DerivedTypeConstraint")
    return paths(found.value) if found is not None else ()
