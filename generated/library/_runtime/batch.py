"""Batches: many calls in few requests, and the result of each.

    with client.batch() as batch:
        me = batch.submit(client.me.get, select=[User.id])
        people = batch.submit(client.users.list, top=5)
    print(me.result().id, len(people.result().items))

`client` imports this module when a batch is first asked for; `batch_steps` sends what
is submitted here.
"""

# pyright: reportPrivateUsage=false
# A batch looks into its own items; users have none of these names.

from __future__ import annotations

from collections.abc import Awaitable, Callable
from copy import copy
from itertools import count
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, Self, TypeVar, overload

import httpx

from .batch_steps import Part, send_parts
from .errors import CallError
from .location import ExchangerT, Location
from .prepared import call_of
from .steps import Steps, arun, run

if TYPE_CHECKING:
    from .aio_transport import AsyncTransport
    from .pages import AsyncPages, Page, Pages
    from .transport import Transport

P = ParamSpec("P")
T = TypeVar("T")


class BatchItem(Generic[T]):
    """A call that was submitted to a batch, and what came of it once that is sent."""

    __slots__ = ("_part", "_waiting")

    def __init__(self, part: Part, waiting: list[Part]) -> None:
        self._part = part
        self._waiting = waiting

    def result(self) -> T:
        """Give what the call gives.

        Raises its CallError, and RuntimeError where the batch is not sent yet.
        """
        if self.error is not None:
            raise self.error
        result: T = self._part.value
        return result

    @property
    def error(self) -> CallError | None:
        """The error of this call, None if it has its result.

        Raises RuntimeError where the batch is not sent yet.
        """
        if not self._part.done:
            raise RuntimeError(
                "no answer yet: a batch is sent at the end of its `with`, or by send()"
            )
        return self._part.error

    @property
    def response(self) -> httpx.Response | None:
        """The answer to this call as if it had come alone; None where there is none."""
        return self._part.response


class _Batch(Generic[ExchangerT]):
    """What sync and async batches have in common."""

    def __init__(self, at: Location[ExchangerT], size: int) -> None:
        if size < 1:
            raise ValueError(f"a request has to hold one call at least, not {size}")
        self._at = at
        self._size = size
        self._waiting: list[Part] = []
        self._ids = count(1)
        self._after: tuple[Part, ...] = ()

    def after(self, *items: BatchItem[Any]) -> Self:
        """Give the same batch, for calls that are done only if those of `items` were.

        One that failed lets them fail, too: FailedDependency. Raises ValueError for an
        item of another batch.
        """
        for item in items:
            if item._waiting is not self._waiting:
                raise ValueError("a call can only depend on others of the same batch")
        following = copy(self)
        following._after = (*self._after, *(item._part for item in items))
        return following

    def _submit(self, method: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        at: Any = self._at
        call = call_of(at.transport, method, args, kwargs)
        part = Part(str(next(self._ids)), call, self._after, at)
        self._waiting.append(part)
        return BatchItem[Any](part, self._waiting)

    def _steps(self) -> Steps[None]:
        return send_parts(self._at, self._waiting, self._size)


class Batch(_Batch["Transport"]):
    """Many calls in few requests; a context manager that sends them at its end.

    After an exception inside the `with` nothing is sent.
    """

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *fault: object) -> None:
        if kind is None:
            self.send()

    @overload
    def submit(
        self, method: Callable[P, Pages[T]], *args: P.args, **kwargs: P.kwargs
    ) -> BatchItem[Page[T]]: ...
    @overload
    def submit(
        self, method: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> BatchItem[T]: ...
    def submit(
        self, method: Callable[P, Any], *args: P.args, **kwargs: P.kwargs
    ) -> BatchItem[Any]:
        """Take a call into the batch: a method of a place, and its arguments behind it.

        Of a listing it is the first page. What else a call needs to give its result,
        such as the object behind the link that a service answers, is asked after the
        batch. A timeout of the call's own counts only there. Raises ValueError for what
        is no method of a place of this client, TypeError for methods that send none or
        several calls, and for content that is not there as a whole.
        """
        item: BatchItem[Any] = self._submit(method, args, kwargs)
        return item

    def send(self) -> None:
        """Send what was submitted since the last time; the items then have results.

        What is throttled is sent again, alone, as the client's `retry` says. Errors of
        single calls are raised by their items only. Raises CallError where a request
        failed as a whole: that is the error of all calls in it, and what was to follow
        is not sent, but by another `send()`.
        """
        run(self._at.transport, self._steps())


class AsyncBatch(_Batch["AsyncTransport"]):
    """The async twin of `Batch`: `async with client.batch() as batch`.

    `submit` is not awaited, and neither is `result()` of what it gives.
    """

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *fault: object) -> None:
        if kind is None:
            await self.send()

    @overload
    def submit(
        self, method: Callable[P, AsyncPages[T]], *args: P.args, **kwargs: P.kwargs
    ) -> BatchItem[Page[T]]: ...
    @overload
    def submit(
        self, method: Callable[P, Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> BatchItem[T]: ...
    def submit(
        self, method: Callable[P, Any], *args: P.args, **kwargs: P.kwargs
    ) -> BatchItem[Any]:
        """Take a call into the batch, as `Batch.submit` does; it is not awaited."""
        item: BatchItem[Any] = self._submit(method, args, kwargs)
        return item

    async def send(self) -> None:
        """Send what was submitted since the last time, as `Batch.send` does."""
        await arun(self._at.transport, self._steps())
