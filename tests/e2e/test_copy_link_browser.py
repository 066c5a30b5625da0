"""The link of a view is copied, also where the browser lends no clipboard, and opens the same view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from analyst_store import Analyst

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.e2e
COPIER = ".kh-tool[data-copy-link]"
VIEW = "?ui=en&country=LY&place=kh:tobruk"


def copy(page: Any) -> None:
    page.frame_locator("iframe").locator("body[data-points]").wait_for()  # the map, which is last
    one = Analyst(page)
    one.click(COPIER)
    page.locator(f"{COPIER}[data-copied]").wait_for()


def test_the_copied_link_opens_the_same_view(visit: Callable[..., Any], server: str) -> None:
    page = visit(VIEW).page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server)
    copy(page)
    link = page.evaluate("() => navigator.clipboard.readText()")
    assert link.startswith(f"{server}/?")
    assert {("ui", "en"), ("country", "LY"), ("place", "kh:tobruk")} <= set(parse_qsl(urlsplit(link).query))
    other = visit(f"?{link.partition('?')[2]}").page
    other.locator(".kh-card h2", has_text="Tobruk").wait_for()
    said = [at.locator(".kh-sentence").inner_text() for at in (page, other)]
    assert said[0] == said[1]


@pytest.mark.parametrize("width", [1400, 390])
def test_the_button_stands_beside_those_of_the_view_and_looks_like_them(
    visit: Callable[..., Any], width: int
) -> None:
    page = visit(VIEW, width=width, scheme="dark").page
    page.locator(".kh-card").wait_for()
    assert page.locator(COPIER).is_visible()
    look = "(one) => [getComputedStyle(one).borderTopWidth, getComputedStyle(one).borderTopColor]"
    beside = page.locator(".st-key-kh-export [data-testid=stPopover] button").first
    assert page.locator(COPIER).evaluate(look) == beside.evaluate(look)
    assert page.locator(COPIER).get_attribute("aria-label") == "Copy the link of this view"


def test_a_page_without_a_clipboard_copies_too(visit: Callable[..., Any], server: str) -> None:
    page = visit(VIEW).page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server)
    page.locator(".kh-card").wait_for()
    page.evaluate("() => navigator.clipboard.writeText('before')")
    page.evaluate(
        "() => { window.lent = navigator.clipboard;"
        " Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true }); }"
    )  # as over http from another machine
    copy(page)
    link = page.evaluate("() => window.lent.readText()")
    assert ("place", "kh:tobruk") in parse_qsl(urlsplit(link).query)
