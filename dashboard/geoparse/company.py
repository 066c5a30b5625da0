"""The company that words keep in raw news, as small vectors learned without labels (`data/model/make_words.py`).

Words that are used alike have like vectors, so an unseen verb, title or head noun acts as its neighbours do; the vector
of a name itself tells whether it is used as places are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from dashboard.core.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["Company", "load_company"]

_RATES = ("behind_locative", "behind_title", "with_particle")
_COUNT_STEPS, _RATE_STEPS, _VECTOR_STEPS = 40, 255, 127  # of the whole numbers in the file
_OFTEN = 0.25  # of the logarithm below: some eighteen times
_PLENTY = 5.0  # log10 of the times that the commonest words are met


@dataclass(frozen=True, slots=True)
class Company:
    """What is known of the company of words; row 0 is that of unknown words.

    Attributes
    ----------
    keys
        Keys of folded words, sorted; the row of a word is one more than its place here.
    near
        For a word beside a name: its vector, and whether it is known.
    own
        For the name itself: the same, how often it is met, and how it is met.
    """

    keys: NDArray[np.uint64]
    near: NDArray[np.float32]
    own: NDArray[np.float32]

    @property
    def near_names(self) -> tuple[str, ...]:
        """Names of the columns of `near`."""
        return (*(f"company{place}" for place in range(self.near.shape[1] - 1)), "company_known")

    @property
    def own_names(self) -> tuple[str, ...]:
        """Names of the columns of `own`."""
        return (*(f"own_{name}" for name in (*self.near_names, "met", *_RATES)),)

    def rows(self, keys: NDArray[np.uint64]) -> NDArray[np.int32]:
        """Return the rows of words by their keys."""
        if not len(self.keys):
            return np.zeros(len(keys), np.int32)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[at] == keys, at + 1, 0).astype(np.int32)

    def shares_named(self, keys: NDArray[np.uint64]) -> NDArray[np.float32]:
        """Return which share of each word stands behind a title or a given name; -1 where it is met too seldom."""
        own = self.own[self.rows(keys)]
        met, behind_title = own[:, -1 - len(_RATES)], own[:, _RATES.index("behind_title") - len(_RATES)]
        return np.where(met >= _OFTEN, behind_title, np.float32(-1))

    @classmethod
    def of(
        cls,
        keys: NDArray[np.uint64],
        vectors: NDArray[np.int8],
        rates: NDArray[np.uint8],
        count: NDArray[np.uint8],
    ) -> Company:
        """Make the tables from the whole numbers of a file."""
        near = np.zeros((len(keys) + 1, vectors.shape[1] + 1), np.float32)
        near[1:, :-1] = vectors / _VECTOR_STEPS
        near[1:, -1] = 1
        met = np.zeros((len(keys) + 1, 1 + len(_RATES)), np.float32)
        met[1:, 0] = count / _COUNT_STEPS / _PLENTY
        met[1:, 1:] = rates / _RATE_STEPS
        return cls(keys, near, np.concatenate([near, met], axis=1))


@lru_cache(maxsize=2)  # 8 MB that whoever reads words may share
def load_company(path: Path) -> Company:
    """Read the table of a file.

    Raises
    ------
    ModelError
        When there is no such file, or it is not one that `make_words.py` wrote.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            return Company.of(file["keys"], file["vectors"], file["rates"], file["count"])
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise ModelError(f"No usable table of words at '{path}'. Install Kharita again.") from error
