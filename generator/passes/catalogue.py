"""The catalogue: every name of the whole source, noted before a slice takes any away.

Runs after the resources are made and before `slice_api`. Emitters make the names of
their language from it, so that a slice renames nothing.
"""

from __future__ import annotations

from dataclasses import replace

from generator.model import Api, Catalogue, Enum, Struct, TypeDef


def with_catalogue(api: Api) -> Api:
    """Give the Api with `catalogue` set from its types, resources and operations."""
    catalogue = Catalogue(
        kinds={id_: _kind(definition) for id_, definition in api.types.items()},
        members={id_: _members(definition) for id_, definition in api.types.items()},
        bases={
            id_: definition.base
            for id_, definition in api.types.items()
            if isinstance(definition, Struct) and definition.base is not None
        },
        resources=api.resources,
        links=api.links,
        operations=tuple([item for item in api.operations if item.binding is None]),
    )
    return replace(api, catalogue=catalogue)


def _kind(definition: TypeDef) -> str:
    if isinstance(definition, Struct):
        return "entity type" if definition.is_entity else "complex type"
    return "enum type" if isinstance(definition, Enum) else "type definition"


def _members(definition: TypeDef) -> tuple[str, ...]:
    if isinstance(definition, Struct):
        return tuple([member.name for member in definition.properties])
    if isinstance(definition, Enum):
        return tuple([member.name for member in definition.members])
    return ()
