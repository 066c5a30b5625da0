"""What a server in front says of a request, and the prefix under which everything stands.

A server in front tells by `X-Forwarded-…` how it was asked itself. Its word counts where it is trusted; from everybody
else these headers are taken away before anything reads them. Host and prefix are looked at further here and in
`dashboard.web.gate`, scheme and address by uvicorn's own middleware.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, cast

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from dashboard.core.hosts import is_within
from dashboard.web.refusing import refuse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["Front", "path_of"]

_PATH = "kharita.path"  # key of the scope
_FORWARDED = b"x-forwarded-"
_MISSING = 404

logger = logging.getLogger(__name__)


def path_of(scope: Scope) -> str:
    """Return the path of a request below the prefix under which everything stands; it begins with a slash."""
    return cast("str", scope.get(_PATH, scope["path"]))


class Front:
    """Takes a server in front at its word where it is trusted; answers nothing that is outside the prefix.

    Parameters
    ----------
    base
        Prefix of every path, as `/maps`; empty for none.
    trusted
        Addresses and networks, joined by commas.
    """

    def __init__(self, app: ASGIApp, base: str = "", trusted: str = "") -> None:
        self.app = cast("ASGIApp", ProxyHeadersMiddleware(cast("Any", app), trusted))
        self.base = base
        self.trusted = trusted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request or a websocket on, as it was meant."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        scope = self._believed(scope)
        below = _below(scope["path"], self.base)
        if below is None:
            logger.warning("Refused a request outside %s", self.base)
            said = PlainTextResponse(f"Everything here stands under {self.base}/.", _MISSING)
            await refuse(scope, receive, send, said, {"cache-control": "no-store"})
            return
        await self.app({**scope, _PATH: below}, receive, send)

    def _believed(self, scope: Scope) -> Scope:
        """Return a request without the word of those who are not trusted, and with a prefix that was taken away."""
        peer = scope.get("client")
        if not peer or not is_within(peer[0], self.trusted):
            kept = [pair for pair in scope["headers"] if not pair[0].lower().startswith(_FORWARDED)]
            return {**scope, "headers": kept}
        taken = Headers(scope=scope).get("x-forwarded-prefix", "").strip().rstrip("/")
        if not self.base or taken != self.base or _below(scope["path"], self.base) is not None:
            return dict(scope)
        raw = scope.get("raw_path")
        return {
            **scope,
            "path": self.base + scope["path"],
            "raw_path": None if raw is None else self.base.encode() + raw,
        }


def _below(path: str, base: str) -> str | None:
    """Return a path without its prefix; None where it is outside."""
    if path == base:
        return "/"
    return path.removeprefix(base) if path.startswith(f"{base}/") else None
