"""The documentation emitter: model -> views -> templates -> pages of Markdown.

`emit` is the whole of it: a page per operation, resource and enumeration, what is about
the whole, and the configuration with which MkDocs makes a site of them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from generator.emitters.docs.examples import Examples
from generator.emitters.docs.markdown import Md, cell, code, inline, scalar
from generator.emitters.docs.names import PageNames
from generator.emitters.docs.operations import operation_page
from generator.emitters.docs.overview import (
    changes_page,
    contents,
    glossary,
    index_page,
    listings,
)
from generator.emitters.docs.permissions import index as permissions_page
from generator.emitters.docs.plain_http import pages as http_pages
from generator.emitters.docs.plain_http.names import RequestNames
from generator.emitters.docs.resources import Resources, enum_page
from generator.emitters.docs.site import Options, Site
from generator.emitters.docs.subjects import subjects
from generator.emitters.docs.views import Page
from generator.emitters.environment import Escapes, templates
from generator.files import File
from generator.model import Api, Enum, Protocol, RequestPath, Struct

__all__ = ["ESCAPES", "Options", "emit"]

ESCAPES: Escapes = {"md": inline, "cell": cell, "code": code, "yaml": scalar}
"""What a user's templates may make Markdown with: a line, a cell of a table, a code
span; a scalar of YAML."""


def emit(
    api: Api, options: Options, paths: Mapping[str, tuple[RequestPath, ...]]
) -> tuple[File, ...]:
    """Give the files of the documents, in the order of their paths.

    `api` has been through all passes; `paths` are some to each of its resources, by id,
    the best first. Operations to which none leads are shown without request lines.
    """
    found = templates(Md, ESCAPES, options.templates)
    is_odata = api.protocol is Protocol.ODATA
    pages = _pages(Site(api, options, paths)) if is_odata else http_pages(api, options)
    files = []
    for page in pages:
        text = found.render(f"docs/{page.template}", page.view)
        path = posixpath.normpath(f"{options.folder}/docs/{page.path}")
        files.append(File(path, f"{text.rstrip()}\n".encode()))
    return tuple(sorted(files, key=lambda file: file.path))


def given_names(api: Api) -> dict[str, str]:
    """Give the paths of all pages that an Api has, in the lines of `generator.pins`."""
    is_odata = api.protocol is Protocol.ODATA
    return (PageNames(api) if is_odata else RequestNames(api)).given(api)


def _pages(site: Site) -> Iterator[Page]:
    found = subjects(site)
    examples = Examples(site)
    for subject in found:
        yield operation_page(subject, examples)
    resources = Resources(site, found)
    for definition in site.api.types.values():
        if isinstance(definition, Struct):
            yield from resources.pages(definition)
        elif isinstance(definition, Enum):
            yield enum_page(site, definition)
    yield index_page(site, found)
    yield from changes_page(site)
    yield permissions_page(site, found)
    yield glossary(site)
    yield from listings(site, contents(site, found))
