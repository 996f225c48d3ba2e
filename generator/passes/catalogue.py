"""The catalogue: every name of the whole source, noted before a slice takes any away.

Runs after the resources are made and before `slice_api`. Emitters make the names of
their language from it, so that a slice renames nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.model import Api, Catalogue, Enum, Struct, TypeDef, type_kind


def with_catalogue(api: Api, given: Mapping[str, str] | None = None) -> Api:
    """Give the Api with `catalogue` set from its types, resources and operations;
    `given` are the names of a former run."""
    catalogue = Catalogue(
        kinds={id_: type_kind(definition) for id_, definition in api.types.items()},
        members={id_: _members(definition) for id_, definition in api.types.items()},
        bases={
            id_: definition.base
            for id_, definition in api.types.items()
            if isinstance(definition, Struct) and definition.base is not None
        },
        resources=api.resources,
        links=api.links,
        operations=tuple([item for item in api.operations if item.binding is None]),
        given=given or {},
    )
    return replace(api, catalogue=catalogue)


def with_additions(api: Api) -> Api:
    """Give the Api with a catalogue that also holds what a pass has added since it was
    made; what was in it keeps its place, and so its name."""
    known = api.catalogue
    found = with_catalogue(api).catalogue
    if known is None or found is None:
        return api
    members = {
        id_: tuple(dict.fromkeys((*known.members.get(id_, ()), *names)))
        for id_, names in found.members.items()
    }
    operations = {item.id for item in known.operations}
    added = [item for item in found.operations if item.id not in operations]
    catalogue = Catalogue(
        kinds={**known.kinds, **found.kinds},
        members={**known.members, **members},
        bases={**known.bases, **found.bases},
        resources={**found.resources, **known.resources},
        links=tuple(dict.fromkeys((*known.links, *found.links))),
        operations=(*known.operations, *added),
        given=known.given,
    )
    return replace(api, catalogue=catalogue)


def _members(definition: TypeDef) -> tuple[str, ...]:
    if isinstance(definition, Struct):
        return tuple([member.name for member in definition.properties])
    if isinstance(definition, Enum):
        return tuple([member.name for member in definition.members])
    return ()
