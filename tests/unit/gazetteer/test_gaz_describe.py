from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.gazetteer import NameFlag
from dashboard.gazetteer.describe import describe_gazetteer, find_named

if TYPE_CHECKING:
    from dashboard.gazetteer import Gazetteer


def test_the_counts_add_up(small_gazetteer: Gazetteer) -> None:
    info = describe_gazetteer(small_gazetteer)
    assert info.id == "gaz-small"
    assert info.places == sum(info.by_kind.values()) == sum(info.by_source.values())
    assert info.by_source["geonames"] == 88
    assert info.by_kind["country"] == 250
    assert info.names >= info.keys > info.places
    assert set(info.words) == {"ar", "en", "fr"}
    assert info.size_bytes == small_gazetteer.path.stat().st_size


def test_named_places_come_with_what_is_known_of_the_name(small_gazetteer: Gazetteer) -> None:
    found = find_named(small_gazetteer, "طرابلس")
    assert found[0].place.id == "geonames:2210247"
    assert found[0].flags == NameFlag.MAIN | NameFlag.ARABIC
    port = next(hit for hit in found if hit.place.id == "kh:tripoli-port")
    assert NameFlag.BARE in port.flags


def test_a_country_comes_before_its_namesakes(small_gazetteer: Gazetteer) -> None:
    assert find_named(small_gazetteer, "تونس")[0].place.id == "country:TN"
    assert find_named(small_gazetteer, "Nowhereville") == []
