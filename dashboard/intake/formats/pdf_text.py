"""What the text that comes out of a PDF needs: turned the right way round, repaired, and scored."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from wordfreq import get_frequency_dict

from dashboard.core.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["is_turned", "repair", "score", "turned"]

_LANGUAGES = ("ar", "en", "fr")
_MAX_WORDS = 3000  # that a score looks at
_LEAST_LETTERS = 3
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE_MARK = re.compile(r"\s+(?=[\u064b-\u0652\u0670])")
_PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ف", "ب", "ل", "ك")
_MIRRORED = str.maketrans("()[]{}«»<>", ")(][}{»«><")
_STEADY = re.compile(r"[0-9\u0660-\u0669A-Za-z\u00c0-\u024f]")
# Between two of those: 12/03/2025, 3.5, 10:30, a@b.org.
_JOINING = re.compile(r"[./:,\-@_%+#&'’٫٬]")


@lru_cache(maxsize=1)
def _known_words() -> frozenset[str]:
    return frozenset(fold(word) for language in _LANGUAGES for word in get_frequency_dict(language, "best"))


def score(text: str) -> float:
    """Return the share of words that are words of Arabic, English or French, 0 to 1; 0 without words."""
    words = [word for word in _WORD.findall(fold(text)) if len(word) >= _LEAST_LETTERS][:_MAX_WORDS]
    return sum(map(_is_known, words)) / len(words) if words else 0.0


@lru_cache(maxsize=1 << 16)
def _is_known(word: str) -> bool:
    known = _known_words()
    return word in known or any(
        word.startswith(prefix) and word[len(prefix) :] in known and len(word) > len(prefix) + 1
        for prefix in _PREFIXES
    )


def repair(text: str) -> str:
    """Write the shapes of letters as letters, and set marks back on the letters that they belong to."""
    return _BEFORE_MARK.sub("", unicodedata.normalize("NFKC", text).replace("\u00ad", ""))


def turned(units: Sequence[str]) -> str:
    """Turn a line round that was painted from left to right although it is read from right to left.

    Parameters
    ----------
    units
        What each glyph stands for; a ligature such as lam-alif is one unit, whose letters keep their order.
    """
    backward = list(reversed(units))
    out: list[str] = []
    for steady, group in groupby(zip(_steady(backward), backward, strict=True), key=itemgetter(0)):
        run = [unit for _, unit in group]
        out.extend(reversed(run) if steady else (unit.translate(_MIRRORED) for unit in run))
    return "".join(out)


def _steady(units: Sequence[str]) -> list[bool]:
    """Tell of each unit whether it belongs to a number or to Latin words, which run from left to right all the same."""
    steady = [bool(_STEADY.match(unit)) for unit in units]
    for at in range(1, len(units) - 1):
        if not steady[at] and _JOINING.fullmatch(units[at]) and steady[at - 1] and steady[at + 1]:
            steady[at] = True
    return steady


def is_turned(lines: Iterable[Sequence[str]]) -> bool:
    """Tell by the words of all lines whether they are painted the wrong way round."""
    sample = [units for units in lines if any(char >= "\u0590" for unit in units for char in unit)][:80]
    forward = score(repair("\n".join("".join(units) for units in sample)))
    backward = score(repair("\n".join(turned(units) for units in sample)))
    return backward > forward
