from __future__ import annotations

import pytest

from dashboard.core.errors import GazetteerSourceError
from dashboard.core.models import Kind
from dashboard.core.settings import Settings
from dashboard.gazetteer.by_name import add_by_hand, places_named
from dashboard.gazetteer.user_places import UserPlace


@pytest.fixture
def settings(tmp_path):
    return Settings(user_data=tmp_path)


def test_places_are_found_in_any_script_the_best_known_first(small_gazetteer, settings):
    latin = places_named(small_gazetteer, settings, "PARIS")
    arabic = places_named(small_gazetteer, settings, "باريس")
    assert latin[0] == arabic[0]
    assert latin[0].country == "FR"
    assert len(places_named(small_gazetteer, settings, "paris", limit=1)) == 1
    assert places_named(small_gazetteer, settings, " ، ") == []


def test_a_place_added_by_hand_is_found_at_once_and_first(small_gazetteer, settings):
    added = add_by_hand(settings, UserPlace("Paris Camp", 32.5, 23.1, other_names=("Paris",), kind=Kind.CAMP))
    assert (added.country, added.id.startswith("user:")) == ("LY", True)
    found = places_named(small_gazetteer, settings, "paris")
    assert found[0] == added
    assert found[1].country == "FR"
    at_sea = add_by_hand(settings, UserPlace("Wreck", 35.0, 18.0, kind=Kind.OTHER))
    assert at_sea.country is None
    assert places_named(small_gazetteer, settings, "wreck") == [at_sea]


def test_what_makes_no_sense_is_refused(settings):
    with pytest.raises(GazetteerSourceError, match="must have a name"):
        add_by_hand(settings, UserPlace(" ", 1.0, 2.0))
    with pytest.raises(GazetteerSourceError, match="latitude"):
        add_by_hand(settings, UserPlace("x", 91.0, 2.0))
