"""The geoparser's weights as a file: its networks and its tables of telling words."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np

from dashboard.core.errors import ModelError
from dashboard.geoparse.network import Network
from dashboard.geoparse.word_context import WordContext

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["Weights", "is_weights", "load_weights", "log_odds", "save_weights"]

_TABLE = "context"


@dataclass(frozen=True, slots=True)
class Weights:
    """All that training made.

    Attributes
    ----------
    networks
        By name: `toponym-<script>-alone`, `toponym-<script>`, `place`.
    contexts
        Tables of telling words, by script.
    calibration
        Slope and offset, in log-odds, that turn the product of both judgements into a probability.
    """

    networks: Mapping[str, Network]
    contexts: Mapping[str, WordContext]
    calibration: tuple[float, float] = (1.0, 0.0)

    def confidence(self, raw: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return the probability that a pin is right, from that of its name times that of its place."""
        slope, offset = self.calibration
        return np.asarray(1 / (1 + np.exp(-(slope * log_odds(raw) + offset))), np.float64)

    @property
    def id(self) -> str:
        """A short hash of every number, the same wherever the file was written."""
        digest = hashlib.sha256()
        for name, array in sorted(self.arrays().items()):
            digest.update(name.encode())
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()[:12]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return all numbers by name, as `save_weights` writes them."""
        arrays: dict[str, NDArray[Any]] = {}
        for name, network in self.networks.items():
            arrays[f"{name}/features"] = np.array(network.features)
            arrays[f"{name}/mean"], arrays[f"{name}/scale"] = network.mean, network.scale
            for layer, (weight, bias) in enumerate(zip(network.weights, network.biases, strict=True)):
                arrays[f"{name}/weight{layer}"], arrays[f"{name}/bias{layer}"] = weight, bias
        for script, table in self.contexts.items():
            arrays[f"{_TABLE}-{script}/keys"], arrays[f"{_TABLE}-{script}/values"] = table.keys, table.values
        arrays["calibration/line"] = np.array(self.calibration)
        return arrays


def log_odds(probability: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the log-odds of probabilities, which are kept a little away from 0 and 1."""
    kept = np.clip(np.asarray(probability, np.float64), 1e-4, 1 - 1e-4)
    return np.asarray(np.log(kept / (1 - kept)), np.float64)


def save_weights(path: Path, weights: Weights) -> None:
    """Write weights to one `.npz` file."""
    with path.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **weights.arrays())


def is_weights(path: Path) -> bool:
    """Tell whether a file holds weights, of whatever training."""
    try:
        load_weights(path)
    except ModelError:
        return False
    return True


def load_weights(path: Path) -> Weights:
    """Read the weights of a file.

    Raises
    ------
    ModelError
        When there is no such file, or it is not one that `save_weights` wrote.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            return _weights_of({name: file[name] for name in file.files})
    except (OSError, ValueError, KeyError, EOFError, TypeError, BadZipFile, zlib.error) as error:
        raise ModelError(
            f"No usable weights at '{path}'. Install Kharita again, or make them: kharita train."
        ) from error


def _weights_of(arrays: Mapping[str, NDArray[Any]]) -> Weights:
    networks, contexts = {}, {}
    slope, offset = (float(x) for x in arrays.get("calibration/line", (1.0, 0.0)))
    for name in dict.fromkeys(key.split("/")[0] for key in arrays if not key.startswith("calibration/")):
        if name.startswith(f"{_TABLE}-"):
            contexts[name.removeprefix(f"{_TABLE}-")] = WordContext(
                arrays[f"{name}/keys"], arrays[f"{name}/values"]
            )
            continue
        layers = sum(key.startswith(f"{name}/weight") for key in arrays)
        networks[name] = Network(
            features=tuple(arrays[f"{name}/features"].tolist()),
            mean=arrays[f"{name}/mean"],
            scale=arrays[f"{name}/scale"],
            weights=tuple(arrays[f"{name}/weight{layer}"] for layer in range(layers)),
            biases=tuple(arrays[f"{name}/bias{layer}"] for layer in range(layers)),
        )
    return Weights(networks, contexts, (slope, offset))
