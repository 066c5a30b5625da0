from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
import shapely

from dashboard.core.errors import ExportError
from dashboard.render.exports import FORMATS, format_of, write_file
from dashboard.render.exports.material import SENTENCE_COLUMNS
from dashboard.render.exports.tables import PLACE_TABLE_COLUMNS, guarded

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.render.exports import Handover

    Handed = Callable[..., Handover]


def rows_of(path: Path) -> list[dict[str, str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")  # Excel takes it for UTF-8
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_sentences_as_csv(handed: Handed, tmp_path: Path) -> None:
    write_file(handed("ar"), tmp_path / "news.csv")
    rows = rows_of(tmp_path / "news.csv")
    assert list(rows[0]) == list(SENTENCE_COLUMNS)
    first = next(row for row in rows if row["title"] == "Ship reaches Tobruk")
    assert (first["name"], first["name_en"], first["published"]) == ("طبرق", "Tobruk", "2024-03-04")
    assert first["url"] == "https://news.example/ship"
    assert float(first["latitude"]) == 32.08
    text = "Ship reaches Tobruk\n\nA ship with grain reached Tobruk on Monday. It left Cairo a week ago."
    for row in rows:
        if row["title"] == "Ship reaches Tobruk" and row["name_en"] == "Cairo":
            start = int(row["mention_starts"])
            assert text[start : start + 5] == row["mentions"] == "Cairo"


def test_no_cell_is_a_formula_and_numbers_stay_numbers(handed: Handed, tmp_path: Path) -> None:
    write_file(handed(), tmp_path / "news.csv")
    rows = rows_of(tmp_path / "news.csv")
    numbers = {"latitude", "longitude", "sentence_start", "sentence_end", "confidence", "metonymy"}
    for row in rows:
        for name, value in row.items():
            if name in numbers:
                float(value)
            else:
                assert not value.startswith(("=", "+", "-", "@", "\t", "\r")), (name, value)
    south = next(row for row in rows if row["place_id"] == "kh:south")
    assert south["longitude"] == "-58.4"
    assert (south["name"], south["name_ar"], south["source"]) == ("'@South", "'-الجنوب", "'-2+3")
    assert south["title"].startswith("'=HYPERLINK")
    assert any("</script>" in row["sentence"] for row in rows)  # text is text, to the letter
    assert not any(row["url"].startswith("javascript") for row in rows)


def test_raw_csv_is_left_as_it_is(handed: Handed, tmp_path: Path) -> None:
    write_file(handed(raw=True), tmp_path / "news.csv")
    assert any(row["title"].startswith("=HYPERLINK") for row in rows_of(tmp_path / "news.csv"))


@pytest.mark.parametrize(
    "value", ["=1", "+1", "-1", "@a", "\ta", "\ra", "\na", " =1", "\u00a0=1", "＝1", "－1"]
)
def test_the_guard(value: str) -> None:
    assert guarded(value) == f"'{value}"
    assert guarded(value, raw=True) == value


def test_the_guard_lets_pass() -> None:
    assert [guarded(value) for value in (-1.5, 3, True, None, "a=b", date(2024, 1, 2), ("a", "b"))] == [
        -1.5, 3, 1, "", "a=b", "2024-01-02", "a | b",
    ]  # fmt: skip


def test_places_as_csv(handed: Handed, tmp_path: Path) -> None:
    write_file(handed(), tmp_path / "news.places.csv")
    rows = rows_of(tmp_path / "news.places.csv")
    assert list(rows[0]) == list(PLACE_TABLE_COLUMNS)
    assert (rows[0]["name"], rows[0]["article_count"]) == ("Tobruk", "5")


def test_sentences_as_geoparquet(handed: Handed, tmp_path: Path) -> None:
    write_file(handed(), tmp_path / "news.parquet")
    table = pq.read_table(tmp_path / "news.parquet")
    assert table.column_names == [*SENTENCE_COLUMNS, "geometry"]
    assert b'"primary_column":"geometry"' in table.schema.metadata[b"geo"]
    rows = table.to_pylist()
    south = next(row for row in rows if row["place_id"] == "kh:south")
    point = shapely.from_wkb(south["geometry"])
    assert (point.x, point.y) == (-58.4, -34.6)
    assert south["published"] == date(2024, 5, 1)
    assert south["mentions"] == ["@South"]
    assert south["title"].startswith("=HYPERLINK")  # no spreadsheet reads this


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_empty_selection_makes_a_sound_file(handed: Handed, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"none{suffix}"
    write_file(handed(text="zeppelin"), path)
    assert path.stat().st_size > 0


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_selection_gives_the_same_bytes(handed: Handed, tmp_path: Path, suffix: str) -> None:
    first, second = tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"
    write_file(handed(), first)
    write_file(handed(), second)
    assert first.read_bytes() == second.read_bytes()


def test_an_unknown_suffix_is_said(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"'news.doc' ends in none of the known suffixes: .html"):
        format_of("news.doc")
    assert format_of("NEWS.Places.CSV").suffix == ".places.csv"
    assert format_of("my.places.geojson").suffix == ".geojson"
    del tmp_path


def test_never_half_a_file(handed: Handed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "news.csv"
    path.write_text("as it was")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dashboard.render.exports.tables.sentence_rows", fail)
    with pytest.raises(ExportError, match="No space left on device"):
        write_file(handed(), path)
    assert path.read_text() == "as it was"
    assert [item.name for item in tmp_path.iterdir()] == ["news.csv"]
    with pytest.raises(ExportError, match="can't be written"):
        write_file(handed(), tmp_path / "no-folder" / "news.csv")


def test_every_format_and_column_is_documented() -> None:
    told = (Path(__file__).resolve().parents[4] / "docs" / "export.md").read_text(encoding="utf-8")
    for name in (*FORMATS, *SENTENCE_COLUMNS, *PLACE_TABLE_COLUMNS):
        assert f"`{name}`" in told, name
