"""The document: what is said of an API as a whole, around its paths and components."""

from __future__ import annotations

from collections.abc import Sequence

from generator.emitters.openapi.dialect import (
    Dialect,
    Json,
    described,
    extensions,
    external,
)
from generator.emitters.openapi.options import Options
from generator.emitters.openapi.requests import Requests
from generator.emitters.openapi.security import Security
from generator.emitters.openapi.servers import servers
from generator.emitters.openapi.services import Service
from generator.model import Api, Info, Protocol, RequestLine, Server


def document(
    api: Api, options: Options, lines: Sequence[RequestLine]
) -> dict[str, Json]:
    """Give the OpenAPI document of an Api as the json module would read it."""
    dialect = Dialect(options.version)
    if api.protocol is Protocol.ODATA:
        service = Service(api, options, dialect)
        paths, tags = service.paths(lines), service.tags(lines)
        security, components = service.security, service.components
    else:
        requests = Requests(api, dialect)
        paths, tags = requests.paths(), requests.tags()
        security, components = requests.security, requests.components
    found: dict[str, Json] = {
        "openapi": dialect.openapi,
        "info": _info(api, options, dialect),
        **external(api.doc),
        "servers": _servers(api, options),
        "security": _security(api, security),
        "tags": tags,
        "paths": paths,
        "components": components(),
    }
    needed = ("openapi", "info", "paths")
    return {name: part for name, part in found.items() if part or name in needed}


def _info(api: Api, options: Options, dialect: Dialect) -> Json:
    """The mapping takes the title from the container's description and the version from
    its schema (section 4.2); a document without them is not valid."""
    doc = api.doc
    found: Json = {
        "title": options.title or _title(api),
        "version": api.version or options.label or "0",
    }
    if dialect.modern and doc.summary and doc.description:
        found["summary"], found["description"] = doc.summary, doc.description
    else:
        found.update(described(doc))
    return {**found, **_about(api.info, dialect), **extensions(api.doc)}


def _title(api: Api) -> str:
    if api.protocol is Protocol.HTTP:
        return api.name
    return doc_title(api) or f"Service of {api.namespace or api.name}"


def doc_title(api: Api) -> str:
    """Give what a service's description begins with, where that can be a title."""
    summary = api.doc.summary
    return summary if len(summary) <= _LONGEST_TITLE and "\n" not in summary else ""


_LONGEST_TITLE = 80


def _about(info: Info, dialect: Dialect) -> Json:
    contact = {
        "name": info.contact.name,
        "url": info.contact.url,
        "email": info.contact.email,
    }
    terms = {
        "name": info.license.name,
        "identifier": info.license.identifier if dialect.modern else "",
        "url": info.license.url,
    }
    found: Json = {
        "termsOfService": info.terms_of_service,
        "contact": {name: text for name, text in contact.items() if text},
        "license": {name: text for name, text in terms.items() if text},
    }
    return {name: part for name, part in found.items() if part}


def _servers(api: Api, options: Options) -> Json:
    if api.servers:
        return servers(api.servers)
    return servers([Server(options.base_url)]) if options.base_url else []


def _security(api: Api, security: Security) -> Json:
    if api.requirements:
        return security.requirements(api.requirements)
    return security.permissions(api.security)
