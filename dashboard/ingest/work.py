"""The process that stores what a page was given: `python -m dashboard.ingest.work FOLDER`.

The folder holds `job.json`, what is to be done; the process writes beside it `state.json`, how far it is, and at the
end `report.json`, what became of each file. The store is the one that the settings name. When whoever started it
closes its standard input, or is gone, it ends after the articles at hand.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.core.errors import KharitaError
from dashboard.core.settings import Settings
from dashboard.gazetteer import ensure_index
from dashboard.geoparse import Geoparser
from dashboard.geoparse.pool import AHEAD, ParserPool, usual_jobs
from dashboard.ingest.ingest import ingest
from dashboard.ingest.reading import LocalReader, PooledReader
from dashboard.ingest.stopping import stop_on_signals
from dashboard.ingest.watching import add_up, visit_feeds
from dashboard.intake import read_paths
from dashboard.intake.columns import ColumnMapping
from dashboard.intake.draft import Options
from dashboard.intake.shelf import read_shelf
from dashboard.network import AddressReader, Fetcher, user_agent
from dashboard.store import open_store
from dashboard.store.feeds import feeds_of, known_links

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from dashboard.core.progress import Progress
    from dashboard.ingest.ingest import IngestReport, TextParser
    from dashboard.ingest.reading import ArticleReader

__all__ = ["JOB", "REPORT", "STATE", "Work", "main", "write_json"]

JOB, STATE, REPORT = "job.json", "state.json", "report.json"
_MANY = 400  # articles, from which on starting more processes pays
_EVERY_S = 0.2  # how often the state is written
_log = logging.getLogger(__name__)


def write_json(path: Path, value: object) -> None:
    """Write a file that is never seen half written."""
    new = path.with_suffix(".new")
    new.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    os.replace(new, path)  # noqa: PTH105 - says what it does


@dataclass(slots=True)
class Work:
    """One job at work, in its folder.

    Attributes
    ----------
    clock
        Gives seconds since 1970.
    fetcher
        Makes what asks the internet, given what it calls itself.
    """

    folder: Path
    clock: Callable[[], float] = time.time
    fetcher: Callable[[str], Fetcher] = Fetcher
    _state: dict[str, Any] = field(default_factory=dict)
    _written: float = 0.0

    def say(self, phase: str, done: int = 0, total: int = 0, what: str = "") -> None:
        """Note how far the work is; a new phase is written at once."""
        now = self.clock()
        if phase != self._state.get("phase"):
            self._state = {"phase": phase, "began": now}
            self._written = 0.0
        self._state |= {"done": done, "total": total, "what": what, "now": now}
        if now - self._written >= _EVERY_S:
            self._written = now
            write_json(self.folder / STATE, self._state)

    def progress(self, phase: str) -> Progress:
        """Return what long work tells its progress to."""
        return lambda done, total, what: self.say(phase, done, total, what)

    def run(self, settings: Settings, stop: Callable[[], bool]) -> None:
        """Build the gazetteer if there is none, and store the articles."""
        self.say("gazetteer")
        parser = Geoparser(ensure_index(settings, self.progress("gazetteer")))
        job = self._job()
        expected = int(job.get("expected", 0))
        few = 0 < expected <= _MANY or not job["paths"]  # 0: more than anybody counted
        jobs = 1 if few else usual_jobs()
        if jobs == 1:
            self.store(settings.store_url, LocalReader(parser), stop)
            return
        with ParserPool(parser, jobs) as pool:
            self.store(settings.store_url, PooledReader(pool), stop, AHEAD * jobs)

    def store(
        self, url: str, parser: TextParser | ArticleReader, stop: Callable[[], bool], ahead: int = 0
    ) -> None:
        """Store the articles of the job's files, and write what became of each."""
        job = self._job()
        options = Options(
            mappings={shape: ColumnMapping.from_dict(one) for shape, one in job.get("mappings", {}).items()},
            date_orders=job.get("date_orders", {}),
            encodings=job.get("encodings", {}),
        )
        expected = int(job.get("expected", 0))

        def told(done: int, total: int, what: str) -> None:  # noqa: ARG001 - the protocol
            self.say("storing", done, max(expected, done) if expected else 0, what)

        with open_store(url) as opened:
            reader = AddressReader(
                self.fetcher(user_agent(Settings().contact)),
                options,
                known=lambda links: known_links(opened, links),
                stop=stop,
            )
            with reader:
                reports = []
                shelves = [Path(path) for path in job.get("shelves", ())]
                if job["paths"] or shelves or job.get("addresses"):
                    self.say("storing", 0, expected)
                    items = chain(
                        read_paths(job["paths"], options),
                        chain.from_iterable(map(read_shelf, shelves)),
                        reader.read(job.get("addresses", ())),
                    )
                    reports.append(ingest(items, opened, parser, told, ahead=ahead, stop=stop))
                if job.get("feeds"):
                    wanted = set(job["feeds"])
                    feeds = [one for one in feeds_of(opened) if one.url in wanted]
                    self.say("fetching", 0, len(feeds))
                    reports.append(
                        visit_feeds(feeds, opened, parser, reader, self.progress("fetching"), stop=stop)
                    )
        self._finish(add_up(reports))

    def fail(self, message: str) -> None:
        """Note that the work could not be done."""
        self.say("failed", what=message)

    def _job(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / JOB).read_text(encoding="utf-8"))
        return found

    def _finish(self, done: IngestReport) -> None:
        counts = {
            name: getattr(done, name)
            for name in ("added", "known", "copies", "mentions", "seconds", "stopped")
        }
        write_json(self.folder / REPORT, counts | {"files": [asdict(file) for file in done.files]})
        self.say("stopped" if done.stopped else "done")


def _end_with_input() -> None:
    """Wait until whoever started this process closes its input, and ask it to stop."""
    with suppress(OSError):
        while os.read(0, 1):
            pass
    if sys.platform == "win32":
        signal.raise_signal(signal.SIGTERM)
    else:
        os.kill(os.getpid(), signal.SIGTERM)  # wakes the main thread, too


def main(arguments: list[str] | None = None) -> int:
    """Do the job of a folder; return the exit status."""
    folder = Path((arguments or sys.argv[1:])[0])
    work = Work(folder)
    with stop_on_signals() as stop:
        threading.Thread(target=_end_with_input, daemon=True).start()
        try:
            work.run(Settings(), stop)
        except KharitaError as error:
            work.fail(str(error))
            return 1
        except Exception:  # noqa: BLE001 - the page says that it broke, and the log why
            _log.exception("The work broke")
            work.fail("")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
