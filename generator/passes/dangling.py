"""What an Api names and does not have.

Readers and our own passes leave nothing dangling, and emitters rely on it; a pass of
another package may.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model import (
    Alias,
    Api,
    Named,
    Operation,
    Resource,
    ResourceLink,
    Struct,
    TypeDef,
    named_types,
)
from generator.passes.closure import mentioned_by


def dangling(api: Api) -> Iterator[str]:
    """Tell, a line for each, which references of an Api lead nowhere, or round to where
    they start."""
    yield from _keys("types", api.types)
    yield from _keys("resources", api.resources)
    yield from _circles(api.types)
    yield from _bases(api.types)
    for name, what in _mentioned(api):
        if name not in api.types:
            yield f"{what} names the type {name!r}, which is not there"
    for place, links in _links(api):
        for link in links:
            if link.target and link.target not in api.resources:
                yield (
                    f"the link {link.name!r} of {place} leads to the resource"
                    f" {link.target!r}, which is not there"
                )
    bound = {operation.id for operation in api.operations}
    for operation in _operations(api):
        if operation.binding is not None and operation.id not in bound:
            yield f"{operation.id} is not among the operations"


def _links(api: Api) -> Iterator[tuple[str, tuple[ResourceLink, ...]]]:
    yield "the service", api.links
    for resource in api.resources.values():
        yield resource.id, resource.links


def _keys(
    what: str, table: Mapping[str, TypeDef] | Mapping[str, Resource]
) -> Iterator[str]:
    for key, each in table.items():
        if key != each.id:
            yield f"{each.id!r} stands among the {what} as {key!r}"


def _mentioned(api: Api) -> Iterator[tuple[str, str]]:
    """Give the types that are named anywhere, and as what."""
    for definition in api.types.values():
        if isinstance(definition, Struct):
            yield from _of_struct(definition)
        elif isinstance(definition, Alias):
            for name in named_types(definition.type):
                yield name, f"the definition {definition.id}"
    for root in api.roots:
        yield root.type, f"the root {root.name}"
    for resource in api.resources.values():
        if resource.type:
            yield resource.type, f"the resource {resource.id}"
    for operation in _operations(api):
        for name, relation in mentioned_by(operation):
            yield name, f"{relation} {operation.id}"


def _of_struct(struct: Struct) -> Iterator[tuple[str, str]]:
    if struct.base is not None:
        yield struct.base, struct.id
    for member in struct.properties:
        for name in named_types(member.type):
            yield name, f"the property {struct.id}/{member.name}"
        for name in member.navigation.types if member.navigation else ():
            yield name, f"a constraint of {struct.id}/{member.name}"
    if struct.additional is not None:
        for name in named_types(struct.additional):
            yield name, f"the additional of {struct.id}"


def _operations(api: Api) -> Iterator[Operation]:
    yield from api.operations
    for resource in api.resources.values():
        yield from resource.operations
        yield from (link.operation for link in resource.links if link.operation)


def _circles(types: Mapping[str, TypeDef]) -> Iterator[str]:
    """Tell which types are defined by themselves alone."""
    done: set[str] = set()
    for start in types:
        path: set[str] = set()
        name = start
        while name in types and name not in done and name not in path:
            path.add(name)
            name = _next(types[name])
        if name in path:
            yield f"the type {name!r} is defined by itself"
        done |= path


def _bases(types: Mapping[str, TypeDef]) -> Iterator[str]:
    for each in types.values():
        base = types.get(each.base or "") if isinstance(each, Struct) else None
        if base is not None and not isinstance(base, Struct):
            yield f"the base of {each.id} is {base.id!r}, which has no members"


def _next(definition: TypeDef) -> str:
    """Give the type without which another one is nothing, "" if there is none."""
    if isinstance(definition, Struct):
        return definition.base or ""
    if isinstance(definition, Alias) and isinstance(definition.type, Named):
        return definition.type.id
    return ""
