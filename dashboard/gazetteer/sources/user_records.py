"""The user's own places as a source of the gazetteer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.core.errors import GazetteerSourceError
from dashboard.core.models import Kind
from dashboard.core.text import fold_name, is_arabic
from dashboard.gazetteer.kinds import kind_of
from dashboard.gazetteer.names import NameFlag, merge_flags
from dashboard.gazetteer.shapes import load_shapes
from dashboard.gazetteer.sources.heads import load_heads, variants_of
from dashboard.gazetteer.sources.record import PlaceRecord
from dashboard.gazetteer.user_folder import tables_folder
from dashboard.gazetteer.user_places import user_places

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dashboard.core.settings import Settings
    from dashboard.gazetteer.sources.heads import PlaceHeads
    from dashboard.gazetteer.sources.user import UserPlace

__all__ = ["user_record", "user_records"]

_CURATED, _MAIN, _ALTERNATE = int(NameFlag.CURATED), int(NameFlag.MAIN), int(NameFlag.ALTERNATE)
# The GeoNames code of a place of whose kind no more is known.
_CODES = {
    Kind.REGION: "RGN",
    Kind.ADMIN: "ADM2",
    Kind.CITY: "PPL",
    Kind.FACILITY: "BLDG",
    Kind.WATER: "LK",
    Kind.NEIGHBOURHOOD: "PPLX",
    Kind.CAMP: "CMP",
    Kind.OTHER: "LCTY",
}


def user_records(settings: Settings, data: Path) -> list[PlaceRecord]:
    """Return the user's places as a source gives them.

    Parameters
    ----------
    data
        Folder of the project's tables: generic words, outlines of countries.

    Raises
    ------
    GazetteerSourceError
        A line is wrong; the message names file and line, and says where the file lies.
    """
    try:
        places = user_places(settings)
    except GazetteerSourceError as error:
        raise GazetteerSourceError(
            f"{error} Mend the table in {str(tables_folder(settings))!r}, or take it away: "
            "kharita gazetteer places --remove NAME."
        ) from error
    heads = load_heads(data / "lexicon")
    shapes = load_shapes(data / "basemap" / "countries.geojson")
    return [
        user_record(place, heads, place.country or shapes.country_at(place.latitude, place.longitude) or "")
        for place in places
    ]


def user_record(place: UserPlace, heads: Mapping[str, PlaceHeads], country: str = "") -> PlaceRecord:
    """Return a user's place as a source gives it: its names, and what the generic words in them make.

    Parameters
    ----------
    heads
        Generic words by language, as `load_heads` gives them.
    country
        Taken for a place that says none.
    """
    code = _feature_code(place, heads)
    main = [text for text in (place.name, place.name_ar, place.name_fr) if text]
    names: dict[str, int] = {}
    for name in dict.fromkeys([*main, *place.other_names]):
        language = "ar" if is_arabic(name) else "fr" if name == place.name_fr != place.name else "en"
        for spelling, made in variants_of(name, language, code, heads).items():
            flags = (made if name in main else (made & ~_MAIN) | _ALTERNATE) | _CURATED
            names[spelling] = merge_flags(names.get(spelling, flags), flags)
    return PlaceRecord(
        id=place.id,
        name=place.name,
        feature_code=code,
        country=place.country or country,
        latitude=place.latitude,
        longitude=place.longitude,
        names=list(names.items()),
        radius_km=place.radius_km,
        population=place.population,
        name_ar=place.name_ar or (place.name if is_arabic(place.name) else ""),
        name_fr=place.name_fr,
    )


def _feature_code(place: UserPlace, heads: Mapping[str, PlaceHeads]) -> str:
    """Return the code that a generic word of the name announces and the kind allows, or that of the kind."""
    for name in filter(None, (place.name, place.name_ar, place.name_fr)):
        words = fold_name(name).split()
        for table in heads.values():
            at_ends = (words[:1], words[:2], words[-1:], words[-2:])
            for codes in (table.heads.get(" ".join(some), frozenset()) for some in at_ends):
                fitting = sorted(code for code in codes if kind_of(code) is place.kind is not Kind.ADMIN)
                if fitting:
                    return fitting[0]
    return _CODES[place.kind]
