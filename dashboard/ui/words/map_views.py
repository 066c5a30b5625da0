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
}
_ENGLISH: Mapping[str, str | Mapping[str, str]] = {
    "views": "What the map shows",
    "view_places": "Places",
    "view_heat": "Heat",
    "view_countries": "Countries",
    "view_divisions": "Provinces",
    "view_compare": "Compare",
    "heat_what": "Cities, facilities and camps; unsure places glow less. Countries and regions are not in it.",
}
_FRENCH: Mapping[str, str | Mapping[str, str]] = {
    "views": "Ce que montre la carte",
    "view_places": "Lieux",
    "view_heat": "Densité",
    "view_countries": "Pays",
    "view_divisions": "Provinces",
    "view_compare": "Comparer",
    "heat_what": "Villes, sites et camps ; un lieu incertain luit moins. Sans les pays ni les régions.",
}
WORDS: Mapping[str, Mapping[str, str | Mapping[str, str]]] = {
    "ar": _ARABIC,
    "en": _ENGLISH,
    "fr": _FRENCH,
}
