"""What a target has emitted: which emitters make its files, and what each is told of it.

The last step of the pipeline but writing. Our own emitters take options of their own,
those of other packages the table of the configuration that bears their name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.config import Target
    from generator.emitters.python import Package
    from generator.files import File
    from generator.model import Api


@dataclass(frozen=True, slots=True)
class Former:
    """What the last run left of a target: the names that it gave, the fingerprints of
    what its package says, none if they are not of this program and these settings, and
    what gives the content of a file where it is as it was written."""

    names: Mapping[str, str]
    hashes: Mapping[str, str]
    kept: Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True)
class Made:
    """The files of a target, the names in them, as `generator.pins` writes them, and the
    fingerprints of what its package says."""

    files: tuple[File, ...]
    names: Mapping[str, str]
    hashes: Mapping[str, str]


def make(
    api: Api,
    target: Target,
    changes: str = "",
    former: Former | None = None,
    *,
    jobs: int = 1,
) -> Made:
    """Make what a target has emitted, in so many processes at once. `changes` is what
    its pages say is new, `former` what the last run left."""
    made: dict[str, Sequence[File]] = {}
    names = _names(api, target)
    hashes: Mapping[str, str] = {}
    for emitter in target.emit:
        if emitter == "python":
            package, hashes = _make_python(api, target, former, jobs)
            made[emitter] = package.files
            names |= package.names
        elif emitter in EMITTERS:
            made[emitter] = EMITTERS[emitter](api, target, changes)
        else:
            made[emitter] = _emit_plugged(emitter, api, target)
    files = [file for each in made.values() for file in each]
    if "docs" in made and not target.docs.openapi:
        files += _beside_the_pages(made.get("openapi", ()), target)
    return Made(tuple(files), names, hashes)


def _make_python(
    api: Api, target: Target, former: Former | None, jobs: int
) -> tuple[Package, Mapping[str, str]]:
    """Make a package, with what can be used again of a former one; give also the
    fingerprints of what it says."""
    from generator.emitters import python
    from generator.model import Protocol

    options = python.Options(target.package, target.base_url, target.templates)
    # What templates and passes of others depend on, fingerprints of ours cannot tell.
    is_ours = target.templates is None and not target.passes
    if api.protocol is Protocol.HTTP or not is_ours:
        return python.make(api, options, jobs=jobs), {}
    prints = python.fingerprints(api)
    again = None
    if former and former.hashes:
        types = python.changed_types(api, former.hashes, prints)
        if types is not None:

            def kept(path: str) -> bytes | None:
                return former.kept(f"{target.package}/{path}")

            again = python.Again(types, kept, former.names)
    return python.make(api, options, again, jobs=jobs), prints.hashes


def _names(api: Api, target: Target) -> dict[str, str]:
    """Give the names of schemas and pages, in the lines of a lock file."""
    from generator.pins import pinned

    lines: dict[str, str] = {}
    for type_id, ways in api.unnamed.items():
        if type_id in api.types:
            lines |= pinned("schema", type_id, dict.fromkeys(ways, ""))
    if "docs" in target.emit:
        from generator.emitters.docs import given_names as page_names

        lines |= page_names(api)
    return lines


def _emit_docs(api: Api, target: Target, changes: str) -> Sequence[File]:
    from generator.emitters.docs import Options, emit
    from generator.model import Protocol
    from generator.passes.request_paths import request_paths

    docs = target.docs
    is_odata = api.protocol is Protocol.ODATA
    options = Options(
        folder=_folder(target, "docs"),
        package=target.package,
        base_url=target.base_url,
        title=docs.title,
        version=docs.version,
        date=docs.date,
        site_url=docs.site_url,
        openapi=_openapi_address(target),
        link_base=docs.link_base,
        changes=changes,
        front_matter=docs.front_matter,
        templates=target.templates,
    )
    return emit(api, options, request_paths(api) if is_odata else {})


def changelog(before: Api, after: Api, shown: Api) -> str:
    """Tell what is new in a version of an API, as far as it concerns what of it is
    shown, a slice or the whole."""
    from generator.diff import diff
    from generator.diff.rendering import changelog as written
    from generator.emitters.docs.names import PageNames

    found = diff(before, after)
    if shown is not after:
        groups = {"", *shown.types, *shown.resources}
        found = tuple([change for change in found if change.group in groups])
    names = PageNames(shown)
    pages = {type_id: names.type(type_id) for type_id in shown.types}
    # The page has a title of its own.
    return written(found, pages=pages).partition("\n\n")[2]


def _openapi_address(target: Target) -> str:
    """Give where the pages find the OpenAPI document: where the target says, or else
    beside them, if it is written too."""
    if target.docs.openapi or "openapi" not in target.emit:
        return target.docs.openapi
    return f"openapi.{target.openapi.format}"


def _beside_the_pages(files: Sequence[File], target: Target) -> Iterator[File]:
    """Give the OpenAPI document once more: a site is only what is in its folder."""
    folder = f"{_folder(target, 'docs')}/docs"
    for file in files:
        yield replace(file, path=f"{folder}/{_openapi_address(target)}")


def _emit_openapi(api: Api, target: Target, _changes: str) -> Sequence[File]:
    from generator.emitters.openapi import Options, emit
    from generator.passes.request_lines import DEPTH, request_lines

    openapi = target.openapi
    options = Options(
        folder=_folder(target, "openapi"),
        version=openapi.version,
        format=openapi.format,
        title=openapi.title or target.docs.title,
        base_url=target.base_url,
        label=target.docs.version,
        ms_extensions=openapi.ms_extensions,
    )
    depth = DEPTH if openapi.depth is None else openapi.depth
    return emit(api, options, request_lines(api, depth, whole=not target.include))


def _emit_plugged(name: str, api: Api, target: Target) -> Sequence[File]:
    """Give the files of an emitter of another package, which is told the options of its
    table and what the target says of the whole."""
    from generator import plugins

    about = {
        "package": target.package,
        "base_url": target.base_url,
        "folder": _folder(target, name),
    }
    return plugins.emit(name, api, {**about, **target.plugins.get(name, {})})


def _folder(target: Target, what: str) -> str:
    """Give the folder, beside that of the package, for what is no Python."""
    return f"{target.package.replace('_', '-')}-{what}"


EMITTERS: dict[str, Callable[[Api, Target, str], Sequence[File]]] = {
    "docs": _emit_docs,
    "openapi": _emit_openapi,
}
"""Our emitters but that of Python, which uses again what the last run left."""
