from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from dashboard.render.exports import one_file, page_file
from dashboard.render.exports.outline import compact_land
from dashboard.render.exports.page_file import html

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.render.exports import Handover

    Handed = Callable[..., Handover]


class Read(HTMLParser):
    """Gathers elements with their attributes, and what stands in scripts and style sheets."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            self.raw.append((self.cdata_elem, data))


def test_the_policy_allows_only_what_is_inside(handed: Handed) -> None:
    read = Read(html(handed()))
    policy = next(
        about["content"]
        for tag, about in read.elements
        if about.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    scripts = [about for tag, about in read.elements if tag == "script"]
    assert [about.get("type") for about in scripts] == ["application/json", None, None]
    assert not any("src" in about for about in scripts)
    inside = [content for tag, content in read.raw if tag == "script"]
    for content in [*inside[1:], *(content for tag, content in read.raw if tag == "style")]:
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_nothing_is_fetched_and_nothing_hostile_is_markup(handed: Handed) -> None:
    page = html(handed())
    read = Read(page)
    assert {tag for tag, _ in read.elements} <= {
        "html", "head", "meta", "title", "style", "body", "header", "div", "h1", "p", "input", "button", "span", "main",
        "noscript", "details", "summary", "i", "bdi", "small", "b", "article", "h2", "a", "blockquote", "mark",
        "footer", "script",
    }  # fmt: skip
    for tag, about in read.elements:
        assert not any(name.startswith("on") or name in ("src", "srcdoc", "style") for name in about), (
            tag,
            about,
        )
        if tag == "a":
            assert (about["href"] or "").startswith("https://")
            assert about["rel"] == "noopener noreferrer nofollow"
    sheet = next(content for tag, content in read.raw if tag == "style")
    assert "url(" not in sheet
    assert "@import" not in sheet
    assert "\u202e" not in page
    assert "&lt;/script&gt;&lt;script&gt;window.hurt=1" in page


@pytest.mark.parametrize(("language", "way"), [("ar", "rtl"), ("en", "ltr"), ("fr", "ltr")])
def test_language_direction_and_order(handed: Handed, language: str, way: str) -> None:
    read = Read(html(handed(language)))
    assert read.elements[0] == ("html", {"lang": language, "dir": way})
    data = json.loads(next(content for tag, content in read.raw if tag == "script"))
    shown = handed(language)
    assert data["places"][0][0] == {"ar": "طبرق", "en": "Tobruk", "fr": "Tobrouk"}[language]
    assert len(data["places"]) == len(shown.selection.places)
    assert sum(1 for tag, _ in read.elements if tag == "details") == len(data["places"])


def test_there_is_a_limit_and_what_is_left_out_is_said(
    handed: Handed, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Left out" not in html(handed())
    monkeypatch.setattr(page_file, "MOST_PLACES", 3)
    monkeypatch.setattr(page_file, "_MOST_EACH", 2)
    monkeypatch.setattr(page_file, "_LEAST_EACH", 2)
    page = html(handed())
    assert page.count("<details>") == 3
    assert "Left out: 3 places, 3 entries of articles under their places" in page
    monkeypatch.setattr(page_file, "_BUDGET", -1)
    assert "<article" not in html(handed())


def test_the_outlines_are_small_and_whole() -> None:
    land = compact_land()
    assert len(json.dumps(land, separators=(",", ":"))) < 300_000
    codes = {code for code, _, _ in land}
    assert {"LY", "EG", "FR", "MT", "BH"} <= codes
    libya = next(shape for code, _, shape in land if code == "LY")
    x = y = 0
    ring = libya[0][0]
    for at in range(0, len(ring), 2):
        x, y = x + ring[at], y + ring[at + 1]
        assert 900 <= x <= 2600
        assert 1900 <= y <= 3400


def test_an_own_script_that_ends_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="can't stand"):
        one_file.raw("script", "a</SCRIPT>b")
    assert re.search(r"\.k-city", one_file.colour_variables())
