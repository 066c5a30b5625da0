"""What readers said of legs that were read from news: facts about texts that are not here.

One JSON object a line: `id` of the article, `sha256` (first 16 digits, of the text as stored), `legs`. A leg has the
offsets (code points, end exclusive) of `actor`, `cue`, `from`, `to` and `via` as they were read, the `status` that was
read, and a `verdict`: `right`, `none` (no movement at all), `actor`, `place` or `status` (which of them is wrong).
Where the status is wrong, `meant` holds those that are right.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import orjson

from dashboard.core.errors import GoldFormatError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dashboard.journeys.models import Leg, LegPlace, Span

__all__ = ["ReadLeg", "Verdict", "VerdictsOfText", "digest_of", "read_verdicts", "verdict_on"]


class Verdict(StrEnum):
    """What a reader said of a leg; of several faults the first."""

    RIGHT = "right"
    NONE = "none"
    ACTOR = "actor"
    PLACE = "place"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class ReadLeg:
    """A leg as it was read, and what was said of it; `meant` are the statuses that are right."""

    actor: Span
    cue: Span
    source: Span | None
    to: Span | None
    via: Span | None
    meant: tuple[str, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class VerdictsOfText:
    """All verdicts on one article; `sha256` are the first 16 digits of its text's."""

    id: str
    sha256: str
    legs: tuple[ReadLeg, ...]


def digest_of(text: str) -> str:
    """Return the digest by which a text is known again."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_verdicts(path: Path) -> list[VerdictsOfText]:
    """Read a file of verdicts.

    Raises
    ------
    GoldFormatError
        When it can't be read, or a line is no such object.
    """
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise GoldFormatError(f"'{path}' can't be read: {error.strerror}.") from error
    found = []
    for number, line in enumerate(lines, 1):
        try:
            row = orjson.loads(line)
            found.append(VerdictsOfText(row["id"], row["sha256"], tuple(map(_read_leg, row["legs"]))))
        except (KeyError, TypeError, ValueError) as error:
            raise GoldFormatError(f"'{path}' line {number} holds no verdicts: {error}.") from error
    return found


def _read_leg(row: dict[str, object]) -> ReadLeg:
    verdict = Verdict(str(row["verdict"]))
    meant = row["meant"] if verdict is Verdict.STATUS else [row["status"]]
    spans = [_span(row[name]) for name in ("actor", "cue", "from", "to", "via")]
    actor, cue, source, to, via = spans
    if actor is None or cue is None or not isinstance(meant, list):
        raise TypeError("actor, cue and meant are needed")
    return ReadLeg(actor, cue, source, to, via, tuple(map(str, meant)), verdict)


def _span(value: object) -> Span | None:
    if value is None:
        return None
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no span")
    start, end = map(int, value)
    return start, end


def verdict_on(leg: Leg, said: Iterable[ReadLeg]) -> bool | None:
    """Tell whether a leg is right by what was said of legs of its text; None where that does not tell.

    A leg at whose cue nothing moves is wrong whoever is said to move. One with the actor, or the places, that were
    found wrong is wrong; with others it may be right.
    """
    found: bool | None = None
    for one in said:
        if not _overlap(one.cue, leg.cue):
            continue
        if one.verdict is Verdict.NONE:
            return False
        if not _overlap(one.actor, leg.actor.span):
            continue
        if one.verdict is Verdict.ACTOR:
            found = False
        elif one.verdict is Verdict.PLACE:
            if (one.source, one.to) == (_of(leg.from_place), _of(leg.to_place)):
                return False
        elif _same_end(one, leg):
            return leg.status.value in one.meant
    return found


def _same_end(one: ReadLeg, leg: Leg) -> bool:
    """Tell whether a leg goes to the place that was read, or, where none was, comes from it."""
    if one.to is not None:
        return one.to == _of(leg.to_place)
    return leg.to_place is None and (one.source, one.via) == (_of(leg.from_place), _of(leg.via))


def _of(end: LegPlace | None) -> Span | None:
    return end.span if end else None


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
