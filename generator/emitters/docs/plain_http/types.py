"""The views of the pages of types: objects, enumerations, and names for what is
neither.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from generator.emitters.docs.diagrams import Diagrams
from generator.emitters.docs.facts import facts_of
from generator.emitters.docs.http import json_text
from generator.emitters.docs.markdown import Md, code_cell, comment, fence, inline
from generator.emitters.docs.markdown import cell, join, link
from generator.emitters.docs.plain_http.bodies import choices, told_apart
from generator.emitters.docs.plain_http.facts import property_row
from generator.emitters.docs.plain_http.site import HttpSite, kind_of
from generator.emitters.docs.plain_http.subjects import Subject
from generator.emitters.docs.resources import EnumView
from generator.emitters.docs.site import said
from generator.emitters.docs.views import Head, Page, head, table
from generator.emitters.python.code import paragraphs
from generator.emitters.samples import Json, Purpose
from generator.model import (
    Alias,
    Enum,
    Named,
    Property,
    Struct,
    TypeDef,
    UnionOf,
    named_types,
)

_KIND: Final = "resourcePageType"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a type is made of: facts, the members of a union, properties."""

    facts: tuple[Md, ...]
    members: tuple[Md, ...] = ()
    properties: Md = Md("")


@dataclass(frozen=True, slots=True)
class TypeView:
    """The page of an object or of another name; what is "" is left out."""

    head: Head
    deprecation: Md
    description: Md
    meaning: Meaning
    derived: tuple[Md, ...]
    comment: Md
    json: Md
    diagram: Md
    operations: Md


class Types:
    """Makes the pages of types."""

    def __init__(self, site: HttpSite, subjects: Iterable[Subject]) -> None:
        self._site = site
        self._samples = site.samples
        self._diagrams = Diagrams(site, self._leads_on)
        self._uses: dict[str, dict[str, Subject]] = {}
        for subject in subjects:
            for type_id in _used(subject):
                self._uses.setdefault(type_id, {})[subject.page] = subject

    def pages(self, definition: TypeDef) -> Iterator[Page]:
        """Give the page of a type, and the picture on it if there is one."""
        if isinstance(definition, Enum):
            yield self._enum(definition)
            return
        site = self._site
        diagram = self._diagrams.page(definition)
        if diagram is not None:
            yield diagram
        meaning = (
            self._object(definition)
            if isinstance(definition, Struct)
            else self._other_name(definition)
        )
        view = TypeView(
            head=self._head(definition, _KIND),
            deprecation=site.deprecated(definition.deprecation),
            description=site.prose(said(definition.doc)),
            meaning=meaning,
            derived=tuple(
                map(site.type_link, site.structure.derived.get(definition.id, ()))
            ),
            comment=comment({"blockType": "resource", "name": definition.id}),
            json=fence(json_text(self._example(definition)), "json"),
            diagram=self._picture(definition, diagram),
            operations=self._operations(definition),
        )
        yield Page(site.names.type(definition.id), "type.md.j2", view)

    def _head(self, definition: TypeDef, kind: str) -> Head:
        name = self._site.short(definition.id)
        what = kind_of(definition)
        text = said(definition.doc) or f"What {name} is made of."
        return head(self._site, f"{name} {what}", text, kind)

    # --- objects

    def _object(self, struct: Struct) -> Meaning:
        facts = tuple(self._facts(struct))
        return Meaning(facts, properties=self._properties(struct))

    def _facts(self, struct: Struct) -> Iterator[Md]:
        if struct.base is not None:
            yield Md(f"Inherits from {self._site.type_link(struct.base)}.")
        yield from told_apart(self._site, struct)
        yield from self._site.see_also(struct.doc)

    def _properties(self, struct: Struct) -> Md:
        rows = [
            property_row(self._site, member, owner, struct)
            for owner in reversed(self._site.structure.chain(struct.id))
            for member in owner.properties
            if self._site.structure.members(struct.id)[member.name] is member
        ]
        return table("Property|Type|Description", rows)

    # --- names for others

    def _other_name(self, alias: Alias) -> Meaning:
        facts = tuple(self._stands_for(alias))
        members = alias.type.members if isinstance(alias.type, UnionOf) else ()
        return Meaning(facts, tuple(map(self._site.type_text, members)))

    def _stands_for(self, alias: Alias) -> Iterator[Md]:
        site = self._site
        if isinstance(alias.type, UnionOf):
            one = "exactly one" if alias.type.exclusive else "one or more"
            if alias.type.discriminator is not None:
                yield choices(site, alias.type.discriminator)
            yield Md(f"A value of {one} of these types:")
        else:
            yield Md(f"Another name for {site.type_text(alias.type)}.")
        if alias.constraints is not None:
            yield join(" ", facts_of(alias.constraints, alias.type))
        if alias.nullable:
            yield Md("It may be null.")

    # --- both

    def _example(self, definition: Struct | Alias) -> Json:
        if isinstance(definition, Struct):
            return self._samples.object(definition.id, Purpose.READ)
        return self._samples.value(
            Named(definition.id), self._site.short(definition.id)
        )

    def _leads_on(self, member: Property) -> bool:
        """Whether a property leads to objects: enumerations are values."""
        types = self._site.api.types
        return any(
            not isinstance(types.get(type_id), Enum | None)
            for type_id in named_types(member.type)
        )

    def _picture(self, definition: TypeDef, diagram: Page | None) -> Md:
        if diagram is None:
            return Md("")
        label = inline(f"The relations of {self._site.short(definition.id)}")
        return Md(f"!{link(label, f'../{diagram.path}')}")

    def _operations(self, definition: TypeDef) -> Md:
        found = self._uses.get(definition.id, {}).values()
        return method_table(self._site, found)

    # --- enumerations

    def _enum(self, enum: Enum) -> Page:
        site = self._site
        has_labels = any(member.label for member in enum.members)
        rows = [
            (
                code_cell(member.name),
                *([cell(member.label)] if has_labels else []),
                join(
                    " ",
                    [site.cell(said(member.doc)), site.deprecated(member.deprecation)],
                ),
            )
            for member in enum.members
        ]
        columns = "Value|Name|Description" if has_labels else "Value|Description"
        view = EnumView(
            head=self._head(enum, "enumPageType"),
            deprecation=site.deprecated(enum.deprecation),
            description=site.prose(said(enum.doc)),
            facts=(),
            members=table(columns, rows),
        )
        return Page(site.names.type(enum.id), "enum.md.j2", view)


def method_table(site: HttpSite, subjects: Iterable[Subject]) -> Md:
    """Give the table of operations, as pages one folder deep have it."""
    rows = [
        (
            link(cell(subject.title), f"../{subject.page}"),
            code_cell(subject.path_line),
            site.sentence(next(iter(paragraphs(subject.description)), "")),
        )
        for subject in subjects
    ]
    return table("Method|Request|Description", rows)


def _used(subject: Subject) -> Iterator[str]:
    """The types that an operation takes or gives where it succeeds."""
    operation = subject.operation
    bodies = (operation.body, *operation.other_bodies)
    for body in filter(None, bodies):
        yield from named_types(body.type)
    for answer in subject.successes:
        if answer.type is not None:
            yield from named_types(answer.type)
