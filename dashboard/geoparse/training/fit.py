"""From labelled stretches and options to weights."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dashboard.geoparse.judge import SCRIPTS, with_support
from dashboard.geoparse.network import Network
from dashboard.geoparse.place_features import list_options, option_features
from dashboard.geoparse.training.calibration import calibrate
from dashboard.geoparse.training.ensemble import Plan, fit_ensemble
from dashboard.geoparse.training.labels import (
    IGNORED,
    Labelled,
    label_batches,
    right_options,
    weights_of,
)
from dashboard.geoparse.weights import Weights, log_odds
from dashboard.geoparse.word_context import WordContext, count_context

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dashboard.gazetteer.index import Gazetteer
    from dashboard.geoparse.training.corpora import LabelledText
    from dashboard.geoparse.vocabulary import Vocabulary

__all__ = ["Fitting", "fit_all"]

_FOLDS = 4
# Log-odds added to what the second judgement says: most lessons are of plain news, where what is no place is many times
# as frequent as what is one, and the frames for training hold more kinds of false names than a text does. Set on the
# development part of our own gold and on the checklist's development templates.
_LEANING = {"arabic": 0.15, "latin": 0.7}
_FEW_MEMBERS = 3  # of the networks that judge what they have not seen
_LIKELY = 0.3  # stretches at least this likely are looked at as mentions


class Fitting(NamedTuple):
    """How the networks are made.

    Several small networks from different seeds are averaged: they agree on what the data says and differ in
    what they have learned by heart. Chosen on ANERcorp's development part: 16 units and 8 epochs beat 32 and
    64, and more epochs.
    """

    hidden: int = 16
    penalty: float = 0.3
    epochs: int = 8
    members: int = 8
    rate: float = 0.001
    seed: int = 20


def _for_places(seed: int) -> Fitting:
    """Return how the network for places is made: it has more to learn, such as which kinds are meant."""
    return Fitting(hidden=24, penalty=0.05, epochs=20, members=3, seed=seed)


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
    layers = fit_ensemble(scaled, label, weight, Plan(**fitting._asdict()))
    return Network(names, mean.astype(np.float32), scale.astype(np.float32), *layers)


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
    fitting = fitting._replace(members=_FEW_MEMBERS)
    for number in range(int(fold.max()) + 1):
        seen = (fold != number) & (label != IGNORED)
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
    def of(cls, done: Sequence[Labelled]) -> _Rows:
        arabic = np.concatenate([x.described.arabic for x in done])
        return cls(
            np.concatenate([x.label for x in done]),
            np.concatenate([weights_of(x) for x in done]),
            np.concatenate([np.full(len(x.label), number % _FOLDS) for number, x in enumerate(done)]),
            np.concatenate([x.described.neighbours for x in done]),
            dict(zip(SCRIPTS, (arabic, ~arabic), strict=True)),
        )

    def contexts(self) -> tuple[dict[str, WordContext], NDArray[np.float32]]:
        """Make the tables of telling words, and what a table made without its fold tells each row."""
        tables = {}
        told = np.zeros(self.neighbours.shape, np.float32)
        for script, rows in self.scripts.items():
            seen = rows & (self.label != IGNORED)
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
            seen = rows & (self.label != IGNORED)
            networks[script] = _fit(names, matrix[seen], self.label[seen], self.weight[seen], fitting)
            judged[rows] = _out_of_fold(
                names, matrix[rows], self.label[rows], self.weight[rows], self.fold[rows], fitting
            )
        return networks, judged


def fit_all(
    vocabulary: Vocabulary,
    gazetteer: Gazetteer,
    texts: Sequence[LabelledText],
    fitting: Fitting,
    unseen: Sequence[LabelledText],
) -> Weights:
    """Make everything that the geoparser learns; confidence is scaled on texts that no network sees, `unseen`."""
    done = list(label_batches(vocabulary, texts))
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
    helped, second = _leaning(helped, second, rows.scripts)
    examples = [
        _place_examples(vocabulary, gazetteer, x, second[part]) for x, part in zip(done, parts, strict=True)
    ]
    place = _fit_places(examples, _for_places(fitting.seed))
    networks = {f"toponym-{script}-alone": network for script, network in alone.items()}
    networks |= {f"toponym-{script}": network for script, network in helped.items()}
    weights = Weights({**networks, "place": place}, contexts)
    return replace(weights, calibration=calibrate(vocabulary, gazetteer, weights, unseen))


def _leaning(
    networks: dict[str, Network], judged: NDArray[np.float32], scripts: dict[str, NDArray[np.bool_]]
) -> tuple[dict[str, Network], NDArray[np.float32]]:
    """Move networks and what they judged by `_LEANING`."""
    moved = {}
    judged = judged.copy()
    for script, network in networks.items():
        *inner, last = network.biases
        moved[script] = replace(network, biases=(*inner, (last + _LEANING[script]).astype(np.float32)))
        rows = scripts[script]
        judged[rows] = 1 / (1 + np.exp(-(log_odds(judged[rows]) + _LEANING[script])))
    return moved, judged


class _Options(NamedTuple):
    """The options of the likely mentions of one batch.

    `label` is 1 for the annotated place, 0 for its rivals, -1 where no place is annotated.
    """

    names: tuple[str, ...]
    matrix: NDArray[np.float32]
    label: NDArray[np.int8]
    weight: NDArray[np.float32]


def _fit_places(examples: Sequence[_Options], fitting: Fitting) -> Network:
    """Make the network for places."""
    label = np.concatenate([x.label for x in examples])
    told = label != IGNORED
    matrix = np.concatenate([x.matrix for x in examples])[told]
    weight = np.concatenate([x.weight for x in examples])[told]
    return _fit(examples[0].names, matrix, label[told], weight, fitting)


def _place_examples(
    vocabulary: Vocabulary, gazetteer: Gazetteer, labelled: Labelled, probability: NDArray[np.float32]
) -> _Options:
    """Describe the options of all likely mentions, and mark the right ones where a place is annotated."""
    certain = np.array([name is not None for name in labelled.gold]) | (probability > _LIKELY)
    rows = np.flatnonzero(certain)
    spans = labelled.described.spans.take(rows)
    options = list_options(vocabulary, spans)
    names, matrix = option_features(vocabulary, gazetteer, labelled.batch, spans, options, probability[rows])
    label = np.full(len(matrix), IGNORED, np.int8)
    for mention, row in enumerate(rows.tolist()):
        name = labelled.gold[row]
        if name is not None and name.latitude is not None:
            of = np.flatnonzero(options.mention == mention)
            right = right_options(gazetteer, options.place[of], name)
            if right.any():
                label[of] = right
    return _Options(names, matrix, label, weights_of(labelled)[rows][options.mention])
