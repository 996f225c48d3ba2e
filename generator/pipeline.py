"""The program on one screen: sources, reader, passes, emitters, writer.

Functions take a `Diagnostics` and add to it; they raise SpecError for inputs and
OutputError for outputs that cannot be used. What each step needs is imported when the
step is taken, so that asking for the version or a wrong option costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.diagnostics import Diagnostic, Diagnostics, SpecError

if TYPE_CHECKING:
    from pathlib import Path

    from generator.config import Target
    from generator.diff import Change
    from generator.files import File
    from generator.locations import Location
    from generator.model import Api, Operation, Place
    from generator.passes.missing import Gap
    from generator.passes.why import Step as WhyStep
    from generator.readers.source import Source
    from generator.sources import Refreshed
    from generator.writer import Difference

Progress = Callable[[str], None]

STEPS = 7
"""How many steps `build` and the comparison after it announce for one target."""

STEPS_OF_DIFF = 2
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
        return len({operation.id for _, operation in offered(self.api)})


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
    target: Target, diagnostics: Diagnostics, progress: Progress = silent
) -> Api:
    """Read a target's documents and run every pass but the slice."""
    from generator.model import Protocol
    from generator.passes.catalogue import with_catalogue
    from generator.readers.spec import read_spec

    progress("reading")
    diagnostics = _judged(target, diagnostics)
    spec, annotations = _sources(target)
    api = read_spec(spec, annotations, diagnostics, validate=target.validate)
    diagnostics.stop_on_errors()
    if api.protocol is Protocol.ODATA:
        known = frozenset(source.name for source in annotations)
        api = _with_resources(api, known, diagnostics, progress)
    api = with_catalogue(api)
    if target.permissions is not None:
        api = _with_permissions(api, target, target.permissions, diagnostics)
    diagnostics.stop_on_errors()
    return api


def _judged(target: Target, diagnostics: Diagnostics) -> Diagnostics:
    """Give what adds to the same findings by the target's policy."""
    return diagnostics.under(dict(target.diagnostics))


def _with_resources(
    api: Api,
    annotating: frozenset[str],
    diagnostics: Diagnostics,
    progress: Progress,
) -> Api:
    """Run the passes that find the places of an OData service; what an OpenAPI document
    describes are requests already. `annotating` are the names of the documents that
    annotate it."""
    from generator.passes.annotations import annotate
    from generator.passes.resolve import resolve
    from generator.passes.resources import make_resources

    progress("resolving names")
    api = resolve(api, diagnostics, annotating)
    progress("applying annotations")
    api = annotate(api, diagnostics)
    diagnostics.stop_on_errors()
    progress("finding resources")
    return make_resources(api)


def _with_permissions(
    api: Api, target: Target, location: Location, diagnostics: Diagnostics
) -> Api:
    """Read a list of permissions into an Api."""
    from generator.passes.permissions import with_path_permissions
    from generator.readers.permissions import MAX_BYTES, read_permissions
    from generator.sources import load as load_sources

    source, *_ = load_sources(
        location, target.home, allow_local=target.allow_local, limit=MAX_BYTES
    )
    return with_path_permissions(
        api, read_permissions(source, diagnostics), diagnostics
    )


def load(target: Target, diagnostics: Diagnostics, progress: Progress = silent) -> Api:
    """Read a target's documents and run every pass: the Api that is emitted."""
    api = load_whole(target, diagnostics, progress)
    progress("slicing")
    diagnostics = _judged(target, diagnostics)
    if target.include:
        from generator.passes.slice import slice_api

        api = slice_api(api, target.include, target.depth, diagnostics)
        diagnostics.stop_on_errors()
    return _with_passes(api, target, diagnostics) if target.passes else api


def _with_passes(api: Api, target: Target, diagnostics: Diagnostics) -> Api:
    """Run the passes of other packages; what they add is named as well."""
    from generator import plugins
    from generator.passes.catalogue import with_additions

    for name in target.passes:
        api = plugins.run_pass(name, api, diagnostics)
        diagnostics.stop_on_errors()
    return with_additions(api)


def build(
    target: Target, diagnostics: Diagnostics, progress: Progress = silent
) -> Build:
    """Make a target's files, in memory."""
    api = load(target, diagnostics, progress)
    progress("emitting")
    if target.templates is not None:
        _check_templates(target.templates, diagnostics)
    made = {name: _emitted(name, api, target) for name in target.emit}
    files = [file for each in made.values() for file in each]
    if "docs" in made and not target.docs.openapi:
        files += _beside_the_pages(made.get("openapi", ()), target)
    diagnostics = _judged(target, diagnostics)
    found = _gaps(api, diagnostics) if "docs" in target.emit else ()
    diagnostics.stop_on_errors()
    return Build(target, api, tuple(files), found)


def _check_templates(folder: Path, diagnostics: Diagnostics) -> None:
    from generator.emitters import overrides

    overrides.check(folder, diagnostics)
    diagnostics.stop_on_errors()


def _emitted(name: str, api: Api, target: Target) -> Sequence[File]:
    """Give the files of an emitter: ours, or that of another package, which is told the
    options of its table and what the target says of the whole."""
    if name in EMITTERS:
        return EMITTERS[name](api, target)
    from generator import plugins

    about = {
        "package": target.package,
        "base_url": target.base_url,
        "folder": _folder(target, name),
    }
    return plugins.emit(name, api, {**about, **target.plugins.get(name, {})})


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


def fetch(targets: Iterable[Target]) -> Iterator[Refreshed]:
    """Ask for every URL of the targets again, each once, and keep what has changed.

    Raises SpecError, when all were asked, with every one that could not be fetched.
    """
    from generator.locations import Url
    from generator.sources import refresh

    faults: list[Diagnostic] = []
    asked: dict[tuple[Url, Path], bool] = {}
    for target in targets:
        for location in target.locations:
            if isinstance(location, Url):
                asked[location, target.home] = target.allow_local
    for (url, home), allow_local in asked.items():
        try:
            yield refresh(url, home, allow_local=allow_local)
        except SpecError as error:
            faults.extend(error.diagnostics)
    if faults:
        raise SpecError(tuple(faults))


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
    from pathlib import Path

    from generator.diff import diff as compare_apis
    from generator.pairs import both

    progress("reading both")
    files = [each for each in (*old.spec, *new.spec) if isinstance(each, Path)]
    sizes = [each.stat().st_size for each in files if each.is_file()]
    (before, found), (after, more) = both(
        _read_version, old, new, pays=sum(sizes) > _LARGE
    )
    for item in (*found, *more):
        diagnostics.take(item)
    diagnostics.stop_on_errors()
    if before is None or after is None:
        raise SpecError(diagnostics.errors)
    progress("comparing")
    return _with_lines(compare_apis(before, after), after)


_LARGE = 500_000
"""From how many bytes on two processes read two versions faster than one does."""


def _read_version(target: Target) -> tuple[Api | None, tuple[Diagnostic, ...]]:
    """Read a target's documents; give the Api, None for unusable ones, and what was
    found."""
    diagnostics = Diagnostics()
    try:
        api = load_whole(target, diagnostics)
    except SpecError as error:
        return None, error.diagnostics
    return api, tuple(diagnostics)


def _with_lines(changes: tuple[Change, ...], api: Api) -> tuple[Change, ...]:
    """Say in which lines of OpenAPI documents changes are."""
    from generator.model import Protocol

    if api.protocol is Protocol.ODATA:
        return changes
    from generator.pairs import both

    sides = [each.old for each in changes], [each.new for each in changes]
    many = len(changes) > _MANY
    old, new = both(_lines_of, *sides, pays=many)
    placed = zip(changes, old, new, strict=True)
    return tuple([replace(each, old=was, new=now) for each, was, now in placed])


_MANY = 50
"""From how many changes on two processes find their lines faster than one does."""


def _lines_of(places: Sequence[Place | None]) -> list[Place | None]:
    from generator.readers.openapi.lines import Lines

    lines = Lines()
    return [lines.of(place) for place in places]


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
    findings = _judged(target, Diagnostics())
    pages = read_pages(folder, findings)
    return hold_against(api, pages, findings, target.base_url), findings


def page_codes() -> Mapping[str, str]:
    """Give the codes of what `check_pages` finds, with what each means."""
    from generator.passes.check_pages.codes import CODES as OF_PASSES
    from generator.readers.pages.codes import CODES as OF_READER

    return {code: each.meaning for code, each in {**OF_READER, **OF_PASSES}.items()}


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
    from generator.sources import load as load_sources

    found: tuple[list[Source], list[Source]] = ([], [])
    faults: list[Diagnostic] = []
    for sources, locations in zip(
        found, (target.spec, target.annotations), strict=True
    ):
        for location in locations:
            try:
                sources.extend(
                    load_sources(location, target.home, allow_local=target.allow_local)
                )
            except SpecError as error:
                faults.extend(error.diagnostics)
    if faults:
        raise SpecError(tuple(faults))
    return found


def _emit_python(api: Api, target: Target) -> Sequence[File]:
    from generator.emitters.python import Options, emit

    return emit(api, Options(target.package, target.base_url, target.templates))


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
        templates=target.templates,
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
        groups = {"", *api.types, *api.resources}
        found = tuple([change for change in found if change.group in groups])
    names = PageNames(api)
    pages = {type_id: names.type(type_id) for type_id in api.types}
    # The page has a title of its own.
    return changelog(found, pages=pages).partition("\n\n")[2]


EMITTERS: dict[str, Callable[[Api, Target], Sequence[File]]] = {
    "python": _emit_python,
    "docs": _emit_docs,
    "openapi": _emit_openapi,
}
