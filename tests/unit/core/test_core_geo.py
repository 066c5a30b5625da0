from __future__ import annotations

import numpy as np
import pytest

from dashboard.core.geo import EARTH_RADIUS_KM, distance_km, parse_point
from dashboard.core.progress import silent


@pytest.mark.parametrize(
    ("here", "there", "km"),
    [
        ((48.85, 2.35), (48.85, 2.35), 0.0),
        ((0.0, 0.0), (0.0, 180.0), np.pi * EARTH_RADIUS_KM),
        ((90.0, 0.0), (-90.0, 77.0), np.pi * EARTH_RADIUS_KM),
        ((0.0, 179.5), (0.0, -179.5), np.pi * EARTH_RADIUS_KM / 180),
        ((32.887, 13.187), (34.434, 35.844), 2107.0),  # Tripoli to Tripoli
    ],
)
def test_distance(here: tuple[float, float], there: tuple[float, float], km: float) -> None:
    assert distance_km(*here, *there) == pytest.approx(km, rel=5e-3)
    assert distance_km(*there, *here) == pytest.approx(km, rel=5e-3)


def test_distances_broadcast() -> None:
    table = distance_km(np.zeros((3, 1)), np.zeros((3, 1)), np.zeros(2), np.array([0.0, 1.0]))
    assert table.shape == (3, 2)
    assert table[0, 0] == 0
    assert table[2, 1] == pytest.approx(111.2, abs=0.1)


def test_silent_progress_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    silent(1, 2, "work")
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("32.08, 23.96", (32.08, 23.96)),
        (" -12 ; +3.5 ", (-12.0, 3.5)),
        ("32.08 23.96", (32.08, 23.96)),
        ("32.08° N 23.96° W", (32.08, -23.96)),
        ("10 s, 20 e", (-10.0, 20.0)),
        ("٣٢٫٠٨، ٢٣٫٩٦", (32.08, 23.96)),
        ("32.08", None),
        ("91, 0", None),
        ("0, 181", None),
        ("Tobruk", None),
        ("32,08", (32.0, 8.0)),
        ("1,2,3", None),
        ("", None),
    ],
)
def test_points_are_read_as_people_write_them(text, point):
    assert parse_point(text) == point
