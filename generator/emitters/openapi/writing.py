"""Writing: a document as a text, YAML or JSON."""

from __future__ import annotations

import json
from typing import Final

import yaml

from generator.emitters.openapi.dialect import Json
from generator.files import MARKER

_MARK: Final = "x-generator"


def text_of(document: dict[str, Json], format_: str) -> str:
    """Write a document, with the mark by which the writer knows its own files at its
    head: a comment, or where there is none a member of its own."""
    if format_ == "json":
        marked = {_MARK: MARKER.removeprefix("# "), **document}
        return json.dumps(marked, ensure_ascii=False, indent=2) + "\n"
    body: str = yaml.dump(
        document,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=100,
    )
    return f"{MARKER}\n{body}"


class _Dumper(yaml.CSafeDumper):
    """Writes every value where it stands: nobody wants to look up an alias."""

    def ignore_aliases(self, data: object) -> bool:
        """Say that nothing is to be referred to."""
        return True
