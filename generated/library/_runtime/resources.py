"""The sync side of generated resources: the verbs, each written once.

A generated class says on its class line which verbs its place has, and in its own
members how to go on. `aio` is the async twin; `places` is what both are, `calls` builds
what both send.
"""

# pyright: reportPrivateUsage=false
# Places tell the runtime alone what is said of them.

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Generic, Literal, Self, TypeVar, overload

from .calls import (
    Result,
    action_call,
    change_call,
    count_call,
    create_call,
    delete_call,
    function_call,
    list_call,
    read_call,
    reference_call,
)
from .codecs import Codec
from .conditions import ETag, Match
from .exchange import Call
from .model import Model
from .options import Condition, Expands, Headers, Names, Orders, Query, Returns, Terms
from .places import AnyPlace, AnyResource, address_of
from .transport import Transport

if TYPE_CHECKING:
    from .delta import Delta
    from .pages import Page, Pages
    from .streams import Content, Download

T = TypeVar("T")
M = TypeVar("M", bound=Model)


class Place(AnyPlace[Transport]):
    """Where actions and functions can be called: the service root or any resource."""

    __slots__ = ()

    def _send(self, call: Call[T]) -> T:
        return self._at.transport.send(call)

    def _call_action(
        self, name: str, arguments: Mapping[str, Any], result: Result[T]
    ) -> T:
        return self._send(action_call(self._at, name, arguments, result))

    def _call_function(
        self, name: str, parameters: Mapping[str, Any], result: Result[T]
    ) -> T:
        return self._send(function_call(self._at, name, parameters, result))

    def _list_action(
        self, name: str, arguments: Mapping[str, Any], codec: Codec[T]
    ) -> Pages[T]:
        from .pages import page_of

        return self._pages(action_call(self._at, name, arguments, page_of(codec.load)))

    def _list_function(
        self, name: str, parameters: Mapping[str, Any], codec: Codec[T]
    ) -> Pages[T]:
        from .pages import page_of

        read = page_of(codec.load)
        return self._pages(function_call(self._at, name, parameters, read))

    def _delta_action(
        self, name: str, arguments: Mapping[str, Any], codec: Codec[T]
    ) -> Delta[T]:
        from .delta import Delta, change_of

        call = action_call(self._at, name, arguments, change_of(codec))
        return Delta(self._at.transport, call)

    def _delta_function(
        self, name: str, parameters: Mapping[str, Any], codec: Codec[T]
    ) -> Delta[T]:
        from .delta import Delta, change_of

        call = function_call(self._at, name, parameters, change_of(codec))
        return Delta(self._at.transport, call)

    def _pages(self, first: Call[Page[T]]) -> Pages[T]:
        from .pages import Pages

        return Pages(self._at.transport, first)


class Resource(Place, AnyResource[Transport]):
    """A place of the service. Making one sends nothing."""

    __slots__ = ()


class Readable(Resource, Generic[M]):
    """A place with an object that can be read."""

    __slots__ = ()

    def get(
        self,
        *,
        select: Names = None,
        expand: Expands = None,
        if_none_match: ETag = None,
        headers: Headers = None,
        query: Query = None,
    ) -> M:
        """Read the object: what `select` names of it, and what `expand` names beside
        it.

        `if_none_match` is the object as it was read before: if it has not changed since
        it is given back as it is; of an ETag alone, NotModified says so. Raises NotFound
        where there is none, CallError in general.
        """
        options = {"$select": select, "$expand": expand}
        call: Call[M] = read_call(self, options, if_none_match, headers, query)
        return self._send(call)


class Updatable(Resource, Generic[M]):
    """A place with an object that can be changed."""

    __slots__ = ()

    @overload
    def update(
        self,
        model: M,
        *,
        returns: Literal["representation"],
        if_match: Match = None,
        headers: Headers = None,
    ) -> M: ...
    @overload
    def update(
        self,
        model: M,
        *,
        returns: Returns = None,
        if_match: Match = None,
        headers: Headers = None,
    ) -> M | None: ...
    def update(
        self,
        model: M,
        *,
        returns: Returns = None,
        if_match: Match = None,
        headers: Headers = None,
    ) -> M | None:
        """Change what was set on `model`, and nothing else.

        Computed and immutable properties are left out. Gives the object as it is now if
        the service sends it back; `returns` says whether it shall, and "representation"
        reads it if it does not. `if_match`, an ETag or True for that of `model`, makes
        the change only if nobody else changed the object since: PreconditionFailed.
        Where the service demands that, it is done anyway; False leaves it out. Raises
        CallError.
        """
        call: Call[M | None] = change_call(
            self, "PATCH", model, if_match, returns, headers
        )
        return self._send(call)


class Replaceable(Resource, Generic[M]):
    """A place with an object that can be replaced."""

    __slots__ = ()

    @overload
    def replace(
        self,
        model: M,
        *,
        returns: Literal["representation"],
        if_match: Match = None,
        headers: Headers = None,
    ) -> M: ...
    @overload
    def replace(
        self,
        model: M,
        *,
        returns: Returns = None,
        if_match: Match = None,
        headers: Headers = None,
    ) -> M | None: ...
    def replace(
        self,
        model: M,
        *,
        returns: Returns = None,
        if_match: Match = None,
        headers: Headers = None,
    ) -> M | None:
        """Put `model` in the object's place: what it lacks becomes the default again.

        Gives the object if it is sent back; `returns` and `if_match` mean what they
        mean for `update`. Raises CallError.
        """
        call: Call[M | None] = change_call(
            self, "PUT", model, if_match, returns, headers
        )
        return self._send(call)


class Deletable(Resource):
    """A place with an object that can be deleted."""

    __slots__ = ()

    def delete(self, *, if_match: ETag = None, headers: Headers = None) -> None:
        """Delete the object, with `if_match` only if it is still in that state.

        That is an ETag ("*" for any) or the object as it was read. Raises
        PreconditionFailed if it is not, CallError in general.
        """
        self._send(delete_call(self._at, if_match, headers))


class Creatable(Resource, Generic[M]):
    """A collection that takes new objects, or a place where one can be made."""

    __slots__ = ()

    @overload
    def create(
        self, model: M, *, returns: Literal["minimal"], headers: Headers = None
    ) -> M | None: ...
    @overload
    def create(
        self,
        model: M,
        *,
        returns: Literal["representation"] | None = None,
        headers: Headers = None,
    ) -> M: ...
    def create(
        self, model: M, *, returns: Returns = None, headers: Headers = None
    ) -> M | None:
        """Create the object that `model` describes and give it as the service made it.

        Computed properties are left out. A service that answers with a link to the
        object is asked for the object there; with `returns="minimal"` it may send
        nothing, which gives None. Raises CallError.
        """
        call: Call[M | None] = create_call(self, model, returns, headers)
        return self._send(call)


class Listable(Resource, Generic[M]):
    """A collection that can be listed."""

    __slots__ = ()

    def list(
        self,
        *,
        filter: Condition = None,
        select: Names = None,
        expand: Expands = None,
        order_by: Orders = None,
        top: int | None = None,
        skip: int | None = None,
        skip_token: str | None = None,
        search: Terms = None,
        count: bool | None = None,
        page_size: int | None = None,
        headers: Headers = None,
        query: Query = None,
    ) -> Pages[M]:
        """List the objects across all pages; nothing is sent until that is iterated.

        `top` and `skip` are sent as they are; Microsoft Graph takes `top` as the page's
        size, other services are asked for one by `page_size`. `search` is a `Search`,
        or a text as it is to be sent. `count` asks for the total (`Page.count`),
        `headers` go with every page, `query` holds further query parameters. Raises
        UnsupportedOption for what the service is said to refuse.
        """
        options = {
            "$filter": filter,
            "$select": select,
            "$expand": expand,
            "$orderby": order_by,
            "$top": top,
            "$skip": skip,
            "$skiptoken": skip_token,
            "$search": search,
            "$count": count,
        }
        call: Call[Page[M]] = list_call(self, options, page_size, headers, query)
        return self._pages(call)


class Countable(Resource):
    """A collection that can be counted."""

    __slots__ = ()

    def count(
        self,
        *,
        filter: Condition = None,
        search: Terms = None,
        headers: Headers = None,
        query: Query = None,
    ) -> int:
        """Count the objects. Raises CallError."""
        options = {"$filter": filter, "$search": search}
        return self._send(count_call(self, options, headers, query))


class Referenceable(Resource):
    """A relationship to one object that lives elsewhere."""

    __slots__ = ()

    def set_reference(
        self, target: AnyResource[Any] | str, *, headers: Headers = None
    ) -> None:
        """Relate to `target`: a resource, a path of the service, or an absolute URL."""
        url = address_of(target, self._at)
        self._send(reference_call(self._at, "PUT", url, headers))

    def remove_reference(self, *, headers: Headers = None) -> None:
        """End the relationship; the object itself stays. Raises CallError."""
        self._send(delete_call(self._at / "$ref", None, headers))


class ReferenceCollection(Resource):
    """Relationships to objects that live elsewhere."""

    __slots__ = ()

    def add_reference(
        self, target: AnyResource[Any] | str, *, headers: Headers = None
    ) -> None:
        """Relate to `target`: a resource, a path of the service, or an absolute URL."""
        url = address_of(target, self._at)
        self._send(reference_call(self._at, "POST", url, headers))

    def remove_reference(self, key: Any, *, headers: Headers = None) -> None:
        """End the relationship to the object with this key; the object itself stays.

        A key of several parts is a mapping of their names. Raises CallError.
        """
        self._send(delete_call(self._at.item(key) / "$ref", None, headers))


class StreamResource(Resource):
    """A stream: content that is not JSON."""

    __slots__ = ()

    @classmethod
    def from_link(cls, client: Place, link: str) -> Self:
        """Give the stream to which a link of the service leads, such as the value of
        "photo@odata.mediaReadLink".

        Raises UntrustedLink for one that leads to another origin.
        """
        from .links import place_at

        return cls(place_at(link, client._at))

    def download(self, *, headers: Headers = None) -> bytes:
        """Give the whole content. Raises CallError."""
        from .streams import download_call

        return self._send(download_call(self._at, headers))

    def stream(self, *, headers: Headers = None) -> Download:
        """Give the content piece by piece, as a context manager.

        Nothing is sent until it is entered. To take only a part ask for it by
        `headers={"Range": "bytes=1000-1999"}`: a service that gives parts answers with
        status 206 and Content-Range, another one with the whole.
        """
        from .streams import Download, download_call

        return Download(self._at.transport, download_call(self._at, headers))

    @overload
    def upload(
        self,
        content: Content,
        model: None = None,
        *,
        content_type: str = "application/octet-stream",
        if_match: ETag = None,
        headers: Headers = None,
    ) -> None: ...
    @overload
    def upload(
        self,
        content: Content,
        model: type[M],
        *,
        content_type: str = "application/octet-stream",
        if_match: ETag = None,
        headers: Headers = None,
    ) -> M: ...
    def upload(
        self,
        content: Content,
        model: type[M] | None = None,
        *,
        content_type: str = "application/octet-stream",
        if_match: ETag = None,
        headers: Headers = None,
    ) -> M | None:
        """Replace the content: bytes, a file opened for reading bytes, or pieces.

        A file is read piece by piece from where it stands, by an async client in a
        thread. The call may be repeated as others are, unless the content can be read
        only once: an iterator, or a file that cannot be sought. With `if_match` it is
        carried out only if the content is in that state. `model` is the class of the
        object that the service answers with, if it does; it is given then. Raises
        CallError, and TypeError for text.
        """
        from .streams import Body, answered, upload_call

        body = Body(content)
        sent = upload_call(self._at, body, content_type, if_match, headers)
        call: Call[M | None] = answered(sent, model)
        return self._send(call)

    def delete(self, *, if_match: ETag = None, headers: Headers = None) -> None:
        """Delete the content. Raises CallError."""
        self._send(delete_call(self._at, if_match, headers))
