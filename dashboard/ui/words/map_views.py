"""The views of the map: their names, legends, the comparison and the passage of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["WORDS"]

_ARABIC: Mapping[str, str | Mapping[str, str]] = {
    "views": "ما تعرضه الخريطة",
    "view_places": "الأماكن",
    "view_heat": "الكثافة",
    "view_countries": "الدول",
    "view_divisions": "المحافظات",
    "view_compare": "مقارنة",
    "heat_what": "المدن والمنشآت والمخيمات؛ المكان غير المؤكد أخفّ. الدول والأقاليم ليست فيها.",
    "by": "أساس التظليل",
    "by_articles": "عدد المقالات",
    "by_share": "النسبة",
    "area_share": "{share} من المعروض",
    "area_what": "عدد المقالات التي تذكر مكانًا فيها",
    "area_share_what": "نسبة المقالات المعروضة التي تذكر مكانًا فيها",
    "area_itself": "بطاقتها",
    "area_only": "هذه الدولة وحدها",
    "class_from": "{start} فأكثر",
    "class_range": "من {start} إلى {end}",
    "class_below": "أقل من {end}",
    "decimal": ".",
}
_ENGLISH: Mapping[str, str | Mapping[str, str]] = {
    "views": "What the map shows",
    "view_places": "Places",
    "view_heat": "Heat",
    "view_countries": "Countries",
    "view_divisions": "Provinces",
    "view_compare": "Compare",
    "heat_what": "Cities, facilities and camps; unsure places glow less. Countries and regions are not in it.",
    "by": "Shaded by",
    "by_articles": "Articles",
    "by_share": "Share",
    "area_share": "{share} of those shown",
    "area_what": "Articles that name a place there",
    "area_share_what": "Share of the articles shown that name a place there",
    "area_itself": "Its own card",
    "area_only": "Only this country",
    "class_from": "{start} and more",
    "class_range": "{start} – {end}",
    "class_below": "under {end}",
    "decimal": ".",
}
_FRENCH: Mapping[str, str | Mapping[str, str]] = {
    "views": "Ce que montre la carte",
    "view_places": "Lieux",
    "view_heat": "Densité",
    "view_countries": "Pays",
    "view_divisions": "Provinces",
    "view_compare": "Comparer",
    "heat_what": "Villes, sites et camps ; un lieu incertain luit moins. Sans les pays ni les régions.",
    "by": "Teinte selon",
    "by_articles": "Articles",
    "by_share": "Part",
    "area_share": "{share} de ceux affichés",
    "area_what": "Articles qui nomment un lieu dans ce territoire",
    "area_share_what": "Part des articles affichés qui nomment un lieu dans ce territoire",
    "area_itself": "Sa fiche",
    "area_only": "Ce pays seulement",
    "class_from": "{start} et plus",
    "class_range": "{start} – {end}",
    "class_below": "moins de {end}",
    "decimal": ",",
}
WORDS: Mapping[str, Mapping[str, str | Mapping[str, str]]] = {
    "ar": _ARABIC,
    "en": _ENGLISH,
    "fr": _FRENCH,
}
