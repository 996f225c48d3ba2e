"""Documents of plain values, in JSON or YAML: text in, values out.

The step before every reader of OpenAPI and of overlays.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import yaml

from generator.diagnostics import Diagnostic, Diagnostics, Severity, SpecError
from generator.model import Place
from generator.readers.source import Source


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document's value and where it came from."""

    value: Any
    source: Source

    def place(self, pointer: tuple[str | int, ...]) -> Place:
        """Give where a value stands."""
        return Place(self.source.name)


def load_document(source: Source, diagnostics: Diagnostics) -> Loaded:
    """Read a document; raises SpecError where it is neither JSON nor YAML."""
    try:
        if source.data.lstrip().startswith(b"{"):
            return Loaded(json.loads(source.data), source)
        return Loaded(yaml.safe_load(source.data.decode("utf-8-sig")), source)
    except (ValueError, yaml.YAMLError) as error:
        place = Place(source.name)
        raise SpecError(
            (Diagnostic("document-syntax", Severity.ERROR, str(error), place),)
        ) from error
