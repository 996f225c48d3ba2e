"""Pictures of the relations of a type, as SVG.

A picture is a file of its own that needs no script, no font and no network, so it is
seen wherever the pages are: in the site, in an editor, on a code host. What leads to
the type stands above it, what it leads to below; all in one column, so that a narrow
screen can show it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, NamedTuple

from generator.emitters.docs.markdown import Md, clean
from generator.emitters.docs.site import Site
from generator.emitters.docs.views import Page
from generator.model import Alias, Enum, ListOf, Property, Struct, named_types

_MOST: Final = 12
_PAD: Final = 14
_INDENT: Final = 44
_SPINE: Final = _PAD + 14
_BOX: Final = 26
_ROW: Final = 54
_LETTER: Final = 8  # pixels, with something to spare


class Relation(NamedTuple):
    """A relationship: its name, the type at its other end, and whether that lives
    there."""

    name: str
    type: str
    contained: bool


@dataclass(frozen=True, slots=True)
class BoxView:
    """A box with the name of a type; coordinates are those of its upper left corner."""

    style: Md
    x: Md
    y: Md
    width: Md
    text_y: Md
    text_x: Md
    text: Md


@dataclass(frozen=True, slots=True)
class LineView:
    """A line with what is written at it."""

    style: Md
    path: Md
    text_y: Md
    text: Md


@dataclass(frozen=True, slots=True)
class DiagramView:
    """A picture; all numbers are pixels."""

    title: Md
    width: Md
    height: Md
    lines: tuple[LineView, ...]
    boxes: tuple[BoxView, ...]


def is_navigation(member: Property) -> bool:
    """Say whether a property is a relationship of OData."""
    return member.navigation is not None


class Diagrams:
    """Draws the pictures of an Api's types; `is_relation` says which properties lead to
    what is shown: relationships."""

    def __init__(
        self, site: Site, is_relation: Callable[[Property], bool] = is_navigation
    ) -> None:
        self._site = site
        self._is_relation = is_relation
        self._incoming: dict[str, list[Relation]] = {}
        for definition in site.api.types.values():
            if not isinstance(definition, Enum):
                for target, relation in self._relations(own_members(definition)):
                    back = relation._replace(type=site.short(definition.id))
                    self._incoming.setdefault(target, []).append(back)

    def page(self, definition: Struct | Alias) -> Page | None:
        """Give the picture of a type, None for one without relations."""
        members: Iterable[Property] = own_members(definition)
        if isinstance(definition, Struct):
            members = self._site.structure.members(definition.id).values()
        outgoing = [relation for _, relation in self._relations(members)]
        incoming = self._incoming.get(definition.id, [])
        if not (incoming or outgoing):
            return None
        stem = self._site.names.type(definition.id).rpartition("/")[2]
        path = f"diagrams/{stem.removesuffix('.md')}.svg"
        view = _draw(self._site.short(definition.id), incoming, outgoing)
        return Page(path, "diagram.svg.j2", view)

    def _relations(self, members: Iterable[Property]) -> Iterable[tuple[str, Relation]]:
        for member in filter(self._is_relation, members):
            for target in named_types(member.type):
                many = " [*]" if isinstance(member.type, ListOf) else ""
                name = f"{member.name}{many}"
                contained = member.navigation is None or member.navigation.contains
                yield target, Relation(name, self._site.short(target), contained)


def own_members(definition: Struct | Alias) -> tuple[Property, ...]:
    """Give the properties that a type declares; what another name stands for is one
    without a name."""
    if isinstance(definition, Struct):
        return definition.properties
    return (Property("", definition.type),)


def _draw(
    name: str, incoming: Sequence[Relation], outgoing: Sequence[Relation]
) -> DiagramView:
    above, below = _few(incoming), _few(outgoing)
    top = _PAD + _ROW * len(above) + (8 if above else 0)
    bottom = top + _BOX
    boxes = [_box("own", _PAD, top, name)]
    lines = []
    for number, each in enumerate(above):
        y = _PAD + _ROW * number + 20
        boxes.append(_box("other", _INDENT, y, each.type))
        path = f"M{_INDENT} {y + _BOX // 2}H{_SPINE}V{top - 1}"
        lines.append(_line(each, path, y - 6))
    for number, each in enumerate(below):
        y = bottom + _ROW * number + 28
        boxes.append(_box("other", _INDENT, y, each.type))
        path = f"M{_SPINE} {bottom}V{y + _BOX // 2}H{_INDENT - 1}"
        lines.append(_line(each, path, y - 6))
    texts = [name, *(text for each in (*above, *below) for text in each[:2])]
    return DiagramView(
        title=_xml(f"Relations of {name}"),
        width=_number(_INDENT + max(map(_width, texts)) + _PAD),
        height=_number(bottom + _ROW * len(below) + _PAD),
        lines=tuple(lines),
        boxes=tuple(boxes),
    )


def _few(relations: Sequence[Relation]) -> Sequence[Relation]:
    """Give a number of relations that can be looked at, the contained ones first."""
    ordered = sorted(relations, key=lambda each: not each.contained)
    if len(ordered) <= _MOST:
        return ordered
    rest = len(ordered) - _MOST + 1
    return [*ordered[: _MOST - 1], Relation("", f"and {rest} more", contained=False)]


def _box(style: str, x: int, y: int, text: str) -> BoxView:
    return BoxView(
        style=Md(style),
        x=_number(x),
        y=_number(y),
        width=_number(_width(text)),
        text_x=_number(x + 10),
        text_y=_number(y + 18),
        text=_xml(text),
    )


def _line(relation: Relation, path: str, text_y: int) -> LineView:
    style = "contained" if relation.contained else "related"
    return LineView(Md(style), Md(path), _number(text_y), _xml(relation.name))


def _width(text: str) -> int:
    """Letters beyond Latin ones may be twice as wide."""
    return 20 + sum(_LETTER if each < "\u0370" else 2 * _LETTER for each in text)


def _number(number: int) -> Md:
    return Md(str(number))


def _xml(text: str) -> Md:
    return Md(escape(clean(text)))
