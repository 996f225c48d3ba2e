"""Calls that are looked at before they are sent, and answers beside what they say.

`client.prepare(client.me.get, select=[User.id])` gives the request of that call;
sending it gives the result together with the answer. The way to a call is to let the
verb, action or function run on a transport that takes the call and sends nothing:
batches and long-running operations begin in the same way. `client` imports this module
when one of them is first asked for.
"""

# pyright: reportPrivateUsage=false
# The runtime's classes know one another's insides; users have none of these names.

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from inspect import iscoroutine
from typing import TYPE_CHECKING, Any, Generic, Never, TypeVar

import httpx

from .exchange import Call, Exchanger

if TYPE_CHECKING:
    from .aio_transport import AsyncTransport
    from .transport import Transport

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What a call gave: its result as `value`, and the answer that it was read from."""

    value: T
    response: httpx.Response

    @property
    def status(self) -> int:
        """The status of the answer."""
        return self.response.status_code

    @property
    def headers(self) -> httpx.Headers:
        """The headers of the answer."""
        return self.response.headers


class _Prepared(Generic[T]):
    """What sync and async prepared calls have in common."""

    def __init__(self, transport: Any, call: Call[T]) -> None:
        self._transport = transport
        self._call = call

    @property
    def request(self) -> httpx.Request:
        """The request as it would be sent, but without the credential."""
        request: httpx.Request = self._transport.prepared(self._call)
        return request

    @property
    def method(self) -> str:
        """The HTTP method."""
        return self._call.method

    @property
    def url(self) -> str:
        """The absolute URL."""
        return self._call.url

    @property
    def content(self) -> Any:
        """The body: bytes, or None for none; of an upload what gives its pieces."""
        return self._call.content


class Prepared(_Prepared[T]):
    """A call that is ready to be sent, any number of times."""

    _transport: Transport

    def send(self) -> Answer[T]:
        """Send it. Raises CallError as the call itself would."""
        response = self._transport.respond(self._call)
        return Answer(self._transport.result(self._call, response), response)


class AsyncPrepared(_Prepared[T]):
    """A call that is ready to be sent, any number of times."""

    _transport: AsyncTransport

    async def send(self) -> Answer[T]:
        """Send it. Raises CallError as the call itself would."""
        response = await self._transport.respond(self._call)
        return Answer(await self._transport.result(self._call, response), response)


class _Taken(BaseException):
    """Carries a call from where it would be sent to who wants it; nothing catches it
    on the way, not even `except Exception`."""

    def __init__(self, call: Call[Any]) -> None:
        super().__init__()
        self.call = call


class _Taker:
    """Stands in for a transport: it takes the call instead of sending it."""

    def __init__(self, transport: Exchanger) -> None:
        self._transport = transport

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def send(self, call: Call[Any]) -> Never:
        raise _Taken(call)


def call_of(
    transport: Exchanger, method: Callable[..., Any], args: Any, kwargs: Any
) -> Call[Any]:
    """Give the call that a method of a place would send; nothing is sent.

    Raises ValueError for what is no method of a place of this client, TypeError for
    methods that send none or several calls, and what the method raises by itself.
    """
    place = getattr(method, "__self__", None)
    at = getattr(place, "_at", None)
    if place is None or at is None or at.transport is not transport:
        raise ValueError(
            f"give a method of a place of this client, such as client.me.get, and its"
            f" arguments behind it; got {method!r}"
        )
    function: Callable[..., Any] = getattr(method, "__func__")
    copy = place._moved(at.through(_Taker(transport)))
    try:
        result = function(copy, *args, **kwargs)
        if iscoroutine(result):
            result.send(None)
    except _Taken as taken:
        return taken.call
    first: Call[Any] | None = getattr(result, "_first", None)
    if first is not None:
        return first
    raise TypeError(f"{method.__qualname__} is not a single call")
