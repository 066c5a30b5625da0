from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import inspect, update

from dashboard.core.errors import StoreError
from dashboard.core.models import Article
from dashboard.store import open_store
from dashboard.store.corrections import list_corrections
from dashboard.store.dialect import writing
from dashboard.store.schema import SCHEMA_VERSION, meta

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "no address of a store"),
        ("not a url", "no address of a store"),
        ("/home/me/kharita.sqlite", "no address of a store"),
        ("mysql://localhost/x", "not in 'mysql'"),
        ("nosuch+thing://x", "not in 'nosuch'"),
        ("sqlite://", "would be lost"),
        ("sqlite:///:memory:", "would be lost"),
    ],
)
def test_bad_url_is_one_clear_sentence(url, message):
    with pytest.raises(StoreError, match=message):
        open_store(url)


def test_password_is_not_shown():
    with pytest.raises(StoreError) as caught:
        open_store("postgresql+nosuchdriver://me:secret@localhost/x")
    assert "secret" not in str(caught.value)


def test_folder_is_made(tmp_path: Path):
    with open_store(f"sqlite:///{tmp_path}/a/b/store.sqlite") as store:
        assert store.counts().articles == 0


def test_folder_below_a_file_is_refused(tmp_path: Path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="can't be made"):
        open_store(f"sqlite:///{tmp_path}/file/store.sqlite")


def test_folder_in_place_of_a_file_is_refused(tmp_path: Path):
    with pytest.raises(StoreError, match="can't be written"):
        open_store(f"sqlite:///{tmp_path}")


def test_other_file_is_refused_and_kept(tmp_path: Path):
    path = tmp_path / "notes.txt"
    path.write_text("These are notes, and no database at all. " * 50)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not a database"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == before


@pytest.mark.parametrize("table", ["birds", "articles"])
def test_database_of_another_program_is_refused(tmp_path: Path, table):
    path = tmp_path / "birds.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"CREATE TABLE {table} (name)")
    with pytest.raises(StoreError, match="another program"):
        open_store(f"sqlite:///{path}")


def test_other_version_is_refused(store, store_url):
    with writing(store.engine).begin() as connection:
        connection.execute(update(meta).where(meta.c.key == "schema_version").values(value=99))
    with pytest.raises(StoreError, match="version 99"):
        open_store(store_url)


def test_many_may_create_one_store_at_once(store_url):
    def create(_: int) -> int:
        with open_store(store_url) as store:
            return store.counts().articles

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(create, range(8))) == [0] * 8


def test_a_store_of_an_older_version_gains_what_is_new_and_keeps_what_it_holds(tmp_path: Path):
    path = tmp_path / "store.sqlite"
    url = f"sqlite:///{path}"
    open_store(url).close()
    with closing(sqlite3.connect(path)) as database:
        database.execute("DROP INDEX places_by_kind")
        database.execute("DROP TABLE parses")
        database.execute("ALTER TABLE articles DROP COLUMN path")
        database.execute("UPDATE meta SET value = 1 WHERE key = 'schema_version'")
        database.execute("INSERT INTO sources VALUES (1, 'Reuters')")
        database.commit()
    open_store(url).close()
    with closing(sqlite3.connect(path)) as database:
        names = {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
        assert {"parses", "places_by_kind"} <= names
        assert database.execute("SELECT path FROM articles").fetchall() == []
        assert database.execute("SELECT id FROM sources").fetchall() == [("Reuters",)]
        found = database.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
        assert found == (SCHEMA_VERSION,)


def test_names_of_an_older_store_are_folded_for_corrections(tmp_path: Path, hand_parser):
    path = tmp_path / "store.sqlite"
    url = f"sqlite:///{path}"
    with open_store(url) as store:
        store.add(Article("a", "Paris, طبرق"), hand_parser.parse("Paris, طبرق"))
    new = ("folded", "correction", "by_hand", "parsed_place_key", "parsed_confidence", "parsed_abstention")
    with closing(sqlite3.connect(path)) as database:
        for index in ("mentions_by_name", "mentions_by_correction"):
            database.execute(f"DROP INDEX {index}")
        for column in new:
            database.execute(f"ALTER TABLE mentions DROP COLUMN {column}")
        database.execute("DROP TABLE corrections")
        database.execute("UPDATE meta SET value = 1 WHERE key = 'schema_version'")
        database.commit()
    with open_store(url) as store:
        assert list_corrections(store) == []
        assert len(store.resolutions(store.parsed_by_others("", "")[0])) == 2
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT surface, folded, by_hand, correction FROM mentions").fetchall()
        assert rows == [("Paris", "paris", 0, None), ("طبرق", "طبرق", 0, None)]


def _indexes(store) -> dict[str, str]:
    with store.engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
        )
        return {name: definition.partition(" USING ")[2] for name, definition in found}


def test_an_older_store_on_postgresql_gets_the_indexes_of_a_new_one(postgres_url):
    with open_store(postgres_url) as store:
        new = _indexes(store)
        with writing(store.engine).begin() as connection:
            for statement in (
                "DROP INDEX mentions_by_name",
                "DROP INDEX mentions_by_place",
                "DROP INDEX articles_by_newest",
                "CREATE INDEX mentions_by_name ON mentions (folded, place_key)",
                "ALTER TABLE article_places DROP CONSTRAINT article_places_pkey",
                "ALTER TABLE article_places ADD PRIMARY KEY (place_key, source_key, article_key)",
                "UPDATE meta SET value = 11 WHERE key = 'schema_version'",
            ):
                connection.exec_driver_sql(statement)
    with open_store(postgres_url) as store:
        assert _indexes(store) == new
    assert new["articles_by_newest"] == "btree (published DESC NULLS LAST, key DESC)"
    assert new["mentions_by_name"].endswith("INCLUDE (id)")
    assert "INCLUDE (confidence, " in new["article_places_pkey"]


def test_on_postgresql_queries_are_not_compiled(postgres_url):
    with open_store(postgres_url) as store, store.engine.connect() as connection:
        for setting in ("jit", "enable_memoize"):
            assert connection.exec_driver_sql(f"SHOW {setting}").scalar() == "off"


def test_what_only_postgresql_needs_is_not_made_in_sqlite(sqlite_url):
    for version in (SCHEMA_VERSION, 11):
        with open_store(sqlite_url) as store, writing(store.engine).begin() as connection:
            names = {index["name"] for index in inspect(connection).get_indexes("mentions")}
            assert "mentions_by_name" in names
            assert "mentions_by_place" not in names
            articles = {index["name"] for index in inspect(connection).get_indexes("articles")}
            assert "articles_by_newest" not in articles
            connection.execute(update(meta).where(meta.c.key == "schema_version").values(value=version - 1))
