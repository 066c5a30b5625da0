from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from made_store import make_articles

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

    OpenPage = Callable[..., AppTest]


def html_of(page: AppTest) -> str:
    """Return all HTML of a page but its style sheet."""
    assert not page.exception
    return "\n".join(item.proto.body for item in page.get("html") if not item.proto.body.startswith("<style"))


def test_the_list_ranks_places(open_page: OpenPage) -> None:
    html = html_of(open_page(ui="en"))
    assert "named in 4 articles" in html
    assert html.index("Tobruk") < html.index("Cairo")
    assert "1 of them without a date" in html


def test_a_card_shows_sentences_that_name_the_place(open_page: OpenPage) -> None:
    html = html_of(open_page(ui="en", place="kh:tobruk"))
    assert "4 articles" in html
    assert "A ship with grain reached <mark" in html
    assert "news.example" in html
    assert "javascript:" not in html


def test_the_reader_marks_mentions_and_explains_one(open_page: OpenPage) -> None:
    article = make_articles()[0][0]
    html = html_of(open_page(ui="en", article=article.id, mention="1"))
    assert 'class="kh-m kh-k-city"' in html
    assert "Which place it may be" in html


def test_arabic(open_page: OpenPage) -> None:
    page = open_page(ui="ar")
    html = html_of(page)
    assert "طبرق" in html
    assert "في 4 مقالات" in re.sub("<[^>]*>", "", html)
    assert any("direction:rtl" in item.proto.body for item in page.get("html"))


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_about_credits_the_sources(open_page: OpenPage, language: str) -> None:
    html = html_of(open_page(ui=language, page="about"))
    for name in ("GeoNames", "CC BY 4.0", "Natural Earth", "CC BY-SA 4.0", "IBM Plex", "Leaflet", "Unicode"):
        assert name in html


def test_what_is_in_the_public_domain_is_said_in_the_reader_s_language(open_page: OpenPage) -> None:
    said = {"en": "public domain", "ar": "ملكية عامة", "fr": "domaine public"}
    for language, words in said.items():
        assert words in html_of(open_page(ui=language, page="about"))
    assert "public domain" not in html_of(open_page(ui="ar", page="about"))


def test_an_empty_store_says_what_to_do(open_page: OpenPage) -> None:
    assert "kharita ingest" in html_of(open_page(empty=True, ui="en"))


def test_a_broken_store_says_what_is_wrong(open_page: OpenPage) -> None:
    html = html_of(open_page(store="nonsense://x", ui="en"))
    assert "The articles can" in html
    assert "Traceback" not in html


def test_nothing_found_offers_the_way_back(open_page: OpenPage) -> None:
    html = html_of(open_page(ui="en", q="zeppelin"))
    assert "Nothing matches" in html
    assert "Show everything" in html


@pytest.mark.parametrize(
    "bad",
    [
        {"kind": "moon"},
        {"from": "yesterday"},
        {"sure": "9"},
        {"ui": "xx"},
        {"place": "a b<c>"},
        {"country": "1"},
    ],
)
def test_bad_addresses_are_reported_gently(open_page: OpenPage, bad: dict[str, str]) -> None:
    html = html_of(open_page(**bad))
    assert html.count("kh-problem") == 1
    assert "<c>" not in html


@pytest.mark.parametrize(
    "gone", [{"place": "kh:gone"}, {"article": "feed"}, {"article": "feed", "mention": "9"}]
)
def test_what_is_gone_is_said(open_page: OpenPage, gone: dict[str, str]) -> None:
    assert "Not found" in html_of(open_page(ui="en", **gone))


def test_a_mention_out_of_range_leaves_the_reader_open(open_page: OpenPage) -> None:
    article = make_articles()[0][0]
    html = html_of(open_page(ui="en", article=article.id, mention="99"))
    assert "Ship reaches" in html


def test_the_address_sets_the_widgets_and_the_widgets_the_address(open_page: OpenPage) -> None:
    page = open_page(ui="en", country="EG", sure="0.8", kind="city")
    assert page.multiselect(key="filter_country").value == ["EG"]
    assert page.slider(key="filter_sure").value == 80
    page.multiselect(key="filter_country").set_value(["LY"]).run()
    assert page.query_params["country"] == "LY"
    assert page.query_params["kind"] == "city"
    page.text_input(key="filter_q").set_value("ship").run()
    assert "with “ship”" in html_of(page)
    assert page.query_params["q"] == "ship"
