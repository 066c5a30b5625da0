"""What stands around a command fails: PostgreSQL is started again, workers lack the gazetteer, a home is read only."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from commands import no_traceback
from limited_disks import read_only
from made_news import write_news
from postgres_server import running_postgres
from same_rows import rows_of

from dashboard.core.errors import WorkerError
from dashboard.core.models import Article
from dashboard.gazetteer import Gazetteer
from dashboard.geoparse import Geoparser
from dashboard.geoparse.pool import ParserPool
from dashboard.ingest.reading import PooledReader
from dashboard.store import open_store
from dashboard.store.care import check_store

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
WRITERS = 3


def test_postgresql_is_started_again_under_writers(commands, tmp_path, chance, times, postgres):
    """Each says in one sentence that it lost the server; the same commands go on from there."""
    del postgres  # skips where there is none
    alone = commands(tmp_path / "alone")
    news = write_news(tmp_path)
    whole = f"sqlite:///{tmp_path / 'whole.sqlite'}"
    alone.run_well("ingest", news, "--store", whole, "--jobs", 1)
    with running_postgres() as server:
        for number in range(times):
            url = server.new_database()
            own = [commands(tmp_path / f"{number}-{one}") for one in range(WRITERS)]
            begun = [one.start("ingest", news, "--store", url, "--jobs", 1) for one in own]
            begun[0][0].join(chance.uniform(0.2, 3))
            server.restart(hard=number % 2 == 1)
            for process, said in begun:
                process.join(120)
                text = said.read_text(encoding="utf-8")
                assert "Traceback" not in text
                assert process.exitcode == 0 or (process.exitcode == 1 and "kharita: " in text), text
            own[0].run_well("ingest", news, "--store", url, "--jobs", 1)
            with open_store(url) as store:
                check_store(store.engine)
            assert texts(url) == texts(whole)
            server.drop(url)


def texts(url: str) -> list[object]:
    """Return what does not depend on which of several writers was first."""
    found = rows_of(url)
    return [found["articles"], found["mentions"], found["legs"], found["parses"]]


def test_workers_that_find_no_gazetteer_are_an_error_of_one_sentence(
    built_gazetteer: Path, hand_weights: Path, tmp_path: Path
):
    file = tmp_path / built_gazetteer.name
    shutil.copy(built_gazetteer, file)
    parser = Geoparser(Gazetteer.open(file), hand_weights)
    file.unlink()  # somebody builds another while workers start
    with ParserPool(parser, 1) as pool, pytest.raises(WorkerError, match="kharita doctor"):
        list(PooledReader(pool).read_many([Article("t", "Tobruk")]))


EMPTY_HOME = (
    ["ingest", "news"],
    ["gazetteer", "build"],
    ["run", "--no-browser"],
    ["collections", "new", "another"],
    ["people", "add", "head@newsroom.example", "--role", "read"],
    ["watch", "--once"],
)
FILLED_HOME = (
    ["ingest", "news"],
    ["export", "out.csv"],
    ["reparse"],
    ["store", "vacuum"],
    ["corrections", "list"],
)


@pytest.mark.parametrize(
    ("words", "filled"),
    [(words, False) for words in EMPTY_HOME] + [(words, True) for words in FILLED_HOME],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "filled" if value else "empty",
)
def test_a_home_that_is_read_only_is_an_error_of_one_sentence(commands, tmp_path, words, filled):
    own = commands(tmp_path)
    home = tmp_path / "home"
    home.mkdir()
    write_news(tmp_path)
    environment = {
        "HOME": str(home),
        "KHARITA_USER_DATA": str(home / "data"),
        "KHARITA_CACHE": str(home / "cache"),
    }
    own = replace(own, environment=environment)
    if filled:
        shutil.copytree(tmp_path / "cache", home / "cache")
        own.run_well("ingest", tmp_path / "news", "--jobs", 1)
    words = [tmp_path / one if one in {"news", "out.csv"} else one for one in words]
    with read_only(home):
        said = own.run(*words)
    assert no_traceback(said), said.text


def test_the_doctor_looks_at_a_home_that_is_read_only(commands, tmp_path):
    own = commands(tmp_path)
    home = tmp_path / "home"
    home.mkdir()
    own = replace(
        own, environment={"HOME": str(home), "KHARITA_USER_DATA": str(home), "KHARITA_CACHE": str(home)}
    )
    with read_only(home):
        said = own.run("doctor")
    assert said.status == 1
    assert said.text.count("NOT SOUND") == 2
    assert "Traceback" not in said.text
