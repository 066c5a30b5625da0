"""The geoparser in several processes, each with the whole of it; the gazetteer is mapped, so they share it."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, TypeVar

from dashboard.core.errors import WorkerError
from dashboard.geoparse.packing import Unpacking, packed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future
    from types import TracebackType
    from typing import Self

    from dashboard.core.models import Parse
    from dashboard.geoparse.packing import Packed
    from dashboard.geoparse.parser import Geoparser

__all__ = ["AHEAD", "ParserPool", "usual_jobs"]

AHEAD = 2  # pieces of work that wait for each process
_MOST_JOBS = 8  # processes that are worth starting unasked
_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_Work = TypeVar("_Work")
_Done = TypeVar("_Done")
_OWN: list[Geoparser] = []  # the parser of a worker process


def usual_jobs() -> int:
    """Return how many processes to use unless told otherwise: as many as there are cores, within reason."""
    return min(os.cpu_count() or 1, _MOST_JOBS)


class ParserPool:
    """A geoparser at work in several processes at once; its answers come in the order of the texts.

    Use it as a context manager. What `parse_many` is given is worked on from the call on, not from the first
    answer that is asked for.
    """

    def __init__(self, parser: Geoparser, jobs: int) -> None:
        self.jobs = jobs
        self.id = parser.id
        self._unpacking = Unpacking(parser.place)
        # A numerical library that starts threads of its own would have the processes fight for the cores.
        before = {name: os.environ.get(name) for name in _ONE_THREAD}
        os.environ.update(_ONE_THREAD)
        try:
            self._workers = ProcessPoolExecutor(jobs, get_context("spawn"), _start, (parser,))
            for _ in range(jobs):  # they start with the first work that they are given
                self._workers.submit(os.getpid)
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes; work not begun is dropped."""
        self._workers.shutdown(cancel_futures=True)

    def parse_many(self, texts: Iterable[tuple[str, str | None]], *, explain: bool = True) -> Iterator[Parse]:
        """Parse many `(text, language)`, in order; one piece of work, so that several calls run side by side."""
        given = list(texts)
        work = self._workers.submit(_parse, given, explain)
        return self._unpacked(given, work)

    def _unpacked(
        self, texts: Sequence[tuple[str, str | None]], work: Future[list[Packed]]
    ) -> Iterator[Parse]:
        found = _done(work)
        for (text, _), values in zip(texts, found, strict=True):
            yield self._unpacking.parse(values, text)

    def start(self, function: Callable[[Geoparser, _Work], _Done], piece: _Work) -> Callable[[], _Done]:
        """Begin to apply a function of a module to a piece of work; what comes back waits for the answer."""
        work = self._workers.submit(_call, function, piece)
        return lambda: _done(work)

    def unpacked(self, values: Packed, text: str) -> Parse:
        """Return the parse of a text that `packed` made small in another process."""
        return self._unpacking.parse(values, text)

    def map(self, function: Callable[[Geoparser, _Work], _Done], work: Iterable[_Work]) -> Iterator[_Done]:
        """Apply a function of a module to pieces of work, in order; a few are read ahead of the answers."""
        waiting: deque[Future[_Done]] = deque()
        for piece in work:
            waiting.append(self._workers.submit(_call, function, piece))
            if len(waiting) > self.jobs * AHEAD:
                yield _done(waiting.popleft())
        while waiting:
            yield _done(waiting.popleft())


def _done(work: Future[_Done]) -> _Done:
    """Wait for a piece of work."""
    try:
        return work.result()
    except BrokenProcessPool as error:
        raise WorkerError(
            "A process of the geoparser ended before its work was done, perhaps for want of memory. "
            "Try with fewer processes: --jobs 1. Whether the gazetteer is in its place says: kharita doctor"
        ) from error


def _start(parser: Geoparser) -> None:
    """Make ready a worker process; an interrupt and a closed terminal are the parent's to handle."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    _OWN[:] = [parser]


def _end_with_parent() -> None:
    """Wait until the parent is gone, however it ended, and end too: its end of a pipe closes with it."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _call(function: Callable[[Geoparser, _Work], _Done], piece: _Work) -> _Done:
    return function(_OWN[0], piece)


def _parse(texts: Sequence[tuple[str, str | None]], explain: bool) -> list[Packed]:  # noqa: FBT001 - crosses processes
    return [packed(parse) for parse in _OWN[0].parse_many(texts, explain=explain)]
