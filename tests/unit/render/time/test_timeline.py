from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest

from dashboard.render.time.timeline import Step, TimelineCounts, bars, timeline
from dashboard.words import strings


def address(since: date | None, until: date | None) -> str:
    return f"?from={since}&to={until}"


@pytest.mark.parametrize(
    ("span", "step"), [(0, "day"), (61, "day"), (62, "week"), (399, "week"), (400, "month"), (4000, "year")]
)
def test_the_longer_the_time_the_wider_the_bars(span: int, step: str) -> None:
    first = date(2020, 1, 15)
    days = [(first, 2)] + ([(first + timedelta(days=span), 3)] if span else [])
    found_step, found = bars(days, first, days[-1][0])
    assert found_step == step
    assert sum(bar.articles for bar in found) == (5 if span else 2)
    assert all(later.first == bar.last + timedelta(days=1) for bar, later in pairwise(found))
    assert found[0].first <= first <= found[0].last
    assert len(found) < 110


def test_no_dated_article_no_timeline() -> None:
    assert timeline(TimelineCounts([], 5), (None, None), strings("en"), address) == ""
    kept = TimelineCounts([], 0, date(2020, 1, 1), date(2020, 1, 9))  # the filters let none through
    assert timeline(kept, (None, None), strings("en"), address).count("<i>") == 9


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "September 2023: 2 articles"),
        ("ar", "سبتمبر 2023: مقالان"),
        ("fr", "septembre 2023 : 2 articles"),
    ],
)
def test_a_bar_is_a_link_to_its_days(language: str, label: str) -> None:
    days = [(date(2023, 9, 11), 2), (date(2025, 1, 2), 1)]
    html = timeline(TimelineCounts(days, 3), (None, None), strings(language), address)
    assert html.count("<a ") == 2  # empty months can't be pressed
    assert f'aria-label="{label}"' in html
    assert 'href="?from=2023-09-01&amp;to=2023-09-30"' in html
    assert strings(language)("timeline_undated", n=3) in html
    assert timeline(TimelineCounts(days), (None, None), strings(language), address).count("<p") == 0


def test_the_chosen_bar_leads_back_and_the_others_fade() -> None:
    days = [(date(2023, 9, 11), 2), (date(2025, 1, 2), 1)]
    html = timeline(TimelineCounts(days), (date(2023, 9, 1), date(2023, 9, 30)), strings("en"), address)
    chosen = re.search(r'<a href="([^"]*)"[^>]*aria-current="true"', html)
    assert chosen is not None
    assert chosen.group(1) == "?from=None&amp;to=None"
    assert html.count("kh-time-out") == 1


def test_few_names_stand_below() -> None:
    days = [(date(2000, 5, 1), 1), (date(2024, 5, 1), 1)]
    html = timeline(TimelineCounts(days), (None, None), strings("en"), address)
    ticks = html.split("kh-time-ticks")[1].count("<span")
    assert 2 < ticks <= 9


def test_the_time_shown_is_that_of_the_store() -> None:
    counts = TimelineCounts([(date(2023, 9, 11), 2)], 0, date(2020, 1, 1), date(2025, 1, 1))
    html = timeline(counts, (None, None), strings("en"), address)
    assert html.count("<i>") == 60
    assert 'href="?from=2023-09-01&amp;to=2023-09-30"' in html


def test_what_lies_outside_the_time_is_counted_with_the_way_to_it() -> None:
    days = [(date(2013, 1, 1), 3), (date(2018, 4, 1), 5), (date(2018, 4, 9), 1), (date(2030, 1, 1), 2)]
    counts = TimelineCounts(days, 0, date(2018, 4, 1), date(2018, 4, 9), everything="?span=all")
    html = timeline(counts, (None, None), strings("en"), address)
    assert '<a href="?span=all"' in html
    assert "3 earlier, 2 later" in html
    assert 'data-before="1"' in html
    assert html.count("kh-time-out") == 0
    assert "earlier" not in timeline(TimelineCounts(days), (None, None), strings("en"), address)


@pytest.mark.parametrize("step", ["week", "month", "year", None])
def test_time_may_run_to_its_ends(step: Step | None) -> None:
    days = [(date.min, 1), (date(2024, 5, 1), 2), (date.max, 3)]
    _, found = bars(days, date.min, date.max, step)
    assert sum(bar.articles for bar in found) == 6
    assert found[-1].last == date.max
    _, last = bars(days[2:], date(9999, 12, 1), date.max, step)
    assert last[-1].last == date.max
