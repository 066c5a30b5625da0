"""Files that are made beside the page, since that takes long: how far each is, its end, and where it is fetched.

A file is written to this machine's disk and offered when it is whole; what was stopped or failed leaves nothing. It
goes out piece by piece with its length told before, so that a browser sees when a part is missing.
"""

from __future__ import annotations

import logging
import secrets
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Lock
from typing import TYPE_CHECKING

from starlette.responses import FileResponse, PlainTextResponse

from dashboard.core.errors import KharitaError
from dashboard.render.exports import format_of, write_file
from dashboard.web.keeping import kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from dashboard.core.progress import Progress
    from dashboard.render.exports import Handover

    Make = Callable[[Progress], Handover]

__all__ = ["Export", "Exports", "answer_export", "shared_exports"]

_AT_ONCE = 2  # the others wait
_KEPT = 8  # files, the oldest goes first
_KEPT_S = 3600.0
_MISSING = 404

logger = logging.getLogger(__name__)


class _StoppedError(Exception):
    """Nobody waits for the file any more."""


@dataclass(slots=True)
class Export:
    """A file that is made.

    Attributes
    ----------
    token
        Under which it is found; not to be guessed.
    name
        Of the file, as it is offered.
    state
        `waiting`, `working`, `ready`, `stopped` or `failed`.
    done, total, what
        As `Progress` tells.
    said
        Why it failed, in one sentence; empty where only the log knows.
    """

    name: str
    folder: Path
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    state: str = "waiting"
    done: int = 0
    total: int = 0
    what: str = ""
    said: str = ""
    ended: float = 0.0
    _stopped: Event = field(default_factory=Event)

    @property
    def address(self) -> str:
        """Where it is fetched, from the page."""
        return f"handover/{self.token}/{self.name}"

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.folder / self.name

    @property
    def under_way(self) -> bool:
        """Whether it will still become something."""
        return self.state in ("waiting", "working")

    def stop(self) -> None:
        """Make no more of it."""
        self._stopped.set()
        if self.state == "waiting":
            self.state = "stopped"

    def tell(self, done: int, total: int, what: str) -> None:
        """Take note of how far it is; ends the work where it was stopped."""
        if self._stopped.is_set():
            raise _StoppedError
        self.done, self.total, self.what = done, total, what

    def work(self, make: Make) -> None:
        """Make the file."""
        if self.state == "stopped":
            return
        self.state, end = "working", "failed"
        try:
            self.folder.mkdir()
            write_file(make(self.tell), self.path)
            self.tell(self.total, self.total, self.what)
            end = "ready"
        except _StoppedError:
            end = "stopped"
        except KharitaError as error:
            self.said = str(error)
        except Exception:
            logger.exception("A file can't be made")
        finally:
            if end != "ready":
                shutil.rmtree(self.folder, ignore_errors=True)
            self.ended, self.state = time.monotonic(), end


class Exports:
    """All files that are made for visitors of this server."""

    def __init__(self, at_once: int = _AT_ONCE) -> None:
        self._root = TemporaryDirectory(prefix="kharita-exports-")  # goes when the server ends
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="kharita-export")
        self._all: dict[str, Export] = {}
        self._lock = Lock()

    def begin(self, name: str, make: Make) -> Export:
        """Begin to make a file.

        Parameters
        ----------
        name
            Of the file; its suffix chooses the format.
        make
            Returns what is handed over, given what it tells how far it is.
        """
        format_of(name)
        made = Export(name, Path(self._root.name) / secrets.token_hex(8))
        with self._lock:
            self._sweep()
            self._all[made.token] = made
        self._pool.submit(made.work, make)
        return made

    def find(self, token: str) -> Export | None:
        """Return a file by its token; None where there is none, or none any more."""
        return self._all.get(token)

    def forget(self, made: Export) -> None:
        """Let go of a file, whole or not."""
        made.stop()
        with self._lock:
            self._all.pop(made.token, None)
        if not made.under_way:
            shutil.rmtree(made.folder, ignore_errors=True)

    def _sweep(self) -> None:
        """Let go of files that nobody fetched for long, and of the oldest of too many."""
        ended = [one for one in self._all.values() if not one.under_way]
        ended.sort(key=lambda one: one.ended, reverse=True)
        for place, one in enumerate(ended):
            if place >= _KEPT - 1 or time.monotonic() - one.ended > _KEPT_S:
                del self._all[one.token]
                shutil.rmtree(one.folder, ignore_errors=True)


@kept(1)
def shared_exports() -> Exports:
    """Return the files that are made on this server."""
    return Exports()


def answer_export(request: Request) -> Response:
    """Answer with a file that is whole."""
    found = shared_exports().find(request.path_params["token"])
    if found is None or found.state != "ready":
        said = "This file is not here, or not any more. Make it again on the page."
        return PlainTextResponse(said, _MISSING, headers={"cache-control": "no-store"})
    # already as small as its format makes it: packing it again would hide its length
    headers = {"cache-control": "no-store", "content-encoding": "identity"}
    mime = format_of(found.name).mime
    return FileResponse(found.path, headers=headers, media_type=mime, filename=found.name)
