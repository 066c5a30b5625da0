"""Annotated briefs: texts with their places marked by hand, easy to write and to check.

    === ar-ly-001 ar focus=derna country=LY
    وصلت القافلة من [[طبرق|tobruk]] إلى {{الهلال}} الأحمر في ((الساحل)) ...
    ---
    tobruk | Tobruk | city | LY | 32.084 | 23.976 | 25

`[[surface|key]]` is a mention, `{{…}}` a trap, `((…))` optional; after `---` one place a line: key, name,
kind, ISO 3166-1 code or `-`, latitude, longitude, tolerance in km (0 for a country).
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from dashboard.core.errors import GoldFormatError
from dashboard.geoparse.gold import GoldMention, GoldPlace, GoldText

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["PARTS", "part_of", "read_briefs"]

PARTS = ("train", "dev", "test")
_HEADER = re.compile(r"(\S+) (ar|en|fr) focus=(\S+) country=(\S+)\s*")
_MARK = re.compile(r"\[\[([^\]|]+)\|([^\]|]+)\]\]|\{\{([^{}]+)\}\}|\(\(([^()]+)\)\)")
_COLUMNS = 7
_TRAIN, _DEV = 12, 15  # of 20


def part_of(ident: str) -> str:
    """Return the part that a text belongs to: 60 % train, 15 % dev, 25 % test, by a hash of its id alone."""
    number = hashlib.sha256(ident.encode()).digest()[0] % 20
    return PARTS[0] if number < _TRAIN else PARTS[1] if number < _DEV else PARTS[2]


def read_briefs(folder: Path) -> list[GoldText]:
    """Read all briefs of a folder's `*.txt`, in the order of their ids.

    Raises
    ------
    GoldFormatError
        The message names the file, the brief and what is wrong with it.
    """
    found = {}
    for path in sorted(folder.glob("*.txt")):
        for block in re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))[1:]:
            try:
                gold = _brief(block)
            except (GoldFormatError, ValueError) as error:
                raise GoldFormatError(f"'{path}', brief {block.split(maxsplit=1)[0]!r}: {error}") from error
            if gold.id in found:
                raise GoldFormatError(f"'{path}': there are two briefs {gold.id!r}.")
            found[gold.id] = gold
    return [found[ident] for ident in sorted(found)]


def _brief(block: str) -> GoldText:
    header, _, rest = block.partition("\n")
    told = _HEADER.fullmatch(header)
    if not told:
        raise GoldFormatError(f"the header {header!r} is not 'id language focus=key country=code'.")
    body, _, lines = rest.partition("\n---")
    ident, language, focus, country = told.groups()
    places = dict(_place(line) for line in lines.splitlines() if line.strip())
    text = ""
    at = 0
    marks: dict[str, list[GoldMention]] = {"mentions": [], "traps": [], "optional": []}
    body = body.strip("\n")
    for mark in _MARK.finditer(body):
        text += body[at : mark.start()]
        surface = mark[1] or mark[3] or mark[4]
        group = "mentions" if mark[1] else "traps" if mark[3] else "optional"
        marks[group].append(GoldMention(len(text), len(text) + len(surface), surface, mark[2] or ""))
        if mark[1] and mark[2] not in places:
            raise GoldFormatError(f"no place line for {mark[2]!r}.")
        text += surface
        at = mark.end()
    text += body[at:]
    about = {"place": None if focus == "none" else focus, "country": None if country == "none" else country}
    return GoldText(
        ident,
        text,
        language,
        mentions=tuple(marks["mentions"]),
        places=places,
        optional=tuple(marks["optional"]),
        traps=tuple(marks["traps"]),
        focus=about,
    )


def _place(line: str) -> tuple[str, GoldPlace]:
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) != _COLUMNS:
        raise GoldFormatError(f"the place line {line!r} has not {_COLUMNS} columns.")
    key, name, kind, country, *numbers = cells
    return key, GoldPlace(
        name, kind, None if country == "-" else country, *(float(number) for number in numbers)
    )
