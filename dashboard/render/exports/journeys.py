"""Journeys handed over: lines as GeoJSON, KML with time and GeoParquet, a table, and a graph of actors and places.

A journey of which only one end is named is a point there: nothing is drawn that nobody says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from dashboard.core.links import clean_title, safe_url
from dashboard.query import (
    format_journey_filters,
    journey_days,
    journey_ends,
    told_reports,
)
from dashboard.render.exports.graphs import save_gexf
from dashboard.render.exports.kml import xml_text
from dashboard.render.exports.tables import Look, write_rows
from dashboard.render.exports.trips import chosen_journeys

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dashboard.journeys import Journey, LegPlace
    from dashboard.query.actor_names import ActorNames
    from dashboard.render.exports.material import Handover
    from dashboard.store.store import Store

__all__ = [
    "JOURNEY_COLUMNS",
    "features_of",
    "journey_features",
    "write_csv",
    "write_geojson",
    "write_gexf",
    "write_graphml",
    "write_kml",
    "write_parquet",
]

_DIGITS = 4
_ENDS = ("from", "via", "to")
_PARTS = ("id", "name", "latitude", "longitude")  # of an end
JOURNEY_COLUMNS = (
    "journey_id", "actor_id", "actor", "actor_type", "movement", "status", "date", "first_day", "last_day",
    *(f"{end}_{part}" for end in _ENDS for part in _PARTS),
    "articles", "independent", "contradicted", "confidence",
    "first_told", "first_source", "first_url", "first_sentence",
)  # fmt: skip
_TYPES: dict[str, Any] = {
    **{f"{end}_{part}": pa.float64() for end in _ENDS for part in ("latitude", "longitude")},
    **dict.fromkeys(("articles", "independent"), pa.int32()),
    "contradicted": pa.bool_(),
    "confidence": pa.float64(),
}
_GEO = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["LineString", "Point"]}},
}


def _end(end: LegPlace | None, language: str) -> tuple[str | None, str | None, float | None, float | None]:
    if end is None:
        return None, None, None, None
    place = end.place
    return place.id, clean_title(place.name_in(language)), float(place.latitude), float(place.longitude)


def _rows(handover: Handover) -> Iterator[tuple[Journey, dict[str, Any]]]:
    """Yield journeys with their rows, by the day on which they were first told."""
    book, journeys = chosen_journeys(handover)
    return _rows_of(handover.selection.store, book.names, journeys, handover.words.language)


def _rows_of(
    store: Store, names: ActorNames, journeys: Sequence[Journey], language: str
) -> Iterator[tuple[Journey, dict[str, Any]]]:
    first = told_reports(store, [one.earliest for one in journeys])
    earliest = {one.report.key: one for one in first}
    for one in journeys:
        days, told = journey_days(one), earliest[one.earliest.key]
        row: dict[str, Any] = {
            "journey_id": one.id,
            "actor_id": clean_title(one.actor),
            "actor": names.shown(one.actor, language),
            "actor_type": one.type.value,
            "movement": one.kind.value,
            "status": one.status.value,
            "date": one.date,
            "first_day": days[0].isoformat() if days else None,
            "last_day": days[1].isoformat() if days else None,
            "articles": one.articles,
            "independent": one.independent,
            "contradicted": bool(one.contradictions),
            "confidence": round(max(report.leg.confidence for report in one.reports), _DIGITS),
            "first_told": told.published.isoformat() if told.published else None,
            "first_source": clean_title(told.source) if told.source else None,
            "first_url": safe_url(told.url),
            "first_sentence": clean_title(told.sentence),
        }
        for name, end in zip(_ENDS, (one.from_place, one.via, one.to_place), strict=True):
            values = _end(end, language)
            row |= {
                f"{name}_{part}": value
                for part, value in zip(("id", "name", "latitude", "longitude"), values, strict=True)
            }
        yield one, {name: row[name] for name in JOURNEY_COLUMNS}


def _points(journey: Journey) -> list[tuple[float, float]]:
    """Return longitude and latitude of the ends that are known, without repetition."""
    points = [(float(end.place.longitude), float(end.place.latitude)) for end in journey_ends(journey)]
    return list(dict.fromkeys(points))


def journey_features(handover: Handover) -> Iterator[dict[str, Any]]:
    """Yield a feature for each journey: a line, or a point where one end alone is known; with all its reports."""
    book, journeys = chosen_journeys(handover)
    return features_of(handover.selection.store, book.names, journeys, handover.words.language)


def features_of(
    store: Store, names: ActorNames, journeys: Sequence[Journey], language: str
) -> Iterator[dict[str, Any]]:
    """Yield a feature for each of these journeys."""
    for journey, row in _rows_of(store, names, journeys, language):
        points = _points(journey)
        told = told_reports(store, journey.reports)
        reports = [
            {
                "article_id": one.report.article,
                "title": clean_title(one.title),
                "source": clean_title(one.source) if one.source else None,
                "url": safe_url(one.url),
                "published": one.published.isoformat() if one.published else None,
                "status": one.report.leg.status.value,
                "date": one.report.leg.date,
                "cue": list(one.report.leg.cue),
                "actor": list(one.report.leg.actor.span),
                "sentence": clean_title(one.sentence),
                "sentence_span": list(one.report.leg.sentence),
            }
            for one in told
        ]
        line = len(points) > 1
        shape = {"type": "LineString" if line else "Point", "coordinates": points if line else points[0]}
        yield {
            "type": "Feature",
            "id": journey.id,
            "geometry": shape,
            "properties": {**row, "reports": reports},
        }


def write_geojson(handover: Handover, path: Path) -> None:
    """Write lines (RFC 7946)."""
    filters = dict(handover.parameters) | format_journey_filters(handover.moves)
    with path.open("wb") as file:
        file.write(orjson.dumps({"type": "FeatureCollection", "filters": filters})[:-1] + b',"features":[')
        between = b"\n"
        for feature in journey_features(handover):
            file.write(between + orjson.dumps(feature))
            between = b",\n"
        file.write(b"\n]}\n")


def write_csv(handover: Handover, path: Path) -> None:
    """Write a row for each journey."""
    rows = (row for _, row in _rows(handover))
    write_rows(path, JOURNEY_COLUMNS, rows, Look(handover.delimiter, handover.raw))


def write_parquet(handover: Handover, path: Path) -> None:
    """Write GeoParquet 1.1: a row for each journey."""
    fields = [pa.field(name, _TYPES.get(name, pa.string())) for name in JOURNEY_COLUMNS]
    schema = pa.schema([*fields, pa.field("geometry", pa.binary())], metadata={"geo": orjson.dumps(_GEO)})
    rows = []
    for journey, row in _rows(handover):
        points = _points(journey)
        shape = shapely.LineString(points) if len(points) > 1 else shapely.Point(points[0])
        rows.append(row | {"geometry": shapely.to_wkb(shape, byte_order=1)})
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path, compression="zstd")


def write_kml(handover: Handover, path: Path) -> None:
    """Write KML 2.2: a placemark for each journey, with its span of time."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n'
        )
        file.write(f"<name>{xml_text(handover.words('rank_journeys'))}</name>\n")
        for journey, row in _rows(handover):
            file.write(_placemark(journey, row))
        file.write("</Document></kml>\n")


def _placemark(journey: Journey, row: dict[str, Any]) -> str:
    points = _points(journey)
    written = " ".join(f"{lon},{lat},0" for lon, lat in points)
    kind = "LineString" if len(points) > 1 else "Point"
    days = ""
    if row["first_day"]:
        days = f"<TimeSpan><begin>{row['first_day']}</begin><end>{row['last_day']}</end></TimeSpan>"
    data = "".join(
        f'<Data name="{name}"><value>{xml_text(value)}</value></Data>'
        for name, value in row.items()
        if value is not None
    )
    ends = " – ".join(row[f"{end}_name"] for end in _ENDS if row[f"{end}_name"])
    return (
        f"<Placemark><name>{xml_text(row['actor'])}: {xml_text(ends)}</name>"
        f"<description>{xml_text(xml_text(row['first_sentence']))}</description>{days}"
        f"<ExtendedData>{data}</ExtendedData><{kind}><coordinates>{written}</coordinates></{kind}></Placemark>\n"
    )


def _graph(handover: Handover) -> nx.MultiDiGraph[str]:
    """Return actors and places as nodes; an edge leads from a place that is left to the actor, and on to the goal."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for journey, row in _rows(handover):
        actor = f"actor:{row['actor_id']}"
        graph.add_node(actor, label=row["actor"], node_type="actor", kind=row["actor_type"])
        for name, end in zip(_ENDS, (journey.from_place, journey.via, journey.to_place), strict=True):
            if end is None:
                continue
            place = f"place:{end.place.id}"
            about = {"latitude": float(end.place.latitude), "longitude": float(end.place.longitude)}
            graph.add_node(
                place, label=row[f"{name}_name"], node_type="place", kind=end.place.kind.value, **about
            )
            pair = (place, actor) if name == "from" else (actor, place)
            names = ("movement", "status", "date", "articles", "independent", "journey_id")
            told = {key: row[key] for key in names if row[key] is not None}
            graph.add_edge(
                *pair, key=f"{journey.id}:{name}", relation=name, weight=row["independent"], **told
            )
    return graph


def write_gexf(handover: Handover, path: Path) -> None:
    """Write GEXF."""
    save_gexf(_graph(handover), path)


def write_graphml(handover: Handover, path: Path) -> None:
    """Write GraphML."""
    nx.write_graphml_lxml(_graph(handover), path, encoding="utf-8", prettyprint=True)
