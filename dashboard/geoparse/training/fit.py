"""From annotated texts to weights: labels for stretches and options, and the fitting itself."""

from __future__ import annotations

import warnings
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from dashboard.core.geo import distance_km
from dashboard.core.models import Kind
from dashboard.geoparse.documents import read_batch
from dashboard.geoparse.judge import SCRIPTS, describe, with_support
from dashboard.geoparse.lexicon import WordClass
from dashboard.geoparse.network import Network
from dashboard.geoparse.offsets import span_offsets
from dashboard.geoparse.place_features import list_options, option_features, softmax_by
from dashboard.geoparse.toponyms import NAME_FEATURES
from dashboard.geoparse.weights import Weights, log_odds
from dashboard.geoparse.word_context import WordContext, count_context

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from dashboard.gazetteer.index import Gazetteer
    from dashboard.geoparse.documents import Batch
    from dashboard.geoparse.judge import Described
    from dashboard.geoparse.training.corpora import GoldToponym, LabelledText
    from dashboard.geoparse.vocabulary import Vocabulary

__all__ = ["Fitting", "fit_all"]

_BATCH = 32
_PARTICLE_LETTERS = 3
_IGNORED = -1
_NEAR_KM = 40.0  # a place this near the annotated point is the annotated place
_FOLDS = 5
_LIKELY = 0.3  # stretches at least this likely are looked at as mentions


class Fitting(NamedTuple):
    """How the networks are made.

    Several small networks from different seeds are averaged: they agree on what the data says and differ in
    what they have learned by heart. Chosen on ANERcorp's development part: 16 units and 8 epochs beat 32 and
    64, and more epochs.
    """

    hidden: int = 16
    penalty: float = 1.0
    epochs: int = 8
    members: int = 5
    seed: int = 20


def _for_places(seed: int) -> Fitting:
    """Return how the network for places is made: it has more to learn by heart, such as which kinds are meant."""
    return Fitting(hidden=24, penalty=0.05, epochs=20, members=3, seed=seed)


class _Labelled(NamedTuple):
    texts: Sequence[LabelledText]
    batch: Batch
    described: Described
    label: NDArray[np.int8]
    gold: list[GoldToponym | None]


def _batches(
    vocabulary: Vocabulary, gazetteer: Gazetteer, texts: Sequence[LabelledText]
) -> Iterator[_Labelled]:
    for at in range(0, len(texts), _BATCH):
        some = texts[at : at + _BATCH]
        batch = read_batch(vocabulary, [x.text for x in some], [x.language for x in some])
        described = describe(vocabulary, batch)
        yield _Labelled(some, batch, described, *_label(vocabulary, batch, described, some))


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
            label[rows[phrase[rows]]] = _IGNORED
        for a, b in text.optional:
            label[rows[(start[rows] < b) & (end[rows] > a)]] = _IGNORED
        for name in text.toponyms:
            touching = rows[(start[rows] < name.end) & (end[rows] > name.start)]
            early = name.start + (0 if name.exact else _PARTICLE_LETTERS)
            fits = touching[
                (end[touching] == name.end) & (start[touching] >= name.start) & (start[touching] <= early)
            ]
            if len(fits):
                weights = [vocabulary.toponyms.weight(int(spans.toponym[row])) for row in fits]
                label[fits[label[fits] == 0]] = 0 if name.exact else _IGNORED
                best = int(fits[int(np.argmax(weights))])
                label[best], gold[best] = 1, name
            elif len(touching):
                size = np.minimum(end[touching], name.end) - np.maximum(start[touching], name.start)
                label[touching[int(np.argmax(size))]] = _IGNORED
    return label, gold


def _fit(
    names: tuple[str, ...],
    matrix: NDArray[np.float32],
    label: NDArray[np.int8],
    weight: NDArray[np.float32],
    fitting: Fitting,
) -> Network:
    mean = matrix.mean(axis=0)
    scale = np.maximum(matrix.std(axis=0), 0.05)
    scaled = (matrix - mean) / scale
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        members = [
            MLPClassifier(
                hidden_layer_sizes=(fitting.hidden,),
                alpha=fitting.penalty,
                batch_size=min(256, len(label)),
                max_iter=fitting.epochs,
                random_state=fitting.seed + member,
                n_iter_no_change=fitting.epochs,
            ).fit(scaled, label, sample_weight=weight)
            for member in range(fitting.members)
        ]
    # The mean of the members' log-odds is one network, whose hidden layer holds all their units.
    return Network(
        names,
        mean.astype(np.float32),
        scale.astype(np.float32),
        weights=(
            np.concatenate([model.coefs_[0] for model in members], axis=1).astype(np.float32),
            (np.concatenate([model.coefs_[1] for model in members]) / fitting.members).astype(np.float32),
        ),
        biases=(
            np.concatenate([model.intercepts_[0] for model in members]).astype(np.float32),
            np.mean([model.intercepts_[1] for model in members], axis=0).astype(np.float32),
        ),
    )


def _out_of_fold(  # noqa: PLR0913, PLR0917 - what one fit needs, and the folds
    names: tuple[str, ...],
    matrix: NDArray[np.float32],
    label: NDArray[np.int8],
    weight: NDArray[np.float32],
    fold: NDArray[np.int64],
    fitting: Fitting,
) -> NDArray[np.float32]:
    """Judge each row by a network that has not seen its fold, as the second judgement will meet the first."""
    found = np.zeros(len(label), np.float32)
    for number in range(int(fold.max()) + 1):
        seen = (fold != number) & (label != _IGNORED)
        network = _fit(names, matrix[seen], label[seen], weight[seen], fitting)
        found[fold == number] = network.probability(names, matrix[fold == number])
    return found


class _Rows(NamedTuple):
    """All stretches of all texts, one below the other."""

    label: NDArray[np.int8]
    weight: NDArray[np.float32]
    fold: NDArray[np.int64]
    neighbours: NDArray[np.uint64]
    scripts: dict[str, NDArray[np.bool_]]

    @classmethod
    def of(cls, done: Sequence[_Labelled]) -> _Rows:
        arabic = np.concatenate([x.described.arabic for x in done])
        return cls(
            np.concatenate([x.label for x in done]),
            np.concatenate([_weights(x) for x in done]),
            np.concatenate([np.full(len(x.label), number % _FOLDS) for number, x in enumerate(done)]),
            np.concatenate([x.described.neighbours for x in done]),
            dict(zip(SCRIPTS, (arabic, ~arabic), strict=True)),
        )

    def contexts(self) -> tuple[dict[str, WordContext], NDArray[np.float32]]:
        """Make the tables of telling words, and what each row would have been told by a table made without its fold."""
        tables = {}
        told = np.zeros(self.neighbours.shape, np.float32)
        for script, rows in self.scripts.items():
            seen = rows & (self.label != _IGNORED)
            tables[script] = count_context(self.neighbours[seen], self.label[seen], self.weight[seen])
            for number in range(_FOLDS):
                others, own = seen & (self.fold != number), rows & (self.fold == number)
                table = count_context(self.neighbours[others], self.label[others], self.weight[others])
                told[own] = table.look_up(self.neighbours[own])
        return tables, told

    def fit(
        self, names: tuple[str, ...], matrix: NDArray[np.float32], fitting: Fitting
    ) -> tuple[dict[str, Network], NDArray[np.float32]]:
        """Make a network for each script, and judge each row by one that has not seen its fold."""
        networks = {}
        judged = np.zeros(len(self.label), np.float32)
        for script, rows in self.scripts.items():
            seen = rows & (self.label != _IGNORED)
            networks[script] = _fit(names, matrix[seen], self.label[seen], self.weight[seen], fitting)
            judged[rows] = _out_of_fold(
                names, matrix[rows], self.label[rows], self.weight[rows], self.fold[rows], fitting
            )
        return networks, judged


def fit_all(
    vocabulary: Vocabulary, gazetteer: Gazetteer, texts: Sequence[LabelledText], fitting: Fitting
) -> Weights:
    """Make everything that the geoparser learns."""
    done = list(_batches(vocabulary, gazetteer, texts))
    edges = np.cumsum([0, *(len(x.label) for x in done)]).tolist()
    parts = [slice(a, b) for a, b in pairwise(edges)]
    rows = _Rows.of(done)
    contexts, told = rows.contexts()
    described = [x.described.with_context(told[part]) for x, part in zip(done, parts, strict=True)]
    alone, first = rows.fit(described[0][0], np.concatenate([matrix for _, matrix in described]), fitting)
    supported = [
        with_support(vocabulary, x.batch, x.described, told[part], first[part])
        for x, part in zip(done, parts, strict=True)
    ]
    helped, second = rows.fit(supported[0][0], np.concatenate([matrix for _, matrix in supported]), fitting)
    examples = [
        _place_examples(vocabulary, gazetteer, x, second[part]) for x, part in zip(done, parts, strict=True)
    ]
    place, shares = _fit_places(examples, _for_places(fitting.seed))
    networks = {f"toponym-{script}-alone": network for script, network in alone.items()}
    networks |= {f"toponym-{script}": network for script, network in helped.items()}
    return Weights({**networks, "place": place}, contexts, _calibrate(examples, shares))


class _Options(NamedTuple):
    """The options of the likely mentions of one batch.

    `label` is 1 for the annotated place, 0 for its rivals, -1 where no place is annotated. `sure` and `told` speak of
    mentions: how likely each is a toponym, and whether the text says what is right there.
    """

    names: tuple[str, ...]
    matrix: NDArray[np.float32]
    label: NDArray[np.int8]
    weight: NDArray[np.float32]
    mention: NDArray[np.int64]
    sure: NDArray[np.float32]
    told: NDArray[np.bool_]


def _fit_places(examples: Sequence[_Options], fitting: Fitting) -> tuple[Network, list[NDArray[np.float64]]]:
    """Make the network for places; and the shares of all options by networks that have not seen their fold."""
    names = examples[0].names
    networks = []
    for left_out in (*range(_FOLDS), None):
        seen = [x for number, x in enumerate(examples) if left_out is None or number % _FOLDS != left_out]
        label = np.concatenate([x.label for x in seen])
        matrix = np.concatenate([x.matrix for x in seen])[label != _IGNORED]
        weight = np.concatenate([x.weight for x in seen])[label != _IGNORED]
        networks.append(_fit(names, matrix, label[label != _IGNORED], weight, fitting))
    shares = [
        softmax_by(x.mention, networks[number % _FOLDS].logit(names, x.matrix), len(x.sure))
        for number, x in enumerate(examples)
    ]
    return networks[-1], shares


def _calibrate(examples: Sequence[_Options], shares: Sequence[NDArray[np.float64]]) -> tuple[float, float]:
    """Fit the scaling that makes the confidence of a pin the share of such pins that are right (Platt 1999)."""
    confidence, right = [], []
    for example, share in zip(examples, shares, strict=True):
        starts = np.searchsorted(example.mention, np.arange(len(example.sure) + 1))
        for mention in np.flatnonzero(example.told).tolist():
            span = slice(starts[mention], starts[mention + 1])
            best = int(np.argmax(share[span]))
            confidence.append(float(example.sure[mention]) * float(share[span][best]))
            right.append(int(example.label[span][best] == 1))
    model = LogisticRegression(C=1e6).fit(log_odds(np.array(confidence))[:, None], right)
    return round(float(model.coef_[0, 0]), 4), round(float(model.intercept_[0]), 4)


def _weights(labelled: _Labelled) -> NDArray[np.float32]:
    of_text = np.array([text.weight for text in labelled.texts], np.float32)
    return of_text[labelled.batch.article[labelled.described.spans.first]]


def _place_examples(
    vocabulary: Vocabulary, gazetteer: Gazetteer, labelled: _Labelled, probability: NDArray[np.float32]
) -> _Options:
    """Describe the options of all likely mentions, and mark the right ones where a place is annotated."""
    certain = np.array([name is not None for name in labelled.gold]) | (probability > _LIKELY)
    rows = np.flatnonzero(certain)
    spans = labelled.described.spans.take(rows)
    options = list_options(vocabulary, spans)
    names, matrix = option_features(vocabulary, gazetteer, labelled.batch, spans, options, probability[rows])
    label = np.full(len(matrix), _IGNORED, np.int8)
    told = np.zeros(len(rows), bool)
    article = labelled.batch.article[spans.first]
    for mention, row in enumerate(rows.tolist()):
        name = labelled.gold[row]
        if name is None:
            told[mention] = labelled.texts[article[mention]].places and labelled.label[row] == 0
        elif name.latitude is not None:
            of = np.flatnonzero(options.mention == mention)
            right = _right_options(gazetteer, options.place[of], name)
            told[mention] = True
            if right.any():
                label[of] = right
    told &= probability[rows] > _LIKELY
    weight = _weights(labelled)[rows][options.mention]
    return _Options(names, matrix, label, weight, options.mention, probability[rows], told)


def _right_options(gazetteer: Gazetteer, places: NDArray[np.int64], name: GoldToponym) -> NDArray[np.bool_]:
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
