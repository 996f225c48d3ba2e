"""The program on one screen: sources, reader, passes, emitters.

What an emitter is told stands in `outputs`, what else may be asked of an API in
`answers`, what is written of several targets, and when, in `runs`. Functions take a
`Diagnostics` and add to it; they raise SpecError for inputs that cannot be used. What
each step needs is imported when the step is taken, so that asking for the version or a
wrong option costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.diagnostics import Diagnostic, Diagnostics, Severity, SpecError

if TYPE_CHECKING:
    from pathlib import Path

    from generator.config import Target
    from generator.files import File
    from generator.locations import Location
    from generator.model import Api
    from generator.outputs import Former
    from generator.passes.missing import Gap
    from generator.readers.source import Source

Progress = Callable[[str], None]

_MOST_FAULTS = 10
"""Of how many faults of one pass of another package is told."""


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
    gaps: tuple[Gap, ...]
    inputs: Mapping[str, str]
    warnings: int
    names: Mapping[str, str]
    hashes: Mapping[str, str]

    @property
    def operations(self) -> int:
        """How many different operations the Api offers."""
        from generator.model import offered

        return len({operation.id for _, operation in offered(self.api)})


def silent(step: str) -> None:
    """Show no progress."""


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
    from generator import outputs
    from generator.recording import recorded

    found_before = _warnings(diagnostics)
    with recorded() as inputs:
        api = load(target, diagnostics, progress, former.names if former else None)
        progress("emitting")
        if target.templates is not None:
            _check_templates(target.templates, diagnostics)
        made = outputs.make(api, target, _changes(api, target), former, jobs=jobs)
    judging = judged(target, diagnostics)
    found = _gaps(api, judging) if "docs" in target.emit else ()
    judging.stop_on_errors()
    warnings = _warnings(diagnostics) - found_before
    return Build(
        target, api, made.files, found, inputs, warnings, made.names, made.hashes
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
    diagnostics = judged(target, diagnostics)
    if target.include:
        from generator.passes.slice import slice_api

        api = slice_api(api, target.include, target.depth, diagnostics)
        diagnostics.stop_on_errors()
    return _with_passes(api, target, diagnostics) if target.passes else api


def load_whole(
    target: Target,
    diagnostics: Diagnostics,
    progress: Progress = silent,
    given: Mapping[str, str] | None = None,
) -> Api:
    """Read a target's documents and run every pass but the slice and those of other
    packages; `given` are the names that the last run gave."""
    from generator.model import Protocol
    from generator.passes.catalogue import with_catalogue
    from generator.readers.spec import read_spec

    progress("reading")
    diagnostics = judged(target, diagnostics)
    spec, annotations = _sources(target)
    validate = target.validate
    api = read_spec(spec, annotations, diagnostics, validate=validate, given=given)
    diagnostics.stop_on_errors()
    if api.protocol is Protocol.ODATA:
        known = frozenset(source.name for source in annotations)
        api = _with_resources(api, known, diagnostics, progress)
    api = with_catalogue(api, given)
    if target.permissions is not None:
        api = _with_permissions(api, target, target.permissions, diagnostics)
    diagnostics.stop_on_errors()
    return api


def judged(target: Target, diagnostics: Diagnostics) -> Diagnostics:
    """Give what adds to the same findings by the target's policy."""
    return diagnostics.under(dict(target.diagnostics))


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


def require_copies(target: Target) -> None:
    """Raise SpecError for the first URL of a target that has not been fetched, for whom
    neither writes nor asks the network."""
    from generator.locations import Url

    for location in target.locations:
        if isinstance(location, Url):
            from generator.sources import require_copy

            require_copy(location, target.home)


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


def _with_passes(api: Api, target: Target, diagnostics: Diagnostics) -> Api:
    """Run the passes of other packages; what they add is named as well."""
    from itertools import islice

    from generator import plugins
    from generator.passes.catalogue import with_additions
    from generator.passes.dangling import dangling

    for name in target.passes:
        api = plugins.run_pass(name, api, diagnostics)
        for fault in islice(dangling(api), _MOST_FAULTS):
            diagnostics.error("plugin-failed", f"after the pass {name!r} {fault}")
        diagnostics.stop_on_errors()
    return with_additions(api)


def _check_templates(folder: Path, diagnostics: Diagnostics) -> None:
    from generator.emitters import overrides

    overrides.check(folder, diagnostics)
    diagnostics.stop_on_errors()


def _changes(api: Api, target: Target) -> str:
    """Tell what is new since the version that the documents of a target name, as far as
    it concerns what is left in the Api; "" where they name none."""
    if not target.docs.previous or "docs" not in target.emit:
        return ""
    from generator import outputs

    # Of both, what has no name is called as it is in the Api: else it would seem new.
    given = api.catalogue.given if api.catalogue else None
    former = replace(target, spec=target.docs.previous)
    before = load_whole(former, Diagnostics(), given=given)
    if not target.include:
        return outputs.changelog(before, api, api)
    # A slice lacks what is not about it, which would be taken for removed.
    return outputs.changelog(
        before, load_whole(target, Diagnostics(), given=given), api
    )


def find_gaps(api: Api) -> tuple[Gap, ...]:
    """Tell what the documentation of an Api cannot say."""
    from generator.model import Protocol
    from generator.passes.gaps import gaps as of_odata
    from generator.passes.request_gaps import request_gaps

    return of_odata(api) if api.protocol is Protocol.ODATA else request_gaps(api)


def _gaps(api: Api, diagnostics: Diagnostics) -> tuple[Gap, ...]:
    """Find the gaps of documentation that is written, and report them."""
    from generator.passes.missing import report_gaps

    found = find_gaps(api)
    report_gaps(found, diagnostics)
    return found


def _warnings(diagnostics: Diagnostics) -> int:
    return sum(item.severity is Severity.WARNING for item in diagnostics)
