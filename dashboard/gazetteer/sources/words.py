"""How common a word is in each language, from the package wordfreq (data CC BY-SA 4.0)."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from dashboard.core.text import WORD, fold

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["WordFrequencies"]

_LEAST_ZIPF = 1.5
_ZIPF_OF_ONE = 9.0  # a word that were all of the text: log10 of 10^9
_CENTIBELS = 100


@dataclass(frozen=True)
class WordFrequencies:
    """Frequencies of wordfreq's lists.

    Attributes
    ----------
    wordlist
        `best`, `large` or `small`, as in wordfreq.
    """

    languages: tuple[str, ...] = ("ar", "en", "fr")
    wordlist: str = "best"

    def zipf(self, language: str) -> Mapping[str, float]:
        """Return the Zipf frequency of each folded word, summed over spellings that fold alike."""
        return _folded_zipf(language, self.wordlist)

    def spellings(self, language: str) -> Mapping[str, float]:
        """Return the Zipf frequency of each word as it is spelt."""
        return {
            word: exponent + _ZIPF_OF_ONE
            for exponent, words in _buckets(language, self.wordlist)
            for word in words
        }


def _buckets(language: str, wordlist: str) -> list[tuple[float, list[str]]]:
    """Return the words of each frequency; words rarer than 1.5 are left out."""
    # Imported when first used: the package loads language tables that only a build needs.
    lists: list[list[str]] = import_module("wordfreq").get_frequency_list(language, wordlist)
    # A word's place in the list of lists is minus its frequency in centibels.
    return [
        (-centibels / _CENTIBELS, words)
        for centibels, words in enumerate(lists[: round((_ZIPF_OF_ONE - _LEAST_ZIPF) * _CENTIBELS) + 1])
        if words
    ]


@lru_cache(maxsize=1)  # a build asks for Arabic twice
def _folded_zipf(language: str, wordlist: str) -> Mapping[str, float]:
    total: defaultdict[str, float] = defaultdict(float)
    whole_word = WORD.fullmatch
    for exponent, words in _buckets(language, wordlist):
        frequency = 10**exponent
        for word, folded in zip(words, fold("\n".join(words)).split("\n"), strict=True):
            if folded and (word.isalpha() or whole_word(word)):
                total[folded] += frequency
    return {word: math.log10(frequency) + _ZIPF_OF_ONE for word, frequency in total.items()}
