"""Checking by keyboard, on a store of its own: what is decided here must not disturb the other tests."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from made_store import make_articles

from dashboard.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path
    from typing import Any

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, serve: Callable[[str, Path], AbstractContextManager[str]]
) -> Iterator[str]:
    """Start the dashboard on a store in which the parser is not sure of Cairo."""
    folder = tmp_path_factory.mktemp("review")
    url = f"sqlite:///{(folder / 'review.sqlite').as_posix()}"
    with open_store(url) as store:
        for article, parse in make_articles():
            unsure = tuple(
                replace(item, confidence=0.52) if item.place and item.place.id == "kh:cairo" else item
                for item in parse.resolutions
            )
            store.add(article, replace(parse, resolutions=unsure))
    with serve(url, folder) as address:
        yield address


# Whether what has the focus stands in the fold that opened, wholly within its scrolled frame.
_FOCUSED = """() => {
  const one = document.activeElement, frame = document.querySelector(".st-key-kh-mention");
  if (!one || !one.closest(".st-key-kh-mention details") || one.closest("summary")) return false;
  const at = one.getBoundingClientRect(), within = frame.getBoundingClientRect();
  return at.height > 0 && at.top >= within.top && at.bottom <= Math.min(within.bottom, window.innerHeight);
}"""
_IN_VIEW = """() => {
  const { chosen } = kharita.data;
  return Boolean(chosen) && chosen.lon < -60 && kharita.state.map.getBounds().contains([chosen.lat, chosen.lon]);
}"""


def _point(opened: Any) -> Any:
    opened.map_ready()
    return opened.on_map(
        "() => kharita.data.points.filter((p) => p.name === 'Cairo').map((p) => [p.id, p.lat, p.lon])"
    )


def _press(page: Any, key: str) -> None:
    """Press a key once the page is at rest, when its buttons listen."""
    page.locator(".stApp[data-test-script-state='notRunning']").wait_for()
    page.locator(".st-key-kh-candidate-2 button").wait_for()
    page.wait_for_timeout(150)  # until its key is bound, which nothing shows
    page.keyboard.press(key)


def test_a_key_moves_the_pin_for_good_and_another_moves_it_back(visit: Callable[..., Any]) -> None:
    assert _point(visit("?ui=en")) == [["kh:cairo", 30.06, 31.25]]
    opened = visit("?ui=en&page=review&kind=city")
    page = opened.page
    page.locator(".kh-question h3", has_text="Cairo").wait_for()
    assert page.locator(".kh-question mark").first.inner_text() in ("Cairo", "القاهرة")
    first = page.locator(".kh-question .kh-asked").inner_text()
    page.locator(".st-key-kh-beside h3", has_text="Decisions").wait_for()  # drawn last
    _press(page, "2")
    page.locator(".st-key-kh-note", has_text="Noted: 1 mention in 1 article changed.").wait_for()
    page.locator(".kh-question .kh-asked", has_not_text=first).wait_for()
    page.locator(".kh-decision").first.wait_for()  # drawn last: the next question is ready for an answer
    _press(page, "2")
    page.locator(".kh-notice", has_text="Nothing left to check").wait_for()
    page.locator(".kh-brand").click()
    page.locator(".kh-row", has_text="Cairo").first.wait_for()
    moved = [["kh:cairo-us", 37.0, -89.18]]
    assert _point(opened) == moved
    page.reload()
    assert _point(opened) == moved
    again = visit("?ui=en&page=review")
    undo = again.page.locator(".st-key-kh-beside button", has_text="Undo")
    undo.nth(1).wait_for()
    for left in (1, 0):
        undo.first.click()
        again.page.locator(".kh-undone").nth(1 - left).wait_for()
        undo.nth(left).wait_for(state="detached")
    assert _point(visit("?ui=en")) == [["kh:cairo", 30.06, 31.25]]


def test_a_click_on_the_small_map_gives_the_point_of_a_new_place(visit: Callable[..., Any]) -> None:
    opened = visit("?ui=en&page=review&q=Smallville")
    page = opened.page
    page.locator(".kh-question h3").wait_for()
    page.locator("button", has_text="Unknown place").click()
    frame = page.locator(".st-key-kh-correct-panel iframe")
    opened.page.frame_locator(".st-key-kh-correct-panel iframe").locator(".leaflet-container").wait_for()
    frame.click(position={"x": 200, "y": 120})
    box = page.get_by_label("Latitude, longitude")
    page.wait_for_function("(box) => box.value.includes(',')", arg=box.element_handle())
    lat, lon = map(float, box.input_value().split(","))
    assert -80 < lat < 80
    assert -180 < lon < 180
    assert page.locator("button", has_text="Add and decide").is_enabled()


@pytest.mark.parametrize("query", ["?ui=ar&page=review", "?ui=fr&page=review"])
@pytest.mark.parametrize("width", [390, 1400])
def test_nothing_scrolls_sideways(visit: Callable[..., Any], query: str, width: int) -> None:
    opened = visit(query, width=width, height=844)
    opened.page.locator(".kh-question h3").wait_for()
    opened.page.locator(".st-key-kh-terms").wait_for()
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert (
        opened.page.evaluate(
            "[...document.querySelectorAll('.st-key-kh-review button, .st-key-kh-review section')]"
            ".every((e) => { const b = e.getBoundingClientRect(); return b.left >= 0 && b.right <= innerWidth; })"
        )
        is True
    )


def test_the_open_mention_is_corrected_in_the_reader_and_the_map_follows(visit: Callable[..., Any]) -> None:
    article = make_articles()[0][0]
    number = [item.mention.text for item in make_articles()[0][1].resolutions].index("Cairo")
    opened = visit(f"?ui=en&article={article.id}&mention={number}")
    page = opened.page
    page.locator(".kh-mention .kh-mini").wait_for()
    opened.map_ready()
    page.locator(".st-key-kh-mention summary").click()
    page.wait_for_function(_FOCUSED)  # the form is in view and has the focus
    page.locator(".st-key-kh-rivals button", has_text="United States").click()
    page.locator(".kh-checked", has_text="Checked by").wait_for()
    page.locator(".stApp[data-test-script-state='notRunning']").wait_for()
    frame = next(frame for frame in page.frames if "streamlit_folium" in frame.url)
    frame.wait_for_function(_IN_VIEW)  # the map shows where the pin went
    page.reload()
    page.locator(".kh-checked", has_text="another place").wait_for()
    page.locator(".st-key-kh-mention summary").click()
    page.locator(".st-key-kh-answers button", has_text="Undo").click()
    page.locator(".kh-checked").wait_for(state="detached")
