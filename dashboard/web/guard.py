"""Who is let in at a server that others reach: people who logged in, bearers of a token.

On one's own machine nobody is asked. Where a log-in is required, everything is closed but what leads to it: the frame
of the page, its fixed files, and the page's websocket, over which a stranger is shown the way in and nothing else (see
`dashboard.ui.parts.visitor`). Where others reach the server without a log-in, the pages are open to all, as the command
and every page say; what programs ask for needs a token even so.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, PlainTextResponse

from dashboard.core.access import Role
from dashboard.core.errors import AccessError
from dashboard.web.front import path_of
from dashboard.web.refusing import refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.types import ASGIApp, Receive, Scope, Send

    from dashboard.core.settings import Settings

    Identify = Callable[[Mapping[str, str]], str]

__all__ = ["FOR_PROGRAMS", "Guard", "bearer", "is_under", "nobody", "vouched_address"]

# What programs ask for, and pages never.
FOR_PROGRAMS = ("/api", "/export", "/reconcile")
# What leads to the log-in. All else is closed until somebody has logged in, what is added later too.
_ENTRANCE = frozenset(
    (
        "/", "/index.html", "/favicon.png", "/favicon.ico", "/manifest.json", "/healthz", "/_stcore/health",
        "/_stcore/host-config", "/auth/login", "/auth/logout", "/oauth2callback",
    )
)  # fmt: skip
_FIXED_FILES = ("/static", "/assets", "/component", "/_stcore/bidi-components")
_METRICS = "/metrics"
_SOCKET = "/_stcore/stream"
_UPLOADS = "/_stcore/upload_file"
_BARE = (
    "This server is open to others, so programs need a token: send it as 'Authorization: Bearer TOKEN'. Whoever runs "
    "the server makes one with `kharita token new --role read`."
)
_STRANGER = (
    "This server answers only who has logged in: open its page, or send a token as 'Authorization: Bearer TOKEN'. "
    "Whoever runs the server makes one with `kharita token new --role read`."
)
_WORTHLESS = "This token is unknown or was revoked. Ask whoever runs the server for another."
_NOT_LISTED = "You have logged in, but may not do this here. Ask whoever administers this server."
_UNREADABLE = (
    "Who may come in can't be read on the server, so nobody is let in. Whoever runs it sees why in its log."
)
_UNKNOWN, _FORBIDDEN, _BROKEN = 401, 403, 503

logger = logging.getLogger(__name__)


def nobody(cookies: Mapping[str, str]) -> str:  # noqa: ARG001 - the signature of what identifies
    """Know nobody: for a server without a log-in."""
    return ""


def vouched_address(claims: Mapping[str, object]) -> str:
    """Return the address that a provider of log-ins vouches for; empty when there is none.

    One that the provider says it has not verified is none: anybody may have typed it.
    """
    address, verified = claims.get("email"), claims.get("email_verified", True)
    if claims.get("is_logged_in") is not True or not isinstance(address, str):
        return ""
    return address.strip() if verified is True or str(verified).lower() == "true" else ""


class Guard:
    """Lets pass who may ask for what they ask; refuses others before anything is worked out for them.

    Parameters
    ----------
    identify
        Returns the address of who sends these cookies, as the provider of the log-in vouched for it; empty for nobody.
    """

    def __init__(self, app: ASGIApp, settings: Settings, identify: Identify = nobody) -> None:
        self.app = app
        self.settings = settings
        self.identify = identify

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request or a websocket, if who asks may."""
        refused = self._refused(scope) if scope["type"] in ("http", "websocket") else None
        if refused is None:
            await self.app(scope, receive, send)
            return
        status, said = refused
        headers = {"cache-control": "no-store"}
        if status == _UNKNOWN:
            error = ', error="invalid_token"' if said is _WORTHLESS else ""
            headers["www-authenticate"] = f'Bearer realm="kharita"{error}'
        as_json = is_under(path_of(scope), FOR_PROGRAMS)
        answer = JSONResponse({"error": said}, status) if as_json else PlainTextResponse(said, status)
        await refuse(scope, receive, send, answer, headers)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        """Return status and sentence for what may not be asked; None for what may."""
        wanted = self._wanted(scope)
        if wanted is None:
            return None
        try:
            return self._weighed(scope, wanted)
        except AccessError:
            logger.exception("Nobody is let in")
            return _BROKEN, _UNREADABLE

    def _wanted(self, scope: Scope) -> Role | None:
        """Return the role that a request needs; None for what everybody may ask."""
        path = path_of(scope)
        if not self.settings.shared:
            return None
        if path == _METRICS:
            return Role.ADMINISTER
        if not self.settings.login:
            return Role.READ if is_under(path, FOR_PROGRAMS) else None
        if scope["type"] == "websocket":
            return None if path == _SOCKET else Role.ADMINISTER
        if path in _ENTRANCE or is_under(path, _FIXED_FILES):
            return None
        return Role.CORRECT if is_under(path, (_UPLOADS,)) else Role.READ

    def _weighed(self, scope: Scope, wanted: Role) -> tuple[int, str] | None:
        access = self.settings.access
        given = bearer(scope)
        if given is not None:
            role = access.role_of_token(given)
            if role is None:
                return _UNKNOWN, _WORTHLESS
            if path_of(scope) == _METRICS:  # it tells counts: a program that gathers them need not do more
                wanted = Role.READ
        elif self.settings.login:
            address = self.identify(HTTPConnection(scope).cookies)
            if not address:
                return _UNKNOWN, _STRANGER
            role = access.role_of(address)
        else:
            return _UNKNOWN, _BARE
        return None if role is not None and role.covers(wanted) else (_FORBIDDEN, _NOT_LISTED)


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
