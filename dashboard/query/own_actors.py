"""The newsroom's own actors over the table of public figures: who is who in journeys that were read before."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.core.settings import data_path
from dashboard.core.text import fold_name, is_arabic
from dashboard.journeys.lexicon import office_of, read_offices
from dashboard.journeys.models import ActorType
from dashboard.journeys.table import ActorEntry, ActorTable, Office, load_actors

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.core.actor_changes import ActorChange
    from dashboard.journeys import Report
    from dashboard.journeys.models import Actor

__all__ = ["OwnActors", "office_roles"]


def office_roles() -> tuple[str, ...]:
    """Return the offices that titles are known for, in the order of the lists."""
    found = read_offices(data_path() / "lexicon")
    return tuple(dict.fromkeys(office for pairs in found.values() for _, office in sorted(pairs)))


@lru_cache(maxsize=1)
def _titles() -> dict[bool, list[tuple[str, str]]]:
    """Return the phrases that titles begin with and their offices, of Arabic and of the other languages."""
    found = read_offices(data_path() / "lexicon")
    return {True: found["ar"], False: [*found["en"], *found["fr"]]}


class OwnActors:
    """What the newsroom says of actors, and how legs that were read without it are told again."""

    def __init__(self, changes: Iterable[ActorChange]) -> None:
        self.changes = {change.actor: change for change in changes}
        own = tuple(map(_entry, self.changes.values()))
        public = load_actors(data_path() / "actors")
        others = tuple(one for one in public.entries.values() if one.id not in self.changes)
        self.table = ActorTable((*own, *others)) if own else public
        self._named = {name: entry for entry in own for name in entry.names}
        self._offices = any(entry.offices for entry in own)

    def told(self, reports: Sequence[Report]) -> list[Report]:
        """Return reports whose actors bear the newsroom's keys, where their names or offices say so."""
        if not self.changes:
            return list(reports)
        return [self._told(report) for report in reports]

    def _told(self, report: Report) -> Report:
        leg = report.leg
        actor = self._as_known(leg.actor, report)
        beside = tuple(self._as_known(other, report) for other in leg.beside)
        if actor is leg.actor and all(new is old for new, old in zip(beside, leg.beside, strict=True)):
            return report
        return replace(report, leg=replace(leg, actor=actor, beside=beside))

    def _as_known(self, actor: Actor, report: Report) -> Actor:
        entry = self._named.get(fold_name(actor.name)) or self._named.get(fold_name(actor.text))
        if (
            entry is None
            and self._offices
            and actor.type is ActorType.PERSON
            and actor.key.startswith("text:")
        ):
            entry = self._holder(actor, report)
        if entry is None or entry.id == actor.key:
            return actor
        return replace(actor, key=entry.id, type=entry.type, country=entry.country or actor.country)

    def _holder(self, actor: Actor, report: Report) -> ActorEntry | None:
        """Return who held the office that a bare title names on the day of the report."""
        if actor.country is None:
            return None
        said = fold_name(actor.text)
        role = office_of(said, _titles()[is_arabic(actor.text)])
        return self.table.holder(role, actor.country, report.published) if role else None


def _entry(change: ActorChange) -> ActorEntry:
    offices = tuple(Office(one.role, one.country, one.since, one.until) for one in change.offices)
    names = frozenset(folded for name in change.names if (folded := fold_name(name)))
    return ActorEntry(change.actor, ActorType(change.type), change.country, names, change.names, offices)
