"""Labels: which stretches of annotated texts are toponyms, and which of their options is the place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dashboard.core.geo import distance_km
from dashboard.core.models import Kind
from dashboard.geoparse.documents import read_batch
from dashboard.geoparse.judge import describe
from dashboard.geoparse.lexicon import WordClass
from dashboard.geoparse.offsets import span_offsets
from dashboard.geoparse.toponyms import NAME_FEATURES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from dashboard.gazetteer.index import Gazetteer
    from dashboard.geoparse.documents import Batch
    from dashboard.geoparse.judge import Described
    from dashboard.geoparse.training.corpora import GoldToponym, LabelledText
    from dashboard.geoparse.vocabulary import Vocabulary

__all__ = ["IGNORED", "Labelled", "label_batches", "right_options", "weights_of"]

_BATCH = 32
_PARTICLE_LETTERS = 3
IGNORED = -1  # the label of what can't be said
_NEAR_KM = 40.0  # a place this near the annotated point is the annotated place


class Labelled(NamedTuple):
    """One batch of texts: each stretch with its label, and the annotated name that it is, if any."""

    texts: Sequence[LabelledText]
    batch: Batch
    described: Described
    label: NDArray[np.int8]
    gold: list[GoldToponym | None]


def label_batches(vocabulary: Vocabulary, texts: Sequence[LabelledText]) -> Iterator[Labelled]:
    """Cut texts into batches and label every stretch that the gazetteer knows."""
    for at in range(0, len(texts), _BATCH):
        some = texts[at : at + _BATCH]
        batch = read_batch(vocabulary, [x.text for x in some], [x.language for x in some])
        described = describe(vocabulary, batch)
        yield Labelled(some, batch, described, *_label(vocabulary, batch, described, some))


def _label(
    vocabulary: Vocabulary, batch: Batch, described: Described, texts: Sequence[LabelledText]
) -> tuple[NDArray[np.int8], list[GoldToponym | None]]:
    """Label each stretch: 1 it is a toponym, 0 it is not, -1 it can't be said."""
    spans = described.spans
    start, end = span_offsets(vocabulary, batch, spans)
    label = np.zeros(len(spans), np.int8)
    gold: list[GoldToponym | None] = [None] * len(spans)
    article = batch.article[spans.first]
    edges = np.searchsorted(article, np.arange(len(texts) + 1))
    facility = NAME_FEATURES.index(f"may_be_{Kind.FACILITY.value}")
    phrase = vocabulary.toponyms.features[spans.toponym][:, facility] > 0
    phrase |= vocabulary.column("classes")[batch.words[spans.first]] & WordClass.DIRECTION != 0
    phrase &= spans.last > spans.first
    for number, text in enumerate(texts):
        rows = np.arange(edges[number], edges[number + 1])
        if not text.phrases:
            label[rows[phrase[rows]]] = IGNORED
        for a, b in text.optional:
            label[rows[(start[rows] < b) & (end[rows] > a)]] = IGNORED
        for name in text.toponyms:
            touching = rows[(start[rows] < name.end) & (end[rows] > name.start)]
            early = name.start + (0 if name.exact else _PARTICLE_LETTERS)
            fits = touching[
                (end[touching] == name.end) & (start[touching] >= name.start) & (start[touching] <= early)
            ]
            if len(fits):
                weights = [vocabulary.toponyms.weight(int(spans.toponym[row])) for row in fits]
                label[fits[label[fits] == 0]] = 0 if name.exact else IGNORED
                best = int(fits[int(np.argmax(weights))])
                label[best], gold[best] = 1, name
            elif len(touching):
                size = np.minimum(end[touching], name.end) - np.maximum(start[touching], name.start)
                label[touching[int(np.argmax(size))]] = IGNORED
    return label, gold


def weights_of(labelled: Labelled) -> NDArray[np.float32]:
    """Return what the lesson of each stretch counts."""
    of_text = np.array([text.weight for text in labelled.texts], np.float32)
    return of_text[labelled.batch.article[labelled.described.spans.first]]


def right_options(gazetteer: Gazetteer, places: NDArray[np.int64], name: GoldToponym) -> NDArray[np.bool_]:
    """Mark the options that are the annotated place; none when the gazetteer lacks it."""
    kind = gazetteer.kind[places]
    is_country = kind == gazetteer.kinds.index(Kind.COUNTRY)
    if name.tolerance_km == 0:
        codes = np.array([gazetteer.countries[code] for code in gazetteer.country[places]])
        return np.asarray(is_country & (codes == name.country))
    away = distance_km(
        gazetteer.latitude[places], gazetteer.longitude[places], name.latitude or 0, name.longitude or 0
    )
    wide = is_country | (kind == gazetteer.kinds.index(Kind.ADMIN))
    allowed = np.where(
        wide,
        np.maximum(_NEAR_KM, 0.7 * gazetteer.radius_km[places]),
        max(_NEAR_KM, min(name.tolerance_km, 100)),
    )
    right = away <= allowed
    if name.kind is not None:  # the division and the town that share a name and nearly a point
        same = np.array([gazetteer.kinds[k].value == name.kind for k in kind])
        right = (right & same) if (right & same).any() else right
    if right.any():
        nearness = np.where(right, away / allowed, np.inf)
        right &= nearness <= nearness.min() + 0.1
    return np.asarray(right)
