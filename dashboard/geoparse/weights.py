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

__all__ = ["Weights", "load_weights", "save_weights"]

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
    """

    networks: Mapping[str, Network]
    contexts: Mapping[str, WordContext]

    @property
    def id(self) -> str:
        """A short hash of every number, the same wherever the file was written."""
        digest = hashlib.sha256()
        for name, array in sorted(self._arrays().items()):
            digest.update(name.encode())
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()[:12]

    def _arrays(self) -> dict[str, NDArray[Any]]:
        arrays: dict[str, NDArray[Any]] = {}
        for name, network in self.networks.items():
            arrays[f"{name}/features"] = np.array(network.features)
            arrays[f"{name}/mean"], arrays[f"{name}/scale"] = network.mean, network.scale
            for layer, (weight, bias) in enumerate(zip(network.weights, network.biases, strict=True)):
                arrays[f"{name}/weight{layer}"], arrays[f"{name}/bias{layer}"] = weight, bias
        for script, table in self.contexts.items():
            arrays[f"{_TABLE}-{script}/keys"], arrays[f"{_TABLE}-{script}/values"] = table.keys, table.values
        return arrays


def save_weights(path: Path, weights: Weights) -> None:
    """Write weights to one `.npz` file."""
    with path.open("wb") as file:
        np.savez_compressed(file, **weights._arrays())  # noqa: SLF001 - the other half of this module


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
    for name in dict.fromkeys(key.split("/")[0] for key in arrays):
        if name.startswith(f"{_TABLE}-"):
            contexts[name.removeprefix(f"{_TABLE}-")] = WordContext(arrays[f"{name}/keys"], arrays[f"{name}/values"])
            continue
        layers = sum(key.startswith(f"{name}/weight") for key in arrays)
        networks[name] = Network(
            features=tuple(arrays[f"{name}/features"].tolist()),
            mean=arrays[f"{name}/mean"],
            scale=arrays[f"{name}/scale"],
            weights=tuple(arrays[f"{name}/weight{layer}"] for layer in range(layers)),
            biases=tuple(arrays[f"{name}/bias{layer}"] for layer in range(layers)),
        )
    return Weights(networks, contexts)
