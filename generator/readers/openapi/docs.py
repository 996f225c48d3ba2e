"""What a description says of a thing for people: texts, examples, extensions.

Texts are kept as they stand; extensions (OpenAPI 3.1 section 4.9) and keywords that the
model has no place for are kept as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from generator.model import Deprecation, Doc, Link
from generator.readers.openapi.nodes import Node
from generator.readers.openapi.reading import Reading


def read_doc(
    reading: Reading, node: Node, *, title: bool = False, kept: Collection[str] = ()
) -> Doc:
    """Read what is said of an object.

    A description without a summary is the summary. `kept` are keywords to keep beside
    the extensions; the title is only read where it is one (`title`).
    """
    value: dict[str, Any] = node.value
    summary = reading.text(node, "summary") if "summary" in value else ""
    description = reading.text(node, "description") if "description" in value else ""
    if not summary:
        summary, description = description, ""
    return Doc(
        summary=summary,
        description=description if description != summary else "",
        links=_links(reading, node) if "externalDocs" in value else (),
        title=reading.text(node, "title") if title and "title" in value else "",
        examples=_examples(reading, node),
        extensions=_extensions(value, kept),
    )


def read_deprecation(reading: Reading, node: Node) -> Deprecation | None:
    """Read whether something is on its way out, with what Microsoft's x-ms-deprecation
    and the x-deprecated-... of others say of it."""
    more = reading.object(node, "x-ms-deprecation")
    if more is not None:
        return Deprecation(
            description=reading.text(more, "description"),
            date=reading.text(more, "date"),
            removal_date=reading.text(more, "removalDate"),
            version=reading.text(more, "version"),
        )
    if not reading.flag(node, "deprecated"):
        return None
    return Deprecation(
        description=_first(
            node, "x-deprecated-reason", "x-deprecation-reason", "x-deprecated"
        ),
        date=_first(node, "x-deprecated-date", "x-deprecated-since"),
        removal_date=_first(node, "x-deprecated-removal-date", "x-sunset"),
        version=_first(node, "x-deprecated-version", "x-deprecated-in"),
    )


def json_text(value: Any) -> str:
    """Give a value as JSON; what JSON cannot write is written as a text."""
    return json.dumps(value, ensure_ascii=False, default=str)


def default_text(value: Any) -> str:
    """Give a default as the model has it: a text bare, anything else as JSON."""
    return value if isinstance(value, str) else json_text(value)


def _first(node: Node, *keys: str) -> str:
    """Give the first text among extensions that may say the same."""
    values = [node.value.get(key) for key in keys]
    return next((value for value in values if isinstance(value, str)), "")


def _links(reading: Reading, node: Node) -> tuple[Link, ...]:
    docs = reading.object(node, "externalDocs")
    href = reading.text(docs, "url") if docs is not None else ""
    if docs is None or not href:
        return ()
    return (Link(reading.text(docs, "description"), href),)


def _examples(reading: Reading, node: Node) -> tuple[str, ...]:
    """Give the examples: one, a list (JSON Schema) or named ones (Example Objects)."""
    value: dict[str, Any] = node.value
    texts: list[str] = []
    if "example" in value:
        texts.append(json_text(value["example"]))
    many = node.get("examples")
    if many is not None:
        texts += _many_examples(reading, many)
    return tuple(dict.fromkeys(texts)) if texts else ()


def _many_examples(reading: Reading, many: Node) -> Iterator[str]:
    if isinstance(many.value, list):
        yield from map(json_text, many.value)
        return
    for _, child in many.members():
        example = reading.checked(child)
        if example is not None:
            for key in ("dataValue", "value"):
                if key in example.value:
                    yield json_text(example.value[key])
                    break


def _extensions(
    value: dict[Any, Any], kept: Collection[str]
) -> tuple[tuple[str, str], ...]:
    return tuple(
        [
            (key, json_text(item))
            for key, item in value.items()
            if key[:2] == "x-" or key in kept
        ]
    )
