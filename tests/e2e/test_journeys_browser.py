"""Who was where, when, and who says so: asked of the journeys page as a reader would, wide and on a phone."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pytest
from made_legs import HAFTAR, make_legs_store

from dashboard.store import open_store
from dashboard.store.journey_trail import list_decisions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.e2e
NAMES = {"en": "Khalifa Haftar", "ar": "خليفة حفتر"}
ASKED = {"en": "Haftar", "ar": "حفتر"}
BACK = {"en": "Tobruk", "ar": "طبرق"}
SIZES = [{"width": 1400, "height": 900}, {"width": 390, "height": 844}]
IDLE = "html:not([data-kh-busy])"
OPEN_ARC = (
    "() => new Promise((done) => { const look = () => kharita.state.arcs?.some((a) => a.open)"
    " ? done(true) : setTimeout(look, 50); look(); })"
)


@pytest.fixture(scope="module")
def legs_store(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp("legs")
    return make_legs_store(folder), folder


@pytest.fixture(scope="module")
def legs_server(serve: Callable[..., Any], legs_store: tuple[str, Path]) -> Iterator[str]:
    with serve(*legs_store) as address:
        yield address


@pytest.fixture
def visit_legs(browse: Callable[..., Any], legs_server: str) -> Iterator[Callable[..., Any]]:
    with browse(legs_server) as opened:
        yield opened


@pytest.mark.parametrize("size", SIZES, ids=["wide", "phone"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_where_he_was_when_and_who_says_so(
    visit_legs: Callable[..., Any], language: str, size: dict[str, int]
) -> None:
    opened = visit_legs(f"?ui={language}&view=journeys&q={ASKED[language]}", **size)
    opened.map_ready()
    page = opened.page
    page.locator(".kh-chips .kh-chip", has_text=NAMES[language]).first.click()
    page.locator(".kh-card h2", has_text=NAMES[language]).wait_for()
    page.locator(".kh-journeys .kh-journey", has_text=BACK[language]).first.click()  # where, and when
    page.locator(".kh-contradictions").wait_for()  # was it so?
    told = page.locator(".kh-story")
    assert told.count() == 3
    assert told.first.locator(".kh-mark").count() >= 2
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    opened.on_map(OPEN_ARC)
    shared = page.url.partition("?")[2]
    again = visit_legs(f"?{shared}", **size)  # the link leads another reader to the same
    again.page.locator(".kh-contradictions").wait_for()
    again.page.locator(".kh-story .kh-action").first.click()  # who says so: the words in their article
    again.page.locator(".kh-leg").first.wait_for()
    assert again.page.locator(".kh-leg-cue").count() >= 1


SEEN = """() => {
  const { map } = kharita.state, frame = map.getSize(), free = frame.y - window.parent.khCovered();
  const points = kharita.data.points.map((one) => map.latLngToContainerPoint([one.lat, one.lon]));
  return points.length > 1 && points.every((at) => at.x > 0 && at.x < frame.x && at.y > 0 && at.y < free);
}"""


def test_an_opened_actor_s_ways_are_in_the_part_of_a_phone_s_map_that_is_seen(
    visit_legs: Callable[..., Any],
) -> None:
    opened = visit_legs("?ui=ar&q=Hifter", **SIZES[1])
    opened.map_ready()
    page = opened.page
    page.locator(".kh-ask-chip", has_text=NAMES["ar"]).first.click()
    page.locator(".kh-card h2", has_text=NAMES["ar"]).wait_for()
    page.wait_for_function("document.documentElement.dataset.khSheet === 'half'")  # the card is open
    frame = next(frame for frame in page.frames if "streamlit_folium" in frame.url)
    frame.wait_for_function(SEEN)


def test_a_report_is_split_off_and_the_decision_taken_back(
    visit_legs: Callable[..., Any], legs_store: tuple[str, Path]
) -> None:
    opened = visit_legs(f"?ui=en&view=journeys&actor={HAFTAR}")
    opened.map_ready()
    page = opened.page
    page.locator(".kh-journeys .kh-journey", has_text="Tobruk").first.click()
    page.locator(".kh-contradictions").wait_for()
    page.locator(".st-key-kh-journey-tools summary").click()
    page.locator(".st-key-journey_who input").fill("Reader")
    page.locator(".st-key-journey_who input").press("Enter")
    page.locator(IDLE).wait_for(state="attached")
    page.locator(".st-key-journey_split button").click()
    undo = page.locator(".st-key-kh-journey-tools button", has_text="Undo")
    undo.wait_for()
    with open_store(legs_store[0]) as store:
        assert [one.who for one in list_decisions(store) if one.undone_at is None] == ["Reader"]
    undo.click()
    undo.wait_for(state="detached")
    with open_store(legs_store[0]) as store:
        assert [one for one in list_decisions(store) if one.undone_at is None] == []


def test_an_actor_is_named_on_the_page_and_the_name_taken_back(visit_legs: Callable[..., Any]) -> None:
    page = visit_legs(f"?ui=en&view=journeys&actor={HAFTAR}").page
    page.locator(".kh-card h2", has_text="Khalifa Haftar").wait_for()
    page.locator(".st-key-kh-actor-tools summary").click()
    page.locator(".st-key-actor_who input").fill("Reader")
    page.locator(".st-key-actor_names_en_none textarea").fill("Marshal Haftar")
    page.locator(".st-key-kh-actor-tools button", has_text="Save").click()
    page.locator(".kh-card h2", has_text="Marshal Haftar").wait_for()
    page.locator(".st-key-kh-actor-tools button", has_text="Undo").click()
    page.locator(".kh-card h2", has_text="Khalifa Haftar").wait_for()


def test_time_plays_the_arcs_of_its_days(visit_legs: Callable[..., Any]) -> None:
    opened = visit_legs("?ui=en&view=journeys")
    opened.map_ready()
    page = opened.page
    page.locator('[data-play="start"]').click()
    page.locator(".kh-time.kh-playing").wait_for()
    playing = opened.on_map("() => document.body.dataset.playing.split('/').map(Number)")
    everything = opened.on_map("() => kharita.state.arcs.length")
    assert isinstance(playing, list)
    assert 0 < playing[1] <= everything
    page.locator('[data-play="stop"]').click()
    page.locator(".kh-time:not(.kh-playing)").wait_for()


def test_the_journeys_in_view_are_handed_over(visit_legs: Callable[..., Any], tmp_path: Path) -> None:
    page = visit_legs(f"?ui=en&view=journeys&actor={HAFTAR}").page
    page.locator(".kh-card h2", has_text="Khalifa Haftar").wait_for()
    page.locator(".st-key-kh-export button").first.click()
    page.locator(".st-key-export_format [role=combobox]").click()
    page.locator("[role=option]", has_text="Table of journeys (CSV)").click()
    page.locator(".kh-export-hint", has_text="Who went where").wait_for()
    page.locator(".stApp[data-test-script-state='notRunning']").wait_for()
    with page.expect_download() as waited:
        page.locator("[data-testid=stDownloadButton] button").click()
    path = tmp_path / "journeys.csv"
    waited.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [row["actor"] for row in csv.DictReader(file)] == ["Khalifa Haftar"]
