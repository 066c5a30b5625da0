"""The table of actors that the newsroom owns: who is called what, in which office, from when until when."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.core.edtf import bounds, is_edtf
from dashboard.core.errors import ModelError
from dashboard.core.text import fold_name
from dashboard.journeys.models import ActorType

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dashboard.journeys.document import Document

__all__ = ["ActorEntry", "ActorTable", "Office", "load_actors"]

_COLUMNS = (
    "id",
    "type",
    "country",
    "names_ar",
    "names_en",
    "names_fr",
    "role",
    "role_country",
    "from",
    "until",
)
_LONGEST = 5  # words of a name
_PARTICLES = ("", "و", "ف", "ب", "ل", "ول", "وب", "فل")


@dataclass(frozen=True, slots=True)
class Office:
    """An office held: what it is, of which country, from when until when (EDTF, empty for open)."""

    role: str
    country: str | None
    since: str
    until: str

    def held_on(self, day: date | None) -> bool:
        """Tell whether it was held on a day; without a day, whether it is held still."""
        first, last = bounds(self.since)[0], bounds(self.until)[1]
        if day is None:
            return not self.until
        return (first is None or first <= day) and (last is None or day <= last)


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One actor: its names folded, the first of each language as it is shown."""

    id: str
    type: ActorType
    country: str | None
    names: frozenset[str]
    shown: tuple[str, ...]
    offices: tuple[Office, ...]


class ActorTable:
    """Actors by their names."""

    def __init__(self, entries: tuple[ActorEntry, ...]) -> None:
        self.entries = {entry.id: entry for entry in entries}
        self._by_first: dict[str, list[tuple[tuple[str, ...], ActorEntry]]] = {}
        for entry in entries:
            for name in entry.names:
                words = tuple(name.split())
                self._by_first.setdefault(words[0], []).append((words, entry))
        self.first_words = frozenset(self._by_first)
        for some in self._by_first.values():
            some.sort(key=lambda pair: -len(pair[0]))

    def match(self, document: Document, at: int) -> tuple[int, ActorEntry] | None:
        """Return the longest name that begins at a word, by its length in words, and whose it is."""
        folded = document.words[at].info.folded
        for particle in _PARTICLES:
            if particle and not folded.startswith(particle):
                continue
            for words, entry in self._by_first.get(folded[len(particle) :], ()):
                rest = document.words[at + 1 : at + len(words)]
                if len(rest) == len(words) - 1 and all(
                    word.info.folded == name and word.gap in (" ", "_", "\u00a0", "-", " #")
                    for word, name in zip(rest, words[1:], strict=True)
                ):
                    return len(words), entry
        return None

    def holder(self, role: str, country: str | None, day: date | None) -> ActorEntry | None:
        """Return who held an office of a country on a day, if exactly one did."""
        found = {
            entry.id: entry
            for entry in self.entries.values()
            for office in entry.offices
            if office.role == role and office.country == country and office.held_on(day)
        }
        return next(iter(found.values())) if len(found) == 1 else None


def _names(cell: str) -> list[str]:
    return [name.strip() for name in cell.split("|") if name.strip()]


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    reader = csv.DictReader(lines)
    if tuple(reader.fieldnames or ()) != _COLUMNS:
        raise ModelError(f"'{path}': the columns must be {', '.join(_COLUMNS)}.")
    rows = list(reader)
    for row in rows:
        wrong = row["type"] not in set(ActorType) or any(
            row[end] and not is_edtf(row[end]) for end in ("from", "until")
        )
        if not row["id"] or wrong:
            raise ModelError(
                f"'{path}': {row['id']!r} needs an id, a type, and dates such as 2019 or 2019-04-13."
            )
    return rows


@lru_cache(maxsize=4)
def load_actors(folder: Path) -> ActorTable:
    """Read all tables of a folder; rows of one id are one actor in several offices.

    Raises
    ------
    ModelError
        When a table has other columns, or a row a wrong type or date.
    """
    rows = [row for path in sorted(folder.glob("*.csv")) for row in _read(path)]
    by_id: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_id.setdefault(row["id"], []).append(row)
    entries = []
    for ident, some in by_id.items():
        shown = [
            name
            for row in some
            for cell in ("names_ar", "names_en", "names_fr")
            for name in _names(row[cell])
        ]
        offices = tuple(
            Office(row["role"], row["role_country"] or None, row["from"], row["until"])
            for row in some
            if row["role"]
        )
        names = frozenset(fold_name(name) for name in shown)
        entries.append(
            ActorEntry(
                ident,
                ActorType(some[0]["type"]),
                some[0]["country"] or None,
                names,
                tuple(dict.fromkeys(shown)),
                offices,
            )
        )
    return ActorTable(tuple(entries))
