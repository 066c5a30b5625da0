"""GeoParquet 1.1: a row for each place, article and sentence, with the place as a point."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from dashboard.render.exports.material import SENTENCE_COLUMNS, sentence_rows

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.render.exports.material import Handover

__all__ = ["write"]

_ROWS = 20_000  # in one group
_TYPES: dict[str, Any] = {
    "latitude": pa.float64(),
    "longitude": pa.float64(),
    "published": pa.date32(),
    "sentence_start": pa.int32(),
    "sentence_end": pa.int32(),
    "mentions": pa.list_(pa.string()),
    "mention_starts": pa.list_(pa.int32()),
    "confidence": pa.float64(),
    "metonymy": pa.bool_(),
}
# Without a reference system named, GeoParquet means longitude and latitude on WGS 84.
_GEO = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}


def write(handover: Handover, path: Path) -> None:
    """Write the table."""
    about = {"title": handover.title, "filters": dict(handover.parameters)}
    fields = [pa.field(name, _TYPES.get(name, pa.string())) for name in SENTENCE_COLUMNS]
    schema = pa.schema(
        [*fields, pa.field("geometry", pa.binary())],
        metadata={"geo": orjson.dumps(_GEO), "kharita": orjson.dumps(about)},
    )
    rows = (place + article + sentence for place, article, sentence in sentence_rows(handover))
    latitude, longitude = map(SENTENCE_COLUMNS.index, ("latitude", "longitude"))
    with pq.ParquetWriter(path, schema, compression="zstd") as out:
        while chunk := list(islice(rows, _ROWS)):
            values = list(zip(*chunk, strict=True))
            points = shapely.to_wkb(shapely.points(values[longitude], values[latitude]), byte_order=1)
            columns = [pa.array(each, one.type) for each, one in zip((*values, points), schema, strict=True)]
            out.write_table(pa.Table.from_arrays(columns, schema=schema))
