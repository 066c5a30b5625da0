"""A disk is full at one write after the other: one sentence says so, and with room again nothing is missing."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from commands import no_traceback
from limited_disks import largest_file, small_disk
from made_news import write_news
from same_rows import rows_of

from dashboard.store import open_store
from dashboard.store.care import check_store

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="disks of POSIX")
KB = 1024
LEAST = 4  # kB: what a command says goes into a file, too
ROOM = 64_000  # kB, for all that is tried


def address(folder: Path, name: str = "store") -> str:
    return f"sqlite:///{(folder / name).as_posix()}.sqlite"


def assert_sound(url: str) -> None:
    with open_store(url) as store:
        check_store(store.engine)


def whole_store(commands, folder: Path) -> tuple[Path, str]:
    """Return news, and a store into which they went with room for all."""
    own = commands(folder)
    news = write_news(own.folder)
    own.run_well("ingest", news, "--store", address(folder), "--jobs", 1)
    return news, address(folder)


def test_an_ingest_onto_a_full_disk(commands, tmp_path, chance, times):
    news, whole = whole_store(commands, tmp_path / "whole")
    needed = sum(file.stat().st_size for file in (tmp_path / "whole").glob("store.sqlite*")) // KB
    own, disk = commands(tmp_path / "own"), tmp_path / "disk"
    told = 0
    for _ in range(times):
        with small_disk(disk, chance.randint(16, needed)) as make_size:
            said = own.run("ingest", news, "--store", address(disk), "--jobs", 1)
            if said.status:
                assert no_traceback(said), said.text
                told += 1
            make_size(ROOM)
            own.run_well("ingest", news, "--store", address(disk), "--jobs", 1)
            assert_sound(address(disk))
            assert rows_of(address(disk)) == rows_of(whole)
    assert told


@pytest.mark.parametrize(
    "words",
    [
        ("reparse", "--all"),
        ("store", "vacuum"),
        ("articles", "edit"),
        ("corrections", "import"),
        ("collections", "new"),
    ],
    ids=" ".join,
)
def test_a_store_whose_disk_is_full(commands, tmp_path, words):
    """What was stored before stays; what did not fit is said."""
    own, disk = commands(tmp_path / "own"), tmp_path / "disk"
    news = write_news(own.folder)
    with small_disk(disk, ROOM) as make_size:
        url = address(disk)
        own = replace(own, environment={"KHARITA_USER_DATA": str(disk)})
        own.run_well("ingest", news, "--store", url, "--jobs", 1)
        before = rows_of(url)
        used = sum(-(-file.stat().st_size // 4096) * 4 for file in disk.iterdir())
        make_size(used)
        said = own.run(*_full_words(words, url, own.folder, before))
        assert said.status == 0 or no_traceback(said), said.text
        make_size(ROOM)
        assert_sound(url)
        if said.status:
            assert rows_of(url) == before


def _full_words(words, url, folder: Path, before) -> list[object]:
    if words[0] == "corrections":
        (folder / "trail.jsonl").write_text("", encoding="utf-8")
        return [*words, folder / "trail.jsonl", "--store", url]
    if words[0] == "articles":
        return [*words, before["articles"][0][0], "--title", "another", "--who", "amal", "--store", url]
    if words[0] == "collections":
        return [*words, "another"]
    return [*words, "--store", url]


WRITERS = {
    "export.csv": ["export", "out.csv"],
    "export.zip": ["export", "out.zip"],
    "export.html": ["export", "out.html"],
    "export.gpkg": ["export", "out.gpkg"],
    "export.parquet": ["export", "out.parquet"],
    "export.png": ["export", "out.png"],
    "corrections": ["corrections", "export", "out.jsonl"],
    "backup": ["store", "backup", "out.sqlite"],
    "restore": ["store", "restore", "copy.sqlite"],
    "copy": ["store", "copy"],
    "build": ["gazetteer", "build"],
    "report": ["ingest", "news", "--report", "out.report.csv"],
    "people": ["people", "add", "head@newsroom.example", "--role", "administer"],
}


@pytest.mark.parametrize("name", WRITERS)
def test_what_finds_no_room_says_so_and_leaves_no_half(commands, tmp_path, chance, times, name):
    """The largest file that may be written is drawn anew each time; this needs no rights of root."""
    own = commands(tmp_path / "own")
    folder = own.folder
    news, url = write_news(folder), address(folder)
    own.run_well("ingest", news, "--store", url, "--jobs", 1)
    own.run_well("store", "backup", folder / "copy.sqlite", "--store", url)
    before = rows_of(url)
    target = address(folder, "target")
    words = [
        folder / one if ("." in one and "@" not in one) or one == "news" else one for one in WRITERS[name]
    ]
    if name == "copy":
        words += [url, target]
    elif name not in {"build", "people"}:
        words += ["--store", url]
    for number in range(times + 1):
        for file in [*folder.glob("out.*"), *folder.glob("target.*")]:
            file.unlink()
        if name == "build":
            shutil.rmtree(folder / "cache" / "gazetteer")
        size = (LEAST if number == 0 else chance.randint(LEAST, 400)) * KB
        said = replace(own, before=largest_file(size)).run(*words)
        assert said.status == 0 or no_traceback(said), said.text
        if said.status:
            assert not list(folder.glob("out.*")), "half a file bears the name of a whole one"
        assert_sound(url)
        assert rows_of(url) == before
        if said.status:
            own.run_well(*words)
