"""The attempts at one call: what its answer means, and when it is sent again.

The transports (`transport`, `aio_transport`) move bytes and wait; everything that both
must decide alike while a call is on its way stands here, without input or output of
its own.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import httpx

from .errors import (
    CallError,
    ConnectionFailed,
    TimedOut,
    api_error,
    not_modified,
    place_of,
    unexpected,
)
from .exchange import HARMLESS, Call, Exchanger, bare, origin_of
from .retry import REFUSED, UNDECIDED, retry_after

LOG = logging.getLogger((__package__ or "").rpartition(".")[0])
MOST_REDIRECTS = 10
LAST_PORT = 65_535

NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
HOPELESS = (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.DecodingError)


class Attempts:
    """The attempts at one call; `request` and `auth` are what is to be sent now.

    `at_home` says whether the credential may go along with what is sent of `call`.
    """

    __slots__ = (
        "request",
        "auth",
        "at_home",
        "call",
        "_exchanger",
        "_retry",
        "_first",
        "_count",
        "_hops",
        "_renewed",
        "_doubt",
        "_began",
        "_sent",
        "_deadline",
    )

    def __init__(
        self,
        exchanger: Exchanger,
        call: Call[Any],
        request: httpx.Request,
        auth: object,
    ) -> None:
        home = exchanger.trusts(call)
        self.request = request
        self.auth: Any = auth if home else None
        self.at_home = home
        self.call = call
        self._exchanger = exchanger
        self._retry = call.options.retry or exchanger.retry
        self._first: tuple[httpx.Request, Any, bool] = (request, self.auth, home)
        self._count = 1
        self._hops = 0
        self._renewed = False
        self._doubt = False
        self._began = self._sent = time.monotonic()
        end = self._retry.deadline
        self._deadline = None if end is None else self._began + end

    def begins(self) -> httpx.Request:
        """Give the request that is to be sent now, bounded by the call's deadline.

        Raises httpx.ReadTimeout where that has passed.
        """
        if self._deadline is not None:
            from .deadline import clipped

            self.request.extensions = clipped(self.request, self._deadline)
        return self.request

    def begun(self, response: httpx.Response) -> httpx.Response:
        """Take an answer that has begun, to be read no longer than the deadline."""
        if self._deadline is not None:
            from .deadline import Watched

            response.stream = Watched(response, self._deadline)
        return response

    def answered(self, response: httpx.Response) -> float | None:
        """Judge an answer: None if it can be read, else the wait for the next attempt.

        Raises ApiError, or UnexpectedResponse for a redirect that is not followed.
        """
        status = response.status_code
        self._tell(status)
        if 200 <= status < 300 or status in self.call.expects:
            return None
        if response.next_request is not None and self.request.method == "GET":
            self._follow(response, response.next_request)
            return 0.0
        if status in REFUSED or (status in UNDECIDED and self.call.is_repeatable()):
            wait = self._again(retry_after(response.headers))
            if wait is not None:
                self._doubt = self._doubt or status in UNDECIDED
                return wait
        if status == 304 and self.call.errors is not None:
            raise not_modified(response)
        if status >= 400:
            raise self._doubted(api_error(response, self.call.errors))
        raise unexpected(response, "an answer that is not followed")

    def may_renew(self, response: httpx.Response) -> bool:
        """Whether a new token is worth an attempt: once, after 401 from the service.

        Such a request was not carried out (RFC 9110 section 15.5.2), so it may be sent
        again whatever its method.
        """
        fresh = response.status_code == 401 and self.at_home and not self._renewed
        if fresh and self.call.repeat is not False:
            self._tell(response.status_code)
            self._renewed = True
            return True
        return False

    def failed(
        self, fault: httpx.RequestError, response: httpx.Response | None
    ) -> float:
        """Judge a fault: give the wait before `request` is sent again.

        `response` is the answer that broke off, if one had begun. Raises
        ConnectionFailed or UnexpectedResponse where the call is given up.
        """
        self._tell(type(fault).__name__)
        repeatable = isinstance(fault, NEVER_SENT) or self.call.is_repeatable()
        if repeatable and not isinstance(fault, HOPELESS):
            wait = self._again(None)
            if wait is not None:
                self._doubt = self._doubt or not isinstance(fault, NEVER_SENT)
                return wait
        error = self._doubted(fault_error(fault, self.request, response))
        raise error from None if isinstance(fault, httpx.LocalProtocolError) else fault

    def _doubted(self, error: CallError) -> CallError:
        """What an earlier attempt may have done is not forgotten over the last one."""
        error.may_have_happened = error.may_have_happened or self._doubt
        return error

    def _again(self, asked: float | None) -> float | None:
        """Go back to the first request, if it may be sent once more."""
        if self.call.repeat is False:
            return None
        elapsed = time.monotonic() - self._began
        wait = self._retry.wait(self._count, elapsed, asked)
        if wait is not None:
            self._count += 1
            self._hops = 0
            self.request, self.auth, self.at_home = self._first
            self._sent = time.monotonic() + wait
            LOG.info("%s again in %.1f s", place_of(self.request), wait)
        return wait

    def _follow(self, response: httpx.Response, onward: httpx.Request) -> None:
        """Go where a redirect points; to another origin without any secret.

        What came from there is trusted no more: a way back is gone without one, too.
        """
        self._hops += 1
        if self._hops > MOST_REDIRECTS:
            raise unexpected(response, "more redirects than are followed")
        homes = [self._exchanger.origin]
        if self.call.vouched:
            homes.append(origin_of(self._first[0].url))
        if origin_of(onward.url) not in homes:
            self.at_home = False
        if self.at_home:
            self.request, self.auth = onward, self._first[1]
        else:
            self.request, self.auth = bare(onward, HARMLESS), None

    def _tell(self, outcome: object) -> None:
        if LOG.isEnabledFor(logging.DEBUG):
            milliseconds = (time.monotonic() - self._sent) * 1000
            LOG.debug("%s %s %.0f ms", place_of(self.request), outcome, milliseconds)


@contextmanager
def sending(request: httpx.Request) -> Generator[None, None, None]:
    """Make faults of what httpx does not take for one: a port that there cannot be, and
    a redirect that leads to no URL, at which it looks by itself."""
    if (request.url.port or 0) > LAST_PORT:
        raise httpx.UnsupportedProtocol("no such port", request=request)
    try:
        yield
    except (httpx.InvalidURL, UnicodeError) as fault:
        told = "what leads to no URL that can be asked"
        raise httpx.RemoteProtocolError(told, request=request) from fault


def fault_error(
    fault: httpx.RequestError, request: httpx.Request, response: httpx.Response | None
) -> CallError:
    """Give the error that tells of a fault; `response` is the answer that broke off.

    A fault of the request itself quotes a header, which may be secret: it is not shown.
    """
    late = isinstance(fault, httpx.TimeoutException)
    if response is not None and not late:
        return unexpected(response, f"an answer that broke off ({fault})")
    kind, what = (TimedOut, "no answer in time") if late else (ConnectionFailed, "")
    text = str(fault)
    if isinstance(fault, httpx.LocalProtocolError):
        text = re.sub(r""" b(['"]).*""", "", text)
    reason = ": ".join(filter(None, (what, text))) or type(fault).__name__
    error = kind(f"{reason} ({place_of(request)})", request=request)
    error.may_have_happened = not isinstance(fault, NEVER_SENT)
    return error
