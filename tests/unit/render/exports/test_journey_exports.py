"""Journeys handed over, opened by other programs."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import geopandas
import networkx as nx
import pytest
from lxml import etree
from made_legs import HAFTAR, SADDAM, make_legs_store

from dashboard.query import Filters, JourneyFilters
from dashboard.render.exports import write_file
from dashboard.render.exports.journeys import JOURNEY_COLUMNS
from dashboard.store import open_store
from dashboard.web.hand_over import make_handover
from dashboard.words import strings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def handed(tmp_path: Path):
    with open_store(make_legs_store(tmp_path)) as store:

        def made(suffix: str, **moves: object) -> Path:
            path = tmp_path / f"who.journeys{suffix}"
            write_file(make_handover(store, Filters(), strings("en"), moves=JourneyFilters(**moves)), path)
            return path

        yield made


def test_lines_as_geojson_and_parquet(handed):
    told = json.loads(handed(".geojson", actors=(HAFTAR,)).read_text())
    (feature,) = told["features"]
    assert feature["geometry"] == {"type": "LineString", "coordinates": [[31.25, 30.06], [23.96, 32.08]]}
    assert feature["properties"]["actor"] == "Khalifa Haftar"
    assert [one["status"] for one in feature["properties"]["reports"]] == ["happened", "happened", "denied"]
    assert told["filters"] == {"actor": HAFTAR}
    frame = geopandas.read_parquet(handed(".parquet"))
    assert sorted(frame.geom_type) == ["LineString", "LineString", "Point", "Point"]
    assert geopandas.read_file(handed(".geojson")).crs.to_epsg() == 4326


def test_a_table(handed):
    with handed(".csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == JOURNEY_COLUMNS
    haftar = next(row for row in rows if row["actor_id"] == HAFTAR)
    assert (haftar["from_name"], haftar["to_name"], haftar["articles"], haftar["contradicted"]) == (
        "Cairo",
        "Tobruk",
        "3",
        "1",
    )


def test_kml_has_its_time(handed):
    tree = etree.parse(handed(".kml"))
    space = {"k": "http://www.opengis.net/kml/2.2"}
    assert len(tree.findall(".//k:Placemark", space)) == 4
    assert "2024-03-03" in [node.text for node in tree.findall(".//k:TimeSpan/k:begin", space)]
    assert not tree.xpath("//*[local-name()='script' or local-name()='img']")


@pytest.mark.parametrize(("suffix", "read"), [(".gexf", nx.read_gexf), (".graphml", nx.read_graphml)])
def test_a_graph_of_actors_and_places(handed, suffix, read):
    graph = read(handed(suffix))
    assert graph.has_edge("place:kh:cairo", f"actor:{HAFTAR}")
    assert graph.has_edge(f"actor:{HAFTAR}", "place:kh:tobruk")
    assert graph.nodes[f"actor:{SADDAM}"]["label"] == "Saddam Haftar"
