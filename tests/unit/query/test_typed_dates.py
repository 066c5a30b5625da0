from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.core.edtf import bounds
from dashboard.query import TypedDays, edtf_of, read_typed_days
from dashboard.words import LANGUAGES, NUMERALS, strings

TODAY = date(2025, 5, 7)
ONE = (date(2024, 12, 31), date(2024, 12, 31))
MARCH = (date(2024, 3, 1), date(2024, 3, 31))


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("31-12-2024", ONE),
        ("31/12/2024", ONE),
        ("31.12.2024", ONE),
        ("2024-12-31", ONE),
        (" ٢٠٢٤-١٢-٣١ ", ONE),
        ("٣١/١٢/٢٠٢٤", ONE),
        ("31 ديسمبر 2024", ONE),
        ("٣١ كانون الأول ٢٠٢٤", ONE),
        ("Dec 31, 2024", ONE),
        ("31 décembre 2024", ONE),
        ("3/4/2024", (date(2024, 4, 3), date(2024, 4, 3))),
        ("mars 2024", MARCH),
        ("03/2024", MARCH),
        ("2024-03", MARCH),
        ("٢٠٢٤", (date(2024, 1, 1), date(2024, 12, 31))),
        ("last month", (date(2025, 4, 1), date(2025, 4, 30))),
        ("الشهر الماضي", (date(2025, 4, 1), date(2025, 4, 30))),
        ("le mois dernier", (date(2025, 4, 1), date(2025, 4, 30))),
        ("hier", (date(2025, 5, 6), date(2025, 5, 6))),
    ],
)
def test_a_day_or_a_stretch_of_days(typed: str, days: tuple[date, date]) -> None:
    found = read_typed_days(typed, TODAY)
    assert found is not None
    assert (found.first, found.last, found.both) == (*days, False)


@pytest.mark.parametrize(
    "typed",
    [
        "2024-03-01/2024-05-31",
        "2024-03-01..2024-05-31",
        "March 2024 - May 2024",
        "1 March 2024 – 31 May 2024",
        "from 1 March 2024 to 31 May 2024",
        "من مارس 2024 إلى مايو 2024",
        "du 1er mars 2024 au 31 mai 2024",
        "mars 2024 à mai 2024",
        "01-03-2024 - 31-05-2024",
    ],
)
def test_two_ends(typed: str) -> None:
    found = read_typed_days(typed, TODAY)
    assert found is not None
    assert (found.first, found.last, found.both) == (date(2024, 3, 1), date(2024, 5, 31), True)


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "zz", "31/31/2024", "13/2024", "0000", "5 May 2024 to 1 May 2024", "9" * 200, "1²/2024"],
)
def test_what_is_no_date(typed: str) -> None:
    assert read_typed_days(typed, TODAY) is None


@given(st.dates(date(1900, 1, 1), date(2098, 12, 31)), st.sampled_from(LANGUAGES), st.sampled_from(NUMERALS))
def test_what_a_field_shows_is_read_back(day: date, language: str, numerals: str) -> None:
    words = strings(language, numerals)
    found = read_typed_days(words.day(day), TODAY)
    assert found is not None
    assert (found.first, found.last) == (day, day)
    later = day.replace(year=day.year + 1, day=1)
    both = read_typed_days(words("date_range", first=words.day(day), last=words.day(later)), TODAY)
    assert both is not None
    assert (both.first, both.last, both.both) == (day, later, True)


@given(st.text(max_size=60))
def test_anything_may_be_typed(typed: str) -> None:
    found = read_typed_days(typed, TODAY)
    assert found is None or found.first <= found.last


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hints_are_true(language: str) -> None:
    words = strings(language)
    between = {"ar": " أو ", "en": " or ", "fr": " ou "}[language]
    lead = {"ar": "مثل", "en": "such as", "fr": "p. ex."}[language]
    for example in words("date_range_hint").removeprefix(lead).split(between):
        assert read_typed_days(example.strip(" ,"), TODAY), example
    month = words.period("month", date(2024, 3, 1))
    last = {"ar": "الشهر الماضي", "en": "last month", "fr": "le mois dernier"}[language]
    said = words("date_forms", month=month)
    assert month in said
    assert last in said
    assert read_typed_days(month, TODAY)
    assert read_typed_days(last, TODAY)


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("31/12/2024", "2024-12-31"),
        ("2024-02", "2024-02"),
        ("mars 2024", "2024-03"),
        ("2024", "2024"),
        ("2024-01-01/2024-02-10", "2024-01-01/2024-02-10"),
    ],
)
def test_what_was_typed_as_edtf(typed: str, edtf: str) -> None:
    days = read_typed_days(typed, TODAY)
    assert days is not None
    assert edtf_of(days) == edtf


@given(st.dates(date(1900, 1, 1), date(2099, 1, 1)), st.integers(0, 800))
def test_edtf_of_any_span_has_its_ends(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    assert bounds(edtf_of(TypedDays(first, last))) == (first, last)
