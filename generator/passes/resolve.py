"""Resolve: every reference of an Api leads somewhere, or is reported and worked round.

The first pass, after the reader. It checks references between types (`references`),
what the ways into the service and its operations are made of (here), and what
annotations are about (`targets`). Passes after it follow ids without looking whether
they exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.diagnostics import Diagnostics
from generator.model import (
    AnyType,
    Api,
    Body,
    Operation,
    Parameter,
    Response,
    Root,
    Struct,
    TypeDef,
    TypeRef,
    named_types,
)
from generator.lineage import Lineage
from generator.passes.references import TypeReferences, resolve_types
from generator.passes.segments import PlainNames
from generator.passes.targets import resolve_targets


def resolve(
    api: Api, diagnostics: Diagnostics, overlays: frozenset[str] = frozenset()
) -> Api:
    """Give the Api without dangling references.

    `overlays` are the files (as `Place.file` names them) of the annotations that the
    user gave: among those a target that matches nothing is an error, elsewhere a
    warning.

    Everything wrong is added to `diagnostics` with a code of `passes.codes`; nothing is
    raised. A type that inherits from itself is an error as well.
    """
    types = resolve_types(api.types, diagnostics)
    references = TypeReferences(types, diagnostics)
    lineage = Lineage(types)
    resolved = replace(
        api,
        types=types,
        terms=_terms(api, references),
        roots=_roots(api.roots, lineage, references),
        operations=_operations(api, PlainNames(api, types, lineage), references),
    )
    annotations = resolve_targets(resolved, lineage, overlays, diagnostics)
    return replace(resolved, annotations=annotations)


def _terms(api: Api, references: TypeReferences) -> dict[str, TypeRef]:
    """Terms are mostly made of types of the vocabularies, which nobody need give."""
    return {
        term: (
            AnyType()
            if any(id_.rpartition(".")[0] in api.included for id_ in named_types(type_))
            else references.resolved(type_, f"the term {term}", None)
        )
        for term, type_ in api.terms.items()
    }


def _roots(
    roots: tuple[Root, ...], lineage: Lineage, references: TypeReferences
) -> tuple[Root, ...]:
    known = tuple([root for root in roots if _is_known_root(root, references)])
    by_name = {root.name: root for root in known}
    return tuple([_bound(root, by_name, lineage, references) for root in known])


def _is_known_root(root: Root, references: TypeReferences) -> bool:
    definition = references.types.get(root.type)
    if isinstance(definition, Struct) and definition.is_entity:
        return True
    if definition is None:
        what = f"does not exist{references.suggestions.hint(root.type)}"
    else:
        what = "is not an entity type"
    references.diagnostics.warning(
        "unknown-root",
        f"{root.target} is of type {root.type!r}, which {what}; it is left out",
        root.place,
    )
    return False


def _bound(
    root: Root,
    by_name: Mapping[str, Root],
    lineage: Lineage,
    references: TypeReferences,
) -> Root:
    """Keep the bindings that start and end somewhere (CSDL 4.01 section 13.4)."""
    bindings = tuple(
        [
            (path, target)
            for path, target in root.bindings
            if _is_bound(root, path, target, by_name, lineage, references.diagnostics)
        ]
    )
    return root if bindings == root.bindings else replace(root, bindings=bindings)


def _is_bound(
    root: Root,
    path: str,
    target: str,
    by_name: Mapping[str, Root],
    lineage: Lineage,
    diagnostics: Diagnostics,
) -> bool:
    if lineage.walk(root.type, path.split("/")) is None:
        diagnostics.warning(
            "binding-path",
            f"a binding of {root.target} starts at {path!r}, which {root.type} does "
            "not have; left out",
            root.place,
        )
        return False
    if _leads_to_root(target, by_name, lineage):
        return True
    message = f"the binding of {path!r} in {root.target} leads to {target!r}, which"
    container = target.partition("/")[0]
    if "." in container and container != root.target.partition("/")[0]:
        text = f"{message} is in another service; left out"
        diagnostics.info("binding-target", text, root.place)
    else:
        text = f"{message} does not exist; left out"
        diagnostics.warning("binding-target", text, root.place)
    return False


def _leads_to_root(target: str, by_name: Mapping[str, Root], lineage: Lineage) -> bool:
    """Say whether a binding's target exists: a set or singleton, or a place below one.

    The container may stand before it: "Container/Set" by its qualified name.
    """
    first, *rest = target.split("/")
    if "." in first and rest:
        first, *rest = rest
    root = by_name.get(first)
    return root is not None and lineage.walk(root.type, rest) is not None


def _operations(
    api: Api, plain_names: PlainNames, references: TypeReferences
) -> tuple[Operation, ...]:
    known: list[Operation] = []
    for operation in api.operations:
        binding = operation.binding
        if binding is None or _is_struct(binding.type, references.types):
            path = plain_names.path(operation)
            known.append(_operation(operation, path, references))
            continue
        references.diagnostics.warning(
            "unknown-binding",
            f"{operation.id} is bound to {binding.type!r}, which is not a structured "
            f"type{references.suggestions.hint(binding.type)}; it is left out",
            operation.place,
        )
    return tuple(known)


def _is_struct(type_id: str, types: Mapping[str, TypeDef]) -> bool:
    return isinstance(types.get(type_id), Struct)


def _operation(
    operation: Operation, path: tuple[str, ...], references: TypeReferences
) -> Operation:
    parameters = tuple(
        [_parameter(item, operation, references) for item in operation.parameters]
    )
    responses = tuple(
        [_response(item, operation, references) for item in operation.responses]
    )
    body = _body(operation.body, operation, references)
    if (path, parameters, responses, body) == (
        operation.path,
        operation.parameters,
        operation.responses,
        operation.body,
    ):
        return operation
    return replace(
        operation, path=path, parameters=parameters, responses=responses, body=body
    )


def _parameter(
    parameter: Parameter, operation: Operation, references: TypeReferences
) -> Parameter:
    owner = f"{operation.id}/{parameter.name}"
    place = parameter.source or operation.place
    type_ = references.resolved(parameter.type, owner, place)
    return parameter if type_ is parameter.type else replace(parameter, type=type_)


def _response(
    response: Response, operation: Operation, references: TypeReferences
) -> Response:
    if response.type is None:
        return response
    owner = f"the answer of {operation.id}"
    type_ = references.resolved(response.type, owner, operation.place)
    return response if type_ is response.type else replace(response, type=type_)


def _body(
    body: Body | None, operation: Operation, references: TypeReferences
) -> Body | None:
    if body is None:
        return None
    owner = f"the body of {operation.id}"
    type_ = references.resolved(body.type, owner, operation.place)
    return body if type_ is body.type else replace(body, type=type_)
