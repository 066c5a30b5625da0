"""A reader of journeys over the small gazetteer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hand_networks import write_weights

from dashboard.geoparse import Geoparser
from dashboard.journeys import JourneyParser

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.gazetteer import Gazetteer
    from dashboard.journeys import Leg


@pytest.fixture(scope="session")
def read_legs(
    small_gazetteer: Gazetteer, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., tuple[Leg, ...]]:
    """Return a reader of the legs of a text, published on a Wednesday."""
    weights = write_weights(tmp_path_factory.mktemp("weights") / "hand.npz", small_gazetteer)
    geoparser = Geoparser(small_gazetteer, weights)
    reader = JourneyParser(small_gazetteer)

    def read(
        text: str, language: str | None = None, published: date | None = date(2018, 4, 18)
    ) -> tuple[Leg, ...]:
        return reader.parse(text, geoparser.parse(text, language), published).legs

    return read
