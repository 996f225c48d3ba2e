"""The pages of an Api that is spoken to by plain HTTP, as OpenAPI describes it.

subjects      what the pages of operations are about; `operations` is their view,
              with `security`, `facts` and `bodies`
types         the pages of types
overview      tags, the index, the glossary, the table of contents
requests      what examples send; `messages` writes it as HTTP (`styles` its
              parameters), `snippets` as Python
site          what all of them know; `names` is where each page stands
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.emitters.docs.overview import changes_page, listings
from generator.emitters.docs.plain_http.examples import Examples
from generator.emitters.docs.plain_http.operations import operation_page
from generator.emitters.docs.plain_http.overview import (
    contents,
    glossary,
    service_page,
    tag_pages,
)
from generator.emitters.docs.plain_http.security import security_page
from generator.emitters.docs.plain_http.site import HttpSite
from generator.emitters.docs.plain_http.subjects import subjects
from generator.emitters.docs.plain_http.types import Types
from generator.emitters.docs.site import Options
from generator.emitters.docs.views import Page
from generator.model import Api


def pages(api: Api, options: Options) -> Iterator[Page]:
    """Give all pages, in no order."""
    site = HttpSite(api, options)
    found = subjects(site)
    examples = Examples(site)
    for subject in found:
        yield operation_page(subject, examples)
    types = Types(site, found)
    for definition in api.types.values():
        yield from types.pages(definition)
    yield from tag_pages(site, found)
    yield service_page(site, found)
    yield from changes_page(site)
    yield security_page(site, found)
    yield glossary(site)
    yield from listings(site, contents(site, found))
