"""Names as the index keeps them: their flags, their keys, their prefixes."""

from __future__ import annotations

import re
from enum import IntFlag
from typing import TYPE_CHECKING

import numpy as np
import xxhash

from dashboard.core.text import WORD, fold_name
from dashboard.gazetteer.spelling import skeleton_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

__all__ = [
    "UNANIMOUS",
    "NameFlag",
    "count_names",
    "fold_once",
    "is_indexable",
    "keys_of",
    "merge_flags",
    "name_key",
    "postings_of",
    "prefixes_of",
    "spelling_flags",
]

_ARABIC_LETTER = re.compile(r"[\u0620-\u064a\u0671-\u06d3]")
_LATIN_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_SHORT_LETTERS = 4
_fold_name = fold_name.__wrapped__
_digest = xxhash.xxh3_64_intdigest


class NameFlag(IntFlag):
    """What is known of one name of one place.

    Attributes
    ----------
    MAIN
        The main name, or the usual name in Arabic or French.
    ALTERNATE
        Any other name.
    ARABIC, LATIN
        The script holds letters of this script.
    GENERATED
        A spelling made by rule; nobody is known to write it.
    BARE
        A generic head noun was taken off (معيتيقة for مطار معيتيقة): needs that head, or a telling context.
    SHORT
        An abbreviation: up to four letters, all capitals.
    CURATED
        From the tables of this project.
    COUNTRY_FORM
        A name of a country.
    HEADED
        The full form, with its generic head noun.
    VARIANT
        Nobody is known to write it so; it only sounds like a name of the place (see `spelling`).
    DEFERS
        A bare name that means a town when nothing else is said (درنة is not the port of Derna).
    ABBREVIATION
        Short for a division behind one of its towns only (Athens, Ga.).
    """

    MAIN = 1
    ALTERNATE = 2
    ARABIC = 4
    LATIN = 8
    GENERATED = 16
    BARE = 32
    SHORT = 64
    CURATED = 128
    COUNTRY_FORM = 256
    HEADED = 512
    VARIANT = 1024
    DEFERS = 2048
    ABBREVIATION = 4096


# These hold for a name only if they hold for all its spellings.
UNANIMOUS = int(NameFlag.GENERATED | NameFlag.BARE | NameFlag.SHORT | NameFlag.DEFERS | NameFlag.ABBREVIATION)
_MAIN, _ALTERNATE = int(NameFlag.MAIN), int(NameFlag.ALTERNATE)
_UNHEARD = int(NameFlag.BARE | NameFlag.ABBREVIATION)
_ARABIC, _LATIN, _SHORT = int(NameFlag.ARABIC), int(NameFlag.LATIN), int(NameFlag.SHORT)


def fold_once(name: str) -> str:
    """Return what `fold_name` returns, quicker for plain ASCII and without remembering it."""
    if not name.isascii():
        return _fold_name(name)
    lower = name.lower()
    return lower if lower.isalnum() else " ".join(WORD.findall(lower))


def name_key(folded: str) -> int:
    """Return the 64-bit key of a folded name."""
    return _digest(folded.encode("utf-8", "surrogatepass"))


def keys_of(folded: Iterable[str]) -> NDArray[np.uint64]:
    """Return the keys of folded names, in the order given."""
    return np.fromiter((_digest(name.encode("utf-8", "surrogatepass")) for name in folded), dtype=np.uint64)


def postings_of(text: str, folded: str, flags: int, *, heard: bool = True) -> list[tuple[int, int]]:
    """Return the keys of a name, each with its flags: as it is folded and, if `heard`, by its sound."""
    found = [(name_key(folded), flags | spelling_flags(text))]
    if heard and not flags & _UNHEARD and (sound := skeleton_name(folded)):
        found.append((name_key(sound), int(NameFlag.VARIANT)))
    return found


def count_names(flags: NDArray[np.uint16]) -> int:
    """Return how many postings are names that somebody writes."""
    return int(np.count_nonzero(flags & np.uint16(NameFlag.VARIANT) == 0))


def merge_flags(one: int, other: int) -> int:
    """Return the flags of a name that two spellings, or two sources, give to the same place."""
    merged = ((one | other) & ~UNANIMOUS) | (one & other & UNANIMOUS)
    return merged & ~_ALTERNATE if merged & _MAIN else merged


def prefixes_of(folded: str) -> list[str]:
    """Return the proper prefixes of a folded name, cut at words, shortest first; empty for a single word."""
    found = []
    at = folded.find(" ")
    while at >= 0:
        found.append(folded[:at])
        at = folded.find(" ", at + 1)
    return found


def is_indexable(folded: str) -> bool:
    """Tell whether a folded name can be looked up: more than one character, and not only digits."""
    return len(folded) > 1 and not folded.replace(" ", "").isdigit()


def spelling_flags(name: str) -> int:
    """Return the flags that the spelling alone decides: its scripts, and whether it is an abbreviation."""
    if name.isascii():
        flags = _LATIN
    else:
        flags = (_ARABIC if _ARABIC_LETTER.search(name) else 0) | (
            _LATIN if _LATIN_LETTER.search(name) else 0
        )
    if flags & _LATIN and name.isupper() and len(name.replace(".", "")) <= _SHORT_LETTERS:
        flags |= _SHORT
    return flags
