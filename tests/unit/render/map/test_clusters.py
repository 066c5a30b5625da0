from __future__ import annotations

import json

import numpy as np
import pytest
from many_places import many_places

from dashboard.core.models import Kind
from dashboard.render.map.clusters import (
    LAST_ZOOM,
    MOST_AREAS,
    MOST_NODES,
    PLAIN_PLACES,
    REACH_PX,
    Bounds,
    beside,
    cluster_data,
    cluster_nodes,
    detail_data,
    needs_clusters,
    split_places,
)
from dashboard.render.map.heat import mercator
from dashboard.render.map.legend import legend
from dashboard.render.map.view_layers import ViewLayer
from dashboard.words import strings

HOSTILE = "</script><img src=x onerror=a()>${x}`"


def test_few_places_need_no_clusters() -> None:
    assert not needs_clusters(many_places(PLAIN_PLACES))
    assert needs_clusters(many_places(PLAIN_PLACES + 1))


@pytest.mark.parametrize("zoom", [2, 4, 7, 11])
def test_every_place_is_stood_for_once_and_signs_keep_apart(zoom: int) -> None:
    places = many_places(5_000)
    lat, lon = places["latitude"].to_numpy(), places["longitude"].to_numpy()
    nodes = cluster_nodes(lat, lon, np.zeros(5_000, dtype=bool), zoom)
    assert sum(node.places for node in nodes) == 5_000
    assert nodes[0].row == 0  # the most important stands for itself
    rows = [node.row for node in nodes]
    assert rows == sorted(set(rows))
    x, y = mercator(lat[rows], lon[rows])
    points = np.stack([x, y], axis=1) * 256 * 2**zoom
    for at, point in enumerate(points[:200]):
        away = np.hypot(*(np.delete(points, at, axis=0) - point).T)
        assert away.min(initial=REACH_PX) >= REACH_PX


def test_nearer_fewer_are_gathered_and_at_last_none() -> None:
    places = many_places(3_000)
    lat, lon = places["latitude"].to_numpy(), places["longitude"].to_numpy()
    unsure = np.zeros(3_000, dtype=bool)
    counts = [len(cluster_nodes(lat, lon, unsure, zoom)) for zoom in (2, 5, 8, LAST_ZOOM + 1)]
    assert counts == sorted(counts)
    assert counts[-1] == 3_000


def test_a_node_is_unsure_only_when_all_its_places_are() -> None:
    lat, lon = np.array([10.0, 10.01, 40.0, 40.01]), np.array([10.0, 10.01, 40.0, 40.01])
    nodes = cluster_nodes(lat, lon, np.array([True, False, True, True]), 4)
    assert [(node.row, node.places, node.unsure) for node in nodes] == [(0, 2, False), (2, 2, True)]


def test_thirty_thousand_places_are_small_and_harmless() -> None:
    places = many_places(30_000, name=HOSTILE)
    chosen = str(places["place_id"].iloc[-1])
    layer = ViewLayer("clusters", cluster_data(places, strings("en"), chosen))
    assert len(layer.json.encode()) < 300_000
    assert "</script" not in layer.json
    data = json.loads(layer.json)
    assert all(len(nodes) <= MOST_NODES for nodes in data["levels"].values())
    assert data["detail"] == max(map(int, data["levels"])) + 1
    assert sum(1 for row in data["rows"] if row[7] & 4) == 1
    areas = sum(1 for row in data["rows"] if data["kinds"][row[2]][0] == Kind.ADMIN)
    assert areas >= MOST_AREAS
    for nodes in data["levels"].values():
        gathered = sum(count for _, count, _ in nodes)
        assert gathered == 30_000 - MOST_AREAS
        assert all(str(count) in data["more"] for _, count, _ in nodes if count > 1)


def test_a_level_names_the_right_rows() -> None:
    places = many_places(4_000)
    data = cluster_data(places, strings("en"), None)
    top = next(row for row in places.itertuples() if row.kind != Kind.ADMIN)
    first = data["levels"]["2"][0]
    assert data["rows"][first[0]][0] == int(top.place_id.removeprefix("geonames:"))


def test_nearer_places_come_by_bounds_with_the_same_sizes() -> None:
    places = many_places(20_000)
    split = split_places(places)
    data = detail_data(split, strings("ar"), Bounds(28, 20, 32, 26), 8)
    assert 0 < len(data["rows"]) <= MOST_NODES
    assert all(28 <= row[4] <= 32 and 20 <= row[5] <= 26 for row in data["rows"])
    assert data["fit"] is None
    inside = places["latitude"].between(28, 32) & places["longitude"].between(20, 26)
    gathered = inside & ~places["place_id"].isin(split.alone["place_id"])
    assert sum(count for _, count, _ in data["levels"]["8"]) == int(gathered.sum())
    whole = cluster_data(places, strings("ar"), None)
    shared = data["counts"].keys() & whole["counts"].keys()
    assert shared
    assert all(data["counts"][n] == whole["counts"][n] for n in shared)


def test_nothing_near() -> None:
    data = detail_data(split_places(many_places(10)), strings("en"), Bounds(-80, 0, -79, 1), 9)
    assert data["rows"] == []
    assert data["levels"] == {"9": []}


def test_an_article_is_read_beside_the_biggest_places() -> None:
    places = many_places(5_000)
    last = str(places["place_id"].iloc[-1])
    found = beside(places, [last])
    assert last in set(found["place_id"])
    assert len(found) == PLAIN_PLACES // 4 + 1


def test_the_legend_explains_the_numbers() -> None:
    words = strings("en")
    assert words("legend_gathered") in legend([Kind.CITY], words, unsure=False, gathered=True)
    assert words("legend_gathered") not in legend([Kind.CITY], words, unsure=False)
