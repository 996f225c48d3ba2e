"""Tables of permissions: on the page of an operation, and the index of them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from generator.emitters.docs.markdown import Md, cell, code, comment, inline, join, link
from generator.emitters.docs.site import Site
from generator.emitters.docs.subjects import Line, Subject
from generator.emitters.docs.views import Head, Page, head, table
from generator.model import Permission

# Microsoft's schemes, which always stand together, as its pages call them.
_SCHEMES: Final = {
    "DelegatedWork": "Delegated (work or school account)",
    "DelegatedPersonal": "Delegated (personal Microsoft account)",
    "Application": "Application",
}
_NONE: Final = Md("Not supported.")
_NO_HIGHER: Final = Md("Not available.")


@dataclass(frozen=True, slots=True)
class PermissionsView:
    """What is needed for some request lines, which are named where others differ."""

    comment: Md
    lines: Md
    table: Md


def permissions(subject: Subject) -> tuple[PermissionsView, ...]:
    """Give the tables of an operation; none where nothing is known."""
    found = subject.permissions
    name = subject.page.removeprefix("api/").removesuffix(".md")
    return tuple(
        [
            PermissionsView(
                comment(
                    {
                        "blockType": "permissions",
                        "name": name.replace("-", "_"),
                        "requestUrls": [line.text for line in lines],
                    }
                ),
                _lines(lines) if len(found) > 1 else Md(""),
                _table(subject.site, needed),
            )
            for needed, lines in found.items()
        ]
    )


def _lines(lines: Iterable[Line]) -> Md:
    return join(", ", [code(line.text) for line in lines])


def _table(site: Site, needed: Sequence[Permission]) -> Md:
    by_scheme = {each.scheme: each for each in needed}
    rows = [
        (_label(scheme), *_cells(by_scheme.get(scheme)))
        for scheme in _schemes(site, by_scheme)
    ]
    columns = "Permission type|Least privileged permissions"
    return table(f"{columns}|Higher privileged permissions", rows)


def _schemes(site: Site, by_scheme: Mapping[str, object]) -> Iterable[str]:
    if by_scheme.keys() <= _SCHEMES.keys():
        return _SCHEMES
    return dict.fromkeys([*(each.scheme for each in site.api.security), *by_scheme])


def _label(scheme: str) -> Md:
    return cell(_SCHEMES.get(scheme, scheme))


def _cells(needed: Permission | None) -> tuple[Md, Md]:
    if needed is None or not needed.scopes:
        return _NONE, _NONE
    also = dict(needed.also)

    def scopes(names: Iterable[str]) -> Md:
        return join(", ", [_scope(name, also.get(name, ())) for name in names])

    least, higher = needed.least_privileged, needed.higher_privileged
    return scopes(least) or _NO_HIGHER, scopes(higher) or _NO_HIGHER


def _scope(name: str, also: Sequence[str]) -> Md:
    together = f" (together with {join(', ', map(cell, also))})" if also else ""
    return Md(f"{cell(name)}{together}")


@dataclass(frozen=True, slots=True)
class ScopeView:
    """A permission, with what it is for and the operations that it allows."""

    name: Md
    doc: Md
    operations: tuple[Md, ...]


@dataclass(frozen=True, slots=True)
class PermissionsIndexView:
    """The index: what each operation needs at least, and what each permission allows."""

    head: Head
    by_operation: Md
    scopes: tuple[ScopeView, ...]


def index(site: Site, subjects: Iterable[Subject]) -> Page:
    """Give the page that tells which operation needs what."""
    known = [subject for subject in subjects if subject.permissions]
    schemes = list(
        _schemes(
            site,
            {
                each.scheme: each
                for subject in known
                for needed in subject.permissions
                for each in needed
            },
        )
    )
    columns = "|".join(["Operation", *map(_label, schemes)])
    rows = [(_operation(subject), *_least(subject, schemes)) for subject in known]
    allowed: dict[str, list[Subject]] = {}
    for subject in known:
        for name in _names(subject):
            allowed.setdefault(name, []).append(subject)
    text = "Which operation needs which permission."
    view = PermissionsIndexView(
        head(site, "Permissions", text, "conceptualPageType"),
        table(columns, rows),
        tuple([_scope_view(site, name, allowed[name]) for name in sorted(allowed)]),
    )
    return Page("permissions.md", "permissions.md.j2", view)


def _operation(subject: Subject) -> Md:
    return link(cell(subject.title), subject.page)


def _least(subject: Subject, schemes: Iterable[str]) -> Iterator[Md]:
    """Request lines of one operation may differ in what they need."""
    for scheme in schemes:
        names = dict.fromkeys(
            name
            for needed in subject.permissions
            for each in needed
            if each.scheme == scheme
            for name in each.least_privileged
        )
        yield join(", ", map(cell, names)) or _NONE


def _names(subject: Subject) -> Iterable[str]:
    return dict.fromkeys(
        scope
        for needed in subject.permissions
        for each in needed
        for scope in each.scopes
    )


def _scope_view(site: Site, name: str, subjects: Iterable[Subject]) -> ScopeView:
    scopes = site.api.path_permissions.scopes
    texts = [
        scopes[scheme, name].doc.summary
        for scheme in _SCHEMES
        if (scheme, name) in scopes
    ]
    return ScopeView(
        inline(name),
        site.inline(next(filter(None, texts), ""), ""),
        tuple(map(_operation, subjects)),
    )
