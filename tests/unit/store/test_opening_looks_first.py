"""A database that is none of ours is only looked at; what can't be opened is one sentence."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from made_store import make_articles
from sqlalchemy.exc import OperationalError

from dashboard.core.errors import StoreError
from dashboard.store import open_store
from dashboard.store.opening import _sentence
from dashboard.store.soundness import database_sentence

if TYPE_CHECKING:
    from pathlib import Path

FOREIGN = {
    "other": ["CREATE TABLE films (title)", "INSERT INTO films VALUES ('The Message')"],
    "alike": ["CREATE TABLE articles (price)", "CREATE TABLE meta (name, content)"],
    "unmarked": ["CREATE TABLE meta (key, value)", "CREATE TABLE sources (a)"],
}


@pytest.mark.parametrize("mode", ["delete", "wal"])
@pytest.mark.parametrize("name", FOREIGN)
def test_a_database_of_another_program_stays_byte_for_byte(tmp_path: Path, name: str, mode: str) -> None:
    path = tmp_path / "films #1 100%.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}")
        for statement in FOREIGN[name]:
            connection.execute(statement)
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="of another program"):
        open_store(f"sqlite:///{path.as_posix()}")
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_store_in_use_or_copied_by_its_file_is_opened(tmp_path: Path) -> None:
    path, copy = tmp_path / "a.sqlite", tmp_path / "copy.sqlite"
    with open_store(f"sqlite:///{path}") as store:
        store.add_many(make_articles())
        with open_store(f"sqlite:///{path}") as other:
            assert other.counts().articles == 4
    copy.write_bytes(path.read_bytes())
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    with open_store(f"sqlite:///{copy}") as store:
        assert store.counts().articles == 4


@pytest.mark.parametrize("version", ["abc", -1, 0, 1.5])
def test_a_version_that_there_never_was_is_one_sentence(tmp_path: Path, version: object) -> None:
    path = tmp_path / "a.sqlite"
    open_store(f"sqlite:///{path}").close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", (version,))
        connection.commit()
    with pytest.raises(StoreError, match=r"is damaged: it says that its version is [^\n]+$"):
        open_store(f"sqlite:///{path}")


@pytest.mark.parametrize(("table", "version"), [("legs", None), ("articles", 1)])
def test_a_store_that_lacks_a_table_is_one_sentence(tmp_path: Path, table: str, version: int | None) -> None:
    path = tmp_path / "a.sqlite"
    open_store(f"sqlite:///{path}").close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"DROP TABLE {table}")
        if version:
            connection.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", (version,))
        connection.commit()
    with pytest.raises(StoreError, match=f"has no table '{table}'"):
        open_store(f"sqlite:///{path}")


def test_a_full_disk_is_called_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failed(said: str) -> OperationalError:
        return OperationalError("SELECT 1", {}, sqlite3.OperationalError(said))

    url = f"sqlite:///{tmp_path}/a.sqlite"
    assert "is full. Make room" in _sentence(failed("database or disk is full"), url)
    assert "can't be opened: disk I/O error." in _sentence(failed("disk I/O error"), url)
    monkeypatch.setattr("dashboard.store.opening._LEAST_ROOM", 1 << 62)
    assert "is full. Make room" in _sentence(failed("disk I/O error"), url)
    assert "is full. Make room" in (database_sentence(failed("database or disk is full")) or "")
