"""Commands are killed at random moments: the store stays sound, and doing it again loses and doubles nothing."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from made_news import write_news
from same_rows import rows_of
from sqlalchemy import text

from dashboard.gazetteer.container import verify_container
from dashboard.store import open_store
from dashboard.store.care import check_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from commands import Commands
    from postgres_server import PostgresServer

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
MOST_DEATHS = 3  # of one work, before it may go to its end


@dataclass
class Work:
    """A command that changes something.

    Attributes
    ----------
    words
        The command.
    again
        How many times the work is killed in a hundred of the times asked for.
    may_refuse
        What the command may say when it is called again after all was done.
    """

    words: list[object]
    look: Callable[[], Any]
    sound: Callable[[], None]
    may_refuse: str = ""
    share: float = 0.2
    kept: list[Path] = field(default_factory=list)


def address(folder: Path, name: str = "store") -> str:
    return f"sqlite:///{(folder / name).as_posix()}.sqlite"


def check(url: str) -> Callable[[], None]:
    """Return what looks whether a store is sound, and each of its articles whole."""

    def look() -> None:
        with open_store(url) as store:
            check_store(store.engine)
            with store.engine.connect() as connection:
                for table in ("parses", "article_lines", "leg_parses"):
                    whole = f"SELECT key FROM articles EXCEPT SELECT article_key FROM {table}"  # noqa: S608 - ours
                    assert connection.execute(text(whole)).all() == [], table

    return look


def ingesting(commands: Commands, url: str) -> Work:
    return Work(
        ["ingest", write_news(commands.folder), "--store", url, "--jobs", 1],
        lambda: rows_of(url),
        check(url),
        share=1.0,
    )


def ingesting_by_two(commands: Commands, url: str) -> Work:
    work = ingesting(commands, url)
    return Work([*work.words[:-1], 2], work.look, work.sound, share=0.1)


def filled(commands: Commands, url: str) -> None:
    commands.run_well("ingest", write_news(commands.folder), "--store", url, "--jobs", 1)


def reparsing(commands: Commands, url: str) -> Work:
    """Everything was read by another parser, and found otherwise."""
    filled(commands, url)
    with open_store(url) as store, store.transaction() as connection:
        connection.execute(text("UPDATE parses SET parser_id = 'older'"))
        connection.execute(text("UPDATE mentions SET confidence = 0.1"))
        connection.execute(text("UPDATE legs SET confidence = 0.1, actor_name = 'x'"))
    return Work(["reparse", "--store", url], lambda: rows_of(url), check(url))


def upgrading(commands: Commands, url: str) -> Work:
    """The store is of a version that knew neither stories as they are now nor what recurs."""
    filled(commands, url)
    with open_store(url) as store, store.transaction() as connection:
        for statement in (
            "DROP TABLE article_lines",
            "DROP TABLE feeds",
            "DROP INDEX articles_by_content",
            "ALTER TABLE articles DROP COLUMN content",
            "UPDATE articles SET story = NULL",
            "DELETE FROM story_anchors",
            "UPDATE meta SET value = 5 WHERE key = 'schema_version'",
        ):
            connection.execute(text(statement))
    return Work(["store", "check", "--store", url], lambda: rows_of(url), check(url))


def restoring(commands: Commands, url: str) -> Work:
    """What is put back holds less than the store."""
    copy = commands.folder / "copy.sqlite"
    commands.run_well("ingest", write_news(commands.folder / "few", 20), "--store", url)
    commands.run_well("store", "backup", copy, "--store", url)
    commands.run_well("ingest", write_news(commands.folder, 60), "--store", url)
    whole = rows_of(url)
    folder = commands.folder

    def sound() -> None:
        check(url)()
        # Whatever is kept of the store before is all of it: nobody can tell a beginning from a copy.
        for kept in folder.glob("store.before-*.sqlite"):
            assert rows_of(f"sqlite:///{kept}") in (whole, rows_of(f"sqlite:///{copy}"))

    return Work(["store", "restore", copy, "--store", url], lambda: rows_of(url), sound)


def backing_up(commands: Commands, url: str) -> Work:
    copy = commands.folder / "copy.sqlite"
    filled(commands, url)

    def sound() -> None:
        check(url)()
        if copy.exists():
            check(f"sqlite:///{copy}")()

    return Work(
        ["store", "backup", copy, "--force", "--store", url], lambda: rows_of(f"sqlite:///{copy}"), sound
    )


def copying(commands: Commands, url: str) -> Work:
    """From SQLite into a database of the kind that is tried."""
    filled(commands, address(commands.folder, "source"))
    return Work(
        ["store", "copy", address(commands.folder, "source"), url],
        lambda: rows_of(url),
        check(url),
        may_refuse="holds articles already",
    )


def exporting(ending: str) -> Callable[[Commands, str], Work]:
    def make(commands: Commands, url: str) -> Work:
        filled(commands, url)
        file = commands.folder / f"out{ending}"
        whole: list[bytes] = []

        def look() -> bytes:
            whole.append(file.read_bytes())
            return b"" if ending == ".zip" else whole[-1]  # a pack says when it was made

        def sound() -> None:
            assert not file.exists() or ending == ".zip" or file.read_bytes() in whole
            if file.exists() and ending == ".zip":
                commands.run_well("verify", file)

        return Work(["export", file, "--store", url, "--force"], look, sound)

    return make


def building(commands: Commands, url: str) -> Work:
    del url
    folder = commands.folder / "cache" / "gazetteer"
    (made,) = folder.glob("*.kgz")
    name = made.name
    shutil.rmtree(folder)

    def look() -> tuple[bytes, list[str]]:
        left = sorted(path.name for path in folder.iterdir() if path.suffix != ".lock")
        return (folder / name).read_bytes(), left

    def sound() -> None:
        if (folder / name).exists():
            verify_container(folder / name)

    return Work(["gazetteer", "build"], look, sound)


WORKS = {
    "ingest": ingesting,
    "ingest-by-two": ingesting_by_two,
    "reparse": reparsing,
    "upgrade": upgrading,
    "copy": copying,
}
ONE_DATABASE = {
    "restore": restoring,
    "backup": backing_up,
    "csv": exporting(".csv"),
    "zip": exporting(".zip"),
    "build": building,
}


def kill_again_and_again(
    work: Work, commands: Commands, fresh: Callable[[], None], chance: Random, times: int
) -> int:
    """Kill a work as many times, from the start of it; return how many times it was."""
    began = time.monotonic()
    commands.run_well(*work.words)
    takes_s = time.monotonic() - began
    expected = work.look()
    deaths = tried = 0
    while deaths < times:
        fresh()
        tried += 1
        assert tried < 5 * times + 10, "it is hardly ever killed"
        for _ in range(chance.randint(1, MOST_DEATHS)):
            if not commands.kill(chance.uniform(0, takes_s), *work.words):
                break
            deaths += 1
            work.sound()
        began = time.monotonic()
        said = commands.run(*work.words)
        takes_s = min(takes_s, time.monotonic() - began)  # the first time a program may have to be compiled
        assert said.status == 0 or (work.may_refuse and work.may_refuse in said.text), said.text
        assert work.look() == expected
        work.sound()
    return deaths


def times_of(work: Work, times: int) -> int:
    return max(1, round(work.share * times))


@pytest.mark.parametrize("name", WORKS | ONE_DATABASE)
def test_killed_on_sqlite(commands, tmp_path, chance, times, name):
    folder = tmp_path / "now"
    own = commands(folder)
    work = (WORKS | ONE_DATABASE)[name](own, address(folder))
    for file in folder.glob("*.sqlite"):
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = tmp_path / "kept"
    shutil.copytree(folder, kept)

    def fresh() -> None:
        shutil.rmtree(folder)
        shutil.copytree(kept, folder)

    deaths = kill_again_and_again(work, own, fresh, chance, times_of(work, times))
    print(f"{name}: killed {deaths} times")  # noqa: T201 - a count for who runs it with -s


@pytest.mark.parametrize("name", [name for name in WORKS if name != "ingest-by-two"])
def test_killed_on_postgresql(  # noqa: PLR0913, PLR0917 - fixtures
    commands, tmp_path, chance, times, name, postgres: PostgresServer
):
    url = postgres.new_database()
    own = commands(tmp_path)
    work = WORKS[name](own, url)
    kept = postgres.copy_database(url)

    def fresh() -> None:
        postgres.drop(url)
        postgres.copy_database(kept, url)

    deaths = kill_again_and_again(work, own, fresh, chance, max(1, times_of(work, times) // 4))
    postgres.drop(url)
    postgres.drop(kept)
    print(f"{name}: killed {deaths} times")  # noqa: T201 - a count for who runs it with -s
