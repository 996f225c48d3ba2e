"""The OpenAPI reader: OpenAPI 3.0, 3.1 and 3.2 in, the neutral model out.

`nodes` and `references` walk the documents, `reading` demands the fields of their
objects; `schemas` and its kin make types, `operations` and its kin requests. Schemas
without a name get one in the end (`naming`, `renaming`). Everything that is found wrong
is added to the diagnostics with its place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.diagnostics import Diagnostics
from generator.model import (
    Api,
    Contact,
    Doc,
    Info,
    License,
    LinkKind,
    Operation,
    Place,
    Protocol,
    Resource,
    ResourceLink,
    Tag,
)
from generator.pins import Pins
from generator.readers.openapi.discriminators import settle_discriminators
from generator.readers.openapi.docs import read_doc
from generator.readers.openapi.nodes import Node
from generator.readers.openapi.operations import Operations
from generator.readers.openapi.reading import Reading
from generator.readers.openapi.references import References
from generator.readers.openapi.renaming import settle
from generator.readers.openapi.schemas import Schemas
from generator.readers.openapi.security import (
    read_requirements,
    read_schemes,
    read_servers,
)
from generator.readers.openapi.validation import validate as judge
from generator.readers.source import Source

__all__ = ["read"]

_VERSIONS = ("3.0", "3.1", "3.2")


def read(
    sources: Sequence[Source],
    diagnostics: Diagnostics,
    *,
    overlays: Sequence[Source] = (),
    validate: bool | None = False,
    given: Mapping[str, str] | None = None,
) -> Api:
    """Read a description, which is the first of the sources; the others are documents
    that it refers to. Files beside it are read as it refers to them. `overlays` change
    it before it is read. `validate`: openapi-spec-validator judges it as well, None for
    one that is not too large. `given` are the names that a former run gave
    (`generator.pins`): schemas that have none keep those.

    All faults are added to `diagnostics` with the codes of codes.py; the Api has what
    could be read, and is of use only if none of them is an error. Raises SpecError for
    text that is neither JSON nor YAML.
    """
    references = References(sources, diagnostics, overlays)
    reading = Reading(references, diagnostics)
    root = references.given[0].root
    if not _is_description(reading, root):
        return Api("", protocol=Protocol.HTTP)
    if validate is not False:
        judge(references.given[0].loaded, diagnostics, always=validate is True)
    for other in references.given[1:]:
        if other.root.get("openapi") is not None and other.root.get("paths"):
            message = "one description is read; others may only be referred to"
            reading.report("openapi-several", message, other.root)
    schemas = Schemas(reading)
    components = reading.object(root, "components")
    if components is not None:
        schemas.announce(reading.mapping(components, "schemas"))
    schemes = dict(read_schemes(reading, components))
    operations = list(Operations(reading, schemas, schemes).read(root))
    schemas.define_all()
    settle_discriminators(schemas)
    pins = Pins(given or {})
    types, operations, ways = settle(schemas, operations, _pinned_ways(pins))
    _report_unread(reading, root)
    tags = _tags(reading, root, operations)
    info = reading.object(root, "info") or root
    reading.report_counts()
    return Api(
        name=reading.text(info, "title"),
        protocol=Protocol.HTTP,
        namespace=_namespace(sorted(types)),
        version=reading.text(info, "version"),
        types=dict(sorted(types.items())),
        operations=tuple([each for each in operations if not each.tags]),
        servers=read_servers(reading, root),
        security_schemes=schemes,
        requirements=read_requirements(reading, root, schemes),
        tags=tags,
        info=_info(reading, info),
        resources=_resources(tags, operations),
        links=_links(tags, operations),
        doc=_doc(reading, root, info),
        unnamed={id_: tuple(sorted(each)) for id_, each in sorted(ways.items())},
    )


def _pinned_ways(pins: Pins) -> dict[str, str]:
    """Give the names that schemas without one have had, by the ways to them."""
    return {
        way: id_
        for id_ in pins.owners("schema")
        if id_.isprintable()  # what a lock file says may be anything
        for way in pins.names("schema", id_)
    }


def _is_description(reading: Reading, root: Node) -> bool:
    version = root.get("openapi")
    if version is None or not isinstance(root.value, dict):
        message = "an OpenAPI description is an object with the field `openapi`"
        reading.report("openapi-not-a-description", message, root)
        return False
    if not str(version.value).startswith(_VERSIONS):
        message = f"OpenAPI {', '.join(_VERSIONS)} are read, found {version.value!r}"
        reading.report("openapi-version", message, version)
        return False
    if root.get("info") is None:
        reading.report("openapi-missing", "the description has no info", root)
    return True


def _report_unread(reading: Reading, root: Node) -> None:
    for key in ("webhooks", "x-webhooks"):
        for name, node in reading.mapping(root, key):
            if not (key == "webhooks" and name.startswith("x-")):
                message = "webhooks, by which the service calls back, are left out"
                reading.count("openapi-webhooks", message, node)


def _doc(reading: Reading, root: Node, info: Node) -> Doc:
    return replace(read_doc(reading, info), links=read_doc(reading, root).links)


def _info(reading: Reading, info: Node) -> Info:
    contact = reading.object(info, "contact")
    license_ = reading.object(info, "license")
    return Info(
        reading.text(info, "termsOfService"),
        (
            Contact(*[reading.text(contact, key) for key in ("name", "url", "email")])
            if contact is not None
            else Contact()
        ),
        (
            License(*[reading.text(license_, k) for k in ("name", "identifier", "url")])
            if license_ is not None
            else License()
        ),
        Place(info.document.name, pointer="/info"),
    )


# --- tags


def _tags(
    reading: Reading, root: Node, operations: Sequence[Operation]
) -> tuple[Tag, ...]:
    """Give the tags that are declared, then those that operations only name."""
    tags: dict[str, Tag] = {}
    for item in reading.sequence(root, "tags"):
        node = reading.checked(item)
        name = reading.text(node, "name") if node is not None else ""
        if node is None or not name:
            continue
        parent, kind = reading.text(node, "parent"), reading.text(node, "kind")
        tags.setdefault(name, Tag(name, parent, kind, read_doc(reading, node)))
    for operation in operations:
        for name in operation.tags:
            tags.setdefault(name, Tag(name))
    return tuple(tags.values())


def _resources(
    tags: Sequence[Tag], operations: Sequence[Operation]
) -> dict[str, Resource]:
    by_tag: defaultdict[str, list[Operation]] = defaultdict(list)
    for operation in operations:
        if operation.tags:
            by_tag[operation.tags[0]].append(operation)
    return {
        f"#{tag.name}": Resource(
            f"#{tag.name}", "", operations=tuple(by_tag[tag.name]), doc=tag.doc
        )
        for tag in tags
        if tag.name in by_tag
    }


def _links(
    tags: Sequence[Tag], operations: Sequence[Operation]
) -> tuple[ResourceLink, ...]:
    first = {operation.tags[0] for operation in operations if operation.tags}
    return tuple(
        [
            ResourceLink(tag.name, f"#{tag.name}", LinkKind.TAG, doc=tag.doc)
            for tag in tags
            if tag.name in first
        ]
    )


def _namespace(type_ids: Sequence[str]) -> str:
    """Give the dotted prefix that most types share, "" where there is none."""
    counts = Counter([type_id.rpartition(".")[0] for type_id in type_ids])
    prefix, number = counts.most_common(1)[0] if counts else ("", 0)
    return prefix if number * 2 > len(type_ids) else ""
