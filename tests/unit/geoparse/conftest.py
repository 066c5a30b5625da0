"""Parsers over the small gazetteer, their decisions written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hand_networks import write_weights

from dashboard.core.settings import data_path
from dashboard.geoparse import Geoparser
from dashboard.geoparse.lexicon import Lexicon, load_lexicon
from dashboard.geoparse.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dashboard.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon(data_path() / "lexicon")


@pytest.fixture
def vocabulary(small_gazetteer: Gazetteer, lexicon: Lexicon) -> Vocabulary:
    return Vocabulary(small_gazetteer, lexicon)


@pytest.fixture
def make_parser(small_gazetteer: Gazetteer, tmp_path: Path) -> Callable[..., Geoparser]:
    """Return a maker of parsers; weights by name of feature, `bias` for being a toponym, `limits`."""

    def make(limits: object = None, **weights: object) -> Geoparser:
        path = write_weights(tmp_path / "hand.npz", small_gazetteer, **weights)
        return Geoparser(small_gazetteer, path, limits)

    return make


@pytest.fixture(scope="session")
def hand_parser(small_gazetteer: Gazetteer, tmp_path_factory: pytest.TempPathFactory) -> Geoparser:
    """Return a parser that takes every known name for the most prominent place of that name."""
    path = write_weights(tmp_path_factory.mktemp("weights") / "hand.npz", small_gazetteer)
    return Geoparser(small_gazetteer, path)
