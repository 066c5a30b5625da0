"""Spellings of a name in the other script, found among the words of the store itself.

A name that is typed in Latin letters is written in Arabic in many ways, and the other way round. The consonants of
one script have few counterparts in the other, vowels may be written or not; spellings are built letter by letter, and
those whose beginning no article holds are dropped at once, so only words that the store knows remain.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from dashboard.core.text import fold_name, is_arabic, tokens
from dashboard.journeys.spelling import name_key
from dashboard.store.schema import articles
from dashboard.store.search import Terms, ending_condition, read_terms, search_conditions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection

    from dashboard.store.store import Store

__all__ = ["OtherSpelling", "Widened", "other_spellings", "spelt_otherwise", "widen_search", "widened_words"]

_LONGEST, _SHORTEST = 14, 3  # letters of a name that is looked for
_KEPT = 24  # beginnings that are followed at once
_ASKED = 260  # times that the store is asked for one name, at most
_OFFERED = 3
_WORDS = 3  # of a search that are looked for in the other script
_HEARD = 3  # consonants that tell one name from others by its sound

# Letters of news spellings and what Arabic writes for them; the empty string where it may write nothing.
_TO_ARABIC = {
    "kh": ("خ",), "gh": ("غ",), "sh": ("ش",), "ch": ("ش", "تش"), "th": ("ث", "ت"),
    "dh": ("ذ", "ظ", "د"), "ph": ("ف",), "aa": ("ا", "ع", "اع"), "ou": ("و", ""), "oo": ("و",),
    "ee": ("ي",), "ei": ("ي", ""), "ai": ("ي", "اي", ""), "ay": ("ي", "اي"), "au": ("و", "او"),
    "aw": ("و", "او"), "eh": ("ه", ""), "ah": ("ه", "ا", ""), "a": ("ا", "", "ع"), "e": ("", "ي", "ا"),
    "i": ("ي", "", "ا"), "o": ("و", "", "ا"), "u": ("و", ""), "y": ("ي", ""), "w": ("و",), "b": ("ب",),
    "p": ("ب",), "t": ("ت", "ط"), "g": ("ج", "غ", "ق"), "j": ("ج",), "h": ("ه", "ح"), "d": ("د", "ض"),
    "r": ("ر",), "z": ("ز", "ظ", "ذ"), "s": ("س", "ص"), "f": ("ف",), "v": ("ف",), "q": ("ق",),
    "k": ("ك", "ق"), "c": ("ك", "س"), "l": ("ل",), "m": ("م",), "n": ("ن",), "x": ("كس",),
    "'": ("", "ع"),
}  # fmt: skip
_TO_LATIN = {
    "ا": ("a", "", "e", "i", "u"), "ب": ("b", "p"), "ت": ("t",), "ث": ("th",), "ج": ("j", "g"),
    "ح": ("h",), "خ": ("kh",), "د": ("d",), "ذ": ("dh", "th", "d"), "ر": ("r",), "ز": ("z",),
    "س": ("s",), "ش": ("sh", "ch"), "ص": ("s",), "ض": ("d",), "ط": ("t",), "ظ": ("z", "dh"),
    "ع": ("a", "", "aa"), "غ": ("gh", "g"), "ف": ("f", "v", "ph"), "ق": ("q", "k", "g"),
    "ك": ("k", "c"), "ل": ("l",), "م": ("m",), "ن": ("n",), "ه": ("h", "a", "ah", ""),
    "و": ("w", "u", "o", "ou"), "ي": ("y", "i", "ee", "ai", "a"), "ء": ("",), "ئ": ("e", "i", ""),
    "ؤ": ("ou", "o"),
}  # fmt: skip
_SHORT_VOWELS = ("", "a", "e", "i", "o", "u")  # that Arabic leaves out between consonants
_DOUBLED = "bcdfgjklmnpqrstvxz"


@dataclass(frozen=True, slots=True)
class OtherSpelling:
    """A word of the store that may be the name in the other script, and in how many articles it stands."""

    text: str
    articles: int


def other_spellings(store: Store, name: str) -> tuple[OtherSpelling, ...]:
    """Return what a name of one word may be in the other script, of the words of the store, most used first.

    Parameters
    ----------
    name
        As it is typed; what holds several words, or is very short or long, gives nothing.
    """
    folded = fold_name(name)
    if " " in folded or not _SHORTEST <= len(folded) <= _LONGEST:
        return ()
    steps = list(_arabic_steps(folded)) if is_arabic(folded) else list(_latin_steps(folded))
    if not steps:
        return ()
    with store.engine.connect() as connection:
        asked = _Asked(connection)
        found = [one for end in _grown(asked, steps) if (one := asked.word(end)).articles]
    return tuple(sorted(found, key=lambda one: (-one.articles, one.text))[:_OFFERED])


def spelt_otherwise(search: str) -> list[tuple[str, str, str]]:
    """Return the words of a search that another spelling may join: each with what stands before and after it.

    A word that is excluded, or has an alternative already, is none of them; beyond the first three none is.
    """
    terms = [term for term in read_terms(search) if " " not in term.folded]
    joined = {number for number, term in enumerate(terms) if term.alternative}
    free = [
        term
        for number, term in enumerate(terms)
        if not (term.excluded or number in joined or number + 1 in joined)
    ]
    return [(term.text, search[: term.start], search[term.end :]) for term in free[:_WORDS]]


@dataclass(frozen=True, slots=True)
class Widened:
    """A word that is looked for in the other script too: as typed, as spelt there, and the search for it alone."""

    typed: str
    other: str
    exact: str


def widen_search(search: str, spellings: Callable[[str], Sequence[OtherSpelling]]) -> str:
    """Return a search that also looks for its words as the store writes them in the other script.

    Only spellings that sound alike are joined; what stands in quotation marks is looked for as it is. A search in
    which nothing can be joined is returned as it was.

    Parameters
    ----------
    spellings
        Returns what a word may be in the other script, most used first.
    """
    wide = search
    for word, before, after in reversed(spelt_otherwise(search)):
        sound = name_key(word)
        if search[len(before)] == '"' or len(sound) < _HEARD:
            continue
        other = next((one.text for one in spellings(word) if name_key(one.text) == sound), None)
        if other:
            wide = f"{before}{word} OR {other}{wide[len(search) - len(after) :]}"
    return wide


def widened_words(search: str) -> list[Widened]:
    """Return the words of a search that an alternative in the other script follows."""
    terms = read_terms(search)
    found = []
    for first, second in pairwise(terms):
        scripts = {is_arabic(first.folded), is_arabic(second.folded)}
        if second.alternative and not first.alternative and len(scripts) > 1:
            exact = f'{search[: first.start]}"{first.text}"{search[second.end :]}'
            found.append(Widened(first.text, second.text, exact))
    return found


class _Asked:
    """Asks the store for words, a bounded number of times."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._left = _ASKED

    def holds(self, beginning: str) -> bool:
        """Tell whether some article has these letters; too short for the index, or no more questions, is yes and no."""
        if len(beginning) < _SHORTEST:
            return True
        if not self._left:
            return False
        self._left -= 1
        conditions = search_conditions(self._connection, articles.c.key, Terms((beginning,)))
        return (
            self._connection.execute(select(articles.c.key).where(*conditions).limit(1)).first() is not None
        )

    def word(self, end: str) -> OtherSpelling:
        """Return the words that end so, as the first article that has one writes it, and how many articles do."""
        ends = ending_condition(self._connection, articles.c.key, end)
        count = self._connection.scalars(select(func.count()).select_from(articles).where(ends)).one()
        text = self._connection.scalars(select(articles.c.text).where(ends).limit(1)).first() or ""
        written = (text[first:last] for first, last, folded in tokens(text) if folded == end)
        return OtherSpelling(next(written, end), int(count))


def _grown(asked: _Asked, steps: list[tuple[str, ...]]) -> list[str]:
    """Return the spellings made of one choice a step, of those whose beginnings the store holds."""
    begun = [""]
    for choices in steps:
        longer = dict.fromkeys(start + choice for start in begun for choice in choices)
        begun = [text for text in longer if asked.holds(text)][:_KEPT]
    return [text for text in begun if len(text) >= _SHORTEST]


def _latin_steps(name: str) -> Iterator[tuple[str, ...]]:
    """Yield what Arabic may write for each letter, or pair of letters, of a name in Latin script."""
    at = 0
    while at < len(name):
        if at and name[at] == name[at - 1] and name[at] in _DOUBLED:
            at += 1  # Arabic writes a doubled consonant once
            continue
        pair = name[at : at + 2]
        length = len(pair) if pair in _TO_ARABIC else 1
        choices = _TO_ARABIC.get(name[at : at + length])
        if choices is None:
            return
        if at + length == len(name) and name[at] in "ae":
            choices = (*choices, "ه", "ي")
        if not at and name[0] in "eiou":
            choices = (*choices, "ع")
        yield tuple(dict.fromkeys(fold_name(choice) if choice else "" for choice in choices))
        at += length


def _arabic_steps(name: str) -> Iterator[tuple[str, ...]]:
    """Yield what Latin script may write for each letter of an Arabic name, and for the vowels left out between."""
    for at, letter in enumerate(name):
        choices = _TO_LATIN.get(letter)
        if choices is None:
            return
        if at and letter not in "اويهء" and name[at - 1] not in "اوي":
            yield _SHORT_VOWELS
        yield choices
