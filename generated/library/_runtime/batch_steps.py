"""How a batch is sent: the steps, for sync and async alike.

`batch` hands over what was submitted. At most as many calls as a request may hold go
together; what was throttled goes again, in a request of its own, before the next ones
follow. `steps` drives this, `batch_parts` says how it is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import httpx

from .attempts import Attempts
from .batch_parts import answer_in, check, path_of, written
from .calls import JSON, make_call
from .errors import CallError, FailedDependency, carried_out, place_of, unexpected
from .exchange import HARMLESS, Call
from .json import dumps
from .links import absolute
from .location import Location
from .pages import following, link_in
from .results import json_object
from .shapes import is_list, is_object
from .steps import Steps, Wait

if TYPE_CHECKING:
    from .aio_transport import AsyncTransport
    from .transport import Transport


_ONWARD = ("@odata.nextLink", "@nextLink", "nextLink")


class Part:
    """A call of a batch, from when it is submitted until it is `done`.

    Then it has a `value` or an `error`, and the `response` that said so if there was
    one. `succeeded` says whether what depends on it may be done. `apart` says that
    `call`, with which it goes on from an answer, has to be sent alone. Raises TypeError
    and ValueError for a call that cannot be part of a batch.
    """

    def __init__(
        self,
        identifier: str,
        call: Call[Any],
        after: Sequence[Part],
        at: Location[Transport] | Location[AsyncTransport],
    ) -> None:
        check(call, at.options.headers)
        self.id = identifier
        self.after = after
        self.succeeded = self.done = False
        self.value: Any = None
        self.error: CallError | None = None
        self.response: httpx.Response | None = None
        self._attempts: Attempts | None = None
        self._transport = at.transport
        self._begin(call, apart=False)

    def wire(self, sent: Sequence[Part]) -> dict[str, Any]:
        """Give the request object; `sent` are the parts that are sent together."""
        needed = [p.id for p in self.after if p in sent and not p.succeeded]
        depending = {"dependsOn": needed} if needed else {}
        return {"id": self.id, **self._wire, **depending}

    def may_go(self, sent: Sequence[Part]) -> bool:
        """Say whether the part can be sent; if not, it has failed.

        `sent` is what is sent before it in the same request.
        """
        for part in self.after:
            if not part.succeeded and part not in sent:
                self.fail(_not_sent(self.request, part.error))
                return False
        self._judge()
        return True

    def take(
        self, wire: Any, outer: httpx.Response, again: Sequence[Part]
    ) -> float | None:
        """Judge an answer: None if it settles the part, else the wait before `call`.

        `wire` is the response object, `outer` the answer that carried it. `again` are
        the parts before this one that go on, too: what failed because of them alone
        goes along.
        """
        try:
            response = self.response = answer_in(wire, self.request, outer)
            if response.status_code == 424 and self._lacks_only(again):
                return 0.0
            if response.has_redirect_location and self.call.method == "GET":
                self._begin(self._redirected(response), apart=True)
                return 0.0
            wait = self._judge().answered(response)
            if wait is not None:
                return wait
            self.succeeded |= response.is_success
            onward = self.call.follow and self.call.follow(response)
            if onward:
                path = path_of(httpx.URL(onward.url), self._transport)
                self._begin(onward, apart=path is None)
                return 0.0
        except CallError as error:
            self.fail(error)
        else:
            self.settle(response)
        return None

    def settle(self, response: httpx.Response) -> None:
        """End with what an answer of success says."""
        self.response, self.done = response, True
        self.succeeded |= response.is_success
        try:
            self.value = self.call.read(response)
        except CallError as error:
            self.error = error

    def fail(self, error: CallError) -> None:
        """End with an error, which may be one of what followed the call itself."""
        error.may_have_happened = error.may_have_happened or self.succeeded
        self.error, self.done = error, True

    def _begin(self, call: Call[Any], *, apart: bool) -> None:
        self.call, self.apart = call, apart
        self.request = self._transport.prepared(call)
        self._wire = {} if apart else written(call, self.request, self._transport)
        self._attempts = None

    def _judge(self) -> Attempts:
        """Give what judges the attempts at `call`; its time begins with the first."""
        if self._attempts is None:
            self._attempts = Attempts(self._transport, self.call, self.request, None)
        return self._attempts

    def _lacks_only(self, again: Sequence[Part]) -> bool:
        lacking = [part for part in self.after if not part.succeeded]
        return bool(lacking) and all(part in again for part in lacking)

    def _redirected(self, response: httpx.Response) -> Call[Any]:
        """Give the call to where a redirect points; elsewhere without any secret."""
        asked = str(response.request.url)
        url = absolute(response.headers["location"], asked, "a redirect")
        headers = self.call.headers
        if not self._transport.is_home(url):
            headers = {n: text for n, text in headers.items() if n.lower() in HARMLESS}
        return replace(self.call, url=url, headers=headers, follow=None)


def send_parts(at: Location[Any], waiting: list[Part], size: int) -> Steps[None]:
    """Send what waits, in its order, at most `size` parts in a request.

    Takes them out of `waiting`. Raises CallError for a request that failed as a whole,
    which is then the error of all its parts, too; what was to follow still waits.
    """
    while waiting:
        parts = waiting[:size]
        del waiting[:size]
        while parts:
            for part in parts:
                if part.apart:
                    yield from _send_alone(part)
            parts = yield from _send_together(at, [p for p in parts if not p.done])


def _send_alone(part: Part) -> Steps[None]:
    try:
        response = yield part.call
    except CallError as error:
        part.fail(error)
    else:
        part.settle(response)


def _send_together(at: Location[Any], parts: Sequence[Part]) -> Steps[list[Part]]:
    """Send parts in one request; give those that have to be sent again, or go on."""
    sent: list[Part] = []
    for part in parts:
        if part.may_go(sent):
            sent.append(part)
    if not sent:
        return []
    try:
        answers, outer = yield from _ask(at, sent)
    except CallError as fault:
        for part in sent:
            part.fail(fault)
        raise
    again: list[Part] = []
    longest = 0.0
    for part in sent:
        wait = part.take(*answers.get(part.id, (None, outer)), again)
        if wait is not None:
            again.append(part)
            longest = max(longest, wait)
    if longest:
        yield Wait(longest)
    return again


def _ask(
    at: Location[Any], parts: Sequence[Part]
) -> Steps[tuple[dict[str, tuple[Any, httpx.Response]], httpx.Response]]:
    """Send a batch request: the response object of each part with its answer, by id.

    They come in any order, and may come in several answers, each of which links to the
    next (OData JSON Format 4.01 section 19.5). The last answer is given beside them.
    """
    body = dumps({"requests": [part.wire(parts) for part in parts]})
    first = make_call(at / "$batch", "POST", json_object, JSON, body)
    call: Call[Any] = replace(first, repeat=_is_repeatable(parts))
    found: dict[str, tuple[Any, httpx.Response]] = {}
    seen: set[int] = set()
    outer: httpx.Response = yield call
    with carried_out():
        while True:
            told = json_object(outer)
            responses = told.get("responses")
            if not is_list(responses):
                raise unexpected(outer, "no responses in the answer to a batch")
            found |= {str(r.get("id")): (r, outer) for r in responses if is_object(r)}
            links = map(link_in, map(told.get, _ONWARD))
            link = next(filter(None, links), None)
            onward = following(call, link, at.transport, seen)
            if onward is None:
                return found, outer
            call = onward
            outer = yield call


def _is_repeatable(parts: Sequence[Part]) -> bool | None:
    """Say whether a batch request may be sent twice: if all calls in it may be.

    None: as a POST, that is only where the service surely did nothing.
    """
    if any(part.call.repeat is False for part in parts):
        return False
    return all(part.call.is_repeatable() for part in parts) or None


def _not_sent(request: httpx.Request, cause: CallError | None) -> FailedDependency:
    """Make the error of a call that is not sent, because one before it failed."""
    what = f"not sent, as what it depends on failed ({place_of(request)})"
    error = FailedDependency(what, request=request)
    error.status = 424
    error.__cause__ = cause
    return error
