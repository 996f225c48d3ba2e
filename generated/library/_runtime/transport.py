"""The sync transport: sends a call, waits, sends it again, reads the answer.

`attempts` decides; this module owns the httpx client and asks the credential of a
`SyncClient`.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

import httpx

from .attempts import Attempts, sending
from .auth import AsyncBearer, Bearer, Credential, bearer
from .errors import carried_out
from .exchange import Call, Exchanger, Settings
from .retry import Retry

if TYPE_CHECKING:
    from .security import Keyring

T = TypeVar("T")

PATIENCE = httpx.Timeout(30.0, connect=10.0)
"""The timeout where neither the caller nor the caller's httpx client says one."""


class Transport(Exchanger):
    """Sends calls through one httpx client, which is made when it is first needed.

    `http` is the caller's own httpx client, or an httpx transport for the one that is
    made here; both stay the caller's to close. Any number of threads may send at once.
    `keyring` knows the credential of each call where the service has several.
    """

    def __init__(
        self,
        settings: Settings,
        http: httpx.Client | httpx.BaseTransport | None,
        credential: Credential,
        scopes: tuple[str, ...],
        keyring: Keyring[str] | None = None,
    ) -> None:
        super().__init__(settings)
        self._http = http if isinstance(http, httpx.Client) else None
        self._carrier = None if isinstance(http, httpx.Client) else http
        self._ours = http is None
        self._closed = False
        self._lock = Lock()
        self._keyring = keyring
        source = None if keyring else bearer(credential, scopes)
        self._standing = [] if source is None else [source]
        self._auth = request_auth(credential)

    def send(self, call: Call[T]) -> T:
        """Send a call and give what its answer says. Raises CallError."""
        return self.result(call, self.respond(call))

    def result(self, call: Call[T], response: httpx.Response) -> T:
        """Give what the answer to a call says, if need be by another call."""
        if call.follow is not None:
            with carried_out():
                onward = call.follow(response)
                if onward is not None:
                    return self.send(onward)
        return call.read(response)

    def respond(self, call: Call[Any], *, whole: bool = True) -> httpx.Response:
        """Send a call and give its answer of success, read unless `whole` is False.

        Raises CallError.
        """
        http = self._http or self._make()
        attempts = Attempts(self, call, self.request(http, call), self._auth)
        while True:
            response: httpx.Response | None = None
            try:
                response = self._attempt(http, attempts)
                if whole or response.status_code >= 300:
                    response.read()
            except httpx.RequestError as fault:
                if response is not None:
                    response.close()
                wait = attempts.failed(fault, response)
            else:
                if self._renews(attempts, response):
                    continue
                again = attempts.answered(response)
                if again is None:
                    return response
                wait = again
            if wait:
                self.pause(wait, call.options.retry)

    def prepared(self, call: Call[Any]) -> httpx.Request:
        """Give the request of a call as it would be sent, without the credential."""
        return self.request(self._http or self._make(), call)

    def pause(self, seconds: float, retry: Retry | None = None) -> None:
        """Wait, as the client's `retry` or another one says how."""
        sleep = (retry or self.retry).sleep
        (time.sleep if sleep is None else sleep)(seconds)

    def close(self) -> None:
        """End all sending, and close the httpx client if it was made here."""
        with self._lock:
            http, self._http, self._closed = self._http, None, True
        if http is not None and self._ours:
            http.close()

    def _attempt(self, http: httpx.Client, attempts: Attempts) -> httpx.Response:
        request = attempts.begins()
        if attempts.at_home:
            for source in self._sources(attempts.call):
                source.put(request, source.header())
        if self.on_request is not None:
            self.on_request(request)
        with sending(request):
            response = http.send(
                request, auth=attempts.auth, stream=True, follow_redirects=False
            )
        if self.on_response is not None:
            try:
                self.on_response(response)
            except BaseException:
                response.close()
                raise
        return attempts.begun(response)

    def _sources(self, call: Call[Any]) -> Sequence[Bearer]:
        """Give the credentials that a call carries."""
        keyring = self._keyring
        return self._standing if keyring is None else keyring.sources(call)

    def _renews(self, attempts: Attempts, response: httpx.Response) -> bool:
        return attempts.may_renew(response) and is_renewable(
            self._sources(attempts.call), response
        )

    def _make(self) -> httpx.Client:
        """Make the httpx client late: its TLS setup takes longer than all the rest."""
        with self._lock:
            if self._closed:
                raise RuntimeError("the client is closed")
            if self._http is None:
                self._http = httpx.Client(transport=self._carrier, timeout=PATIENCE)
            return self._http


def request_auth(credential: object) -> Any:
    """Give httpx's `auth`: the caller's, that of the caller's httpx client, or none."""
    if isinstance(credential, httpx.Auth):
        return credential
    return httpx.USE_CLIENT_DEFAULT if credential is None else None


def only_one(http_client: Any, transport: Any) -> Any:
    """Give the one of the two that there is. Raises ValueError if there are both."""
    if http_client is not None and transport is not None:
        raise ValueError("give http_client= or transport=, not both")
    return transport if http_client is None else http_client


def is_renewable(
    sources: Sequence[Bearer | AsyncBearer], response: httpx.Response
) -> bool:
    """Tell the sources of tokens that the service refused them; say if one has others."""
    sent = response.request.headers.get("authorization", "")
    challenge = response.headers.get("www-authenticate", "")
    return any([source.refused(sent, challenge) for source in sources])
