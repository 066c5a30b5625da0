"""Who is let in at a server that others reach: bearers of a token.

On one's own machine nobody is asked. Where others reach the server without a log-in, the pages are open to all, as
the command and every page say; what programs ask for needs a token even so.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from dashboard.core.access import Role
from dashboard.core.errors import AccessError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from dashboard.core.settings import Settings

__all__ = ["FOR_PROGRAMS", "Guard", "is_under"]

# What programs ask for, and pages never.
FOR_PROGRAMS = ("/api", "/export", "/reconcile")
_BARE = (
    "This server is open to others, so programs need a token: send it as 'Authorization: Bearer TOKEN'. Whoever runs "
    "the server makes one with `kharita token new --role read`."
)
_WORTHLESS = "This token is unknown or was revoked. Ask whoever runs the server for another."
_UNREADABLE = (
    "Who may come in can't be read on the server, so nobody is let in. Whoever runs it sees why in its log."
)
_UNKNOWN, _BROKEN = 401, 503

logger = logging.getLogger(__name__)


class Guard:
    """Lets pass who may ask for what they ask; refuses others before anything is worked out for them."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, if who asks may."""
        refused = self._refused(scope) if scope["type"] == "http" and self.settings.open_to_others else None
        if refused is None:
            await self.app(scope, receive, send)
            return
        status, said = refused
        headers = {"cache-control": "no-store"}
        if status == _UNKNOWN:
            error = ', error="invalid_token"' if said is _WORTHLESS else ""
            headers["www-authenticate"] = f'Bearer realm="kharita"{error}'
        await JSONResponse({"error": said}, status, headers)(scope, receive, send)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        """Return status and sentence for what may not be asked; None for what may."""
        if not is_under(scope["path"], FOR_PROGRAMS):
            return None
        given = bearer(scope)
        if given is None:
            return _UNKNOWN, _BARE
        try:
            role = self.settings.access.role_of_token(given)
        except AccessError:
            logger.exception("Nobody is let in")
            return _BROKEN, _UNREADABLE
        return None if role is not None and role.covers(Role.READ) else (_UNKNOWN, _WORTHLESS)


def is_under(path: str, roots: tuple[str, ...]) -> bool:
    """Tell whether a path is one of some, or lies under one."""
    return any(path == root or path.startswith(f"{root}/") for root in roots)


def bearer(scope: Scope) -> str | None:
    """Return the token that a request carries; None without one, empty where it is nothing of the kind."""
    given = [value.decode("latin-1") for name, value in scope["headers"] if name.lower() == b"authorization"]
    if not given:
        return None
    scheme, _, text = given[0].strip().partition(" ")
    return text.strip() if len(given) == 1 and scheme.lower() == "bearer" else ""
