"""Scores of the geoparser against gold texts.

The unit is the link, a pair of article and place. A returned place is credited to one gold place of its
article: one whose mentions it touches before others, then the nearest for its tolerance; and a gold place
with a tolerance over 50 km must be returned on one of its own mentions, else Paris would pay for the Élysée
Palace and any African town for Africa. A place none of whose mentions lies on anything but optional
stretches is neither rewarded nor punished.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dashboard.core.geo import distance_km
from dashboard.core.models import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.core.models import Parse, Place, Resolution
    from dashboard.geoparse.gold import GoldPlace, GoldText

__all__ = ["Rates", "Scores", "evaluate"]

_WIDE_KM = 50.0


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and their harmonic mean, with the counts behind them."""

    right: int
    returned: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of what was returned that is right; 0 when nothing was."""
        return self.right / self.returned if self.returned else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 0 when there is none."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """What `kharita evaluate` prints.

    Attributes
    ----------
    links, exact, overlap
        Pairs of article and place; mentions with the very offsets; mentions that touch.
    traps_drawn, traps
        Traps that got a pin, of all.
    missed, false, drawn
        `(article id, what)` for each fault.
    focus_right, focus_known
        Articles whose main country is right, of those where it is annotated.
    """

    texts: int
    links: Rates
    exact: Rates
    overlap: Rates
    traps_drawn: int
    traps: int
    focus_right: int
    focus_known: int
    missed: list[tuple[str, str]] = field(default_factory=list)
    false: list[tuple[str, str]] = field(default_factory=list)
    drawn: list[tuple[str, str]] = field(default_factory=list)


def evaluate(golds: Sequence[GoldText], parses: Iterable[Parse]) -> Scores:
    """Score parses against gold texts, in the same order."""
    counts = {"links": [0, 0, 0, 0], "exact": [0, 0, 0, 0], "overlap": [0, 0, 0, 0]}
    missed: list[tuple[str, str]] = []
    false: list[tuple[str, str]] = []
    drawn: list[tuple[str, str]] = []
    traps = focus_right = focus_known = 0
    for gold, parse in zip(golds, parses, strict=True):
        placed = [x for x in parse.resolutions if x.place is not None]
        good, wrong, found = _links(gold, placed)
        _add(counts["links"], good, good + len(wrong), len(found), len(gold.places))
        false += [(gold.id, name) for name in wrong]
        missed += [(gold.id, key) for key in gold.places if key not in found]
        hit = _traps(gold, placed)
        drawn += [(gold.id, surface) for surface in hit]
        traps += len(gold.traps)
        for name, exact in (("exact", True), ("overlap", False)):
            _add(counts[name], *_recognition(gold, parse.resolutions, exact=exact))
        country = gold.focus.get("country")
        focus_known += country is not None
        focus_right += country is not None and country == parse.focus.country
    rates = {name: Rates(*values) for name, values in counts.items()}
    return Scores(
        texts=len(golds),
        links=rates["links"],
        exact=rates["exact"],
        overlap=rates["overlap"],
        traps_drawn=len(drawn),
        traps=traps,
        focus_right=focus_right,
        focus_known=focus_known,
        missed=missed,
        false=false,
        drawn=drawn,
    )


def _add(counts: list[int], *more: int) -> None:
    for place, count in enumerate(more):
        counts[place] += count


def _nearness(gold: GoldPlace, place: Place) -> float | None:
    """Return how far off a place is, as a share of what is allowed; None when it is not that place."""
    if gold.tolerance_km == 0:
        return 0.0 if place.kind is Kind.COUNTRY and place.country == gold.country else None
    away = float(distance_km(gold.latitude, gold.longitude, place.latitude, place.longitude))
    return away / gold.tolerance_km if away <= gold.tolerance_km else None


def _links(gold: GoldText, placed: Sequence[Resolution]) -> tuple[int, list[str], set[str]]:
    """Return the number of right places, the names of false ones, and the keys of the gold places found."""
    by_place: dict[str, list[Resolution]] = {}
    for resolution in placed:
        if resolution.place is not None:
            by_place.setdefault(resolution.place.id, []).append(resolution)
    good, wrong, found = 0, [], set()
    for resolutions in by_place.values():
        place = resolutions[0].place
        spans = [(x.mention.start, x.mention.end) for x in resolutions]
        fits = []
        for key, candidate in gold.places.items():
            near = _nearness(candidate, place) if place else None
            on = any(m.place == key and m.touches(*span) for m in gold.mentions for span in spans)
            if near is not None and (on or candidate.tolerance_km <= _WIDE_KM):
                fits.append((not on, near, key))
        if fits:
            good += 1
            found.add(min(fits)[2])
        elif not all(any(o.touches(*span) for o in gold.optional) for span in spans):
            wrong.append(f"{resolutions[0].mention.text} → {place.name if place else ''}")
    return good, wrong, found


def _traps(gold: GoldText, placed: Sequence[Resolution]) -> list[str]:
    """Return the traps with a pin on them; a mention that touches a gold name is that name, not the trap."""
    spans = [
        (x.mention.start, x.mention.end)
        for x in placed
        if not any(m.touches(x.mention.start, x.mention.end) for m in gold.mentions)
    ]
    return [trap.surface for trap in gold.traps if any(trap.touches(*span) for span in spans)]


def _recognition(
    gold: GoldText, resolutions: Sequence[Resolution], *, exact: bool
) -> tuple[int, int, int, int]:
    """Match mentions one to one, those that share most first.

    Mentions that lie on optional stretches only are set aside.
    """
    spans = [
        (x.mention.start, x.mention.end)
        for x in resolutions
        if any(m.touches(x.mention.start, x.mention.end) for m in gold.mentions)
        or not any(o.touches(x.mention.start, x.mention.end) for o in gold.optional)
    ]
    pairs = sorted(
        (max(m.start, start) - min(m.end, end), at, number)
        for at, m in enumerate(gold.mentions)
        for number, (start, end) in enumerate(spans)
        if ((m.start, m.end) == (start, end) if exact else m.touches(start, end))
    )
    used_gold: set[int] = set()
    used_spans: set[int] = set()
    for _, at, number in pairs:
        if at not in used_gold and number not in used_spans:
            used_gold.add(at)
            used_spans.add(number)
    return len(used_gold), len(spans), len(used_gold), len(gold.mentions)
