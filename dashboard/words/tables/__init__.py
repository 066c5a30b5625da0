"""The string table: what a person reads, by language; the page's own words and one module for each feature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.words.tables import asking, card, hand_over, map_views, paste, review
from dashboard.words.tables.page_ar import ARABIC
from dashboard.words.tables.page_en import ENGLISH
from dashboard.words.tables.page_fr import FRENCH

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LANGUAGES", "TABLES"]

Table = dict[str, "str | Mapping[str, str]"]

LANGUAGES = ("ar", "en", "fr")
_FEATURES: tuple[Mapping[str, Mapping[str, str | Mapping[str, str]]], ...] = (
    asking.WORDS,
    card.WORDS,
    hand_over.WORDS,
    map_views.WORDS,
    paste.WORDS,
    review.WORDS,
)


def _merged(language: str, own: Mapping[str, str | Mapping[str, str]]) -> Table:
    table: Table = dict(own)
    for feature in _FEATURES:
        words = feature[language]
        if twice := table.keys() & words.keys():
            raise ValueError(f"The string table has {sorted(twice)} twice.")
        table.update(words)
    return table


TABLES: Mapping[str, Table] = {
    "ar": _merged("ar", ARABIC),
    "en": _merged("en", ENGLISH),
    "fr": _merged("fr", FRENCH),
}
