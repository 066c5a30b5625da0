"""No click makes the map's frame load anew: not on a place, a tab, an article, a card, the legend or the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("width", [1400, 390])
def test_no_click_loads_the_map_s_frame_anew(visit: Callable[..., Any], width: int) -> None:
    opened = visit("?ui=en", width=width, height=844)
    opened.map_ready()
    page = opened.page
    page.locator(".kh-row").first.wait_for()
    asked: list[str] = []
    loaded: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.is_navigation_request() else None)
    page.on("framenavigated", lambda frame: loaded.append(frame.url) if frame.parent_frame else None)
    opened.on_map("() => { window.stamp = 'the same'; }")

    def press(what: str, answer: str, which: int = 0) -> None:
        page.locator(what).nth(which).dispatch_event("click")
        page.locator(answer).first.wait_for(state="attached")
        assert opened.on_map("() => window.stamp") == "the same", what

    opened.click_place("kh:tobruk")
    page.locator(".kh-card h2", has_text="Tobruk").wait_for()
    press(".kh-story .kh-action", ".kh-article-head")
    press(".kh-m", ".kh-mention")
    press(".kh-article-head .kh-back", ".kh-card")
    press(".kh-card .kh-back", ".kh-list-head .kh-rank")
    press(".kh-list-head .kh-rank a", ".kh-list-head .kh-rank a[aria-current]:nth-child(2)", 1)
    press(".kh-list-head .kh-rank a", ".kh-articles", 2)
    press(".kh-list-head .kh-rank a", ".kh-list-head .kh-rank a[aria-current]:nth-child(1)", 0)
    press(".kh-legend summary", ".kh-legend")
    press(".kh-time-bars a", ".kh-time-bars a[aria-current]")
    press(".kh-time-bars a[aria-current]", ".kh-time-bars:not(:has([aria-current]))")
    for number, view in ((1, "heat"), (2, "countries"), (3, "divisions"), (0, "")):
        press(".kh-views a", f".kh-views a[aria-current]:nth-child({number + 1})", number)
        assert f"view={view}" in page.url or not view
    press("[data-play='start']", ".kh-play:not([hidden])")
    press("[data-play='stop']", ".kh-play[hidden]")
    assert asked == []
    assert loaded == []
