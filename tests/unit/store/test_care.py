from __future__ import annotations

import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from dashboard.core.errors import StoreError
from dashboard.core.models import Article
from dashboard.store import open_store
from dashboard.store.care import back_up, check_store, give_back_room, restore
from dashboard.store.dialect import driver_connection
from dashboard.store.schema import articles
from dashboard.store.search import parse_terms, search_conditions


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    """Keep to SQLite: PostgreSQL has programs of its own for copies."""
    return sqlite_url


def _fill(store, parser, count: int, first: int = 0) -> list[Article]:
    told = [Article(f"t {n}", f"t {n}\n\nسفينة {n} في طبرق") for n in range(first, first + count)]
    store.add_many((article, parser.parse(article.text)) for article in told)
    return told


def _answers(store) -> list[object]:
    """Return what views would ask: articles, mentions, and a search for words."""
    with store.engine.connect() as connection:
        rows = connection.execute(select(articles).order_by(articles.c.key)).all()
        found = search_conditions(connection, articles.c.key, parse_terms("سفينة"))
        searched = connection.scalars(select(articles.c.id).where(*found).order_by(articles.c.key)).all()
    return [rows, [store.resolutions(row.id) for row in rows], searched]


def _path(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def test_a_copy_of_the_file_of_a_closed_store_holds_everything(store_url, hand_parser, tmp_path):
    with open_store(store_url) as other, open_store(store_url) as store:
        assert other.counts().articles == 0  # the dashboard, say, has it open all the while
        _fill(store, hand_parser, 20)
        store.close()
        shutil.copy(_path(store_url), tmp_path / "copy.sqlite")
        assert other.counts().articles == 20
    with open_store(f"sqlite:///{tmp_path / 'copy.sqlite'}") as copy:
        assert copy.counts().articles == 20


def test_a_program_that_ends_closes_its_stores(store_url, tmp_path):
    code = (
        "import sys; from dashboard.store import open_store; from dashboard.core.models import *\n"
        "store = open_store(sys.argv[1])\n"
        "store.add(Article('t', 'words'), Parse('en', (), Focus(), 'p', 'g'))\n"
    )
    with open_store(store_url):  # so that the other is not the last one to let go
        subprocess.run([sys.executable, "-c", code, store_url], check=True)
        shutil.copy(_path(store_url), tmp_path / "copy.sqlite")
    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as copy:
        assert copy.execute("SELECT count(*) FROM articles").fetchone() == (1,)


def test_a_restored_copy_gives_the_same_answers(store, store_url, hand_parser, tmp_path):
    _fill(store, hand_parser, 12)
    before, version = _answers(store), store.data_version()
    size = back_up(store.engine, tmp_path / "copy.sqlite")
    assert size == (tmp_path / "copy.sqlite").stat().st_size
    _fill(store, hand_parser, 3, first=50)
    kept = restore(store_url, tmp_path / "copy.sqlite")
    assert _answers(store) == before  # seen by the store that was open meanwhile
    assert store.data_version() > version + 1
    assert kept is not None
    with open_store(f"sqlite:///{kept}") as old:
        assert old.counts().articles == 15
    check_store(store.engine)


def test_a_copy_can_be_restored_where_nothing_is(store, hand_parser, tmp_path):
    _fill(store, hand_parser, 2)
    back_up(store.engine, tmp_path / "copy.sqlite")
    url = f"sqlite:///{tmp_path / 'new' / 'store.sqlite'}"
    assert restore(url, tmp_path / "copy.sqlite") is None
    with open_store(url) as new:
        assert _answers(new) == _answers(store)


def test_copies_taken_while_another_writes_are_whole(store, store_url, hand_parser, tmp_path):
    done = threading.Event()

    def write() -> None:
        with open_store(store_url) as writer:
            for at in range(12):
                _fill(writer, hand_parser, 5, first=at * 5)
        done.set()

    thread = threading.Thread(target=write)
    thread.start()
    counts = []
    while not done.is_set() or not counts:
        path = tmp_path / f"{len(counts)}.sqlite"
        back_up(store.engine, path)
        with open_store(f"sqlite:///{path}") as copy:
            check_store(copy.engine)
            counts.append(copy.counts().articles)
    thread.join()
    assert counts == sorted(counts)
    assert all(count % 5 == 0 for count in counts)


def test_a_copy_is_one_private_file_and_nothing_is_overwritten_unasked(store, hand_parser, tmp_path):
    folder = tmp_path / "copies"
    folder.mkdir()
    _fill(store, hand_parser, 1)
    back_up(store.engine, folder / "copy.sqlite")
    assert [path.name for path in folder.iterdir()] == ["copy.sqlite"]
    if sys.platform != "win32":
        assert stat.S_IMODE((folder / "copy.sqlite").stat().st_mode) == 0o600
    with pytest.raises(StoreError, match="--force"):
        back_up(store.engine, folder / "copy.sqlite")
    back_up(store.engine, folder / "copy.sqlite", force=True)
    with pytest.raises(StoreError, match="can't be written"):
        back_up(store.engine, folder / "none" / "copy.sqlite")


@pytest.mark.parametrize("content", [b"", b"no database, only words" * 100, None])
def test_what_is_no_copy_is_refused_and_the_store_stays(store, store_url, hand_parser, tmp_path, content):
    _fill(store, hand_parser, 2)
    path = tmp_path / "copy.sqlite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StoreError, match=r"no sound copy|no file"):
        restore(store_url, path)
    assert store.counts().articles == 2
    assert not list(tmp_path.glob("*before*"))


def test_a_copy_of_a_newer_version_is_refused(store, store_url, tmp_path):
    back_up(store.engine, tmp_path / "copy.sqlite")
    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as copy:
        copy.execute("UPDATE meta SET value = 99 WHERE key = 'schema_version'")
        copy.commit()
    with pytest.raises(StoreError, match="version 99"):
        restore(store_url, tmp_path / "copy.sqlite")


def test_a_damaged_store_is_put_aside_and_restored(store_url, hand_parser, tmp_path):
    with open_store(store_url) as store:
        _fill(store, hand_parser, 30)
        back_up(store.engine, tmp_path / "copy.sqlite")
    path = _path(store_url)
    data = bytearray(path.read_bytes())
    data[4096 : len(data) // 2] = b"\xa5" * (len(data) // 2 - 4096)
    path.write_bytes(data)
    kept = restore(store_url, tmp_path / "copy.sqlite")
    assert kept is not None
    assert kept.read_bytes() == data
    with open_store(store_url) as store:
        check_store(store.engine)
        assert store.counts().articles == 30


def test_a_damaged_index_of_words_is_found_and_built_anew(store, hand_parser):
    _fill(store, hand_parser, 5)
    with driver_connection(store.engine) as connection:
        connection.execute("INSERT INTO articles_search(articles_search) VALUES ('delete-all')")
    with pytest.raises(StoreError, match="kharita store vacuum"):
        check_store(store.engine)
    give_back_room(store.engine)
    check_store(store.engine)
    assert len(_answers(store)[2]) == 5


def test_room_is_given_back(store, store_url, hand_parser):
    _fill(store, hand_parser, 400)
    store.close()
    before = _path(store_url).stat().st_size
    with driver_connection(store.engine) as connection:
        connection.execute("DELETE FROM articles WHERE key > 5")
    give_back_room(store.engine)
    assert _path(store_url).stat().st_size < before / 2
    assert len(_answers(store)[0]) == 5
