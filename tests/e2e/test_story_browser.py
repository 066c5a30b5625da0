"""The page of a story in a browser: reached, compared, on a phone one under another, no stranger's word run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from made_store import make_store
from told_story import FIRST, RETOLD, tell_story

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, serve: Callable[..., Any]) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("told")
    url = make_store(folder)
    tell_story(url)
    with serve(url, folder) as address:
        yield address


def test_from_the_list_to_two_texts_side_by_side(told: str, browse: Callable[..., Any]) -> None:
    with browse(told) as visit:
        page = visit("?ui=en&rank=articles").page
        page.locator("a.kh-printings").first.click()
        page.locator(".kh-pair > article").nth(1).wait_for()
        boxes = [page.locator(".kh-pair > article").nth(at).bounding_box() for at in range(2)]
        assert boxes[0]["y"] == boxes[1]["y"]
        shown = page.locator("li[aria-current] .kh-meta").all_inner_texts()
        page.locator(".kh-printing-rows .kh-action", has_text="Compare").first.click()
        page.wait_for_function(
            "(old) => [...document.querySelectorAll('li[aria-current] .kh-meta')]"
            ".map((one) => one.innerText).join() !== old",
            arg=",".join(shown),
        )
        assert "beside=" in page.url


@pytest.mark.parametrize("language", ["ar", "en"])
def test_on_a_phone_one_text_stands_under_the_other(
    told: str, browse: Callable[..., Any], language: str
) -> None:
    with browse(told) as visit:
        page = visit(f"?ui={language}&page=story&article={FIRST}&beside={RETOLD}", width=390, height=844).page
        page.locator(".kh-pair > article").nth(1).wait_for()
        boxes = [page.locator(".kh-pair > article").nth(at).bounding_box() for at in range(2)]
        assert boxes[1]["y"] >= boxes[0]["y"] + boxes[0]["height"]
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.evaluate("window.hurt") is None
