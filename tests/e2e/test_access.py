"""Every page can be read, and used by keyboard, in both themes, on a wide screen and on a phone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from made_store import make_articles

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.e2e
AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
ARTICLE = make_articles()[0][0].id
PAGES = {
    "list": ("?ui=ar", ".kh-row"),
    "countries": ("?ui=en&rank=countries", ".kh-row"),
    "articles": ("?ui=en&rank=articles", ".kh-articles"),
    "card": ("?ui=en&place=kh:tobruk", ".kh-story"),
    "card by source": ("?ui=ar&place=kh:tobruk&group=first", ".kh-report"),
    "reader": (f"?ui=ar&article={ARTICLE}&mention=0", ".kh-mention"),
    "heat": ("?ui=ar&view=heat", ".kh-row"),
    "shaded": ("?ui=en&view=countries", ".kh-row"),
    "divisions": ("?ui=ar&view=divisions", ".kh-list-head"),
    "compared": ("?ui=en&view=compare&vs=source%3DHarbour%2BPost", ".kh-sides-head, .st-key-kh-panel h2"),
    "journeys": ("?ui=ar&view=journeys", ".st-key-kh-panel h2"),
    "review": ("?ui=en&page=review", ".kh-links"),
    "collections": ("?ui=ar&page=collections", ".kh-notice"),
    "saved": ("?ui=ar&page=saved", ".kh-links"),
    "paste": ("?ui=fr&page=paste", ".kh-paste-head"),
    "add": ("?ui=ar&page=add", ".kh-notice"),
    "feeds": ("?ui=ar&page=feeds", ".st-key-feeds_region"),
    "put right": ("?ui=en&page=articles", ".kh-put-row"),
    "put one right": (f"?ui=ar&page=articles&article={ARTICLE}", ".st-key-kh-put-edit"),
    "about": ("?ui=en&page=about", ".kh-about-page"),
    "a story by itself": (f"?ui=ar&page=story&article={ARTICLE}", ".kh-story-head"),
    "nothing found": ("?ui=en&q=zeppelin&kind=moon", ".kh-notice"),
}
RING = """() => {
  const ringed = (one) => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  let at = document.activeElement;
  if (at === document.body || at.tagName === "IFRAME") return ["", true];
  const name = at.outerHTML.slice(0, 100);
  for (let up = 0; at && up < 5; up += 1, at = at.parentElement) if (ringed(at)) return [name, true];
  return [name, false];
}"""


def in_direction(address: str, *, rtl: bool) -> str:
    """Return an address with the language turned to one of the other direction, where it has the wrong one."""
    if ("ui=ar" in address) is rtl:
        return address
    return re.sub("ui=..", "ui=ar" if rtl else "ui=en", address)


def grave(frame: Any) -> list[str]:
    """Return what axe finds serious or critical in a frame: rule, why, and where."""
    frame.evaluate(AXE_SCRIPT)
    found = frame.evaluate("() => axe.run({ resultTypes: ['violations'] })")
    return [
        f"{one['id']} ({one['impact']}): {one['help']}: {node['html'][:140]} {node['any'][:1]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


# Each page is seen in both directions of writing and in both themes, on a wide screen and on a phone.
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1400])
@pytest.mark.parametrize("name", PAGES)
def test_words_have_contrast_and_controls_names(
    visit: Callable[..., Any], name: str, width: int, scheme: str
) -> None:
    address, ready = PAGES[name]
    address = in_direction(address, rtl=(width == 390) is (scheme == "light"))
    page = visit(address, width=width, height=844, scheme=scheme).page
    page.locator(ready).first.wait_for()
    page.locator(".kh-links").wait_for()
    page.wait_for_function(
        "() => [...document.querySelectorAll('iframe')].every((one) => one.dataset.khLabelled)"
    )
    found = page.evaluate(AUDIT)
    assert found == {"pale": [], "nameless": [], "small": []}
    assert [one for frame in page.frames for one in grave(frame)] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1


def test_the_audit_finds_what_is_wrong(visit: Callable[..., Any]) -> None:
    page = visit("?ui=en&page=about").page
    page.locator(".kh-links").wait_for()
    page.evaluate(
        "() => { document.querySelector('.kh-about-page').insertAdjacentHTML('beforeend',"
        '\'<p style="color:#bbb">pale words</p><a href="?"></a>\');'
        "document.querySelector('.kh-links').insertAdjacentHTML('beforeend',"
        '\'<a href="?" style="padding:0;line-height:1;font-size:9px">tiny</a>\'); }'
    )
    found = page.evaluate(AUDIT)
    assert found["pale"] == ["pale words"]
    assert len(found["nameless"]) == 1
    assert len(found["small"]) == 1
    rules = {one.split(" ", 1)[0] for one in grave(page)}
    assert {"color-contrast", "link-name"} <= rules


@pytest.mark.parametrize("name", ["list", "card", "reader", "paste"])
def test_the_focus_is_seen_wherever_tab_leads(visit: Callable[..., Any], name: str) -> None:
    address, ready = PAGES[name]
    opened = visit(address)
    page = opened.page
    page.locator(ready).first.wait_for()
    if name != "paste":
        opened.map_ready()
    unseen = []
    for _ in range(22):
        page.keyboard.press("Tab")
        where, seen = page.evaluate(RING)
        if not seen:
            unseen.append(where)
    assert unseen == []


def test_what_streamlit_words_in_english_speaks_the_page_s_language(visit: Callable[..., Any]) -> None:
    opened = visit("?ui=ar")
    opened.map_ready()
    opened.page.locator("iframe[title='خريطة الأماكن']").wait_for()
    opened.page.locator("a", has_text="انتقل إلى المحتوى").wait_for(state="attached")


def test_the_legend_is_folded_on_a_phone_until_it_is_asked_for(visit: Callable[..., Any]) -> None:
    opened = visit("?ui=en", width=390, height=844)
    opened.map_ready()
    page = opened.page
    page.locator(".kh-legend:not([open])").wait_for()
    page.locator(".kh-legend summary").click()
    page.locator(".kh-legend[open]").wait_for()
    page.locator(".kh-row").first.click()
    page.locator(".kh-card").wait_for()
    page.wait_for_timeout(1500)  # longer than the page takes to name what came late
    assert page.locator(".kh-legend[open]").count() == 1
    wide = visit("?ui=en").page
    wide.locator(".kh-legend[open]").wait_for()
