"""A page opens without a jump, says from the start that it does, and on a new store what is being prepared."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from conftest import _free_port
from made_store import make_articles

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dashboard.gazetteer import Gazetteer

pytestmark = pytest.mark.e2e
MOST_SHIFT = 0.1  # above which a page is felt to jump
LONG_MS = 240_000
ARTICLE = make_articles()[0][0].id
SHIFT = """() => new Promise((done) => {
  const found = [];
  new PerformanceObserver((list) => { found.push(...list.getEntries()); })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(found.filter((one) => !one.hadRecentInput).reduce((sum, one) => sum + one.value, 0)), 300);
})"""
PAGES = {
    "map": "?ui=en",
    "map in Arabic": "?ui=ar",
    "card": "?ui=en&place=kh:tobruk",
    "reader": f"?ui=ar&article={ARTICLE}",
    "articles": "?ui=ar&rank=articles",
}


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (1024, 768), (390, 844)])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_jumps_while_a_page_opens(
    visit: Callable[..., Any], name: str, width: int, height: int
) -> None:
    opened = visit(PAGES[name], width=width, height=height)
    opened.map_ready()
    opened.page.locator(".st-key-kh-panel :is(.kh-list, .kh-story, .kh-reader)").first.wait_for()
    assert opened.page.evaluate(SHIFT) < MOST_SHIFT


def test_the_page_says_that_it_opens_and_then_gives_way(visit: Callable[..., Any]) -> None:
    page = visit("?ui=ar").page
    opening = page.locator("#kh-opening")
    assert "خريطة" in opening.text_content()
    page.locator(".kh-row").first.wait_for()
    assert not opening.is_visible()


def test_kharita_run_opens_at_once_and_the_page_tells_what_is_prepared(
    tmp_path: Path, browse: Callable[..., Any], full_cache: Path, full_gazetteer: Gazetteer
) -> None:
    assert len(full_gazetteer) > 0
    (tmp_path / "gazetteer").symlink_to(full_cache / "gazetteer")
    port = _free_port()
    told = {"KHARITA_CACHE": str(tmp_path), "KHARITA_USER_DATA": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    kharita = [sys.executable, "-c", "from dashboard.cli import main; main()", "run", "--no-browser"]
    with subprocess.Popen(
        [*kharita, "--port", str(port), "--store", f"sqlite:///{tmp_path / 'new.sqlite'}"],
        env={**os.environ, **told}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            assert "Kharita is open" in process.stdout.readline()
            with browse(f"http://127.0.0.1:{port}") as visit:
                page = visit("?ui=fr").page
                page.locator(".st-key-kh-panel .kh-list").wait_for(timeout=LONG_MS)
                assert page.locator(".st-key-kh-empty").count() == 0
        finally:
            process.terminate()
            process.wait(40)
        assert process.stderr is not None
        assert "The store is new" in process.stderr.read()
