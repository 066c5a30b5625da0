"""Names of places that stand for who acts there: a government (Paris rejects the plan) or a team (Egypt lost)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboard.core.models import Kind
from dashboard.geoparse.lexicon import WordClass

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dashboard.gazetteer.index import Gazetteer
    from dashboard.geoparse.documents import Batch, Spans
    from dashboard.geoparse.vocabulary import Vocabulary

__all__ = ["acts_as_government", "find_metonymy", "plays_as_team"]

_ACTS = WordClass.GOVERNMENT_VERB | WordClass.SPEECH
_LOCATING_PARTICLE = 2  # bit of `Spans.particle`: ب


def acts_as_government(vocabulary: Vocabulary, batch: Batch, spans: Spans) -> NDArray[np.bool_]:
    """Tell which names stand where a government does: after its nouns, or as what speaks."""
    before, after = _neighbours(vocabulary, batch, spans)
    return np.asarray(
        (before & (WordClass.GOVERNMENT | _ACTS) != 0) | (~_located(before, spans) & (after & _ACTS != 0)),
        bool,
    )


def plays_as_team(vocabulary: Vocabulary, batch: Batch, spans: Spans) -> NDArray[np.bool_]:
    """Tell which names stand beside a word of sport, and not behind a preposition of place."""
    before, after = _neighbours(vocabulary, batch, spans)
    return np.asarray(~_located(before, spans) & ((before | after) & WordClass.CLUB != 0), bool)


def find_metonymy(
    vocabulary: Vocabulary, gazetteer: Gazetteer, batch: Batch, spans: Spans, place: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Tell which mentions stand for a government or a team.

    Governments are called after countries and capitals, teams after countries: a team of a town is a club, and no
    mention of a place at all.

    Parameters
    ----------
    place
        Row of the gazetteer that each of `spans` was placed at.
    """
    country = gazetteer.kind[place] == gazetteer.kinds.index(Kind.COUNTRY)
    capital = gazetteer.feature_code[place] == gazetteer.feature_codes.index("PPLC")
    acts = acts_as_government(vocabulary, batch, spans) & (country | capital)
    return np.asarray(acts | (plays_as_team(vocabulary, batch, spans) & country), bool)


def _neighbours(
    vocabulary: Vocabulary, batch: Batch, spans: Spans
) -> tuple[NDArray[np.integer], NDArray[np.integer]]:
    classes = vocabulary.column("classes")
    return classes[batch.neighbour(spans.first, -1)], classes[batch.neighbour(spans.last, 1)]


def _located(before: NDArray[np.integer], spans: Spans) -> NDArray[np.bool_]:
    return np.asarray((before & WordClass.LOCATIVE != 0) | (spans.particle & _LOCATING_PARTICLE != 0), bool)
