"""Which addresses may be asked: those of the public network, unless the user says that
a server is local.

A description may come from a server that redirects to where only this machine can reach.
The names are resolved here, and the connection is made to the address that was judged,
so that a second answer of the name server changes nothing.
"""

from __future__ import annotations

import ipaddress
import socket

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Refused(Exception):
    """An address that must not be asked."""


def addresses(host: str, port: int) -> list[str]:
    """Give the addresses of a host, each once, in the order to try them in.

    Raises OSError if there are none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def is_local(address: str) -> bool:
    """Tell whether an address is not one of the public network: loopback, private,
    link-local, shared, multicast, reserved or unspecified."""
    found: Address = ipaddress.ip_address(address.partition("%")[0])
    inner = _embedded(found)
    if inner is not None:
        return is_local(str(inner))
    return not found.is_global or found.is_multicast or found.is_reserved


def _embedded(address: Address) -> ipaddress.IPv4Address | None:
    """Give the IPv4 address that an IPv6 address stands for (RFC 4291 section 2.5.5,
    RFC 3056, RFC 6052)."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def permitted(host: str, found: list[str], *, local: bool) -> list[str]:
    """Give the addresses of a host that may be asked.

    Raises Refused if there is none: all are local and `local` is false.
    """
    allowed = [each for each in found if local or not is_local(each)]
    if not allowed:
        raise Refused(
            f"{host} is an address of this machine or of its own network; set "
            "allow_local (--allow-local) for a URL that is meant to name one"
        )
    return allowed
