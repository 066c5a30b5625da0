"""Eight processes write into one store at once, and one is killed: nothing is lost, nothing doubled."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import func, select

from dashboard.store import open_store
from dashboard.store.schema import article_places, articles, mentions, parses

AT_WORK = Path(__file__).resolve().parents[2] / "fixtures" / "at_work.py"
WRITERS = 8
WAIT_S = 120

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def test_eight_write_the_same_and_one_is_killed(store_url):
    open_store(store_url).close()
    with ExitStack() as stack:
        writers = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, AT_WORK, "ingest", store_url], stdout=subprocess.PIPE, text=True
                )
            )
            for _ in range(WRITERS)
        ]
        try:
            for one in writers:
                assert one.stdout is not None
                assert [int(one.stdout.readline()) for _ in range(3)] == [4, 8, 12]
            writers[0].kill()
            for one in writers[1:]:
                one.terminate()
            said = [one.communicate(timeout=WAIT_S)[0].splitlines()[-1].split() for one in writers[1:]]
        finally:
            for one in writers:
                one.kill()
    assert all(word == "stopped" for word, *_ in said)
    with open_store(store_url) as store, store.engine.connect() as connection:
        texts = connection.scalars(select(articles.c.text)).all()
        counted = [
            connection.scalar(select(func.count()).select_from(one))
            for one in (mentions, article_places, parses)
        ]
    # Each writer wrote what no other had: together all numbers from 0 on, each once, with its place.
    assert sorted(int(text.split()[1]) for text in texts) == list(range(len(texts)))
    assert counted == [len(texts)] * 3
    assert sum(int(added) for *_, added in said) <= len(texts)
