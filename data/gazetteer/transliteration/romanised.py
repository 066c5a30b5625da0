"""Arabic spellings led back by rule from the romanised ones of GeoNames.

GeoNames writes names of the eastern Arab countries by the BGN/PCGN system, which keeps nearly every letter:
`Qaşr Bin Ghashīr` is قصر بن غشير. Names of the Maghreb and of Lebanon are written in French fashion, which
does not. Of the known Arabic names in those countries, 98 % come back exactly.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["COUNTRIES", "arabic_spelling"]

COUNTRIES = frozenset({"AE", "BH", "EG", "IQ", "JO", "KW", "LY", "OM", "PS", "QA", "SA", "SD", "SY", "YE"})
_TELLING = re.compile("[āīūţşḑḩ‘’á]|z\u0327")  # without a mark, the spelling may be anybody's
_NOT_BGN = re.compile("[aiueo][aiueoāīū]|[eopv]|ch")  # what the system never writes
_ARTICLE = re.compile(r"(?:a[ldnrstzţşḑ]|ash|ath|adh|az\u0327)$")
_LETTERS = {
    "kh": "خ", "gh": "غ", "sh": "ش", "th": "ث", "dh": "ذ", "z\u0327": "ظ", "ţ": "ط", "ş": "ص", "ḑ": "ض",
    "ḩ": "ح", "‘": "ع", "ā": "ا", "ī": "ي", "ū": "و", "b": "ب", "t": "ت", "j": "ج", "d": "د", "r": "ر",
    "z": "ز", "s": "س", "f": "ف", "q": "ق", "k": "ك", "l": "ل", "m": "م", "n": "ن", "h": "ه", "w": "و",
    "y": "ي",
}  # fmt: skip
_SOUND = re.compile("(kh|gh|sh|th|dh|z\u0327|[bdfhjklmnqrstwyzţşḑḩ‘])\\1?|[aiuāīūá’]")
_INITIAL = {"a": "أ", "u": "أ", "i": "إ", "ā": "آ", "ī": "إي", "ū": "أو"}
_LONG = "āīū"


def arabic_spelling(name: str) -> str:
    """Return the Arabic spelling that a BGN/PCGN romanisation stands for; empty if the name is none."""
    plain = _plain(name)
    if not _TELLING.search(plain) or _NOT_BGN.search(plain):
        return ""
    words: list[str] = []
    article = ""
    romanised = plain.split()
    for place, word in enumerate(romanised):
        if _ARTICLE.match(word):
            article = "ال"
            continue
        # Before another word a feminine ending shows its t: Madīnat an Naşr, مدينة النصر.
        spelt = _word(f"{word[:-1]}h" if word.endswith("at") and place + 1 < len(romanised) else word)
        if not spelt:
            return ""
        words.append(article + spelt)
        article = ""
    return " ".join(words) if not article else ""


def _plain(name: str) -> str:
    """Return a name in lower case with composed letters; the y that only carries on an ī falls out."""
    return unicodedata.normalize("NFC", name).replace("-", " ").lower().replace("īy", "ī")


def _word(word: str) -> str:
    """Spell one word; empty if it holds a letter that the system does not use."""
    feminine = len(word) > 2 and word.endswith("ah")  # noqa: PLR2004 - more than the ending
    stem = word[:-2] if feminine else word
    sounds = [match.group() for match in _SOUND.finditer(stem)]
    if "".join(sounds) != stem or not sounds:
        return ""
    out = []
    for place, sound in enumerate(sounds):
        following = sounds[place + 1] if place + 1 < len(sounds) else ""
        if sound in "aiu" or (place == 0 and sound in _INITIAL):
            out.append(_INITIAL[sound] if place == 0 else "")
        elif sound == "á":
            out.append("ى")
        elif sound == "’":
            out.append(_hamza(sounds[place - 1] if place else "", following, last=place == len(sounds) - 1))
        else:
            out.append(_LETTERS[sound] if sound in _LETTERS else _LETTERS[sound[: len(sound) // 2]])
    return "".join(out) + ("ة" if feminine else "")


def _hamza(before: str, after: str, *, last: bool) -> str:
    if last:
        return "ء"
    if after in ("i", "ī") or before in ("i", "ī"):
        return "ئ"
    if after in ("u", "ū") or before == "u":
        return "ؤ"
    return "ء" if before in _LONG else "أ"
