"""Codes of findings: what each reader's table of them is made of.

A code stands for one severity wherever it is given. Errors make the document useless as
it stands, unless they may pass; warnings and information tell what was left out or worked
round.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.diagnostics import Code, Diagnostics
from generator.model import Place

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
    diagnostics.add(codes[code].severity, code, message, place)
