"""Names and addresses of machines: which of them mean this one, and how a request names its server."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache

__all__ = ["ANY_HOST", "is_loopback", "is_within", "split_authority"]

ANY_HOST = ("0.0.0.0", "::")  # noqa: S104 - compared with, not bound to
_AUTHORITY = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^\s:/@\[\]\\?#]+)(?::(\d{1,5}))?\Z")


def _plain(host: str) -> str:
    """Return a host in its one form: small letters, no brackets, no closing dot, addresses as Python writes them."""
    host = host.strip("[]").rstrip(".").lower()
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return host


def is_loopback(host: str) -> bool:
    """Tell whether a name or address means this machine to itself, and to nobody else."""
    host = _plain(host)
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_within(address: str, networks: str) -> bool:
    """Tell whether an address is one of some addresses and networks, joined by commas."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in _networks(networks))


@lru_cache(maxsize=16)
def _networks(named: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    items = (item.strip() for item in named.split(","))
    return tuple(ipaddress.ip_network(item, strict=False) for item in items if item)


def split_authority(authority: str) -> tuple[str, str] | None:
    """Return host and port of `host`, `host:port` or `[address]:port`; the port is empty where none is named.

    None is what is nothing of the kind: a user name before an `@`, a path, a space.
    """
    found = _AUTHORITY.match(authority)
    return (_plain(found[1]), found[2] or "") if found else None
