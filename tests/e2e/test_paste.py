from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from made_store import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dashboard.gazetteer import Gazetteer

pytestmark = pytest.mark.e2e
TEXT = "سفينة قمح\n\nوصلت سفينة من بنغازي إلى مدينة طبرق، ثم غادرت إلى ليبيا ومصر."


@pytest.fixture(scope="module")
def empty_server(
    serve: Callable[..., Any],
    tmp_path_factory: pytest.TempPathFactory,
    full_cache: Path,
    full_gazetteer: Gazetteer,
) -> Iterator[str]:
    """Start the dashboard on an empty store, with the gazetteer that users have."""
    assert len(full_gazetteer) > 0
    folder = tmp_path_factory.mktemp("paste")
    (folder / "gazetteer").symlink_to(full_cache / "gazetteer")
    with serve(f"sqlite:///{(folder / 'empty.sqlite').as_posix()}", folder) as address:
        yield address


@pytest.fixture
def visit_empty(browse: Callable[..., Any], empty_server: str) -> Iterator[Callable[..., Any]]:
    with browse(empty_server) as opened:
        yield opened


def paste(page: Any, text: str) -> None:
    """Put a text into the field as pasting does."""
    field = page.locator("textarea")
    field.click()
    page.keyboard.insert_text(text)
    field.dispatch_event("paste")
    page.locator(".kh-pasted-found").wait_for()


@pytest.mark.parametrize("width", [390, 1400])
def test_from_pasting_to_the_reasons_to_the_stored_article(
    visit_empty: Callable[..., Any], width: int
) -> None:
    page = visit_empty("?ui=en&page=paste", width=width).page
    page.locator(".kh-paste-head").wait_for()
    paste(page, f"{TEXT} {width}")
    assert page.locator(".kh-text .kh-m").count() == 4
    assert page.locator(".kh-pasted-places li").count() == 4
    page.locator(".kh-pasted-places .kh-row", has_text="Tobruk").click()
    page.locator(".kh-mention .kh-candidates li").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".kh-close").click()
    page.locator(".kh-mention").wait_for(state="detached")
    page.get_by_text("Keep it with the articles").click()
    page.get_by_label("Source").fill("My notes")
    page.get_by_role("button", name="Store and open the article").click()
    page.locator(".kh-article-head", has_text="My notes").wait_for()
    assert "article=" in page.url
    assert "page=" not in page.url


def test_a_dropped_file_is_read_with_what_it_says_of_itself(visit_empty: Callable[..., Any]) -> None:
    page = visit_empty("?ui=ar&page=paste").page
    page.locator(".kh-paste-head").wait_for()
    head = "---\ntitle: Ship\nsource: Harbour Post\ndate: 2024-03-04\n---\n"
    file = {"name": "ship.md", "mimeType": "text/markdown", "buffer": f"{head}{TEXT}".encode()}
    page.locator("input[type=file]").set_input_files(file)
    page.locator(".kh-pasted-places").wait_for()
    assert page.locator("textarea").input_value().startswith("Ship")
    page.locator("input[type=file]").set_input_files(
        {"name": "photo <b>.png", "mimeType": "image/png", "buffer": b"\x89PNG\0"}
    )
    page.locator(".kh-notice", has_text="photo <b>.png").wait_for()


def test_hostile_texts_are_harmless(visit_empty: Callable[..., Any]) -> None:
    page = visit_empty("?ui=en&page=paste").page
    page.locator(".kh-paste-head").wait_for()
    paste(page, f"{HOSTILE} in Tobruk, Libya.\n\n{HOSTILE} near Benghazi.")
    assert "<img src=x onerror" in page.locator(".kh-text").inner_text()
    page.locator(".kh-text .kh-m", has_text="Benghazi").click()
    page.locator(".kh-mention").wait_for()
    assert page.evaluate("window.hurt") is None
    assert page.locator("a[href^='javascript']").count() == 0
