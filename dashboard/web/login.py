"""What a log-in needs before the server starts: a provider, names under which it answers, somebody who administers."""

from __future__ import annotations

import tomllib
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dashboard.core.errors import SettingsError
from dashboard.core.hosts import is_loopback, split_authority

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.core.settings import Settings

__all__ = ["check_login"]

_NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
_PACKAGES = ("authlib", "httpx")  # with which Streamlit talks to the provider
_CALLBACK = "/oauth2callback"
_LEAST_SECRET = 32  # letters of the secret that signs cookies


def check_login(settings: Settings) -> None:
    """Refuse to start a server whose log-in could let nobody in, or anybody.

    Raises
    ------
    SettingsError
        A part of the log-in is missing or makes no sense; the message says which, and what to do.
    """
    if not settings.login:
        return
    if any(find_spec(name) is None for name in _PACKAGES):
        raise SettingsError("A log-in needs more packages. Install them: pip install 'kharita[login]'.")
    file = settings.login_path
    told = _auth_of(file)
    for name in _NEEDED:
        if not isinstance(told.get(name), str) or not told[name]:
            raise SettingsError(
                f"{str(file)!r} lacks {name!r} under [auth]. docs/server.md shows a whole one."
            )
    if len(told["cookie_secret"]) < _LEAST_SECRET:
        raise SettingsError(
            f"The cookie_secret in {str(file)!r} is shorter than {_LEAST_SECRET} letters, so log-ins could be forged. "
            "Make another: python -c 'import secrets; print(secrets.token_urlsafe(48))'."
        )
    _check_redirect(settings, told["redirect_uri"])
    if not settings.access.has_administrator:
        raise SettingsError(
            "Nobody may administer this server yet. Say who: --administrator ADDRESS, or `kharita people add ADDRESS "
            "--role administer`."
        )


def _auth_of(file: Path) -> dict[str, str]:
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8")).get("auth")
    except FileNotFoundError:
        raise SettingsError(
            f"The log-in's file {str(file)!r} is not there. Write it as docs/server.md shows, or name another: "
            "--login-file."
        ) from None
    except (OSError, ValueError) as error:
        raise SettingsError(f"The log-in's file {str(file)!r} can't be read: {error}.") from error
    if not isinstance(told, dict):
        raise SettingsError(f"{str(file)!r} has no part [auth]. docs/server.md shows a whole one.")
    return told


def _check_redirect(settings: Settings, address: str) -> None:
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    host = split_authority(parts.netloc)
    path = settings.base_path + _CALLBACK
    if parts.scheme not in ("http", "https") or host is None or parts.path != path:
        raise SettingsError(
            f"The redirect_uri {address!r} is no address of this server; it is like "
            f"https://maps.newsroom.example{path}."
        )
    if not is_loopback(host[0]) and host[0] not in settings.allowed_hosts:
        raise SettingsError(
            f"The redirect_uri leads to {host[0]!r}, a name under which this server does not answer. Add "
            f"--allow-host {host[0]}."
        )
    if parts.scheme == "http" and not is_loopback(host[0]):
        raise SettingsError(
            f"The redirect_uri {address!r} is not encrypted, so log-ins could be read on the way. Put a server that "
            "encrypts in front (docs/server.md), and write https://."
        )
