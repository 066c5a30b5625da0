from __future__ import annotations

import string
from datetime import UTC

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.core.models import Kind
from dashboard.query import (
    FILTER_NAMES,
    Box,
    Filters,
    Near,
    Shape,
    describe_filters,
    format_filters,
    parse_filters,
)
from dashboard.store.search import parse_terms

_days = st.none() | st.dates()
_codes = st.text(string.ascii_lowercase, min_size=2, max_size=2)
_ids = st.from_regex(r"[a-z]{1,8}:[\w.-]{1,12}", fullmatch=True)
_lat, _lon = st.floats(-90, 90), st.floats(-180, 180)
_km = st.floats(0.001, 20_000)
_boxes = st.builds(lambda a, b, west, east: Box(min(a, b), west, max(a, b), east), _lat, _lat, _lon, _lon)
_circles = st.builds(lambda km, place: Near(km, place=place), _km, _ids) | st.builds(
    lambda km, point: Near(km, point=point), _km, st.tuples(_lat, _lon)
)
_shapes = st.lists(st.tuples(_lat, st.floats(-540, 540)), min_size=3, max_size=12).map(
    lambda corners: Shape(tuple(corners))
)


@st.composite
def _filters(draw: st.DrawFn) -> Filters:
    since, until = draw(_days), draw(_days)
    if since and until and since > until:
        since, until = until, since
    return Filters(
        text=draw(st.text(max_size=80)),
        sources=tuple(draw(st.lists(st.text(max_size=20), max_size=4))),
        languages=tuple(draw(st.lists(_codes, max_size=4))),
        countries=tuple(draw(st.lists(_codes, max_size=4))),
        kinds=tuple(draw(st.lists(st.sampled_from(list(Kind)), max_size=4))),
        since=since,
        until=until,
        undated=draw(st.booleans()),
        min_confidence=draw(st.floats(0, 1)),
        actors=draw(st.booleans()),
        independent=draw(st.integers(1, 999)),
        at=tuple(draw(st.lists(_ids, max_size=3))),
        together=tuple(draw(st.lists(_ids, max_size=3))),
        near=draw(st.none() | _circles),
        box=draw(st.none() | _boxes),
        shape=draw(st.none() | _shapes),
        added=draw(st.none() | st.datetimes(timezones=st.just(UTC))),
    )


@settings(deadline=None)
@given(_filters())
def test_filters_go_to_the_url_and_back(filters):
    assert parse_filters(format_filters(filters)) == (filters, [])


@settings(deadline=None)
@given(_filters())
def test_description_and_url_name_the_same_filters(filters):
    assert [part.name for part in describe_filters(filters)] == list(format_filters(filters))


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(FILTER_NAMES), st.text() | st.lists(st.text())))
def test_any_parameters_give_filters(params):
    filters, problems = parse_filters(params)
    assert parse_filters(format_filters(filters)) == (filters, [])
    assert {problem.name for problem in problems} <= set(params)


@settings(deadline=None)
@given(st.text())
def test_any_search_gives_terms_of_words(text):
    terms = parse_terms(text)
    assert all(term == " ".join(term.split()) != "" for term in (*terms.included, *terms.excluded))
