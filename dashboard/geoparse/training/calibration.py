"""Scaling of confidence: how often pins that are said to be so sure are right, on texts that no training saw."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression

from dashboard.core.geo import distance_km
from dashboard.core.models import Kind
from dashboard.geoparse.judge import choose_spans, judge
from dashboard.geoparse.parser import Limits
from dashboard.geoparse.resolve import share_on_the_spot, weigh
from dashboard.geoparse.training.labels import IGNORED, label_batches
from dashboard.geoparse.weights import log_odds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.gazetteer.index import Gazetteer
    from dashboard.geoparse.training.corpora import GoldToponym, LabelledText
    from dashboard.geoparse.training.labels import Labelled
    from dashboard.geoparse.vocabulary import Vocabulary
    from dashboard.geoparse.weights import Weights

__all__ = ["calibrate"]

_LIMITS = Limits()  # what the parser gives no pin is not scaled on
_OPTIONS = 5  # of a mention, as many as the parser keeps


def calibrate(
    vocabulary: Vocabulary, gazetteer: Gazetteer, weights: Weights, texts: Sequence[LabelledText]
) -> tuple[float, float]:
    """Fit the scaling that makes confidence the share of such pins that are right (Platt 1999).

    Parameters
    ----------
    weights
        All networks, as they will be used.
    texts
        Texts that none of them has seen, with all their places.

    Returns
    -------
    slope, offset
        In log-odds; 1 and 0 when the texts can't tell.
    """
    pins = [
        pin
        for labelled in label_batches(vocabulary, texts)
        for pin in _pins(vocabulary, gazetteer, weights, labelled)
    ]
    right = [is_right for _, is_right in pins]
    if len(set(right)) < 2:  # noqa: PLR2004 - right ones and wrong ones
        return 1.0, 0.0
    said = log_odds(np.array([raw for raw, _ in pins]))
    model = LogisticRegression(C=1e6).fit(said[:, None], right)
    return round(float(model.coef_[0, 0]), 4), round(float(model.intercept_[0]), 4)


def _pins(
    vocabulary: Vocabulary, gazetteer: Gazetteer, weights: Weights, labelled: Labelled
) -> Iterator[tuple[float, bool]]:
    """Yield for each pin of a batch how sure it is, and whether it is right; what can't be said is left out."""
    batch, described = labelled.batch, labelled.described
    judged = judge(vocabulary, batch, described, weights)
    chosen = choose_spans(batch, described.spans, judged.probability, _LIMITS.toponym)
    if not len(chosen):
        return
    spans, sure = described.spans.take(chosen), judged.probability[chosen]
    weighed = weigh(vocabulary, gazetteer, batch, spans, sure, weights.networks["place"])
    best = weighed.best(_OPTIONS)
    places = weighed.options.place[best.rows]
    shares = share_on_the_spot(gazetteer, places, weighed.share[best.rows], best.edges[:-1])
    first = places[best.edges[:-1]].tolist()
    pins = zip(chosen.tolist(), (sure * shares).tolist(), shares.tolist(), first, strict=True)
    for row, raw, share, place in pins:
        if labelled.label[row] != IGNORED and share >= _LIMITS.place:
            yield raw, _is_right(gazetteer, place, labelled.gold[row])


def _is_right(gazetteer: Gazetteer, row: int, name: GoldToponym | None) -> bool:
    """Tell whether a place of the gazetteer is the annotated one."""
    if name is None or name.latitude is None or name.longitude is None:
        return False
    if name.tolerance_km == 0:
        is_country = gazetteer.kinds[gazetteer.kind[row]] is Kind.COUNTRY
        return is_country and gazetteer.countries[gazetteer.country[row]] == name.country
    lat, lon = gazetteer.latitude[row], gazetteer.longitude[row]
    return bool(distance_km(lat, lon, name.latitude, name.longitude) <= name.tolerance_km)
