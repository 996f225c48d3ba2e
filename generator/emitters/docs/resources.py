"""The views of the pages of types: entity and complex types, and enumerations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from generator.emitters.docs.diagrams import Diagrams
from generator.emitters.docs.facts import property_row
from generator.emitters.docs.http import json_text
from generator.emitters.docs.markdown import (
    Md,
    cell,
    code_cell,
    comment,
    fence,
    inline,
    join,
    link,
)
from generator.emitters.docs.site import Site, listed, said, short
from generator.emitters.docs.subjects import Subject
from generator.emitters.docs.views import Head, Page, head, table
from generator.model import (
    Enum,
    ListOf,
    Named,
    OperationKind,
    Property,
    StreamType,
    Struct,
    TypeRef,
    settle,
)

# The member behind which Microsoft Graph hides those that were added later from callers
# who do not ask for them.
_SENTINEL: Final = "unknownFutureValue"


@dataclass(frozen=True, slots=True)
class ResourceView:
    """The page of a structured type; what is "" is left out."""

    head: Head
    deprecation: Md
    description: Md
    facts: tuple[Md, ...]
    methods: Md
    properties: Md
    relationships: Md
    derived: tuple[Md, ...]
    comment: Md
    json: Md
    diagram: Md


class Resources:
    """Makes the pages of structured types."""

    def __init__(self, site: Site, subjects: Iterable[Subject]) -> None:
        self._site = site
        self._diagrams = Diagrams(site)
        self._methods: dict[str, list[Subject]] = {}
        for subject in subjects:
            self._methods.setdefault(subject.key.type, []).append(subject)

    def pages(self, struct: Struct) -> Iterable[Page]:
        """Give the page of a type, and the picture on it if there is one."""
        site = self._site
        kind = "resource" if struct.is_entity else "complex"
        title = f"{short(struct.id)} {kind} type"
        namespace = struct.id.rpartition(".")[0]
        text = said(struct.doc)
        members = site.structure.members(struct.id)
        diagram = self._diagrams.page(struct)
        if diagram is not None:
            yield diagram
        view = ResourceView(
            head=head(
                site,
                title,
                text or f"What {short(struct.id)} is made of.",
                "resourcePageType",
                namespace,
            ),
            deprecation=site.deprecated(struct.deprecation),
            description=site.prose(text),
            facts=self._facts(struct),
            methods=self._method_table(struct),
            properties=self._property_table(struct),
            relationships=self._relationships(struct),
            derived=tuple(
                map(site.type_link, site.structure.derived.get(struct.id, ()))
            ),
            comment=comment(_block(site, struct)),
            json=fence(_skeleton(site, struct, members.values()), "json"),
            diagram=_picture(struct, diagram),
        )
        yield Page(site.names.type(struct.id), "resource.md.j2", view)

    def _facts(self, struct: Struct) -> tuple[Md, ...]:
        facts = []
        if struct.base is not None:
            facts.append(Md(f"Inherits from {self._site.type_link(struct.base)}."))
        if struct.abstract:
            facts.append(Md("Abstract: every instance is of a derived type."))
        if struct.open:
            facts.append(Md("Open: an instance may have more properties than these."))
        if struct.has_stream:
            facts.append(Md("An instance has content of its own, at `$value`."))
        return tuple(facts)

    def _method_table(self, struct: Struct) -> Md:
        """What can be called on one of the type or many, bound to its bases or not."""
        found = list(self._methods.get(struct.id, ()))
        for base in self._site.structure.chain(struct.id)[1:]:
            found += [
                subject
                for subject in self._methods.get(base.id, ())
                if subject.operation.binding is not None
            ]
        rows = [
            (
                link(cell(subject.title), f"../{subject.page}"),
                self._result(subject),
                self._site.sentence(subject.description),
            )
            for subject in sorted(found, key=_rank)
        ]
        return table("Method|Return type|Description", rows)

    def _result(self, subject: Subject) -> Md:
        result = subject.operation.result
        if result is None or result.type is None:
            return Md("None")
        return self._site.type_text(result.type)

    def _property_table(self, struct: Struct) -> Md:
        rows = [
            property_row(self._site, member, owner, struct.id)
            for member, owner in self._members(struct)
            if member.navigation is None
        ]
        return table("Property|Type|Description", rows)

    def _relationships(self, struct: Struct) -> Md:
        rows = [
            property_row(self._site, member, owner, struct.id)
            for member, owner in self._members(struct)
            if member.navigation is not None
        ]
        return table("Relationship|Type|Description", rows)

    def _members(self, struct: Struct) -> Sequence[tuple[Property, Struct]]:
        found = {
            member.name: (member, each)
            for each in reversed(self._site.structure.chain(struct.id))
            for member in each.properties
        }
        return sorted(found.values(), key=lambda each: each[0].name.lower())


_ORDER: Final = {kind: order for order, kind in enumerate(OperationKind)}


def _rank(subject: Subject) -> tuple[int, str]:
    return _ORDER[subject.key.kind], subject.title


def _picture(struct: Struct, diagram: Page | None) -> Md:
    if diagram is None:
        return Md("")
    label = inline(f"The relations of {short(struct.id)}")
    return Md(f"!{link(label, f'../{diagram.path}')}")


def _block(site: Site, struct: Struct) -> Mapping[str, object]:
    """Say what the JSON below is, as Microsoft's checker of documents reads it."""
    block: dict[str, object] = {"blockType": "resource"}
    key = site.structure.key(struct.id)
    if key:
        block["keyProperty"] = key[0].path
    block["@odata.type"] = struct.id
    if struct.base is not None:
        block["baseType"] = struct.base
    block["openType"] = struct.open
    return block


def _skeleton(site: Site, struct: Struct, members: Iterable[Property]) -> str:
    shape = {"@odata.type": f"#{struct.id}"}
    shape_of = {
        member.name: _shape(site, member.type)
        for member in members
        if member.navigation is None
        and not isinstance(settle(member.type, site.api.types), StreamType)
    }
    return json_text(shape | shape_of)


def _shape(site: Site, ref: TypeRef) -> object:
    ref = site.settled(ref)
    if isinstance(ref, ListOf):
        return [_shape(site, ref.item)]
    if isinstance(ref, Named) and isinstance(site.api.types[ref.id], Struct):
        return {"@odata.type": ref.id}
    return site.type_word(ref)


@dataclass(frozen=True, slots=True)
class EnumView:
    """The page of an enumeration."""

    head: Head
    deprecation: Md
    description: Md
    facts: tuple[Md, ...]
    members: Md


def enum_page(site: Site, enum: Enum) -> Page:
    """Give the page of an enumeration."""
    text = said(enum.doc)
    title = f"{short(enum.id)} enum type"
    rows = [
        (
            code_cell(member.name),
            Md("" if member.value is None else str(member.value)),
            join(
                " ", [site.cell(said(member.doc)), site.deprecated(member.deprecation)]
            ),
        )
        for member in enum.members
    ]
    view = EnumView(
        head=head(
            site,
            title,
            text or f"The members of {short(enum.id)}.",
            "enumPageType",
            enum.id.rpartition(".")[0],
        ),
        deprecation=site.deprecated(enum.deprecation),
        description=site.prose(text),
        facts=_enum_facts(enum),
        members=table("Member|Value|Description", rows),
    )
    return Page(site.names.type(enum.id), "enum.md.j2", view)


def _enum_facts(enum: Enum) -> tuple[Md, ...]:
    facts = []
    if enum.is_flags:
        facts.append(
            Md("A value may be several members, written with commas between them.")
        )
    names = [member.name for member in enum.members]
    if _SENTINEL in names:
        later = listed(enum.members[names.index(_SENTINEL) + 1 :])
        facts.append(Md("More members may be added: expect values that are not here."))
        if later:
            facts.append(
                Md(
                    "Send the header `Prefer: include-unknown-enum-members` to be"
                    f" answered with {later}; without it, `{_SENTINEL}` stands for"
                    f" {'it' if len(names) - names.index(_SENTINEL) == 2 else 'them'}."
                )
            )
    return tuple(facts)
