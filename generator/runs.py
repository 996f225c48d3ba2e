"""A run for several targets: what the lock file shows to be as it was is left alone, the
rest is built, compared and written.

It stands between the commands and the pipeline.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator import __version__, cache, lock, writer
from generator.hashes import digest
from generator.locations import StandardInput

if TYPE_CHECKING:
    from generator.config import Target
    from generator.diagnostics import Diagnostics
    from generator.lock import Entry
    from generator.outputs import Former
    from generator.pipeline import Build, Progress
    from generator.writer import Difference


@dataclass(frozen=True, slots=True)
class Ask:
    """What is to be run: targets, and where their lock file stands.

    `whole` says that these are all targets which the lock may know; what it knows of
    others is then out of date. `afresh` reads the inputs even where nothing changed, for
    what there is to be said of them. `jobs` is how many processes may work at once.
    """

    targets: tuple[Target, ...]
    lock: Path
    whole: bool = True
    force: bool = False
    afresh: bool = False
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a target: what was built, None where nothing had changed; what
    differs; and what the lock said and says now.

    `target` is None for outputs that no target gives any more.
    """

    target: Target | None
    name: str
    build: Build | None
    differences: tuple[Difference, ...]
    before: Entry | None
    now: Entry | None


def generate(
    ask: Ask, diagnostics: Diagnostics, progress: Progress
) -> tuple[Outcome, ...]:
    """Write the output of all targets, or of none if one must not be written; give what
    was done.

    Raises SpecError and OutputError as the pipeline and the writer do; nothing is
    written then.
    """
    known = _healed(ask)
    made = _made(ask, known, diagnostics, progress)
    if not any(made.values()) and not _left(ask, known):
        return tuple(_outcomes(ask, made, known, progress))
    with ExitStack() as held:
        held.enter_context(writer.alone(ask.lock))
        known = _known(ask)  # another run may have written other targets
        places = _places(ask, made, known)
        held.enter_context(writer.locked(places))
        writer.recover(ask.lock, places)
        outcomes = tuple(_outcomes(ask, made, known, progress))
        differences = [each for outcome in outcomes for each in outcome.differences]
        if not ask.force:
            writer.refuse_foreign(differences)
        text = lock.lock_text(_entries(outcomes, known))
        is_new = lock.file_hash(ask.lock) != digest(text)
        writer.write(differences, ask.lock, text if is_new else None)
        for outcome in outcomes:
            cache.save(ask.lock, outcome.name, outcome.now, outcome.build)
    return outcomes


def check(
    ask: Ask, diagnostics: Diagnostics, progress: Progress
) -> tuple[Outcome, ...]:
    """Compare what the targets give with what was written; write nothing, the copy of a
    URL included.

    Raises SpecError and OutputError as the pipeline and the writer do.
    """
    if writer.is_interrupted(ask.lock):
        raise writer.OutputError(
            "a run of specwright was killed while it wrote; "
            "specwright generate finishes its work"
        )
    known = lock.read_lock(ask.lock)
    made = _made(ask, known, diagnostics, progress, writes=False)
    return tuple(_outcomes(ask, made, known, progress))


def _known(ask: Ask) -> dict[str, Entry]:
    """Read the lock; one that is no use counts for nothing where the user insists."""
    from generator.diagnostics import SpecError

    try:
        return lock.read_lock(ask.lock)
    except SpecError:
        if ask.force:
            return {}
        raise


def _healed(ask: Ask) -> dict[str, Entry]:
    """Finish what a killed run left, or clear it away; give what the lock then says."""
    known = _known(ask)
    places = [
        target.out / top
        for target in ask.targets
        if target.name in known
        for top in sorted(lock.tops(known[target.name].outputs))
    ]
    if writer.is_littered(ask.lock, places):
        with writer.alone(ask.lock), writer.locked(places):
            writer.recover(ask.lock, places)
        return _known(ask)
    return known


# --- what has changed


def _made(
    ask: Ask,
    known: Mapping[str, Entry],
    diagnostics: Diagnostics,
    progress: Progress,
    *,
    writes: bool = True,
) -> dict[str, Build | None]:
    """Build the targets of which something has changed; what is not to write does not
    fetch either."""
    made: dict[str, Build | None] = {}
    for target in ask.targets:
        entry = _before(ask, target, known)
        if entry and not ask.afresh and _is_current(ask, target, entry):
            made[target.name] = None
        else:
            from generator import pipeline

            if not writes:
                pipeline.require_copies(target)
            former = _former(ask, target, entry) if entry else None
            made[target.name] = pipeline.build(
                target, diagnostics, progress, former, jobs=ask.jobs
            )
    return made


def _former(ask: Ask, target: Target, entry: Entry) -> Former:
    """Give what the last run left of a target."""
    from generator.outputs import Former

    is_same = (
        entry.version == __version__
        and entry.settings == lock.settings_hash(target, ask.lock.parent)
        and entry.code == lock.code_hash(target)
    )
    hashes = cache.load(ask.lock, target.name, entry) if is_same else {}

    def kept(path: str) -> bytes | None:
        known = entry.outputs.get(path)
        return writer.content(target.out, path, known) if known else None

    return Former(entry.names, hashes, kept)


def _is_current(ask: Ask, target: Target, entry: Entry) -> bool:
    """Say whether a target would give what it gave, and that is still there; what comes
    from the standard input nobody has kept."""
    folder = ask.lock.parent
    return (
        not any(isinstance(each, StandardInput) for each in target.locations)
        and entry.version == __version__
        and entry.settings == lock.settings_hash(target, folder)
        and lock.inputs_are(entry.inputs, folder)
        and entry.code == lock.code_hash(target)
        and writer.is_intact(target.out, entry.outputs)
    )


def _before(ask: Ask, target: Target, known: Mapping[str, Entry]) -> Entry | None:
    """Give what the lock says of a target, also under a name that it no longer has; not
    what it says under its name of a package that another target has now."""
    entry = known.get(target.name)
    others = [each for each in ask.targets if each is not target]
    if entry and not any(_is_of(ask, other, entry) for other in others):
        return entry
    return next((each for each in known.values() if _is_of(ask, target, each)), None)


def _is_of(ask: Ask, target: Target, entry: Entry) -> bool:
    """Say whether an entry is of the package that a target has."""
    is_here = entry.out == lock.relative(target.out, ask.lock.parent)
    return is_here and f"{target.package}/__init__.py" in entry.outputs


def _left(ask: Ask, known: Mapping[str, Entry]) -> dict[str, Entry]:
    """Give what the lock says of targets that are no more."""
    names = {target.name for target in ask.targets}
    left = {name: entry for name, entry in known.items() if name not in names}
    return left if ask.whole else {}


# --- what differs


_Place = tuple[str, str]
"""A folder `out`, as the lock says it, and a package folder in it."""


def _outcomes(
    ask: Ask,
    made: Mapping[str, Build | None],
    known: Mapping[str, Entry],
    progress: Progress,
) -> Iterator[Outcome]:
    """Compare what was made with what is there."""
    wanted = {target.name: _wanted(ask, target, made, known) for target in ask.targets}
    _refuse_shared(wanted)
    for target in ask.targets:
        before, build = _before(ask, target, known), made[target.name]
        if build is None:
            yield Outcome(target, target.name, None, (), before, before)
            continue
        progress("comparing")
        others = set[_Place]().union(
            *(places for name, places in wanted.items() if name != target.name)
        )
        out = lock.relative(target.out, ask.lock.parent)
        here = _noted(known, out, wanted[target.name]) or None
        if before and before.out == out:
            here = {**(here or {}), **_without(before.outputs, out, others)}
        found = [writer.compare(build.files, target.out, here)]
        if before and before.out != out:
            found += _gone(ask, before, others | wanted[target.name])
        now = _entry(ask, build)
        yield Outcome(target, target.name, build, tuple(found), before, now)
    for name, entry in sorted(_left(ask, known).items()):
        gone = _gone(ask, entry, set[_Place]().union(*wanted.values()))
        yield Outcome(None, name, None, tuple(gone), entry, None)


def _wanted(
    ask: Ask,
    target: Target,
    made: Mapping[str, Build | None],
    known: Mapping[str, Entry],
) -> set[_Place]:
    """Give the package folders that a target has."""
    build, before = made[target.name], _before(ask, target, known)
    paths = [file.path for file in build.files] if build else []
    if build is None and before:
        paths = list(before.outputs)
    out = lock.relative(target.out, ask.lock.parent)
    return {(out, top) for top in lock.tops(paths)}


def _refuse_shared(wanted: Mapping[str, set[_Place]]) -> None:
    """Raise OutputError if two targets write one folder, as emitters of other packages
    can make them."""
    owners: dict[str, str] = {}
    for name, places in wanted.items():
        for out, top in sorted(places):
            folder = os.path.normpath(os.path.join(out, top))
            other = owners.setdefault(folder.casefold(), name)
            if other != name:
                message = f"the targets {other!r} and {name!r} both write {folder}"
                raise writer.OutputError(message)


def _noted(known: Mapping[str, Entry], out: str, places: set[_Place]) -> dict[str, str]:
    """Give what the lock says of package folders, whatever target it says it of."""
    return {
        path: noted
        for entry in known.values()
        if entry.out == out
        for path, noted in entry.outputs.items()
        if (out, lock.top(path)) in places
    }


def _without(
    outputs: Mapping[str, str], out: str, others: set[_Place]
) -> Mapping[str, str]:
    """Leave out what others write now."""
    tops = {top for top in lock.tops(outputs) if (out, top) not in others}
    return {path: known for path, known in outputs.items() if lock.top(path) in tops}


def _gone(ask: Ask, entry: Entry, others: set[_Place]) -> list[Difference]:
    """Give what remains of outputs at a place where no target has them any more."""
    if not _is_below(ask, entry):
        return []  # no configuration says so: the lock alone is not enough
    outputs = _without(entry.outputs, entry.out, others)
    return [writer.compare((), ask.lock.parent / entry.out, outputs)]


def _is_below(ask: Ask, entry: Entry) -> bool:
    """Say whether outputs are in the folder of the lock, whatever links there are."""
    folder = ask.lock.parent.resolve()
    out = (folder / entry.out).resolve()
    return out.is_relative_to(folder) and ".." not in Path(entry.out).parts


def _places(
    ask: Ask, made: Mapping[str, Build | None], known: Mapping[str, Entry]
) -> list[Path]:
    """Give the package folders that a run may write.

    Raises OutputError for files that would be elsewhere.
    """
    places: set[Path] = set()
    for target in ask.targets:
        build, before = made[target.name], _before(ask, target, known)
        if build:
            places.update(writer.folders(build.files, target.out))
        elif before:
            places.update(writer.folders((), target.out, before.outputs))
    for entry in known.values():
        if _is_below(ask, entry):
            out = ask.lock.parent / entry.out
            places.update(writer.folders((), out, entry.outputs))
    return sorted({Path(os.path.normpath(place)) for place in places})


# --- what is noted


def _entries(
    outcomes: Sequence[Outcome], known: Mapping[str, Entry]
) -> dict[str, Entry]:
    """Give the entries that the lock is to have."""
    entries = dict(known)
    for outcome in outcomes:
        entries.pop(outcome.name, None)
        if outcome.now:
            entries[outcome.name] = outcome.now
    return entries


def _entry(ask: Ask, build: Build) -> Entry:
    folder = ask.lock.parent
    return lock.Entry(
        version=__version__,
        code=lock.code_hash(build.target),
        settings=lock.settings_hash(build.target, folder),
        out=lock.relative(build.target.out, folder),
        warnings=build.warnings,
        inputs={lock.relative(p, folder): h for p, h in build.inputs.items()},
        outputs={file.path: digest(file.data) for file in build.files},
        names=build.names,
    )
