"""What annotations say of actions, functions and their parameters, written into them.

A part of `annotate`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.model import (
    Annotation,
    Doc,
    ListOf,
    Operation,
    OperationKind,
    Parameter,
    Record,
    Response,
    TypeDef,
)
from generator.passes.annotated_types import Members, deprecation
from generator.lineage import is_entity
from generator.passes.validation import constrained
from generator.passes.values import flag, literal, text
from generator.passes.vocabulary import (
    CAPABILITIES,
    CORE,
    doc,
    find,
    restriction_of,
    value_of,
)

_RESTRICTIONS = (
    "OperationRestrictions",
    "InsertRestrictions",
    "UpdateRestrictions",
    "DeleteRestrictions",
    "ReadRestrictions",
)


def annotated_operation(
    operation: Operation,
    own: tuple[Annotation, ...],
    members: Members,
    types: Mapping[str, TypeDef],
) -> Operation:
    """Give an operation with its own annotations and those of its parts written into
    it.

    `members` holds annotations by parameter name, and those of "$ReturnType".
    """
    if _gives_changes(operation, members.get("$ReturnType", ()), types):
        operation = replace(operation, delta=True)
    if members:
        operation = replace(
            operation,
            parameters=tuple(
                [
                    _parameter(item, members.get(item.name))
                    for item in operation.parameters
                ]
            ),
            responses=_responses(operation.responses, members.get("$ReturnType", ())),
        )
    if not own:
        return operation
    permissions = operation.permissions
    for record in _restrictions(own):
        permissions = restriction_of(record, "").permissions or permissions
    return replace(
        operation,
        permissions=permissions,
        doc=doc(own, _prose(own, operation.doc)),
        deprecation=deprecation(own, operation.deprecation),
    )


def _gives_changes(
    operation: Operation,
    returned: tuple[Annotation, ...],
    types: Mapping[str, TypeDef],
) -> bool:
    """Core.IsDelta says it; where nothing does, the name of a bound function may.

    Microsoft Graph annotates two functions of this kind, and calls some thirty others
    "delta".
    """
    result = operation.result.type if operation.result is not None else None
    if not isinstance(result, ListOf) or not is_entity(types, result.item):
        return False
    said = flag(value_of(returned, CORE + "IsDelta"))
    if said is not None:
        return said
    is_bound_function = (
        operation.kind is OperationKind.FUNCTION and operation.binding is not None
    )
    return is_bound_function and operation.name.rpartition(".")[2] == "delta"


def _restrictions(own: tuple[Annotation, ...]) -> Iterable[Record]:
    for name in reversed(_RESTRICTIONS):
        found = find(own, CAPABILITIES + name)
        if found is not None and isinstance(found.value, Record):
            yield found.value


def _prose(own: tuple[Annotation, ...], otherwise: Doc) -> Doc:
    """Microsoft Graph describes operations in restrictions that restrict nothing."""
    for record in _restrictions(own):
        summary = text(record.get("Description"))
        description = text(record.get("LongDescription"))
        otherwise = replace(
            otherwise,
            summary=summary or otherwise.summary,
            description=description or otherwise.description,
        )
    return otherwise


def _parameter(
    parameter: Parameter, annotations: tuple[Annotation, ...] | None
) -> Parameter:
    if not annotations:
        return parameter
    required, default = parameter.required, parameter.default
    optional = find(annotations, CORE + "OptionalParameter")
    if optional is not None and flag(optional.value) is not False:
        required = False
        if isinstance(optional.value, Record):
            default = literal(optional.value.get("DefaultValue", default))
    return replace(
        parameter,
        required=required,
        default=default,
        constraints=constrained(parameter.constraints, annotations),
        doc=doc(annotations, parameter.doc),
    )


def _responses(
    responses: tuple[Response, ...], annotations: tuple[Annotation, ...]
) -> tuple[Response, ...]:
    if not annotations:
        return responses
    return tuple(
        [
            (
                replace(response, doc=doc(annotations, response.doc))
                if response.status.startswith("2")
                else response
            )
            for response in responses
        ]
    )
