"""Areas against the plainest way to say the same: every place looked at, one by one."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from shapely import Point, Polygon

from dashboard.core.models import Article, Focus, Kind, Mention, Parse, Place, Resolution
from dashboard.query import (
    Box,
    Filters,
    Near,
    Shape,
    article_frame,
    day_counts,
    place_frame,
    summary,
)
from dashboard.query.areas import circle_boxes
from dashboard.store import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LAT, _LON = st.floats(-90, 90), st.floats(-180, 180)
_NARROW = (Kind.CITY, Kind.FACILITY, Kind.CAMP)


def _places() -> list[Place]:
    """Return 600 places: towns over the whole Earth, thick at the date line and the poles, and wide ones."""
    chance = np.random.default_rng(7)
    lat = np.concatenate([np.degrees(np.arcsin(chance.uniform(-1, 1, 400))), chance.uniform(-90, 90, 200)])
    lon = np.concatenate([chance.uniform(-180, 180, 300), (chance.normal(180, 6, 300) % 360) - 180])
    wide = chance.random(600) < 0.15
    return [
        Place(
            f"kh:p{n}", f"P{n}", Kind.REGION if wide[n] else _NARROW[n % 3], float(lat[n]), float(lon[n]), "LY",
            radius_km=float(chance.uniform(1, 3000)),
        )
        for n in range(600)
    ]  # fmt: skip


PLACES = _places()


@pytest.fixture(scope="module")
def globe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("globe")
    chance = np.random.default_rng(8)
    pairs = []
    for number in range(120):
        named = chance.choice(600, size=int(chance.integers(1, 12)), replace=False)
        text = " ".join(PLACES[at].name for at in named)
        found, start = [], 0
        for at in named:
            start = text.index(PLACES[at].name, start)
            end = start + len(PLACES[at].name)
            found.append(Resolution(Mention(start, end, PLACES[at].name), PLACES[at], 0.9))
        day = date(2024, 1, 1 + number % 28)
        article = Article(f"a{number}", text, "en", None, None, day, id=f"a{number}")
        pairs.append((article, Parse("en", tuple(found), Focus(), "hand", "gaz")))
    with open_store(f"sqlite:///{(folder / 'globe.sqlite').as_posix()}") as opened:
        opened.add_many(pairs)
        yield opened


def _away_km(a: tuple[float, float], b: Place) -> float:
    """Return the distance by the spherical law of cosines, which the program does not use."""
    p, q, across = math.radians(a[0]), math.radians(b.latitude), math.radians(b.longitude - a[1])
    cosine = math.sin(p) * math.sin(q) + math.cos(p) * math.cos(q) * math.cos(across)
    return 6371.0088 * math.acos(max(-1.0, min(1.0, cosine)))


def _small_enough(place: Place, reach_km: float) -> bool:
    return place.kind in _NARROW or place.radius_km <= 2 * reach_km


def _check(store: Store, filters: Filters, wanted: set[str]) -> None:
    """Compare every count with what the wanted places alone tell."""
    everything = place_frame(store, Filters()).set_index("place_id")
    frame = place_frame(store, filters)
    assert set(frame.place_id) == wanted & set(everything.index)
    assert dict(zip(frame.place_id, frame.articles, strict=True)) == {
        place: everything.articles[place] for place in wanted if place in everything.index
    }
    naming = set(article_frame(store, filters).article_id)
    assert naming == set(article_frame(store, Filters(at=tuple(wanted))).article_id if wanted else ())
    counted = summary(store, filters)
    assert (counted.articles, counted.places) == (len(naming), len(frame))
    assert sum(found for _, found in day_counts(store, filters).days) == len(naming)


_few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@_few
@given(_LAT, _LON, st.floats(1, 20_000))
def test_a_circle_holds_what_is_that_near(globe, lat, lon, km):
    near = Near(km, point=(lat, lon))
    away = [_away_km(near.point, place) for place in PLACES]
    assume(all(abs(far - near.km) > 0.01 for far in away))
    wanted = {
        place.id
        for place, far in zip(PLACES, away, strict=True)
        if far <= near.km and _small_enough(place, near.km)
    }
    _check(globe, Filters(near=near), wanted)


@_few
@given(_LAT, _LAT, _LON, _LON)
def test_a_frame_holds_what_lies_between_its_edges(globe, one, other, west, east):
    box = Box(min(one, other), west, max(one, other), east)
    wanted = set()
    for place in PLACES:
        across = (place.longitude - box.west) % 360 <= (box.east - box.west) % 360
        if box.south <= place.latitude <= box.north and across and _small_enough(place, box.reach_km):
            wanted.add(place.id)
    _check(globe, Filters(box=box), wanted)


@_few
@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-190, 190)), min_size=3, max_size=9))
def test_a_shape_holds_what_it_encloses(globe, corners):
    shape = Shape(tuple(corners))
    polygon = Polygon([(lon, lat) for lat, lon in shape.corners])
    assume(polygon.is_valid)
    wanted = {
        place.id
        for place in PLACES
        if any(polygon.contains(Point(place.longitude + turn, place.latitude)) for turn in (-360, 0, 360))
        and _small_enough(place, shape.reach_km)
    }
    _check(globe, Filters(shape=shape), wanted)


@given(_LAT, _LON, st.floats(0.001, 20_000), st.floats(0, 360), st.floats(0, 1))
def test_the_frames_of_a_circle_hold_it(lat, lon, km, bearing, share):
    angle, turn, p = share * km / 6371.0088, math.radians(bearing), math.radians(lat)
    sine = math.sin(p) * math.cos(angle) + math.cos(p) * math.sin(angle) * math.cos(turn)
    q = math.asin(max(-1.0, min(1.0, sine)))
    across = math.atan2(
        math.sin(turn) * math.sin(angle) * math.cos(p), math.cos(angle) - math.sin(p) * math.sin(q)
    )
    there = math.degrees(q), (lon + math.degrees(across) + 180) % 360 - 180
    room = 1e-5
    assert any(
        south - room <= there[0] <= north + room and west - room <= there[1] <= east + room
        for south, west, north, east in circle_boxes(lat, lon, km)
    )


@given(st.lists(st.tuples(_LAT, st.floats(-540, 540)), min_size=3, max_size=40))
def test_a_shape_is_read_as_it_was_written(corners):
    shape = Shape(tuple(corners))
    assert Shape.parse(str(shape)) == shape
    assert str(shape).replace("-", "").replace("_", "").isalnum()
