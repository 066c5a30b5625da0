"""How foreign names sound, as far as Arabic letters tell: spellings of one name come down to one skeleton.

Newspapers spell a foreign name as each hears it: ياقوتسك and ياكوتسك, غوتنبرغ and جوتنبرج, ستوكهولم and
استوكهولم. What stays are the consonants that no ear confuses.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from dashboard.core.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["heard_name", "likeness", "skeleton", "skeleton_name", "sounds_alike"]

_MARK = "~"  # stands before a skeleton where names are looked up; no folded name holds it
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("قغجگ", "ك"),
        "ط": "ت",
        "ص": "س",
        **dict.fromkeys("ظذ", "ز"),
        "ض": "د",
        "ح": "ه",
        **dict.fromkeys("ىئ", "ي"),
        "ؤ": "و",
        "ث": "ت",
    }
)
_ARTICLE = "ال"
_VOWELS = re.compile("[اويه]")
_TWICE = re.compile(r"(.)\1+")
_FEWEST = 3  # consonants of a skeleton that says something
# A word that ends so is a noun with its owner, unless the name ends so too: تاريخيها is not Tarija.
_PRONOUNS = ("ها", "هم", "هن", "كم")
_LETTERS = re.compile("[\u0621-\u064a]+")


def _heard(folded: str) -> str:
    """Return a folded name with letters that foreign sounds are spelt with by turns made one."""
    bare = folded.removeprefix(_ARTICLE) if len(folded) > _FEWEST + len(_ARTICLE) else folded
    return _TWICE.sub(r"\1", bare.translate(_ALIKE).replace("تش", "ش"))


def skeleton(folded: str) -> str:
    """Return the consonants of a folded Arabic name of one word; empty when they are too few to tell."""
    if not _LETTERS.fullmatch(folded):
        return ""
    bones = _TWICE.sub(r"\1", _VOWELS.sub("", _heard(folded)))
    return bones if len(bones) >= _FEWEST else ""


def skeleton_name(folded: str) -> str:
    """Return what a skeleton is looked up by; empty when the name has none."""
    bones = skeleton(folded)
    return _MARK + bones if bones else ""


@lru_cache(maxsize=1 << 16)
def heard_name(name: str) -> str:
    """Return how a name as written sounds, vowels included."""
    return _heard(fold_name(name))


@lru_cache(maxsize=256)
def _heard_word(folded: str) -> str:
    """Return how a folded word sounds; it is compared with many names in turn."""
    return _heard(folded)


def likeness(folded: str, name: str) -> float:
    """Return how much a folded word and a name as written sound alike, vowels included, 0 to 1."""
    return fuzz.ratio(_heard(folded), heard_name(name)) / 100


def sounds_alike(folded: str, heard: Sequence[str], least: float) -> bool:
    """Tell whether the likeness of a folded word to any of some names, as `heard_name` gives them, is enough."""
    sound = _heard_word(folded)
    own = sound[-2:] if sound.endswith(_PRONOUNS) else ""
    return any(other.endswith(own) and fuzz.ratio(sound, other, score_cutoff=100 * least) for other in heard)
