"""A folder as a source: the descriptions that are in it."""

from __future__ import annotations

from pathlib import Path

from generator.readers.source import Source, load_source
from generator.readers.spec import is_openapi

_CSDL = (".csdl", ".edmx", ".xml")
_PLAIN = (".json", ".yaml", ".yml")


def load_folder(folder: Path) -> list[Source]:
    """Read the descriptions in a folder, by name: CSDL, and those JSON and YAML files
    that say that they are OpenAPI. All may be compressed (.gz).

    Other files may be parts that an OpenAPI description refers to; they are read when it
    does. Folders in the folder are not looked into. Raises SpecError for a file that
    cannot be read.
    """
    found = []
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        suffix = Path(path.name.lower().removesuffix(".gz")).suffix
        if suffix in (*_CSDL, *_PLAIN) and path.name[0] != "." and path.is_file():
            source = load_source(path)
            if suffix in _CSDL or is_openapi(source):
                found.append(source)
    return found
