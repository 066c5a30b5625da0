"""The gazetteer as a geopy geocoder: offline, in the shape that other code of the geopy family expects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from dashboard.core.geo import distance_km
from dashboard.core.models import Kind
from dashboard.gazetteer.names import NameFlag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from dashboard.gazetteer.index import Gazetteer

__all__ = ["KharitaGeocoder"]

_COMMAS = re.compile(r"\s*[,،;]\s*")
_DEFAULT_LIMIT = 10
_ROUGH_DEGREES = (0.5, 2.0, 8.0, 180.0)  # half-heights of the windows tried around a point
_KM_PER_DEGREE = 111.2
# What people mean first by a bare name, other things being equal.
_KIND_RANK = {kind: rank for rank, kind in enumerate((
    Kind.COUNTRY, Kind.CITY, Kind.ADMIN, Kind.REGION, Kind.WATER, Kind.CAMP, Kind.FACILITY,
    Kind.NEIGHBOURHOOD, Kind.OTHER,
))}  # fmt: skip
_SETTLEMENTS = (Kind.CITY, Kind.NEIGHBOURHOOD, Kind.CAMP)


class KharitaGeocoder(Geocoder):  # type: ignore[misc]
    """Geocode names and points with the compiled gazetteer; no network is used.

    Parameters
    ----------
    gazetteer
        The opened index.
    timeout, user_agent
        Taken for the sake of geopy's interface; nothing here waits or introduces itself.
    """

    def __init__(
        self, gazetteer: Gazetteer, *, timeout: object = DEFAULT_SENTINEL, user_agent: str | None = None
    ) -> None:
        super().__init__(timeout=timeout, user_agent=user_agent)
        self._gazetteer = gazetteer

    def geocode(  # noqa: PLR0913 - the interface of geopy
        self,
        query: str,
        *,
        exactly_one: bool = True,
        limit: int | None = None,
        country_codes: str | Sequence[str] | None = None,
        language: str = "en",
        timeout: object = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """Return the places that bear a name, the likeliest first.

        Parameters
        ----------
        query
            A name in any script, followed, if need be, by the names of the division and country that hold it,
            with commas between: `Tripoli, Lebanon`, `طرابلس، لبنان`.
        exactly_one
            Return the first place only.
        limit
            Most places returned, > 0; None = 10.
        country_codes
            ISO 3166-1 alpha-2; only places of these countries. None = all.
        language
            `ar`, `en` or `fr`: of the address.

        Returns
        -------
        location
            One location, or a list if `exactly_one` is False; None if no place bears the name.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            The query is empty.
        """
        del timeout
        name, *containers = [part for part in _COMMAS.split(query.strip()) if part] or [""]
        if not name:
            raise GeocoderQueryError("The query is empty: give the name of a place.")
        rows = self._named(name, containers)
        if country_codes is not None:
            codes = [country_codes] if isinstance(country_codes, str) else country_codes
            wanted = {code.upper() for code in codes}
            rows = [row for row in rows if self._gazetteer.place(row).country in wanted]
        return self._answer(rows, exactly_one=exactly_one, limit=limit, language=language)

    def reverse(  # noqa: PLR0913 - the interface of geopy
        self,
        query: Point | tuple[float, ...] | str,
        *,
        exactly_one: bool = True,
        limit: int | None = None,
        language: str = "en",
        kinds: Iterable[Kind] | None = None,
        timeout: object = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """Return the places nearest to a point.

        Parameters
        ----------
        query
            Whatever `geopy.Point` takes; `(latitude, longitude)` in degrees.
        kinds
            Only places of these kinds; None = settlements: cities, neighbourhoods and camps.

        Raises
        ------
        ValueError
            The point is none: `geopy.Point` refuses it.
        """
        del timeout
        point = Point(query)
        rows = self._nearest(point.latitude, point.longitude, kinds or _SETTLEMENTS, limit or _DEFAULT_LIMIT)
        return self._answer(rows, exactly_one=exactly_one, limit=limit, language=language)

    def _named(self, name: str, containers: Sequence[str]) -> list[int]:
        gazetteer = self._gazetteer
        hits = gazetteer.lookup(name)
        for container in containers:
            holders = {hit.row for hit in gazetteer.lookup(container)}
            hits = [hit for hit in hits if self._is_within(hit.row, holders)]
        ranked = sorted(
            hits,
            key=lambda hit: (
                bool(hit.flags & (NameFlag.BARE | NameFlag.GENERATED)),
                not hit.flags & NameFlag.MAIN,
                _KIND_RANK[gazetteer.place(hit.row).kind] > 0,
                -int(gazetteer.population[hit.row]),
                _KIND_RANK[gazetteer.place(hit.row).kind],
                gazetteer.place(hit.row).id,
            ),
        )
        return [hit.row for hit in ranked]

    def _is_within(self, row: int, holders: set[int]) -> bool:
        """Tell whether a place lies in a division or country of a set of rows."""
        gazetteer = self._gazetteer
        if int(gazetteer.admin1[row]) in holders:
            return True
        code = gazetteer.place(row).country
        country = gazetteer.row(f"country:{code}") if code else None
        return country in holders and country != row

    def _nearest(self, lat: float, lon: float, kinds: Iterable[Kind], count: int) -> list[int]:
        gazetteer = self._gazetteer
        wanted = np.isin(gazetteer.kind, [gazetteer.kinds.index(kind) for kind in kinds])
        found: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        for half in _ROUGH_DEGREES:
            # A window in latitude only: it need not mind the poles or the date line.
            rows = np.flatnonzero(wanted & (np.abs(gazetteer.latitude - np.float32(lat)) <= half))
            away = distance_km(lat, lon, gazetteer.latitude[rows], gazetteer.longitude[rows])
            order = np.lexsort((rows, away))[:count]
            found = rows[order]
            if len(found) == count and away[order[-1]] <= half * _KM_PER_DEGREE:
                break
        return [int(row) for row in found]

    def _answer(
        self, rows: Sequence[int], *, exactly_one: bool, limit: int | None, language: str
    ) -> Location | list[Location] | None:
        if not rows:
            return None
        if exactly_one:
            return self._location(rows[0], language)
        return [self._location(row, language) for row in rows[: limit or _DEFAULT_LIMIT]]

    def _location(self, row: int, language: str) -> Location:
        gazetteer = self._gazetteer
        place = gazetteer.place(row)
        parts = [place.name_in(language)]
        for holder in (place.admin1, f"country:{place.country}" if place.country else None):
            above = gazetteer.row(holder) if holder else None
            if above is not None and above != row:
                parts.append(gazetteer.place(above).name_in(language))
        raw = {
            "id": place.id,
            "name": place.name,
            "names": gazetteer.names(row),
            "kind": place.kind.value,
            "feature_code": place.feature_code,
            "country": place.country,
            "admin1": place.admin1,
            "population": place.population,
            "radius_km": place.radius_km,
        }
        separator = "، " if language == "ar" else ", "
        return Location(separator.join(parts), (place.latitude, place.longitude), raw)
