"""The process that reads files apart, spoken to over its pipes.

A hostile or broken file can cost this process its memory, its time or its life, and nothing else.
`dashboard.intake.pool` starts it and tells it what to read.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import struct
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from dashboard.intake.draft import Content, Hints, Options
from dashboard.intake.failure import ReadFailure
from dashboard.intake.kinds import find_format, format_of_name
from dashboard.intake.recoding import encoding_of, recoded
from dashboard.intake.registry import previewer_of, reader_of
from dashboard.intake.sentences import Refusal, refusal
from dashboard.intake.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.intake.columns import TableView
    from dashboard.intake.walk import Item

try:
    import resource
except ImportError:  # Windows: no limit of memory there
    resource = None  # type: ignore[assignment]

__all__ = ["Glance", "Task", "glance", "main", "receive", "send"]

_BATCH = 32  # items that are handed over at once
_BATCH_SIZE = 1_000_000  # code points, likewise
_LENGTH = struct.Struct("<Q")
_MB = 1024**2
_RESTART_MB = 400  # of memory in use, from which on a fresh process is better


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read.

    Attributes
    ----------
    file
        Its path, or its bytes.
    name
        Its name, which its format is known by and articles keep.
    folder
        Put before the name in messages.
    memory_mb
        What reading may need beyond what the process holds.
    seconds
        After so long without a sign of life the process ends itself.
    done_leaf, done_items, broken
        As in `Walk`.
    look
        Whether only its kind is to be told, and of a table its head: a `Glance` is all that it gives then.
    """

    file: str | bytes
    name: str
    options: Options
    folder: str = ""
    hints: Hints = field(default_factory=Hints)
    memory_mb: int = 1024
    seconds: int = 30
    done_leaf: int = 0
    done_items: int = 0
    broken: Mapping[int, Refusal] = field(default_factory=dict)
    look: bool = False


@dataclass(frozen=True, slots=True)
class Glance:
    """What a file is.

    Attributes
    ----------
    kind
        The id of its format, empty for none that is read.
    table
        The head of a table.
    encoding
        In which it is read; empty where none makes sense of it, None for what is no text.
    """

    kind: str
    table: TableView | None = None
    encoding: str | None = None


def send(stream: BinaryIO, message: object) -> None:
    """Write a message with its length before it."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: BinaryIO) -> object:
    """Read a message.

    Raises
    ------
    EOFError
        The other side has gone.
    """
    size = stream.read(_LENGTH.size)
    if len(size) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(size)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)  # noqa: S301 - from our own process on this machine


class _Reporter:
    """Hands items over in batches, and says before each leaf which one it is."""

    def __init__(self, out: BinaryIO, seconds: int) -> None:
        self._out = out
        self._seconds = seconds
        self._items: list[tuple[int, Item | Glance]] = []
        self._size = 0

    def leaf(self, number: int) -> None:
        self._say(("items", self._items), ("leaf", number))
        self._items, self._size = [], 0

    def item(self, leaf: int, item: Item | Glance) -> None:
        self._items.append((leaf, item))
        self._size += len(getattr(item, "text", ""))
        if len(self._items) >= _BATCH or self._size > _BATCH_SIZE:
            self._say(("items", self._items))
            self._items, self._size = [], 0

    def end(self, how: str) -> None:
        self._say(("items", self._items), (how, None))
        _alarm(0)

    def _say(self, *messages: tuple[str, object]) -> None:
        _alarm(0)  # whoever listens may take his time
        for kind, value in messages:
            if value != []:
                send(self._out, (kind, value))
        _alarm(2 * self._seconds)


def _alarm(seconds: int) -> None:
    """End this process in a while, even if the one that watches it is gone by then."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _in_use_mb(column: int) -> int:
    """Return the size of this process: 0 all that is mapped, 1 what lies in memory; 0 where nobody knows."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[column])
        return pages * os.sysconf("SC_PAGE_SIZE") // _MB
    except (OSError, ValueError, AttributeError):
        return 0


def _limit_memory(beyond_mb: int) -> None:
    mapped = _in_use_mb(0)
    if resource is not None and mapped:
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, ((mapped + beyond_mb) * _MB, hard))


def _read(task: Task, out: BinaryIO) -> None:
    """Read one file, and hand over what it holds."""
    report = _Reporter(out, task.seconds)
    kind = format_of_name(task.name)
    if kind is not None:
        reader_of(kind)  # before the limit, so that libraries don't count
    _limit_memory(task.memory_mb)
    try:
        if isinstance(task.file, bytes):
            _walk(Content.of(task.file, task.name, task.hints), task, report)
        else:
            with Path(task.file).open("rb") as stream:
                size = os.fstat(stream.fileno()).st_size
                _walk(Content(task.name, stream, size, task.hints), task, report)
    except MemoryError:
        report.end("memory")
        return
    except OSError as error:
        why = refusal("os", detail=error.strerror or "it is broken")
        report.item(task.done_leaf, ReadFailure.of(why, task.folder + task.name))
    report.end("worn" if _in_use_mb(1) > _RESTART_MB else "end")


def glance(content: Content, options: Options, file: str) -> Glance:
    """Tell of what kind a content is, and of a table its first rows; what is wrong with it is told by reading it.

    Parameters
    ----------
    file
        The path under which `options` speak of it.
    """
    kind = find_format(content)
    if kind is None:
        return Glance("")
    said = options.encoding_for(file)
    encoding = encoding_of(content, kind, said)
    content = recoded(content, kind, said)
    preview = previewer_of(kind)
    with suppress(ValueError):  # refusals are; a library that breaks does so again when the file is read
        return Glance(kind.id, preview(content, options) if preview else None, encoding)
    return Glance(kind.id, None, encoding)


def _walk(content: Content, task: Task, report: _Reporter) -> None:
    if task.look:
        report.item(0, glance(content, task.options, task.folder + task.name))
        return
    walk = Walk(task.options, report.leaf, task.done_leaf, task.done_items, task.broken, task.folder)
    for leaf, item in walk.items(content, task.name):
        report.item(leaf, item)


def main() -> None:
    """Read what is asked for until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the parent's to handle
    out = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)  # a library that prints would garble the messages
    logging.getLogger().setLevel(logging.CRITICAL)  # what they complain of is said in the report
    with suppress(EOFError, BrokenPipeError):
        while True:
            task = receive(sys.stdin.buffer)
            assert isinstance(task, Task)  # noqa: S101 - our own pool wrote it
            _read(task, out)
