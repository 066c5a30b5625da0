"""Words of the place card and of the rankings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["WORDS"]

_ARABIC: Mapping[str, str | Mapping[str, str]] = {
    "skip_to_page": "انتقل إلى المحتوى",
    "pages": "صفحات خريطة",
    "card_independent": {
        "zero": "لا مستقل منها",
        "one": "مقال مستقل واحد",
        "two": "مقالان مستقلان",
        "few": "{n} مقالات مستقلة",
        "many": "{n} مقالًا مستقلًا",
        "other": "{n} مقال مستقل",
    },
    "card_all_independent": "كلها مستقلة",
    "card_independent_hint": "نُسخ الخبر الواحد المنقول عن وكالة تُحسب مرة واحدة",
    "card_trend": "المقالات التي تذكره عبر الزمن",
    "card_companions": "يُذكر مع",
    "card_both": "{articles} تذكره مع {name}",
    "card_sources": "المصادر",
    "card_no_source": "مصدر غير معروف",
    "card_only": "مقالات {source} وحدها",
    "card_more_sources": {
        "zero": "لا مصدر آخر",
        "one": "ومصدر واحد آخر",
        "two": "ومصدران آخران",
        "few": "و{n} مصادر أخرى",
        "many": "و{n} مصدرًا آخر",
        "other": "و{n} مصدر آخر",
    },
    "card_sentences": "ما قيل عنه",
    "comma": "، ",
    "card_copies_n": {
        "zero": "لم يُنشر في مصدر آخر",
        "one": "نسخة أخرى من الخبر نفسه",
        "two": "نسختان أخريان من الخبر نفسه",
        "few": "{n} نسخ أخرى من الخبر نفسه",
        "many": "{n} نسخة أخرى من الخبر نفسه",
        "other": "{n} نسخة أخرى من الخبر نفسه",
    },
    "rank": "الترتيب",
    "rank_places": "الأماكن",
    "rank_countries": "الدول",
    "rank_only": "أماكن {country} وحدها",
}
_ENGLISH: Mapping[str, str | Mapping[str, str]] = {
    "skip_to_page": "Skip to the content",
    "pages": "Pages of Kharita",
    "card_independent": {"one": "{n} independent", "other": "{n} independent"},
    "card_all_independent": "all independent",
    "card_independent_hint": "Copies of one agency’s story count once",
    "card_trend": "Articles that name it, over time",
    "card_companions": "Named with",
    "card_both": "{articles} that name it with {name}",
    "card_sources": "Sources",
    "card_no_source": "source not known",
    "card_only": "Only articles of {source}",
    "card_more_sources": {"one": "and {n} more source", "other": "and {n} more sources"},
    "card_sentences": "What is said of it",
    "comma": ", ",
    "card_copies_n": {"one": "{n} more copy of this story", "other": "{n} more copies of this story"},
    "rank": "Ranking",
    "rank_places": "Places",
    "rank_countries": "Countries",
    "rank_only": "Only places in {country}",
}
_FRENCH: Mapping[str, str | Mapping[str, str]] = {
    "skip_to_page": "Aller au contenu",
    "pages": "Pages de Kharita",
    "card_independent": {"one": "{n} indépendant", "other": "{n} indépendants"},
    "card_all_independent": "tous indépendants",
    "card_independent_hint": "Les copies d’une même dépêche comptent une fois",
    "card_trend": "Les articles qui le nomment, dans le temps",
    "card_companions": "Nommé avec",
    "card_both": "{articles} où il est nommé avec {name}",
    "card_sources": "Sources",
    "card_no_source": "source inconnue",
    "card_only": "Seulement les articles de {source}",
    "card_more_sources": {"one": "et {n} autre source", "other": "et {n} autres sources"},
    "card_sentences": "Ce qu’on en dit",
    "comma": ", ",
    "card_copies_n": {
        "one": "{n} autre copie de cette dépêche",
        "other": "{n} autres copies de cette dépêche",
    },
    "rank": "Classement",
    "rank_places": "Lieux",
    "rank_countries": "Pays",
    "rank_only": "Seulement les lieux de {country}",
}
WORDS: Mapping[str, Mapping[str, str | Mapping[str, str]]] = {"ar": _ARABIC, "en": _ENGLISH, "fr": _FRENCH}
