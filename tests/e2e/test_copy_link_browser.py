"""The link of a view is copied, also where the browser lends no clipboard, and opens the same view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from analyst_store import Analyst

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.e2e
COPIER = "[data-testid=stPopoverBody] [data-copy-link]"
VIEW = "?ui=en&country=LY&place=kh:tobruk"


def copy(page: Any) -> None:
    page.frame_locator("iframe").locator("body[data-points]").wait_for()  # the map, which is last
    one = Analyst(page)
    one.click(".st-key-kh-saving button")
    one.click(COPIER, "Copy the link of this view")
    page.locator(COPIER, has_text="Copied").wait_for()


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


def test_the_button_looks_like_the_links_beside_it(visit: Callable[..., Any]) -> None:
    page = visit(VIEW, scheme="dark").page
    page.locator(".kh-card").wait_for()
    Analyst(page).click(".st-key-kh-saving button")
    page.locator(COPIER).wait_for()
    look = page.locator(COPIER).evaluate(
        "(one) => [getComputedStyle(one).backgroundColor, getComputedStyle(one).borderTopWidth]"
    )
    assert look == ["rgba(0, 0, 0, 0)", "0px"]


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
