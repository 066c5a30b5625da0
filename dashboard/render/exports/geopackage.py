"""GeoPackage 1.3 (OGC 12-128r17): a layer `places` of points, and a table `sentences` that goes with it.

The geometry is a GeoPackage header followed by well-known binary; no extension is used.
"""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing
from datetime import UTC
from typing import TYPE_CHECKING, Any

import shapely

from dashboard.render.exports.material import place_rows, sentence_rows
from dashboard.store.saved import newest_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dashboard.render.exports.material import Handover

__all__ = ["write"]

_APPLICATION_ID = 0x47504B47  # "GPKG"
_VERSION = 10300
_WGS84 = 4326
# Magic, version 0, flags: little-endian, no envelope, not empty; then the reference system.
_HEADER = struct.pack("<2sBBi", b"GP", 0, 1, _WGS84)
_WGS84_WKT = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
    'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],'
    'AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'
)
_TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE places (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POINT NOT NULL, place_id TEXT NOT NULL, name TEXT NOT NULL,
  name_en TEXT, name_ar TEXT, kind TEXT NOT NULL, country TEXT, country_name TEXT, latitude DOUBLE NOT NULL,
  longitude DOUBLE NOT NULL, radius_km DOUBLE NOT NULL, article_count INTEGER NOT NULL,
  independent_count INTEGER NOT NULL, mention_count INTEGER NOT NULL,
  source_count INTEGER NOT NULL, confidence DOUBLE NOT NULL);
CREATE TABLE sentences (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, place_id TEXT NOT NULL, name TEXT NOT NULL, name_en TEXT,
  name_ar TEXT, kind TEXT NOT NULL, country TEXT, country_name TEXT, latitude DOUBLE NOT NULL,
  longitude DOUBLE NOT NULL, article_id TEXT NOT NULL, title TEXT NOT NULL, source TEXT, url TEXT, published DATE,
  language TEXT, sentence TEXT NOT NULL, sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL,
  mentions TEXT NOT NULL, mention_starts TEXT NOT NULL, confidence DOUBLE NOT NULL, metonymy BOOLEAN NOT NULL);
"""
_SYSTEMS = (
    ("WGS 84 geodetic", _WGS84, "EPSG", _WGS84, _WGS84_WKT, "longitude/latitude, degrees"),
    ("Undefined cartesian SRS", -1, "NONE", -1, "undefined", "undefined cartesian coordinate system"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate system"),
)


def write(handover: Handover, path: Path) -> None:
    """Write the package; `path` must not exist."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {_VERSION}")
        database.executescript(_TABLES)
        database.execute("BEGIN")
        database.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", _SYSTEMS)
        _describe(database, handover)
        _insert(database, "places", _places(handover))
        _insert(database, "sentences", _sentences(handover))
        database.execute("COMMIT")


def _describe(database: sqlite3.Connection, handover: Handover) -> None:
    frame = handover.selection.places
    bounds: list[float | None] = [None] * 4
    if len(frame):
        x, y = frame["longitude"], frame["latitude"]
        bounds = [float(value) for value in (x.min(), y.min(), x.max(), y.max())]
    # Of what it was made from, not of the file: the same selection gives the same bytes.
    newest = newest_article(handover.selection.store).astimezone(UTC)
    changed = f"{newest:%Y-%m-%dT%H:%M:%S}.{newest.microsecond // 1000:03d}Z"
    told = " · ".join([handover.title, *handover.said])
    rows = [
        ("places", "features", "places", told, changed, *bounds, _WGS84),
        ("sentences", "attributes", "sentences", told, changed, None, None, None, None, None),
    ]
    database.executemany("INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    database.execute(
        "INSERT INTO gpkg_geometry_columns VALUES ('places', 'geom', 'POINT', ?, 0, 0)", (_WGS84,)
    )


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    width = len(database.execute(f"PRAGMA table_info({table})").fetchall())
    database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)  # noqa: S608 - a table of ours


def _places(handover: Handover) -> Iterator[tuple[Any, ...]]:
    for row in place_rows(handover):
        point = shapely.to_wkb(shapely.Point(row["longitude"], row["latitude"]), byte_order=1)
        yield (None, _HEADER + point, *row.values())


def _sentences(handover: Handover) -> Iterator[tuple[Any, ...]]:
    for place, article, sentence in sentence_rows(handover):
        *told, published, language = article
        text, start, end, mentions, starts, *sure = sentence
        day = published.isoformat() if published else None
        written = " | ".join(mentions), " ".join(map(str, starts))
        yield (None, *place, *told, day, language, text, start, end, *written, *sure)
