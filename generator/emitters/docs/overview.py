"""The pages that are about the whole: the index, the glossary of types, and the tables
of contents for readers (toc.yml) and for the site (mkdocs.yml).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from generator.emitters.docs.markdown import (
    Md,
    cell,
    inline,
    link,
    plain,
    scalar,
    shown,
)
from generator.emitters.docs.site import Site, said, short
from generator.emitters.docs.subjects import Subject
from generator.emitters.docs.views import Head, Page, head, table
from generator.model import Alias, Enum, Struct, TypeDef, type_kind

GLOSSARY: Final = "glossary.md"
_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a table of contents: a page, or a title above others ("" for its
    page)."""

    title: str
    page: str = ""
    entries: tuple[Entry, ...] = field(default=())


def contents(site: Site, subjects: Sequence[Subject]) -> tuple[Entry, ...]:
    """Give the table of contents: types with their operations below them, then
    enumerations, then what is about the whole. What has the name of another says how it
    differs."""
    operations = _operations(subjects)
    types = sorted(site.api.types.values(), key=_by_name)
    named = Counter(short(each.id) for each in types)
    resources, complex_types, enums = [], [], []
    for each in types:
        if isinstance(each, Alias):
            continue
        namespace, _, title = each.id.rpartition(".")
        title = f"{title} ({namespace})" if named[title] > 1 else title
        page = site.names.type(each.id)
        below = operations.get(each.id, [])
        if isinstance(each, Enum):
            enums.append(Entry(title, page))
        elif below or each.is_entity:
            resources.append(Entry(title, entries=(Entry(title, page), *below)))
        else:
            complex_types.append(Entry(title, page))
    groups = {
        "Service": operations.get("", []),
        "Resources": resources,
        "Complex types": complex_types,
        "Enumerations": enums,
    }
    return outline(site, groups, Entry("Permissions", "permissions.md"))


def outline(
    site: Site, groups: Mapping[str, Sequence[Entry]], access: Entry
) -> tuple[Entry, ...]:
    """Put groups of entries between what is about the whole; `access` is the page that
    tells what callers need."""
    changes = [Entry("Changes", "changelog.md")] if site.options.changes else []
    return (
        Entry("Overview", "index.md"),
        *changes,
        *[Entry(name, entries=_divided(each)) for name, each in groups.items() if each],
        access,
        Entry("Glossary of types", GLOSSARY),
    )


def _operations(subjects: Sequence[Subject]) -> Mapping[str, list[Entry]]:
    """Give the entries of operations by their type."""
    titled = Counter((subject.key.type, subject.title) for subject in subjects)
    found: dict[str, list[Entry]] = {}
    for subject in subjects:
        title, owner = plain(subject.title), subject.key.type
        if titled[owner, subject.title] > 1:
            title += " (collection)" if subject.key.many else " (one)"
        found.setdefault(owner, []).append(Entry(title, subject.page))
    return found


def _divided(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Put many entries below their first letters: every page of the site has the list
    in which it stands."""
    if len(entries) <= _MOST:
        return tuple(entries)
    letters = groupby(entries, lambda entry: entry.title[:1].upper())
    return tuple([Entry(letter, entries=tuple(below)) for letter, below in letters])


def _by_name(definition: TypeDef) -> tuple[str, str]:
    return short(definition.id).lower(), definition.id


@dataclass(frozen=True, slots=True)
class IndexView:
    """The first page."""

    head: Head
    description: Md
    package: Md
    roots: Md
    counts: Md
    openapi: Md
    has_changes: bool


def index_page(site: Site, subjects: Sequence[Subject]) -> Page:
    """Give the first page: what the service is, and the ways into it."""
    api = site.api
    text = said(api.doc)
    kinds = [type_kind(each) for each in api.types.values()]
    counts = {
        "operation": len(subjects),
        "entity type": kinds.count("entity type"),
        "complex type": kinds.count("complex type"),
        "enumeration": kinds.count("enum type"),
    }
    view = IndexView(
        head=head(site, site.title, text or f"Reference of {site.title}.", ""),
        description=site.prose(text, ""),
        package=inline(site.options.package),
        roots=table("Path|Leads to|Description", _roots(site)),
        counts=counted(counts),
        openapi=openapi_link(site),
        has_changes=bool(site.options.changes),
    )
    return Page("index.md", "index.md.j2", view)


def counted(numbers: Mapping[str, int]) -> Md:
    """Say how many there are of each of several things."""
    *before, last = [
        f"{number} {noun}{'' if number == 1 else 's'}"
        for noun, number in numbers.items()
    ]
    return Md(f"{', '.join(before)} and {last}.")


def openapi_link(site: Site) -> Md:
    """Give a link to the OpenAPI document, "" where there is none."""
    if not site.options.openapi:
        return Md("")
    return link(Md("OpenAPI document"), site.options.openapi)


def _roots(site: Site) -> Iterator[tuple[Md, ...]]:
    for step in site.api.links:
        target = site.api.resources[step.target]
        leads = site.type_link(target.type, "")
        what = Md(f"{leads} collection" if target.many else leads)
        yield cell(f"/{step.name}"), what, site.sentence(said(step.doc), "")


@dataclass(frozen=True, slots=True)
class ChangesView:
    """What is new since another version."""

    head: Head
    text: Md


def changes_page(site: Site) -> Iterator[Page]:
    """Give the page that tells what is new, if there is a version to compare with."""
    if site.options.changes:
        what = f"What has changed in {site.title}."
        view = ChangesView(head(site, "Changes", what, ""), Md(site.options.changes))
        yield Page("changelog.md", "changelog.md.j2", view)


@dataclass(frozen=True, slots=True)
class GlossaryPart:
    """The types of one namespace, or of one letter."""

    name: Md
    types: Md


@dataclass(frozen=True, slots=True)
class GlossaryView:
    """The glossary: every type, part by part."""

    head: Head
    namespaces: tuple[GlossaryPart, ...]


def glossary(site: Site) -> Page:
    """Give the page that tells in a line what each type is."""
    rows: dict[str, list[tuple[Md, ...]]] = {}
    for each in sorted(site.api.types.values(), key=_by_name):
        namespace = each.id.rpartition(".")[0]
        rows.setdefault(namespace, []).append(
            (
                _type(site, each),
                Md(type_kind(each)),
                site.sentence(each.doc.summary, ""),
            )
        )
    view = GlossaryView(
        head(site, "Glossary of types", f"The types of {site.title}.", ""),
        tuple(
            [
                GlossaryPart(inline(name), table("Type|Kind|Description", rows[name]))
                for name in sorted(rows)
            ]
        ),
    )
    return Page(GLOSSARY, "glossary.md.j2", view)


def _type(site: Site, definition: TypeDef) -> Md:
    if isinstance(definition, Struct | Enum):
        return site.type_link(definition.id, "")
    name, stands_for = cell(short(definition.id)), site.type_text(definition.type, "")
    return Md(f"{name} ({stands_for})")


@dataclass(frozen=True, slots=True)
class ListingView:
    """A table of contents as lines of YAML, and what else the site needs: `folder` is
    that of this file, `site_folder` the one beside it in which the site is built."""

    lines: tuple[Md, ...]
    site_name: Md
    site_url: Md
    folder: Md
    site_folder: Md


def listings(site: Site, entries: Sequence[Entry]) -> Iterator[Page]:
    """Give toc.yml, what styles the site and, above the documents, mkdocs.yml."""
    url, folder = site.options.site_url, site.options.folder
    about = (
        scalar(url) if url else Md(""),
        Md(folder),
        Md(f"{folder.removesuffix('-docs')}-site"),
    )
    toc = ListingView(tuple(_toc(entries, "")), scalar(site.title), *about)
    yield Page("toc.yml", "toc.yml.j2", toc)
    named = scalar(shown(site.title))
    nav = ListingView(tuple(_nav(entries, "  ")), named, *about)
    yield Page(_ABOVE, "mkdocs.yml.j2", nav)
    yield Page("site.css", "site.css.j2", None)


_ABOVE: Final = "../mkdocs.yml"


def _toc(entries: Iterable[Entry], indent: str) -> Iterator[Md]:
    for each in entries:
        yield Md(f"{indent}- name: {scalar(each.title)}")
        if each.page:
            yield Md(f"{indent}  href: {each.page}")
        if each.entries:
            yield Md(f"{indent}  items:")
            yield from _toc(each.entries, f"{indent}    ")


def _nav(entries: Iterable[Entry], indent: str) -> Iterator[Md]:
    for each in entries:
        title = scalar(shown(each.title))
        yield Md(f"{indent}- {title}: {each.page}".rstrip())
        yield from _nav(each.entries, f"{indent}    ")
