"""Diagnostics for programs: as plain JSON, and as SARIF 2.1.0 (OASIS), which code
hosts and editors show beside the lines they are about.

Stands beside `report`, which writes for people.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from generator import __version__
from generator.diagnostics import Diagnostic, Severity
from generator.model import Place

_LEVELS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}


def json_text(items: Iterable[Diagnostic]) -> str:
    """Give findings as an array of objects, one a line; line and column count from 1,
    0 where they are not known."""
    lines = ",\n".join([json.dumps(_plain(item)) for item in items])
    return f"[\n{lines}\n]" if lines else "[]"


def _plain(item: Diagnostic) -> dict[str, object]:
    place = item.place or Place("")
    return {
        "code": item.code,
        "severity": str(item.severity),
        "message": item.message,
        "file": place.file,
        "line": place.line,
        "column": place.column,
    }


def sarif_text(items: Iterable[Diagnostic], meanings: Mapping[str, str]) -> str:
    """Give findings as a SARIF log of one run.

    `meanings` says what each code means; those that were given become the rules of the
    run, in alphabetical order (SARIF 2.1.0 sections 3.19.23 and 3.27).
    """
    found = list(items)
    codes = sorted({item.code for item in found})
    rules = [{"id": code, **_meaning(meanings.get(code, ""))} for code in codes]
    driver = {"name": "specwright", "version": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(item, codes.index(item.code)) for item in found],
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(log, indent=2)


def _meaning(text: str) -> dict[str, object]:
    return {"shortDescription": {"text": text}} if text else {}


def _result(item: Diagnostic, rule: int) -> dict[str, object]:
    result: dict[str, Any] = {
        "ruleId": item.code,
        "ruleIndex": rule,
        "level": _LEVELS[item.severity],
        "message": {"text": item.message},
    }
    if item.place is not None:
        result["locations"] = [{"physicalLocation": _location(item.place)}]
    return result


def _location(place: Place) -> dict[str, object]:
    location: dict[str, object] = {"artifactLocation": {"uri": _uri(place.file)}}
    if place.line:
        region = {"startLine": place.line}
        if place.column:
            region["startColumn"] = place.column
        location["region"] = region
    return location


def _uri(file: str) -> str:
    """Give the URI of a file, relative if the file was named so (section 3.4.3)."""
    path = Path(file)
    if path.is_absolute():
        return path.as_uri()
    return quote(os.fsencode(path.as_posix()))
