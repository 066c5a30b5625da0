"""Which of a place's names in Arabic script is its Arabic one: GeoNames alternates do not say their language.

Names with Persian, Urdu, Kurdish or Uyghur letters fall out. Of the others, the one that Arabic texts use
most wins, helped by how far its consonants are those of the Latin name: طرابلس before ترابلس.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio

from dashboard.core.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["ArabicNames"]

_MARKS = re.compile(r"[\u0640\u064b-\u065f\u0670]")
# Letters of Arabic alone; alif maqsura stands only at the end of a word, ئ never at its beginning.
_WORD = r"(?!ئ)(?:(?:[\u0621-\u063a\u0641-\u0648\u064a]|ى(?=$| |-))+)"
_ARABIC_ONLY = re.compile(rf"{_WORD}(?:[ -]{_WORD})*")
_GENERIC = ("مدينة ", "محافظة ", "ولاية ", "شعبية ")
_WORD_PRICE = 0.5  # Zipf units that every further word costs
_LIKENESS = 1.0  # Zipf units that the same consonants are worth

_VOWELS = str.maketrans("", "", "aeiouywh'- اويهآعء")
_SOUNDS = str.maketrans(
    {
        **dict(zip("بتثجحخدذرزسشصضطظغفقكلمنة", "btsjhkdzrzsssdtzgfkklmnt", strict=True)),
        **dict(zip("vpqcxg", "bbkkkj", strict=True)),
    }
)


@lru_cache(maxsize=4096)
def _consonants(name: str) -> str:
    return fold(name).translate(_SOUNDS).translate(_VOWELS)


@dataclass(frozen=True)
class ArabicNames:
    """Chooses Arabic names.

    Attributes
    ----------
    zipf
        Zipf frequency of Arabic words in their plain spelling; words not there count as never used.
    """

    zipf: Mapping[str, float] = field(default_factory=dict)

    def choose(self, names: Iterable[str], latin: str) -> str:
        """Return the likeliest Arabic name of a place among names in any script; empty if there is none."""
        plain = dict.fromkeys(_MARKS.sub("", name) for name in names)
        candidates = [name for name in plain if _ARABIC_ONLY.fullmatch(name)]
        if len(candidates) > 1:
            candidates = [name for name in candidates if not name.startswith(_GENERIC)] or candidates
        if len(candidates) < 2:  # noqa: PLR2004 - nothing to choose
            return candidates[0] if candidates else ""
        return max(candidates, key=lambda name: self._score(name, latin))

    def _score(self, name: str, latin: str) -> float:
        words = name.split()
        use = sum(self.zipf.get(word, 0.0) for word in words) / len(words)
        likeness = ratio(_consonants(name.removeprefix("ال")), _consonants(latin)) / 100
        return use - _WORD_PRICE * (len(words) - 1) + _LIKENESS * likeness
