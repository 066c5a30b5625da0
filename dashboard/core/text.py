"""Folding of spelling, and cutting of text into words.

One normaliser serves the gazetteer, the geoparser, the full-text index and the search box. It works
character by character, so that a folded text can always be led back to the original.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

import numpy as np

__all__ = [
    "WORD",
    "fold",
    "fold_name",
    "fold_with_offsets",
    "folded_lines",
    "folded_words",
    "is_arabic",
    "sentences",
    "tokens",
]

# Arabic letters that news writes in several ways, and Persian, Kurdish and Urdu letters, as in Lucene's
# ArabicNormalizer, wider by the hamza carriers and the letters for p, g, v, ch, zh.
_ARABIC = {
    **dict.fromkeys("أإآٱٲٳٵ", "ا"),
    **dict.fromkeys("ؤۆۇۈۋ", "و"),
    **dict.fromkeys("ئىیېےێۍ", "ي"),
    **dict.fromkeys("ةھہەۀۃ", "ه"),
    **dict.fromkeys("کگڭڪګ", "ك"),
    **dict.fromkeys("پ", "ب"),
    **dict.fromkeys("چژ", "ج"),
    **dict.fromkeys("ڤ", "ف"),
    **dict.fromkeys("ڨ", "ق"),
    **dict.fromkeys("ٹ", "ت"),
    **dict.fromkeys("ڈ", "د"),
    **dict.fromkeys("ڕڑ", "ر"),
    **dict.fromkeys("ڵ", "ل"),
    **dict.fromkeys("ں", "ن"),
    "ء": "",  # صنعاء and صنعا, شاطىء and شاطئ
    "ـ": "",  # tatweel
}
_LATIN = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "ħ": "h",
}


class _Folding(dict[int, str]):
    """A `str.translate` table that works a character's folding out once, when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        out = []
        for lower in char.casefold():
            if lower in _ARABIC:  # before decomposition, which takes the hamza off its carrier
                out.append(_ARABIC[lower])
                continue
            for part in unicodedata.normalize("NFKD", lower):
                category = unicodedata.category(part)
                if category == "Nd":
                    out.append(str(unicodedata.digit(part)))
                elif category not in ("Mn", "Cf"):
                    part_folded = _ARABIC.get(part, _LATIN.get(part, part))
                    out.append(part_folded)
        folded = "".join(out)
        if folded != char:  # signs such as ™ and ℃ hold capitals
            folded = folded.translate(self)
        self[code] = folded
        return folded


_FOLDING = _Folding()
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
WORD = re.compile(rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*)*")  # an underscore parts words: #درنة_المنكوبة
_MARK = re.compile(rf"[{_MARKS}]")
_BREAKING = ("\n", " ")
_FIRST_HALF, _LAST_HALF = 0xD800, 0xDFFF  # of characters that UTF-16 writes as two
_SENTENCE_END = re.compile(r"(?<=[.!?؟!…])[\"'»”)\]]*\s+|\s*\n+\s*")
_ARABIC_LETTER = re.compile(r"[\u0620-\u064a\u0671-\u06d3]")


def fold(text: str) -> str:
    """Fold spelling: case, accents, vowel marks, tatweel, hamza, ta marbuta, alif maqsura, Persian letters.

    Digits of any script become 0 to 9. Idempotent, and `fold(a + b) == fold(a) + fold(b)`.
    """
    return text.translate(_FOLDING)


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Fold, and say where each folded character came from.

    Returns
    -------
    folded, offsets
        `offsets[i]` is the code point of `text` that gave `folded[i]`; one more entry at the end holds
        `len(text)`.
    """
    parts: list[str] = []
    offsets: list[int] = []
    for place, char in enumerate(text):
        part = _FOLDING[ord(char)]
        parts.append(part)
        offsets.extend([place] * len(part))
    offsets.append(len(text))
    return "".join(parts), offsets


@lru_cache(maxsize=1 << 16)
def fold_name(name: str) -> str:
    """Fold a name to the form under which it is looked up: its words, folded, one space between them."""
    return " ".join(filter(None, (fold(word) for word in WORD.findall(name))))


def tokens(text: str) -> list[tuple[int, int, str]]:
    """Cut a text into words: `(start, end, folded)`; offsets in code points, end exclusive.

    Words of which folding leaves nothing are left out.
    """
    return [(m.start(), m.end(), folded) for m in WORD.finditer(text) if (folded := fold(m.group()))]


def folded_words(text: str) -> str:
    """Return the folded words of a text, as `tokens` finds them, with one space between."""
    folded = _letters(text)
    return " ".join((fold(" ".join(WORD.findall(text))) if folded is None else folded).split())


def folded_lines(text: str) -> list[str]:
    """Return for each line of a text its folded words, as `tokens` finds them, with one space between."""
    folded = _letters(text)
    if folded is None:
        folded = "\n".join(fold(" ".join(WORD.findall(line))) for line in text.split("\n"))
    return [" ".join(line.split()) for line in folded.split("\n")]


class _Letters:
    """What becomes of each character where a text is cut into folded words, as a table for numpy.

    An entry is the code of the character that it becomes: a space for what parts words, 0 for what vanishes.
    """

    several = 0xFFFF  # becomes more than one character, or one beyond the table
    unknown = 0xFFFE  # not met yet; neither of the two is a character

    def __init__(self) -> None:
        self.table = np.full(1 << 16, self.unknown, np.uint16)
        self.table[ord("\n")] = ord("\n")

    def learn(self, code: int) -> None:
        """Enter a character."""
        char = chr(code)
        if _FIRST_HALF <= code <= _LAST_HALF:
            self.table[code] = self.several
            return
        if not WORD.fullmatch(char):
            self.table[code] = ord(" ")
            if _MARK.match(char):  # nearly all vanish; a rare one becomes a letter where it stands in a word
                self.table[code] = self.several if fold(char) else 0
            return
        folded = fold(char)
        plain = len(folded) <= 1 and folded not in _BREAKING
        entry = self.several
        if plain and (not folded or ord(folded) < self.unknown):
            entry = ord(folded) if folded else 0
        self.table[code] = entry


def _letters(text: str) -> str | None:
    """Return a text with its words folded and all else but line feeds as spaces; None when it holds what is rare.

    Character by character the same takes ten times as long.
    """
    try:
        codes = np.frombuffer(text.encode("utf-16-le"), np.uint16)
    except UnicodeEncodeError:
        return None
    found = _LETTERS.table[codes]
    new = codes[found == _Letters.unknown]
    if len(new):
        for code in np.unique(new).tolist():
            _LETTERS.learn(code)
        found = _LETTERS.table[codes]
    if found.max(initial=0) >= _Letters.unknown:
        return None
    return found[found > 0].tobytes().decode("utf-16-le")


def is_arabic(text: str) -> bool:
    """Tell whether a text holds a letter of the Arabic script."""
    return _ARABIC_LETTER.search(text) is not None


def sentences(text: str) -> list[tuple[int, int]]:
    """Cut a text into sentences: `(start, end)` in code points, end exclusive, blank ones left out.

    A line break ends a sentence, and so does a full stop, question or exclamation mark before white space.
    """
    cuts = [0, *(mark.end() for mark in _SENTENCE_END.finditer(text)), len(text)]
    found = []
    for start, end in pairwise(cuts):
        piece = text[start:end]
        if piece.strip():
            found.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
    return found


_LETTERS = _Letters()
