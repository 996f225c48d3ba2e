"""A folder as a source: the descriptions that are in it."""

from __future__ import annotations

from pathlib import Path

from generator.diagnostics import Diagnostic, Severity, SpecError
from generator.model import Place
from generator.readers.source import (
    Source,
    candidates,
    is_named_csdl,
    listing,
    load_source,
)
from generator.readers.spec import is_openapi
from generator.recording import record


def load_folder(folder: Path) -> list[Source]:
    """Read the descriptions in a folder, by name: CSDL, and those JSON and YAML files
    that say that they are OpenAPI.

    Other files may be parts that an OpenAPI description refers to; they are read when it
    does. Folders in the folder are not looked into. Raises SpecError for a file or a
    folder that cannot be read.
    """
    try:
        record(str(folder), listing(folder))
        paths = candidates(folder)
    except OSError as error:
        message = f"the folder cannot be read: {error.strerror or error}"
        fault = Diagnostic(
            "source-unreadable", Severity.ERROR, message, Place(str(folder))
        )
        raise SpecError((fault,)) from error
    found = []
    for path in paths:
        source = load_source(path)
        if is_named_csdl(path) or is_openapi(source):
            found.append(source)
    return found
