"""Long input in pieces that fit in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["bounded"]

_Item = TypeVar("_Item")


def bounded(
    items: Iterable[_Item], most: int, weight: Callable[[_Item], int], limit: int
) -> Iterator[list[_Item]]:
    """Cut items into pieces of at most `most`, each of which weighs at most `limit`.

    An item that alone weighs more is a piece by itself. Each piece is given as soon as it is full, and at most
    one item more is read for it.
    """
    piece: list[_Item] = []
    load = 0
    for item in items:
        heavy = weight(item)
        if piece and load + heavy > limit:
            yield piece
            piece, load = [], 0
        piece.append(item)
        load += heavy
        if len(piece) == most:
            yield piece
            piece, load = [], 0
    if piece:
        yield piece
