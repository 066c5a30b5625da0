"""A scheduler of Dask dies and is started again under an ingest: nothing is lost, and nothing waits for ever."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest
from made_news import write_news
from same_rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
_AT = re.compile(r"Scheduler at:\s+(tcp://\S+)")
LIMIT_S = 120


@contextmanager
def dask(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run a program of Dask, as users start it."""
    program = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
    with subprocess.Popen(program, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def address_of(scheduler: subprocess.Popen[str]) -> str:
    assert scheduler.stderr is not None
    for line in scheduler.stderr:
        if found := _AT.search(line):
            return found[1]
    raise AssertionError("the scheduler did not start")


def wait_for(process: subprocess.Popen[str], words: str) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        if words in line:
            return
    raise AssertionError(f"it never said {words!r}")


def test_a_scheduler_that_is_started_again(commands, tmp_path, chance):
    own = commands(tmp_path / "own")
    news = write_news(own.folder)
    alone, shared = (f"sqlite:///{tmp_path / name}.sqlite" for name in ("alone", "shared"))
    own.run_well("ingest", news, "--store", alone, "--jobs", 1)
    with ExitStack() as stack:
        first = stack.enter_context(dask("scheduler", "--port", "0", "--no-dashboard", "--host", "127.0.0.1"))
        address = address_of(first)
        port = address.rpartition(":")[2]
        worker = stack.enter_context(
            dask("worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny", "--death-timeout", "60",
                 "--local-directory", str(tmp_path))
        )  # fmt: skip
        wait_for(worker, "Registered to")
        process, said = own.start("ingest", news, "--store", shared, "--scheduler", address)
        process.join(chance.uniform(1, 4))
        first.send_signal(signal.SIGKILL)
        first.wait()
        again = stack.enter_context(
            dask("scheduler", "--port", port, "--no-dashboard", "--host", "127.0.0.1")
        )
        assert address_of(again) == address
        process.join(LIMIT_S)
        assert process.exitcode is not None, "it waits for ever"
        text = said.read_text(encoding="utf-8")
        assert process.exitcode == 0 or (process.exitcode == 1 and "kharita: " in text), text
    own.run_well("ingest", news, "--store", shared, "--jobs", 1)
    assert rows_of(shared) == rows_of(alone)
