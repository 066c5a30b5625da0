"""A joint n-gram model of Latin and Arabic letters, and the search for the likeliest Arabic spellings."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from transliteration.align import Unit

Counts = dict[tuple[int, ...], dict[int, float]]

START, END = 0, 1
LONGEST = 3  # Latin letters of a unit


class Settings(NamedTuple):
    """What was tuned on the names held out.

    Attributes
    ----------
    order
        Units that a probability looks at, its own included.
    smoothing
        Weight of the shorter history, by kinds of followers of the longer one.
    group, country
        How much more a count of the same group of countries, or the same country, is worth.
    choices
        Arabic letters tried for each piece of Latin.
    beam
        Beginnings kept at each Latin letter.
    """

    order: int = 5
    smoothing: float = 1.0
    group: float = 5.0
    country: float = 5.0
    choices: int = 8
    beam: int = 16


class Counter:
    """Counts of unit n-grams of one level: the world, a group of countries, a country."""

    def __init__(self, order: int) -> None:
        self.order = order
        self.counts: Counts = {}

    def add(self, units: Sequence[int], weight: float) -> None:
        """Count the n-grams of one aligned name, its bounds included."""
        counts = self.counts
        for place in range(1, len(units)):
            unit = units[place]
            for length in range(min(self.order, place + 1)):
                followers = counts.setdefault(tuple(units[place - length : place]), {})
                followers[unit] = followers.get(unit, 0.0) + weight


class Model:
    """Counts of aligned names."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.ids: dict[Unit, int] = {("<", ""): START, (">", ""): END}
        self.levels: dict[str, Counter] = {"": Counter(settings.order)}

    def add(self, units: Iterable[Unit], levels: Iterable[str], weight: float) -> None:
        """Learn one aligned name of the given group and country."""
        ids = self.ids
        path = [START, *(ids.setdefault(unit, len(ids)) for unit in units), END]
        for level in ("", *levels):
            if level not in self.levels:
                self.levels[level] = Counter(self.settings.order)
            self.levels[level].add(path, weight)

    @cached_property
    def units(self) -> list[Unit]:
        """The units in the order of their numbers."""
        return list(self.ids)

    def speller(self, group: str, country: str) -> Speller:
        """Return what spells names of one country."""
        chosen = [(self.levels[""].counts, 1.0)]
        for level, worth in ((group, self.settings.group), (country, self.settings.country)):
            if level in self.levels:
                chosen.append((self.levels[level].counts, worth))
        return Speller(self, chosen)


class Speller:
    """Spells names by the counts of the world, one group and one country together."""

    def __init__(self, model: Model, levels: Sequence[tuple[Counts, float]]) -> None:
        self.settings = model.settings
        self._levels = levels
        self._seen: dict[tuple[int, ...], tuple[dict[int, float], float]] = {}
        self._arabic = [arabic for _, arabic in model.units]
        self._pieces = self._choices(model.units)

    def _choices(self, units: Sequence[Unit]) -> Mapping[str, list[int]]:
        """Return the likeliest units of each piece of Latin."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        weights, _ = self._followers(())
        for unit, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
            options = found[units[unit][0]]
            if unit > END and weight and len(options) < self.settings.choices:
                options.append(unit)
        return dict(found)

    def knows(self, letter: str) -> bool:
        """Tell whether a letter was met in training."""
        return letter in self._pieces

    def _followers(self, history: tuple[int, ...]) -> tuple[dict[int, float], float]:
        """Return the probabilities of what follows a history, and the weight of the shorter one."""
        known = self._seen.get(history)
        if known is not None:
            return known
        merged: dict[int, float] = {}
        for counts, worth in self._levels:
            for unit, count in counts.get(history, {}).items():
                merged[unit] = merged.get(unit, 0.0) + worth * count
        if not merged:
            found: tuple[dict[int, float], float] = ({}, 1.0)
        elif not history:
            total = sum(merged.values())
            found = ({unit: count / total for unit, count in merged.items()}, 0.0)
        else:
            held = self.settings.smoothing * len(merged)
            total = sum(merged.values()) + held
            shorter = self._probability
            found = (
                {
                    unit: (count + held * shorter(history[1:], unit)) / total
                    for unit, count in merged.items()
                },
                held / total,
            )
        self._seen[history] = found
        return found

    def _probability(self, history: tuple[int, ...], unit: int) -> float:
        weight = 1.0
        while True:
            followers, back = self._followers(history)
            probability = followers.get(unit)
            if probability is not None:
                return weight * probability
            if not history:
                return 0.0
            weight *= back
            history = history[1:]

    def spell(self, latin: str) -> dict[str, float]:
        """Return Arabic spellings and their probabilities together with the Latin name; may be empty."""
        keep = self.settings.order - 1
        beams: list[dict[tuple[tuple[int, ...], str], float]] = [{} for _ in range(len(latin) + 1)]
        beams[0][(START,), ""] = 1.0
        for place in range(len(latin)):
            beam = beams[place]
            ends = [
                (place + length, options)
                for length in range(1, min(LONGEST, len(latin) - place) + 1)
                if (options := self._pieces.get(latin[place : place + length]))
            ]
            if len(beam) > self.settings.beam:
                kept = sorted(beam.items(), key=lambda item: (-item[1], item[0]))[: self.settings.beam]
            else:
                kept = list(beam.items())
            for (history, written), mass in kept:
                short = history[-keep:] if keep else ()
                for end, options in ends:
                    reached = beams[end]
                    for unit in options:
                        probability = mass * self._probability(short, unit)
                        if probability > 0.0:
                            key = ((*short, unit)[-keep:], written + self._arabic[unit])
                            reached[key] = reached.get(key, 0.0) + probability
            beams[place] = {}
        found: defaultdict[str, float] = defaultdict(float)
        for (history, written), mass in beams[-1].items():
            found[written] += mass * self._probability(history[-keep:], END)
        return dict(found)

    def score(self, units: Sequence[int]) -> float:
        """Return the natural logarithm of the probability of one aligned name, its start left out."""
        path = [START, *units, END]
        keep = self.settings.order - 1
        total = 0.0
        for place in range(1, len(path)):
            probability = self._probability(tuple(path[max(0, place - keep) : place]), path[place])
            total += math.log(probability) if probability else -99.0
        return total
