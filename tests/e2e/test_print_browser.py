"""Ctrl+P gives one page: the map, the list, the filters, the day and the sources."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

from dashboard.words import strings

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize(("query", "width"), [("?ui=ar", 1400), ("?ui=en&kind=city", 1400), ("?ui=en", 390)])
def test_the_map_and_the_list_are_printed_on_one_page(
    visit: Callable[..., Any], query: str, width: int
) -> None:
    opened = visit(query, width=width, height=844)
    opened.map_ready()
    page = opened.page
    page.locator(".kh-row").first.wait_for()
    before = opened.on_map("() => kharita.state.map.getSize().x")
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True))
    try:
        assert len(paper) == 1
        wide, high = paper[0].get_size()
        assert wide > high
        text = paper[0].get_textpage().get_text_bounded()
    finally:
        paper.close()
    year = str(datetime.now().astimezone().year)
    assert year in text
    assert opened.on_map("() => kharita.state.map.getSize().x") == before  # the map is as it was
    page.emulate_media(media="print")
    words = strings("ar" if "ar" in query else "en")
    assert words("printed_sources") in page.locator(".kh-printed").first.inner_text()
    for gone in (".kh-links", ".st-key-kh-search", ".kh-views", ".kh-time-tools", ".st-key-kh-saving"):
        assert page.locator(gone).first.is_hidden(), gone
    for kept in (".kh-sentence strong", ".kh-row", ".kh-time-bars", ".st-key-kh-map iframe"):
        assert page.locator(kept).first.is_visible(), kept
    rows, chart = page.locator(".kh-list").bounding_box(), page.locator(".st-key-kh-map").bounding_box()
    beside = rows["x"] >= chart["x"] + chart["width"] or rows["x"] + rows["width"] <= chart["x"]
    assert beside
    if "kind" in query:
        assert "city" in page.locator(".kh-part").inner_text()
