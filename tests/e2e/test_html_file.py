"""The page that is handed over as one file, in a browser that has no network at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from made_store import make_store

from dashboard.query import Filters, select_all
from dashboard.render.exports import Handover, write_file
from dashboard.store import open_store
from dashboard.words import strings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.e2e


@dataclass(slots=True)
class Opened:
    """An open file, what it asked for, and what the browser said of it."""

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    contexts, files = [], []

    def open_file(
        language: str = "en", *, width: int = 1400, scheme: str = "light", script: bool = True
    ) -> Opened:
        file = tmp_path / f"{language}.html"
        with open_store(make_store(tmp_path)) as store:
            write_file(Handover(select_all(store, Filters()), strings(language)), file)
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            offline=True,
            java_script_enabled=script,
        )
        contexts.append(context)
        found = Opened(context.new_page())
        files.append(found)
        found.page.on("request", lambda request: found.asked.append(request.url))
        found.page.on("console", lambda message: found.said.append(message.text))
        found.page.on("pageerror", lambda error: found.said.append(str(error)))
        found.page.goto(file.as_uri())
        if script:
            found.page.locator("html[data-ready]").wait_for()
        return found

    yield open_file
    for found in files:
        assert [
            address for address in found.asked if not address.startswith(("file:", "blob:", "data:"))
        ] == []
        assert found.said == []
    for context in contexts:
        context.close()


def test_it_opens_without_a_network_and_nothing_hostile_runs(opened: Callable[..., Opened]) -> None:
    page = opened().page
    assert page.locator("html").get_attribute("data-ready") == "5"
    assert page.evaluate("window.hurt") is None
    assert page.locator("details").count() == 5
    inked = page.evaluate(
        "() => [...document.querySelectorAll('canvas')].map((c) => c.getContext('2d')"
        ".getImageData(0, 0, c.width, c.height).data.some((v) => v > 0))"
    )
    assert inked == [True, True]
    assert "Tobruk" in page.locator(".name").all_text_contents()


def test_from_the_map_to_the_sentence(opened: Callable[..., Opened]) -> None:
    page = opened().page
    name = page.locator(".name", has_text="Cairo").bounding_box()
    assert name is not None
    page.mouse.click(name["x"] - 8, name["y"] + 9)  # its sign stands to the left
    entry = page.locator("details.chosen")
    assert "Cairo" in (entry.locator("summary").text_content() or "")
    assert entry.locator("mark").first.text_content() in ("Cairo", "القاهرة")
    link = page.locator("article a").first
    assert link.get_attribute("href") == "https://news.example/ship"
    assert link.get_attribute("rel") == "noopener noreferrer nofollow"


def test_search_folds_arabic_and_keeps_the_map_in_step(opened: Callable[..., Opened]) -> None:
    page = opened("ar").page
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.locator("input").fill("القاهره")  # written with another last letter
    page.locator(".found", has_text="الأماكن المطابقة").wait_for()
    shown = page.locator("details:not([hidden]) summary bdi:first-child").all_text_contents()
    assert "القاهرة" in shown
    assert "برقة" not in shown
    page.locator("input").fill("zeppelin")
    page.locator(".found", has_text="لا شيء").wait_for()
    assert page.locator("details:not([hidden])").count() == 0
    page.locator("input").fill("")
    page.locator("details:not([hidden])").nth(4).wait_for()


def test_light_and_dark(opened: Callable[..., Opened]) -> None:
    page = opened(scheme="dark").page
    ground = "() => getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(20, 23, 26)"
    page.locator("button").click()
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    assert page.locator("button").text_content() == "Dark"


def test_at_a_phone_s_width_nothing_scrolls_sideways(opened: Callable[..., Opened]) -> None:
    page = opened("ar", width=390).page
    page.locator("summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_script_the_list_can_be_read(opened: Callable[..., Opened]) -> None:
    page = opened(script=False).page
    page.locator("summary").first.click()
    assert page.locator("details[open] blockquote").first.is_visible()
    assert page.locator("noscript").count() == 1
