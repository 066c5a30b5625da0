"""Answers that are kept: one for all who ask the same, worked out once even when several ask at the same time."""

from __future__ import annotations

from functools import update_wrapper
from threading import Condition
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar

import pandas as pd
from cachetools import LRUCache, cached

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Kept", "forget_all", "kept"]

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

_ALL: list[Kept[Any, Any]] = []  # every function whose answers are kept


class Kept(Generic[Asked, Answer]):
    """A function that remembers its last answers, by its arguments; called from any thread.

    Whoever asks what another is working out waits for that answer. The answer itself is handed out, not a copy:
    nobody changes it. What fails is not remembered.

    Attributes
    ----------
    answers
        What is remembered, by `cachetools.keys.hashkey` of the arguments.
    """

    def __init__(self, make: Callable[Asked, Answer], entries: int, most_bytes: float) -> None:
        update_wrapper(self, make)
        self.make = make
        least = (
            most_bytes / entries
        )  # what each takes of the room at least, so that no more than `entries` fit
        self.answers: LRUCache[Any, Answer] = LRUCache(most_bytes, lambda answer: max(least, _bytes(answer)))
        self._asked = cached(self.answers, condition=Condition())(make)

    def __call__(self, *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        """Return the answer, remembered or new."""
        return self._asked(*args, **kwargs)

    def forget(self) -> None:
        """Forget all answers."""
        self._asked.cache_clear()


def kept(entries: int, most_mb: float = 64) -> Callable[[Callable[Asked, Answer]], Kept[Asked, Answer]]:
    """Keep a function's answers: the arguments are the key, so they say all that the answer depends on.

    Parameters
    ----------
    entries
        How many answers are kept, those asked for last.
    most_mb
        Megabytes that frames among them may take together; a larger one is not kept.
    """

    def keep(make: Callable[Asked, Answer]) -> Kept[Asked, Answer]:
        answers = Kept(make, entries, most_mb * 1e6)
        _ALL.append(answers)
        return answers

    return keep


def forget_all() -> None:
    """Forget every answer of every function: for tests, which make new stores under the same address."""
    for answers in _ALL:
        answers.forget()


def _bytes(answer: object) -> int:
    return int(answer.memory_usage(deep=True).sum()) if isinstance(answer, pd.DataFrame) else 0
