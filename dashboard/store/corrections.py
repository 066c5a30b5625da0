"""The trail of corrections: decide, undo, list, and share them as a file of JSON lines."""

from __future__ import annotations

from codecs import BOM_UTF8
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import orjson
from sqlalchemy import func, insert, select

from dashboard.core.actor_changes import actor_record, read_actor_change
from dashboard.core.article_changes import change_record, read_change
from dashboard.core.corrections import (
    Correction,
    anchor_of,
    correction_record,
    read_correction,
    signed,
)
from dashboard.core.errors import CorrectionError
from dashboard.core.journey_decisions import decision_record, read_decision
from dashboard.core.links import clean_title
from dashboard.core.record_types import person
from dashboard.store.actor_trail import list_actor_changes
from dashboard.store.clock import time_after
from dashboard.store.editing import list_changes
from dashboard.store.journey_trail import list_decisions
from dashboard.store.reading import read_places
from dashboard.store.records import correction_from_row, correction_row
from dashboard.store.replay import Replayed, replay_corrections
from dashboard.store.schema import articles, corrections, mentions
from dashboard.store.trail import mark_undone, new_and_undone
from dashboard.store.writing import count_change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection, RowMapping

    from dashboard.core.actor_changes import ActorChange
    from dashboard.core.article_changes import ArticleChange
    from dashboard.core.corrections import Decision, Scope
    from dashboard.core.journey_decisions import JourneyDecision
    from dashboard.core.models import Article, Place
    from dashboard.store.store import Store

__all__ = [
    "BadLine",
    "Check",
    "Conflict",
    "Imported",
    "Listed",
    "Verdict",
    "count_corrections",
    "decide",
    "export_corrections",
    "find_correction",
    "import_corrections",
    "list_corrections",
    "make_correction",
    "mention_checks",
    "read_lines",
    "time_to_decide",
    "undo",
]

_CHUNK = 500  # values in one IN list
_LONGEST_LINE = 1_000_000  # bytes; the longest that is written joins a thousand reports


@dataclass(frozen=True, slots=True)
class Check:
    """The correction that a mention has, beside what the parser said; None and 0 if it said nothing there."""

    correction: Correction
    parsed_place: Place | None
    parsed_confidence: float


@dataclass(frozen=True, slots=True)
class Listed:
    """A correction of the trail, and how many mentions it now decides."""

    correction: Correction
    mentions: int


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line of a file that holds no correction; lines count from 1."""

    line: int
    problem: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two corrections in force that say different things of the same; `later` wins."""

    earlier: Correction
    later: Correction


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the corrections of a file.

    Attributes
    ----------
    added, undone, known
        New here; undone here because they are in the file; the same as before.
    conflicts
        Between a new correction and one that was here.
    replayed
        What changed in the store.
    """

    added: tuple[Correction, ...]
    undone: int
    known: int
    conflicts: tuple[Conflict, ...]
    replayed: Replayed


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person says of a mention; `place` is what it means, None for `not_a_place`."""

    decision: Decision
    place: Place | None
    scope: Scope
    who: str
    why: str = ""


def time_to_decide(store: Store) -> datetime:
    """Return the time of a decision that is taken now: after all others, also where a clock was set back."""
    with store.engine.connect() as connection:
        return time_after(connection, corrections.c.decided_at)


def make_correction(
    article: Article,
    span: tuple[int, int],
    judged: Place | None,
    verdict: Verdict,
    now: datetime | None = None,
) -> Correction:
    """Make a correction of the name that stands at `span` (code points, end exclusive), decided now.

    Parameters
    ----------
    judged
        What the parser took the name for; None when it had no place for it.
    now
        What `time_to_decide` says; None: what the clock says.

    Raises
    ------
    CorrectionError
        A value makes no sense; the message says which.
    """
    start, end = span
    return signed(
        Correction(
            decision=verdict.decision,
            scope=verdict.scope,
            surface=article.text[start:end],
            article_id=article.id,
            anchor=anchor_of(article.text, start),
            source=article.source,
            judged=judged,
            place=verdict.place,
            who=clean_title(verdict.who),
            why=clean_title(verdict.why),
            decided_at=now or datetime.now(UTC),
        )
    )


def decide(store: Store, correction: Correction) -> Replayed:
    """Put a correction in force in the whole store, in one transaction."""
    with store.transaction() as connection:
        connection.execute(insert(corrections), [correction_row(correction)])
        done = replay_corrections(connection, [correction])
        count_change(connection)
    return done


def undo(store: Store, correction_id: str, who: str) -> Replayed:
    """Take a correction back: mentions show again what they would without it, and the trail keeps it.

    Raises
    ------
    CorrectionError
        There is no such correction, it is undone already, or nobody undoes it.
    """
    name = person(who, "Say who undoes the correction.")
    with store.transaction() as connection:
        correction = _one(connection, correction_id)
        if correction.undone_at is not None:
            raise CorrectionError(f"The correction {correction_id} is undone already.")
        gone = replace(correction, undone_at=datetime.now(UTC), undone_by=name)
        mark_undone(connection, corrections, [gone])
        done = replay_corrections(connection, [correction])
        count_change(connection)
    return done


def find_correction(store: Store, beginning: str) -> Correction:
    """Return the correction whose id begins so.

    Raises
    ------
    CorrectionError
        None does, or more than one.
    """
    query = select(corrections).where(corrections.c.id.startswith(beginning, autoescape=True)).limit(2)
    with store.engine.connect() as connection:
        found = connection.execute(query).mappings().all()
    if len(found) == 1 and beginning:
        return correction_from_row(found[0])
    what = f"No correction has an id that begins with {beginning!r}."
    if len(found) > 1:
        what = f"More than one correction has an id that begins with {beginning!r}: give more of it."
    raise CorrectionError(f"{what} `kharita corrections list` shows the ids.")


def list_corrections(
    store: Store, *, undone: bool = True, limit: int | None = None, article_id: str | None = None
) -> list[Listed]:
    """Return the corrections, the latest first; with `undone` also those that are not in force."""
    table = corrections.c
    counted = (
        select(func.count()).where(mentions.c.correction == table.id).correlate(corrections).scalar_subquery()
    )
    query = select(corrections, counted.label("decides")).order_by(table.decided_at.desc(), table.id)
    if not undone:
        query = query.where(table.undone_at.is_(None))
    if article_id is not None:
        query = query.where(table.article_id == article_id)
    with store.engine.connect() as connection:
        rows = connection.execute(query.limit(limit)).mappings().all()
    return [Listed(correction_from_row(row), row["decides"]) for row in rows]


def count_corrections(store: Store) -> int:
    """Count the corrections of the trail, undone ones too."""
    with store.engine.connect() as connection:
        return connection.scalars(select(func.count()).select_from(corrections)).one()


def mention_checks(store: Store, article_id: str) -> dict[int, Check]:
    """Return the corrections of an article's mentions, by the mention's number in `Store.resolutions`."""
    names = ("correction", "parsed_place_key", "parsed_confidence")
    query = (
        select(*(mentions.c[name] for name in names))
        .join(articles, articles.c.key == mentions.c.article_key)
        .where(articles.c.id == article_id)
        .order_by(mentions.c.start, mentions.c.end)
    )
    with store.engine.connect() as connection:
        rows = list(enumerate(connection.execute(query).mappings()))
        made = [(number, row) for number, row in rows if row["correction"] is not None]
        known = _by_id(connection, {row["correction"] for _, row in made})
        keys = {row["parsed_place_key"] for _, row in made} - {None}
        places = read_places(connection, keys)
    return {
        number: Check(
            known[row["correction"]], places.get(row["parsed_place_key"]), row["parsed_confidence"] or 0.0
        )
        for number, row in made
    }


def export_corrections(store: Store) -> Iterator[bytes]:
    """Yield the whole trail as lines of JSON: places, articles, journeys, actors; what is undone says so."""
    query = select(corrections).order_by(corrections.c.decided_at, corrections.c.id)
    with store.engine.connect() as connection:
        for row in connection.execute(query).mappings():
            yield orjson.dumps(correction_record(correction_from_row(row)), option=orjson.OPT_APPEND_NEWLINE)
    for change in reversed(list_changes(store)):
        yield orjson.dumps(change_record(change), option=orjson.OPT_APPEND_NEWLINE)
    for decision in reversed(list_decisions(store)):
        yield orjson.dumps(decision_record(decision), option=orjson.OPT_APPEND_NEWLINE)
    for said in reversed(list_actor_changes(store)):
        yield orjson.dumps(actor_record(said), option=orjson.OPT_APPEND_NEWLINE)


def read_lines(
    lines: Iterable[bytes],
) -> Iterator[Correction | ArticleChange | JourneyDecision | ActorChange | BadLine]:
    """Read what `export_corrections` wrote, also with the mark of Windows before it; empty lines are passed over."""
    for number, line in enumerate(lines, 1):
        bare = line.removeprefix(BOM_UTF8).strip() if number == 1 else line.strip()
        if not bare:
            continue
        if len(bare) > _LONGEST_LINE:
            yield BadLine(number, f"the line is longer than {_LONGEST_LINE:,} bytes")
            continue
        try:
            record = orjson.loads(bare)
            found = read_change(record) or read_decision(record) or read_actor_change(record)
            yield found or read_correction(record)
        except orjson.JSONDecodeError as error:
            yield BadLine(number, f"not a line of JSON: {error}")
        except CorrectionError as error:
            yield BadLine(number, str(error))


def import_corrections(store: Store, given: Iterable[Correction]) -> Imported:
    """Take over corrections in one transaction; those that are here already are left as they are.

    What is undone in one of the two is undone afterwards: undoing travels as decisions do.
    """
    wanted = {correction.id: correction for correction in given}
    with store.transaction() as connection:
        known = _by_id(connection, wanted)
        added, undone = new_and_undone(wanted, known)
        conflicts = _conflicts(connection, added)
        if added:
            connection.execute(insert(corrections), [correction_row(correction) for correction in added])
        mark_undone(connection, corrections, undone)
        in_force = [correction for correction in added if correction.undone_at is None]
        replayed = replay_corrections(connection, [*in_force, *undone])
        if added or undone:
            count_change(connection)
    same = len(wanted) - len(added) - len(undone)
    return Imported(tuple(added), len(undone), same, tuple(conflicts), replayed)


def _conflicts(connection: Connection, added: Sequence[Correction]) -> list[Conflict]:
    """Return where a new correction and one that is here say different things of the same."""
    active = [correction for correction in added if correction.undone_at is None]
    names = sorted({correction.folded for correction in active})
    here: dict[tuple[object, ...], Correction] = {}
    for at in range(0, len(names), _CHUNK):
        query = select(corrections).where(
            corrections.c.undone_at.is_(None), corrections.c.folded.in_(names[at : at + _CHUNK])
        )
        rows = connection.execute(query.order_by(corrections.c.decided_at)).mappings()
        here |= {found.context: found for found in map(correction_from_row, rows)}
    conflicts = []
    for correction in active:
        other = here.get(correction.context)
        if other is not None and _meant(other) != _meant(correction):
            pair = sorted((other, correction), key=lambda one: (one.decided_at, one.id))
            conflicts.append(Conflict(*pair))
    return conflicts


def _meant(correction: Correction) -> str | None:
    return correction.place.id if correction.place else None


def _one(connection: Connection, correction_id: str) -> Correction:
    found = _by_id(connection, [correction_id])
    if correction_id not in found:
        raise CorrectionError(f"There is no correction {correction_id!r}.")
    return found[correction_id]


def _by_id(connection: Connection, ids: Iterable[str]) -> dict[str, Correction]:
    wanted = list(ids)
    found: dict[str, Correction] = {}
    for at in range(0, len(wanted), _CHUNK):
        rows: Sequence[RowMapping] = (
            connection.execute(select(corrections).where(corrections.c.id.in_(wanted[at : at + _CHUNK])))
            .mappings()
            .all()
        )
        found.update({row["id"]: correction_from_row(row) for row in rows})
    return found
