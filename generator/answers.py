"""What may be asked of an API without writing anything: why something is in a slice, what
differs between two versions, what documentation lacks, whether pages are right, whether
a URL gives something new.

It stands between the commands and the pipeline, which reads what is asked about.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.diagnostics import Diagnostic, Diagnostics, SpecError
from generator.pipeline import Progress, find_gaps, judged, load, load_whole, silent

if TYPE_CHECKING:
    from pathlib import Path

    from generator.config import Target
    from generator.diff import Change
    from generator.model import Api, Place
    from generator.passes.missing import Gap
    from generator.passes.why import Step as WhyStep
    from generator.sources import Refreshed

STEPS_OF_DIFF = 2
"""How many steps `diff` announces."""

_LARGE = 500_000
"""From how many bytes on two processes read two versions faster than one does."""

_MANY = 50
"""From how many changes on two processes find their lines faster than one does."""


def why(
    target: Target,
    name: str,
    diagnostics: Diagnostics,
    progress: Progress = silent,
    given: Mapping[str, str] | None = None,
) -> tuple[Sequence[WhyStep], str]:
    """Tell what brings a type or operation into a target: in steps; if it is not in it,
    in none and in words. Here and below, `given` are the names that the last run
    gave."""
    from generator.passes.why import absence
    from generator.passes.why import why as explain

    api = load_whole(target, diagnostics, progress, given)
    steps = explain(api, target.include, target.depth, name)
    return steps, "" if steps else absence(api, name)


def diff(
    old: Target, new: Target, diagnostics: Diagnostics, progress: Progress = silent
) -> tuple[Change, ...]:
    """Compare two versions of an API, each as a target names it, as a whole."""
    from pathlib import Path

    from generator.diff import diff as compare_apis
    from generator.locations import StandardInput
    from generator.pairs import both
    from generator.readers.source import MAX_BYTES

    progress("reading both")
    for each in (*old.locations, *new.locations):
        if isinstance(each, StandardInput):
            each.read(MAX_BYTES)  # another process has none
    files = [each for each in (*old.spec, *new.spec) if isinstance(each, Path)]
    sizes = [os.path.getsize(each) for each in files if os.path.isfile(each)]
    (before, found), (after, more) = both(
        _read_version, old, new, pays=sum(sizes) > _LARGE
    )
    for item in dict.fromkeys((*found, *more)):  # both may name one document
        diagnostics.take(item)
    diagnostics.stop_on_errors()
    if before is None or after is None:
        raise SpecError(diagnostics.errors)
    progress("comparing")
    return _with_lines(compare_apis(before, after), after)


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


def _lines_of(places: Sequence[Place | None]) -> list[Place | None]:
    from generator.readers.openapi.lines import Lines

    lines = Lines()
    return [lines.of(place) for place in places]


def gaps(
    target: Target,
    diagnostics: Diagnostics,
    progress: Progress = silent,
    given: Mapping[str, str] | None = None,
) -> tuple[Gap, ...]:
    """Tell what the documentation of a target could not say."""
    from generator.model import Protocol

    api = load(target, diagnostics, progress, given)
    found = find_gaps(api)
    if api.protocol is Protocol.ODATA:
        return found
    from generator.readers.openapi.lines import Lines

    lines = Lines()
    return tuple([replace(gap, place=lines.of(gap.place)) for gap in found])


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
    findings = judged(target, Diagnostics())
    pages = read_pages(folder, findings)
    return hold_against(api, pages, findings, target.base_url), findings


def page_codes() -> Mapping[str, str]:
    """Give the codes of what `check_pages` finds, with what each means."""
    from generator.passes.check_pages.codes import CODES as OF_PASSES
    from generator.readers.pages.codes import CODES as OF_READER

    return {code: each.meaning for code, each in {**OF_READER, **OF_PASSES}.items()}


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
                place = location, target.home
                asked[place] = asked.get(place, False) or target.allow_local
    for (url, home), allow_local in asked.items():
        try:
            yield refresh(url, home, allow_local=allow_local)
        except SpecError as error:
            faults.extend(error.diagnostics)
    if faults:
        raise SpecError(tuple(faults))
