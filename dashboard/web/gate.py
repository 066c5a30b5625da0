"""Who may ask: every request and every websocket names this server by a name of its own, and comes from its own page.

A page elsewhere can point a name of its own at this machine (DNS rebinding) and then read and write what is served
here as if it were its own; and a browser lets any page open a websocket to anywhere. Both are told by two headers.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.responses import JSONResponse, PlainTextResponse

from dashboard.core.hosts import is_loopback, split_authority
from dashboard.web.front import path_of
from dashboard.web.refusing import refuse

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["Gate", "is_own_machine"]

_MISDIRECTED, _FORBIDDEN = 421, 403
_HEADERS = {"cache-control": "no-store", "cross-origin-resource-policy": "same-origin"}
# What pages of other programs on this machine may read, such as OpenRefine's: it holds nothing of the articles.
_FOR_OWN_MACHINE = "/reconcile"
_FRONTED = b"x-forwarded-host"  # where it is here still, it comes from who is trusted
_PORTS = {"http": "80", "https": "443", "ws": "80", "wss": "443"}

logger = logging.getLogger(__name__)


class Gate:
    """Lets pass what comes under an own name; refuses the rest before anything else sees it.

    Parameters
    ----------
    allowed
        Names and addresses beside those of the loopback, as `split_authority` gives hosts.
    """

    def __init__(self, app: ASGIApp, allowed: Collection[str] = ()) -> None:
        self.app = app
        self.allowed = frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request or a websocket, if it may ask."""
        refused = self._refused(scope) if scope["type"] in ("http", "websocket") else None
        if refused is None:
            await self.app(_as_asked(scope), receive, send)
            return
        status, said = refused
        path = path_of(scope)
        logger.warning("Refused a request for %r: %s", path[:80], said)
        as_json = path.startswith(("/api", _FOR_OWN_MACHINE))
        answer = JSONResponse({"error": said}, status) if as_json else PlainTextResponse(said, status)
        await refuse(scope, receive, send, answer, _HEADERS)

    def _own(self, host: str) -> bool:
        return is_loopback(host) or host in self.allowed

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        """Return status and sentence for what may not ask; None for what may."""
        # A page elsewhere can lie with `X-Forwarded-Host`, though not with `Host`: both must be own names.
        named, fronted = _all(scope, b"host"), _all(scope, _FRONTED)
        hosts = [split_authority(name) for name in (*named, *map(_first, fronted))]
        host = hosts[-1] if len(named) == 1 and len(fronted) <= 1 else None
        if host is None or not all(one and self._own(one[0]) for one in hosts):
            return _MISDIRECTED, (
                "This server answers only under the names of its own machine, such as localhost, "
                "and those given with --allow-host."
            )
        path = path_of(scope)
        shared = scope["type"] == "http" and f"{path}/".startswith(f"{_FOR_OWN_MACHINE}/")
        for origin in _all(scope, b"origin"):
            if shared and is_own_machine(origin):
                continue
            if not _same(origin, host, scope["scheme"], self.allowed):
                return _FORBIDDEN, "This server answers only to its own pages, not to those of other sites."
        return None


def is_own_machine(origin: str) -> bool:
    """Tell whether an origin is a page that this machine itself serves, on whatever port."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    given = split_authority(parts.netloc)
    return parts.scheme in ("http", "https") and given is not None and is_loopback(given[0])


def _first(names: str) -> str:
    """Return the name under which the first of several servers in front was asked."""
    return names.partition(",")[0].strip()


def _as_asked(scope: Scope) -> Scope:
    """Return a request under the name under which a server in front was asked, where that says so."""
    fronted = _all(scope, _FRONTED) if scope["type"] in ("http", "websocket") else []
    if not fronted:
        return scope
    kept = [pair for pair in scope["headers"] if pair[0].lower() != b"host"]
    return {**scope, "headers": [*kept, (b"host", _first(fronted[0]).encode("latin-1"))]}


def _all(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1").strip() for key, value in scope["headers"] if key.lower() == name]


def _same(origin: str, host: tuple[str, str], scheme: str, allowed: Collection[str]) -> bool:
    """Tell whether an origin is the server itself, or stands for a name that the user allowed."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    given = split_authority(parts.netloc)
    if parts.scheme not in ("http", "https") or given is None:
        return False
    if given[0] == host[0]:
        ports = (given[1] or _PORTS[parts.scheme], host[1] or _PORTS.get(scheme, "80"))
        return given[1] == host[1] or ports[0] == ports[1]
    # A server in front of this one, on the same machine, may ask under the loopback's name for a page under its own.
    return given[0] in allowed and is_loopback(host[0])
