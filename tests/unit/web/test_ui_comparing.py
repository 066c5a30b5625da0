from __future__ import annotations

from datetime import date

import pytest

from dashboard.query import Filters
from dashboard.web.comparing import compared_filters, difference, differing, read_versus, versus_filters
from dashboard.web.visit import known_parameters, read_visit


def test_a_comparison_is_in_the_address() -> None:
    visit, problems = read_visit(
        {"source": "A", "sure": "0.7", "view": "compare", "vs": "source=B%2C&lang=ar", "by": "first"}
    )
    assert problems == []
    assert visit.other == Filters(sources=("B",), languages=("ar",), min_confidence=0.7)
    again, _ = read_visit(known_parameters(visit.address()))
    assert again == visit


def test_an_empty_value_takes_a_filter_off() -> None:
    first = Filters(sources=("A",), text="ship")
    assert versus_filters(first, "source=") == Filters(text="ship")
    assert versus_filters(first, "") is None


@pytest.mark.parametrize("bad", ["nonsense", "place=1&ui=ar", "x" * 3000, "q=" + "y" * 3000])
def test_what_is_no_comparison_is_reported(bad: str) -> None:
    visit, problems = read_visit({"vs": bad})
    assert visit.versus == ""
    assert [problem[0] for problem in problems] == ["vs"]


def test_bad_values_in_a_comparison_are_reported() -> None:
    value, problems = read_versus(Filters(), "kind=moon&lang=ar")
    assert value == "lang=ar&kind=moon"
    assert len(problems) == 1
    assert versus_filters(Filters(), value) == Filters(languages=("ar",))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Filters(sources=("A, Inc.",)), Filters(sources=("B\\",))),
        (Filters(text="حفتر"), Filters(text="-صالح")),
        (Filters(since=date(2024, 1, 1), until=date(2024, 2, 1), undated=False), Filters(sources=("C",))),
        (Filters(countries=("LY",)), Filters()),
    ],
)
def test_a_difference_leads_to_the_second_selection(first: Filters, second: Filters) -> None:
    assert versus_filters(first, difference(first, second)) == second
    assert differing(first, first) == []


def test_a_new_comparison_puts_the_last_one_back() -> None:
    filters = Filters(sources=("A",), languages=("ar",))
    first, second = compared_filters(
        filters, Filters(sources=("B",), languages=("ar",)), {"text": "x"}, {"text": "y"}
    )
    assert first == Filters(text="x", languages=("ar",))
    assert second == Filters(text="y", languages=("ar",))
    dated = Filters(since=date(2024, 1, 1), until=date(2024, 1, 2), undated=False)
    other = Filters(since=date(2024, 1, 3), until=date(2024, 1, 4), undated=False)
    assert compared_filters(dated, other, {"text": "x"}, {"text": "y"})[0] == Filters(text="x")
