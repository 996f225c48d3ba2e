"""Writing: a document as a text, YAML or JSON."""

from __future__ import annotations

import json
import re
from typing import Final

from generator.emitters.openapi.dialect import Json
from generator.emitters.yaml_text import yaml_text
from generator.files import MARKER
from generator.hidden import HIDDEN

_MARK: Final = "x-generator"


def text_of(document: dict[str, Json], format_: str) -> str:
    """Write a document, with the mark by which the writer knows its own files at its
    head: a comment, or where there is none a member of its own."""
    if format_ == "json":
        marked = {_MARK: MARKER.removeprefix("# "), **document}
        text = json.dumps(marked, ensure_ascii=False, indent=2)
        # characters that hide are written as escapes; lines end all the same
        lines = [HIDDEN.sub(_escape, line) for line in text.split("\n")]
        return "\n".join([*lines, ""])
    return f"{MARKER}\n{yaml_text(document)}"


def _escape(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]
