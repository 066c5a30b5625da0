"""How sure a pin is: rivals in one spot are no doubt, rivals elsewhere are."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.geoparse.resolve import share_on_the_spot

# A town, its port 3 km off, a namesake 900 km off.
PLACES = SimpleNamespace(latitude=np.array([32.08, 32.06, 32.0]), longitude=np.array([23.96, 23.99, 14.4]))


def test_a_town_and_its_port_are_one_spot() -> None:
    place, share = np.array([1, 0, 2]), np.array([0.5, 0.3, 0.2])
    assert share_on_the_spot(PLACES, place, share, np.array([0])) == pytest.approx([0.8])


def test_a_namesake_elsewhere_is_a_doubt() -> None:
    place, share = np.array([2, 0, 1]), np.array([0.5, 0.3, 0.2])
    assert share_on_the_spot(PLACES, place, share, np.array([0])) == pytest.approx([0.5])


def test_mentions_are_kept_apart() -> None:
    place, share = np.array([0, 1, 0, 2]), np.array([0.6, 0.4, 0.7, 0.3])
    assert share_on_the_spot(PLACES, place, share, np.array([0, 2])) == pytest.approx([1.0, 0.7])


@given(st.lists(st.tuples(st.integers(0, 2), st.floats(0.01, 1)), min_size=1, max_size=6))
def test_it_lies_between_the_share_of_the_first_and_one(options: list[tuple[int, float]]) -> None:
    place = np.array([row for row, _ in options])
    share = np.array([weight for _, weight in options]) / sum(weight for _, weight in options)
    (found,) = share_on_the_spot(PLACES, place, share, np.array([0]))
    assert share[0] <= found + 1e-9
    assert found <= 1


def test_a_port_beside_its_town_takes_no_confidence(make_parser) -> None:
    """In Tripoli the port lies by the city: between the two a pin is in the right spot."""
    (alone,) = make_parser().parse("وصل الوفد إلى طرابلس في ليبيا", "ar").resolutions[:1]
    places = [candidate.place.id for candidate in alone.candidates]
    beside = [
        candidate.score
        for candidate in alone.candidates
        if abs(candidate.place.latitude - alone.candidates[0].place.latitude) < 0.1
    ]
    assert len(places) > 1
    assert alone.confidence <= sum(beside) + 1e-3
