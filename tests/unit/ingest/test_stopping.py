"""Signals and sudden death, in processes of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hand_networks import write_weights

from dashboard.core.models import Article
from dashboard.ingest import ingest, stop_on_signals
from dashboard.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
LIMIT_S = 6  # after which a test fails; none waits as long when all is well

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@contextmanager
def _at_work(*arguments: object) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, FIXTURES / "at_work.py", *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=LIMIT_S)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_stops_after_the_batch_and_what_is_said_is_stored(store_url, name):
    number = getattr(signal, name)
    with _at_work("ingest", store_url) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "4"
        process.send_signal(number)
        said, _ = process.communicate(timeout=LIMIT_S)
    word, stopped, added = said.splitlines()[-1].split()
    assert (word, stopped, process.returncode) == ("stopped", "True", 128 + number)
    with open_store(store_url) as store:
        assert store.counts().articles == int(added)
        assert int(added) % 4 == 0


def test_a_killed_ingest_goes_on_without_loss_or_doubling(store_url, hand_parser):
    with _at_work("ingest", store_url) as process:
        assert process.stdout is not None
        for _ in range(3):
            process.stdout.readline()
        process.kill()
        process.wait(LIMIT_S)
    with open_store(store_url) as store:
        stored = store.counts().articles
        assert stored >= 12
        assert stored % 4 == 0
        report = ingest([Article("t", f"n {n} ليبيا") for n in range(stored + 5)], store, hand_parser)
        assert (report.known, report.added) == (stored, 5)


def test_workers_end_with_a_parent_that_is_killed(small_gazetteer, small_gazetteer_path, tmp_path):
    weights = write_weights(tmp_path / "hand.npz", small_gazetteer)
    with _at_work("pool", small_gazetteer_path, weights) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "at work\n"
        process.kill()
        # The workers hold the other end of this pipe: it ends only when the last of them is gone.
        rest, _ = process.communicate(timeout=LIMIT_S)
    assert rest == ""
    assert process.returncode == -signal.SIGKILL


def test_a_second_signal_breaks_in_and_the_old_handlers_come_back():
    before = signal.getsignal(signal.SIGTERM)
    with stop_on_signals() as stop:
        assert (stop(), stop.status) == (False, 0)
        os.kill(os.getpid(), signal.SIGTERM)
        assert (stop(), stop.status) == (True, 128 + signal.SIGTERM)
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is before
