from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from geopy.distance import great_circle
from geopy.exc import GeocoderQueryError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder

from dashboard.core.models import Kind
from dashboard.gazetteer.geocoder import KharitaGeocoder

if TYPE_CHECKING:
    from dashboard.gazetteer import Gazetteer


@pytest.fixture
def geocoder(small_gazetteer: Gazetteer) -> KharitaGeocoder:
    return KharitaGeocoder(small_gazetteer)


@pytest.mark.parametrize(
    ("query", "ident"),
    [
        ("Tripoli", "geonames:2210247"),
        ("tripoli, libya", "geonames:2210247"),
        ("Tripoli, Lebanon", "geonames:266826"),
        ("طرابلس", "geonames:2210247"),
        ("طرابلس، لبنان", "geonames:266826"),
        ("Tripoli, North Governorate", "geonames:266826"),
        ("Paris", "geonames:2988507"),
        ("Paris, Texas, United States", "geonames:4717560"),
        ("Libye", "country:LY"),
        ("Jufra", "adm1:LY-JU"),
        ("قاعدة الجفرة", "kh:jufra-air-base"),
    ],
)
def test_the_likeliest_place_comes_first(geocoder: KharitaGeocoder, query: str, ident: str) -> None:
    assert geocoder.geocode(query).raw["id"] == ident


def test_a_location_is_whole(geocoder: KharitaGeocoder) -> None:
    location = geocoder.geocode("Tripoli, Lebanon")
    assert location.address == "Tripoli, North Governorate, Lebanon"
    assert (location.latitude, location.longitude) == (34.43352, 35.84415)
    assert location.raw["kind"] == "city"
    assert location.raw["country"] == "LB"


def test_addresses_are_worded_in_the_language(geocoder: KharitaGeocoder) -> None:
    assert geocoder.geocode("Benghazi", language="ar").address == "بنغازي، شعبية بنغازي، ليبيا"
    assert geocoder.geocode("Cairo", language="fr").address.startswith("Le Caire, ")


def test_a_country_is_not_within_itself(geocoder: KharitaGeocoder) -> None:
    assert geocoder.geocode("Libya").address == "Libya"
    assert geocoder.geocode("Libya, Libya") is None


def test_all_places_of_a_name(geocoder: KharitaGeocoder) -> None:
    found = geocoder.geocode("Alexandria", exactly_one=False)
    assert [location.raw["country"] for location in found][:2] == ["EG", "US"]
    assert len(geocoder.geocode("Tripoli", exactly_one=False, limit=1)) == 1


@pytest.mark.parametrize("codes", ["us", ["US", "CA"]])
def test_countries_narrow_the_search(geocoder: KharitaGeocoder, codes: str | list[str]) -> None:
    assert geocoder.geocode("Alexandria", country_codes=codes).raw["country"] == "US"
    assert geocoder.geocode("Benghazi", country_codes=codes) is None


@pytest.mark.parametrize("exactly_one", [True, False])
def test_an_unknown_name_is_none(geocoder: KharitaGeocoder, *, exactly_one: bool) -> None:
    assert geocoder.geocode("Nowhereville", exactly_one=exactly_one) is None


@pytest.mark.parametrize("query", ["", "  ", ",", " ، "])
def test_an_empty_query_is_an_error(geocoder: KharitaGeocoder, query: str) -> None:
    with pytest.raises(GeocoderQueryError, match="give the name"):
        geocoder.geocode(query)


@pytest.mark.parametrize("point", [(32.9, 13.2), "32.9, 13.2", "32.9 13.2"])
def test_the_nearest_town(geocoder: KharitaGeocoder, point: object) -> None:
    assert geocoder.reverse(point).raw["id"] == "geonames:2210247"


def test_the_nearest_places_come_in_order(geocoder: KharitaGeocoder) -> None:
    here = (32.9, 13.2)
    found = geocoder.reverse(here, exactly_one=False, limit=5)
    away = [great_circle(here, (location.latitude, location.longitude)).km for location in found]
    assert found[0].raw["name"] == "Tripoli"
    assert away == sorted(away)
    assert len(away) == 5


def test_kinds_narrow_the_nearest(geocoder: KharitaGeocoder) -> None:
    nearest = geocoder.reverse((32.9, 13.2), kinds=[Kind.FACILITY])
    assert nearest.raw["kind"] == "facility"


@pytest.mark.parametrize("point", [(0.0, 179.99), (-89.0, 0.0), (45.0, -179.0)])
def test_everywhere_something_is_nearest(geocoder: KharitaGeocoder, point: tuple[float, float]) -> None:
    assert geocoder.reverse(point) is not None


@pytest.mark.filterwarnings("ignore:Latitude normalization:UserWarning")
@pytest.mark.parametrize("point", ["", "somewhere", (91.0, 0.0)])
def test_what_is_no_point_is_an_error(geocoder: KharitaGeocoder, point: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        geocoder.reverse(point)


def test_it_works_with_the_tools_of_geopy(geocoder: KharitaGeocoder) -> None:
    limited = RateLimiter(geocoder.geocode, min_delay_seconds=0)
    assert isinstance(geocoder, Geocoder)
    assert limited("Tripoli", language="fr").raw["id"] == "geonames:2210247"
