"""Listings: the items of a collection, across all of its pages.

`resources` and `aio` hand these out; nothing is sent until they are iterated. A page's
nextLink is followed whole and as it stands until a page has none (OData JSON Format
4.01 section 4.6.5).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

import httpx

from .errors import UntrustedLink, unexpected
from .exchange import Call, Exchanger, origin_of, without_userinfo
from .results import decoded, json_object

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


class Pages(Generic[T]):
    """The items of a collection, across its pages: `for item in pages`.

    `pages()` gives the pages themselves. Each `for` begins anew and asks again. Raises
    CallError while iterated, and UntrustedLink for a nextLink that leads to another
    origin or in a circle.
    """

    __slots__ = ("_transport", "_first")

    def __init__(self, transport: Transport, first: Call[Page[T]]) -> None:
        self._transport = transport
        self._first = first

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.items

    def pages(self) -> Iterator[Page[T]]:
        """Give the pages themselves; one may be empty and still not be the last."""
        seen = {self._first.url}
        call: Call[Page[T]] | None = self._first
        while call is not None:
            page = self._transport.send(call)
            yield page
            call = _following(call, page.next_link, self._transport, seen)


class AsyncPages(Generic[T]):
    """The async twin of `Pages`: `async for item in pages`."""

    __slots__ = ("_transport", "_first")

    def __init__(self, transport: AsyncTransport, first: Call[Page[T]]) -> None:
        self._transport = transport
        self._first = first

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for item in page.items:
                yield item

    async def pages(self) -> AsyncIterator[Page[T]]:
        """Give the pages themselves; one may be empty and still not be the last."""
        seen = {self._first.url}
        call: Call[Page[T]] | None = self._first
        while call is not None:
            page = await self._transport.send(call)
            yield page
            call = _following(call, page.next_link, self._transport, seen)


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
            _link(body.get("@odata.nextLink")),
            _count(body.get("@odata.count")),
            _link(body.get("@odata.deltaLink")),
        )

    return read


def _item(response: httpx.Response, load: Callable[[Any], T], value: Any) -> T:
    """Decode an item; a null one stays None, which no declared item type tells of."""
    return cast("T", None) if value is None else decoded(response, load, value)


def _link(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _count(value: Any) -> int | None:
    """Read a count, which IEEE754Compatible services write as text."""
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and value.isdecimal() else None


def _following(
    call: Call[Page[T]], link: str | None, exchanger: Exchanger, seen: set[str]
) -> Call[Page[T]] | None:
    """Give the call of the next page, with the caller's headers; None after the last.

    Raises UntrustedLink: following a link elsewhere would take the credential there.
    """
    if link is None:
        return None
    shown = without_userinfo(link.partition("?")[0])
    if link in seen:
        raise UntrustedLink(f"nextLink leads in a circle: {shown!r}", link=link)
    seen.add(link)
    try:
        target = httpx.URL(link)
        url = link if target.scheme else str(httpx.URL(call.url).join(target))
        origin = origin_of(httpx.URL(url))
    except httpx.InvalidURL as fault:
        raise UntrustedLink(f"nextLink is no URL: {shown!r}", link=link) from fault
    if origin != exchanger.origin:
        home = without_userinfo(exchanger.base_url)
        away = f"nextLink leads away from {home}: {shown!r}"
        raise UntrustedLink(away, link=link)
    headers = {k: v for k, v in call.headers.items() if k.lower() != "content-type"}
    return Call("GET", url, call.read, headers)
