"""The async side of generated resources: the twin of `resources`, verb by verb.

What answers one value is awaited; what answers many is iterated with `async for`. The
verbs mean the same as their sync twins, whose docstrings say more; `calls` builds what
both send.
"""

# pyright: reportPrivateUsage=false
# A model class tells its type name to the runtime alone.

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar, Generic, Self, TypeVar

from .aio_transport import AsyncTransport
from .bodies import create_body, replace_body, update_body
from .calls import (
    Result,
    action_call,
    change_call,
    count_call,
    create_call,
    delete_call,
    download_call,
    function_call,
    list_call,
    read_call,
    reference_call,
    upload_call,
)
from .codecs import Codec
from .exchange import Call
from .location import Location
from .model import Model, load_model
from .options import Condition, Headers, Names, Orders, Query
from .pages import AsyncPages, Page, page_of

T = TypeVar("T")
M = TypeVar("M", bound=Model)
R = TypeVar("R", bound="AsyncResource")


class AsyncPlace:
    """Where actions and functions can be called: the service root or any resource."""

    __slots__ = ("_at",)
    _at: Location[AsyncTransport]

    async def _send(self, call: Call[T]) -> T:
        return await self._at.transport.send(call)

    async def _call_action(
        self, name: str, arguments: Mapping[str, Any], result: Result[T]
    ) -> T:
        return await self._send(action_call(self._at, name, arguments, result))

    async def _call_function(
        self, name: str, parameters: Mapping[str, Any], result: Result[T]
    ) -> T:
        return await self._send(function_call(self._at, name, parameters, result))

    def _list_action(
        self, name: str, arguments: Mapping[str, Any], codec: Codec[T]
    ) -> AsyncPages[T]:
        return self._pages(action_call(self._at, name, arguments, page_of(codec.load)))

    def _list_function(
        self, name: str, parameters: Mapping[str, Any], codec: Codec[T]
    ) -> AsyncPages[T]:
        read = page_of(codec.load)
        return self._pages(function_call(self._at, name, parameters, read))

    def _pages(self, first: Call[Page[T]]) -> AsyncPages[T]:
        return AsyncPages(self._at.transport, first)


class AsyncResource(AsyncPlace):
    """A place of the service. Making one sends nothing."""

    __slots__ = ()
    _model: ClassVar[type[Model]] = Model
    # A place with a subscript would otherwise count as a sequence without an end:
    # `for` and `in` would ask for the keys 0, 1, 2 and so on. `list()` iterates.
    __iter__: ClassVar[None] = None
    __contains__: ClassVar[None] = None

    def __init__(self, at: Location[AsyncTransport]) -> None:
        self._at = at

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._at.path}>"

    @classmethod
    def at(cls, client: AsyncPlace, path: str) -> Self:
        """Give this resource at any path of the service: `at(client, "/me/manager")`.

        What is percent-encoded in the path stays so. Raises ValueError for what is no
        path.
        """
        return cls(client._at.elsewhere(path))

    def cast(self, resource: type[R]) -> R:
        """Give the same place as one of a derived type (URL Conventions 4.01, 4.11)."""
        return resource(self._at / resource._model._type_name)

    def _load(self) -> Callable[[Any], Any]:
        return partial(load_model, self._model)

    def _url_of(self, target: AsyncResource | str) -> str:
        if isinstance(target, AsyncResource):
            return target._at.url()
        return self._at.elsewhere(target).url() if target.startswith("/") else target


class AsyncReadable(AsyncResource, Generic[M]):
    """A place with an object that can be read."""

    __slots__ = ()

    async def get(
        self,
        *,
        select: Names = None,
        expand: Names = None,
        headers: Headers = None,
        query: Query = None,
    ) -> M:
        """Read the object: what `select` names of it, and what `expand` names beside
        it.

        Raises NotFound where there is none, CallError in general.
        """
        options = {"$select": select, "$expand": expand}
        call: Call[M] = read_call(self._at, self._load(), options, headers, query)
        return await self._send(call)


class AsyncUpdatable(AsyncResource, Generic[M]):
    """A place with an object that can be changed."""

    __slots__ = ()

    async def update(self, model: M, *, headers: Headers = None) -> M | None:
        """Change what was set on `model`, and nothing else.

        Computed and immutable properties are left out. Gives the object as it is now if
        the service sends it back. Raises CallError.
        """
        body = update_body(model, self._model)
        call: Call[M | None] = change_call(
            self._at, "PATCH", self._load(), body, headers
        )
        return await self._send(call)


class AsyncReplaceable(AsyncResource, Generic[M]):
    """A place with an object that can be replaced."""

    __slots__ = ()

    async def replace(self, model: M, *, headers: Headers = None) -> M | None:
        """Put `model` in the object's place: what it lacks becomes the default again.

        Gives the object if it is sent back. Raises CallError.
        """
        body = replace_body(model, self._model)
        call: Call[M | None] = change_call(self._at, "PUT", self._load(), body, headers)
        return await self._send(call)


class AsyncDeletable(AsyncResource):
    """A place with an object that can be deleted."""

    __slots__ = ()

    async def delete(self, *, headers: Headers = None) -> None:
        """Delete the object. Raises CallError."""
        await self._send(delete_call(self._at, headers))


class AsyncCreatable(AsyncResource, Generic[M]):
    """A collection that takes new objects, or a place where one can be made."""

    __slots__ = ()

    async def create(self, model: M, *, headers: Headers = None) -> M:
        """Create the object that `model` describes and give it as the service made it.

        Computed properties are left out. Raises CallError.
        """
        body = create_body(model, self._model)
        call: Call[M] = create_call(self._at, self._load(), body, headers)
        return await self._send(call)


class AsyncListable(AsyncResource, Generic[M]):
    """A collection that can be listed."""

    __slots__ = ()

    def list(
        self,
        *,
        filter: Condition = None,
        select: Names = None,
        expand: Names = None,
        order_by: Orders = None,
        top: int | None = None,
        skip: int | None = None,
        search: str | None = None,
        count: bool | None = None,
        headers: Headers = None,
        query: Query = None,
    ) -> AsyncPages[M]:
        """List the objects across all pages; nothing is sent until that is iterated.

        `top` and `skip` are sent as they are; Microsoft Graph takes `top` as the page's
        size. `count` asks for the total (`Page.count`), `headers` go with every page,
        `query` holds further query parameters.
        """
        options = {
            "$filter": filter,
            "$select": select,
            "$expand": expand,
            "$orderby": order_by,
            "$top": top,
            "$skip": skip,
            "$search": search,
            "$count": count,
        }
        call: Call[Page[M]] = list_call(self._at, self._load(), options, headers, query)
        return self._pages(call)


class AsyncCountable(AsyncResource):
    """A collection that can be counted."""

    __slots__ = ()

    async def count(
        self,
        *,
        filter: Condition = None,
        search: str | None = None,
        headers: Headers = None,
        query: Query = None,
    ) -> int:
        """Count the objects. Raises CallError."""
        options = {"$filter": filter, "$search": search}
        return await self._send(count_call(self._at, options, headers, query))


class AsyncReferenceable(AsyncResource):
    """A relationship to one object that lives elsewhere."""

    __slots__ = ()

    async def set_reference(
        self, target: AsyncResource | str, *, headers: Headers = None
    ) -> None:
        """Relate to `target`: a resource, a path of the service, or an absolute URL."""
        url = self._url_of(target)
        await self._send(reference_call(self._at, "PUT", url, headers))

    async def remove_reference(self, *, headers: Headers = None) -> None:
        """End the relationship; the object itself stays. Raises CallError."""
        await self._send(delete_call(self._at / "$ref", headers))


class AsyncReferenceCollection(AsyncResource):
    """Relationships to objects that live elsewhere."""

    __slots__ = ()

    async def add_reference(
        self, target: AsyncResource | str, *, headers: Headers = None
    ) -> None:
        """Relate to `target`: a resource, a path of the service, or an absolute URL."""
        url = self._url_of(target)
        await self._send(reference_call(self._at, "POST", url, headers))

    async def remove_reference(self, key: Any, *, headers: Headers = None) -> None:
        """End the relationship to the object with this key; the object itself stays.

        A key of several parts is a mapping of their names. Raises CallError.
        """
        await self._send(delete_call(self._at.item(key) / "$ref", headers))


class AsyncStreamResource(AsyncResource):
    """A stream: content that is not JSON."""

    __slots__ = ()

    async def download(self, *, headers: Headers = None) -> bytes:
        """Give the whole content. Raises CallError."""
        return await self._send(download_call(self._at, headers))

    async def upload(
        self,
        content: bytes,
        *,
        content_type: str = "application/octet-stream",
        headers: Headers = None,
    ) -> None:
        """Replace the content. Raises CallError."""
        await self._send(upload_call(self._at, content, content_type, headers))

    async def delete(self, *, headers: Headers = None) -> None:
        """Delete the content. Raises CallError."""
        await self._send(delete_call(self._at, headers))
