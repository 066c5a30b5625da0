"""Scaling of confidence: how often pins that are said to be so sure are right, on texts that no training saw."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression

from dashboard.core.geo import distance_km
from dashboard.core.models import Kind
from dashboard.geoparse.judge import choose_spans, judge
from dashboard.geoparse.lexicon import LANGUAGES
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

_LIKELY = 0.3  # stretches at least this likely are pins that may be drawn
# Standard deviations of the prior: of slope and offset of all languages, and of what a language's offset has of its
# own; chosen by cross-validation on the development part.
_FREE, _OWN = 100.0, 0.5
_STEPS = 5000
_OPTIONS = 5  # of a mention, as many as the parser keeps


def calibrate(
    vocabulary: Vocabulary, gazetteer: Gazetteer, weights: Weights, texts: Sequence[LabelledText]
) -> tuple[tuple[float, float], ...]:
    """Fit the scaling that makes confidence the share of such pins that are right (Platt 1999), by language.

    All have one slope; a language's own offset is drawn towards that of all by a normal prior, since it has a hundred
    pins or two.

    Parameters
    ----------
    weights
        All networks, as they will be used.
    texts
        Texts that none of them has seen, with all their places.

    Returns
    -------
    lines
        Slope and offset for each of `LANGUAGES`, in log-odds; 1 and 0 when the texts can't tell.
    """
    pins = [
        pin
        for labelled in label_batches(vocabulary, texts)
        for pin in _pins(vocabulary, gazetteer, weights, labelled)
    ]
    right = [is_right for _, _, is_right in pins]
    if len(set(right)) < 2:  # noqa: PLR2004 - right ones and wrong ones
        return ((1.0, 0.0),) * len(LANGUAGES)
    said = log_odds(np.array([raw for raw, _, _ in pins]))
    own = np.array([language for _, language, _ in pins])[:, None] == np.arange(len(LANGUAGES))
    columns = np.column_stack((_FREE * said, np.full(len(said), _FREE), _OWN * own))
    model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=_STEPS).fit(columns, right)
    slope, offset, *deviations = (
        model.coef_[0] * np.array([_FREE, _FREE, *[_OWN] * len(LANGUAGES)])
    ).tolist()
    return tuple((round(slope, 4), round(offset + deviation, 4)) for deviation in deviations)


def _pins(
    vocabulary: Vocabulary, gazetteer: Gazetteer, weights: Weights, labelled: Labelled
) -> Iterator[tuple[float, int, bool]]:
    """Yield for each pin of a batch how sure it is, its language, and whether it is right, where that can be said."""
    batch, described = labelled.batch, labelled.described
    judged = judge(vocabulary, batch, described, weights)
    chosen = choose_spans(batch, described.spans, judged.probability, _LIKELY)
    if not len(chosen):
        return
    spans, sure = described.spans.take(chosen), judged.probability[chosen]
    weighed = weigh(vocabulary, gazetteer, batch, spans, sure, weights.networks["place"])
    best = weighed.best(_OPTIONS)
    places = weighed.options.place[best.rows]
    shares = share_on_the_spot(gazetteer, places, weighed.share[best.rows], best.edges[:-1])
    first = places[best.edges[:-1]].tolist()
    articles = batch.article[described.spans.first]
    for row, raw, place in zip(chosen.tolist(), (sure * shares).tolist(), first, strict=True):
        if labelled.label[row] != IGNORED:
            language = LANGUAGES.index(batch.languages[articles[row]])
            yield raw, language, _is_right(gazetteer, place, labelled.gold[row])


def _is_right(gazetteer: Gazetteer, row: int, name: GoldToponym | None) -> bool:
    """Tell whether a place of the gazetteer is the annotated one."""
    if name is None or name.latitude is None or name.longitude is None:
        return False
    if name.tolerance_km == 0:
        is_country = gazetteer.kinds[gazetteer.kind[row]] is Kind.COUNTRY
        return is_country and gazetteer.countries[gazetteer.country[row]] == name.country
    lat, lon = gazetteer.latitude[row], gazetteer.longitude[row]
    return bool(distance_km(lat, lon, name.latitude, name.longitude) <= name.tolerance_km)
