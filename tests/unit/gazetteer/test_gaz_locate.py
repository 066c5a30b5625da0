from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from small_gazetteer import small_sources

from dashboard.core.errors import GazetteerIndexError, GazetteerSourceError
from dashboard.core.settings import Settings
from dashboard.gazetteer import ensure_index
from dashboard.gazetteer.locate import index_id, index_path

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(cache=tmp_path / "cache")


@pytest.fixture
def small_default(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the default sources be the small ones; return the ids that were asked for."""
    asked: list[str] = []

    def sources(_data: Path, ident: str) -> object:
        asked.append(ident)
        small = small_sources()
        return type(small)(id=ident, places=small.places, demonyms=small.demonyms, words=small.words)

    monkeypatch.setattr("dashboard.gazetteer.sources.default.default_sources", sources)
    return asked


def test_the_index_is_built_once(settings: Settings, small_default: list[str]) -> None:
    first, second = ensure_index(settings), ensure_index(settings)
    assert small_default == [first.id]
    assert second.id == first.id == index_id()
    assert first.path == index_path(settings, first.id)


def test_older_indexes_are_taken_away(settings: Settings, small_default: list[str]) -> None:
    folder = settings.cache / "gazetteer"
    folder.mkdir(parents=True)
    (folder / "gaz-000000000000.kgz").write_bytes(b"old")
    (folder / "notes.txt").write_text("mine")
    path = ensure_index(settings).path
    assert small_default
    assert sorted(file.name for file in folder.iterdir()) == ["build.lock", path.name, "notes.txt"]


def test_the_id_follows_the_tables(tmp_path: Path) -> None:
    empty = index_id(tmp_path)
    (tmp_path / "gazetteer" / "curated").mkdir(parents=True)
    (tmp_path / "gazetteer" / "curated" / "x.csv").write_text("id\n")
    filled = index_id(tmp_path)
    (tmp_path / "gazetteer" / "notes.md").write_text("not a table")
    assert empty != filled == index_id(tmp_path)


def test_a_wrong_table_stops_the_build(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "data" / "gazetteer" / "curated").mkdir(parents=True)
    (tmp_path / "data" / "gazetteer" / "curated" / "x.csv").write_text("id\nkh:a\n")
    with pytest.raises(GazetteerSourceError, match=r"x\.csv:1: no column feature_code"):
        ensure_index(settings, data=tmp_path / "data")
    assert not list((settings.cache / "gazetteer").glob("*.kgz"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the folder must refuse")
def test_a_folder_that_refuses_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(GazetteerIndexError, match="KHARITA_CACHE"):
            ensure_index(Settings(cache=tmp_path / "cache"))
    finally:
        tmp_path.chmod(0o700)


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(GazetteerIndexError, match="KHARITA_CACHE"):
        ensure_index(Settings(cache=tmp_path / "cache"))


def test_opening_an_index_loads_no_sources(small_gazetteer_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from dashboard.gazetteer import Gazetteer; "
        f"Gazetteer.open(Path({str(small_gazetteer_path)!r})).lookup('Tripoli'); "
        "print([name for name in ('wordfreq', 'babel', 'shapely', 'geopy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
