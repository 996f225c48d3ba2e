"""A pass: without the properties and members that are deprecated."""

from __future__ import annotations

from dataclasses import replace

from generator.diagnostics import Diagnostics
from generator.model import Api, Enum, Struct, TypeDef


def without_deprecated(api: Api, diagnostics: Diagnostics) -> Api:
    """Give the Api without them, and say how many were left out."""
    types = {type_id: _kept(each) for type_id, each in api.types.items()}
    left_out = sum(map(_size, api.types.values())) - sum(map(_size, types.values()))
    if left_out:
        text = f"{left_out} deprecated properties and members were left out"
        diagnostics.info("typescript-deprecated", text)
    return replace(api, types=types)


def _kept(definition: TypeDef) -> TypeDef:
    if isinstance(definition, Struct):
        kept = [each for each in definition.properties if not each.deprecation]
        return replace(definition, properties=tuple(kept))
    if isinstance(definition, Enum):
        members = [each for each in definition.members if not each.deprecation]
        return replace(definition, members=tuple(members))
    return definition


def _size(definition: TypeDef) -> int:
    if isinstance(definition, Struct):
        return len(definition.properties)
    return len(definition.members) if isinstance(definition, Enum) else 0
