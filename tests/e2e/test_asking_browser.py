"""Asking in a real browser: a store parsed with the small gazetteer, which a second ingest adds to."""

from __future__ import annotations

import re
import shutil
import time
from typing import TYPE_CHECKING

import pytest
from conftest import serving, visiting

from dashboard.core.models import Article
from dashboard.gazetteer.locate import index_id
from dashboard.geoparse import Geoparser
from dashboard.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any

    from playwright.sync_api import Browser

pytestmark = pytest.mark.e2e

TOBRUK, CAIRO = "geonames:81302", "geonames:360630"
TEXTS = (
    "Ship reaches Tobruk\n\nA ship reached the port city of Tobruk in Libya on Monday.",
    "Talks in Benghazi\n\nTalks were held in the city of Benghazi, in Libya. A delegation flew to Tobruk.",
    "Cairo meeting\n\nMinisters met in the city of Cairo, in Egypt, before they travelled to Tripoli in Libya.",
)
HOSTILE = '<img src=x onerror="window.hurt=1"> ![x](javascript:hurt) ${window.hurt=2}'


@pytest.fixture(scope="module")
def desk(
    tmp_path_factory: pytest.TempPathFactory, small_gazetteer_path: Path, small_gazetteer: Any
) -> Iterator[tuple[str, Callable[[str], int]]]:
    """Return the address of a dashboard, and what parses and adds an article to its store."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "gazetteer").mkdir()
    shutil.copy(small_gazetteer_path, folder / "gazetteer" / f"{index_id()}.kgz")
    parser = Geoparser(small_gazetteer)
    url = f"sqlite:///{(folder / 'desk.sqlite').as_posix()}"
    with open_store(url) as store:

        def add(text: str) -> int:
            return store.add(Article(text.partition("\n")[0], text, "en"), parser.parse(text, "en"))

        for text in TEXTS:
            add(text)
        with serving(url, folder) as address:
            yield address, add


@pytest.fixture
def look(browser: Browser, desk: tuple[str, Any]) -> Iterator[Callable[..., Any]]:
    with visiting(browser, desk[0]) as opened:
        yield opened


def _pins(opened: Any) -> list[str]:
    opened.map_ready()
    return sorted(opened.on_map("() => kharita.data.all.map((place) => place.id)"))


def _pins_when(opened: Any, holds: Callable[[list[str]], bool]) -> list[str]:
    """Return the pins as soon as they are as wanted: the sentence may be there before the map."""
    end = time.monotonic() + 15
    while not holds(pins := _pins(opened)):
        assert time.monotonic() < end, pins
        opened.page.wait_for_timeout(100)
    return pins


def _query(opened: Any) -> str:
    return "?" + opened.page.url.partition("?")[2]


def _drag(opened: Any, across: int, down: int) -> None:
    box = opened.page.locator("iframe").bounding_box()
    x, y = box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.7
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x + across, y + down, steps=4)
    opened.page.mouse.up()


def test_a_place_is_found_in_a_script_that_no_article_uses(look: Callable[..., Any]) -> None:
    opened = look()
    opened.map_ready()
    opened.page.locator(".st-key-kh-search input").fill("Тобрук")
    opened.page.keyboard.press("Enter")
    chip = opened.page.locator("a.kh-ask-place", has_text="Tobruk")
    chip.wait_for()
    assert "2 articles" in chip.inner_text()
    assert "0 articles" in opened.page.locator(".kh-ask-words").inner_text()
    chip.focus()
    opened.page.keyboard.press("Enter")
    opened.page.locator(".kh-card h2", has_text="Tobruk").wait_for()
    assert "q=" not in opened.page.url
    assert opened.page.locator(".kh-story").count() == 2


def test_places_are_offered_while_a_name_is_typed(look: Callable[..., Any]) -> None:
    opened = look()
    opened.map_ready()
    opened.on_map("() => { window.stamp = 1; }")
    box = opened.page.locator(".st-key-kh-search input")
    box.press_sequentially("طبر", delay=30)
    offered = opened.page.locator(".kh-suggestions a", has_text="Tobruk")
    offered.wait_for()
    assert "q=" not in opened.page.url  # nothing was searched for yet
    opened.page.keyboard.press("Escape")
    offered.wait_for(state="hidden")
    box.press_sequentially("ق")
    offered.wait_for()
    opened.page.keyboard.press("ArrowDown")
    assert offered.get_attribute("aria-selected") == "true"
    opened.page.keyboard.press("Enter")
    opened.page.locator(".kh-card h2", has_text="Tobruk").wait_for()
    assert (box.input_value(), "q=" in opened.page.url) == ("", False)
    box.press_sequentially("Beng", delay=30)
    opened.page.locator(".kh-suggestions a", has_text="Benghazi").first.click()
    opened.page.locator(".kh-card h2", has_text="Benghazi").wait_for()
    box.press_sequentially("talks", delay=30)
    opened.page.keyboard.press("Enter")
    opened.page.locator(".kh-part", has_text="talks").wait_for()
    assert opened.page.locator(".kh-suggestions").is_hidden()
    assert opened.on_map("() => window.stamp") == 1  # the map was not made anew


def test_the_small_action_keeps_to_the_articles_that_name_the_place(look: Callable[..., Any]) -> None:
    opened = look("?ui=en&q=Bengahzi")
    opened.map_ready()
    assert "Similar name" in opened.page.locator(".kh-ask").inner_text()
    opened.page.locator(".kh-ask-only").click()
    opened.page.locator(".kh-part", has_text="naming Benghazi").wait_for()
    _pins_when(opened, lambda pins: TOBRUK in pins)
    assert "q=" not in opened.page.url
    opened.page.locator(".kh-part").click()
    opened.page.locator(".kh-part").wait_for(state="detached")


def test_what_the_gazetteer_alone_knows_is_said(look: Callable[..., Any]) -> None:
    opened = look("?ui=en&q=درنة")
    opened.map_ready()
    line = opened.page.locator(".kh-ask-unnamed")
    assert "no article names it" in line.inner_text()
    line.locator("a").click()
    opened.page.locator(".kh-part", has_text="within 50 km").wait_for()
    opened.page.frame_locator("iframe").locator("body[data-areas='near']").wait_for()


def test_panning_asks_nobody_until_this_area_is_searched(look: Callable[..., Any]) -> None:
    opened = look()
    everything = _pins(opened)
    frame = opened.page.frame_locator("iframe")
    opened.on_map("() => { kharita.state.map.setView([31.5, 28], 6.5, { animate: false }); }")
    assert frame.locator(".kh-here").is_hidden()  # the program moved the map, not the user
    before = opened.page.url
    _drag(opened, -60, 10)
    frame.locator(".kh-here").wait_for()
    assert (
        re.sub(r"&frame=[^&]*", "", opened.page.url) == before
    )  # the frame joins the address, and asks nobody
    where = "() => { const m = kharita.state.map, c = m.getCenter(); return [c.lat, c.lng, m.getZoom()]; }"
    view = opened.on_map(where)
    inside = opened.on_map(
        "() => kharita.data.points.filter((p) => kharita.state.map.getBounds().contains([p.lat, p.lon]))"
        ".map((p) => p.id).sort()"
    )
    assert 0 < len(inside) < len(everything)
    frame.locator(".kh-here").focus()
    opened.page.keyboard.press("Enter")
    opened.page.locator(".kh-part", has_text="in the frame").wait_for()
    frame.locator("body[data-areas='box']").wait_for()
    assert "box=" in opened.page.url
    assert set(inside) <= set(_pins(opened)) < set(everything)
    assert opened.on_map(where) == pytest.approx(view, abs=0.05)
    assert frame.locator(".kh-here").is_hidden()

    other = look(_query(opened))
    assert _pins(other) == _pins(opened)
    assert other.on_map("() => document.body.dataset.areas") == "box"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_area_is_drawn_by_clicking_its_corners(look: Callable[..., Any], language: str) -> None:
    opened = look(f"?ui={language}")
    everything = _pins(opened)
    opened.on_map("() => { kharita.state.map.setView([31.5, 26], 6, { animate: false }); }")
    frame = opened.page.frame_locator("iframe")
    frame.locator(".kh-draw-button").click()
    spots = opened.on_map(
        "() => [[33.2, 22.8], [33.2, 25.2], [30.8, 25.2], [30.8, 22.8]].map((at) => "
        "{ const p = kharita.state.map.latLngToContainerPoint(at); return [p.x, p.y]; })"
    )
    box = opened.page.locator("iframe").bounding_box()
    for x, y in spots:
        opened.page.mouse.click(box["x"] + x, box["y"] + y)
    assert "place=" not in opened.page.url  # the sheet took the clicks, not the pins below it
    opened.page.keyboard.press("Enter")
    opened.page.locator(".kh-part").wait_for()
    frame.locator("body[data-areas='shape']").wait_for()
    assert frame.locator(".kh-sheet").count() == 0
    assert TOBRUK in _pins(opened)
    assert CAIRO not in _pins(opened)
    assert set(_pins(opened)) < set(everything)
    other = look(_query(opened))
    assert _pins(other) == _pins(opened)


def test_drawing_is_left_without_a_trace_and_done_by_keys(look: Callable[..., Any]) -> None:
    opened = look()
    opened.map_ready()
    frame = opened.page.frame_locator("iframe")
    before = opened.page.url
    button = frame.locator(".kh-draw-button")
    button.focus()
    opened.page.keyboard.press("Enter")
    frame.locator(".kh-help").wait_for()
    opened.page.keyboard.press("Escape")
    frame.locator(".kh-help").wait_for(state="detached")
    assert opened.page.url == before
    button.focus()
    opened.page.keyboard.press("Enter")
    for turn in ("ArrowLeft", "ArrowUp", "ArrowRight"):
        opened.page.keyboard.press("Space")
        for _ in range(2):
            opened.page.keyboard.press(turn)
            opened.page.wait_for_timeout(400)  # the map glides
    opened.page.keyboard.press("Enter")
    opened.page.locator(".kh-part", has_text="in the drawn area").wait_for()
    assert re.search(r"shape=[\w-]{10,}", opened.page.url)


def test_near_and_together_from_the_card(look: Callable[..., Any]) -> None:
    opened = look(f"?ui=en&place={TOBRUK}")
    opened.map_ready()
    opened.page.locator(".kh-toggle", has_text="50").first.click()
    opened.page.locator(".kh-part", has_text="within 50 km of Tobruk").wait_for()
    _pins_when(opened, lambda pins: pins == [TOBRUK])
    opened.page.locator(".kh-toggle[aria-current]").click()
    opened.page.locator(".kh-toggle[aria-current]").wait_for(state="detached")
    opened.page.locator(".kh-toggle", has_text="named with it").click()
    opened.page.locator(".kh-part", has_text="together with Tobruk").wait_for()
    pins = _pins_when(opened, lambda pins: len(pins) > 1 and CAIRO not in pins)
    assert _pins(look(_query(opened))) == pins


def test_a_watched_area_tells_what_a_new_ingest_brought(
    look: Callable[..., Any], desk: tuple[str, Any]
) -> None:
    opened = look(f"?ui=en&near={TOBRUK}:250")
    opened.map_ready()
    page = opened.page
    page.get_by_role("button", name="Save this view").click()
    page.get_by_role("textbox", name="Name").fill(HOSTILE)
    page.get_by_role("textbox", name="Name").press("Enter")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("is saved.").wait_for()
    desk[1]("Flood in Derna\n\nThe city of Derna, in Libya, was flooded.")
    desk[1]("Talks in Cairo\n\nTalks were held in the city of Cairo, in Egypt.")
    page.keyboard.press("Escape")
    page.locator(".kh-links a", has_text="Saved").click()
    page.locator(".kh-saved-news", has_text="1 new article and 1 new place since then: Derna").wait_for()
    assert HOSTILE in page.locator(".kh-saved-row").inner_text()
    assert page.evaluate("window.hurt") is None
    page.locator(".kh-saved-news a").click()
    page.locator(".kh-part", has_text="added since").wait_for()
    assert page.locator(".kh-sentence strong").inner_text() == "1 place named in 1 article"
    page.go_back()
    page.get_by_role("button", name="Mark as seen").click()
    page.locator(".kh-saved-news", has_text="Nothing new").wait_for()
    assert opened.outside == []


@pytest.mark.parametrize("query", ["?ui=ar&page=saved", "?ui=en&q=Tobruk", "?ui=ar&numerals=arab&q=طبرق"])
def test_nothing_scrolls_sideways_on_a_phone(look: Callable[..., Any], query: str) -> None:
    opened = look(query, width=390, height=844)
    opened.page.locator(".st-key-kh-saved, .kh-ask").first.wait_for()
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
