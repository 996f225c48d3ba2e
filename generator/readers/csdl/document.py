"""Raw records: a CSDL document as it stands, with its places, no name expanded.

The first of the reader's two steps ends here: `read_document` gives records of what the
envelope says (CSDL 4.01 sections 4 and 5), with the elements of the schemas in them;
types.py, operations.py, container.py and annotations.py make the model of those.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.diagnostics import Diagnostics
from generator.model import Place
from generator.readers.csdl.codes import report
from generator.readers.csdl.grammar import MAX_NAMESPACE
from generator.readers.csdl.names import Scope
from generator.readers.csdl.xml import Element, parse
from generator.readers.source import Source


@dataclass(frozen=True, slots=True)
class Include:
    """An edmx:Include: a namespace of another document, and the alias it has here."""

    namespace: str
    alias: str
    element: Element


@dataclass(frozen=True, slots=True)
class Reference:
    """An edmx:Reference: where another document is, and what this one wants of it."""

    uri: str
    includes: tuple[Include, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Schema:
    """A schema: its namespace, its alias ("" for none) and its elements."""

    namespace: str
    alias: str
    element: Element


@dataclass(frozen=True, slots=True)
class Document:
    """A CSDL document. `given` is False for one that was only reached by reference."""

    name: str
    references: tuple[Reference, ...]
    schemas: tuple[Schema, ...]
    scope: Scope
    given: bool = True
    version: str = ""


def read_document(
    source: Source, diagnostics: Diagnostics, given: bool = True
) -> Document | None:
    """Read one document, or report why it is none and answer None."""
    root = parse(source, diagnostics)
    if root is None or not _supported(root, diagnostics):
        return None
    references = tuple(
        _reference(child, diagnostics)
        for child in root.children
        if child.name == "edmx:Reference"
    )
    schemas = tuple(
        Schema(child.attributes["Namespace"], child.attributes.get("Alias", ""), child)
        for services in root.children
        if services.name == "edmx:DataServices"
        for child in services.children
        if _has_namespace(child, diagnostics)
    )
    scope = Scope(_aliases(references, schemas, diagnostics))
    return Document(
        source.name, references, schemas, scope, given, root.attributes["Version"]
    )


def _supported(root: Element, diagnostics: Diagnostics) -> bool:
    version = root.attributes["Version"]
    if version.partition(".")[0] == "4":
        return True
    message = f"expected OData version 4.0 or 4.01, found {version!r}"
    report(diagnostics, "csdl-bad-version", message, root.place)
    return False


def _reference(element: Element, diagnostics: Diagnostics) -> Reference:
    includes = tuple(
        Include(child.attributes["Namespace"], child.attributes.get("Alias", ""), child)
        for child in element.children
        if child.name == "edmx:Include" and _has_namespace(child, diagnostics)
    )
    return Reference(element.attributes["Uri"], includes, element.place)


def _has_namespace(element: Element, diagnostics: Diagnostics) -> bool:
    namespace = element.attributes["Namespace"]
    if len(namespace) > MAX_NAMESPACE:
        message = f"a namespace may have {MAX_NAMESPACE} characters, this one has more"
        report(diagnostics, "csdl-long-name", message, element.place)
        return False
    if not all(part.isidentifier() for part in namespace.split(".")):
        message = f"{namespace!r} is not an OData namespace"
        report(diagnostics, "csdl-bad-name", message, element.place)
    return True


def _aliases(
    references: tuple[Reference, ...],
    schemas: tuple[Schema, ...],
    diagnostics: Diagnostics,
) -> dict[str, str]:
    aliases: dict[str, str] = {}
    for declared in _declarations(references, schemas):
        alias, namespace = declared.alias, declared.namespace
        if alias and aliases.setdefault(alias, namespace) != namespace:
            message = f"the alias {alias} already stands for {aliases[alias]}"
            report(diagnostics, "csdl-duplicate-alias", message, declared.element.place)
    return aliases


def _declarations(
    references: tuple[Reference, ...], schemas: tuple[Schema, ...]
) -> Iterator[Include | Schema]:
    yield from schemas
    for reference in references:
        yield from reference.includes
