"""Annotated legs: the gold that `kharita evaluate-journeys` scores against.

One JSON object a line: `id`, `date` (of publication), `legs`. A leg has `actor` (`start`, `end`, `type`, `also`),
`from`,
`to` and `via` (`text`, `iso2`, `lat`, `lon`, `km`, `also`), `kind`, `status`, `date` and `mentions`. `km` 0 asks for
the country itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dashboard.core.dates import parse_date
from dashboard.core.errors import GoldFormatError
from dashboard.core.geo import distance_km

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dashboard.core.models import Place
    from dashboard.journeys.models import Span

__all__ = ["GoldEnd", "GoldLeg", "GoldTextLegs", "published_on", "read_gold_legs"]


@dataclass(frozen=True, slots=True)
class GoldEnd:
    """A place of an annotated leg; `named` is False where the words fix it without naming it."""

    name: str
    country: str | None
    latitude: float
    longitude: float
    tolerance_km: float
    named: bool
    also: tuple[GoldEnd, ...] = ()

    def is_right(self, place: Place | None) -> bool:
        """Tell whether a place is this one: in the country, or near enough."""
        if place is None:
            return False
        for end in (self, *self.also):
            if end.tolerance_km == 0:
                if place.country == end.country:
                    return True
            elif (
                float(distance_km(end.latitude, end.longitude, place.latitude, place.longitude))
                <= end.tolerance_km
            ):
                return True
        return False


@dataclass(frozen=True, slots=True)
class GoldLeg:
    """An annotated leg; `namings` are all spans by which the text names its actor."""

    name: str
    namings: tuple[Span, ...]
    source: GoldEnd | None
    to: GoldEnd | None
    via: GoldEnd | None
    kind: str
    status: str
    date: str | None


@dataclass(frozen=True, slots=True)
class GoldTextLegs:
    """An annotated text."""

    id: str
    text: str
    language: str | None
    published: date | None
    legs: tuple[GoldLeg, ...]


def published_on(written: str | None) -> date | None:
    """Return the day of a date as written, in its own zone; None for none or no single day."""
    reading = parse_date(written) if written else None
    if reading is None or reading.edtf is None or len(reading.edtf) != len("2018-04-18"):
        return None
    return date.fromisoformat(reading.edtf)


def read_gold_legs(gold: Path, texts: Path) -> list[GoldTextLegs]:
    """Read annotated texts.

    Raises
    ------
    GoldFormatError
        When a file is missing, a line is no such object, or a text is.
    """
    known = {row["id"]: row for _, row in _rows(texts) if isinstance(row.get("text"), str)}
    found = []
    for number, row in _rows(gold):
        text = known.get(row.get("id", ""))
        if text is None:
            raise GoldFormatError(f"'{gold}' line {number}: no text of id {row.get('id')!r} in '{texts}'.")
        try:
            legs = tuple(_leg(leg, text["text"]) for leg in row["legs"])
        except (KeyError, TypeError) as error:
            raise GoldFormatError(
                f"'{gold}' line {number} is no annotated text: {error} is missing."
            ) from error
        written = text.get("date") or row.get("date")
        found.append(GoldTextLegs(row["id"], text["text"], text.get("lang"), published_on(written), legs))
    return found


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise GoldFormatError(f"'{path}' can't be read: {error.strerror}.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise GoldFormatError(f"'{path}' line {number} is no JSON: {error}.") from error
        if not isinstance(row, dict):
            raise GoldFormatError(f"'{path}' line {number} is no object.")
        yield number, row


def _leg(row: dict[str, Any], text: str) -> GoldLeg:
    actor = row["actor"]
    namings = [(actor["start"], actor["end"]), *map(tuple, actor["also"])]
    namings += [tuple(mention["actor"]) for mention in row["mentions"]]
    if actor["type"] == "person":
        namings += _namings(text, actor["text"])
    return GoldLeg(
        actor["name"],
        tuple(dict.fromkeys(namings)),
        _end(row["from"]),
        _end(row["to"]),
        _end(row["via"]),
        row["kind"],
        row["status"],
        row["date"],
    )


def _namings(text: str, name: str) -> list[Span]:
    """Return where a person's name stands as words of their own, a glued particle before it or not."""
    found = []
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        before = text[at - 1 : at] if at else ""
        if before in "وفبلك" and not text[max(0, at - 2) : at - 1].isalnum():
            before = ""
        if not before.isalnum() and not text[end : end + 1].isalnum():
            found.append((at, end))
        at = text.find(name, end)
    return found


def _end(row: dict[str, Any] | None) -> GoldEnd | None:
    if row is None:
        return None
    also = tuple(end for other in row.get("also", []) if (end := _end(other)))
    return GoldEnd(
        row["name_en"], row["iso2"], row["lat"], row["lon"], row["km"], row.get("text") is not None, also
    )
