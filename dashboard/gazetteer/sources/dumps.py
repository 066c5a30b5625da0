"""All of GeoNames, from its dumps (CC BY 4.0), as a source of the gazetteer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dashboard.core.text import is_arabic
from dashboard.gazetteer.names import NameFlag, merge_flags
from dashboard.gazetteer.sources.arabic import ArabicNames
from dashboard.gazetteer.sources.dump_names import kept_names
from dashboard.gazetteer.sources.geonames import corrected
from dashboard.gazetteer.sources.heads import variants_of
from dashboard.gazetteer.sources.record import EnrichedSource, PlaceRecord

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dashboard.gazetteer.sources.dump_names import SpiltName
    from dashboard.gazetteer.sources.dump_spill import Spilled, SpiltPlace
    from dashboard.gazetteer.sources.heads import PlaceHeads
    from dashboard.gazetteer.sources.tables import Row

__all__ = ["DumpedPlaces", "Known"]

_MAIN, _ALTERNATE = int(NameFlag.MAIN), int(NameFlag.ALTERNATE)
_GENERATED = int(NameFlag.ALTERNATE | NameFlag.GENERATED)
_BARE = int(NameFlag.ALTERNATE | NameFlag.BARE)
_HEADED = int(NameFlag.HEADED)
_SETTLED = ("PPL", "STLMT")


@dataclass(frozen=True)
class DumpedPlaces:
    """The features of GeoNames that are kept, with the names that are.

    Attributes
    ----------
    admin1
        Id of the division of each `COUNTRY.code` that another source gives.
    corrections, generated
        As in `GeonamesCities`.
    """

    spilled: Spilled
    admin1: Mapping[str, str] = field(default_factory=dict)
    arabic: ArabicNames = field(default_factory=ArabicNames)
    heads: Mapping[str, PlaceHeads] = field(default_factory=dict)
    corrections: Mapping[str, Row] = field(default_factory=dict)
    generated: Mapping[str, Sequence[str]] = field(default_factory=dict)
    name: str = "geonames"

    @property
    def expected(self) -> int:
        """The features kept, at most."""
        return self.spilled.count

    def records(self) -> Iterator[PlaceRecord]:
        """Give the places by their ids."""
        admin1 = {key: f"geonames:{ident}" for key, ident in self.spilled.divisions.items()} | dict(
            self.admin1
        )
        for places, names in self.spilled.buckets():
            for place in places:
                record = self._record(place, kept_names(names.get(place.id, []), place.country), admin1)
                row = self.corrections.get(str(place.id))
                yield corrected(record, row) if row else record

    def _record(
        self, place: SpiltPlace, others: Sequence[SpiltName], admin1: Mapping[str, str]
    ) -> PlaceRecord:
        arabic = self._arabic_name(place, others)
        french = _preferred(others, "fr")
        main = dict.fromkeys(filter(None, (place.name, arabic, french, _preferred(others, "en"))), _MAIN)
        names = dict.fromkeys((other.text for other in others), _ALTERNATE) | main
        if not place.code.startswith(_SETTLED):
            names = self._with_variants(names, place.code, french)
        for spelt in self.generated.get(str(place.id), ()):
            names.setdefault(spelt, _GENERATED)
        return PlaceRecord(
            id=f"geonames:{place.id}",
            name=place.name,
            feature_code=place.code,
            country=place.country,
            latitude=place.latitude,
            longitude=place.longitude,
            names=list(names.items()),
            population=place.population,
            admin1=admin1.get(f"{place.country}.{place.admin1}", "") if place.code != "ADM1" else "",
            name_ar=arabic,
            name_fr=french if french != place.name else "",
        )

    def _arabic_name(self, place: SpiltPlace, others: Sequence[SpiltName]) -> str:
        """Return the Arabic name: the preferred one, or the likeliest of those called Arabic, or of the rest."""
        called = [other for other in others if other.language == "ar"]
        some = [other for other in called if other.preferred] or called
        some = some or [other for other in others if not other.language and not other.text.isascii()]
        return self.arabic.choose([other.text for other in some], place.name)

    def _with_variants(self, names: Mapping[str, int], code: str, french: str) -> dict[str, int]:
        """Add what the generic words in names make; the name of a division without any is but a bare one.

        A division bears its main town's name nearly always, and the town is what the bare name means.
        """
        division = code.startswith("ADM")
        found: dict[str, int] = {}
        for name, given in names.items():
            language = "ar" if is_arabic(name) else "fr" if name == french else "en"
            for spelling, made in variants_of(name, language, code, self.heads).items():
                flags = made if given & _MAIN else (made & ~_MAIN) | _ALTERNATE
                if division and not made & _HEADED:
                    flags = _BARE
                found[spelling] = merge_flags(found.get(spelling, flags), flags)
        return found


def _preferred(names: Sequence[SpiltName], language: str) -> str:
    """Return the preferred name of a language, or its only one; empty for none."""
    some = [name for name in names if name.language == language]
    best = next((name.text for name in some if name.preferred), "")
    return best or (some[0].text if len(some) == 1 else "")


@dataclass(frozen=True)
class Known(EnrichedSource):
    """A table of divisions, each of which GeoNames' id leads to as well."""

    aliases: Mapping[str, int]

    def enriched(self, record: PlaceRecord) -> PlaceRecord:
        """Return a record with its alias."""
        ident = self.aliases.get(record.id)
        return record._replace(aliases=(*record.aliases, f"geonames:{ident}")) if ident else record
