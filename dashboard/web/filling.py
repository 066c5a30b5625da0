"""A server looks at its start whether there is a new store to fill; an empty page waits for that look."""

from __future__ import annotations

import threading

__all__ = ["begin_to_fill", "filled", "wait_for_filling"]

_looked = threading.Event()
_looked.set()  # where no server starts, nothing is filled


def begin_to_fill() -> None:
    """Note that a server is about to look."""
    _looked.clear()


def filled() -> None:
    """Note that it has looked: what there is to store is being stored."""
    _looked.set()


def wait_for_filling(seconds: float) -> None:
    """Wait until the server has looked, if one is starting."""
    _looked.wait(seconds)
