"""A small feed-forward network on named features: the geoparser's weights, and how they are applied."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np

from dashboard.core.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["Network", "load_networks", "networks_id", "save_networks"]


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


def save_networks(path: Path, networks: Mapping[str, Network]) -> None:
    """Write networks to one `.npz` file."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for name, network in networks.items():
        arrays[f"{name}/features"] = np.array(network.features)
        arrays[f"{name}/mean"], arrays[f"{name}/scale"] = network.mean, network.scale
        for layer, (weight, bias) in enumerate(zip(network.weights, network.biases, strict=True)):
            arrays[f"{name}/weight{layer}"], arrays[f"{name}/bias{layer}"] = weight, bias
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)


def load_networks(path: Path) -> dict[str, Network]:
    """Read the networks of a file.

    Raises
    ------
    ModelError
        When there is no such file, or it is not one that `save_networks` wrote.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            return _networks_of({name: file[name] for name in file.files})
    except (OSError, ValueError, KeyError, EOFError, TypeError, BadZipFile, zlib.error) as error:
        raise ModelError(
            f"No usable weights at '{path}'. Install Kharita again, or make them: kharita train."
        ) from error


def _networks_of(arrays: Mapping[str, NDArray[Any]]) -> dict[str, Network]:
    found = {}
    for name in dict.fromkeys(key.split("/")[0] for key in arrays):
        layers = sum(key.startswith(f"{name}/weight") for key in arrays)
        found[name] = Network(
            features=tuple(arrays[f"{name}/features"].tolist()),
            mean=arrays[f"{name}/mean"],
            scale=arrays[f"{name}/scale"],
            weights=tuple(arrays[f"{name}/weight{layer}"] for layer in range(layers)),
            biases=tuple(arrays[f"{name}/bias{layer}"] for layer in range(layers)),
        )
    return found


def networks_id(path: Path) -> str:
    """Return a short hash of a weights file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
