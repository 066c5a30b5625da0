"""A country of several words is never the country within its name."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from dashboard.geoparse.judge import lift_countries


def _described(spans, countries):
    first, last = np.array(spans).T
    return SimpleNamespace(
        spans=SimpleNamespace(first=first, last=last), is_country=np.array(countries, bool)
    )


def test_a_country_is_as_likely_as_the_name_within_it():
    found = np.array([0.2, 0.9], np.float32)
    lift_countries(_described([(3, 4), (4, 4)], [True, True]), found)
    assert found.tolist() == np.array([0.9, 0.9], np.float32).tolist()


def test_other_long_names_and_single_words_are_left_alone():
    found = np.array([0.2, 0.9, 0.3], np.float32)
    lift_countries(_described([(3, 4), (4, 4), (8, 8)], [False, True, True]), found)
    assert found.tolist() == np.array([0.2, 0.9, 0.3], np.float32).tolist()


def test_what_only_overlaps_does_not_count():
    found = np.array([0.2, 0.1, 0.9], np.float32)
    lift_countries(_described([(3, 4), (4, 4), (4, 5)], [True, False, False]), found)
    assert found.tolist() == np.array([0.2, 0.1, 0.9], np.float32).tolist()
