"""GDELT's places beside ours: paired by name and nearness, read from its records, told by command."""

from __future__ import annotations

import csv

import pytest
from format_samples import zipped
from hypothesis import given
from hypothesis import strategies as st
from made_store import PLACES, make_articles
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.core.errors import ArticleFormatError
from dashboard.ingest.gdelt import compare_places
from dashboard.intake.gkg import GkgPlace, read_gkg, record_of
from dashboard.store import open_store

TOBRUK = "4#Tobruk, Al Butnan, Libya#LY#LY#LY06#32.09#23.95#-1#10"
CAIRO_US = "3#Cairo, Illinois, United States#US#USIL#IL003#37.0#-89.18#12#30"
LIBYA = "1#Libya#LY#LY##25#17#LY#50"


def line(locations: str, address: str = "https://news.example/ship", old: str = "") -> bytes:
    cells = [""] * 27
    cells[0], cells[4], cells[9], cells[10] = "2024-1", address, old, locations
    return "\t".join(cells).encode()


def test_a_record_gives_its_places_once():
    record = record_of(line(f"{TOBRUK};{LIBYA};{TOBRUK}"))
    assert record is not None
    assert [place.own_name for place in record.places] == ["Tobruk", "Libya"]
    assert [place.is_country for place in record.places] == [False, True]
    old = record_of(line("", old="4#Tobruk, Al Butnan, Libya#LY#LY06#32.09#23.95#-1"))
    assert old is not None
    assert old.places[0] == record.places[0]


@given(st.binary(max_size=80) | st.text("0123#;\t.-", max_size=60).map(line))
def test_any_line_gives_a_record_or_none(data):
    record = record_of(data)
    assert record is None or all(abs(place.latitude) <= 90 for place in record.places)


def test_places_are_paired_by_name_and_nearness():
    record = record_of(
        line(f"{TOBRUK};{CAIRO_US};{LIBYA};4#Somewhere near Tobruk, Libya#LY#LY##32.1#23.9#1#1")
    )
    assert record is not None
    ours = [PLACES["Tobruk"], PLACES["Cairo"], PLACES["Libya"]]
    pairs = compare_places(record.places, ours)
    assert [(a and a.own_name, b and b.name) for a, b in pairs] == [
        ("Tobruk", "Tobruk"),
        ("Cairo", None),
        ("Libya", "Libya"),
        ("Somewhere near Tobruk", None),
        (None, "Cairo"),
    ]
    assert compare_places([GkgPlace("Libya", 32.08, 23.96, True)], [PLACES["Tobruk"]])[0][1] is None


def test_the_command_tells_what_both_and_what_one_alone_names(tmp_path):
    url = f"sqlite:///{tmp_path / 'news.sqlite'}"
    with open_store(url) as store:
        store.add_many(make_articles())
    lines = b"\n".join(
        [line(f"{TOBRUK};{CAIRO_US};{LIBYA}"), line(TOBRUK, "https://elsewhere.example/x"), b"junk"]
    )
    (tmp_path / "a.gkg.csv.zip").write_bytes(zipped({"a.gkg.csv": lines}))
    report = tmp_path / "beside.csv"
    command = ["gdelt", str(tmp_path / "a.gkg.csv.zip"), "--report", str(report), "--store", url]
    done = CliRunner().invoke(app, command)
    assert "1 articles of the records are stored; of their places 2 are named by both" in done.stdout
    assert "1 by GDELT alone, 1 by Kharita alone." in done.stdout
    rows = list(csv.DictReader(report.read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["named_by"], row["gdelt_name"][:5], row["name"]) for row in rows] == [
        ("both", "Tobru", "Tobruk"),
        ("GDELT", "Cairo", ""),
        ("both", "Libya", "Libya"),
        ("Kharita", "", "Cairo"),
    ]


@pytest.mark.parametrize("data", [b"", b"no records\n", b"PK\x03\x04broken", bytes(range(256)) * 9])
def test_what_holds_no_records_is_one_sentence(tmp_path, data):
    path = tmp_path / "a.gkg.csv"
    path.write_bytes(data)
    with pytest.raises(ArticleFormatError, match=r"a\.gkg\.csv.*\."):
        list(read_gkg(path))
    with pytest.raises(ArticleFormatError, match="none"):
        list(read_gkg(tmp_path / "none"))
