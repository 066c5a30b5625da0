"""A Nominatim service, asked about names that the gazetteer lacks: off unless the user names one."""

from __future__ import annotations

import logging
import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING, Any

import orjson
from geopy.exc import GeocoderServiceError, GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim
from geopy.location import Location

from dashboard.core.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["SecondOpinion"]

_USER_AGENT = "kharita/0.1 (offline map of news places)"
_SECONDS_BETWEEN = 1.0  # what the public service asks of its users
_TIMEOUT_S = 10
_SCHEMA = "CREATE TABLE IF NOT EXISTS answers (question TEXT PRIMARY KEY, answer TEXT) WITHOUT ROWID"
_LOG = logging.getLogger(__name__)


class SecondOpinion:
    """Ask a Nominatim service, at most once a second, and remember its answers on disk.

    Parameters
    ----------
    domain
        Of the service, such as `nominatim.openstreetmap.org`; empty asks nobody: every answer is None.
    cache_path
        SQLite file of the answers, "no such place" among them.
    adapter_factory
        How geopy reaches the network; None takes geopy's way.
    seconds_between
        Least pause between two questions.
    """

    def __init__(
        self,
        domain: str,
        cache_path: Path,
        *,
        adapter_factory: Callable[..., object] | None = None,
        seconds_between: float = _SECONDS_BETWEEN,
    ) -> None:
        self._cache_path = cache_path
        self._lock = threading.Lock()
        self._ask: Any = None
        if domain:
            service = Nominatim(
                domain=domain, user_agent=_USER_AGENT, timeout=_TIMEOUT_S, adapter_factory=adapter_factory
            )
            self._domain = domain
            self._ask = RateLimiter(
                service.geocode, min_delay_seconds=seconds_between, max_retries=0, swallow_exceptions=False
            )

    @property
    def is_on(self) -> bool:
        """Whether a service is asked at all."""
        return self._ask is not None

    def geocode(
        self, query: str, *, language: str = "en", country_codes: str | None = None
    ) -> Location | None:
        """Return what the service says of a name; None if it knows no such place, or none is asked.

        Raises
        ------
        GazetteerError
            The service can't be reached, or refuses; the message says which and why.
        """
        if self._ask is None or not query.strip():
            return None
        question = orjson.dumps([self._domain, " ".join(query.split()), language, country_codes]).decode()
        with self._lock:
            known, answer = self._recall(question)
            if not known:
                answer = self._inquire(query, language, country_codes)
                self._remember(question, answer)
        return _location(answer) if answer else None

    def _inquire(self, query: str, language: str, country_codes: str | None) -> dict[str, Any] | None:
        try:
            found = self._ask(query, language=language, country_codes=country_codes)
        except GeocoderServiceError as error:
            raise GazetteerError(
                f"The service {self._domain!r} gave no answer for {query!r}: {error}. "
                "Try again later, or unset KHARITA_NOMINATIM."
            ) from error
        except GeopyError as error:
            raise GazetteerError(f"The service {self._domain!r} refused {query!r}: {error}.") from error
        if found is None:
            return None
        return {"address": found.address, "point": [found.latitude, found.longitude], "raw": found.raw}

    def _open(self) -> sqlite3.Connection:
        self._cache_path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._cache_path)
        connection.execute(_SCHEMA)
        return connection

    def _recall(self, question: str) -> tuple[bool, dict[str, Any] | None]:
        """Return whether the answer is known, and the answer."""
        try:
            with closing(self._open()) as connection:
                row = connection.execute(
                    "SELECT answer FROM answers WHERE question = ?", (question,)
                ).fetchone()
        except (sqlite3.Error, OSError) as error:
            _LOG.warning("no cache of answers at %s: %s", self._cache_path, error)
            return False, None
        return (True, orjson.loads(row[0])) if row else (False, None)

    def _remember(self, question: str, answer: dict[str, Any] | None) -> None:
        try:
            with closing(self._open()) as connection, connection:
                values = (question, orjson.dumps(answer).decode())
                connection.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", values)
        except (sqlite3.Error, OSError) as error:
            _LOG.warning("an answer could not be kept at %s: %s", self._cache_path, error)


def _location(answer: dict[str, Any]) -> Location:
    return Location(answer["address"], tuple(answer["point"]), answer["raw"])
