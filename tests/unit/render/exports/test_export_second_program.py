"""Each format is opened by a program that is not ours."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from lxml import etree
from made_store import make_store

from dashboard.core.models import Article, Focus, Kind, Mention, Parse, Place, Resolution
from dashboard.query import Filters
from dashboard.render.exports import write_file
from dashboard.render.exports.tables import LONGEST_CELL, guarded
from dashboard.store import Store, open_store
from dashboard.web.hand_over import make_handover
from dashboard.words import strings

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = "Tobruk and 𝒳 " * 4000  # one sentence, without a full stop
NAMIBIA = Place(
    "country:NA", "Namibia", Kind.COUNTRY, -22.0, 17.0, "NA", name_ar="ناميبيا", name_fr="Namibie"
)
SCHEMA = Path(__file__).parent / "kml_used.xsd"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    url = make_store(tmp_path_factory.mktemp("second"))
    with open_store(url) as opened:
        text = f"Namibia\n\nIn Namibia {LONG}"
        found = tuple(Resolution(Mention(at, at + 7, "Namibia"), NAMIBIA, 0.9) for at in (0, 12))
        opened.add(Article("Namibia", text, "en", "Post", None, None), Parse("en", found, Focus(), "p", "g"))
        yield opened


def written(store: Store, folder: Path, name: str, language: str = "en", **look: object) -> Path:
    path = folder / name
    write_file(make_handover(store, Filters(), strings(language), **look), path)
    return path


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_kml_keeps_to_its_schema(store: Store, tmp_path: Path, language: str) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    document = etree.parse(written(store, tmp_path, "news.kml", language))
    assert schema.validate(document), schema.error_log
    places = pyogrio.read_dataframe(written(store, tmp_path, "again.kml", language), layer=0)
    assert len(places) >= 1


def test_the_schema_knows_the_wrong_order(store: Store, tmp_path: Path) -> None:
    path = written(store, tmp_path, "news.kml")
    document = etree.parse(path)
    mark = next(document.iter("{http://www.opengis.net/kml/2.2}Placemark"))
    mark.insert(1, mark.find("{http://www.opengis.net/kml/2.2}styleUrl"))
    assert not etree.XMLSchema(etree.parse(SCHEMA)).validate(document)


def test_geopackage_is_read_by_gdal_and_says_when_it_changed(store: Store, tmp_path: Path) -> None:
    path = written(store, tmp_path, "news.gpkg")
    places = gpd.read_file(path, layer="places")
    assert str(places.crs) == "EPSG:4326"
    assert "Namibia" in set(places["country_name"])
    assert places.loc[places["place_id"] == "kh:tobruk"].geometry.iloc[0].x == 23.96
    assert len(pyogrio.read_dataframe(path, layer="sentences")) > 5
    import sqlite3  # noqa: PLC0415 - GDAL does not tell what stands in this column
    from contextlib import closing  # noqa: PLC0415

    with closing(sqlite3.connect(path)) as database:
        changed = {row[0] for row in database.execute("SELECT last_change FROM gpkg_contents")}
    moment = datetime.strptime(changed.pop(), "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    assert changed == set()
    assert abs((datetime.now(UTC) - moment).total_seconds()) < 86_400


def test_geojson_and_geoparquet_are_read_by_geopandas(store: Store, tmp_path: Path) -> None:
    places = gpd.read_file(written(store, tmp_path, "news.geojson"))
    assert {"country:NA", "kh:tobruk"} <= set(places["id"])
    sentences = gpd.read_parquet(written(store, tmp_path, "news.parquet"))
    assert str(sentences.crs) == "OGC:CRS84"
    assert set(sentences.loc[sentences["place_id"] == "country:NA", "country"]) == {"NA"}


@pytest.mark.parametrize("name", ["news.csv", "news.places.csv"])
@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_csv_is_read_by_pandas_and_namibia_is_not_missing(
    store: Store, tmp_path: Path, name: str, language: str
) -> None:
    path = written(store, tmp_path, name, language)
    frame = pd.read_csv(path)
    namibia = frame[frame["place_id"] == "country:NA"]
    assert len(namibia) >= 1
    assert set(namibia["country_name"]) == {strings(language).country("NA")}
    assert frame["country_name"].notna().all()
    told = pd.read_csv(path, keep_default_na=False, na_values=[""])  # as docs/export.md says
    assert set(told.loc[told["place_id"] == "country:NA", "country"]) == {"NA"}


def test_a_table_for_french_spreadsheets(store: Store, tmp_path: Path) -> None:
    path = written(store, tmp_path, "news.semicolon.csv", "fr")
    frame = pd.read_csv(path, sep=";", decimal=",")
    assert frame.loc[frame["place_id"] == "kh:tobruk", "latitude"].iloc[0] == 32.08
    assert frame["confidence"].dtype == float
    same = pd.read_csv(written(store, tmp_path, "news.csv", "fr"))
    pd.testing.assert_frame_equal(frame, same)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_another_delimiter(store: Store, tmp_path: Path, delimiter: str) -> None:
    for name in ("news.csv", "news.places.csv"):
        found = pd.read_csv(written(store, tmp_path, name, delimiter=delimiter), sep=delimiter)
        pd.testing.assert_frame_equal(found, pd.read_csv(written(store, tmp_path, name)))


def test_no_cell_is_longer_than_a_spreadsheet_holds(store: Store, tmp_path: Path) -> None:
    csv.field_size_limit(1 << 24)
    with written(store, tmp_path, "news.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    longest = max(cells, key=len)
    assert len(longest.encode("utf-16-le")) // 2 == LONGEST_CELL
    assert longest.endswith("…")
    with written(store, tmp_path, "raw.csv", raw=True).open(encoding="utf-8-sig", newline="") as file:
        assert max(len(cell) for row in csv.reader(file) for cell in row) > LONGEST_CELL


@pytest.mark.parametrize(
    "text", ["a" * LONGEST_CELL, "=" + "a" * LONGEST_CELL, "𝒳" * LONGEST_CELL, "ب" * 40_000]
)
def test_a_cut_cell_is_whole_letters(text: str) -> None:
    cell = str(guarded(text))
    assert len(cell.encode("utf-16-le")) // 2 <= LONGEST_CELL
    assert (cell == text) is (text == "a" * LONGEST_CELL)
