"""The CSDL reader: OData CSDL XML 4.0 and 4.01 in, the neutral model out.

Two steps. `references` and `document` make raw records of each document, checked
against `grammar`, with every place kept; `types`, `operations`, `container` and
`annotations` make the model of those, with every alias expanded. Whether the names
refer to anything is for the pass `resolve` to say, and what annotations mean for the
pass `annotations`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from generator.diagnostics import Diagnostics
from generator.model import Annotation, Api
from generator.readers.csdl.annotations import annotate, annotate_target
from generator.readers.csdl.container import Service, complete, read_container
from generator.readers.csdl.conventions import (
    has_implied_defaults,
    default_namespaces,
    takes_key_as_segment,
)
from generator.readers.csdl.document import Document, Schema
from generator.readers.csdl.operations import read_operation
from generator.readers.csdl.reading import Container, Draft, Reading, Term
from generator.readers.csdl.references import read_documents
from generator.readers.csdl.types import read_type
from generator.readers.source import Source

__all__ = ["read"]

_DEFAULT_NAMESPACE = "Org.OData.Core.V1.DefaultNamespace"
_KEY_AS_SEGMENT = "Org.OData.Capabilities.V1.KeyAsSegmentSupported"
_SCHEMA_VERSION = "Org.OData.Core.V1.SchemaVersion"


def read(sources: Sequence[Source], diagnostics: Diagnostics) -> Api:
    """Read documents, those of annotations alone included, into one Api.

    References to files beside a document are followed. All faults are added to
    `diagnostics` with the codes of codes.py; the Api has what could be read, and is of
    use only if none of them is an error.
    """
    documents = read_documents(sources, diagnostics)
    draft = Draft()
    readings = [Reading(document, draft, diagnostics) for document in documents]
    for reading in readings:
        _read_terms(reading)
    for reading in readings:
        _read_references(reading)
        for schema in reading.document.schemas:
            _read_schema(reading, schema)
    return _make_api(draft, documents, complete(draft, diagnostics))


def _read_terms(reading: Reading) -> None:
    for schema in reading.document.schemas:
        for element in schema.element.children:
            if element.name == "Term":
                name = f"{schema.namespace}.{element.attributes['Name']}"
                type_ref, _ = reading.type(element)
                default = element.attributes.get("DefaultValue")
                term = Term(name, type_ref, default, element.place)
                first = reading.draft.terms.setdefault(name, term)
                if first is not term:
                    message = f"the term {name} is already defined at {first.place}"
                    reading.report("csdl-duplicate-term", message, element.place)


def _read_references(reading: Reading) -> None:
    for reference in reading.document.references:
        for include in reference.includes:
            annotate(reading, include.element, include.namespace)


def _read_schema(reading: Reading, schema: Schema) -> None:
    namespace = schema.namespace
    annotate(reading, schema.element, namespace)
    for element in schema.element.children:
        match element.name:
            case "EntityType" | "ComplexType" | "EnumType" | "TypeDefinition":
                read_type(reading, element, namespace)
            case "Action" | "Function":
                read_operation(reading, element, namespace)
            case "Annotations":
                annotate_target(reading, element)
            case "Term":
                annotate(reading, element, f"{namespace}.{element.attributes['Name']}")
            case "EntityContainer":
                read_container(reading, element, namespace)
            case _:
                pass  # annotations of the schema, which have been read


def _make_api(draft: Draft, documents: list[Document], service: Service) -> Api:
    if service.containers:
        namespace, _, name = service.containers[0].name.rpartition(".")
    else:
        name = namespace = _largest_namespace(draft, documents)
    annotations = {
        target: tuple(found) for target, found in draft.annotations.items() if found
    }
    declared, included = _namespaces(documents)
    return Api(
        name=name,
        namespace=namespace,
        namespaces=declared,
        included=included,
        default_namespaces=default_namespaces(namespace)
        | {each for each in declared | included if _is_default(annotations.get(each))},
        types=dict(sorted(draft.types.items())),
        terms={term.name: term.type for term in draft.terms.values()},
        roots=service.roots,
        operations=service.operations,
        annotations=annotations,
        version=_schema_version(annotations.get(namespace, ())),
        odata_version=documents[0].version if documents else "",
        key_as_segment=takes_key_as_segment(namespace)
        or any(_key_as_segment(annotations, found) for found in service.containers),
        implied_defaults=has_implied_defaults(namespace),
    )


def _namespaces(documents: list[Document]) -> tuple[frozenset[str], frozenset[str]]:
    """Give the namespaces of schemas, and those that are included but of no schema."""
    declared = frozenset(
        schema.namespace for document in documents for schema in document.schemas
    )
    included = frozenset(
        include.namespace
        for document in documents
        for reference in document.references
        for include in reference.includes
    )
    return declared, included - declared


def _is_default(annotations: tuple[Annotation, ...] | None) -> bool:
    """Tell whether a namespace may be left out in URLs (Core.DefaultNamespace)."""
    return any(
        annotation.term == _DEFAULT_NAMESPACE and annotation.value is True
        for annotation in annotations or ()
    )


def _schema_version(annotations: tuple[Annotation, ...]) -> str:
    for annotation in annotations:
        if annotation.term == _SCHEMA_VERSION and isinstance(annotation.value, str):
            return annotation.value
    return ""


def _key_as_segment(
    annotations: Mapping[str, tuple[Annotation, ...]], container: Container
) -> bool:
    return any(
        annotation.term == _KEY_AS_SEGMENT and annotation.value is True
        for annotation in annotations.get(container.name, ())
    )


def _largest_namespace(draft: Draft, documents: list[Document]) -> str:
    """Give the namespace with most types, or else the first that a document has."""
    counts = Counter(type_id.rpartition(".")[0] for type_id in sorted(draft.types))
    for namespace, _ in counts.most_common(1):
        return namespace
    for document in documents:
        for schema in document.schemas:
            return schema.namespace
    return ""
