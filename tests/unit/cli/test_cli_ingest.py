from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.core.errors import StoreError
from dashboard.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("small_commands")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.md").write_text("---\ntitle: سفينة في طبرق\n---\nوصلت سفينة إلى طبرق.", encoding="utf-8")
    (folder / "two.txt").write_text("Ship in Paris\n\nA ship reached Paris.", encoding="utf-8")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> str:
    return f"sqlite:///{(tmp_path / 'news.sqlite').as_posix()}"


def test_articles_are_added_once(kharita, articles, store):
    first = kharita("ingest", articles, "--store", store)
    assert first.exit_code == 0
    assert first.stdout.startswith("2 articles added, 0 known already, 0 skipped; ")
    second = kharita("ingest", articles, "--store", store)
    assert second.exit_code == 0
    assert second.stdout.startswith("0 articles added, 2 known already, 0 skipped; 0 mentions")
    with open_store(store) as opened:
        assert opened.counts().articles == 2
        assert opened.counts().mentions >= 2


def test_the_store_of_the_environment_is_used(kharita, articles, store, monkeypatch):
    monkeypatch.setenv("KHARITA_STORE", store)
    assert kharita("ingest", articles).exit_code == 0
    with open_store(store) as opened:
        assert opened.counts().articles == 2


def test_what_cannot_be_read_is_told_and_skipped(kharita, articles, store):
    (articles / "three.txt").write_bytes(b"")
    result = kharita("ingest", articles, "--store", store)
    assert result.exit_code == 0
    assert result.stdout.startswith("2 articles added, 0 known already, 1 skipped")
    assert "three.txt" in result.stderr
    assert result.stderr.startswith("skipped ")


def test_nothing_but_failures_is_a_failure(kharita, tmp_path, store):
    (tmp_path / "empty.txt").write_bytes(b"")
    result = kharita("ingest", tmp_path / "empty.txt", tmp_path / "missing.txt", "--store", store)
    assert result.exit_code == 1
    assert "2 skipped" in result.stdout
    assert "missing.txt" in result.stderr


def test_a_store_that_is_none_is_refused(kharita, articles, tmp_path):
    (tmp_path / "notes.sqlite").write_text("no database at all, just some words")
    result = kharita("ingest", articles, "--store", f"sqlite:///{tmp_path / 'notes.sqlite'}")
    assert isinstance(result.exception, StoreError)


def test_paths_are_needed(kharita):
    assert kharita("ingest").exit_code == 2


def test_several_processes_store_the_same(kharita, articles, store, tmp_path):
    for number in range(90):
        (articles / f"{number}.txt").write_text(
            f"Ship {number}\n\nShip {number} reached Paris.", encoding="utf-8"
        )
    other = f"sqlite:///{(tmp_path / 'other.sqlite').as_posix()}"
    for where, jobs in ((store, 1), (other, 2)):
        result = kharita("ingest", articles, "--store", where, "--jobs", jobs)
        assert result.stdout.startswith("92 articles added, 0 known already, 0 skipped; ")
    with open_store(store) as one, open_store(other) as two:
        assert one.counts() == two.counts()
        assert one.counts().mentions >= 92
