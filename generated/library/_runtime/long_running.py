"""Operations that a service finishes later: started, watched, and their result read.

`client.start` imports this module when it is first called. A service that takes long
answers 202 with a link to a monitor, which is asked until it tells of the end (OData
Protocol 4.01 section 11.6). Some monitors then give the final answer itself, wrapped or
with an `AsyncResult` header; those of Microsoft Graph are objects with a `status`, and
tell at most where the result is. The programs are written once, see `steps`.

A monitor may stand on another host. It is asked without the credential, over https (or
the scheme of the service itself), because its URL alone opens it. What such a host says
is trusted no further than this: it may name a result below the service root, which is
read by GET and with the credential, as the caller could have done; it may not name
anything else of the service, nor a monitor there, which `cancel` would delete.
"""

# pyright: reportPrivateUsage=false
# The runtime's classes know one another's insides; users have none of these names.

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from math import inf
from typing import TYPE_CHECKING, Any, Generic, Never, TypeVar, overload

import httpx

from .errors import (
    CallError,
    OperationFailed,
    TimedOut,
    UntrustedLink,
    api_error,
    carried_out,
    place_of,
    unexpected,
)
from .exchange import Call, CallOptions, Exchanger
from .links import absolute, is_below, shown
from .model import Model, load_model
from .monitors import (
    FAILED,
    SUCCEEDED,
    error_of,
    final_answer,
    is_state,
    link_of,
    progress_of,
    state_of,
)
from .results import NOTHING, is_empty, made
from .retry import Retry, retry_after
from .steps import Steps, Wait, arun, run

if TYPE_CHECKING:
    from .aio_transport import AsyncTransport
    from .client import AsyncClientBase, SyncClient
    from .places import AnyPlace
    from .transport import Transport

T = TypeVar("T")
M = TypeVar("M", bound=Model)

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0


class _Operation(Generic[T]):
    """What sync and async operations have in common: their state, and the programs."""

    def __init__(self, transport: Exchanger, call: Call[T], url: str = "") -> None:
        self._transport: Any = transport
        self._call = call
        self._url = url
        self._pause: float | None = 0.0
        self._state: dict[str, Any] = {}
        self._early: httpx.Response | None = None
        self._end: Callable[[], Steps[T]] | None = None

    def __repr__(self) -> str:
        told = self.status or ("done" if self.is_done else "running")
        return f"<{type(self).__name__} {told} {self._where()}>"

    @property
    def url(self) -> str:
        """The URL of the monitor, to be kept for `resume`; "" if there is none.

        Who knows it may be able to use it: keep it as a secret.
        """
        return self._url

    @property
    def is_done(self) -> bool:
        """Whether the operation is known to have ended, well or not."""
        return self._end is not None

    @property
    def state(self) -> Mapping[str, Any]:
        """What the monitor said last, as JSON: `resourceId`, for example."""
        return self._state

    @property
    def status(self) -> str:
        """What the monitor calls the state of the operation, "" if it names none."""
        status = self._state.get("status")
        return status if isinstance(status, str) else ""

    @property
    def progress(self) -> float | None:
        """How much of it is done, in percent; None if the monitor does not tell."""
        return progress_of(self._state)

    # The programs.

    def _starting(self) -> Steps[None]:
        """Send the call; what is answered at once is the result."""
        asking = self._call.with_headers({"prefer": "respond-async"})
        response: httpx.Response = yield asking
        link = response.headers.get("location")
        if response.status_code != 202 or not link:
            self._end = partial(self._read, response)
            return
        with carried_out():
            self._move(link, response)
        self._pause = retry_after(response.headers)
        body = state_of(response)
        if is_state(body):
            self._state = body
        elif any("@" not in name for name in body):
            self._early = response

    def _polling(self, left: float = inf) -> Steps[bool]:
        """Ask the monitor once; `left` are the seconds that this may take."""
        if self._end is None:
            asking = self._ask("GET", self._url, left)
            with carried_out():
                response: httpx.Response = yield replace(asking, expects=(303,))
                self._hear(response)
        return self._end is not None

    def _waiting(self, timeout: float | None) -> Steps[T]:
        """Ask until the end, then give the result."""
        began, paused, growing, asked = time.monotonic(), 0.0, FIRST_PAUSE, False
        while self._end is None:
            # The pauses count even where a test leaves them out.
            spent = max(paused, time.monotonic() - began)
            left = inf if timeout is None else max(timeout - spent, 0.0)
            pause = self._pause
            if pause is None:
                pause = min(growing, left)
                growing = min(growing * 1.5, LONGEST_PAUSE)
            if pause > left or (asked and not left):
                raise self._late(timeout)
            if pause:
                yield Wait(pause)
                paused += pause
            yield from self._polling(left - pause)
            asked = True
        result = yield from self._end()
        self._end = partial(_given, result)
        return result

    def _cancelling(self) -> Steps[None]:
        """Delete the monitor; after 202 the service is still about it."""
        if self._end is not None:
            return
        response: httpx.Response = yield self._ask("DELETE", self._url)
        if response.status_code != 202:
            self._state = {**self._state, "status": "cancelled"}
            self._end = partial(self._fail, response)

    def _hear(self, response: httpx.Response) -> None:
        """Take in what the monitor answered."""
        told, body = response.headers, state_of(response)
        goes_on = response.status_code == 202
        if response.status_code == 303 and "location" in told:
            self._end = partial(self._settle, response, told["location"])
        elif (final := final_answer(response)) is not None:
            self._end = partial(self._read, final)
        elif goes_on or is_state(body):
            self._state = body or self._state
            if self.status.lower() in FAILED:
                self._end = partial(self._fail, response)
            elif self.status.lower() in SUCCEEDED:
                self._end = partial(self._settle, response)
        else:
            self._end = partial(self._read, response)
        if self._end is None:
            self._pause = retry_after(told) or None
            if goes_on and "location" in told:
                self._move(told["location"], response)

    def _move(self, link: str, response: httpx.Response) -> None:
        """Take the URL of the monitor, or of the next one, out of an answer."""
        url = self._link(link, response, "the link of the monitor")
        elsewhere = not self._transport.is_home(str(response.request.url))
        if elsewhere and self._transport.is_home(url):
            raise UntrustedLink(
                f"another host names {shown(url)!r} as a monitor", link=link
            )
        self._url = url

    def _where(self) -> str:
        """Give the monitor for messages: elsewhere its path may be what opens it."""
        home = self._transport.is_home(self._url)
        return shown(self._url) if home else httpx.URL(self._url).netloc.decode("ascii")

    # How an operation may end.

    def _settle(self, response: httpx.Response, moved: str = "") -> Steps[T]:
        """It went well: find the result, which may have `moved` (303)."""
        read, link = self._call.read, moved or link_of(self._state)
        if read is NOTHING:
            return read(response)
        if self._early is not None and not moved:
            return read(self._early)
        if link is not None:
            with carried_out():
                url = self._link(link, response, "the link of the result")
                if moved or self._transport.is_home(url):
                    answer: httpx.Response = yield self._ask("GET", url)
                    return read(answer)
        # Where there may be no result, its absence is no fault of what went well.
        with suppress(CallError):
            return read(httpx.Response(204, request=response.request))
        raise unexpected(
            response, "done, but the result cannot be had from here (see .state)"
        )

    def _read(self, response: httpx.Response) -> Steps[T]:
        """Judge and read the final answer to the call."""
        status = response.status_code
        if not (200 <= status < 300 or status in self._call.expects):
            if status >= 400:
                raise api_error(response)
            raise unexpected(response, "a final answer without a result")
        if status == 202 and is_empty(response) and self._call.read is not NOTHING:
            raise unexpected(response, "accepted, but no link tells of its end")
        follow = self._call.follow
        with carried_out():
            onward = None if follow is None else follow(response)
            if onward is not None:
                self._link(onward.url, response, "the link of the result")
                answer: httpx.Response = yield onward
                return onward.read(answer)
        return self._call.read(response)

    def _fail(self, response: httpx.Response) -> Steps[Never]:
        yield from ()
        error = error_of(self._state)
        said = ": ".join(str(error[k]) for k in ("code", "message") if error.get(k))
        raise OperationFailed(
            f"the operation ended as {self.status!r}{': ' if said else ''}{said}"
            f" ({place_of(response.request)})",
            request=response.request,
            status=self.status,
            error=error,
        )

    def _late(self, timeout: float | None) -> TimedOut:
        told = self.status or "not done"
        late = TimedOut(f"still {told} after {timeout} s ({self._where()})")
        late.may_have_happened = True
        return late

    # What is asked, and where.

    def _ask(self, method: str, url: str, left: float = inf) -> Call[Any]:
        """Make a call of one of the programs; foreign hosts get no header of ours."""
        options: CallOptions = self._call.options
        headers: dict[str, str] = {}
        if self._transport.is_home(url):
            headers = {k: v for k, v in options.headers.items() if k != "prefer"}
        if "accept" in self._call.headers:
            headers["accept"] = self._call.headers["accept"]
        retry: Retry = options.retry or self._transport.retry
        retry = replace(retry, total=min(retry.total, left))
        options = replace(options, retry=retry)
        return Call(method, url, NOTHING, headers, options=options)

    def _link(self, link: str, response: httpx.Response, what: str) -> str:
        """Give a link of an answer as an absolute URL, if it may be followed.

        Raises UntrustedLink otherwise: see the head of this module.
        """
        home: Exchanger = self._transport
        asked = str(response.request.url)
        if home.is_home(asked):
            link = _from_root(link, home)
        url = _private(link, asked, home, what)
        if home.is_home(url) and not home.is_home(asked) and not is_below(url, home):
            away = f"{what} leads out of the service: {shown(link)!r}"
            raise UntrustedLink(away, link=link)
        return url


class LongRunning(_Operation[T]):
    """An operation that `client.start` began, or that `resume` takes up again."""

    _transport: Transport

    def poll(self) -> bool:
        """Ask the monitor once: True when the operation has ended, well or not.

        Raises CallError if the monitor cannot be asked, NotFound if it is gone.
        """
        return run(self._transport, self._polling())

    def wait(self, timeout: float | None = None) -> T:
        """Ask until the operation has ended, and give its result.

        Between two questions it waits for as long as the service asks (Retry-After),
        else for ever longer, up to half a minute. Raises TimedOut if that is more than
        `timeout` seconds in all: the operation goes on, and can be waited for again.
        Of a result that stands where it cannot be read from here, as that of Microsoft
        Graph's `copy`, the monitor tells at most the key or a link: `state` has them,
        and the result is None. Raises OperationFailed if it failed or was cancelled,
        ApiError if its final answer is an error, and UnexpectedResponse if it went well
        but lacks a result that is never null.
        """
        return run(self._transport, self._waiting(timeout))

    def cancel(self) -> None:
        """Ask the service to give it up (OData Protocol 4.01 section 11.6).

        Raises MethodNotAllowed where it does not do that. A service that answers 202
        is still about it: `wait` tells how it ended.
        """
        run(self._transport, self._cancelling())

    @overload
    @staticmethod
    def resume(client: SyncClient, url: str) -> LongRunning[None]: ...
    @overload
    @staticmethod
    def resume(client: SyncClient, url: str, model: type[M]) -> LongRunning[M]: ...
    @staticmethod
    def resume(
        client: SyncClient, url: str, model: type[Model] | None = None
    ) -> LongRunning[Any]:
        """Take up an operation by the URL that it had, as in another process.

        `model` is the class of its result; without one the result is not read. Sends
        nothing. Raises UntrustedLink for a URL that is not https.
        """
        return LongRunning(*_resumed(client, url, model))


class AsyncLongRunning(_Operation[T]):
    """The async twin of `LongRunning`."""

    _transport: AsyncTransport

    async def poll(self) -> bool:
        """Ask the monitor once: True when the operation has ended, well or not.

        Raises CallError if the monitor cannot be asked, NotFound if it is gone.
        """
        return await arun(self._transport, self._polling())

    async def wait(self, timeout: float | None = None) -> T:
        """Ask until the operation has ended, and give its result.

        Between two questions it waits for as long as the service asks (Retry-After),
        else for ever longer, up to half a minute. Raises TimedOut if that is more than
        `timeout` seconds in all: the operation goes on, and can be waited for again.
        Of a result that stands where it cannot be read from here, as that of Microsoft
        Graph's `copy`, the monitor tells at most the key or a link: `state` has them,
        and the result is None. Raises OperationFailed if it failed or was cancelled,
        ApiError if its final answer is an error, and UnexpectedResponse if it went well
        but lacks a result that is never null.
        """
        return await arun(self._transport, self._waiting(timeout))

    async def cancel(self) -> None:
        """Ask the service to give it up (OData Protocol 4.01 section 11.6).

        Raises MethodNotAllowed where it does not do that. A service that answers 202
        is still about it: `wait` tells how it ended.
        """
        await arun(self._transport, self._cancelling())

    @overload
    @staticmethod
    def resume(client: AsyncClientBase, url: str) -> AsyncLongRunning[None]: ...
    @overload
    @staticmethod
    def resume(
        client: AsyncClientBase, url: str, model: type[M]
    ) -> AsyncLongRunning[M]: ...
    @staticmethod
    def resume(
        client: AsyncClientBase, url: str, model: type[Model] | None = None
    ) -> AsyncLongRunning[Any]:
        """Take up an operation by the URL that it had, as in another process.

        `model` is the class of its result; without one the result is not read. Sends
        nothing. Raises UntrustedLink for a URL that is not https.
        """
        return AsyncLongRunning(*_resumed(client, url, model))


def start(transport: Transport, call: Call[T]) -> LongRunning[T]:
    """Send a call that may take long, and say so (`Prefer: respond-async`).

    Raises CallError as the call itself would, and UntrustedLink for a monitor that is
    not asked: the operation goes on then, unwatched.
    """
    operation = LongRunning(transport, call)
    run(transport, operation._starting())
    return operation


async def astart(transport: AsyncTransport, call: Call[T]) -> AsyncLongRunning[T]:
    """The async twin of `start`."""
    operation = AsyncLongRunning(transport, call)
    await arun(transport, operation._starting())
    return operation


def _resumed(
    client: AnyPlace[Any], url: str, model: type[Model] | None
) -> tuple[Any, Call[Any], str]:
    """Give what an operation is made of that was begun elsewhere."""
    transport: Exchanger = client._at.transport
    read = NOTHING if model is None else made(partial(load_model, model))
    call: Call[Any] = Call("GET", url, read, options=client._at.options)
    root = transport.base_url + "/"
    return transport, call, _private(url, root, transport, "the monitor")


def _private(link: str, asked: str, home: Exchanger, what: str) -> str:
    """Give a link as an absolute URL that nobody on the way can read.

    Raises UntrustedLink for one that is neither https nor of the service's own scheme.
    """
    url = absolute(link, asked, what)
    if httpx.URL(url).scheme not in ("https", home.origin[0]):
        raise UntrustedLink(f"{what} is not https: {shown(link)!r}", link=link)
    return url


def _given(result: T) -> Steps[T]:
    """Give a result again."""
    yield from ()
    return result


def _from_root(link: str, home: Exchanger) -> str:
    """Read a path that has nothing of the service root's as one below it.

    Microsoft Teams writes its monitors so: "/teams('1')/operations('2')".
    """
    root = httpx.URL(home.base_url).path.split("/")[1]
    if link[:1] == "/" and link[:2] != "//" and link.split("/")[1] != root and root:
        return home.base_url + link
    return link
