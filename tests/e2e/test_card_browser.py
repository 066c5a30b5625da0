from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from copied_store import make_copied_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def copied_server(serve: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the dashboard on a store with copies of a story."""
    folder = tmp_path_factory.mktemp("copied")
    with serve(make_copied_store(folder), folder) as address:
        yield address


@pytest.fixture
def visit_copied(browse: Callable[..., Any], copied_server: str) -> Iterator[Callable[..., Any]]:
    with browse(copied_server) as opened:
        yield opened


@pytest.mark.parametrize("width", [390, 1400])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_card_leads_to_its_times_companions_and_sources(
    visit_copied: Callable[..., Any], language: str, width: int
) -> None:
    opened = visit_copied(f"?ui={language}&place=kh:tobruk", width=width)
    page = opened.page
    page.locator(".kh-trend a").first.wait_for()
    assert page.locator(".kh-independent").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".kh-trend a").last.click()
    page.locator(".kh-trend a[aria-current]").wait_for()
    assert "from=2024-05-27&to=2024-06-02" in page.url  # the week of the last article
    assert "place=" in page.url
    page.locator("html:not([data-kh-busy])").wait_for(state="attached")  # the run that drew it has ended
    page.locator(".kh-trend a[aria-current]").click()
    page.locator(".kh-trend a[aria-current]").wait_for(state="detached")
    page.locator(".kh-source", has_text="Harbour Post").click()
    page.locator(".kh-part", has_text="Harbour Post").wait_for()
    assert page.locator(".kh-story").count() == 3
    page.locator(".kh-companions .kh-chip").first.click()
    page.locator(".kh-card h2", has_not_text="Tobruk").wait_for()
    assert page.evaluate("window.hurt") is None


def test_a_copy_is_opened_from_the_story_that_it_copies(visit_copied: Callable[..., Any]) -> None:
    page = visit_copied("?ui=en&place=kh:tobruk").page
    page.locator(".kh-copies").wait_for()
    assert page.locator(".kh-copies").count() == 1
    page.locator(".kh-copies a").last.click()
    page.locator(".kh-text").wait_for()
    assert page.evaluate("window.hurt") is None
    assert "article=" in page.url


def test_the_ranking_turns_to_countries_and_back_by_keyboard(visit_copied: Callable[..., Any]) -> None:
    page = visit_copied("?ui=en").page
    page.locator(".kh-rank a", has_text="Countries").focus()
    page.keyboard.press("Enter")
    page.locator(".kh-rank a[aria-current]", has_text="Countries").wait_for()  # Egypt is among the places too
    page.locator(".kh-row", has_text="Egypt").wait_for()
    page.locator(".kh-row", has_text="Egypt").focus()
    page.keyboard.press("Enter")
    page.locator(".kh-part", has_text="Egypt").wait_for()
    page.locator(".kh-list-head h2", has_text="Places").wait_for()
    assert "rank=" not in page.url
    assert page.locator(".kh-row").count() == 1
