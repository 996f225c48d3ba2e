"""Operations: actions and functions, out of their elements.

A part of the reader's second step (CSDL 4.01 section 12). One operation for each
overload; its id is its name with the types of all its parameters, the binding one
first. Unbound ones are called by the name of an import: container.py gives them their
places.
"""

from __future__ import annotations

from generator.model import (
    Binding,
    ListOf,
    Named,
    Operation,
    OperationKind,
    Parameter,
    ParameterIn,
    Response,
    TypeRef,
)
from generator.readers.csdl.annotations import annotate
from generator.readers.csdl.reading import Reading
from generator.readers.csdl.xml import Element

_MAX_SIGNATURE = 8192
_PARAMETERS = frozenset({"Parameter"})


def read_operation(reading: Reading, element: Element, namespace: str) -> None:
    """Read an overload with its parameters, and put it and their annotations into the
    draft."""
    name = f"{namespace}.{element.attributes['Name']}"
    written = [child for child in element.children if child.name == "Parameter"]
    types = (reading.scope.path(child.attributes["Type"]) for child in written)
    operation_id = f"{name}({','.join(types)})"
    if len(operation_id) > _MAX_SIGNATURE:
        message = f"the types of the parameters of {name} are too long together"
        reading.report("csdl-long-name", message, element.place)
        return
    parameters = list(reading.members(element, _PARAMETERS, operation_id))
    annotate(reading, element, operation_id)
    binding = None
    if reading.boolean(element, "IsBound"):
        binding = _read_binding(reading, element, parameters[:1], operation_id)
        if binding is None:
            return
    is_action = element.name == "Action"
    operation = Operation(
        id=operation_id,
        name=name,
        kind=OperationKind.ACTION if is_action else OperationKind.FUNCTION,
        method="POST" if is_action else "GET",
        path=(name,) if binding else (),
        binding=binding,
        parameters=tuple(
            _read_parameter(reading, child, operation_id, is_action)
            for child in (parameters[1:] if binding else parameters)
        ),
        responses=(_read_response(reading, element, operation_id),),
        composable=reading.boolean(element, "IsComposable") is True,
        entity_set_path=reading.scope.path(element.attributes.get("EntitySetPath", "")),
        place=element.place,
    )
    reading.define(reading.draft.operations, operation_id, operation, element.place)


def _read_binding(
    reading: Reading, element: Element, first: list[Element], operation_id: str
) -> Binding | None:
    """Read the first parameter of a bound operation, or report what is the matter with
    it."""
    if not first:
        message = f"{operation_id} is bound, but has no parameter to be bound to"
        reading.report("csdl-missing-binding", message, element.place)
        return None
    annotate(reading, first[0], f"{operation_id}/{first[0].attributes['Name']}")
    type_ref, _ = reading.type(first[0])
    many = isinstance(type_ref, ListOf)
    single: TypeRef = type_ref.item if isinstance(type_ref, ListOf) else type_ref
    if not isinstance(single, Named):
        message = f"{operation_id} is bound to a type that has no address"
        reading.report("csdl-not-callable", message, first[0].place)
        return None
    return Binding(single.id, many, first[0].attributes["Name"])


def _read_parameter(
    reading: Reading, element: Element, operation_id: str, is_action: bool
) -> Parameter:
    """Read a parameter. One of an action that is null may as well be left out (OData
    4.01 Protocol section 11.5.5.1); in a function's brackets null must be written.

    Of an action's collection nothing can be assumed where Nullable does not say "false"
    (CSDL 4.01 section 7.2.1). It is not demanded: Microsoft Graph says so of those that
    it needs, and only of those.
    """
    name = element.attributes["Name"]
    annotate(reading, element, f"{operation_id}/{name}")
    type_ref, nullable = reading.type(element)
    unsaid = (
        isinstance(type_ref, ListOf) and element.attributes.get("Nullable") != "false"
    )
    return Parameter(
        name=name,
        type=type_ref,
        place=ParameterIn.BODY if is_action else ParameterIn.PATH,
        required=not (is_action and (nullable or unsaid)),
        nullable=nullable,
        constraints=reading.constraints(element),
        source=element.place,
    )


def _read_response(reading: Reading, element: Element, operation_id: str) -> Response:
    """Read the return type; without one there is no content (OData protocol 11.5.4 and
    .5)."""
    for child in element.children:
        if child.name == "ReturnType":
            annotate(reading, child, f"{operation_id}/$ReturnType")
            type_ref, nullable = reading.type(child)
            return Response("200", type_ref, nullable)
    if element.name == "Function":
        message = f"the function {operation_id} has no return type"
        reading.report("csdl-missing-result", message, element.place)
    return Response("204")
