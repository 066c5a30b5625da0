"""EDTF: what is one, which days it may mean, and whether two may be the same."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.core.edtf import Precision, bounds, interval, is_edtf, overlap, precision_of


@pytest.mark.parametrize(
    ("edtf", "first", "last", "precision"),
    [
        ("2018-04-18", date(2018, 4, 18), date(2018, 4, 18), Precision.DAY),
        ("2018-04~", date(2018, 4, 1), date(2018, 4, 30), Precision.MONTH),
        ("2018", date(2018, 1, 1), date(2018, 12, 31), Precision.YEAR),
        ("2018-24", date(2018, 12, 1), date(2019, 2, 28), Precision.SEASON),
        ("2018-03-05/2018-03-11", date(2018, 3, 5), date(2018, 3, 11), Precision.INTERVAL),
        ("2018-07/..", date(2018, 7, 1), None, Precision.INTERVAL),
        ("../2018-07", None, date(2018, 7, 31), Precision.INTERVAL),
    ],
)
def test_bounds_and_precision(edtf, first, last, precision):
    assert is_edtf(edtf)
    assert bounds(edtf) == (first, last)
    assert precision_of(edtf) is precision


@pytest.mark.parametrize(
    "text", ["", "2018-13", "2018-02-30", "18-04-2018", "../..", "2018-05/2018-04", "soon"]
)
def test_what_is_no_edtf(text):
    assert not is_edtf(text)
    assert precision_of(text) is Precision.NONE


def test_overlap_needs_two_dates():
    assert overlap("2018-04", "2018-04-18")
    assert overlap("2018-04-18", "2018-04-20", slack_days=2)
    assert not overlap("2018-04-18", "2018-04-20", slack_days=1)
    assert overlap("2018-04-18/..", "2020")
    assert not overlap(None, "2018")
    assert interval(date(2018, 4, 18), date(2018, 4, 18)) == "2018-04-18"
    assert interval(date(2018, 4, 18), None) == "2018-04-18/.."
