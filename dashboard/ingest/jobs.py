"""Work that goes on beside the page: files kept until they are stored, a process that stores them, and its report."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from dashboard.core.errors import IngestError
from dashboard.core.links import clean_title, shorten
from dashboard.ingest.report import FileReport, Outcome
from dashboard.ingest.work import JOB, REPORT, STATE, write_json
from dashboard.intake.walk import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["JobReport", "JobState", "Jobs", "Phase", "is_samples", "timed"]

Phase = str  # waiting, gazetteer, storing, fetching, done, stopped, failed, or broken: ended without a word
_ENDED = ("done", "stopped", "failed", "broken")
_OLD_S = 2 * 86_400.0  # after which files that nobody stored are thrown away
_LONGEST = 120  # code points of a file's name
_GRACE_S = 20.0  # for a process to end after the articles at hand


@dataclass(frozen=True, slots=True)
class JobReport:
    """What became of the files of a job."""

    added: int
    known: int
    copies: int
    mentions: int
    seconds: float
    stopped: bool
    files: tuple[FileReport, ...]

    def of(self, outcome: Outcome) -> tuple[FileReport, ...]:
        """Return the files that came to this."""
        return tuple(file for file in self.files if file.outcome is outcome)

    @property
    def failed(self) -> tuple[FileReport, ...]:
        """The files of which something failed."""
        return tuple(file for file in self.files if file.failed)


@dataclass(frozen=True, slots=True)
class JobState:
    """How far a job is.

    Attributes
    ----------
    done, total
        Steps of the phase; `total` is 0 when nobody knows.
    rate
        Steps a second; 0 while too little is known.
    left_s
        Seconds that this phase may still take; None when nobody knows.
    what
        What is at hand, or what failed.
    samples
        Whether the job stores the sample articles.
    report
        None until the job has ended in order.
    """

    phase: Phase
    done: int = 0
    total: int = 0
    rate: float = 0.0
    left_s: float | None = None
    what: str = ""
    samples: bool = False
    report: JobReport | None = None

    @property
    def running(self) -> bool:
        """Whether a process is at work."""
        return self.phase not in _ENDED

    @property
    def is_news(self) -> bool:
        """Whether there is anything to be said of it; the samples that all went in are there to be seen."""
        return self.running or not (
            self.samples and self.report and not self.report.failed and self.phase == "done"
        )


@dataclass(slots=True)
class Jobs:
    """The jobs of one store, one at a time; shared by all who look at a page.

    Attributes
    ----------
    home
        Folder of jobs; each job is a folder in it.
    store_url
        The store; other stores' jobs lie elsewhere.
    environment
        Under which the process finds the same settings.
    command
        What does a job, given its folder.
    """

    home: Path
    store_url: str
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    command: Sequence[str] = (sys.executable, "-m", "dashboard.ingest.work")
    clock: Callable[[], float] = time.time
    _process: subprocess.Popen[bytes] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def _own(self) -> Path:
        return self.home / hashlib.sha256(self.store_url.encode()).hexdigest()[:16]

    @property
    def _folder(self) -> Path:
        return self._own / "job"

    def keep(self, batch: str, name: str, data: bytes) -> Path:
        """Keep an uploaded file until it is stored; return where.

        Parameters
        ----------
        batch
            Names what is added together; letters and digits.
        """
        folder = self._own / "kept" / batch
        number = 0
        while (folder / f"{number:04}").exists():
            number += 1
        plain = shorten(clean_title(PurePath(name.replace("\\", "/")).name).lstrip("."), _LONGEST) or "file"
        path = folder / f"{number:04}" / plain
        self._own.mkdir(mode=0o700, parents=True, exist_ok=True)  # as private as a store
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        past = self.clock() - 60  # whole, and not being written as a file of this moment might be
        os.utime(path, (past, past))
        return path

    def shown(self, path: str) -> str:
        """Return the path of a file as its user knows it."""
        kept = f"{self._own / 'kept'}{os.sep}"
        return path[len(kept) :].split(os.sep, 2)[-1] if path.startswith(kept) else path

    def drop(self, path: Path) -> None:
        """Throw away a kept file that nobody wants to store."""
        if path.is_relative_to(self._own / "kept"):
            shutil.rmtree(path.parent, ignore_errors=True)

    def start(  # noqa: PLR0913 - what there is to do, and how it is read
        self,
        paths: Sequence[Path | str],
        *,
        expected: int = 0,
        samples: bool = False,
        mappings: Mapping[str, Mapping[str, str]] | None = None,
        date_orders: Mapping[str, str] | None = None,
        encodings: Mapping[str, str] | None = None,
        addresses: Sequence[str] = (),
        asked: Sequence[str] = (),
        shelves: Sequence[Path | str] = (),
        feeds: Sequence[str] = (),
    ) -> None:
        """Begin to store the articles of files and folders; work that is at hand already goes on alone.

        Parameters
        ----------
        expected
            How many articles there are; 0 when nobody knows.
        mappings, date_orders, encodings
            As in `dashboard.intake.draft.Options`, as JSON holds them.
        addresses
            Pages, feeds and sitemaps that are asked for their articles.
        asked, shelves
            Likewise, asked before; what they gave lies in the files `shelves` (see `dashboard.intake.shelf`).
        feeds
            Addresses of feeds of the store's list, which are asked what is new.

        Raises
        ------
        IngestError
            The folder of jobs can't be written.
        """
        job = {
            "paths": [str(path) for path in paths],
            "expected": expected,
            "samples": samples,
            "mappings": {shape: dict(one) for shape, one in (mappings or {}).items()},
            "date_orders": dict(date_orders or {}),
            "encodings": dict(encodings or {}),
            "addresses": list(addresses),
            "asked": list(asked),
            "shelves": [str(path) for path in shelves],
            "feeds": list(feeds),
        }
        with self._lock:
            if not self._runs():
                self._begin(job)

    def go_on(self) -> None:
        """Do the last job again: what it has stored is known, and the rest is stored now."""
        with self._lock:
            job = self._job()
            if job and not self._runs():
                self._begin(job)

    def try_again(self) -> None:
        """Read again the files, and ask again the addresses and feeds, of which something failed."""
        state = self.state()
        job = self._job()
        if state is None or state.report is None or job is None:
            return
        lines = [file for file in self._report().get("files", ()) if file["failed"]]
        failed = {path for file in lines for path in _file_in(file)}
        asked = {str(file["path"]).partition(SEPARATOR)[0] for file in lines}
        addresses = [url for url in (*job.get("addresses", ()), *job.get("asked", ())) if url in asked]
        feeds = [url for url in job.get("feeds", ()) if url in asked]
        if failed or addresses or feeds:
            self.start(
                sorted(failed),
                expected=len(failed) if not addresses else 0,
                samples=bool(job.get("samples")),
                mappings=job.get("mappings"),
                date_orders=job.get("date_orders"),
                encodings=job.get("encodings"),
                addresses=addresses,
                feeds=feeds,
            )

    def stop(self) -> None:
        """Ask the process to end after the articles at hand."""
        process = self._process
        if process is not None and process.stdin is not None:
            with suppress(OSError):
                process.stdin.close()

    def wait(self, seconds: float = _GRACE_S) -> None:
        """Wait for the process to end.

        Raises
        ------
        subprocess.TimeoutExpired
            It has not ended in time.
        """
        if self._process is not None:
            self._process.wait(seconds)

    def close(self) -> None:
        """End the process; it may be taken up again."""
        self.stop()
        if self._process is not None:
            try:
                self._process.wait(_GRACE_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def forget(self) -> None:
        """Throw away the report of the last job, and what it kept; nothing is forgotten while one is at work."""
        with self._lock:
            job = self._job()
            if self._runs() or job is None:
                return
            for batch in self._batches(job):
                shutil.rmtree(batch, ignore_errors=True)
            shutil.rmtree(self._folder, ignore_errors=True)

    def state(self) -> JobState | None:
        """Return how far the last job is; None when there is none, or it was forgotten."""
        job = self._job()
        if job is None:
            return None
        said = _read(self._folder / STATE)
        phase = str(said.get("phase", "waiting"))
        if phase not in _ENDED and not self._runs():
            phase = "broken"
        report = self._made_report() if phase in ("done", "stopped") else None
        state = JobState(
            phase,
            int(said.get("done", 0)),
            int(said.get("total", 0)),
            what=str(said.get("what", "")),
            samples=bool(job.get("samples")),
            report=report,
        )
        return timed(state, float(said.get("now", 0)) - float(said.get("began", 0)))

    def _runs(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _job(self) -> dict[str, Any] | None:
        found = _read(self._folder / JOB)
        return found if isinstance(found.get("paths"), list) else None

    def _report(self) -> dict[str, Any]:
        return _read(self._folder / REPORT)

    def _made_report(self) -> JobReport | None:
        found = self._report()
        if not found:
            return None
        files = tuple(replace(FileReport(**file), path=self.shown(file["path"])) for file in found["files"])
        return JobReport(**{**found, "files": files})

    def _begin(self, job: Mapping[str, Any]) -> None:
        self._sweep(self._batches(job), self._batches(self._job() or {}))
        try:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(parents=True)
            write_json(self._folder / JOB, job)
            with (self._folder / "log").open("wb") as log:
                self._process = subprocess.Popen(  # noqa: S603 - our own module
                    [*self.command, str(self._folder)],
                    stdin=subprocess.PIPE,
                    stdout=log,
                    stderr=log,
                    env=self._environment(),
                    start_new_session=True,  # Ctrl+C is for the server, which closes the input
                )
        except OSError as error:
            raise IngestError(
                f"The folder {str(self._own)!r} can't be used: {error.strerror}. Make room there, or set "
                "KHARITA_USER_DATA to another folder."
            ) from error

    def _environment(self) -> dict[str, str]:
        """Return the environment of the process: it finds the package where this one found it."""
        home = str(Path(__file__).resolve().parents[2])
        known = self.environment.get("PYTHONPATH")
        path = os.pathsep.join([home, known] if known else [home])
        return {**self.environment, "PYTHONPATH": path, "KHARITA_STORE": self.store_url}

    def _batches(self, job: Mapping[str, Any]) -> set[Path]:
        """Return the folders of the kept files of a job."""
        kept = self._own / "kept"
        files = (*job.get("paths", ()), *job.get("shelves", ()))
        inside = (Path(path) for path in files if Path(path).is_relative_to(kept))
        return {kept / path.relative_to(kept).parts[0] for path in inside if path != kept}

    def _sweep(self, wanted: set[Path], before: set[Path]) -> None:
        """Throw away what the last job kept, and what was kept long ago and never stored."""
        kept = self._own / "kept"
        for batch in kept.iterdir() if kept.is_dir() else ():
            with suppress(OSError):
                is_old = self.clock() - batch.stat().st_mtime > _OLD_S
                if batch not in wanted and (is_old or batch in before):
                    shutil.rmtree(batch, ignore_errors=True)


def is_samples(state: JobState | None) -> bool:
    """Tell whether the sample articles are being stored."""
    return state is not None and state.running and state.samples


def timed(state: JobState, seconds: float) -> JobState:
    """Add how fast the work is, and how long it may take."""
    if not state.running or seconds < 1 or not state.done:
        return state
    rate = state.done / seconds
    left = (state.total - state.done) / rate if state.total > state.done else None
    return replace(state, rate=rate, left_s=left)


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _file_in(line: Mapping[str, Any]) -> list[str]:
    """Return the file that a line of a report is about: itself, or the archive or table that holds it."""
    whole = str(line["path"])
    outer = whole.partition(SEPARATOR)[0]
    return [one for one in (whole, outer, outer.rpartition("#")[0]) if one and Path(one).is_file()][:1]
