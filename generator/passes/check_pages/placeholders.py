"""Placeholders: what was to be written later, wherever it stands on a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from generator.model import Place
from generator.model.pages import Page, Text

_PLACEHOLDER: Final = re.compile(
    r"\b(?:TODO|TBD|TBA|FIXME)\b"
    r"|\b[Ll]orem ipsum\b"
    r"|\b(?:[Aa]dd|[Ii]nsert) (?:a |the )?[Dd]escription here\b"
)
_LONGEST: Final = 60


def placeholders(page: Page) -> Iterator[Text]:
    """Give every placeholder with what follows it on its line, front matter, comments
    and examples included."""
    for number, line in enumerate(page.lines, 1):
        for match in _PLACEHOLDER.finditer(line):
            start = match.start()
            text = re.split(r"[*|<>\"]|\. ", line[start : start + _LONGEST])[0]
            yield Text(text.strip(), Place(page.place.file, number, start + 1))
