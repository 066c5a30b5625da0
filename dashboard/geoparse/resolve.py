"""Which place? The options of each mention are weighed in the context of the article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.geoparse.place_context import softmax_by
from dashboard.geoparse.place_features import Options, list_options, option_features

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dashboard.gazetteer.index import Gazetteer
    from dashboard.geoparse.documents import Batch, Spans
    from dashboard.geoparse.network import Network
    from dashboard.geoparse.vocabulary import Vocabulary

__all__ = ["Weighed", "weigh"]


@dataclass(frozen=True, slots=True)
class Weighed:
    """The options of the mentions of a batch with their shares.

    Attributes
    ----------
    share
        Probability of each option, given that the mention is a toponym; adds up to 1 for each mention.
    names, matrix
        The features that it was worked out from.
    edges
        The options of mention `i` are the rows `edges[i]:edges[i + 1]`.
    """

    options: Options
    share: NDArray[np.float64]
    names: tuple[str, ...]
    matrix: NDArray[np.float32]
    edges: NDArray[np.intp]


def weigh(  # noqa: PLR0913, PLR0917 - the parts of one batch
    vocabulary: Vocabulary,
    gazetteer: Gazetteer,
    batch: Batch,
    spans: Spans,
    probability: NDArray[np.floating],
    network: Network,
) -> Weighed:
    """Weigh all options of all mentions."""
    options = list_options(vocabulary, spans)
    names, matrix = option_features(vocabulary, gazetteer, batch, spans, options, probability)
    share = softmax_by(options.mention, network.logit(names, matrix), len(spans))
    return Weighed(options, share, names, matrix, np.searchsorted(options.mention, np.arange(len(spans) + 1)))
