"""Which place? The options of each mention are weighed in the context of the article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.gazetteer.names import NameFlag
from dashboard.geoparse.place_context import softmax_by
from dashboard.geoparse.place_features import Options, list_options, option_features

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dashboard.gazetteer.index import Gazetteer
    from dashboard.geoparse.documents import Batch, Spans
    from dashboard.geoparse.network import Network
    from dashboard.geoparse.vocabulary import Vocabulary

__all__ = ["Best", "Weighed", "weigh"]

_DIGITS = 5  # of the logarithm of a share; further ones change with what else stands in the batch
_LEAST = 1e-300
# Log-odds that a place loses where the text gives a namesake its full name: قاعدة الجفرة is the base, whatever is
# said of the district elsewhere in the article.
_NAMED_OTHERWISE = 3.0
# Log-odds that a port or an airport loses to the town of its name where only the name stands.
_DEFERRING = 5.0


@dataclass(frozen=True, slots=True)
class Best:
    """The best options of each mention: those of mention `i` are `rows[edges[i]:edges[i + 1]]`, best first."""

    rows: NDArray[np.intp]
    edges: NDArray[np.intp]


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

    def best(self, most: int) -> Best:
        """Return the best options of each mention, so many at most; of equals the more prominent leads."""
        worth = np.log(np.maximum(self.share, _LEAST)).round(_DIGITS)
        order = np.lexsort((-worth, self.options.mention))
        counts = np.diff(self.edges)
        rank = np.arange(len(order)) - np.repeat(self.edges[:-1], counts)
        edges = np.concatenate([[0], np.cumsum(np.minimum(counts, most))])
        return Best(order[rank < most], edges)


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
    named_otherwise = matrix[:, names.index("other_named_in_full")]
    defers = options.flags & NameFlag.DEFERS != 0
    score = network.logit(names, matrix) - _NAMED_OTHERWISE * named_otherwise - _DEFERRING * defers
    share = softmax_by(options.mention, score, len(spans))
    return Weighed(options, share, names, matrix, np.searchsorted(options.mention, np.arange(len(spans) + 1)))
