from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dashboard.core.errors import GazetteerError, GazetteerSourceError
from dashboard.core.models import Kind
from dashboard.core.settings import Settings
from dashboard.gazetteer.sources.user import unused_columns
from dashboard.gazetteer.user_places import (
    ADDED,
    UserPlace,
    add_place,
    import_table,
    remove_place,
    remove_table,
    tables_digest,
    user_places,
    user_tables,
)

if TYPE_CHECKING:
    from pathlib import Path

POST = UserPlace(
    name="Wadi Post",
    latitude=27.5,
    longitude=14.25,
    name_ar="نقطة الوادي",
    other_names=("Post of the Wadi", "نقطة وادي"),
    kind=Kind.FACILITY,
    country="LY",
    radius_km=1.5,
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(cache=tmp_path / "cache", user_data=tmp_path / "data")


def table(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def test_what_was_added_is_there_as_given(settings: Settings) -> None:
    assert user_places(settings) == []
    assert tables_digest(settings) == ""
    ident = add_place(settings, POST)
    assert ident.startswith("user:")
    assert user_places(settings) == [replace(POST, id=ident)]
    assert tables_digest(settings) != ""


def test_a_place_added_again_replaces_the_first(settings: Settings) -> None:
    ident = add_place(settings, POST)
    assert add_place(settings, replace(POST, population=7)) == ident
    assert add_place(settings, replace(POST, id=ident, latitude=27.6)) == ident
    assert user_places(settings) == [replace(POST, id=ident, latitude=27.6)]


def test_a_place_is_taken_away_by_its_id(settings: Settings) -> None:
    first, second = add_place(settings, POST), add_place(settings, replace(POST, name="Other Post"))
    assert remove_place(settings, first)
    assert [place.id for place in user_places(settings)] == [second]
    assert not remove_place(settings, first)
    assert remove_place(settings, second)
    assert user_tables(settings) == {}


def test_places_added_at_once_are_all_kept(settings: Settings) -> None:
    names = [f"Post number {number}" for number in range(12)]
    threads = [
        threading.Thread(target=add_place, args=(settings, replace(POST, name=name))) for name in names
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(place.name for place in user_places(settings)) == sorted(names)
    left = {path.name for path in (settings.user_data / "places").iterdir()}
    assert left == {ADDED, ".lock"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": " "}, "must have a name"),
        ({"name": "Two\nlines"}, "one line"),
        ({"other_names": ("a|b",)}, "sign |"),
        ({"latitude": 91.0}, "latitude of 'Wadi Post' must lie between -90 and 90: 91.0"),
        ({"longitude": float("nan")}, "longitude"),
        ({"country": "ZZ"}, "No country has the code 'ZZ'"),
        ({"kind": Kind.COUNTRY}, "must be one of region"),
        ({"id": "geonames:1"}, "must be user:"),
        ({"population": -1}, "population"),
    ],
)
def test_senseless_values_are_refused(settings: Settings, change: dict[str, object], said: str) -> None:
    with pytest.raises(GazetteerSourceError) as caught:
        add_place(settings, replace(POST, **change))  # type: ignore[arg-type]
    assert said in str(caught.value)
    assert user_places(settings) == []


def test_a_table_is_copied_and_read(settings: Settings, tmp_path: Path) -> None:
    path = table(
        tmp_path / "mine.csv",
        "name,latitude,longitude,name_ar,other_names,kind,country,id,population,notes",
        'Camp One,32.5,13.5,مخيم واحد,"C1| First Camp |",Camp,ly,c1,1200,seen',
        "Nowhere,-1,-2,,,,,,,",
        encoding="utf-8-sig",
    )
    assert unused_columns(path) == ["notes"]
    places = import_table(settings, path)
    path.unlink()
    assert user_places(settings) == places
    camp, nowhere = places
    assert camp == UserPlace(
        name="Camp One",
        latitude=32.5,
        longitude=13.5,
        name_ar="مخيم واحد",
        other_names=("C1", "First Camp"),
        kind=Kind.CAMP,
        country="LY",
        id="user:c1",
        population=1200,
    )
    assert nowhere.kind is Kind.CITY
    assert nowhere.id.startswith("user:")


@pytest.mark.parametrize("sign", [";", "\t"])
def test_spreadsheets_separate_otherwise_too(settings: Settings, tmp_path: Path, sign: str) -> None:
    lines = [line.replace(",", sign) for line in ("name,latitude,longitude", "Here,1,2")]
    assert [place.name for place in import_table(settings, table(tmp_path / "a.csv", *lines))] == ["Here"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["name,latitude", "x,1"], "bad.csv:1: no column longitude"),
        (["name,latitude,longitude", "x,1,2", "y,north,2"], "bad.csv:3: latitude is not a number: 'north'"),
        (["name,latitude,longitude", "x,1,200"], "bad.csv:2: longitude must lie between -180 and 180"),
        (["name,latitude,longitude", ",1,2"], "bad.csv:2: name is empty"),
        (["name,latitude,longitude", "x,1"], "bad.csv:2: 2 cells instead of 3"),
        (["name,latitude,longitude,kind", "x,1,2,town"], "bad.csv:2: kind must be one of region"),
        (["name,latitude,longitude,country", "x,1,2,ZZ"], "bad.csv:2: No country has the code 'ZZ'"),
        (["name,latitude,longitude,id", "x,1,2,a", "y,3,4,a"], "bad.csv:3: id 'user:a' stands at bad.csv:2"),
        ([""], "bad.csv:1: the first line must name the columns"),
    ],
)
def test_a_bad_line_is_named(settings: Settings, tmp_path: Path, lines: list[str], said: str) -> None:
    with pytest.raises(GazetteerSourceError) as caught:
        import_table(settings, table(tmp_path / "bad.csv", *lines))
    assert said in str(caught.value)
    assert user_tables(settings) == {}


def test_other_encodings_and_missing_files_are_named(settings: Settings, tmp_path: Path) -> None:
    path = table(tmp_path / "old.csv", "name,latitude,longitude,سبب", "طرابلس,1,2", encoding="cp1256")
    with pytest.raises(GazetteerSourceError, match=r"old\.csv: not UTF-8"):
        import_table(settings, path)
    with pytest.raises(GazetteerSourceError, match=r"missing\.csv' can't be read: No such file"):
        import_table(settings, tmp_path / "missing.csv")


def test_the_same_id_in_two_tables_is_refused(settings: Settings, tmp_path: Path) -> None:
    lines = ("name,latitude,longitude,id", "x,1,2,a")
    import_table(settings, table(tmp_path / "one.csv", *lines))
    with pytest.raises(GazetteerSourceError, match=r"the id 'user:a' stands in one\.csv too"):
        import_table(settings, table(tmp_path / "two.csv", *lines))
    with pytest.raises(GazetteerSourceError, match=r"one\.csv has a place of the id 'user:a'"):
        add_place(settings, replace(POST, id="user:a"))
    assert len(import_table(settings, tmp_path / "one.csv")) == 1  # again: it takes its own place


def test_the_same_place_in_two_tables_counts_once(settings: Settings, tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv"):
        import_table(settings, table(tmp_path / name, "name,latitude,longitude", "x,1,2"))
    assert [place.name for place in user_places(settings)] == ["x"]


def test_tables_are_taken_away_by_name(settings: Settings, tmp_path: Path) -> None:
    import_table(settings, table(tmp_path / "one.csv", "name,latitude,longitude", "x,1,2", "y,3,4"))
    ident = user_places(settings)[0].id
    assert remove_place(settings, ident)
    assert [place.name for place in user_places(settings)] == ["y"]
    assert not remove_table(settings, "two")
    assert remove_table(settings, "one")
    assert user_places(settings) == []


def test_the_name_of_the_own_table_is_refused(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(GazetteerSourceError, match=r"Give .* another name"):
        import_table(settings, table(tmp_path / ADDED, "name,latitude,longitude", "x,1,2"))


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(GazetteerError, match="KHARITA_USER_DATA"):
        add_place(Settings(user_data=tmp_path / "data"), POST)
