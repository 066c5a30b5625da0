"""Scores legs against annotated ones, in three degrees: actor and place, kind as well, status as well.

A leg is right in the first degree when its actor overlaps a naming of the annotated actor and its place is right: where
it goes; for departures and withdrawals also where it comes from.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from dashboard.journeys.models import LegKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.core.models import Place
    from dashboard.journeys.gold import GoldEnd, GoldLeg, GoldTextLegs
    from dashboard.journeys.models import Leg, LegPlace

__all__ = ["Degree", "LegScores", "degree", "evaluate_legs"]

_UNSURE = re.compile("[~?%]")
_DEGREES = (1, 2, 3)
_WEIGHTS = (
    0,
    10**6,
    10**6 + 10**4,
    10**6 + 10**4 + 10**3,
)  # of pairs by degree: more pairs before better ones


@dataclass(frozen=True, slots=True)
class Degree:
    """Precision, recall and F1 of one degree, from counts."""

    right: int
    answered: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of the answers that are right; 0 for none."""
        return self.right / self.answered if self.answered else 0.0

    @property
    def recall(self) -> float:
        """Share of the annotated legs that were found; 0 for none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        total = self.answered + self.gold
        return 2 * self.right / total if total else 0.0


@dataclass(slots=True)
class LegScores:
    """All scores of one run; shares are pairs of counts, right and asked."""

    texts: int = 0
    degrees: tuple[Degree, ...] = ()
    status: tuple[int, int] = (0, 0)
    dated: tuple[int, int] = (0, 0)
    sources: tuple[int, int] = (0, 0)
    false_in_empty: int = 0
    empty: int = 0
    groups: dict[str, tuple[int, int]] = field(default_factory=dict)
    missed: list[tuple[str, str]] = field(default_factory=list)
    extra: list[tuple[str, str]] = field(default_factory=list)


def _right(end: GoldEnd | None, place: LegPlace | None) -> bool:
    return end is not None and end.is_right(place.place if place else None)


def _place_is_right(gold: GoldLeg, leg: Leg) -> bool:
    goes, comes = _right(gold.to, leg.to_place), _right(gold.source, leg.from_place)
    if LegKind(gold.kind).group == "leave":
        return goes or comes
    if gold.to is not None and gold.to.named:
        return goes
    if gold.source is not None or gold.to is not None:
        return goes or comes
    return _right(gold.via, leg.to_place) or _right(gold.via, leg.from_place)


def degree(gold: GoldLeg, leg: Leg) -> int:
    """Return in which degree a leg is the annotated one: 0 for not at all, 3 with kind and status."""
    start, end = leg.actor.span
    if not any(first < end and start < last for first, last in gold.namings) or not _place_is_right(
        gold, leg
    ):
        return 0
    if LegKind(gold.kind).group != leg.kind.group:
        return 1
    return 3 if gold.status == leg.status.value else 2


def _match(weights: Sequence[dict[int, int]]) -> dict[int, int]:
    """Return the one-to-one matching of the greatest weight: annotated leg to answer."""

    @cache
    def best(row: int, used: int) -> tuple[int, tuple[tuple[int, int], ...]]:
        if row == len(weights):
            return 0, ()
        options = [best(row + 1, used)]
        for column, weight in weights[row].items():
            if not used >> column & 1:
                rest, pairs = best(row + 1, used | 1 << column)
                options.append((rest + weight, ((row, column), *pairs)))
        return max(options, key=lambda option: option[0])

    return dict(best(0, 0)[1])


def _same_date(gold: GoldLeg, leg: Leg) -> bool:
    return _UNSURE.sub("", gold.date or "") == _UNSURE.sub("", leg.date or "")


def evaluate_legs(golds: Iterable[GoldTextLegs], answers: Iterable[Sequence[Leg]]) -> LegScores:
    """Score the legs of texts, given in the order of the annotated ones."""
    scores = LegScores()
    right: Counter[int] = Counter()
    answered = total = pairs = status = dated = dated_right = sources = sources_right = 0
    groups: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for gold, legs in zip(golds, answers, strict=True):
        scores.texts += 1
        if not gold.legs:
            scores.empty += 1
            scores.false_in_empty += len(legs)
        answered, total = answered + len(legs), total + len(gold.legs)
        degrees = [{at: d for at, leg in enumerate(legs) if (d := degree(one, leg))} for one in gold.legs]
        for least in _DEGREES:
            right[least] += len(_match([{at: 1 for at, d in row.items() if d >= least} for row in degrees]))
        weights = [
            {at: _WEIGHTS[d] + _same_date(one, legs[at]) for at, d in row.items()}
            for one, row in zip(gold.legs, degrees, strict=True)
        ]
        hits = _match(weights)
        for row, one in enumerate(gold.legs):
            group = LegKind(one.kind).group
            groups[group] += 1
            sources += one.source is not None
            if row not in hits:
                scores.missed.append(
                    (gold.id, f"{one.name}: {one.kind} {(one.to or one.source or one.via or one).name}")
                )
                continue
            leg = legs[hits[row]]
            found[group] += degrees[row][hits[row]] >= 2  # noqa: PLR2004 - with the kind
            pairs, status = pairs + 1, status + (one.status == leg.status.value)
            dated, dated_right = (
                dated + bool(one.date),
                dated_right + (bool(one.date) and _same_date(one, leg)),
            )
            sources_right += _right(one.source, leg.from_place)
        for at in sorted(set(range(len(legs))) - set(hits.values())):
            scores.extra.append((gold.id, f"{legs[at].actor.name}: {legs[at].kind.value} {_name(legs[at])}"))
    scores.degrees = tuple(Degree(right[least], answered, total) for least in _DEGREES)
    scores.status, scores.dated, scores.sources = (
        (status, pairs),
        (dated_right, dated),
        (sources_right, sources),
    )
    scores.groups = {group: (found[group], count) for group, count in groups.most_common()}
    return scores


def _name(leg: Leg) -> str:
    end = leg.to_place or leg.from_place or leg.via
    place: Place | None = end.place if end else None
    return place.name if place else "-"
