"""Is it a toponym? Each stretch that the gazetteer knows is judged twice: by itself, then by the article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.geoparse.amend import amend
from dashboard.geoparse.documents import find_spans
from dashboard.geoparse.toponym_features import SUPPORT_FEATURES, local_features, support_features
from dashboard.geoparse.weights import log_odds
from dashboard.geoparse.word_context import CONTEXT_COLUMNS, neighbour_keys

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from dashboard.geoparse.documents import Batch, Spans
    from dashboard.geoparse.network import Network
    from dashboard.geoparse.vocabulary import Vocabulary
    from dashboard.geoparse.weights import Weights

__all__ = [
    "SCRIPTS",
    "Described",
    "Judged",
    "choose_spans",
    "describe",
    "judge",
    "lift_countries",
    "with_support",
]

SCRIPTS = ("arabic", "latin")
_SECOND = ("first_judgement", *SUPPORT_FEATURES)  # features that only the second judgement has
_DIGITS = 6  # of a probability; further ones change with what else stands in the batch
_WORD_BONUS = 0.15  # a longer name wins over its parts unless it is that much less likely


@dataclass(frozen=True, slots=True)
class Described:
    """The stretches of a batch with the features of the first judgement.

    `room` holds the features and, to their right, columns for those of the second judgement.
    """

    spans: Spans
    names: tuple[str, ...]
    room: NDArray[np.float32]
    arabic: NDArray[np.bool_]
    countries: NDArray[np.uint16]
    is_country: NDArray[np.bool_]
    neighbours: NDArray[np.uint64]

    @property
    def matrix(self) -> NDArray[np.float32]:
        """The features, columns as `names`."""
        return self.room[:, : len(self.names)]

    def with_context(self, context: NDArray[np.float32]) -> tuple[tuple[str, ...], NDArray[np.float32]]:
        """Return the features with what the words beside each stretch are worth."""
        return (*self.names, *CONTEXT_COLUMNS), np.column_stack((self.matrix, context))


def describe(vocabulary: Vocabulary, batch: Batch) -> Described:
    """Find all stretches of a batch and describe each by itself."""
    spans = find_spans(vocabulary, batch)
    names, room = local_features(vocabulary, batch, spans, len(CONTEXT_COLUMNS) + len(_SECOND))
    arabic = vocabulary.column("shape")[batch.words[spans.first]] & 16 != 0
    table = vocabulary.toponyms
    return Described(
        spans,
        names,
        room,
        arabic,
        table.countries[spans.toponym],
        table.is_country[spans.toponym],
        neighbour_keys(vocabulary, batch, spans),
    )


def with_support(
    vocabulary: Vocabulary,
    batch: Batch,
    described: Described,
    context: NDArray[np.float32],
    first: NDArray[np.float32],
) -> tuple[tuple[str, ...], NDArray[np.float32]]:
    """Add to the features what the rest of the article says, given the first judgement."""
    names, matrix = described.with_context(context)
    support = _support(vocabulary, batch, described, first)
    return (*names, *_SECOND), np.column_stack((matrix, support))


def _support(
    vocabulary: Vocabulary, batch: Batch, described: Described, first: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the columns `_SECOND`."""
    _, support = support_features(
        vocabulary, batch, described.spans, first, described.countries, described.is_country
    )
    return np.column_stack((log_odds(first).astype(np.float32), support))


@dataclass(frozen=True, slots=True)
class Judged:
    """The probability that each stretch of a batch is a toponym, and the features it was worked out from."""

    probability: NDArray[np.float32]
    names: tuple[str, ...]
    matrix: NDArray[np.float32]


def judge(vocabulary: Vocabulary, batch: Batch, described: Described, weights: Weights) -> Judged:
    """Judge each stretch by itself, then with the help of the article."""
    chosen = {"arabic": described.arabic, "latin": ~described.arabic}
    room, alone = described.room, len(described.names) + len(CONTEXT_COLUMNS)
    for script, rows in chosen.items():
        context = weights.contexts[script].look_up(described.neighbours[rows])
        room[rows, len(described.names) : alone] = context
    names = (*described.names, *CONTEXT_COLUMNS)
    networks = {script: weights.networks[f"toponym-{script}-alone"] for script in chosen}
    first = _by_script(networks, chosen, names, room[:, :alone])
    room[:, alone:] = _support(vocabulary, batch, described, first)
    names = (*names, *_SECOND)
    networks = {script: weights.networks[f"toponym-{script}"] for script in chosen}
    second = _by_script(networks, chosen, names, room)
    second = amend(vocabulary, batch, described, second)
    lift_countries(described, second)
    # A paper's name in quotation marks or after "source:" is that paper, whatever the words mean elsewhere.
    second[described.matrix[:, described.names.index("organisation_name_in_its_place")] > 0] = 0
    return Judged(second, names, room)


def lift_countries(described: Described, probability: NDArray[np.float32]) -> None:
    """Let a country of several words (South Sudan) be as likely as the name within it: that is never what is meant."""
    spans = described.spans
    for row in np.flatnonzero(described.is_country & (spans.last > spans.first)).tolist():
        begin, end = np.searchsorted(spans.first, (spans.first[row], spans.last[row] + 1))
        inside = spans.last[begin:end] <= spans.last[row]
        probability[row] = probability[begin:end][inside].max()


def _by_script(
    networks: Mapping[str, Network],
    chosen: Mapping[str, NDArray[np.bool_]],
    names: tuple[str, ...],
    matrix: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Return the probability of each row by the network of its script."""
    # Most batches are nearly all of one script: its network takes all rows, which spares a copy of them.
    most, *others = sorted(chosen, key=lambda script: -int(chosen[script].sum()))
    found = networks[most].probability(names, matrix)
    for script in others:
        rows = chosen[script]
        if rows.any():
            found[rows] = networks[script].probability(names, matrix[rows])
    return found


def choose_spans(
    batch: Batch, spans: Spans, probability: NDArray[np.float32], least: float
) -> NDArray[np.intp]:
    """Choose stretches that don't overlap, the likeliest first, longer ones before their parts.

    Returns
    -------
    chosen
        Rows of `spans` in the order of the text; all have at least the probability `least`.
    """
    likely = np.flatnonzero(probability >= least)
    spans, worth = spans.take(likely), probability[likely]
    worth = (worth + _WORD_BONUS * (spans.last - spans.first)).round(_DIGITS)
    order = np.lexsort((spans.clitic, -worth))
    taken = bytearray(len(batch.words))
    chosen = []
    first, end = spans.first.tolist(), (spans.last + 1).tolist()
    for row in order.tolist():
        begins, ends = first[row], end[row]
        if taken.find(1, begins, ends) < 0:
            taken[begins:ends] = b"\1" * (ends - begins)
            chosen.append(row)
    found = np.array(chosen, np.intp)
    return likely[found[np.argsort(spans.first[found], kind="stable")]]
