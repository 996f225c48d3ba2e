"""Diagnostics as text for people: every one on its line, and crowds of one code cut
short."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from generator.diagnostics import Diagnostic, Severity

# "::error::", after spaces alone, and "##[error]", anywhere.
_COMMAND = re.compile(r"(^\s*|(?<=#))(:(?=:)|#(?=\[))")

_CROWD = 10
_SHOWN_OF_CROWD = 3


def report_lines(
    items: Iterable[Diagnostic], *, verbose: bool = False, quiet: bool = False
) -> Iterator[str]:
    """Give the lines to show for findings: file by file, each from its top.

    Without `verbose`, mere information is left out, and of more than ten findings with
    one code the first three stand for all. With `quiet`, only errors are given.
    """
    shown = by_place([item for item in items if _is_shown(item, verbose, quiet)])
    crowds = Counter(item.code for item in shown)
    given: Counter[str] = Counter()
    for item in shown:
        given[item.code] += 1
        number, total = given[item.code], crowds[item.code]
        if verbose or total <= _CROWD or number <= _SHOWN_OF_CROWD:
            yield printable(str(item))
        elif number == total:
            rest = total - _SHOWN_OF_CROWD
            yield f"... and {rest} more {item.severity}s [{item.code}]; see --verbose"


def by_place(items: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sort findings by line and column within each file; what has no place comes last."""
    items = list(items)
    files: dict[str, int] = {}
    for item in items:
        if item.place:
            files.setdefault(item.place.file, len(files))

    def position(item: Diagnostic) -> tuple[int, int, int]:
        if item.place is None:
            return len(files), 0, 0
        return files[item.place.file], item.place.line, item.place.column

    return sorted(items, key=position)


def printable(text: str, *, commands: bool = False) -> str:
    """Give a text as one line that commands neither a terminal nor GitHub Actions, which
    look for commands in what a step prints: spec text is not trusted. `commands` says
    that such a command is meant."""
    if not commands:
        text = _COMMAND.sub(lambda found: f"{found[1]}\\x{ord(found[2]):02x}", text)
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode()
        for char in text
    )


def _is_shown(item: Diagnostic, verbose: bool, quiet: bool) -> bool:
    if quiet:
        return item.severity is Severity.ERROR
    return verbose or item.severity is not Severity.INFO
