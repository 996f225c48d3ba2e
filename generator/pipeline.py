"""The program on one screen: sources, reader, passes, emitters, writer.

Functions take a `Diagnostics` and add to it; they raise SpecError for inputs and
OutputError for outputs that cannot be used. What each step needs is imported when the
step is taken, so that asking for the version or a wrong option costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.diagnostics import Diagnostic, Diagnostics, SpecError

if TYPE_CHECKING:
    from pathlib import Path

    from generator.config import Target
    from generator.diff import Change
    from generator.files import File
    from generator.model import Api
    from generator.passes.missing import Gap
    from generator.passes.why import Step as WhyStep
    from generator.readers.source import Source
    from generator.writer import Difference

Progress = Callable[[str], None]

STEPS = 7
"""How many steps `build` and the comparison after it announce for one target."""

STEPS_OF_DIFF = 9
"""How many steps `diff` announces."""


@dataclass(frozen=True, slots=True)
class Build:
    """What one target gives: the Api as emitted, the files, and what documentation
    among them could not say."""

    target: Target
    api: Api
    files: tuple[File, ...]
    gaps: tuple[Gap, ...] = ()

    @property
    def operations(self) -> int:
        """How many different operations the Api offers."""
        from generator.model import offered

        return len({operation.id for _, operation in offered(self.api)})


def silent(step: str) -> None:
    """Show no progress."""


def load_whole(
    target: Target, diagnostics: Diagnostics, progress: Progress = silent
) -> Api:
    """Read a target's documents and run every pass but the slice."""
    from generator.model import Protocol
    from generator.passes.catalogue import with_catalogue
    from generator.readers.spec import read_spec

    progress("reading")
    spec, annotations = _sources(target)
    api = read_spec(spec, annotations, diagnostics, validate=target.validate)
    diagnostics.stop_on_errors()
    if api.protocol is Protocol.ODATA:
        api = _with_resources(api, target, diagnostics, progress)
    api = with_catalogue(api)
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


def load(target: Target, diagnostics: Diagnostics, progress: Progress = silent) -> Api:
    """Read a target's documents and run every pass: the Api that is emitted."""
    api = load_whole(target, diagnostics, progress)
    progress("slicing")
    if target.include:
        from generator.passes.slice import slice_api

        api = slice_api(api, target.include, target.depth, diagnostics)
        diagnostics.stop_on_errors()
    return api


def build(
    target: Target, diagnostics: Diagnostics, progress: Progress = silent
) -> Build:
    """Make a target's files, in memory."""
    api = load(target, diagnostics, progress)
    progress("emitting")
    made = {emitter: EMITTERS[emitter](api, target) for emitter in target.emit}
    files = [file for each in made.values() for file in each]
    if "docs" in made and not target.docs.openapi:
        files += _beside_the_pages(made.get("openapi", ()), target)
    found = _gaps(api, diagnostics) if "docs" in target.emit else ()
    return Build(target, api, tuple(files), found)


def compare(build: Build, progress: Progress = silent) -> Difference:
    """Compare a target's files with its output folder."""
    from generator import writer

    progress("comparing")
    return writer.compare(build.files, build.target.out)


def write(
    builds: Sequence[Build], *, force: bool = False, progress: Progress = silent
) -> list[Difference]:
    """Write the output of all targets, or of none if one must not be written; give what
    was done."""
    from generator import writer

    with ExitStack() as locks:
        for each in builds:
            locks.enter_context(writer.locked(each.files, each.target.out))
            writer.recover(each.files, each.target.out)
        differences = [compare(each, progress) for each in builds]
        if not force:
            for difference in differences:
                writer.refuse_foreign(difference)
        for difference in differences:
            writer.write(difference)
    return differences


def why(
    target: Target, name: str, diagnostics: Diagnostics, progress: Progress = silent
) -> Sequence[WhyStep]:
    """Tell what brings a type or operation into a target; nothing if it is not in
    it."""
    from generator.passes.why import why as explain

    api = load_whole(target, diagnostics, progress)
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
) -> tuple[int, Diagnostics]:
    """Hold the Markdown pages in a folder against a target's Api.

    Gives how many pages there were and what was found in them; `diagnostics` takes what
    is found about the target's documents.
    """
    from generator.passes.check_pages import check_pages as hold_against
    from generator.readers.pages import read_pages

    api = load(target, diagnostics, progress)
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
    target: Target, diagnostics: Diagnostics, progress: Progress = silent
) -> tuple[Gap, ...]:
    """Tell what the documentation of a target could not say."""
    from generator.model import Protocol

    api = load(target, diagnostics, progress)
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
