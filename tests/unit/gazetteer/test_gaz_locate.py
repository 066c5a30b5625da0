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
from dashboard.gazetteer.locate import full_index_path, index_id, index_in_force, index_path
from dashboard.gazetteer.user_places import UserPlace, add_place, import_table, remove_place, remove_table

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(cache=tmp_path / "cache", user_data=tmp_path / "tables")


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


def test_the_users_places_are_in_every_index(settings: Settings, small_default: list[str]) -> None:
    plain = ensure_index(settings)
    place = UserPlace("Qasr Test", 30.1, 15.2, name_ar="قصر التجربة", country="LY")
    ident = add_place(settings, place)
    found = ensure_index(settings)
    assert found.place(found.row(ident)).name == "Qasr Test"
    assert [found.place(hit.row).id for hit in found.lookup("قصر التجربة")] == [ident]
    assert found.path == index_in_force(settings)
    assert found.id == found.path.stem != plain.id
    assert ensure_index(settings).path == found.path
    assert remove_place(settings, ident)
    again = ensure_index(settings)
    assert again.path == plain.path
    assert again.row(ident) is None
    assert len(small_default) == 1  # the base was made once; adding and removing makes no build


def test_a_broken_table_of_the_user_is_named_and_can_be_taken_away(
    settings: Settings, small_default: list[str], tmp_path: Path
) -> None:
    (tmp_path / "mine.csv").write_text("name,latitude,longitude\nHere,1,2\n")
    import_table(settings, tmp_path / "mine.csv")
    (settings.user_data / "places" / "mine.csv").write_text("name,latitude,longitude\nHere,1,x\n")
    with pytest.raises(GazetteerSourceError, match=r"mine\.csv:2: longitude is not a number: 'x'.* --remove"):
        ensure_index(settings)
    assert remove_table(settings, "mine.csv")
    assert ensure_index(settings).id == small_default[0]


def test_a_gazetteer_from_dumps_is_the_one_in_force(
    settings: Settings, small_gazetteer_path: Path, small_default: list[str]
) -> None:
    full = full_index_path(settings)
    full.parent.mkdir(parents=True)
    full.write_bytes(small_gazetteer_path.read_bytes())
    assert ensure_index(settings).path == index_in_force(settings) == full
    ident = add_place(settings, UserPlace("Qasr Test", 30.1, 15.2))
    extended = ensure_index(settings)
    assert extended.row(ident) is not None
    assert extended.path.parent == settings.cache / "gazetteer"
    full.unlink()
    assert ensure_index(settings).row(ident) is not None
    assert len(small_default) == 1
    full.write_bytes(b"half of it")
    with pytest.raises(GazetteerIndexError, match="Build it"):
        ensure_index(settings)


def test_a_wrong_table_stops_the_build(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "tables" / "gazetteer" / "curated").mkdir(parents=True)
    (tmp_path / "tables" / "gazetteer" / "curated" / "x.csv").write_text("id\nkh:a\n")
    with pytest.raises(GazetteerSourceError, match=r"x\.csv:1: no column feature_code"):
        ensure_index(settings, data=tmp_path / "tables")
    assert not list((settings.cache / "gazetteer").glob("*.kgz"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the folder must refuse")
def test_a_folder_that_refuses_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(GazetteerIndexError, match="KHARITA_CACHE"):
            ensure_index(Settings(cache=tmp_path / "cache", user_data=tmp_path / "data"))
    finally:
        tmp_path.chmod(0o700)


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(GazetteerIndexError, match="KHARITA_CACHE"):
        ensure_index(Settings(cache=tmp_path / "cache", user_data=tmp_path / "data"))


def test_opening_an_index_loads_no_sources(small_gazetteer_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from dashboard.gazetteer import Gazetteer; "
        f"Gazetteer.open(Path({str(small_gazetteer_path)!r})).lookup('Tripoli'); "
        "print([name for name in ('wordfreq', 'babel', 'shapely', 'geopy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
