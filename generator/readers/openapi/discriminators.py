"""Discriminators of structures: which value means which of the derived types.

Runs when all schemas are read, since a structure does not say what is derived from it
(OpenAPI 3.1 section 4.8.25).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from generator.model import Discriminator, Struct
from generator.readers.openapi.naming import TOKEN
from generator.readers.openapi.nodes import Node
from generator.readers.openapi.schemas import Schemas
from generator.readers.openapi.unions import read_mapping, value_of


def settle_discriminators(schemas: Schemas) -> None:
    """Give structures their discriminators, and those derived from them their tags."""
    derived = _derived(schemas)
    known: dict[tuple[str, str], str] = {}
    unfit: dict[tuple[int, str], Node] = {}
    for type_id, told in list(schemas.discriminators.items()):
        struct = schemas.types.get(type_id)
        name = schemas.reading.text(told, "propertyName")
        if not isinstance(struct, Struct) or not name:
            continue
        below = _all_below(type_id, derived)
        mapping: dict[str, str] = {}
        for value, target in read_mapping(schemas, told):
            if target in below or target == type_id:
                mapping[value] = target
            else:
                unfit[id(told.value), value] = told
        mapped = set(mapping.values())
        for other in below:
            if other not in mapped and not other.startswith(TOKEN):
                if (other, name) not in known:
                    known[other, name] = value_of(schemas, other, name)
                mapping.setdefault(known[other, name], other)
        discriminator = Discriminator(name, tuple(sorted(mapping.items())))
        schemas.types[type_id] = replace(struct, discriminator=discriminator)
        _tag(schemas, mapping)
    # several structures may have one discriminator, from a schema they are made of
    for (_, value), told in unfit.items():
        message = f"{value!r} is mapped to what does not inherit from this schema"
        schemas.reading.report("openapi-discriminator", message, told)


def _tag(schemas: Schemas, mapping: dict[str, str]) -> None:
    for value, target in mapping.items():
        struct = schemas.types[target]
        if isinstance(struct, Struct) and not struct.tag:
            schemas.types[target] = replace(struct, tag=value)


def _derived(schemas: Schemas) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for type_id, definition in schemas.types.items():
        if isinstance(definition, Struct) and definition.base is not None:
            found[definition.base].append(type_id)
    return found


def _all_below(type_id: str, derived: dict[str, list[str]]) -> dict[str, None]:
    """Give the types that inherit from one, in the order of the document."""
    found: dict[str, None] = {}
    waiting = list(derived.get(type_id, ()))
    while waiting:
        other = waiting.pop(0)
        if other not in found and other != type_id:
            found[other] = None
            waiting.extend(derived.get(other, ()))
    return found
