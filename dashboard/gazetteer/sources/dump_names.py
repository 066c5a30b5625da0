"""Which of GeoNames' alternate names are worth keeping, and what each is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from babel.languages import get_official_languages

__all__ = ["NOTABLE_MARKS", "SpiltName", "kept_names", "languages_of", "useful_language"]

# What stands in the column of languages beside languages: a link to an encyclopaedia makes a place notable.
NOTABLE_MARKS = frozenset({b"link", b"wkdt"})
_EVERYWHERE = frozenset({"", "ar", "en", "fr"})
_SPOKEN_ARABIC = frozenset({"acm", "aeb", "ajp", "apc", "apd", "arq", "ary", "arz", "ayl"})
_LANGUAGE = re.compile(rb"[a-z]{2,3}")
_NEVER = frozenset({b"abbr", b"phon", b"piny", b"post", b"iata", b"icao", b"faac", b"tcid", b"unlc"})
_LETTERS = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff\u0620-\u064a\u0671-\u06d3]")


class SpiltName(NamedTuple):
    """An alternate name on its way to its place."""

    language: str
    preferred: bool
    text: str


@lru_cache(maxsize=1024)
def useful_language(code: bytes) -> bool:
    """Tell whether the column of languages holds a language, or nothing; links and postal codes are none."""
    return not code or (code not in _NEVER and _LANGUAGE.fullmatch(code) is not None)


@lru_cache(maxsize=512)
def languages_of(country: str) -> frozenset[str]:
    """Return the languages whose names are kept in a country: Arabic, English, French and its official ones."""
    official = get_official_languages(country, regional=True, de_facto=True) if country else ()
    return _EVERYWHERE | _SPOKEN_ARABIC | {code.split("_")[0] for code in official}


def kept_names(names: list[SpiltName], country: str) -> list[SpiltName]:
    """Return the names of a place that texts may hold.

    Names without a language count when they are Latin or Arabic, but not in small letters: those are made by machine.
    """
    languages = languages_of(country)
    return [
        name
        for name in names
        if name.language in languages
        and (
            name.language
            or (_LETTERS.search(name.text) and not (name.text.isascii() and name.text.islower()))
        )
    ]
