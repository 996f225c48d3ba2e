"""What came of a target, told in a line or two: what was written, and what is out of date.

Stands beside the commands that write and check.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from generator.console import Console
    from generator.runs import Outcome
    from generator.writer import Difference


def summarise(outcome: Outcome, console: Console) -> None:
    """Say in a line what came of a target."""
    build = outcome.build
    if outcome.target is None:
        paths = [path for each in outcome.differences for path in each.paths]
        console.summary(
            f"{outcome.name}: a target no more ({counted(len(paths), 'file')} stale)"
        )
    elif build is None:
        files = len(outcome.now.outputs) if outcome.now else 0
        console.summary(
            f"{outcome.name}: nothing has changed, {counted(files, 'file')}"
            " (all the same)"
        )
        if outcome.now and outcome.now.warnings:
            found = counted(outcome.now.warnings, "warning")
            console.note(f"{found} when it was read; see --verbose")
    else:
        console.summary(
            f"{outcome.name}: {counted(len(build.api.types), 'type')}, "
            f"{counted(build.operations, 'operation')}, "
            f"{counted(len(build.files), 'file')} ({_counts(outcome.differences)})"
        )
        if build.gaps:
            from generator import listing

            console.note(f"{listing.gap_counts(build.gaps)}: see specwright gaps")
    before, now = outcome.before, outcome.now
    if before and (now is None or now.out != before.out):
        where_it_was = outcome.differences[1 if build else 0 :]
        if not where_it_was:
            console.note(
                f"its files in {before.out} stay: that is not below this folder"
            )


def counted(number: int, what: str) -> str:
    """Give a number of things, in the singular for one."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def note_drift(outcome: Outcome, lock: Path, console: Console) -> None:
    """Say what is out of date in the lock, and that another version may be why output
    differs."""
    before, now, name = outcome.before, outcome.now, outcome.name
    if before == now or now is None:
        return
    is_same = not any(difference.paths for difference in outcome.differences)
    if before and (is_same and now.renewed(before) or now.version != before.version):
        is_other = before.version != now.version
        this = f"this is {now.version}" if is_other else "of other code than this"
        end = "; the output is the same" if is_same else ""
        console.note(f"{name} was written by specwright {before.version}, {this}{end}")
    elif is_same and before is None:
        console.note(f"{lock} does not know {name}: specwright generate adds it")
    elif is_same:
        console.note(
            f"what {name} is made of has changed since, its output has not:"
            f" specwright generate renews {lock}"
        )


def note_difference(outcome: Outcome, console: Console) -> None:
    """Say what to do about an output that is not what it should be."""
    if any(difference.foreign for difference in outcome.differences):
        console.note(
            f"{outcome.name} holds files that were edited or are of others: move"
            " them away, or lose them by specwright generate --force"
        )
    elif any(difference.paths for difference in outcome.differences):
        console.note(f"{outcome.name} is out of date: run specwright generate")


def _counts(differences: Iterable[Difference]) -> str:
    """Say what differs, in a few words."""
    counts = Counter[str]()
    for each in differences:
        counts["changed"] += len(each.changed)
        counts["new"] += len(each.added)
        counts["stale"] += len(each.stale)
    return ", ".join(f"{n} {what}" for what, n in counts.items() if n) or "all the same"
