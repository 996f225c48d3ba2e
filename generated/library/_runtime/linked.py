"""Answers that come in pages, each of which names the next in its Link header.

`http_client` imports this module when such answers are first asked for. The header is
that of RFC 8288, the relation "next" that of RFC 5988's registry; what a page holds is
left to the description of the operation.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, TypeVar

import httpx

from .exchange import Call
from .pages import following

if TYPE_CHECKING:
    from .aio_transport import AsyncTransport
    from .transport import Transport

T = TypeVar("T")

_LINK = re.compile(r'<([^>]*)>((?:[^<,"]|"(?:\\.|[^"\\])*")*)')
_RELATIONS = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))', re.IGNORECASE)


def linked(transport: Transport, first: Call[T]) -> Iterator[T]:
    """Give what an operation answers, and what each next link leads to.

    Raises CallError as the operation itself would, and UntrustedLink for a link to
    another origin or in a circle.
    """
    seen = {hash(first.url)}
    call: Call[T] | None = first
    while call is not None:
        response = transport.respond(call)
        yield transport.result(call, response)
        call = following(call, next_link(response), transport, seen)


async def alinked(transport: AsyncTransport, first: Call[T]) -> AsyncIterator[T]:
    """The async twin of `linked`."""
    seen = {hash(first.url)}
    call: Call[T] | None = first
    while call is not None:
        response = await transport.respond(call)
        yield await transport.result(call, response)
        call = following(call, next_link(response), transport, seen)


def next_link(response: httpx.Response) -> str | None:
    """Give the link to the next page as the answer has it (RFC 8288 section 3).

    Of a link with several `rel` parameters the first counts (section 3.3); a relation
    may be one of several, in letters of any case.
    """
    for link, parameters in _LINK.findall(response.headers.get("link", "")):
        named = _RELATIONS.search(parameters)
        if named and "next" in (named[1] or named[2] or "").lower().split():
            return str(link)
    return None
