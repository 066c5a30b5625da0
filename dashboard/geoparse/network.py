"""A small feed-forward network on named features: the geoparser's weights, and how they are applied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.core.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Network"]


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
        hidden = (matrix - self.mean) / self.scale
        for weight, bias in zip(self.weights[:-1], self.biases[:-1], strict=True):
            hidden = np.maximum(hidden @ weight + bias, 0)
        return np.asarray((hidden @ self.weights[-1] + self.biases[-1])[:, 0], np.float32)

    def probability(self, names: tuple[str, ...], matrix: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the probability of each row."""
        return np.asarray(1 / (1 + np.exp(-np.clip(self.logit(names, matrix), -30, 30))), np.float32)
