"""How far a decoded text looks like Arabic, French or English by its letters."""

from __future__ import annotations

import re

__all__ = ["familiarity", "plausibility"]

_SAMPLE = 20_000  # code points looked at
_WORD = re.compile(r"[^\W\d_]+")
_MARKS = re.compile(
    r"(?<=[\u0600-\u06ff])[\u0610-\u061a\u064b-\u065f\u0670]+|[\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
)
_ARABIC = re.compile(
    r"[\u0620-\u064a\u066e-\u06d3\u06d5\u06ee-\u06ef\u06fa-\u06ff\u0750-\u077f\ufb50-\ufefc]+"
)
# A Latin word: a capital at the head or throughout, and at least one letter without an accent.
_LATIN = re.compile(r"(?=.*[A-Za-z])[A-Za-zÀ-ÖØ-ÞŒ]?(?:[a-zß-öø-ÿœ\u0100-\u024f]*|[A-ZÀ-ÖØ-ÞŒ]*)|[àÀôÔéÉ]")
_JOINED = re.compile(r"[a-z]+(?:[A-Z][a-z]*)+|[A-Za-z]+")  # iPhone, eBay, McCain: plain letters in any case
_ACRONYM = re.compile(r"[\u0620-\u064a]{1,3}[A-Z]{2,}")  # لـCNN
# Words, and beginnings of words, that any Arabic text is full of.
_COMMON = re.compile(
    r"(?<!\w)(?:في|من|على|إلى|الى|عن|أن|ان|إن|مع|بعد|قبل|بين|هذا|هذه|ذلك|التي|الذي|كان|قال|لا|ما|لم|لن|[وبفك]?ال\w{2,}|لل\w{2,})(?!\w)"
)
_DAMAGE = re.compile(
    r"[\ufffd\x80-\x9f]|(?<![\u0600-\u06ff])[\u064b-\u0652]"
)  # the last: a vowel mark on no letter
# UTF-8 read in an old encoding shows a letter of two in each second place: 2 % of the letters of Arabic are these.
_TAH = re.compile(r"[طظ]")
_TAH_SHARE = 0.3
_SEVERAL, _SHORTEST = 4, 2  # words, and letters in one of them on average


def plausibility(text: str) -> float:
    """Return the share of a text's letters that stand in words as Arabic, French or English have them.

    Returns
    -------
    share
        0 to 1; 1 for a text without letters. A sign of damage counts as a letter that is wrong.
    """
    sample = _MARKS.sub("", text[:_SAMPLE])
    damage = len(_DAMAGE.findall(sample))
    good = letters = arabic = 0
    words = _WORD.findall(sample)
    for word in words:
        letters += len(word)
        if _ARABIC.fullmatch(word):
            arabic += len(word)
        elif _LATIN.fullmatch(word) or _JOINED.fullmatch(word) or _ACRONYM.fullmatch(word):
            good += len(word)
    if arabic and len(_TAH.findall(sample)) <= max(1, _TAH_SHARE * arabic):
        good += arabic
    if len(words) >= _SEVERAL and letters < _SHORTEST * len(words):
        return 0.0  # single letters among signs
    whole = letters + damage
    return good / whole if whole else 1.0


def familiarity(text: str) -> int:
    """Count words that every Arabic text is full of; says which of two readings of a short text is the right one."""
    return len(_COMMON.findall(_MARKS.sub("", text[:_SAMPLE])))
