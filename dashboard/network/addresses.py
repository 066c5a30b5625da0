"""Which machines may be asked: those with public addresses, and none of one's own network.

A page, a feed or a redirect may name any host, and a host's name may lead to any address. So the addresses
are what is looked at, all of them, and the connection is made to one that was looked at.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING

from dashboard.network.refusals import Unfetched

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Resolver = Callable[[str, int], Sequence[str]]

__all__ = ["allowed_addresses", "ask_system", "is_public"]

# Not of the internet, whatever a version of the library says: protocols' own, and the relays of 6to4; inside of
# a NAT64, Teredo and 6to4, which lead to an IPv4 address; and where Azure's machines ask who they are.
_INSIDE = tuple(
    ip_network(one)
    for one in (
        "192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "64:ff9b:1::/48", "2001::/23", "2002::/16",
    )
)  # fmt: skip
_NAT64 = IPv6Network("64:ff9b::/96")  # a network without IPv4 writes the addresses of the others so


def ask_system(host: str, port: int) -> list[str]:
    """Return the addresses of a host, in the order in which the system would try them.

    Raises
    ------
    OSError
        There is no such host, or nobody can be asked.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(item[4][0]) for item in found))


def is_public(address: str) -> bool:
    """Tell whether an address is one of the internet, and not of this machine, this network or none at all."""
    try:
        found = _inner(ip_address(address))
    except ValueError:  # with a zone behind it, as addresses of one wire have
        return False
    if any(found in inside for inside in _INSIDE):
        return False
    odd = (
        found.is_private
        or found.is_loopback
        or found.is_link_local
        or found.is_multicast
        or found.is_reserved
        or found.is_unspecified
        or getattr(found, "is_site_local", False)
    )
    return found.is_global and not odd


def _inner(found: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 address only wraps."""
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return found.ipv4_mapped
        if found in _NAT64:
            return IPv4Address(int(found) & 0xFFFFFFFF)
    return found


def allowed_addresses(host: str, port: int, resolve: Resolver, *, loopback: bool = False) -> tuple[str, ...]:
    """Return the addresses of a host, asked for once, if each of them may be connected to.

    Parameters
    ----------
    loopback
        Whether this machine may be asked, too: for tests with servers of their own.

    Raises
    ------
    Unfetched
        There is no such host, or one of its addresses is not public.
    """
    try:
        found = tuple(resolve(host, port))
    except (OSError, UnicodeError) as error:
        raise Unfetched("net_unknown", host=host) from error
    if not found:
        raise Unfetched("net_unknown", host=host)
    for address in found:
        if not is_public(address) and not (loopback and _is_loopback(address)):
            raise Unfetched("net_private", host=host, address=address)
    return found


def _is_loopback(address: str) -> bool:
    try:
        return _inner(ip_address(address)).is_loopback
    except ValueError:
        return False
