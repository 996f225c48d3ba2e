"""Annotate: what annotations say of an Api's elements, written into the elements.

Runs after `resolve`, before the resources are made. All annotations stay in
`Api.annotations`; what decides about places (the Capabilities vocabulary) is read from
there by the pass that makes resources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from generator.diagnostics import Diagnostics
from generator.model import (
    Annotation,
    Api,
    Doc,
    Operation,
    Permission,
    Record,
    Root,
    SecurityScheme,
    TypeDef,
    Value,
)
from generator.passes.annotated_operations import annotated_operation
from generator.passes.annotated_types import TypeContext, annotated_type
from generator.passes.authorizations import security_schemes
from generator.passes.deep_targets import DeepTargets
from generator.lineage import Lineage
from generator.passes.values import paths, records
from generator.passes.vocabulary import (
    CAPABILITIES,
    Annotations,
    doc,
    security,
    value_of,
)


def annotate(api: Api, diagnostics: Diagnostics) -> Api:
    """Give the Api with its annotations written into types, operations and roots.

    Core gives documentation, deprecations, alternate keys, optional parameters and who
    sets a property; Validation gives constraints; Capabilities what of a type is never
    written, and the permissions of operations. `Property.required` follows from them
    all. What NavigationRestrictions says of single navigation properties is added to
    the annotations of those, as is what is said of paths that end at them. Names of
    types and properties in annotations that do not exist give warnings.
    """
    lineage = Lineage(api.types)
    deep = DeepTargets(api.types, api.roots, lineage)
    annotations = deep.fold(_unfolded(api.annotations), diagnostics)
    said = _sorted(annotations)
    return replace(
        api,
        types=_types(
            said, TypeContext(api.types, lineage, diagnostics, api.implied_defaults)
        ),
        operations=tuple([_operation(item, said, api) for item in api.operations]),
        roots=tuple([_root(root, annotations) for root in api.roots]),
        doc=_service_doc(api),
        security=_security(api),
        security_schemes=_security_schemes(api),
        annotations=annotations,
    )


@dataclass(slots=True)
class _Said:
    """The annotations of one element of a schema, and of what stands in it, by name."""

    own: tuple[Annotation, ...] = ()
    members: dict[str, tuple[Annotation, ...]] = field(
        default_factory=dict[str, tuple[Annotation, ...]]
    )


_NOTHING = _Said()


def _sorted(annotations: Annotations) -> Mapping[str, _Said]:
    found: defaultdict[str, _Said] = defaultdict(_Said)
    for target, items in annotations.items():
        head, slash, member = target.partition("/")
        if slash:
            found[head].members[member] = items
        else:
            found[head].own = items
    return found


def _types(said: Mapping[str, _Said], context: TypeContext) -> dict[str, TypeDef]:
    result: dict[str, TypeDef] = {}
    for type_id, definition in context.types.items():
        found = said.get(type_id, _NOTHING)
        result[type_id] = annotated_type(definition, found.own, found.members, context)
    return result


def _operation(operation: Operation, said: Mapping[str, _Said], api: Api) -> Operation:
    found = said.get(operation.id, _NOTHING)
    return annotated_operation(operation, found.own, found.members, api.types)


def _root(root: Root, annotations: Annotations) -> Root:
    found = annotations.get(root.target)
    return replace(root, doc=doc(found, root.doc)) if found else root


def _service_doc(api: Api) -> Doc:
    """The container speaks for the service."""
    for container in _containers(api):
        found = doc(api.annotations.get(container, ()), api.doc)
        if found is not api.doc:
            return found
    return api.doc


def _security(api: Api) -> tuple[Permission, ...]:
    """Authorization.SecuritySchemes stands on the container."""
    for container in _containers(api):
        found = security(api.annotations.get(container, ()))
        if found:
            return found
    return ()


def _security_schemes(api: Api) -> Mapping[str, SecurityScheme]:
    """So does Authorization.Authorizations."""
    for container in _containers(api):
        found = security_schemes(api.annotations.get(container, ()))
        if found:
            return found
    return api.security_schemes


def _containers(api: Api) -> list[str]:
    containers = {root.target.partition("/")[0] for root in api.roots}
    return sorted({*containers, f"{api.namespace}.{api.name}"})


def _unfolded(annotations: Annotations) -> Annotations:
    """Give the annotations with RestrictedProperties put where they are about.

    An entry of NavigationRestrictions/RestrictedProperties on "<type>" or
    "<container>/<set>" says for one navigation property what annotations of
    "<type>/<property>" would say; where those exist they hold.
    """
    added: defaultdict[str, list[Annotation]] = defaultdict(list)
    for target, items in annotations.items():
        value = value_of(items, CAPABILITIES + "NavigationRestrictions")
        if not isinstance(value, Record):
            continue
        for entry in records(value.get("RestrictedProperties")):
            for path in paths(entry.get("NavigationProperty")):
                # Microsoft Graph says it on the navigation property itself as well.
                is_itself = target.endswith(f"/{path}")
                about = target if is_itself else f"{target}/{path}"
                added[about] += _entry_annotations(entry)
    if not added:
        return annotations
    result = dict(annotations)
    for target, new in added.items():
        own = annotations.get(target, ())
        terms = {item.term for item in own}
        result[target] = (*own, *[item for item in new if item.term not in terms])
    return result


def _entry_annotations(entry: Record) -> Iterator[Annotation]:
    """The properties of an entry are called as the terms that say the same."""
    own: list[tuple[str, Value]] = []
    for name, value in entry.properties:
        if name == "NavigationProperty":
            continue
        if name in ("Navigability", "Referenceable"):
            own.append((name, value))
        else:
            yield Annotation(CAPABILITIES + name, value)
    if own:
        yield Annotation(
            CAPABILITIES + "NavigationRestrictions", Record("", tuple(own))
        )
