"""Keys that the spellings of one name share, in Arabic and in Latin letters: حفتر, Haftar, Hifter."""

from __future__ import annotations

from functools import lru_cache

from dashboard.core.text import fold_name, is_arabic

__all__ = ["name_key"]

_PARTICLES = frozenset(["بن", "ابن", "ال", "al", "el", "bin", "ben", "de", "von", "ابو"])
_VOWELS = str.maketrans("", "", "aeiouyاويءعh'’-")
_SOUNDS = str.maketrans(
    "بتثجحخدذرزسشصضطظغفقكلمنهqcpvgx",
    "bttjhkddrzsssdtzgfkklmnhkkbfgk",
)


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """Return a key that the spellings of one name share, in Arabic and in Latin letters: حفتر, Haftar, Hifter.

    Long vowels, gemination, and letters that transliterations confuse are left out, and so is the article.
    """
    parts = []
    for word in (
        fold_name(name).replace("ch", "s").replace("sh", "s").replace("kh", "k").replace("gh", "g").split()
    ):
        if word in _PARTICLES:
            continue
        bare = word.removeprefix("ال") if is_arabic(word) else word
        sound = bare.translate(_SOUNDS).replace("th", "t").replace("dh", "d").translate(_VOWELS)
        kept = "".join(
            letter for place, letter in enumerate(sound) if place == 0 or letter != sound[place - 1]
        )
        parts.append(kept or bare)
    return " ".join(parts)
