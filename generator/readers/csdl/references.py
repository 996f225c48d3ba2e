"""References: every document that the given ones refer to and that stands beside them.

A reference is followed to a file in the folder of the document that makes it, or below
(CSDL 4.01 section 4.1); nothing is ever fetched from a network. What is followed is
read whole, whichever of its namespaces are included.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from generator.diagnostics import Diagnostics, SpecError
from generator.readers.csdl.codes import report
from generator.readers.csdl.document import Document, Reference, read_document
from generator.readers.source import Source, beside, load_source

_VOCABULARY_HOSTS = frozenset(
    {"docs.oasis-open.org", "tools.oasis-open.org", "oasis-tcs.github.io"}
)
_VOCABULARY_NAMESPACES = ("Org.OData.", "OData.Community.")


def read_documents(
    sources: Sequence[Source], diagnostics: Diagnostics
) -> list[Document]:
    """Read the sources and what they refer to; a document comes after what it refers
    to, so that its annotations are the later ones."""
    library = _Library(sources, diagnostics)
    for source in sources:
        library.add(source, given=True)
    return library.documents


class _Library:
    """The documents read so far, each file once."""

    def __init__(self, sources: Sequence[Source], diagnostics: Diagnostics) -> None:
        self.documents: list[Document] = []
        self._diagnostics = diagnostics
        self._known = {Path(source.name).resolve() for source in sources}

    def add(self, source: Source, given: bool) -> None:
        """Read a document, and before it is added those that it refers to."""
        document = read_document(source, self._diagnostics, given)
        if document is None:
            return
        for reference in document.references:
            self._follow(reference, source)
        self.documents.append(document)

    def _follow(self, reference: Reference, source: Source) -> None:
        folder = Path(source.name).parent
        path = beside(reference.uri, folder, folder)
        if path is None:
            if not _is_vocabulary(reference):
                self._unread(reference, "only files beside the document are read")
            return
        if path.resolve() in self._known:
            return
        self._known.add(path.resolve())
        try:
            found = load_source(path)
        except SpecError as error:
            if not _is_vocabulary(reference):
                self._unread(reference, error.diagnostics[0].message)
            return
        self.add(found, given=False)

    def _unread(self, reference: Reference, why: str) -> None:
        message = f"the reference to {reference.uri} is not followed: {why}"
        place = reference.place
        report(self._diagnostics, "csdl-reference-not-read", message, place)


def _is_vocabulary(reference: Reference) -> bool:
    """Tell whether a reference is to one of the standard vocabularies, which are
    known."""
    try:
        host = urlsplit(reference.uri).hostname
    except ValueError:
        host = None
    return host in _VOCABULARY_HOSTS or (
        bool(reference.includes)
        and all(
            include.namespace.startswith(_VOCABULARY_NAMESPACES)
            for include in reference.includes
        )
    )
