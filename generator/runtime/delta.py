"""Changes: what was added, changed and removed since the last time one asked.

A delta function answers a listing whose last page has a delta link: asked again later,
it gives what changed since (OData Protocol 4.01 section 11.3). `resources` and `aio`
import this module when a delta is first asked for.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, cast

from .codecs import Codec
from .errors import Gone
from .exchange import Call
from .links import home_link
from .pages import AsyncPages, Listing, Page, Pages, page_of
from .results import Result, control

if TYPE_CHECKING:
    from .aio_transport import AsyncTransport
    from .transport import Transport

T = TypeVar("T")


class Removed:
    """An item that is no longer in the collection.

    `id` is its key, or the URL that stands for it. `reason` is "deleted", or "changed"
    where it is still there but no longer belongs to the collection. `wire` is the JSON
    object.
    """

    __slots__ = ("id", "reason", "wire")

    def __init__(self, wire: dict[str, Any]) -> None:
        told = control(wire, "removed")
        removed = cast("dict[str, Any]", told) if isinstance(told, dict) else wire
        self.id: str = str(wire.get("id", control(wire, "id") or ""))
        self.reason: str = str(removed.get("reason", ""))
        self.wire = wire

    def __repr__(self) -> str:
        return f"Removed(id={self.id!r}, reason={self.reason!r})"


class Changes(Listing[T | Removed], Generic[T]):
    """What sync and async deltas have in common.

    `delta_link` is there once all pages were read; store it, and give it to `resume`.
    """

    __slots__ = ("delta_link", "_resync", "_start")
    delta_link: str | None
    _resync: Callable[[], object] | None
    _start: Call[Page[T | Removed]]

    def __init__(self, transport: Any, first: Call[Page[T | Removed]]) -> None:
        super().__init__(transport, first)
        self.delta_link = None
        self._resync = None
        self._start = first

    def resume(self, link: str, *, resync: Callable[[], object] | None = None) -> Self:
        """Go on from a stored link: a `delta_link`, or the `next_link` of a page.

        A service that no longer knows what the link stands for answers 410. Then
        `resync` is called, which has to forget all that was learnt before, and all
        items follow as in a first call; without `resync` Gone is raised. Raises
        UntrustedLink for a link that leads to another origin.
        """
        resumed = super().resume(link)
        resumed._resync = resync
        resumed._start = self._start
        return resumed

    def _anew(self, gone: Gone) -> Self:
        """Give the delta from its beginning: where the answer says, or as at first."""
        response = gone.response
        link = "" if response is None else response.headers.get("location", "")
        if self._resync is None:
            raise gone
        if not link:
            return self._beginning(self._start)
        asked = self._first.url
        url = home_link(link, self._transport, asked, "the link to begin anew")
        return super().resume(url)


class Delta(Changes[T], Pages[T | Removed]):
    """The changes of a collection: `for change in delta`, each an item or `Removed`.

    The same item may come several times; the last one counts. `pages()` gives the
    pages, `delta_link` the link for the next time, once all were read.
    """

    __slots__ = ()

    if TYPE_CHECKING:
        _transport: Transport

    def pages(self) -> Iterator[Page[T | Removed]]:
        """Give the pages themselves."""
        try:
            yield from self._noted(super().pages())
        except Gone as gone:
            begun = self._anew(gone)
            if self._resync is not None:
                self._resync()
            yield from self._noted(begun.pages())

    def _noted(self, pages: Iterator[Page[T | Removed]]) -> Iterator[Page[T | Removed]]:
        for page in pages:
            self.delta_link = page.delta_link
            yield page


class AsyncDelta(Changes[T], AsyncPages[T | Removed]):
    """The async twin of `Delta`: `async for change in delta`."""

    __slots__ = ()

    if TYPE_CHECKING:
        _transport: AsyncTransport

    async def pages(self) -> AsyncIterator[Page[T | Removed]]:
        """Give the pages themselves."""
        try:
            async for page in self._noted(super().pages()):
                yield page
        except Gone as gone:
            begun = self._anew(gone)
            if self._resync is not None:
                done = self._resync()
                if isawaitable(done):
                    await done
            async for page in self._noted(begun.pages()):
                yield page

    async def _noted(
        self, pages: AsyncIterator[Page[T | Removed]]
    ) -> AsyncIterator[Page[T | Removed]]:
        async for page in pages:
            self.delta_link = page.delta_link
            yield page


def change_of(codec: Codec[T]) -> Result[Page[T | Removed]]:
    """Give the reader of a page of changes.

    A removed item is marked by "@removed" (OData JSON Format 4.01 section 15.3), in
    OData 4.0 by its context "#...$deletedEntity".
    """

    def load(wire: Any) -> T | Removed:
        if isinstance(wire, dict):
            item = cast("dict[str, Any]", wire)
            removed = "@removed" in item or "@odata.removed" in item
            if removed or str(control(item, "context")).endswith("$deletedEntity"):
                return Removed(item)
        return codec.load(wire)

    return page_of(load)
