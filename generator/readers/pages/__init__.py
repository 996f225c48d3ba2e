"""The reader of pages: a folder of Markdown in, records of its pages out.

    folder      which files there are, and their text
    markdown    a page's tables, examples, comments and links
    examples, json_text, front_matter, anchors    what these are made of

A folder is not trusted: nothing outside it is read, and nothing in it is too large,
too deep or too broken to go on with the next page.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.diagnostics import Diagnostic, Diagnostics, Severity, SpecError
from generator.model import Place
from generator.model.pages import Page
from generator.readers.pages.folder import Folder

MAX_BYTES = 1024 * 1024
"""How large a page may be; those of Microsoft Graph have some tens of kilobytes."""


def read_pages(
    folder: Path, diagnostics: Diagnostics, limit: int = MAX_BYTES
) -> Iterator[Page]:
    """Give the pages (*.md) in a folder and below it, by name, while they are asked
    for.

    A page that cannot be read is reported and left out. Raises SpecError if there is no
    such folder, or if the Markdown parser is not installed.
    """
    if not folder.is_dir():
        raise _failure("docs-folder", "there is no such folder", Place(str(folder)))
    try:
        from generator.readers.pages.markdown import read_page
    except ImportError:
        raise _failure("docs-extra", _NOT_INSTALLED, None) from None
    files = Folder(folder)
    for path in files.pages(diagnostics):
        text = files.text(path, limit, diagnostics)
        if text is not None:
            page = Page(path, Place(files.shown(path)))
            yield read_page(page, text, files.resolver(path), diagnostics)


_NOT_INSTALLED = (
    "checking pages needs a Markdown parser: pip install 'specwright[docs]'"
)


def _failure(code: str, message: str, place: Place | None) -> SpecError:
    return SpecError((Diagnostic(code, Severity.ERROR, message, place),))
