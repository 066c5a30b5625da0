from __future__ import annotations

import numpy as np
import pytest

from dashboard.core.geo import EARTH_RADIUS_KM, distance_km
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
