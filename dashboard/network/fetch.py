"""Asks one address, once a user wants it: checked, bounded, polite, and with one sentence for each failure."""

from __future__ import annotations

import contextlib
import re
import threading
import time
from dataclasses import dataclass, field
from queue import Empty, Queue
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    LocationParseError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.util import Url, parse_url

from dashboard import __version__
from dashboard.core.links import safe_url
from dashboard.network.addresses import allowed_addresses, ask_system
from dashboard.network.body import PACKINGS, read_body
from dashboard.network.manners import AGENT, Pauses, Robots, busy, wait_asked
from dashboard.network.refusals import Unfetched
from dashboard.network.wire import Deadline, make_pool, make_tls

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Mapping

    from urllib3 import BaseHTTPResponse

    from dashboard.network.addresses import Resolver

__all__ = ["MAX_BYTES", "MAX_REDIRECTS", "Answer", "Fetcher", "user_agent"]

MAX_BYTES = 20 * 1024 * 1024  # of an answer, packed and unpacked
MAX_REDIRECTS = 5
SECONDS = 60.0  # for one answer, from the name to the last byte
_MAX_ROBOTS = 512 * 1024  # bytes; RFC 9309 asks to read 500 KiB
_BUSY_S = 900.0  # that a busy host is left alone which does not say how long
_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml,*/*;q=0.5"
_LANGUAGES = "ar,en;q=0.8,fr;q=0.7,*;q=0.5"
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
_NOT_CHANGED, _TOO_MANY, _UNAVAILABLE = 304, 429, 503
_MOVED = frozenset({301, 302, 303, 307, 308})
_GOOD, _CLIENT, _SERVER = range(200, 300), range(400, 500), range(500, 600)


def user_agent(contact: str = "") -> str:
    """Return what we call ourselves: the program, its version, and where its user can be found if he says so."""
    return (
        f"{AGENT}/{__version__} (+{contact})" if contact else f"{AGENT}/{__version__} (reader of news feeds)"
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave.

    Attributes
    ----------
    url
        Where it stands in the end, behind all redirects.
    media_type, charset
        As the server says; empty where it says nothing.
    etag, modified
        By which the server can tell later whether it has changed.
    unchanged
        True when it has not changed since; `data` is empty then.
    """

    url: str
    data: bytes = b""
    media_type: str = ""
    charset: str = ""
    etag: str = ""
    modified: str = ""
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """One answer of one server: its status and where it leads, or what it gave."""

    status: int
    reason: str = ""
    location: str = ""
    wait: str | None = None
    answer: Answer | None = None


@dataclass(slots=True)
class Fetcher:
    """Asks addresses of the internet; usable from several threads.

    Attributes
    ----------
    agent
        What it calls itself.
    loopback
        Whether it may ask this machine, too: for tests with servers of their own, and for nothing else.
    resolve
        Gives the addresses of a host; asked once a request.
    seconds
        That one answer may take.
    """

    agent: str = field(default_factory=user_agent)
    loopback: bool = False
    resolve: Resolver = ask_system
    seconds: float = SECONDS
    limit: int = MAX_BYTES
    pauses: Pauses = field(default_factory=Pauses)
    clock: Callable[[], float] = time.monotonic
    _robots: Robots = field(init=False)
    _tls: ssl.SSLContext | None = None
    _open: set[Deadline] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _closed: bool = False

    def __post_init__(self) -> None:
        """Ask for robots.txt through itself."""
        self._robots = Robots(self._read_robots, self.clock)

    def close(self) -> None:
        """Break off what is asked just now, and ask nothing more."""
        with self._lock:
            self._closed = True
            at_work = list(self._open)
        for deadline in at_work:
            deadline.cut()

    def fetch(self, url: str, *, etag: str = "", modified: str = "") -> Answer:
        """Ask an address as a polite guest.

        Parameters
        ----------
        etag, modified
            Of an earlier answer; where nothing has changed since, the new one says only that.

        Raises
        ------
        Unfetched
            It gives nothing; the message says why.
        """
        asked = {"If-None-Match": etag, "If-Modified-Since": modified}

        def before(address: str, host: str) -> None:
            self.pauses.wait(host, self._robots.delay_s(address))

        said = self._follow(url, {name: value for name, value in asked.items() if value}, before)
        assert said.answer is not None  # noqa: S101 - `_follow` raises for all else
        return said.answer

    def _read_robots(self, url: str) -> str | None:
        """Return a robots.txt; None when the host has none."""

        def before(_address: str, _host: str) -> None:
            return

        try:
            said = self._follow(url, {}, before, cut=_MAX_ROBOTS)
        except Unfetched as why:
            if why.code in ("net_status", "net_redirects", "net_packed"):
                return None
            raise
        return said.answer.data.decode("utf-8", "replace") if said.answer else None

    def _follow(
        self,
        url: str,
        headers: Mapping[str, str],
        before: Callable[[str, str], None],
        cut: int = 0,
    ) -> _Said:
        """Ask an address and those that it leads to, each checked anew, until one answers."""
        first = _read_url(url)
        at = first
        for _ in range(MAX_REDIRECTS + 1):
            before(at.url, at.host or "")
            said = self._ask(at, headers if at.netloc == first.netloc else {}, cut)
            if said.answer is not None:
                return said
            if said.status not in _MOVED:
                raise self._no_answer(at.host or "", said)
            at = _read_url(_joined(at.url, said.location))
        raise Unfetched("net_redirects", host=first.host, limit=MAX_REDIRECTS)

    def _no_answer(self, host: str, said: _Said) -> Unfetched:
        if said.status in (_TOO_MANY, _UNAVAILABLE):
            wait_s = wait_asked(said.wait, _BUSY_S)
            self.pauses.stay_away(host, wait_s)
            return busy(host, wait_s)
        code = "net_trouble" if said.status in _SERVER else "net_status"
        return Unfetched(code, host=host, status=f"{said.status} {said.reason}".strip())

    def _ask(self, url: Url, headers: Mapping[str, str], cut: int) -> _Said:
        """Ask one address of one host, with all limits."""
        host = url.host or ""
        with Deadline(self.seconds) as deadline:
            with self._lock:
                if self._closed:
                    raise Unfetched("net_stopped")
                self._open.add(deadline)
            try:
                said = self._ask_until(url, headers, cut, deadline)
                if deadline.over:  # what was cut off may look like the end of an answer
                    raise self._why(TimeoutError(), host, deadline)
            except (HTTPError, OSError, ValueError) as error:
                if isinstance(error, Unfetched) and not deadline.over:
                    raise
                raise self._why(error, host, deadline) from error
            finally:
                with self._lock:
                    self._open.discard(deadline)
        return said

    def _ask_until(self, url: Url, headers: Mapping[str, str], cut: int, deadline: Deadline) -> _Said:
        port = url.port or (443 if url.scheme == "https" else 80)
        addresses = self._addresses((url.host or "").strip("[]"), port, deadline)
        self._tls = self._tls or make_tls()
        with make_pool(url, addresses, deadline, self._tls) as pool:
            own = {
                "User-Agent": self.agent,
                "Accept": _ACCEPT,
                "Accept-Language": _LANGUAGES,
                "Accept-Encoding": PACKINGS,
                "Connection": "close",
            }
            answer = pool.urlopen(
                "GET",
                url.request_uri,
                headers={**own, **headers},
                redirect=False,
                retries=False,
                preload_content=False,
                decode_content=False,
            )
            try:
                return self._said(url, answer, cut)
            finally:
                answer.close()

    def _addresses(self, host: str, port: int, deadline: Deadline) -> tuple[str, ...]:
        """Return the addresses of a host; the system may take its time to find them, and we don't."""
        found: Queue[tuple[str, ...] | Exception] = Queue()

        def look() -> None:
            try:
                found.put(allowed_addresses(host, port, self.resolve, loopback=self.loopback))
            except Exception as error:  # noqa: BLE001 - raised again where it is waited for
                found.put(error)

        threading.Thread(target=look, name="kharita-resolve", daemon=True).start()
        try:
            addresses = found.get(timeout=deadline.left_s)
        except Empty as error:
            raise Unfetched("net_slow", host=host, seconds=round(deadline.seconds)) from error
        if isinstance(addresses, Exception):
            raise addresses
        return addresses

    def _said(self, url: Url, answer: BaseHTTPResponse, cut: int) -> _Said:
        headers = answer.headers
        if answer.status not in _GOOD and answer.status != _NOT_CHANGED:
            return _Said(
                answer.status,
                re.sub(r"[^ -~]", "", answer.reason or "")[:40],
                headers.get("location", ""),
                headers.get("retry-after"),
            )
        unchanged = answer.status == _NOT_CHANGED
        kind = headers.get("content-type", "")
        charset = _CHARSET.search(kind)
        return _Said(
            answer.status,
            answer=Answer(
                url.url,
                b"" if unchanged else read_body(answer, url.host or "", cut or self.limit, cut=bool(cut)),
                kind.partition(";")[0].strip().lower(),
                charset[1] if charset else "",
                headers.get("etag", "")[:500],
                headers.get("last-modified", "")[:100],
                unchanged,
            ),
        )

    def _why(self, error: Exception, host: str, deadline: Deadline) -> Unfetched:
        """Say what went wrong on the wire."""
        if self._closed:
            return Unfetched("net_stopped")
        if isinstance(error, NewConnectionError) and not deadline.over:  # to the library a kind of time-out
            return Unfetched("net_unreachable", host=host)
        if deadline.over or isinstance(error, (ConnectTimeoutError, ReadTimeoutError, TimeoutError)):
            return Unfetched("net_slow", host=host, seconds=round(deadline.seconds))
        if isinstance(error, SSLError):
            return Unfetched("net_tls", host=host)
        return Unfetched("net_broken", host=host)


def _read_url(url: str) -> Url:
    """Read an address of the web, and write it as servers want it: host and path in ASCII.

    Raises
    ------
    Unfetched
        It is none.
    """
    address = safe_url(url.strip().replace(" ", "%20"))
    try:
        found = parse_url(address or "")
    except LocationParseError as error:
        raise Unfetched("net_address", address=url) from error
    if found.scheme not in ("http", "https") or not found.host or found.auth:
        raise Unfetched("net_address", address=url)
    return found._replace(fragment=None)


def _joined(base: str, location: str) -> str:
    """Return where a redirect leads; servers write Arabic into it as bare UTF-8."""
    with contextlib.suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        return urljoin(base, location.strip()) if location else ""
    except ValueError:
        return ""
