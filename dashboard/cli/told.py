"""What `kharita ingest` says at its end: what went in, what did not, and what to do about it."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING

from dashboard.cli.saying import say
from dashboard.intake.walk import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dashboard.ingest import FileReport, IngestReport
    from dashboard.intake.failure import ReadFailure

__all__ = ["tell"]

_REMARKS = 20  # on files that went in, shown at most
_ALIKE = 5  # parts of one file that failed for one reason, shown at most


def tell(done: IngestReport, report: Path | None) -> int:
    """Print what became of the files, write the report if one is wanted, and return the exit status."""
    from dashboard.ingest import Outcome, write_report  # noqa: PLC0415 - loaded by the caller when work is done

    failed = [file for file in done.files if file.failed]
    _tell_failures(done.failures)
    remarks = [f for f in done.files if f.reasons and not f.failed and f.outcome is not Outcome.IGNORED]
    for file in remarks[:_REMARKS]:
        say(f"{file.path}: {file.reason} {file.next_step}".rstrip(), err=True)
    if len(remarks) > _REMARKS:
        say(f"... and remarks on {len(remarks) - _REMARKS} more files; --report lists them.", err=True)
    ignored = [file for file in done.files if file.outcome is Outcome.IGNORED]
    if ignored:
        say(f"ignored {len(ignored)} files of kinds that are not read: {_kinds(ignored)}", err=True)
    say(
        f"{done.added} articles added, {done.known} known already, {len(done.failures)} skipped; "
        f"{done.mentions} mentions of places; {done.seconds:.1f} s"
    )
    if done.copies:
        say(f"{done.copies} of those added are copies of a story that was told before.")
    status = 0
    if report is not None:
        try:
            write_report(done.files, report)
            say(f"What became of each file stands in {report}")
        except OSError as error:
            say(f"kharita: the report {str(report)!r} can't be written: {error.strerror}.", err=True)
            status = 1
    if failed:
        say(
            f"Not everything went in: something failed in {len(failed)} of {len(done.files)} files. "
            "Mend them and run the same command again: nothing is stored twice.",
            err=True,
        )
    if done.stopped:
        say(
            f"Stopped. {done.added + done.known} articles are stored; run the same command again, and it goes on "
            "from there.",
            err=True,
        )
    if done.failures and not done.added and not done.known:
        status = 1
    return status


def _kinds(files: list[FileReport]) -> str:
    kinds = Counter(PurePath(file.path).suffix.lower() or "no ending" for file in files)
    return ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())


def _tell_failures(failures: Sequence[ReadFailure]) -> None:
    """Print what was skipped; of many parts of one file that failed for the same reason, the first few."""
    told: Counter[tuple[str, str]] = Counter()
    for failure in failures:
        why = f"{failure.reason} {failure.step}".rstrip()
        kind = (failure.path.partition(SEPARATOR)[0].partition("#")[0], why)
        told[kind] += 1
        if told[kind] <= _ALIKE:
            say(f"skipped {failure.path}: {why}", err=True)
    for (path, why), count in told.items():
        if count > _ALIKE:
            say(f"... and {count - _ALIKE} more parts of {path}: {why}", err=True)
