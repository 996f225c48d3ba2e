"""Listings: the items of a collection, across all of its pages.

`resources` and `aio` hand these out, and import this module when they first do; nothing
is sent until they are iterated. A page's nextLink is followed whole and as it stands
until a page has none (OData JSON Format 4.01 section 4.6.5).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, cast

import httpx

from .errors import UntrustedLink, unexpected
from .exchange import Call, Exchanger, lower
from .links import home_link, shown
from .options import Condition, Expands, Headers, Names, Orders, joined, query_options
from .results import control, decoded, json_object, whole_number

if TYPE_CHECKING:
    from .aio_transport import AsyncTransport
    from .transport import Transport

T = TypeVar("T")


class Page(Generic[T]):
    """One answer of a listing: items, link to the next, total if it was asked for.

    `delta_link` asks for what changes from now on; the last page of a delta has it
    (OData JSON Format 4.01, section 4.6.6).
    """

    __slots__ = ("items", "next_link", "count", "delta_link")

    def __init__(
        self,
        items: list[T],
        next_link: str | None,
        count: int | None,
        delta_link: str | None = None,
    ) -> None:
        self.items = items
        self.next_link = next_link
        self.count = count
        self.delta_link = delta_link


class Listing(Generic[T]):
    """What sync and async listings have in common: how they begin."""

    __slots__ = ("_transport", "_first")

    def __init__(self, transport: Any, first: Call[Page[T]]) -> None:
        self._transport = transport
        self._first = first

    def resume(self, link: str) -> Self:
        """Go on from a link that was stored: the `next_link` of a page.

        The link says what is listed; of this listing only headers and options count.
        Raises UntrustedLink for one that leads to another origin.
        """
        return self._beginning(_at_link(self._first, link, self._transport))

    def with_options(
        self,
        *,
        filter: Condition = None,
        select: Names = None,
        expand: Expands = None,
        order_by: Orders = None,
        top: int | None = None,
        skip: int | None = None,
        page_size: int | None = None,
        headers: Headers = None,
    ) -> Self:
        """Give the same listing with further query options, or others in place of those
        that it has: for what a function or an action answers, which has no such
        parameters of its own."""
        options = {
            "$filter": filter,
            "$select": select,
            "$expand": expand,
            "$orderby": order_by,
            "$top": top,
            "$skip": skip,
        }
        call = self._first
        place, _, query = call.url.partition("?")
        query = joined(query_options(options, None), query)
        url = f"{place}?{query}" if query else place
        sent = lower(lower(call.headers, sized(page_size)), headers)
        return self._beginning(replace(call, url=url, headers=sent))

    def _beginning(self, first: Call[Page[T]]) -> Self:
        return type(self)(self._transport, first)


class Pages(Listing[T]):
    """The items of a collection, across its pages: `for item in pages`.

    `pages()` gives the pages themselves. Each `for` begins anew and asks again. Raises
    CallError while iterated, and UntrustedLink for a nextLink that leads to another
    origin or in a circle.
    """

    __slots__ = ()
    _transport: Transport

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.items

    def pages(self) -> Iterator[Page[T]]:
        """Give the pages themselves; one may be empty and still not be the last."""
        seen = {hash(self._first.url)}
        call: Call[Page[T]] | None = self._first
        while call is not None:
            page = self._transport.send(call)
            yield page
            call = following(call, page.next_link, self._transport, seen)


class AsyncPages(Listing[T]):
    """The async twin of `Pages`: `async for item in pages`."""

    __slots__ = ()
    _transport: AsyncTransport

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for item in page.items:
                yield item

    async def pages(self) -> AsyncIterator[Page[T]]:
        """Give the pages themselves; one may be empty and still not be the last."""
        seen = {hash(self._first.url)}
        call: Call[Page[T]] | None = self._first
        while call is not None:
            page = await self._transport.send(call)
            yield page
            call = following(call, page.next_link, self._transport, seen)


def sized(page_size: int | None) -> dict[str, str]:
    """Give the header that asks for pages of a size (OData Protocol 4.01, 8.2.8.6).

    The preference has the prefix that OData 4.0 demands and 4.01 still takes.
    """
    return {} if page_size is None else {"prefer": f"odata.maxpagesize={page_size}"}


def page_of(load: Callable[[Any], T]) -> Callable[[httpx.Response], Page[T]]:
    """Give the reader of a page whose items `load` decodes; an item may be null."""

    def read(response: httpx.Response) -> Page[T]:
        body = json_object(response)
        values = body.get("value")
        if not isinstance(values, list):
            raise unexpected(response, "no collection under 'value'")
        items = cast("Sequence[Any]", values)
        return Page(
            [_item(response, load, item) for item in items],
            link_in(control(body, "nextLink")),
            _count(control(body, "count")),
            link_in(control(body, "deltaLink")),
        )

    return read


def _item(response: httpx.Response, load: Callable[[Any], T], value: Any) -> T:
    """Decode an item; a null one stays None, which no declared item type tells of."""
    return cast("T", None) if value is None else decoded(response, load, value)


def link_in(value: Any) -> str | None:
    """Give a link as an answer has it, None for what is no text."""
    return value if isinstance(value, str) and value else None


def _count(value: Any) -> int | None:
    """Read a count, which IEEE754Compatible services write as text."""
    if isinstance(value, int):
        return value
    return whole_number(value) if isinstance(value, str) else None


def following(
    call: Call[T], link: str | None, exchanger: Exchanger, seen: set[int]
) -> Call[T] | None:
    """Give the call of the next page, with the caller's headers; None after the last.

    `seen` are the hashes of the links that were followed already: the links themselves
    would fill the memory in time. Raises UntrustedLink for one of them, and for one
    that leads to another origin.
    """
    if link is None:
        return None
    if hash(link) in seen:
        raise UntrustedLink(
            f"the next link leads in a circle: {shown(link)!r}", link=link
        )
    seen.add(hash(link))
    return _at_link(call, link, exchanger)


def _at_link(call: Call[T], link: str, exchanger: Exchanger) -> Call[T]:
    url = home_link(link, exchanger, call.url, "the next link", call.vouched)
    headers = {k: v for k, v in call.headers.items() if k.lower() != "content-type"}
    return replace(call, method="GET", url=url, headers=headers, content=None)
