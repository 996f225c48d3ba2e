"""Changes as people and programs read them: lines of text, a changelog, JSON.

Pure: changes in, text out. What a change says may hold names and values of a spec, so
each form escapes for where the text lands; lines for a terminal are made harmless by
who prints them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from generator.diff.changes import Change, Grade, Kind
from generator.diagnostics import Diagnostic, Severity
from generator.hidden import without_hidden
from generator.markup import code_span, escaped

_ORDER = {grade: order for order, grade in enumerate(Grade)}


def counts(changes: Iterable[Change]) -> Mapping[Grade, int]:
    """Give the number of changes of each grade, those aside that repeat the change of a
    base."""
    found = Counter(change.grade for change in changes if not change.inherited_from)
    return {grade: found[grade] for grade in Grade}


def summary(changes: Iterable[Change]) -> str:
    """Give the numbers in one line: "2 breaking, 5 compatible, 1 documentation"."""
    parts = [f"{number} {grade}" for grade, number in counts(changes).items()]
    return ", ".join(parts)


def text_lines(changes: Sequence[Change]) -> Iterator[str]:
    """Give a line for each change, the breaking ones first, in the form of diagnostics.

    The place in front is that in the new version, where there is one. A change that
    types inherit is told once, of the type that declares the member.
    """
    repeats = _repeats(changes)
    for change in _by_grade(_told(changes)):
        place = change.new or change.old
        where = f"{place}: " if place else ""
        was = f" (was {change.old})" if change.new and change.old else ""
        yield (
            f"{where}{change.grade}: {change.target}: {_sentences(change, repeats)}"
            f" [{change.kind}]{was}"
        )


_SEVERITIES = {
    Grade.BREAKING: Severity.ERROR,
    Grade.COMPATIBLE: Severity.INFO,
    Grade.DOCUMENTATION: Severity.INFO,
}


def findings(changes: Sequence[Change]) -> Iterator[Diagnostic]:
    """Give the changes as findings about the new version, for the forms in which those
    are written; what breaks code is an error.

    The place is that in the new version, where there is one.
    """
    repeats = _repeats(changes)
    for change in _by_grade(_told(changes)):
        text = f"{change.grade}: {change.target}: {_sentences(change, repeats)}"
        place = change.new or change.old
        yield Diagnostic(str(change.kind), _SEVERITIES[change.grade], text, place)


def json_text(changes: Sequence[Change]) -> str:
    """Give all changes, the inherited ones too, and their numbers as a JSON object."""
    value = {
        "summary": counts(changes),
        "changes": [asdict(change) for change in changes],
    }
    return json.dumps(value, indent=2) + "\n"


def changelog(
    changes: Sequence[Change],
    title: str = "Changes",
    pages: Mapping[str, str] | None = None,
) -> str:
    """Give the changes as Markdown, grouped by the type that they are about.

    `pages` gives the address of a type's page by its id; its heading is then a link.
    Types that are new are listed together at the end. No place is named: readers of the
    changelog have the service, not the files.
    """
    told = list(_told(changes))
    repeats = _repeats(changes)
    new = [item.target for item in told if item.kind is Kind.TYPE_ADDED]
    groups: dict[str, list[Change]] = {}
    for change in told:
        groups.setdefault(change.group, []).append(change)
    lines = [f"# {escaped(_line(title))}", "", f"{summary(changes)}."]
    for group in [each for each in groups if each not in new]:
        lines += ["", f"## {_heading(group, pages or {})}", ""]
        lines += [_item(change, repeats) for change in _by_grade(groups[group])]
    if new:
        lines += ["", "## New types", ""]
        for group in new:
            lines += [_item(change, repeats) for change in groups[group]]
    return "\n".join(lines) + "\n"


def _heading(group: str, pages: Mapping[str, str]) -> str:
    if not group:
        return "The service"
    page = pages.get(group)
    name = code_span(_line(group.removeprefix("#")))  # a tag has "#" before it
    return f"[{name}]({page})" if page else name


def _item(change: Change, repeats: Mapping[tuple[Kind, str], int]) -> str:
    name = change.target
    if name.startswith(f"{change.group}/"):
        name = name.removeprefix(f"{change.group}/")
    sentences = escaped(_line(_sentences(change, repeats)))
    return f"- **{change.grade}** {code_span(_line(name))}: {sentences}"


def _line(text: str) -> str:
    return " ".join(without_hidden(text).split())


def _by_grade(changes: Iterable[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: _ORDER[change.grade])


def _told(changes: Iterable[Change]) -> Iterator[Change]:
    """Leave out what repeats the change of a base."""
    return (change for change in changes if not change.inherited_from)


def _repeats(changes: Iterable[Change]) -> Mapping[tuple[Kind, str], int]:
    """Count the types that inherit a change, by its kind and target."""
    return Counter(
        (change.kind, f"{change.inherited_from}/{change.target.rpartition('/')[2]}")
        for change in changes
        if change.inherited_from
    )


def _sentences(change: Change, repeats: Mapping[tuple[Kind, str], int]) -> str:
    number = repeats.get((change.kind, change.target), 0)
    types = "type" if number == 1 else "types"
    also = f" (and so in {number} derived {types})" if number else ""
    return f"{change.text}{also}. {change.consequence}"
