"""Codes of findings: what each reader's table of them is made of.

A code stands for one severity wherever it is given. Errors make the document useless as
it stands; warnings and information tell what was left out or worked round.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from generator.diagnostics import Diagnostics, Severity
from generator.model import Place


class Code(NamedTuple):
    """How bad a finding is, and what it means."""

    severity: Severity
    meaning: str


_MAX_MESSAGE = 500


def add(
    diagnostics: Diagnostics,
    codes: Mapping[str, Code],
    code: str,
    message: str,
    place: Place | None,
) -> None:
    """Add a finding with the severity that a reader's table gives its code.

    What a message quotes of a document may be as long as the document: it is cut short.
    """
    if len(message) > _MAX_MESSAGE:
        message = f"{message[:_MAX_MESSAGE]}..."
    match codes[code].severity:
        case Severity.ERROR:
            diagnostics.error(code, message, place)
        case Severity.WARNING:
            diagnostics.warning(code, message, place)
        case Severity.INFO:
            diagnostics.info(code, message, place)
