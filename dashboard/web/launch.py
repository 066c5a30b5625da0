"""Starts the dashboard."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import webbrowser
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

from dashboard.core.errors import SettingsError
from dashboard.core.hosts import ANY_HOST, is_loopback
from dashboard.web.watching import GRACE_S, WATCHED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dashboard.core.settings import Settings

__all__ = [
    "MAX_UPLOAD_MB",
    "address_of",
    "check_host",
    "command",
    "environment",
    "serve",
    "stop_on_request",
    "warning_of",
]

MAX_UPLOAD_MB = 200  # of one file that is dropped on the page
_PATIENCE_S = 60.0
_STEP_S = 0.1


def address_of(settings: Settings) -> str:
    """Return the address under which a browser on this machine finds the dashboard."""
    host = "localhost" if settings.host in (*ANY_HOST, "127.0.0.1") else settings.host
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}{settings.base_path}"


def command(settings: Settings) -> list[str]:
    """Return the command that starts the server: no telemetry, no error details, uploads that memory bears."""
    options = {
        "server.address": settings.host,
        "server.port": str(settings.port),
        "server.baseUrlPath": settings.base_path,
        "server.headless": "true",
        "server.fileWatcherType": "none",
        # Python frees by itself what is left; to look through everything after each run stops all others meanwhile
        "runner.postScriptGC": "false",
        "server.maxUploadSize": str(MAX_UPLOAD_MB),
        "browser.gatherUsageStats": "false",
        "client.showErrorDetails": "none",
        "client.toolbarMode": "minimal",
        "logger.level": "warning",
        "logger.hideWelcomeMessage": "true",
    }
    if settings.login:
        options["secrets.files"] = str(settings.login_path.absolute())
    entry = Path(__file__).resolve().parent.parent / "app.py"
    flags = [part for name, value in options.items() for part in (f"--{name}", value)]
    return [sys.executable, "-m", "streamlit", "run", str(entry), *flags]


def environment(settings: Settings) -> dict[str, str]:
    """Return the environment in which the page finds the same settings."""
    own = {
        "KHARITA_STORE": settings.store,
        "KHARITA_COLLECTION": settings.collection,
        "KHARITA_HOST": settings.host,
        "KHARITA_INSECURE": str(settings.insecure).lower(),
        "KHARITA_LOGIN": str(settings.login).lower(),
        "KHARITA_LOGIN_FILE": settings.login_file and str(settings.login_path.absolute()),
        "KHARITA_LOG": settings.log,
        "KHARITA_TRUSTED_PROXIES": settings.trusted_proxies,
        "FORWARDED_ALLOW_IPS": "",  # uvicorn's own: `Front` asks first who has sent a request
        "KHARITA_BASE_PATH": settings.base_path,
        "KHARITA_ALLOW_HOST": settings.allow_host,
        "KHARITA_CACHE": str(settings.cache),
        "KHARITA_USER_DATA": str(settings.user_data),
        "KHARITA_TILES": settings.tiles,
        "KHARITA_TILES_ATTRIBUTION": settings.tiles_attribution,
        "KHARITA_BASEMAP": settings.basemap and str(Path(settings.basemap).absolute()),
        "KHARITA_NOMINATIM": settings.nominatim,
        "KHARITA_CONTACT": settings.contact,
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


def check_host(settings: Settings) -> None:
    """Refuse to listen where others reach the dashboard, unless the user has said so.

    Raises
    ------
    SettingsError
        The host is none of this machine's, or others reach it and neither `login` nor `insecure` is set.
    """
    try:
        found = {item[4][0] for item in socket.getaddrinfo(settings.host, None, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise SettingsError(
            f"The host {settings.host!r} is not known. Give an address of this machine, such as 127.0.0.1."
        ) from error
    alone = all(is_loopback(str(address).partition("%")[0]) for address in found)
    if not alone and not settings.insecure and not settings.login:
        raise SettingsError(
            f"Others could reach the dashboard at {settings.host!r}, and there is no log-in: whoever does could "
            "read and change everything. Leave --host out, ask for a log-in with --require-login (docs/server.md), or "
            "add --insecure if that is what you want."
        )


def warning_of(settings: Settings) -> str:
    """Return what is open to whom; empty while only this machine reaches the dashboard."""
    if not settings.open_to_others:
        return ""
    where = "every address of this machine" if settings.host in ANY_HOST else settings.host
    names = ", ".join(["localhost", *sorted(settings.allowed_hosts)])
    if settings.login:
        return (
            f"OPEN TO OTHERS who log in: port {settings.port} at {where} answers those on the list of `kharita people "
            "list`, and bearers of a token. Nothing is encrypted on the way: put a server that encrypts in front.\n"
            f"It answers under these names only: {names}. More of them: --allow-host NAME."
        )
    return (
        f"OPEN TO OTHERS: there is no log-in. Whoever reaches port {settings.port} at {where} can read every "
        "article, and correct, add and delete what is kept here. Nothing is encrypted on the way.\n"
        "Programs that ask /api or /reconcile need a token: kharita token new --role read.\n"
        f"It answers under these names only: {names}. More of them: --allow-host NAME."
    )


def _check_port(settings: Settings) -> None:
    host = "127.0.0.1" if settings.host in ANY_HOST else settings.host
    try:
        socket.create_connection((host, settings.port), timeout=1).close()
    except OSError:
        return  # nobody answers
    raise SettingsError(f"Port {settings.port} is in use. Stop what listens there, or give another: --port.")


@contextmanager
def stop_on_request() -> Iterator[None]:
    """Let Ctrl+C, a kill and a closed terminal end this process in order, and the server with it."""

    def stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = {}
    if threading.current_thread() is threading.main_thread():
        known = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
        before = {number: signal.signal(number, stop) for number in known}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the server and what it has started; one that does not listen is killed."""
    process.terminate()
    try:
        process.wait(GRACE_S)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        process.kill()
    if sys.platform != "win32":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # what is left of its children


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
        Another program listens on the port, or others could reach the dashboard.
    """
    address = address_of(settings)
    check_host(settings)
    _check_port(settings)
    watched = {**environment(settings), WATCHED: "1"}
    # A group of its own: what the terminal sends goes to this process, which ends the server in order.
    with (
        stop_on_request(),
        subprocess.Popen(  # noqa: S603 - our own command
            command(settings), env=watched, stdin=subprocess.PIPE, start_new_session=True
        ) as process,
    ):
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
            _end(process)
