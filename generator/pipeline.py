"""The program on one screen: sources, reader, passes, emitters, writer.

Functions take a `Diagnostics` and add to it; they raise SpecError for inputs and
OutputError for outputs that cannot be used. What each step needs is imported when the
step is taken, so that asking for the version or a wrong option costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from generator.diagnostics import Diagnostic, Diagnostics, Severity, SpecError

if TYPE_CHECKING:
    from pathlib import Path

    from generator.config import Target
    from generator.diff import Change
    from generator.emitters.python import Package
    from generator.files import File
    from generator.model import Api, Operation
    from generator.passes.missing import Gap
    from generator.passes.why import Step as WhyStep
    from generator.readers.source import Source

Progress = Callable[[str], None]

STEPS = 7
"""How many steps `build` and the comparison after it announce for one target."""

STEPS_OF_DIFF = 9
"""How many steps `diff` announces."""


@dataclass(frozen=True, slots=True)
class Build:
    """What one target gives: the Api as emitted, the files, and what documentation
    among them could not say.

    `inputs` are what was read for it, with the SHA-256 of each, "" for what is not
    there; `warnings` is how many findings there were about it. `names` are the names
    that were given, as `generator.pins` writes them, `hashes` the fingerprints of what a
    package says, for the next run.
    """

    target: Target
    api: Api
    files: tuple[File, ...]
    gaps: tuple[Gap, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict[str, str])
    warnings: int = 0
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    hashes: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def operations(self) -> int:
        """How many different operations the Api offers."""
        return len({operation.id for _, operation in offered(self.api)})


@dataclass(frozen=True, slots=True)
class Former:
    """What the last run left of a target: the names that it gave, the fingerprints of
    what its package says, none if they are not of this program and these settings, and
    what gives the content of a file where it is as it was written."""

    names: Mapping[str, str]
    hashes: Mapping[str, str]
    kept: Callable[[str], bytes | None]


def offered(api: Api) -> Iterator[tuple[str, Operation]]:
    """Give what can be asked for: the resource's id, "" for the service, and the
    operation."""
    for resource in api.resources.values():
        for operation in resource.operations:
            yield resource.id, operation
    for operation in api.operations:
        if operation.binding is None:
            yield "", operation


def silent(step: str) -> None:
    """Show no progress."""


def load_whole(
    target: Target,
    diagnostics: Diagnostics,
    progress: Progress = silent,
    given: Mapping[str, str] | None = None,
) -> Api:
    """Read a target's documents and run every pass but the slice; `given` are the names
    that the last run gave."""
    from generator.model import Protocol
    from generator.passes.catalogue import with_catalogue
    from generator.readers.spec import read_spec

    progress("reading")
    spec, annotations = _sources(target)
    validate = target.validate
    api = read_spec(spec, annotations, diagnostics, validate=validate, given=given)
    diagnostics.stop_on_errors()
    if api.protocol is Protocol.ODATA:
        api = _with_resources(api, target, diagnostics, progress)
    api = with_catalogue(api, given)
    if target.permissions is not None:
        api = _with_permissions(api, target.permissions, diagnostics)
    diagnostics.stop_on_errors()
    return api


def _with_resources(
    api: Api, target: Target, diagnostics: Diagnostics, progress: Progress
) -> Api:
    """Run the passes that find the places of an OData service; what an OpenAPI document
    describes are requests already."""
    from generator.passes.annotations import annotate
    from generator.passes.resolve import resolve
    from generator.passes.resources import make_resources

    progress("resolving names")
    api = resolve(api, diagnostics, frozenset(map(str, target.annotations)))
    progress("applying annotations")
    api = annotate(api, diagnostics)
    diagnostics.stop_on_errors()
    progress("finding resources")
    return make_resources(api)


def _with_permissions(api: Api, path: Path, diagnostics: Diagnostics) -> Api:
    """Read a list of permissions into an Api."""
    from generator.passes.permissions import with_path_permissions
    from generator.readers.permissions import MAX_BYTES, read_permissions
    from generator.readers.source import load_source

    source = load_source(path, limit=MAX_BYTES)
    return with_path_permissions(
        api, read_permissions(source, diagnostics), diagnostics
    )


def load(
    target: Target,
    diagnostics: Diagnostics,
    progress: Progress = silent,
    given: Mapping[str, str] | None = None,
) -> Api:
    """Read a target's documents and run every pass: the Api that is emitted; `given`
    are the names that the last run gave."""
    api = load_whole(target, diagnostics, progress, given)
    progress("slicing")
    if target.include:
        from generator.passes.slice import slice_api

        api = slice_api(api, target.include, target.depth, diagnostics)
        diagnostics.stop_on_errors()
    return api


def build(
    target: Target,
    diagnostics: Diagnostics,
    progress: Progress = silent,
    former: Former | None = None,
    *,
    jobs: int = 1,
) -> Build:
    """Make a target's files, in memory, in so many processes at once.

    The names that a former run gave stay; what it wrote of a package is used again as
    far as that says what it would say now.
    """
    from generator.readers.source import recorded

    found_before = _warnings(diagnostics)
    with recorded() as inputs:
        api = load(target, diagnostics, progress, former.names if former else None)
        progress("emitting")
        made: dict[str, Sequence[File]] = {}
        names: dict[str, str] = {}
        hashes: Mapping[str, str] = {}
        for emitter in target.emit:
            if emitter == "python":
                package, hashes = _make_python(api, target, former, jobs)
                made[emitter] = package.files
                names |= package.names
            else:
                made[emitter] = EMITTERS[emitter](api, target)
    files = [file for each in made.values() for file in each]
    if "docs" in made and not target.docs.openapi:
        files += _beside_the_pages(made.get("openapi", ()), target)
    found = _gaps(api, diagnostics) if "docs" in target.emit else ()
    warnings = _warnings(diagnostics) - found_before
    names |= _names(api, target)
    return Build(target, api, tuple(files), found, inputs, warnings, names, hashes)


def _make_python(
    api: Api, target: Target, former: Former | None, jobs: int
) -> tuple[Package, Mapping[str, str]]:
    """Make a package, with what can be used again of a former one; give also the
    fingerprints of what it says."""
    from generator.emitters import python
    from generator.model import Protocol

    options = python.Options(package=target.package, base_url=target.base_url)
    if api.protocol is Protocol.HTTP:
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


def _warnings(diagnostics: Diagnostics) -> int:
    return sum(item.severity is Severity.WARNING for item in diagnostics)


def why(
    target: Target,
    name: str,
    diagnostics: Diagnostics,
    progress: Progress = silent,
    given: Mapping[str, str] | None = None,
) -> Sequence[WhyStep]:
    """Tell what brings a type or operation into a target; nothing if it is not in
    it."""
    from generator.passes.why import why as explain

    api = load_whole(target, diagnostics, progress, given)
    return explain(api, target.include, target.depth, name)


def diff(
    old: Target, new: Target, diagnostics: Diagnostics, progress: Progress = silent
) -> tuple[Change, ...]:
    """Compare two versions of an API, each as a target names it, as a whole."""
    from generator.diff import diff as compare_apis

    before = load_whole(old, diagnostics, progress)
    after = load_whole(new, diagnostics, progress)
    progress("comparing")
    return compare_apis(before, after)


def check_pages(
    target: Target,
    folder: Path,
    diagnostics: Diagnostics,
    progress: Progress = silent,
    given: Mapping[str, str] | None = None,
) -> tuple[int, Diagnostics]:
    """Hold the Markdown pages in a folder against a target's Api.

    Gives how many pages there were and what was found in them; `diagnostics` takes what
    is found about the target's documents.
    """
    from generator.passes.check_pages import check_pages as hold_against
    from generator.readers.pages import read_pages

    api = load(target, diagnostics, progress, given)
    progress("checking pages")
    findings = Diagnostics()
    pages = read_pages(folder, findings)
    return hold_against(api, pages, findings, target.base_url), findings


def page_codes() -> Mapping[str, str]:
    """Give the codes of what `check_pages` finds, with what each means."""
    from generator.passes.check_pages.codes import CODES as OF_PASSES
    from generator.readers.pages.codes import CODES as OF_READER

    return {**OF_READER, **OF_PASSES}


def gaps(
    target: Target,
    diagnostics: Diagnostics,
    progress: Progress = silent,
    given: Mapping[str, str] | None = None,
) -> tuple[Gap, ...]:
    """Tell what the documentation of a target could not say."""
    from generator.model import Protocol

    api = load(target, diagnostics, progress, given)
    found = _find_gaps(api)
    if api.protocol is Protocol.ODATA:
        return found
    from generator.readers.openapi.lines import Lines

    lines = Lines()
    return tuple([replace(gap, place=lines.of(gap.place)) for gap in found])


def _find_gaps(api: Api) -> tuple[Gap, ...]:
    from generator.model import Protocol
    from generator.passes.gaps import gaps as of_odata
    from generator.passes.request_gaps import request_gaps

    return of_odata(api) if api.protocol is Protocol.ODATA else request_gaps(api)


def _gaps(api: Api, diagnostics: Diagnostics) -> tuple[Gap, ...]:
    """Find the gaps of documentation that is written, and report them."""
    from generator.passes.missing import report_gaps

    found = _find_gaps(api)
    report_gaps(found, diagnostics)
    return found


def _sources(target: Target) -> tuple[list[Source], list[Source]]:
    """Read the documents of a target and those that annotate them, and report every one
    that cannot be read."""
    from generator.readers.source import load_source

    found: tuple[list[Source], list[Source]] = ([], [])
    faults: list[Diagnostic] = []
    for sources, paths in zip(found, (target.spec, target.annotations), strict=True):
        for path in paths:
            try:
                sources.append(load_source(path))
            except SpecError as error:
                faults.extend(error.diagnostics)
    if faults:
        raise SpecError(tuple(faults))
    return found


def _emit_python(api: Api, target: Target) -> Sequence[File]:
    from generator.emitters.python import Options, emit

    return emit(api, Options(package=target.package, base_url=target.base_url))


def _emit_docs(api: Api, target: Target) -> Sequence[File]:
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
        changes=_changes(api, target) if docs.previous else "",
        front_matter=docs.front_matter,
    )
    return emit(api, options, request_paths(api) if is_odata else {})


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


def _emit_openapi(api: Api, target: Target) -> Sequence[File]:
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


def _folder(target: Target, what: str) -> str:
    """Give the folder, beside that of the package, for what is no Python."""
    return f"{target.package.replace('_', '-')}-{what}"


def _changes(api: Api, target: Target) -> str:
    """Tell what is new since the version that the documents of a target name, as far as
    it concerns what is left in the Api."""
    from generator.diff import diff as compare_apis
    from generator.diff.rendering import changelog
    from generator.emitters.docs.names import PageNames

    before = load_whole(replace(target, spec=target.docs.previous), Diagnostics())
    # A slice lacks what is not about it, which would be taken for removed.
    after = load_whole(target, Diagnostics()) if target.include else api
    found = compare_apis(before, after)
    if target.include:
        found = tuple([c for c in found if not c.group or c.group in api.types])
    names = PageNames(api)
    pages = {type_id: names.type(type_id) for type_id in api.types}
    # The page has a title of its own.
    return changelog(found, pages=pages).partition("\n\n")[2]


EMITTERS: dict[str, Callable[[Api, Target], Sequence[File]]] = {
    "python": _emit_python,
    "docs": _emit_docs,
    "openapi": _emit_openapi,
}
