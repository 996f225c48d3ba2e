"""What tells the class of an object: discriminators other than "@odata.type", which is
the runtime's own affair.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.emitters.python.code import Code, literal
from generator.emitters.python.layout import mapping, statement
from generator.emitters.python.names import Names
from generator.emitters.python.pytypes import PyTypes
from generator.model import Discriminator, Named, Property, Struct


def is_tag(prop: Property, struct: Struct) -> bool:
    """Whether a property tells which of the derived types an object is of."""
    chosen = struct.discriminator
    return chosen is not None and chosen.property == prop.name


def tag_lines(
    struct: Struct, bases: Sequence[Struct], types: PyTypes, names: Names
) -> list[Code]:
    """The statements of a class body that tell the runtime; `bases` are those of the
    struct, the nearest first.
    """
    lines = []
    own = struct.discriminator
    if own is not None and not _is_usual(own):
        lines.append(statement("_tag_name = ", literal(own.property), 4))
        places = [
            (
                literal(value),
                literal(f"{names.type_module(id_)}:{names.type_class(id_)}"),
            )
            for value, id_ in own.mapping
            if types.struct(Named(id_)) is not None
        ]
        lines.append(statement("_tags = ", mapping(places), 4))
    chosen = (each.discriminator for each in (struct, *bases))
    nearest = next((each for each in chosen if each is not None), None)
    if struct.tag and nearest is not None and not _is_usual(nearest):
        lines.append(statement("_tag = ", literal(struct.tag), 4))
    return lines


def _is_usual(discriminator: Discriminator) -> bool:
    """Whether objects name their type as they do in OData, where no class need say so."""
    return discriminator.property == "@odata.type" and all(
        value.removeprefix("#") == type_id for value, type_id in discriminator.mapping
    )
