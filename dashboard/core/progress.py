"""How long work tells how far it is."""

from __future__ import annotations

from typing import Protocol

__all__ = ["Progress", "silent"]


class Progress(Protocol):
    """Called now and then by long work."""

    def __call__(self, done: int, total: int, what: str) -> None:
        """Say that `done` of `total` steps are done (`total` 0: unknown), and what is being done."""


def silent(done: int, total: int, what: str) -> None:
    """Say nothing."""
