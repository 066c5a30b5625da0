"""`kharita gazetteer`: tables of the user's own, and the gazetteer made from GeoNames' dumps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_gazetteer import small_sources

from dashboard.core.errors import GazetteerError, GazetteerSourceError

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "name,latitude,longitude,name_ar,kind,id,notes\n"


@pytest.fixture(autouse=True)
def small_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the default sources be the small ones."""

    def sources(_data: Path, ident: str) -> object:
        small = small_sources()
        return type(small)(id=ident, places=small.places, demonyms=small.demonyms, words=small.words)

    monkeypatch.setattr("dashboard.gazetteer.sources.default.default_sources", sources)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text(
        HEADER + "Zeltana Clinic,32.5,13.1,عيادة زلطانة,facility,clinic,x\n", encoding="utf-8-sig"
    )
    return path


def test_a_table_of_ones_own_is_kept_listed_and_taken_away(kharita, mine):
    built = kharita("gazetteer", "build", "--places", mine)
    assert built.exit_code == 0, built.output
    assert built.stdout.startswith("mine.csv: 1 place of your own (nothing is read from: notes)\n")
    mine.unlink()
    found = kharita("gazetteer", "lookup", "عيادة زلطانة")
    assert (
        found.stdout == "Zeltana Clinic  عيادة زلطانة  (facility, BLDG, LY)  32.5000, 13.1000  user:clinic\n"
    )
    assert "user 1" in kharita("gazetteer", "info").stdout
    listed = kharita("gazetteer", "places")
    assert listed.stdout == "mine.csv: 1 place\n  Zeltana Clinic  (facility)  32.5000, 13.1000  user:clinic\n"
    assert kharita("gazetteer", "places", "--remove", "mine").exit_code == 0
    assert kharita("gazetteer", "places").stdout.startswith("No places of your own.")
    assert isinstance(kharita("gazetteer", "lookup", "عيادة زلطانة").exception, GazetteerError)


def test_one_place_is_taken_away_by_its_id(kharita, mine):
    mine.write_text(HEADER + "A one,1,2,,,a,\nB two,3,4,,,b,\n")
    kharita("gazetteer", "build", "--places", mine)
    assert kharita("gazetteer", "places", "--remove", "user:a").exit_code == 0
    assert [line.split()[0] for line in kharita("gazetteer", "places").stdout.splitlines()[1:]] == ["B"]


def test_taking_away_what_is_not_there_is_said(kharita):
    result = kharita("gazetteer", "places", "--remove", "other")
    assert isinstance(result.exception, GazetteerError)
    assert "'other'" in str(result.exception)


def test_a_bad_line_of_a_table_stops_the_build(kharita, mine):
    mine.write_text(HEADER + "A one,1,2,,,a,\nB two,3,east,,,b,\n")
    result = kharita("gazetteer", "build", "--places", mine)
    assert isinstance(result.exception, GazetteerSourceError)
    assert str(result.exception) == "mine.csv:3: longitude is not a number: 'east'"
    assert kharita("gazetteer", "places").stdout.startswith("No places of your own.")


def test_two_tables_of_one_name_are_refused(kharita, mine, tmp_path):
    (tmp_path / "other").mkdir()
    other = tmp_path / "other" / "mine.csv"
    other.write_bytes(mine.read_bytes())
    result = kharita("gazetteer", "build", "--places", mine, "--places", other)
    assert isinstance(result.exception, GazetteerError)
    assert "'mine'" in str(result.exception)
