"""Files that cost a worker its time, its memory or its life cost the report one line."""

from __future__ import annotations

import os
import sys

import pytest
from format_samples import TOLD, page, zipped

from dashboard.core.models import Article
from dashboard.intake import pool as pool_module
from dashboard.intake.draft import Options
from dashboard.intake.failure import ReadFailure
from dashboard.intake.pool import ReaderPool
from dashboard.intake.worker import Task

OPTIONS = Options()
PAGES = {f"{number}.html": page(one) for number, one in enumerate(TOLD)}
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes with names and limits of memory")


def task(data: bytes | str, name: str, **limits: int) -> Task:
    return Task(data, name, OPTIONS, "in/", **limits)


def codes(items) -> list[str]:
    return ["read" if isinstance(item, Article) else item.code for item in items]


def test_files_come_in_order_and_what_is_no_file_passes_through():
    said = ReadFailure("x", "y", code="said")
    tasks = [task(zipped(PAGES), "a.zip"), said, *(task(data, name) for name, data in PAGES.items())]
    with ReaderPool(2) as pool:
        items = list(pool.read(tasks))
    assert [item.path for item in items] == ["a.zip › 0.html", "a.zip › 1.html", "x", "0.html", "1.html"]
    assert items[0].file == "in/a.zip"


def test_a_file_that_takes_for_ever_is_stopped(tmp_path):
    os.mkfifo(tmp_path / "never")
    with ReaderPool(1) as pool:
        items = list(
            pool.read([task(str(tmp_path / "never"), "n.html", seconds=1), task(PAGES["0.html"], "0.html")])
        )
    assert codes(items) == ["slow", "read"]
    assert items[0].reason == "Reading took longer than 1 s and was stopped."
    assert items[0].path == "in/n.html"


def test_a_part_that_needs_too_much_memory_is_named_and_the_others_are_read():
    big = b'{"title": "x", "text": "' + b"y" * 40_000_000 + b'"}'
    files = {"0.html": PAGES["0.html"], "big.json": big, "1.html": PAGES["1.html"]}
    with ReaderPool(1) as pool:
        items = list(pool.read([task(zipped(files), "a.zip", memory_mb=48)]))
    assert codes(items)[::2] == ["read", "read"]
    assert items[1].code in ("memory", "crashed", "bomb")
    assert items[1].path == "in/a.zip › big.json"


def test_a_worker_that_dies_is_one_line(monkeypatch):
    start, started = pool_module._start, []

    def start_and_kill_the_first():
        process = start()
        if not started:
            process.kill()
        started.append(process)
        return process

    monkeypatch.setattr(pool_module, "_start", start_and_kill_the_first)
    with ReaderPool(1) as pool:
        items = list(pool.read([task(PAGES["0.html"], "p.html"), task(PAGES["0.html"], "0.html")]))
    assert codes(items) == ["crashed", "read"]
    assert len(started) == 2


def test_a_pool_that_is_left_early_ends_its_processes():
    with ReaderPool(2) as pool:
        next(pool.read([task(zipped(PAGES), "a.zip"), task(PAGES["0.html"], "0.html")]))
        processes = [one._process for one in pool._processes]
    assert all(one is None or one.poll() is not None for one in processes)
    assert not any(one.thread.is_alive() for one in pool._processes)
