from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import shapely

from dashboard.render.exports import kml as kml_module
from dashboard.render.exports import write_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dashboard.render.exports import Handover

    Handed = Callable[..., Handover]

KML = "{http://www.opengis.net/kml/2.2}"


def test_geojson(handed: Handed, tmp_path: Path) -> None:
    write_file(handed("ar"), tmp_path / "news.geojson")
    found = json.loads((tmp_path / "news.geojson").read_bytes())
    assert found["type"] == "FeatureCollection"
    by_id = {feature["id"]: feature for feature in found["features"]}
    tobruk = by_id["kh:tobruk"]
    assert tobruk["geometry"] == {"type": "Point", "coordinates": [23.96, 32.08]}
    about = tobruk["properties"]
    assert (about["name"], about["name_en"], about["name_ar"]) == ("طبرق", "Tobruk", "طبرق")
    assert (about["kind"], about["country"], about["article_count"]) == ("city", "LY", 5)
    assert len(about["articles"]) == 5
    assert set(about["articles"][0]) >= {"title", "url", "source", "published", "sentence"}
    assert [article["published"] for article in about["articles"]][-1] is None  # undated last
    assert all(article["url"] is None or article["url"].startswith("https:") for article in about["articles"])
    hostile = next(article for article in about["articles"] if "</script>" in article["sentence"])
    assert "\u202e" not in hostile["title"]


def test_kml(handed: Handed, tmp_path: Path) -> None:
    write_file(handed("ar"), tmp_path / "news.kml")
    root = ET.parse(tmp_path / "news.kml").getroot()  # noqa: S314 - our own file
    marks = {mark.findtext(f"{KML}name"): mark for mark in root.iter(f"{KML}Placemark")}
    tobruk = marks["طبرق"]
    assert tobruk.findtext(f"{KML}Point/{KML}coordinates") == "23.96,32.08,0"
    values = {item.get("name"): item.findtext(f"{KML}value") for item in tobruk.iter(f"{KML}Data")}
    assert values["article_count"] == "5"
    styles = {
        style.get("id"): style.findtext(f"{KML}IconStyle/{KML}color") for style in root.iter(f"{KML}Style")
    }
    assert styles["city"] == "ffb27200"  # alpha, blue, green, red
    html = tobruk.findtext(f"{KML}description") or ""
    assert "<mark" in html
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in html
    assert "&lt;/script&gt;" in html
    assert 'dir="rtl"' in html
    assert root.find(f".//{KML}Icon") is None  # nothing is fetched


def test_kml_says_what_it_leaves_out(handed: Handed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kml_module, "ARTICLES_EACH", 2)
    write_file(handed(), tmp_path / "news.kml")
    assert "and 3 more articles" in (tmp_path / "news.kml").read_text(encoding="utf-8")


def test_geopackage(handed: Handed, tmp_path: Path) -> None:
    path = tmp_path / "news.gpkg"
    write_file(handed(), path)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert database.execute("PRAGMA user_version").fetchone() == (10300,)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        systems = {row[0] for row in database.execute("SELECT srs_id FROM gpkg_spatial_ref_sys")}
        assert systems == {-1, 0, 4326}
        contents = dict(database.execute("SELECT table_name, data_type FROM gpkg_contents"))
        assert contents == {"places": "features", "sentences": "attributes"}
        assert database.execute("SELECT * FROM gpkg_geometry_columns").fetchall() == [
            ("places", "geom", "POINT", 4326, 0, 0)
        ]
        geometry, count = database.execute(
            "SELECT geom, article_count FROM places WHERE place_id = 'kh:south'"
        ).fetchone()
        assert (geometry[:4], int.from_bytes(geometry[4:8], "little")) == (b"GP\x00\x01", 4326)
        point = shapely.from_wkb(geometry[8:])
        assert (point.x, point.y, count) == (-58.4, -34.6, 1)
        title, mentions = database.execute(
            "SELECT title, mentions FROM sentences WHERE place_id = 'kh:south'"
        ).fetchone()
        assert title.startswith("=HYPERLINK")
        assert mentions == "@South"


def test_gdal_reads_it_all(handed: Handed, tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    for suffix in (".gpkg", ".geojson", ".kml"):
        write_file(handed(), tmp_path / f"news{suffix}")
    layers = dict(map(tuple, pyogrio.list_layers(tmp_path / "news.gpkg")))
    assert layers == {"places": "Point", "sentences": None}
    about = pyogrio.read_info(tmp_path / "news.gpkg", layer="places")
    assert (about["crs"], about["features"]) == ("EPSG:4326", 6)
    assert pyogrio.read_info(tmp_path / "news.geojson")["features"] == 6
    assert len(pyogrio.list_layers(tmp_path / "news.kml")) == 4
