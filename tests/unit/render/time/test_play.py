from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import orjson
import pytest
from many_places import many_places

from dashboard.render.time.play import MOST_PLAYED, Film, film_data, journey_film
from dashboard.render.time.time_tools import Bar, play_controls
from dashboard.render.time.timeline import TimelineCounts, bars, offered_steps, timeline
from dashboard.words import strings

FIRST = date(2024, 1, 1)


def film(count: int, places: int, step: str = "day") -> Film:
    found = [Bar(FIRST + timedelta(days=n), FIRST + timedelta(days=n), n % 5) for n in range(count)]
    runs = {f"geonames:{100 + p}": [(n, 1 + (n + p) % 3) for n in range(count)] for p in range(places)}
    return Film(step, found, runs)


def test_runs_are_told_as_distances() -> None:
    small = Film("day", film(4, 0).bars, {"geonames:100": [(1, 5), (3, 2)]})
    data = film_data(small, many_places(2), strings("en"))
    assert [row[0] for row in data["places"]] == ["geonames:100"]
    assert data["places"][0][6] == [2, 5, 2, 2]
    assert data["bins"][0] == "1 January 2024"
    assert data["windows"] == [[1, "1 day"], [3, "3 days"]]
    assert data["window"] == 1
    assert data["most"] == 7  # the window of three days that holds both
    assert data["counts"]["0"] == "0 articles"


def test_what_is_unsure_is_marked() -> None:
    places = many_places(2)
    places["confidence"] = [0.4, 0.9]
    assert [row[5] for row in film_data(film(3, 2), places, strings("ar"))["places"]] == [1, 0]


def test_every_window_has_its_words() -> None:
    data = film_data(film(20, 3), many_places(3), strings("ar"))
    for width, _ in data["windows"]:
        for end in range(1, 21):
            assert str(sum(data["totals"][max(0, end - width) : end])) in data["counts"]


def test_a_long_film_of_many_places_is_small() -> None:
    data = film_data(
        film(110, MOST_PLAYED, "week"), many_places(MOST_PLAYED, name="</script>"), strings("ar")
    )
    assert len(orjson.dumps(data)) < 300_000


def test_journeys_are_played_by_the_days_of_each_bin() -> None:
    spans = [
        (FIRST + timedelta(days=1), FIRST + timedelta(days=2)),
        (FIRST + timedelta(days=3), FIRST + timedelta(days=9)),
        (FIRST - timedelta(days=5), FIRST),
        (FIRST + timedelta(days=4), FIRST + timedelta(days=4)),
    ]
    data = journey_film("day", film(4, 0).bars, spans, strings("en"))
    assert data["totals"] == [0, 1, 0, 1]  # what began before the first bar, or after the last, is in none
    assert data["days"][0] == [FIRST.toordinal(), FIRST.toordinal()]
    assert data["counts"]["1"] == "1 journey"
    for width, _ in data["windows"]:
        for end in range(1, 5):
            assert str(sum(data["totals"][max(0, end - width) : end])) in data["counts"]


def test_no_film() -> None:
    data = film_data(Film("day", (), {}), many_places(3), strings("en"))
    assert data["bins"] == []
    assert data["places"] == []


@pytest.mark.parametrize(
    ("span", "steps"),
    [
        (1, []),
        (5, ["day"]),
        (40, ["day", "week", "month"]),
        (400, ["week", "month", "year"]),
        (6000, ["month", "year"]),
    ],
)
def test_steps_that_are_offered(span: int, steps: list[str]) -> None:
    assert offered_steps(FIRST, FIRST + timedelta(days=span - 1)) == steps


def test_a_step_that_would_make_too_many_bars_is_not_taken() -> None:
    last = FIRST + timedelta(days=3000)
    step, found = bars([], FIRST, last, "day")
    assert step == "year"
    step, found = bars([], FIRST, last, "month")
    assert step == "month"
    assert all(later.first == bar.last + timedelta(days=1) for bar, later in pairwise(found))


def drawn(language: str) -> str:
    days = [(FIRST, 2), (FIRST + timedelta(days=99), 1)]
    return timeline(
        TimelineCounts(days),
        (None, None),
        strings(language),
        lambda *_: "?",
        step_address=lambda s: f"?step={s}",
    )


def test_the_brush_knows_what_lies_under_it() -> None:
    html = drawn("en")
    assert 'data-first="2024-01-01"' in html
    assert 'data-last="2024-04-09"' in html
    assert 'data-starts="2024-01-01,2024-01-08,' in html
    assert 'href="?step=month"' in html


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_every_control_has_a_name(language: str) -> None:
    html = play_controls(strings(language))
    for action in ("back", "pause", "forward", "speed", "window", "stop"):
        assert f'data-play="{action}"' in html
    assert html.count("title=") == 6
    assert "hidden" in html
    assert 'data-play="start"' in drawn(language)
