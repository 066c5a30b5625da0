from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dashboard.core.errors import FilterError
from dashboard.core.models import Kind
from dashboard.query import (
    FILTER_NAMES,
    Box,
    FilterIssue,
    FilterPart,
    FilterProblem,
    Filters,
    Near,
    Shape,
    describe_filters,
    format_filters,
    parse_filters,
)

FULL = Filters(
    text='باريس -"New York"',
    sources=("Reuters", "Herald, The", "a\\b"),
    languages=("fr", "ar"),
    countries=("LY", "fr"),
    kinds=(Kind.CAMP, Kind.CITY),
    since=date(2024, 1, 31),
    until=date(2024, 2, 29),
    undated=True,
    min_confidence=0.8,
    actors=False,
    independent=3,
    at=("kh:jufra", "geonames:88319"),
    together=("country:FR",),
    near=Near(50, point=(32.1, 23.9)),
    box=Box(30.5, 19, 33, 25.25),
    shape=Shape(((30, 20), (33, 20), (33, 25.5))),
    added=datetime(2024, 2, 29, 12, tzinfo=UTC),
)
URL = {
    "q": 'باريس -"New York"',
    "source": "Herald\\, The,Reuters,a\\\\b",
    "lang": "ar,fr",
    "country": "FR,LY",
    "kind": "camp,city",
    "from": "2024-01-31",
    "to": "2024-02-29",
    "undated": "1",
    "sure": "0.8",
    "actors": "0",
    "independent": "3",
    "at": "geonames:88319,kh:jufra",
    "with": "country:FR",
    "near": "32.1,23.9:50",
    "box": "30.5,19,33,25.25",
    "shape": "g-pSg0mMgz6BAAwtrD",
    "added": "2024-02-29T12:00:00Z",
}


def test_every_filter_goes_to_the_url_and_back():
    assert format_filters(FULL) == URL
    assert tuple(format_filters(FULL)) == FILTER_NAMES
    assert parse_filters(URL) == (FULL, [])


def test_defaults_leave_no_trace():
    assert format_filters(Filters()) == {}
    assert describe_filters(Filters()) == ()
    assert parse_filters({}) == (Filters(), [])
    assert parse_filters(dict.fromkeys(FILTER_NAMES, "")) == (Filters(), [])


def test_lists_may_come_as_repeated_parameters():
    params = {"lang": ["ar", "FR,en"], "q": ["a", "b"], "sure": ["0.1", "1"], "kind": []}
    assert parse_filters(params) == (Filters(text="b", languages=("ar", "en", "fr"), min_confidence=1), [])


def test_equal_filters_are_equal_values():
    assert Filters(languages=("fr", "ar", "fr"), countries=("ly",)) == Filters(
        languages=("ar", "fr"), countries=("LY",)
    )
    assert hash(Filters(text=" a  b ")) == hash(Filters(text="a b"))
    assert Filters(text="!?") == Filters()


@pytest.mark.parametrize(
    ("name", "value", "issue"),
    [
        ("lang", "arabic", FilterIssue.BAD_LANGUAGE),
        ("country", "LBY", FilterIssue.BAD_COUNTRY),
        ("kind", "planet", FilterIssue.BAD_KIND),
        ("from", "31/01/2024", FilterIssue.BAD_DATE),
        ("to", "2024-02-30", FilterIssue.BAD_DATE),
        ("undated", "maybe", FilterIssue.BAD_FLAG),
        ("sure", "1.5", FilterIssue.BAD_NUMBER),
        ("sure", "nan", FilterIssue.BAD_NUMBER),
        ("sure", "much", FilterIssue.BAD_NUMBER),
        ("independent", "0", FilterIssue.BAD_NUMBER),
        ("independent", "two", FilterIssue.BAD_NUMBER),
        ("independent", "1000", FilterIssue.BAD_NUMBER),
        ("q", "?!", FilterIssue.NO_WORDS),
        ("at", "a b", FilterIssue.BAD_PLACE),
        ("with", "<b>", FilterIssue.BAD_PLACE),
        ("near", "kh:x", FilterIssue.BAD_NEAR),
        ("near", "kh:x:0", FilterIssue.BAD_NEAR),
        ("near", "91,0:10", FilterIssue.BAD_NEAR),
        ("near", "1,2,3:10", FilterIssue.BAD_NEAR),
        ("near", ":10", FilterIssue.BAD_NEAR),
        ("near", "kh:x:inf", FilterIssue.BAD_NEAR),
        ("box", "1,2,3", FilterIssue.BAD_BOX),
        ("box", "1,2,3,x", FilterIssue.BAD_BOX),
        ("box", "3,0,1,0", FilterIssue.BAD_BOX),
        ("box", "0,0,1,181", FilterIssue.BAD_BOX),
        ("box", "nan,0,1,1", FilterIssue.BAD_BOX),
        ("shape", "A", FilterIssue.BAD_SHAPE),
        ("shape", "AAAAAg", FilterIssue.BAD_SHAPE),
        ("shape", "AA!AAA", FilterIssue.BAD_SHAPE),
        ("shape", "________A", FilterIssue.BAD_SHAPE),
        ("shape", "AAAA", FilterIssue.BAD_SHAPE),
        ("added", "tomorrow", FilterIssue.BAD_DATE),
        ("added", "0001-01-01T00:00:00+14:00", FilterIssue.BAD_DATE),
    ],
)
def test_bad_value_is_left_out_and_reported(name, value, issue):
    assert parse_filters({name: value}) == (Filters(), [FilterProblem(name, value, issue)])


def test_good_values_beside_a_bad_one_are_kept():
    filters, problems = parse_filters({"kind": "city,planet,camp", "x": "y", "ui": "ar"})
    assert filters == Filters(kinds=(Kind.CITY, Kind.CAMP))
    assert problems == [FilterProblem("kind", "planet", FilterIssue.BAD_KIND)]


def test_reversed_dates_keep_the_first_day():
    filters, problems = parse_filters({"from": "2024-02-01", "to": "2024-01-01"})
    assert filters == Filters(since=date(2024, 2, 1), undated=False)
    assert problems == [FilterProblem("to", "2024-01-01", FilterIssue.REVERSED_DATES)]


def test_long_values_are_refused():
    filters, problems = parse_filters({"q": "x" * 501, "source": ",".join(map(str, range(300)))})
    assert (filters.text, len(filters.sources)) == ("", 200)
    assert [(problem.name, problem.issue) for problem in problems] == [
        ("q", FilterIssue.TOO_LONG),
        ("source", FilterIssue.TOO_LONG),
    ]
    assert all(len(problem.value) <= 80 for problem in problems)


def test_at_most_twelve_places_together():
    filters, problems = parse_filters({"with": ",".join(f"kh:{n}" for n in range(20))})
    assert len(filters.together) == 12
    assert [problem.issue for problem in problems] == [FilterIssue.TOO_LONG]


def test_a_time_without_a_zone_is_utc():
    noon = datetime(2024, 2, 29, 12, tzinfo=UTC)
    assert [
        parse_filters({"added": text})[0].added for text in ("2024-02-29T12:00", "2024-02-29T14:00+02:00")
    ] == [
        noon,
        noon,
    ]


def test_description_holds_names_and_values():
    parts = describe_filters(FULL)
    assert parts[1] == FilterPart("source", ("Herald, The", "Reuters", "a\\b"))
    assert parts[8] == FilterPart("sure", ("0.8",))
    assert parts[9] == FilterPart("actors", ("0",))
    assert parts[10] == FilterPart("independent", ("3",))
    assert parts[11] == FilterPart("at", ("geonames:88319", "kh:jufra"))


@pytest.mark.parametrize(
    "values",
    [
        {"min_confidence": 1.1},
        {"min_confidence": float("nan")},
        {"kinds": ("planet",)},
        {"languages": ("arabic",)},
        {"countries": ("L1",)},
        {"at": ("a b",)},
        {"together": tuple(f"kh:{n}" for n in range(13))},
        {"since": date(2024, 2, 1), "until": date(2024, 1, 1)},
        {"text": "x" * 501},
    ],
)
def test_senseless_value_is_an_error(values):
    with pytest.raises(FilterError):
        Filters(**values)


def test_country_row_needs_no_special_case():
    assert Filters(countries=("LY",)).about_places is True
    assert Filters(text="x", min_confidence=0.9).about_places is False


def test_a_range_of_days_leaves_the_undated_out_whoever_sets_it():
    since = date(2024, 2, 1)
    for filters in (parse_filters({"from": "2024-02-01"})[0], Filters().between(since, None)):
        assert (filters.undated, format_filters(filters)) == (False, {"from": "2024-02-01"})
        assert filters.between(None, since).undated is False
        assert filters.between(None, None) == Filters()
    wished = parse_filters({"from": "2024-02-01", "undated": "1"})[0]
    assert wished.undated
    assert wished.between(None, since).undated
    assert format_filters(Filters(undated=False)) == {"undated": "0"}
