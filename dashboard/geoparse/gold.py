"""The gold format: texts with the places that they name, places that may be drawn, and traps that may not.

One JSON object a line: `id`, `mentions` (`start`, `end`, `surface`, `place`), `places` (`name_en`, `kind`,
`iso2`, `lat`, `lon`, `tolerance_km`), `optional` and `traps` (`start`, `end`, `surface`); and, where known,
`language` and `focus` (`place`, `country`). Offsets are code points of the text, end exclusive.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dashboard.core.errors import GoldFormatError
from dashboard.core.text import is_arabic

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["GoldMention", "GoldPlace", "GoldText", "read_gold", "read_texts"]


@dataclass(frozen=True, slots=True)
class GoldPlace:
    """Where a place is: WGS84 degrees; `tolerance_km` 0 asks for the country `country` itself."""

    name: str
    kind: str
    country: str | None
    latitude: float
    longitude: float
    tolerance_km: float


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A stretch of a text; `place` is a key of `GoldText.places`, empty for traps and optional stretches."""

    start: int
    end: int
    surface: str
    place: str = ""

    def touches(self, start: int, end: int) -> bool:
        """Tell whether another stretch shares a code point with this one."""
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class GoldText:
    """An annotated text; the focus is a key of `places` and a country code, None when not annotated."""

    id: str
    text: str
    language: str
    mentions: tuple[GoldMention, ...]
    places: dict[str, GoldPlace]
    optional: tuple[GoldMention, ...] = ()
    traps: tuple[GoldMention, ...] = ()
    focus: dict[str, str | None] = field(default_factory=dict)


def read_texts(path: Path) -> dict[str, str]:
    """Read texts by id: a folder of `ID.txt`, or a file of JSON lines `{"id", "text"}`.

    Raises
    ------
    GoldFormatError
        When there is nothing at `path`, or a line is no such object.
    """
    if path.is_dir():
        return {file.stem: _read(file) for file in sorted(path.glob("*.txt"))}
    found = {}
    for number, row in _rows(path):
        ident, text = row.get("id"), row.get("text")
        if not isinstance(ident, str) or not isinstance(text, str):
            raise GoldFormatError(f"'{path}' line {number} needs an id and a text, both strings.")
        found[ident] = text
    return found


def read_gold(gold: Path, texts: Path) -> list[GoldText]:
    """Read a gold file and the texts that it speaks of.

    Raises
    ------
    GoldFormatError
        The message names the file, the line and what is wrong with it.
    """
    bodies = read_texts(texts)
    found = []
    for number, row in _rows(gold):
        try:
            found.append(_gold_text(row, bodies))
        except GoldFormatError as error:
            raise GoldFormatError(f"'{gold}' line {number}: {error}") from error
        except KeyError as error:
            raise GoldFormatError(f"'{gold}' line {number}: {error} is missing.") from error
        except (TypeError, ValueError, AttributeError) as error:
            raise GoldFormatError(f"'{gold}' line {number} is not in the gold format: {error}.") from error
    return found


def _rows(path: Path) -> list[tuple[int, dict[str, Any]]]:
    rows = []
    for number, line in enumerate(_read(path).split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise GoldFormatError(f"'{path}' line {number} is not JSON: {error}.") from error
            if not isinstance(row, dict):
                raise GoldFormatError(f"'{path}' line {number} is no JSON object.")
            rows.append((number, row))
    return rows


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldFormatError(f"'{path}' can't be read: {error}.") from error


def _gold_text(row: dict[str, Any], bodies: dict[str, str]) -> GoldText:
    if row["id"] not in bodies:
        raise GoldFormatError(f"there is no text {row['id']!r}.")
    text = bodies[row["id"]]
    places = {
        key: GoldPlace(
            x["name_en"], x["kind"], x["iso2"], float(x["lat"]), float(x["lon"]), float(x["tolerance_km"])
        )
        for key, x in row["places"].items()
    }
    marks = {}
    for group in ("mentions", "optional", "traps"):
        marks[group] = tuple(
            GoldMention(int(x["start"]), int(x["end"]), x["surface"], x.get("place", "")) for x in row[group]
        )
        for mark in marks[group]:
            if text[mark.start : mark.end] != mark.surface:
                raise GoldFormatError(f"{mark.surface!r} does not stand at {mark.start}.")
            if group == "mentions" and mark.place not in places:
                raise GoldFormatError(f"{mark.surface!r} names an unknown place {mark.place!r}.")
    language = row.get("language") or ("ar" if is_arabic(text) else "en")
    return GoldText(row["id"], text, language, places=places, focus=row.get("focus") or {}, **marks)
