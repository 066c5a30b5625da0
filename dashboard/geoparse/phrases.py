"""Names word by word: which folded words make a name, and which begin a longer one.

A *node* is a folded beginning of names, such as "port" or "port sudan"; a step leads from a node by one more
word to the next. Steps once taken are kept, so that finding the names of a text is a look-up a word.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np

from dashboard.gazetteer.names import keys_of
from dashboard.geoparse.arrays import Growing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dashboard.gazetteer.index import Gazetteer
    from dashboard.geoparse.toponyms import ToponymTable

__all__ = ["DEAD", "PhraseTable"]

DEAD = 0  # the node of what is no name and begins none
_MAX_STEPS = 400_000  # then the steps are forgotten, so that memory stays bounded
_SHORT = 2  # letters of an abbreviation, at most


class PhraseTable:
    """Beginnings of names met so far."""

    def __init__(self, gazetteer: Gazetteer, toponyms: ToponymTable) -> None:
        self._gazetteer = gazetteer
        self._toponyms = toponyms
        self._nodes: dict[str, int] = {}
        self._names: list[str] = [""]
        self._steps: dict[int, int] = {}
        self._toponym, self._begins, self._short = Growing(np.int32), Growing(bool), Growing(bool)
        self._append([""], np.array([-1]), np.array([False]))

    @property
    def toponym(self) -> NDArray[np.int32]:
        """Number of the name that each node is, -1 for none."""
        return self._toponym.values

    @property
    def begins(self) -> NDArray[np.bool_]:
        """Whether a longer name begins with each node."""
        return self._begins.values

    @property
    def short(self) -> NDArray[np.bool_]:
        """Whether the last word of each node may be an abbreviation (st)."""
        return self._short.values

    def intern(self, names: Sequence[str]) -> NDArray[np.int64]:
        """Return the nodes of folded beginnings; `DEAD` for those of no name."""
        nodes = np.fromiter(map(self._nodes.get, names, repeat(DEAD)), np.int64, len(names))
        unknown = np.flatnonzero(nodes == DEAD)
        keys = keys_of(names[place] for place in unknown.tolist())
        postings, begins = self._gazetteer.find(keys), self._gazetteer.is_prefix(keys)
        alive = np.flatnonzero((postings >= 0) | begins)
        first: dict[str, int] = {}
        for row in alive.tolist():
            first.setdefault(names[unknown[row]], row)
        fresh = np.fromiter(first.values(), np.int64, len(first))
        toponyms = np.full(len(fresh), -1, np.int64)
        named = postings[fresh] >= 0
        toponyms[named] = self._toponyms.intern(postings[fresh][named])
        self._append(list(first), toponyms, begins[fresh])
        for place in unknown[alive].tolist():
            nodes[place] = self._nodes[names[place]]
        return nodes

    def step(
        self, nodes: NDArray[np.int64], words: NDArray[np.int64], folded: Sequence[str]
    ) -> NDArray[np.int64]:
        """Return the nodes reached by one more word each.

        Parameters
        ----------
        words
            Number of each folded word.
        folded
            The folded words themselves, one for each of `words`.
        """
        keys = (nodes << 32 | words).tolist()
        reached = np.fromiter(map(self._steps.get, keys, repeat(-1)), np.int64, len(keys))
        new = np.flatnonzero(reached < 0).tolist()
        if new:
            if len(self._steps) + len(new) > _MAX_STEPS:
                self._steps.clear()
            starts = nodes.tolist()
            found = self.intern([f"{self._names[starts[at]]} {folded[at]}" for at in new])
            reached[new] = found
            self._steps.update(zip([keys[at] for at in new], found.tolist(), strict=True))
        return reached

    def _append(self, names: list[str], toponyms: NDArray[np.int64], begins: NDArray[np.bool_]) -> None:
        size = len(self._toponym)
        self._nodes.update(zip(names, range(size, size + len(names)), strict=True))
        self._names[size:] = names
        self._toponym.extend(toponyms)
        self._begins.extend(begins)
        last = [name.rsplit(" ", 1)[-1] for name in names]
        self._short.extend([len(word) <= _SHORT and word.isascii() for word in last])
