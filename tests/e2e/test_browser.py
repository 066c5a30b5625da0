from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from made_store import make_articles

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

pytestmark = pytest.mark.e2e


def test_basemap_and_places_are_drawn(visit: Callable[..., Any]) -> None:
    opened = visit()
    opened.map_ready()
    assert opened.on_map("() => Number(document.body.dataset.basemap)") > 150
    assert opened.on_map("() => Number(document.body.dataset.points)") == 3
    assert opened.on_map("() => Number(document.body.dataset.countries)") == 1
    inked = opened.on_map(
        "() => [...document.querySelectorAll('canvas')].map((c) => c.getContext('2d')"
        ".getImageData(0, 0, c.width, c.height).data.some((v) => v > 0))"
    )
    assert inked == [True, True, True]  # land, what is seen from near with disputed areas, places
    assert opened.page.locator(".kh-legend").is_visible()


def test_a_click_on_the_map_opens_the_card_without_moving_the_map(visit: Callable[..., Any]) -> None:
    opened = visit()
    opened.map_ready()
    before = opened.on_map("() => { window.stamp = 1; return kharita.state.map.getCenter(); }")
    opened.click_place("kh:tobruk")
    opened.page.locator(".kh-card h2", has_text="Tobruk").wait_for()
    assert "place=kh%3Atobruk" in opened.page.url
    opened.page.locator("mark", has_text="Tobruk").nth(2).wait_for()
    assert opened.on_map("() => kharita.state.map.getCenter()") == before
    assert opened.on_map("() => window.stamp") == 1  # the frame was not loaded anew


def test_from_the_list_to_the_sentence_to_the_reader_and_back(visit: Callable[..., Any]) -> None:
    opened = visit()
    page = opened.page
    page.locator(".kh-row", has_text="Cairo").click()
    page.locator(".kh-card").wait_for()
    page.locator(".kh-story .kh-action").first.click()
    page.locator(".kh-text").wait_for()
    page.locator(".kh-m", has_text=re.compile("Cairo|القاهرة")).first.click()
    page.locator(".kh-mention .kh-candidates li").nth(1).wait_for()
    assert "mention=" in page.url
    page.reload()
    page.locator(".kh-mention").wait_for()
    page.locator(".kh-close").click()
    page.locator(".kh-mention").wait_for(state="detached")
    page.locator(".kh-article-head .kh-back").click()
    page.locator(".kh-card").wait_for()
    assert "article=" not in page.url


def test_a_search_goes_into_the_address_and_comes_back_from_it(visit: Callable[..., Any]) -> None:
    first = visit()
    first.map_ready()
    first.page.locator(".st-key-kh-search input").fill("grain")
    first.page.keyboard.press("Enter")
    first.page.locator(".kh-part", has_text="grain").wait_for()
    query = "?" + first.page.url.split("?", 1)[1]
    assert "q=grain" in query
    second = visit(query)
    second.page.locator(".kh-part", has_text="grain").wait_for()
    assert (
        second.page.locator(".kh-sentence strong").inner_text()
        == first.page.locator(".kh-sentence strong").inner_text()
    )
    second.page.locator(".kh-part").click()
    second.page.locator(".kh-part").wait_for(state="detached")
    assert "q=" not in second.page.url


def test_hostile_articles_are_harmless(visit: Callable[..., Any]) -> None:
    article = make_articles()[2][0]
    opened = visit(f"?ui=en&article={article.id}")
    opened.map_ready()
    opened.page.locator(".kh-text").wait_for()
    assert "<img src=x onerror" in opened.page.locator(".kh-text").inner_text()
    assert opened.page.evaluate("window.hurt") is None
    assert opened.on_map("() => window.hurt ?? null") is None
    assert opened.page.locator("a[href^='javascript']").count() == 0
    assert "\u202e" not in opened.page.locator(".kh-reader").inner_text()
    card = visit("?ui=en&place=kh:tobruk")
    card.page.locator(".kh-story").first.wait_for()
    assert card.page.evaluate("window.hurt") is None


def test_arabic_runs_from_right_to_left(visit: Callable[..., Any]) -> None:
    opened = visit("?ui=ar")
    opened.map_ready()
    page = opened.page
    assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).direction") == "rtl"
    assert page.evaluate("document.documentElement.lang") == "ar"
    panel, chart = page.locator(".st-key-kh-panel").bounding_box(), page.locator("iframe").bounding_box()
    assert panel is not None
    assert chart is not None
    assert panel["x"] + panel["width"] <= chart["x"] + 1
    page.locator(".kh-tongues a", has_text="Fr").click()
    page.locator(".kh-sentence", has_text="lieux").wait_for()


@pytest.mark.parametrize("query", ["?ui=ar", "?ui=en&place=kh:tobruk", "?ui=fr&page=about"])
@pytest.mark.parametrize("width", [390, 1400])
def test_nothing_scrolls_sideways(visit: Callable[..., Any], query: str, width: int) -> None:
    opened = visit(query, width=width, height=844)
    opened.page.locator(".kh-links").wait_for()
    if "about" not in query:
        opened.map_ready()
        box = opened.page.locator("iframe").bounding_box()
        assert box is not None
        assert box["height"] > 844 * 0.5
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


def test_dark_follows_the_system_and_can_be_left(visit: Callable[..., Any]) -> None:
    opened = visit(scheme="dark")
    opened.map_ready()
    paper = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    assert opened.page.evaluate(paper) == "rgb(20, 23, 26)"
    assert opened.on_map("() => document.documentElement.dataset.theme") == "dark"
    opened.page.locator("[data-theme-switch]").click()
    opened.page.locator("[data-theme-switch='Dark']").wait_for()
    assert opened.page.evaluate(paper) == "rgb(255, 255, 255)"


def test_headers_and_health(visit: Callable[..., Any], server: str) -> None:
    opened = visit()
    answer = opened.page.request.get(f"{server}/healthz")
    assert answer.ok
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_bar_of_the_timeline_keeps_to_its_days_and_leads_back(
    visit: Callable[..., Any], language: str
) -> None:
    opened = visit(f"?ui={language}")
    opened.map_ready()
    bars = opened.page.locator(".kh-time-bars a")
    assert bars.count() == 3  # the fourth article has no date
    bars.first.focus()
    opened.page.keyboard.press("Enter")
    opened.page.locator(".kh-time-bars a[aria-current]").wait_for()
    assert "from=2024-03-04&to=2024-03-04" in opened.page.url
    assert opened.page.locator(".kh-time-out").count() == 2
    assert opened.page.locator(".kh-time-note").is_visible()
    opened.page.locator(".kh-time-bars a[aria-current]").click()
    opened.page.locator(".kh-time-bars a[aria-current]").wait_for(state="detached")
    assert "from=" not in opened.page.url


def test_a_place_is_found_by_its_name_in_another_script(visit: Callable[..., Any]) -> None:
    opened = visit()
    opened.map_ready()
    opened.page.locator(".st-key-kh-search input").fill("طُبرق")
    opened.page.keyboard.press("Enter")
    opened.page.locator("a.kh-ask-place", has_text="Tobruk").click()
    opened.page.locator(".kh-card h2", has_text="Tobruk").wait_for()
    assert "q=" not in opened.page.url
    assert "place=kh%3Atobruk" in opened.page.url


def test_what_lies_in_a_wide_area_keeps_its_click_and_the_list_points(visit: Callable[..., Any]) -> None:
    opened = visit()
    opened.map_ready()
    opened.page.locator(".kh-row", has_text="Cyrenaica").hover()
    opened.on_map("() => new Promise((done) => setTimeout(done, 100))")
    assert opened.on_map("() => kharita.state.pointed.getRadius()") == 350_000
    opened.on_map("() => { kharita.state.map.setView([32.0, 23.0], 8, { animate: false }); }")
    opened.click_place("kh:tobruk")
    opened.page.locator(".kh-card h2", has_text="Tobruk").wait_for()


def test_a_country_below_a_city_does_not_take_a_click_that_just_misses_it(visit: Callable[..., Any]) -> None:
    opened = visit()
    opened.map_ready()
    at = opened.on_map(
        "() => { const d = kharita.data.points.find((x) => x.id === 'kh:jufra');"
        "const c = kharita.state.map.latLngToContainerPoint([d.lat, d.lon]); return [c.x, c.y, d.size]; }"
    )
    box = opened.page.locator("iframe").bounding_box()
    assert box is not None
    opened.page.mouse.click(box["x"] + at[0] + at[2] + 4, box["y"] + at[1])
    opened.page.locator(".kh-card h2", has_text="Jufra").wait_for()


def test_several_places_on_one_spot_open_as_a_list(visit: Callable[..., Any]) -> None:
    opened = visit()
    opened.map_ready()
    opened.on_map(
        "() => { const at = (id) => kharita.data.points.find((one) => one.id === id);"
        "Object.assign(at('kh:jufra'), { lat: at('kh:tobruk').lat, lon: at('kh:tobruk').lon }); }"
    )
    opened.click_place("kh:tobruk")
    spot = opened.page.frame_locator("iframe").locator(".kh-spot button")
    spot.nth(1).wait_for()
    assert spot.count() == 2
    assert "Tobruk" in spot.first.inner_text()  # the one that most articles name
    assert "place=" not in opened.page.url
    opened.page.keyboard.press("Tab")  # the first has the focus
    opened.page.keyboard.press("Enter")
    opened.page.locator(".kh-card h2", has_text="Jufra").wait_for()


def test_the_list_follows_a_shaded_map(visit: Callable[..., Any]) -> None:
    page = visit("?ui=en&view=countries").page
    page.locator(".kh-row-area", has_text="Libya").first.wait_for()
    page.locator(".kh-row-area", has_text="Libya").first.click()
    page.locator(".kh-card .kh-back").wait_for()
    assert "area=" in page.url
