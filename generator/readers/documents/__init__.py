"""Documents of plain values, in JSON or YAML: a source in, values and places out.

The step before the readers of OpenAPI and of overlays. A document is hostile until
proven otherwise: depth, aliases and numbers are bounded, and every fault has its place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import Any

from generator.diagnostics import Diagnostics, SpecError
from generator.model import Place
from generator.readers.codes import add
from generator.readers.documents.codes import CODES
from generator.readers.documents.faults import Duplicate, Fault, Spot
from generator.readers.documents.json_places import JsonPlaces
from generator.readers.documents.json_text import parse_json
from generator.readers.source import Source

__all__ = ["Changed", "Loaded", "Pointer", "load_document"]

Pointer = Sequence[str | int]
"""A JSON pointer in parts: "paths", "/pets", "get"; a number for an item of a list."""


class Loaded:
    """A document: its value and where each part of it stands.

    The value is made of dict, list, str, int, float, bool and None; keys are str.
    Parts that YAML repeats by an alias are one and the same object.
    """

    def __init__(self, value: Any, source: Source, is_json: bool) -> None:
        self.value = value
        self.source = source
        self.is_json = is_json
        self._places: Any = None

    def place(self, pointer: Pointer = ()) -> Place:
        """Give where the key or the item stands to which a pointer leads.

        What the document does not have stands where the last thing on the way to it
        does. The first question to a document costs about as much as reading it.
        """
        if self._places is None:
            self._places = self._make_places()
        spot = self._places.find(pointer)
        return Place(self.source.name, spot.line, spot.column)

    def _make_places(self) -> Any:
        text = _decode(self.source.data)
        if self.is_json:
            return JsonPlaces(text)
        from generator.readers.documents.yaml_places import YamlPlaces

        return YamlPlaces(text)


class Changed(Loaded):
    """A document after something changed it: what it says now, and the places of what
    that came from."""

    def __init__(
        self, value: Any, before: Loaded, origin: Callable[[Pointer], Place]
    ) -> None:
        super().__init__(value, before.source, before.is_json)
        self.before = before
        self._origin = origin

    def place(self, pointer: Pointer = ()) -> Place:
        """Give where that stands which a pointer leads to now."""
        return self._origin(pointer)


def load_document(source: Source, diagnostics: Diagnostics) -> Loaded:
    """Read a document, as JSON where it looks like JSON, else as YAML 1.2.

    Keys given twice are added to `diagnostics` as warnings. Raises SpecError with the
    one finding that makes the document unreadable.
    """
    duplicates: list[Duplicate] = []
    try:
        value, is_json = _parse(source, duplicates)
    except Fault as fault:
        found = Diagnostics()
        add(found, CODES, fault.code, fault.message, _place(source, fault.spot))
        raise SpecError(tuple(found)) from None
    for key, spot in duplicates:
        message = f"the key {key!r} is given twice; the last one counts"
        place = _place(source, spot)
        add(diagnostics, CODES, "document-duplicate", message, place)
    return Loaded(value, source, is_json)


def _parse(source: Source, duplicates: list[Duplicate]) -> tuple[Any, bool]:
    """Give the value of a document, and whether it was JSON.

    YAML may begin with a brace as well: a file that is named as YAML is only JSON if
    it can be read as such.
    """
    text = _decode(source.data)
    if text.lstrip()[:1] in ("{", "["):
        try:
            return parse_json(text, duplicates), True
        except Fault as fault:
            if fault.code != "document-syntax" or not _is_named_yaml(source.name):
                raise
    from generator.readers.documents.yaml_text import parse_yaml

    return parse_yaml(text, duplicates), False


def _is_named_yaml(name: str) -> bool:
    return bool({".yaml", ".yml"} & set(PurePath(name.lower()).suffixes))


def _decode(data: bytes) -> str:
    """Give the text of a document in UTF-8, UTF-16 or UTF-32, known by its first bytes
    (YAML 1.2 section 5.2; the same for JSON)."""
    encoding = json.detect_encoding(data)
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        column = len(before) - before.rfind("\n")
        spot = Spot(before.count("\n") + 1, column)
        message = f"the bytes here are no {encoding.upper()} text"
        raise Fault("document-encoding", message, spot) from None


def _place(source: Source, spot: Spot) -> Place:
    return Place(source.name, spot.line, spot.column)
