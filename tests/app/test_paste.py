from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from made_store import HOSTILE

from dashboard.intake import MAX_PASTED
from dashboard.store import open_store
from dashboard.ui.paste import paste_view
from dashboard.web.handles import SharedParser

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from dashboard.geoparse import Geoparser

    OpenPage = Callable[..., AppTest]

TEXT = "سفينة قمح\n\nوصلت سفينة من بنغازي إلى مدينة طبرق، ثم غادرت إلى ليبيا ومصر."


@pytest.fixture
def open_paste(open_page: OpenPage, full_parser: Geoparser, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Return `open_page` with the parser that the session has opened already."""
    monkeypatch.setattr(paste_view, "shared_parser", lambda: SharedParser(full_parser))
    return open_page


def html_of(page: AppTest) -> str:
    """Return all HTML of a page but its style sheet."""
    assert not page.exception
    return "\n".join(item.proto.body for item in page.get("html") if not item.proto.body.startswith("<style"))


def paste(page: AppTest, text: str) -> AppTest:
    return page.text_area(key="paste_text").set_value(text).run()


def opened_article(page: AppTest) -> str:
    found: str | list[str] = page.query_params["article"]
    return found if isinstance(found, str) else found[0]


@pytest.mark.parametrize("empty", [True, False])
def test_a_text_is_looked_at_without_being_stored(
    open_paste: OpenPage, tmp_path: Path, *, empty: bool
) -> None:
    page = open_paste(ui="en", page="paste", empty=empty)
    assert "No text yet" in html_of(page)
    html = html_of(paste(page, TEXT))
    assert 'class="kh-m kh-k-city"' in html
    assert html.count("<li>") >= 4
    assert "data:image/svg+xml" in html
    with open_store(f"sqlite:///{(tmp_path / 'made.sqlite').as_posix()}") as store:
        assert store.counts().articles == (0 if empty else 4)


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_too_long_and_placeless_texts_are_told(open_paste: OpenPage, language: str) -> None:
    page = open_paste(ui=language, page="paste", empty=True)
    html = html_of(paste(page, "x" * (MAX_PASTED + 1)))
    assert "200,001" in html or "200\u202f001" in html
    assert "kh-text" not in html
    assert "kh-pasted-places" not in html_of(paste(page, "123 456"))


def test_a_mention_says_why(open_paste: OpenPage) -> None:
    page = paste(open_paste(ui="en", page="paste"), TEXT)
    number = re.search(r"mention=(\d+)", html_of(page))
    assert number is not None
    page.query_params["mention"] = number.group(1)
    html = html_of(page.run())
    assert "Which place it may be" in html
    assert 'aria-current="true"' in html
    page.query_params["mention"] = "99"
    assert "Which place it may be" not in html_of(page.run())


def test_a_button_stores_it_and_opens_it(open_paste: OpenPage, tmp_path: Path) -> None:
    page = paste(open_paste(ui="en", page="paste", empty=True), TEXT)
    page.text_input(key="paste_source").set_value("My notes")
    page.text_input(key="paste_date").set_value("2024-02-03")
    page.text_input(key="paste_link").set_value("https://news.example/1")
    page.button(key="paste_save").click().run()
    assert "page" not in page.query_params
    html = html_of(page)
    assert "My notes" in html
    assert "3 February 2024" in html
    assert "news.example" in html
    with open_store(f"sqlite:///{(tmp_path / 'made.sqlite').as_posix()}") as store:
        assert store.counts().articles == 1
        assert store.counts().mentions >= 4


def test_a_known_text_can_be_opened_or_stored_as_another(open_paste: OpenPage, tmp_path: Path) -> None:
    page = paste(open_paste(ui="en", page="paste", empty=True), TEXT)
    page.text_input(key="paste_source").set_value("My notes")
    page.button(key="paste_save").click().run()
    first = opened_article(page)
    page.query_params.clear()
    page.query_params.update({"ui": "en", "page": "paste"})
    page = paste(page.run(), TEXT)
    html = html_of(page)
    assert "This text is stored already" in html
    assert f"article={first}" in html
    page.button(key="paste_save").click().run()  # nothing tells it from the stored one
    assert "This text is stored already" in html_of(page)
    page.text_input(key="paste_source").set_value("Their notes")
    page.button(key="paste_save").click().run()
    second = opened_article(page)
    assert second != first
    assert "Their notes" in html_of(page)
    with open_store(f"sqlite:///{(tmp_path / 'made.sqlite').as_posix()}") as store:
        assert {store.article(ident).source for ident in (first, second)} == {"My notes", "Their notes"}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [("link", "javascript:alert(1)", "no web address"), ("date", "yesterday", "no date")],
)
def test_what_makes_no_sense_is_not_stored(open_paste: OpenPage, field: str, value: str, said: str) -> None:
    page = paste(open_paste(ui="en", page="paste", empty=True), TEXT)
    page.text_input(key=f"paste_{field}").set_value(value)
    page.button(key="paste_save").click().run()
    assert said in html_of(page)
    assert page.query_params["page"] in ("paste", ["paste"])


def test_a_hostile_text_is_harmless(open_paste: OpenPage) -> None:
    page = paste(open_paste(ui="en", page="paste", empty=True), f"{HOSTILE}\n\n{HOSTILE} in Tobruk, Libya.")
    html = html_of(page)
    assert "<script" not in html
    assert "<img src=x" not in html
    page.text_input(key="paste_title").set_value(HOSTILE)
    page.text_input(key="paste_source").set_value(HOSTILE)
    page.button(key="paste_save").click().run()
    stored = html_of(page)
    assert "<script" not in stored
    assert "<img src=x" not in stored
    assert "kh-article-head" in stored
