"""Starts the dashboard."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

from dashboard.core.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.core.settings import Settings

__all__ = ["address_of", "command", "environment", "serve"]

_PATIENCE_S = 60.0
_STEP_S = 0.1
_ANY_HOST = ("", "0.0.0.0", "::")  # noqa: S104 - compared with, not bound to


def address_of(settings: Settings) -> str:
    """Return the address under which a browser on this machine finds the dashboard."""
    host = "localhost" if settings.host in (*_ANY_HOST, "127.0.0.1") else settings.host
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


def command(settings: Settings) -> list[str]:
    """Return the command that starts the server: no telemetry, no error details, no big uploads."""
    options = {
        "server.address": settings.host,
        "server.port": str(settings.port),
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "server.maxUploadSize": "5",
        "browser.gatherUsageStats": "false",
        "client.showErrorDetails": "none",
        "client.toolbarMode": "minimal",
        "logger.level": "warning",
        "logger.hideWelcomeMessage": "true",
    }
    entry = Path(__file__).resolve().parent.parent / "app.py"
    flags = [part for name, value in options.items() for part in (f"--{name}", value)]
    return [sys.executable, "-m", "streamlit", "run", str(entry), *flags]


def environment(settings: Settings) -> dict[str, str]:
    """Return the environment in which the page finds the same settings."""
    own = {
        "KHARITA_STORE": settings.store_url,
        "KHARITA_HOST": settings.host,
        "KHARITA_CACHE": str(settings.cache),
        "KHARITA_USER_DATA": str(settings.user_data),
        "KHARITA_TILES": settings.tiles,
        "KHARITA_TILES_ATTRIBUTION": settings.tiles_attribution,
        "KHARITA_NOMINATIM": settings.nominatim,
    }
    return {**os.environ, **own}


def _has_display() -> bool:
    return sys.platform in ("win32", "darwin") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/healthz", timeout=2) as answer:  # noqa: S310 - an address of our own making
            return bool(answer.status == 200)  # noqa: PLR2004 - HTTP's "OK"
    except (URLError, OSError):
        return False


def _check_port(settings: Settings) -> None:
    host = "127.0.0.1" if settings.host in _ANY_HOST else settings.host
    try:
        socket.create_connection((host, settings.port), timeout=1).close()
    except OSError:
        return  # nobody answers
    raise SettingsError(f"Port {settings.port} is in use. Stop what listens there, or give another: --port.")


def _stop_on_request() -> None:
    """Let a request to end this process end the server too, as Ctrl+C does."""

    def stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, stop)


def serve(
    settings: Settings,
    say: Callable[[str], None],
    *,
    prepare: Callable[[], None] | None = None,
    browser: bool = True,
) -> int:
    """Serve the dashboard until it is stopped.

    Parameters
    ----------
    say
        Told the address once the server answers.
    prepare
        Done while the server starts, before the address is told; when it fails, the server ends.
    browser
        Whether to open a browser there, if this machine has a display.

    Returns
    -------
    status
        Exit status of the server; 0 when the user stopped it.

    Raises
    ------
    SettingsError
        Another program listens on the port.
    """
    address = address_of(settings)
    _check_port(settings)
    _stop_on_request()
    with subprocess.Popen(command(settings), env=environment(settings)) as process:  # noqa: S603 - our own command
        try:
            if prepare is not None:
                prepare()
            waited = 0.0
            while waited < _PATIENCE_S and not _answers(address):
                try:
                    return process.wait(_STEP_S)  # it ended early, and has said why
                except subprocess.TimeoutExpired:
                    waited += _STEP_S
            say(address)
            if browser and _has_display():
                webbrowser.open(address)
            return process.wait()
        except KeyboardInterrupt:
            return 0
        finally:
            process.terminate()
