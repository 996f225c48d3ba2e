"""A connection to the server of a URL: to an address that may be asked, through the
proxy of the environment where there is one, with the certificate verified."""

from __future__ import annotations

import base64
import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from generator.sources.addresses import Refused, addresses, is_local, permitted

STALL_SECONDS = 20.0
"""How long a server may say nothing."""


@dataclass(frozen=True, slots=True)
class Connection:
    """An open connection; `is_local` tells whether it leads into the own network."""

    http: http.client.HTTPConnection
    is_local: bool

    def begin(self) -> None:
        """Make the connection secure, if it is to be so. Raises OSError, also for a
        certificate that is not good."""
        if isinstance(self.http.sock, ssl.SSLSocket):
            self.http.sock.do_handshake()


class Expired(Exception):
    """A connection was used for longer than it may be."""


def connect(parts: SplitResult, *, local: bool) -> Connection:
    """Connect to the host of an http or https URL.

    Raises Refused for an address that must not be asked, and OSError or HTTPException
    for a connection that does not come about.
    """
    host, is_secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if is_secure else 80)
    if not is_secure and not _is_local(host, port):
        raise Refused(f"{host} is not asked without encryption")
    proxy = getproxies().get(parts.scheme, "")
    if proxy and not proxy_bypass(host) and not (local and _is_local(host, port)):
        with suppress(OSError):  # a name that only the proxy knows
            permitted(host, addresses(host, port), local=local)
        opened = _through(proxy, host, port)
        leads_home = False
    else:
        found = permitted(host, addresses(host, port), local=local)
        leads_home = all(map(is_local, found))
        opened = http.client.HTTPConnection(host, port, timeout=STALL_SECONDS)
        opened.sock = _dial(found, port)
    if is_secure:
        # The certificate is for the name, whatever the address.
        opened.sock = ssl.create_default_context().wrap_socket(
            opened.sock, server_hostname=host, do_handshake_on_connect=False
        )
    return Connection(opened, leads_home)


def _is_local(host: str, port: int) -> bool:
    try:
        return all(map(is_local, addresses(host, port)))
    except OSError:
        return False


def _dial(found: list[str], port: int) -> socket.socket:
    """Connect to the first address that answers."""
    for address in found[:-1]:
        with suppress(OSError):
            return socket.create_connection((address, port), STALL_SECONDS)
    return socket.create_connection((found[-1], port), STALL_SECONDS)


def _through(proxy: str, host: str, port: int) -> http.client.HTTPConnection:
    """Connect to a host by way of a proxy (RFC 9110 section 9.3.6)."""
    parts = urlsplit(proxy if "//" in proxy else f"//{proxy}")
    opened = http.client.HTTPConnection(
        parts.hostname or "", parts.port or 80, timeout=STALL_SECONDS
    )
    headers = {}
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        code = base64.b64encode(pair.encode()).decode()
        headers["Proxy-Authorization"] = f"Basic {code}"
    opened.set_tunnel(host, port, headers)
    opened.connect()
    return opened


@contextmanager
def within(seconds: float, connection: http.client.HTTPConnection) -> Iterator[None]:
    """Break a connection that is used for longer than some seconds, so that a server
    cannot hold it by saying a little now and then. Raises Expired then."""
    expired = False

    def expire() -> None:
        nonlocal expired
        expired = True
        with suppress(OSError):
            # not that of an SSLSocket, which would turn the rest into plain text
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)

    timer = Timer(max(seconds, 0), expire)
    timer.daemon = True
    timer.start()
    try:
        yield
    except Exception as error:
        if expired:
            raise Expired from error
        raise
    finally:
        timer.cancel()
    if expired:
        raise Expired
