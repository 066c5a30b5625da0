"""Which place? The options of each mention are weighed in the context of the article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.core.geo import distance_km
from dashboard.gazetteer.names import NameFlag
from dashboard.geoparse.abbreviations import are_abbreviations
from dashboard.geoparse.leanings import lean, lean_by_sentence
from dashboard.geoparse.place_context import Cases, softmax_by
from dashboard.geoparse.place_features import Options, list_options, option_features

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dashboard.gazetteer.index import Gazetteer
    from dashboard.geoparse.documents import Batch, Spans
    from dashboard.geoparse.network import Network
    from dashboard.geoparse.vocabulary import Vocabulary

__all__ = ["Best", "Weighed", "share_on_the_spot", "weigh"]

_DIGITS = 5  # of the logarithm of a share; further ones change with what else stands in the batch
_LEAST = 1e-300
# Log-odds that a place loses where the text gives a namesake its full name: قاعدة الجفرة is the base, whatever is
# said of the district elsewhere in the article.
_NAMED_OTHERWISE = 3.0
# Log-odds that a port or an airport loses to the town of its name where only the name stands.
_DEFERRING = 5.0
# Log-odds that a division gains where its abbreviation stands behind a town, and loses elsewhere.
_ABBREVIATED = 8.0
# Places of one name this near are one spot to who looks at the map: a town, its port, its quarter, its second record.
_SAME_SPOT_KM = 12.0


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


def share_on_the_spot(
    gazetteer: Gazetteer,
    place: NDArray[np.int64],
    share: NDArray[np.float64],
    leader: NDArray[np.intp],
) -> NDArray[np.float64]:
    """Return for each mention the share of its best place together with those of its rivals in the same spot.

    Whether a pin is right does not hang on which of a town and its port is meant.

    Parameters
    ----------
    place, share
        Rows of the gazetteer and shares, mention after mention, the best of each first.
    leader
        Positions of these first ones.
    """
    lat, lon = gazetteer.latitude[place], gazetteer.longitude[place]
    sizes = np.diff(np.append(leader, len(place)))
    first = np.repeat(leader, sizes)
    beside = distance_km(lat, lon, lat[first], lon[first]) <= _SAME_SPOT_KM
    found: NDArray[np.float64] = np.add.reduceat(np.where(beside, share, 0.0), leader)
    return np.minimum(found, 1.0)


def weigh(  # noqa: PLR0913, PLR0917 - the parts of one batch
    vocabulary: Vocabulary,
    gazetteer: Gazetteer,
    batch: Batch,
    spans: Spans,
    probability: NDArray[np.floating],
    network: Network,
) -> Weighed:
    """Weigh all options of all mentions, by their article, then by their sentence."""
    options = list_options(vocabulary, spans)
    names, matrix = option_features(vocabulary, gazetteer, batch, spans, options, probability)
    named_otherwise = matrix[:, names.index("other_named_in_full")]
    defers = options.flags & NameFlag.DEFERS != 0
    known = -_NAMED_OTHERWISE * named_otherwise - _DEFERRING * defers
    short = options.flags & NameFlag.ABBREVIATION != 0
    if short.any():
        meant = are_abbreviations(vocabulary, batch, spans)[options.mention]
        known += _ABBREVIATED * short * np.where(meant, 1.0, -1.0)

    def judged() -> NDArray[np.float64]:
        score = network.logit(names, matrix) + known
        score = score + lean(gazetteer, batch, spans, options, probability, score, (names, matrix))
        return softmax_by(options.mention, score, len(spans))

    share = judged()
    cases = Cases(vocabulary, gazetteer, spans, batch.sentence[spans.first], probability)
    score = np.log(np.maximum(share, _LEAST)) + lean_by_sentence(gazetteer, cases, options, share)
    share = softmax_by(options.mention, score, len(spans))
    return Weighed(options, share, names, matrix, np.searchsorted(options.mention, np.arange(len(spans) + 1)))
