"""The pages that are about several operations or types: those of tags, the index, the
glossary, and the table of contents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.emitters.docs.markdown import Md, cell, code_cell, inline, join, link
from generator.emitters.docs.markdown import plain
from generator.emitters.docs.overview import (
    GLOSSARY,
    Entry,
    GlossaryPart,
    GlossaryView,
    counted,
    openapi_link,
    outline,
)
from generator.emitters.docs.plain_http.security import PAGE as SECURITY
from generator.emitters.docs.plain_http.site import HttpSite, kind_of
from generator.emitters.docs.plain_http.subjects import Subject
from generator.emitters.docs.plain_http.types import method_table
from generator.emitters.docs.site import said
from generator.emitters.docs.views import Head, Page, head, table
from generator.model import Doc, Enum, LinkKind, Server, TypeDef


def tags_of(site: HttpSite, subjects: Iterable[Subject]) -> dict[str, list[Subject]]:
    """Give the operations by tag, the tags in the order of the source."""
    found: dict[str, list[Subject]] = {
        each.name: [] for each in site.api.links if each.kind is LinkKind.TAG
    }
    for subject in subjects:
        for tag in subject.operation.tags:
            found.setdefault(tag, []).append(subject)
    return found


# --- tags


@dataclass(frozen=True, slots=True)
class TagView:
    """The page of a tag."""

    head: Head
    description: Md
    facts: tuple[Md, ...]
    methods: Md


def tag_pages(site: HttpSite, subjects: Iterable[Subject]) -> Iterator[Page]:
    """Give the pages of tags: what each is about, and its operations."""
    docs = {each.name: each.doc for each in site.api.tags}
    for tag, found in tags_of(site, subjects).items():
        text = said(docs.get(tag, Doc()))
        view = TagView(
            head(site, tag, text or f"The operations of {tag}.", "resourcePageType"),
            site.prose(text),
            tuple(site.see_also(docs.get(tag, Doc()))),
            method_table(site, found),
        )
        yield Page(site.names.tag(tag), "tag.md.j2", view)


# --- the index


@dataclass(frozen=True, slots=True)
class ServiceView:
    """The first page."""

    head: Head
    description: Md
    facts: tuple[Md, ...]
    servers: Md
    variables: Md
    tags: Md
    others: Md
    counts: Md
    openapi: Md
    has_changes: bool
    package: Md


def service_page(site: HttpSite, subjects: Sequence[Subject]) -> Page:
    """Give the first page: what the service is, where it answers, and its tags."""
    api = site.api
    text = said(api.doc)
    enums = sum(isinstance(each, Enum) for each in api.types.values())
    counts = {
        "operation": len(subjects),
        "type": len(api.types) - enums,
        "enumeration": enums,
    }
    untagged = [each for each in subjects if not each.operation.tags]
    view = ServiceView(
        head=head(site, site.title, text or f"Reference of {site.title}.", ""),
        description=site.prose(text, ""),
        facts=tuple(_facts(site)),
        servers=table("Address|Description", [_server(site, s) for s in api.servers]),
        variables=table(
            "Variable|Values|Description",
            [row for each in api.servers for row in _variables(site, each)],
        ),
        tags=table("Tag|Operations|Description", _tags(site, subjects)),
        others=table(
            "Operation|Request",
            [
                (link(cell(each.title), each.page), code_cell(each.path_line))
                for each in untagged
            ],
        ),
        counts=counted(counts),
        openapi=openapi_link(site),
        has_changes=bool(site.options.changes),
        package=inline(site.options.package),
    )
    return Page("index.md", "service.md.j2", view)


def _facts(site: HttpSite) -> Iterator[Md]:
    info, version = site.api.info, site.api.version
    if version:
        yield Md(f"Version: {inline(version)}.")
    contact = info.contact
    if contact.name or contact.url or contact.email:
        address = contact.url or (f"mailto:{contact.email}" if contact.email else "")
        whom = site.linked(contact.name or address, address, "")
        yield Md(f"Contact: {whom}.")
    license_ = info.license
    if license_.name:
        terms = site.linked(license_.name, license_.url, "")
        yield Md(f"License: {terms}.")
    if info.terms_of_service:
        terms = site.linked(info.terms_of_service, info.terms_of_service, "")
        yield Md(f"Terms of service: {terms}.")
    yield from site.see_also(site.api.doc, "")


def _server(site: HttpSite, server: Server) -> tuple[Md, ...]:
    return code_cell(server.url), site.sentence(said(server.doc), "")


def _variables(site: HttpSite, server: Server) -> Iterator[tuple[Md, ...]]:
    for each in server.variables:
        values = join(", ", [code_cell(value) for value in each.values])
        usual = Md(f"Default: {code_cell(each.default)}.")
        text = join(" ", [site.sentence(said(each.doc), ""), usual])
        yield cell(each.name), values or Md("any"), text


def _tags(site: HttpSite, subjects: Iterable[Subject]) -> Iterator[tuple[Md, ...]]:
    docs = {each.name: each.doc for each in site.api.tags}
    for tag, found in tags_of(site, subjects).items():
        text = site.sentence(said(docs.get(tag, Doc())), "")
        yield site.tag_link(tag, ""), Md(str(len(found))), text


# --- the glossary


def glossary(site: HttpSite) -> Page:
    """Give the page that tells in a line what each type is, by first letters."""
    rows: dict[str, list[tuple[Md, ...]]] = {}
    for each in _by_name(site):
        rows.setdefault(site.short(each.id)[:1].upper(), []).append(
            (
                site.type_link(each.id, ""),
                Md(kind_of(each)),
                site.sentence(each.doc.summary, ""),
            )
        )
    lists = [
        GlossaryPart(inline(letter), table("Type|Kind|Description", found))
        for letter, found in rows.items()
    ]
    text = f"The types of {site.title}."
    view = GlossaryView(head(site, "Glossary of types", text, ""), tuple(lists))
    return Page(GLOSSARY, "glossary.md.j2", view)


def _by_name(site: HttpSite) -> Sequence[TypeDef]:
    types = site.api.types.values()
    return sorted(types, key=lambda each: (site.short(each.id).lower(), each.id))


# --- the table of contents


def contents(site: HttpSite, subjects: Sequence[Subject]) -> tuple[Entry, ...]:
    """Give the table of contents: tags with their operations below them, then types,
    then what is about the whole. An operation of several tags stands with the first."""
    entries: dict[str, list[Entry]] = {tag: [] for tag in tags_of(site, subjects)}
    others: list[Entry] = []
    titled = Counter(
        (subject.operation.tags[:1], subject.title) for subject in subjects
    )
    for subject in subjects:
        tag, title = subject.operation.tags[:1], plain(subject.title)
        if titled[tag, subject.title] > 1:
            title += f" ({subject.path_line})"
        (entries[tag[0]] if tag else others).append(Entry(title, subject.page))
    tags = [
        Entry(plain(tag), entries=(Entry(plain(tag), site.names.tag(tag)), *below))
        for tag, below in entries.items()
    ]
    enums: list[Entry] = []
    types: list[Entry] = []
    for each in _by_name(site):
        entry = Entry(site.short(each.id), site.names.type(each.id))
        (enums if isinstance(each, Enum) else types).append(entry)
    groups = {
        "Operations": others,
        "Tags": tags,
        "Types": types,
        "Enumerations": enums,
    }
    return outline(site, groups, Entry("Security", SECURITY))
