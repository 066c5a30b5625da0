"""On a phone the panel is a sheet over the map, moved by finger and by keys, and the head takes one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.e2e
SIZE = {"width": 390, "height": 844}
TOP = "() => document.querySelector('.st-key-kh-panel').getBoundingClientRect().top"
STANDS = "(stop) => document.documentElement.dataset.khSheet === stop"


def settled(page: Any, stop: str) -> float:
    """Wait until the sheet stands still at a stop, and return where its upper edge lies."""
    page.wait_for_function(STANDS, arg=stop)
    page.wait_for_function(
        "() => document.querySelector('.st-key-kh-panel').getAnimations().every((a) => a.playState !== 'running')"
    )
    return float(page.evaluate(TOP))


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_the_head_takes_one_line_and_its_menu_opens(visit: Callable[..., Any], language: str) -> None:
    opened = visit(f"?ui={language}", **SIZE)
    opened.map_ready()
    page = opened.page
    assert page.locator(".st-key-kh-bar").bounding_box()["height"] <= 56
    assert page.locator(".st-key-kh-said").bounding_box()["height"] <= 48
    button = page.locator(".kh-menu-button")
    button.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    menu = page.locator(".kh-menu").bounding_box()
    assert 0 <= menu["x"] <= menu["x"] + menu["width"] <= 390
    page.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"
    assert page.evaluate("() => document.activeElement.className") == "kh-menu-button"
    button.click()
    page.locator(".kh-menu .kh-about").click()
    page.locator(".kh-about-page").wait_for()
    page.locator(".kh-links[data-open]").wait_for(state="detached")


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_the_sentence_and_the_way_back_to_everything_are_seen_whole(
    visit: Callable[..., Any], language: str
) -> None:
    page = visit(f"?ui={language}", **SIZE).page
    page.locator(".kh-sentence").wait_for()
    cut = "(one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1"
    assert not page.locator(".kh-sentence").evaluate(cut)
    page = visit(f"?ui={language}&country=LY,EG&kind=city", **SIZE).page
    page.wait_for_function(  # nothing lies over it, and it lies beside the buttons
        "() => { const one = document.querySelector('.kh-reset'), at = one && one.getBoundingClientRect();"
        "const tools = document.querySelector('.st-key-kh-copying'), box = tools && tools.getBoundingClientRect();"
        "const hit = at && document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2);"
        "return Boolean(hit && box) && one.contains(hit) && at.left >= 0 && at.right <= innerWidth"
        " && (at.right <= box.left + 1 || at.left >= box.right - 1); }"
    )


def test_a_tapped_place_opens_a_sheet_over_the_lower_half(visit: Callable[..., Any]) -> None:
    opened = visit("?ui=ar", **SIZE)
    opened.map_ready()
    page = opened.page
    opened.on_map("() => { window.stamp = 1; }")
    assert settled(page, "low") > 700
    opened.click_place("kh:jufra")
    page.locator(".kh-card").wait_for()
    top = settled(page, "half")
    assert 400 < top < 444
    page.wait_for_timeout(600)  # the map moves the place out from under the sheet
    at = opened.on_map(
        "() => { const c = kharita.data.chosen, top = frameElement.getBoundingClientRect().top;"
        "return kharita.state.map.latLngToContainerPoint([c.lat, c.lon]).y + top; }"
    )
    assert at < top
    assert opened.on_map("() => window.stamp") == 1


def test_the_sheet_is_dragged_up_and_down(visit: Callable[..., Any]) -> None:
    opened = visit("?ui=en&place=kh:tobruk", **SIZE)
    opened.map_ready()
    page = opened.page
    settled(page, "half")

    def drag(to: float) -> None:
        box = page.locator(".kh-grip").bounding_box()
        page.mouse.move(box["x"] + 195, box["y"] + 14)
        page.mouse.down()
        page.mouse.move(195, to, steps=6)
        page.mouse.up()

    drag(100)
    assert settled(page, "full") < 60
    drag(830)
    assert settled(page, "low") > 700
    drag(470)
    settled(page, "half")
    page.locator(".kh-grip").click()
    settled(page, "full")


def test_the_sheet_is_moved_by_keys_and_rises_to_what_has_the_focus(visit: Callable[..., Any]) -> None:
    opened = visit("?ui=en", **SIZE)
    opened.map_ready()
    page, grip = opened.page, opened.page.locator(".kh-grip")
    settled(page, "low")
    assert grip.get_attribute("aria-expanded") == "false"
    assert grip.get_attribute("aria-label")
    grip.press("ArrowUp")
    settled(page, "half")
    assert grip.get_attribute("aria-expanded") == "true"
    grip.press("ArrowUp")
    settled(page, "full")
    page.locator(".kh-row").first.focus()
    page.keyboard.press("Escape")
    settled(page, "low")
    page.locator(".kh-row").nth(1).focus()
    settled(page, "half")


def test_a_wide_screen_has_no_sheet(visit: Callable[..., Any]) -> None:
    opened = visit("?ui=en&place=kh:tobruk")
    opened.map_ready()
    page = opened.page
    page.locator(".kh-card").wait_for()
    assert page.locator(".kh-grip").is_hidden()
    assert page.locator(".kh-menu-button").is_hidden()
    assert page.locator(".kh-menu .kh-about").is_visible()


@pytest.mark.parametrize("query", ["?ui=en", "?ui=ar", "?ui=en&view=countries"])
@pytest.mark.parametrize("width", [1400, 1101])
def test_no_place_that_the_map_is_fitted_to_lies_under_the_legend(
    visit: Callable[..., Any], query: str, width: int
) -> None:
    opened = visit(query, width=width, height=700)
    page = opened.page
    page.frame_locator("iframe").locator("body[data-points], body[data-view]").wait_for()
    page.locator(".kh-legend[open]").wait_for()
    opened.on_map("() => kharita.tools.home()")
    legend = page.locator(".kh-legend").bounding_box()
    frame = page.locator("iframe").bounding_box()
    points = opened.on_map(
        "() => { const inside = L.latLngBounds(kharita.state.home); return kharita.state.shown"
        ".filter((p) => p.group === 'point' && inside.contains([p.lat, p.lon]))"
        ".map((p) => { const c = kharita.state.map.latLngToContainerPoint([p.lat, p.lon]); return [c.x, c.y]; }); }"
    )
    hidden = [
        (x, y)
        for x, y in points
        if legend["x"] <= frame["x"] + x <= legend["x"] + legend["width"]
        and legend["y"] <= frame["y"] + y <= legend["y"] + legend["height"]
    ]
    assert hidden == []
