"""Long work that is asked to stop: it finishes the step at hand, so that nothing is half done."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

__all__ = ["Stop", "stop_on_signals"]

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")  # the last is not known everywhere
_SHELL = 128  # what a shell adds to a signal's number


class Stop:
    """Says whether work should stop; `signal` is the signal that asked for it, 0 for none."""

    def __init__(self) -> None:
        self.signal = 0

    def __call__(self) -> bool:
        """Tell whether to stop."""
        return bool(self.signal)

    @property
    def status(self) -> int:
        """Exit status that says by which signal a command was stopped, as shells have it; 0 if by none."""
        return _SHELL + self.signal if self.signal else 0


@contextmanager
def stop_on_signals() -> Iterator[Stop]:
    """Turn Ctrl+C, a kill and a closed terminal into a wish to stop; a second one breaks in at once.

    For the main thread only.
    """
    stop = Stop()

    def ask(number: int, _frame: FrameType | None) -> None:
        if stop.signal:
            raise KeyboardInterrupt
        stop.signal = number

    known = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    before = {number: signal.signal(number, ask) for number in known}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
