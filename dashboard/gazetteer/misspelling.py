"""Names of well-known places with one letter wrong: دمسق for دمشق, Bengahzi, Khart0um.

Only for words that nobody is known to write, and only to places so well known that a slip is likelier than another
name: a slip in a village's name cannot be told from the next village. The index holds such a name's shape and what is
left of it without each of its inner letters; two words with one letter's difference share one of these.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from dashboard.core.text import is_arabic

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["WELL_KNOWN", "is_slip", "shape", "slip_names"]

WELL_KNOWN = 200_000  # inhabitants
_MARK = "≈"  # stands before what is looked up; no folded name holds it
# Letters of a name with one misread, in Arabic and in Latin script; with one wrong, missing or too many.
_SHORTEST_ARABIC, _SHORTEST_LATIN, _SHORTEST = 4, 5, 6
_DOTS = str.maketrans("تثنجخذزشضظغق", "بببححدرسصطعف")
_DIGITS = str.maketrans("015", "ols")
_MUTE = re.compile(r"(?<=[bdgkst])h")
_TWICE = re.compile(r"([a-z])\1")


def shape(folded: str) -> str:
    """Return a folded word without what is easily misread or miswritten: dots; doubled letters, mute h, 0 for o.

    Examples
    --------
    >>> shape("دمسق") == shape("دمشق")
    True
    >>> shape("rabbat") == shape("rabat")
    True
    """
    if is_arabic(folded):
        return folded.translate(_DOTS)
    return _TWICE.sub(r"\1", _MUTE.sub("", folded.translate(_DIGITS)))


def slip_names(folded: str) -> list[str]:
    """Return what a folded name of one word, or a slip in it, is looked up by; empty when it is too short to tell."""
    if len(folded) < (_SHORTEST_ARABIC if is_arabic(folded) else _SHORTEST_LATIN) or " " in folded:
        return []
    found = {shape(folded)}
    if len(folded) >= _SHORTEST:
        # First and last letters are seldom wrong, and where they differ it is mostly another word or an ending.
        found.update(folded[:at] + folded[at + 1 :] for at in range(1, len(folded) - 1))
        found.add(folded)
    return [_MARK + part for part in sorted(found)]


def is_slip(folded: str, names: Iterable[str]) -> bool:
    """Tell whether a folded word is one letter away from any of some folded names."""
    return any(
        OSA.distance(folded, name, score_cutoff=1) <= 1
        and (shape(folded) == shape(name) or (folded[0], folded[-1]) == (name[0], name[-1]))
        for name in names
    )
