"""Spells one town: all its Latin spellings together, the rules where they hold, and words that Arabic knows."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from dashboard.core.text import fold_name
from transliteration.romanised import COUNTRIES
from transliteration.train import simplify

if TYPE_CHECKING:
    from collections.abc import Collection

    from transliteration.model import Model
    from transliteration.towns import Town

_ROUND = re.compile("[uoüöóúòùō][^aeiouywáéíóúàèìòùâêîôûäëïöü]")
_FRONT = re.compile("[iíìî][^aeiouywáéíóúàèìòùâêîôûäëïöü]")
_SHOWN = 5
_RULED = 0.8  # share of the spelling by rule: it is right so much more often
_ARTICLE_ADDED = 0.4  # an article that the Latin name lacks makes a spelling less likely
_KNOWN = 3.0  # how much likelier a spelling is whose words all occur in Arabic


class Spelling(NamedTuple):
    """An Arabic spelling and its share of the probability of all."""

    share: float
    arabic: str


def spellings(town: Town, model: Model, letters: frozenset[str], words: Collection[str]) -> list[Spelling]:
    """Return the likeliest Arabic spellings of a town, each of another folded form, best first.

    Parameters
    ----------
    letters
        Latin letters that the model knows.
    words
        Folded words of Arabic.
    """
    shares: defaultdict[str, float] = defaultdict(float)
    forms: dict[str, tuple[float, str]] = {}
    for latin, weight in town.latin:
        for arabic, probability in model.spell(simplify(latin, letters), town.country).items():
            spelt = _mend(latin, " ".join(arabic.split()))
            folded = fold_name(spelt)
            if not folded:
                continue
            mass = weight * probability
            if all(word in words for word in folded.split()):
                mass *= _KNOWN
            if spelt.startswith("ال") and town.country in COUNTRIES and latin[0] not in "@a":
                mass *= _ARTICLE_ADDED
            shares[folded] += mass
            forms[folded] = max(forms.get(folded, (0.0, "")), (mass, spelt))
    total = sum(shares.values())
    if town.ruled:
        shares = defaultdict(float, {key: (1 - _RULED) * mass / total for key, mass in shares.items()})
        folded = fold_name(town.ruled)
        shares[folded] += _RULED
        forms[folded] = (1.0, town.ruled)
        total = 1.0 if total else _RULED
    found = [Spelling(mass / total, forms[folded][1]) for folded, mass in shares.items()]
    return sorted(found, key=lambda one: (-one.share, one.arabic))[:_SHOWN]


def _mend(latin: str, arabic: str) -> str:
    """Put the alif in its place: no Arabic word begins with a vowel."""
    if arabic[:1] == "و" and _ROUND.match(latin):
        return f"أ{arabic}"
    if arabic[:1] == "ي" and _FRONT.match(latin):
        return f"إ{arabic}"
    return arabic
