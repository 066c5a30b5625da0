"""A dossier is saved from a place's card and from a story's page, and opens in a browser that has no network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from made_store import make_articles
from test_access import grave

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.e2e
SAVE = ".st-key-kh-dossier [data-testid=stDownloadButton] button"
ARTICLE = make_articles()[0][0].id


@pytest.mark.parametrize(
    ("address", "name", "title"),
    [
        ("?ui=en&place=kh:tobruk", "kharita-tobruk.dossier.html", "Tobruk"),
        ("?ui=ar&place=country:LY", "kharita-libya.dossier.html", "ليبيا"),
        (
            f"?ui=fr&page=story&article={ARTICLE}",
            f"kharita-story-{ARTICLE}.dossier.html",
            "Ship reaches Tobruk",
        ),
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_open_is_saved_and_opens_by_itself(  # noqa: PLR0913, PLR0917 - pytest gives fixtures as arguments
    visit: Callable[..., Any],
    browser: Browser,
    tmp_path: Path,
    address: str,
    name: str,
    title: str,
    scheme: str,
) -> None:
    page = visit(address).page
    if "place=" in address:  # on a card it is what the export offers first
        page.locator(".kh-card").wait_for()
        page.locator(".st-key-kh-export [data-testid=stPopover] button").first.click()
    page.locator(SAVE).wait_for()
    with page.expect_download() as told:
        page.locator(SAVE).click()
    assert told.value.suggested_filename == name
    file = tmp_path / "one.html"
    told.value.save_as(file)

    context = browser.new_context(viewport={"width": 390, "height": 800}, color_scheme=scheme, offline=True)
    alone, said, asked = context.new_page(), [], []
    alone.on("console", lambda message: said.append(message.text))
    alone.on("pageerror", lambda error: said.append(str(error)))
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(file.as_uri())
    assert alone.locator("h1").inner_text() == title
    assert alone.locator("blockquote mark").count() > 0
    assert alone.locator(".map svg path").count() > 0
    assert alone.evaluate("document.documentElement.scrollWidth") <= 390
    assert alone.evaluate("window.hurt") is None
    assert asked == [file.as_uri()]
    assert said == []
    assert grave(alone) == []
    context.close()
