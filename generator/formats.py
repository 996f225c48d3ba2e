"""Findings in the form that was asked for: one document of JSON or SARIF, or the lines
by which GitHub Actions shows them beside the code.

Stands beside `report`, which writes for people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.diagnostics import Diagnostic, Severity
from generator.report import by_place, printable

_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}


def written(form: str, items: Iterable[Diagnostic], meanings: Mapping[str, str]) -> str:
    """Give findings as a document of "json" or "sarif", or as lines for "github"; what
    each code means is for SARIF."""
    from generator import sarif

    found = by_place(items)
    if form == "json":
        return sarif.json_text(found)
    if form == "sarif":
        return sarif.sarif_text(found, meanings)
    return "\n".join(github_lines(found))


def github_lines(items: Iterable[Diagnostic]) -> Iterator[str]:
    """Give a workflow command of GitHub Actions for each finding.

    A finding is one line whatever it says, and cannot be another command.
    """
    for item in items:
        properties = {"title": item.code}
        place = item.place
        if place and place.file:
            properties = {"file": place.file.replace("\\", "/"), **properties}
        if place and place.line:
            properties["line"] = str(place.line)
            if place.column:
                properties["col"] = str(place.column)
        shown = ",".join(
            f"{name}={_escaped(value).replace(':', '%3A').replace(',', '%2C')}"
            for name, value in properties.items()
        )
        yield f"::{_COMMANDS[item.severity]} {shown}::{_escaped(item.message)}"


def _escaped(text: str) -> str:
    """Escape what ends a command, and make the rest harmless to a terminal."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return printable(text)
