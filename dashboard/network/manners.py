"""How a guest behaves: what robots.txt asks for, a pause for each host, and to stay away when asked to."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from protego import Protego

from dashboard.network.refusals import Unfetched

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["AGENT", "Pauses", "Robots", "wait_asked"]

AGENT = "Kharita"  # by which robots.txt may name us
_KEPT_S = 86_400.0  # that the rules of a host are good for
_KEPT_FAILURE_S = 600.0  # likewise that they could not be had
_MAX_DELAY_S = 60.0  # of the pauses that a robots.txt may ask for
_MAX_WAIT_S = 7 * 86_400.0
_MINUTE_S = 60


@dataclass(slots=True)
class Pauses:
    """Spaces out what one host is asked.

    Attributes
    ----------
    pause_s
        Between the beginnings of two requests, unless the host wants more.
    clock
        Monotonic seconds.
    sleep
        Waits so many seconds.
    """

    pause_s: float = 2.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep
    _next: dict[str, float] = field(default_factory=dict)
    _away: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, host: str, delay_s: float = 0.0) -> None:
        """Wait until a host may be asked.

        Raises
        ------
        Unfetched
            It has asked to be left alone for longer.
        """
        with self._lock:
            now = self.clock()
            away_s = self._away.get(host, 0.0) - now
            start = max(now, self._next.get(host, 0.0))
            if away_s <= 0:
                self._next[host] = start + max(self.pause_s, min(delay_s, _MAX_DELAY_S))
        if away_s > 0:
            raise busy(host, away_s)
        if start > now:
            self.sleep(start - now)

    def stay_away(self, host: str, seconds: float) -> None:
        """Ask nothing of a host for so long."""
        with self._lock:
            self._away[host] = self.clock() + seconds


def busy(host: str, wait_s: float) -> Unfetched:
    """Return the refusal that a host gives which wants to be left alone."""
    return Unfetched("net_busy", wait_s=wait_s, host=host, minutes=max(1, round(wait_s / _MINUTE_S)))


def wait_asked(header: str | None, usual_s: float, now: datetime | None = None) -> float:
    """Return how many seconds a `Retry-After` asks to wait, at most a week.

    Parameters
    ----------
    usual_s
        What to wait where it asks nothing that can be read.
    """
    text = (header or "").strip()
    if text.isdecimal() and text.isascii():
        return min(float(text[:9]), _MAX_WAIT_S)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return usual_s
    until = until.replace(tzinfo=UTC) if until.tzinfo is None else until
    return min(max(0.0, (until - (now or datetime.now(UTC))).total_seconds()), _MAX_WAIT_S)


@dataclass(frozen=True, slots=True)
class _Rules:
    """What one host wants, until when that is good; without rules all is allowed."""

    until: float
    rules: Protego | None = None
    failure: Unfetched | None = None


@dataclass(slots=True)
class Robots:
    """What the hosts' robots.txt say (RFC 9309), each asked for once a day.

    Attributes
    ----------
    read
        Returns the text at an address, None when there is nothing; raises `Unfetched` when nobody knows.
    """

    read: Callable[[str], str | None]
    clock: Callable[[], float] = time.monotonic
    _known: dict[str, _Rules] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def delay_s(self, url: str) -> float:
        """Return the pause in seconds that a host asks for, once the address may be read.

        Raises
        ------
        Unfetched
            The host asks not to read it, or nobody knows what it asks.
        """
        parts = urlsplit(url)
        rules = self._of(f"{parts.scheme}://{parts.netloc}")
        if rules.failure is not None:
            raise rules.failure
        if rules.rules is None:
            return 0.0
        if not rules.rules.can_fetch(url, AGENT):
            raise Unfetched("net_robots", host=parts.hostname or "")
        return float(rules.rules.crawl_delay(AGENT) or 0.0)

    def _of(self, site: str) -> _Rules:
        with self._lock:
            known = self._known.get(site)
        if known is None or known.until < self.clock():
            known = self._ask(site)
            with self._lock:
                self._known[site] = known
        return known

    def _ask(self, site: str) -> _Rules:
        try:
            text = self.read(f"{site}/robots.txt")
        except Unfetched as why:
            return _Rules(self.clock() + min(why.wait_s or _KEPT_FAILURE_S, _KEPT_S), failure=why)
        return _Rules(self.clock() + _KEPT_S, Protego.parse(text) if text else None)
