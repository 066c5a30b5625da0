"""Reads files in worker processes with limits of memory and time; what they give comes in the order of the files."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from queue import Empty, Full, Queue
from typing import TYPE_CHECKING, cast

from dashboard.intake.failure import ReadFailure
from dashboard.intake.sentences import Refusal, refusal
from dashboard.intake.worker import Task, receive, send

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType
    from typing import Self

    from dashboard.intake.walk import Item

__all__ = ["ReaderPool", "usual_readers"]

_MOST = 4  # processes that are worth starting unasked
_AHEAD = 3  # files that are begun for each process before the first of them is given
_WAITING = 8  # batches of one file that wait for their turn
_TICK_S = 0.25  # how often it is looked after stuck processes, and after the end of all
_MOST_BROKEN = 20  # leaves of one file that may break a process before the rest of it is given up


def usual_readers() -> int:
    """Return how many reading processes to use unless told otherwise."""
    return min(os.cpu_count() or 1, _MOST)


class _Stopped(Exception):  # noqa: N818 - not an error: nobody wants the rest
    """The pool is being closed."""


class _Job:
    """A file that is read, and what it gave so far."""

    def __init__(self, task: Task | Item) -> None:
        self.task = task
        self.out: Queue[list[Item] | None] = Queue(_WAITING)


class _Process:
    """One worker process and the thread that speaks with it."""

    def __init__(self, pool: ReaderPool) -> None:
        self._pool = pool
        self._process: subprocess.Popen[bytes] | None = None
        self.deadline = float("inf")  # monotonic seconds
        self.late = False
        self.thread = threading.Thread(target=self._serve, name="kharita-reader", daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        with suppress(_Stopped):
            while True:
                job = self._pool.next_job()
                try:
                    self._read(job)
                finally:  # whoever waits for it must never wait for ever
                    self._give(job, None)
        self.kill()

    def _read(self, job: _Job) -> None:
        """Read a file; when the process breaks at a leaf of it, say so and go on behind that leaf."""
        task = cast("Task", job.task)
        while True:
            leaf = task.done_leaf
            items = task.done_items
            end = ""
            try:
                self._ask(task)
                while end not in ("end", "worn", "memory"):
                    end, value = cast("tuple[str, object]", self._answer(task.seconds))
                    if end == "leaf":
                        leaf = max(leaf, cast("int", value))
                    elif end == "items":
                        found = cast("list[tuple[int, Item]]", value)
                        last = found[-1][0]
                        same = sum(1 for number, _ in found if number == last)
                        items = (items if last == task.done_leaf else 0) + same
                        task = replace(task, done_leaf=last, done_items=items)
                        self._give(job, [item for _, item in found])
            except (EOFError, OSError):
                end = "gone"
            if end == "worn":
                self.kill()
            if end in ("end", "worn"):
                return
            why = self._why(end, task)
            self.kill()
            if leaf == 0 or leaf in task.broken or len(task.broken) >= _MOST_BROKEN:  # the file itself
                self._give(job, [ReadFailure.of(why, task.folder + task.name)])
                return
            task = replace(task, broken={**task.broken, leaf: why})

    def _why(self, end: str, task: Task) -> Refusal:
        if self.late:
            return refusal("slow", seconds=task.seconds)
        if end == "memory":
            return refusal("memory", limit=task.memory_mb)
        return refusal("crashed")

    def _ask(self, task: Task) -> None:
        if self._process is None or self._process.poll() is not None:
            self.late = False
            self._process = _start()
        assert self._process.stdin is not None  # noqa: S101 - a pipe was asked for
        self.deadline = time.monotonic() + task.seconds
        send(self._process.stdin, task)  # type: ignore[arg-type]

    def _answer(self, seconds: int) -> object:
        assert self._process is not None  # noqa: S101 - it was asked
        assert self._process.stdout is not None  # noqa: S101
        self.deadline = time.monotonic() + seconds
        answer = receive(self._process.stdout)  # type: ignore[arg-type]
        self.deadline = float("inf")
        return answer

    def _give(self, job: _Job, batch: list[Item] | None) -> None:
        while True:
            if self._pool.closed.is_set():
                raise _Stopped
            with suppress(Full):
                job.out.put(batch, timeout=_TICK_S)
                return

    def kill_if_late(self, now: float) -> None:
        if now > self.deadline:
            self.late = True
            self.kill()

    def kill(self) -> None:
        """End the process, whatever it does."""
        self.deadline = float("inf")
        process = self._process
        if process is not None:
            process.kill()
            process.wait()


def _start() -> subprocess.Popen[bytes]:
    """Start a process; it finds the package where this one found it."""
    home = str(Path(__file__).resolve().parents[2])
    known = os.environ.get("PYTHONPATH")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([home, known] if known else [home])}
    for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        environment[threads] = "1"
    command = [sys.executable, "-c", "from dashboard.intake.worker import main; main()"]
    return subprocess.Popen(  # noqa: S603 - our own module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    )


class ReaderPool:
    """Worker processes that read files. Use it as a context manager.

    Parameters
    ----------
    processes
        How many, > 0. They are started when there is something to read.
    """

    def __init__(self, processes: int = 0) -> None:
        self.closed = threading.Event()
        self._jobs: Queue[_Job] = Queue()
        self._count = processes or usual_readers()
        self._processes: list[_Process] = []
        self._watch: threading.Thread | None = None

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes; what they were about to read is dropped."""
        self.closed.set()
        for one in self._processes:
            one.kill()
        for one in self._processes:
            one.thread.join()
            one.kill()  # the thread may have started another meanwhile

    def read(self, tasks: Iterable[Task | Item]) -> Iterator[Item]:
        """Read files side by side, and give what they hold in their order; what is no task is passed on."""
        waiting: deque[_Job] = deque()
        for task in tasks:
            job = _Job(task)
            waiting.append(job)
            if isinstance(task, Task):
                self._begin(job)
            while len(waiting) > self._count * _AHEAD:
                yield from self._given(waiting.popleft())
        while waiting:
            yield from self._given(waiting.popleft())

    def _begin(self, job: _Job) -> None:
        self._jobs.put(job)
        if len(self._processes) < self._count:
            self._processes.append(_Process(self))
        if self._watch is None:
            self._watch = threading.Thread(target=self._look_after, name="kharita-watch", daemon=True)
            self._watch.start()

    def _given(self, job: _Job) -> Iterator[Item]:
        if not isinstance(job.task, Task):
            yield job.task
            return
        while (batch := job.out.get()) is not None:
            yield from batch

    def next_job(self) -> _Job:
        """Wait for a file to read."""
        while not self.closed.is_set():
            with suppress(Empty):
                return self._jobs.get(timeout=_TICK_S)
        raise _Stopped

    def _look_after(self) -> None:
        while not self.closed.wait(_TICK_S):
            now = time.monotonic()
            for one in list(self._processes):
                one.kill_if_late(now)
