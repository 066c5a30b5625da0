"""Which language a text is written in, as far as the geoparser needs to know."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.geoparse.lexicon import Lexicon

__all__ = ["detect_language"]

_LATIN_WORD = re.compile(r"[a-zà-ÿ]+")
_ARABIC = re.compile(r"[\u0620-\u064a]+")  # runs, for there are far fewer of them than of letters
_LATIN = re.compile(r"[A-Za-z]+")
_SAMPLE = 4000  # code points looked at


def detect_language(text: str, lexicon: Lexicon) -> str:
    """Return `ar`, `en` or `fr`: by script, then by which function words are the more frequent.

    A text in another language of these scripts gets the nearest of the three; one without letters is `en`.
    """
    sample = text[:_SAMPLE]
    if sum(map(len, _ARABIC.findall(sample))) > sum(map(len, _LATIN.findall(sample))):
        return "ar"
    words = Counter(_LATIN_WORD.findall(sample.lower()))
    scores = {
        language: sum(words[word] for word in lexicon.function_words[language]) for language in ("en", "fr")
    }
    return "fr" if scores["fr"] > scores["en"] else "en"
