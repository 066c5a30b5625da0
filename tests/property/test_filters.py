from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from dashboard.core.models import Kind
from dashboard.query import FILTER_NAMES, Filters, describe_filters, format_filters, parse_filters
from dashboard.store.search import parse_terms

_days = st.none() | st.dates()
_codes = st.text(string.ascii_lowercase, min_size=2, max_size=2)


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
    )


@given(_filters())
def test_filters_go_to_the_url_and_back(filters):
    assert parse_filters(format_filters(filters)) == (filters, [])


@given(_filters())
def test_description_and_url_name_the_same_filters(filters):
    assert [part.name for part in describe_filters(filters)] == list(format_filters(filters))


@given(st.dictionaries(st.sampled_from(FILTER_NAMES), st.text() | st.lists(st.text())))
def test_any_parameters_give_filters(params):
    filters, problems = parse_filters(params)
    assert parse_filters(format_filters(filters)) == (filters, [])
    assert {problem.name for problem in problems} <= set(params)


@given(st.text())
def test_any_search_gives_terms_of_words(text):
    terms = parse_terms(text)
    assert all(term == " ".join(term.split()) != "" for term in (*terms.included, *terms.excluded))
