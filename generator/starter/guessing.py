"""What can be told of a project that has no configuration: its description, in what that
is written, and what a package of it is called."""

from __future__ import annotations

import keyword
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

from generator.diagnostics import Diagnostic, Severity, SpecError
from generator.model import Place
from generator.readers.source import Source
from generator.sources import load_folder
from generator.words import split_words

_LIKELY = ("", "specs", "spec", "openapi", "api")
_VERSION = re.compile(rb"""\b(openapi|swagger)["']?\s*:\s*["']?(\d+\.\d+)""")
_OVERLAY = re.compile(rb"""(?:^|[\s{,])["']?overlay["']?\s*:""")
_UNTOLD = (["metadata"], ["openapi"], ["swagger"], ["api"])
_ENDINGS = re.compile(r"\.(gz|json|ya?ml|xml|csdl|edmx|openapi|swagger)\b")


def only_one() -> str:
    """Find the description of this project. Raises SpecError for none and for many."""
    found = [
        source.name
        for folder in map(Path, _LIKELY)
        if folder.is_dir()
        for source in load_folder(folder)
        if _is_description(source)
    ]
    if len(found) == 1:
        return found[0]
    folders = ", ".join(_LIKELY[1:])
    message = "name the description of the API with --spec; "
    message += (
        f"there are {', '.join(found)}" if found else f"none is here or in {folders}"
    )
    raise failure("source-missing", message, Path())


def _is_description(source: Source) -> bool:
    try:
        return bool(kind_of(source))
    except SpecError:
        return False


def kind_of(source: Source) -> str:
    """Tell in what a description is written. Raises SpecError if it is none."""
    start = source.data.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<"):
        if re.search(rb"<(\w+:)?Edmx\b", start):
            return "OData CSDL"
    elif not _OVERLAY.search(start) and (version := _VERSION.search(start)):
        name = "OpenAPI" if version[1] == b"openapi" else "Swagger"
        return f"{name} {version[2].decode()}"
    message = "this is neither OData CSDL nor an OpenAPI description"
    raise failure("openapi-not-a-description", message, Path(source.name))


def package_for(spec: str) -> str:
    """Make the name of a package of that of a description: of its file, or, where that
    says nothing, of the host that it comes from."""
    parts = urlsplit(spec) if "://" in spec else None
    path = Path(parts.path if parts else spec)
    stem = _ENDINGS.sub("", path.name)
    names = [stem, *((parts.hostname or "").split(".")[-2:-1] if parts else ())]
    for name in names:
        words = [word.lower() for word in split_words(name) if word.isascii()]
        if words and words not in _UNTOLD:
            package = "_".join(words)
            usable = package.isidentifier() and not keyword.iskeyword(package)
            if usable and package not in sys.stdlib_module_names:
                return package
            return f"api_{package}"
    return "api_client"


def failure(code: str, message: str, path: Path) -> SpecError:
    """Give the one fault of a file as what is raised for it."""
    return SpecError((Diagnostic(code, Severity.ERROR, message, Place(str(path))),))
