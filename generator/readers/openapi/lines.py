"""Lines of places: where in a file stands what a JSON pointer names.

The reader notes pointers alone, as lines take long to find in a big document; who shows
places to people asks here.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from generator.diagnostics import Diagnostics, SpecError
from generator.model import Place
from generator.readers.documents import Loaded, load_document
from generator.readers.openapi.nodes import pointer_steps
from generator.readers.source import load_source


class Lines:
    """Finds lines in documents, each of which is read once."""

    def __init__(self) -> None:
        self._documents: dict[str, Loaded | None] = {}

    def of(self, place: Place | None) -> Place | None:
        """Give a place with its line and column, as it is where there are none to
        find."""
        if place is None or not (place.file and place.pointer):
            return place
        document = self._document(place.file)
        if document is None:
            return place
        found = document.place(pointer_steps(document.value, place.pointer))
        return replace(place, line=found.line, column=found.column)

    def _document(self, file: str) -> Loaded | None:
        if file not in self._documents:
            try:
                source = load_source(Path(file))
                self._documents[file] = load_document(source, Diagnostics())
            except SpecError:
                self._documents[file] = None
        return self._documents[file]
