"""A small feed-forward network on named features: the geoparser's weights, and how they are applied."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from dashboard.core.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["Network"]


def _product(left: NDArray[np.float32], right: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the matrix product.

    Some of OpenBLAS's kernels compute on lanes past the end of a small matrix, and what they find there sets the
    processor's flags (invalid, overflow, division by zero) though no result is (numpy/numpy#24067): they say nothing.
    """
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        return left @ right


@dataclass(frozen=True, slots=True)
class Network:
    """Standardised features, hidden layers of rectified units, one logit.

    Attributes
    ----------
    features
        Names of the columns, in order.
    mean, scale
        Taken off and divided by before the first layer.
    weights, biases
        One matrix and one vector a layer.
    """

    features: tuple[str, ...]
    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    weights: tuple[NDArray[np.float32], ...]
    biases: tuple[NDArray[np.float32], ...]
    _first: tuple[NDArray[np.float32], NDArray[np.float32]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make standardising a part of the first layer."""
        weight = self.weights[0] / self.scale.astype(np.float64)[:, None]
        bias = self.biases[0] - self.mean @ weight
        object.__setattr__(self, "_first", (weight.astype(np.float32), bias.astype(np.float32)))

    def logit(self, names: tuple[str, ...], matrix: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the log-odds of each row.

        Raises
        ------
        ModelError
            When the columns are not those that the weights were made for.
        """
        if names != self.features:
            raise ModelError(
                "The geoparser's weights belong to another version. Make them again: kharita train."
            )
        weight, bias = self._first
        before = _product(matrix, weight)
        before += bias
        return self._after_first(before)

    def _after_first(self, before: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the log-odds, given what the first layer gives before it is rectified; it is overwritten."""
        if len(self.weights) == 1:
            return before[:, 0]
        hidden = np.maximum(before, 0, out=before)
        for weight, bias in zip(self.weights[1:-1], self.biases[1:-1], strict=True):
            hidden = _product(hidden, weight)
            hidden += bias
            np.maximum(hidden, 0, out=hidden)
        return np.asarray((_product(hidden, self.weights[-1]) + self.biases[-1])[:, 0], np.float32)

    def moved_by(self, matrix: NDArray[np.float32], groups: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """Return how far each group of columns moves the log-odds: with them, less with them at zero.

        Parameters
        ----------
        matrix
            One row a decision, columns as `features`.
        groups
            Positions of columns.

        Returns
        -------
        moved
            One row a decision, one column a group; 0 where the columns are zero anyway.
        """
        weight, bias = self._first
        before = _product(matrix, weight) + bias
        logit = self._after_first(before.copy())
        moved = np.zeros((len(matrix), len(groups)), np.float32)
        for place, group in enumerate(groups):
            part = matrix[:, list(group)]
            rows = np.flatnonzero(part.any(axis=1))
            without: NDArray[np.float32] = before[rows] - _product(part[rows], weight[list(group)])
            moved[rows, place] = logit[rows] - self._after_first(without)
        return moved

    def probability(self, names: tuple[str, ...], matrix: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the probability of each row."""
        return np.asarray(1 / (1 + np.exp(-np.clip(self.logit(names, matrix), -30, 30))), np.float32)
