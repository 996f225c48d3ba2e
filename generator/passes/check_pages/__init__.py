"""The check of pages that a publisher keeps by hand: what they say against an Api.

    requests       what the metadata offers for a request line; `templates` for one of
                   an Api in plain HTTP
    subjects       what a page is about
    tables         its properties, relationships, parameters and members
    examples       its requests, responses and representations; `bodies` and `values`
                   are the JSON in them
    blocks         the comments before them
    placeholders   what was to be written later

Answers a question about an Api and changes nothing. Where a page may mean something
that metadata does not tell, nothing is said of it: who checks pages by hundreds has no
time for findings that are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.diagnostics import Diagnostics
from generator.model import Api, Operation, Protocol
from generator.model.pages import JsonArray, JsonScalar, Page, Reference, Request
from generator.passes.check_pages.blocks import Blocks
from generator.passes.check_pages.examples import Examples
from generator.passes.check_pages.findings import Findings, several
from generator.passes.check_pages.placeholders import placeholders
from generator.passes.check_pages.requests import Lookup, Requests
from generator.passes.check_pages.subjects import find_subject
from generator.passes.check_pages.tables import Tables
from generator.passes.check_pages.templates import Templates

_ALWAYS_THERE = ("", "top")


def check_pages(
    api: Api, pages: Iterable[Page], diagnostics: Diagnostics, base_url: str = ""
) -> int:
    """Hold pages against an Api and report what does not fit; give how many there were.

    `base_url` is where the service answers; requests to other hosts are not looked at.
    """
    check = _Check(api, base_url, diagnostics)
    number = 0
    for number, page in enumerate(pages, 1):
        check.page(page)
    check.finish()
    return number


class _Check:
    def __init__(self, api: Api, base_url: str, diagnostics: Diagnostics) -> None:
        self._findings = Findings(api, diagnostics)
        is_odata = api.protocol is Protocol.ODATA
        self._requests: Lookup = (Requests if is_odata else Templates)(api, base_url)
        self._blocks = Blocks(self._findings)
        self._tables = Tables(self._findings)
        self._examples = Examples(self._findings, self._requests)
        self._anchors: dict[str, frozenset[str]] = {}
        self._to_anchors: list[Reference] = []

    def page(self, page: Page) -> None:
        """Check one page. What its links find in other pages is left to `finish`."""
        self._findings.begin()
        for text in placeholders(page):
            message = f"a placeholder is left: {text.text}"
            self._findings.error("page-placeholder", message, text.place)
        operations = tuple(self._operations(page))
        subject = find_subject(page, self._findings.names, operations)
        for block in page.blocks:
            self._blocks.check(block)
        self._tables.check(page, subject)
        self._examples.check(page, subject)
        self._links(page)

    def finish(self) -> None:
        """Check the links into pages, now that all of them are known."""
        for reference in self._to_anchors:
            anchors = self._anchors.get(reference.page)
            name = reference.anchor.lower()
            if anchors is None or name in anchors:
                continue
            message = f"there is no {reference.anchor!r} in {reference.page}"
            message += self._findings.hint(name, anchors)
            self._findings.error("page-anchor", message, reference.place)

    def _links(self, page: Page) -> None:
        self._anchors[page.path] = page.anchors
        for reference in page.references:
            if not reference.exists:
                where = reference.page if reference.href else "nowhere"
                message = f"the link leads to {where}, which is not there"
                self._findings.error("page-link", message, reference.place)
            elif reference.anchor not in _ALWAYS_THERE and "/" not in reference.anchor:
                self._to_anchors.append(reference)

    def _operations(self, page: Page) -> Iterator[Operation]:
        """Check all request lines; give the operations of those that tell what the page
        is about, which are those of the section "HTTP request" where there is one."""
        lines = [
            (request, _is_list(example.section))
            for example in page.examples
            for request in example.requests
        ]
        lines += [(request, False) for request in _named_in_comments(page)]
        has_list = any(is_list for _, is_list in lines)
        found: dict[str, Operation] = {}
        for request, is_list in lines:
            for operation in self._asked(request):
                if is_list or not has_list:
                    found[operation.id] = operation
        yield from found.values()

    def _asked(self, request: Request) -> tuple[Operation, ...]:
        offer = self._requests.find(request.target)
        if offer.fault:
            message = offer.fault + self._findings.hint(offer.missing, offer.known)
            self._findings.error("page-request-path", message, request.place)
        elif offer.methods and request.method not in offer.methods:
            offered = several(sorted(offer.methods))
            message = f"{request.method} is not offered there, but {offered}"
            self._findings.error("page-request-method", message, request.place)
        return offer.by(request.method)


def _is_list(section: tuple[str, ...]) -> bool:
    return any(heading.lower().startswith("http request") for heading in section)


def _named_in_comments(page: Page) -> Iterator[Request]:
    """Give the request lines for which a comment gives permissions."""
    for block in page.blocks:
        urls = block.get("requestUrls")
        for item in urls.items if isinstance(urls, JsonArray) else ():
            if isinstance(item, JsonScalar) and isinstance(item.value, str):
                method, _, target = item.value.partition(" ")
                if target.startswith("/"):
                    yield Request(method.upper(), target, item.place)
