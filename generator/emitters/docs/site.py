"""What the pages know of the whole: the Api, the paths of the pages, the types as
readers call them, and links between pages.

Every view is made with one `Site`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Final

from generator.emitters.docs import markdown
from generator.emitters.docs.calls import offered
from generator.emitters.docs.links import Links
from generator.emitters.docs.markdown import Md, cell, code_cell, inline, join, link
from generator.emitters.docs.names import PageNames
from generator.emitters.structure import Structure
from generator.model import (
    Alias,
    AnyType,
    Api,
    Deprecation,
    Doc,
    Enum,
    EnumMember,
    ListOf,
    LiteralType,
    MapOf,
    UnionOf,
    Named,
    RequestPath,
    Scalar,
    ScalarKind,
    StreamType,
    TypeRef,
    settle,
)

# The primitive types as OData's users know them (CSDL 4.01 section 3.3).
_SCALARS: Final = {
    ScalarKind.STRING: "String",
    ScalarKind.BOOLEAN: "Boolean",
    ScalarKind.BYTE: "Byte",
    ScalarKind.SBYTE: "SByte",
    ScalarKind.INT16: "Int16",
    ScalarKind.INT32: "Int32",
    ScalarKind.INT64: "Int64",
    ScalarKind.SINGLE: "Single",
    ScalarKind.DOUBLE: "Double",
    ScalarKind.DECIMAL: "Decimal",
    ScalarKind.BINARY: "Binary",
    ScalarKind.DATE: "Date",
    ScalarKind.DATE_TIME: "DateTimeOffset",
    ScalarKind.TIME: "TimeOfDay",
    ScalarKind.DURATION: "Duration",
    ScalarKind.GUID: "Guid",
}

MOST_MEMBERS: Final = 12
"""Enumerations of more members are not listed where they are mentioned."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a user decides about the documents.

    `folder` is the folder of the output, `package` the Python package that examples
    use, `base_url` where the service answers ("" for unknown). `version` is the label
    of a version that is not final ("beta"), for which pages carry a warning.
    `front_matter` are entries for the head of each page, `date` one for `ms.date`.
    `openapi` is the address of the OpenAPI document, if there is one. `link_base` is
    that of the folder to which relative links in the spec's text are meant that name no
    page of this site. `changes` is Markdown that tells what is new since another
    version, made from the two. `templates` is the folder of the user's own templates.
    """

    folder: str
    package: str
    base_url: str = ""
    title: str = ""
    version: str = ""
    date: str = ""
    site_url: str = ""
    openapi: str = ""
    link_base: str = ""
    changes: str = ""
    front_matter: tuple[tuple[str, str], ...] = ()
    templates: Path | None = None


class Site:
    """The whole of the documents, as far as each page has to know it."""

    def __init__(
        self,
        api: Api,
        options: Options,
        paths: Mapping[str, tuple[RequestPath, ...]],
    ) -> None:
        self.api = api
        self.options = options
        self.paths = paths
        self.names = PageNames(api)
        self.structure = Structure(api)

    @property
    def title(self) -> str:
        """What the documents are called."""
        return self.options.title or self.api.name

    # --- types as text

    def type_text(self, ref: TypeRef, up: str = "../") -> Md:
        """Give a type as it stands in the cell of a table, linked to its page.

        `up` leads from the folder of the page to that of the documents.
        """
        ref = self.settled(ref)
        if isinstance(ref, ListOf):
            return Md(f"{self.type_text(ref.item, up)} collection")
        if isinstance(ref, Named):
            return self.type_link(ref.id, up)
        return cell(self.type_word(ref))

    def settled(self, ref: TypeRef) -> TypeRef:
        """Follow type definitions to what they stand for; one that stands in that
        itself can be anything."""
        if isinstance(ref, Named) and ref.id in self.structure.endless:
            return AnyType()
        return settle(ref, self.api.types)

    def type_word(self, ref: TypeRef) -> str:
        """Give a type as a word or two of plain text."""
        ref = self.settled(ref)
        match ref:
            case Scalar():
                return _SCALARS[ref.kind]
            case Named():
                return self.short(ref.id)
            case ListOf():
                return f"{self.type_word(ref.item)} collection"
            case MapOf():
                return f"map to {self.type_word(ref.value)}"
            case UnionOf():
                return " or ".join(self.type_word(member) for member in ref.members)
            case LiteralType():
                return ref.value
            case StreamType():
                return "Stream"
            case AnyType():
                return "Any"

    def type_link(self, type_id: str, up: str = "../") -> Md:
        """Give a type's short name, linked to its page."""
        if type_id not in self.api.types:
            return inline(self.short(type_id))
        return link(cell(self.short(type_id)), up + self.names.type(type_id))

    # --- what the spec says; `up` as above

    def prose(self, text: str, up: str = "../") -> Md:
        """Give a text of the spec as paragraphs, with its links."""
        return markdown.prose(text, self._targets(up))

    def inline(self, text: str, up: str = "../") -> Md:
        """Give a text of the spec on one line, with its links."""
        return markdown.inline(text, self._targets(up))

    def cell(self, text: str, up: str = "../") -> Md:
        """Give a text of the spec as the cell of a table, with its links."""
        return markdown.cell(text, self._targets(up))

    def sentence(self, text: str, up: str = "../") -> Md:
        """Give a text as a cell that ends as sentences end, so that more can follow."""
        found = self.cell(text, up)
        return Md(f"{found}.") if found and found[-1].isalnum() else found

    def deprecated(self, deprecation: Deprecation | None) -> Md:
        """Tell that something is on its way out, "" if it is not."""
        if deprecation is None:
            return Md("")
        since = f" since {deprecation.date}" if deprecation.date else ""
        until = (
            f", to be removed on {deprecation.removal_date}"
            if deprecation.removal_date
            else ""
        )
        fact = cell(f"{since}{until}.".strip()) if since or until else Md("")
        said_too = self.cell(deprecation.description)
        return join(" ", [Md("**Deprecated**"), fact, said_too])

    def target(self, href: str, up: str = "") -> str:
        """Give where a link of the spec leads, "" for nowhere."""
        return self._links.target(href, up)

    def _targets(self, up: str) -> markdown.Targets:
        return partial(self._links.target, up=up)

    @cached_property
    def is_secured(self) -> bool:
        """Whether callers of an OData service have to prove who they are."""
        api = self.api
        return bool(api.security or api.path_permissions.grants) or any(
            operation.permissions
            for resource in api.resources.values()
            for operation in resource.operations
        )

    @cached_property
    def _links(self) -> Links:
        return Links(self._pages(), self.options.link_base)

    def _pages(self) -> Iterator[str]:
        """The pages that a link in a spec's text may mean."""
        for definition in self.api.types.values():
            if not isinstance(definition, Alias):
                yield self.names.type(definition.id)
        calls = offered(self.api.resources.values(), self.api.operations)
        yield from (self.names.operation(*each) for each in calls)

    def short(self, type_id: str) -> str:
        """Give what readers call a type: the last part of its qualified name."""
        return short(type_id)

    def values(self, ref: TypeRef) -> Md:
        """Tell which values an enumeration has, "" for another type or a big one."""
        ref = self.settled(ref)
        while isinstance(ref, ListOf):
            ref = self.settled(ref.item)
        definition = self.api.types.get(ref.id) if isinstance(ref, Named) else None
        if not isinstance(definition, Enum):
            return Md("")
        members = definition.members
        if not 0 < len(members) <= MOST_MEMBERS:
            return Md("")
        return Md(f"Possible values: {listed(members)}.")


def short(qualified: str) -> str:
    """Give the last part of a qualified name."""
    return qualified.rpartition(".")[2]


def listed(members: tuple[EnumMember, ...]) -> Md:
    """Give the names of members, one after another."""
    return join(", ", [code_cell(member.name) for member in members])


def said(doc: Doc) -> str:
    """Give all that is said of something, "" for nothing, as paragraphs."""
    parts = dict.fromkeys((doc.summary, doc.description))
    return "\n\n".join(filter(None, parts))
