"""Adjectives of countries and words for their people, in every form that a text may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.gazetteer.sources.geonames import country_table
from dashboard.gazetteer.sources.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["COLUMNS", "Demonyms", "arabic_forms", "latin_forms"]

COLUMNS = ("country", "ar", "en", "fr")
_ARTICLE = "ال"
# Masculine, feminine, plural, plural and dual of the other cases, feminine plural, dual.
_NISBA_ENDINGS = ("", "ة", "ون", "ين", "ات", "ان")
_NO_PLURAL_S = ("s", "x", "z", "ese", "ish", "ch")


def arabic_forms(word: str) -> list[str]:
    """Return the forms of an Arabic nisba, given its masculine singular; of another word, itself.

    Each with and without the article. Of two adjectives both are inflected and take the article (كوري جنوبي,
    الكوريون الجنوبيون); of a noun and an adjective the noun takes it, the other is
    inflected (الجنوب أفريقية).
    """
    *before, last = word.split()
    adjectives = all(part.endswith("ي") for part in before)
    found = []
    for ending in _NISBA_ENDINGS if last.endswith("ي") else ("",):
        parts = [part + ending for part in before] if adjectives else before.copy()
        parts.append(last + ending)
        definite = [_ARTICLE + part for part in parts] if adjectives else [_ARTICLE + parts[0], *parts[1:]]
        found += [" ".join(parts), " ".join(definite)]
    return list(dict.fromkeys(found))


def latin_forms(word: str) -> list[str]:
    """Return an English or French word, and its plural in s."""
    return [word] if word.lower().endswith(_NO_PLURAL_S) else [word, f"{word}s"]


@dataclass(frozen=True)
class Demonyms:
    """The table of demonyms; may be missing."""

    path: Path

    def forms(self) -> Iterator[tuple[str, str]]:
        """Give `(form, country)`; of a word that two countries share, the more populous one comes first."""
        table = country_table()
        rows = list(read_table(self.path, COLUMNS))
        rows.sort(key=lambda row: -table.get(row.country(required=True), {"population": 0})["population"])
        for row in rows:
            country = row.country()
            for word in row.items("ar"):
                for form in arabic_forms(word):
                    yield form, country
            for word in row.items("en") + row.items("fr"):
                for form in latin_forms(word):
                    yield form, country
