"""What the text that comes out of a PDF needs: turned the right way round, repaired, and scored."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np
from wordfreq import get_frequency_list

from dashboard.core.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

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
def _known_words() -> NDArray[np.int64]:
    """Return hashes of all words that are known, sorted: as a set of texts they would take a tenth of a gigabyte."""
    found = [
        np.fromiter(map(hash, fold("\n".join(words)).split("\n")), np.int64)
        for language in _LANGUAGES
        for words in get_frequency_list(language, "best")
        if words
    ]
    get_frequency_list.cache_clear()
    return np.unique(np.concatenate(found))


def score(text: str) -> float:
    """Return the share of words that are words of Arabic, English or French, 0 to 1; 0 without words."""
    words = [word for word in _WORD.findall(fold(text)) if len(word) >= _LEAST_LETTERS][:_MAX_WORDS]
    if not words:
        return 0.0
    readings = [(at, reading) for at, word in enumerate(words) for reading in _readings(word)]
    hashes = np.fromiter((hash(reading) for _, reading in readings), np.int64, len(readings))
    known = _known_words()
    is_known = known[np.minimum(np.searchsorted(known, hashes), len(known) - 1)] == hashes
    return len({at for (at, _), found in zip(readings, is_known.tolist(), strict=True) if found}) / len(words)


def _readings(word: str) -> Iterator[str]:
    """Yield a folded word, and what is left of it without the particles that it may begin with."""
    yield word
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) > len(prefix) + 1:
            yield word[len(prefix) :]


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
