from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from test_page import html_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

    OpenPage = Callable[..., AppTest]


def switch_of(html: str) -> dict[str, tuple[str, bool]]:
    """Return the links of the switch: view, address, whether it is in force."""
    nav = re.search(r'<nav class="kh-segments kh-views".*?</nav>', html, re.DOTALL)
    assert nav is not None
    links = re.findall(r'<a href="([^"]*)"[^>]*?>([^<]*)</a>', nav.group())
    current = re.findall(r'aria-current="true">([^<]*)</a>', nav.group())
    return {name: (address.replace("&amp;", "&"), name in current) for address, name in links}


def test_the_switch_keeps_the_selection(open_page: OpenPage) -> None:
    links = switch_of(html_of(open_page(ui="en", kind="city", sure="0.6")))
    assert list(links) == ["Places", "Heat", "Countries", "Provinces", "Compare", "Journeys"]
    assert links["Places"][1]
    assert links["Heat"] == ("?kind=city&sure=0.6&ui=en&view=heat", False)


@pytest.mark.parametrize("view", ["heat", "countries", "divisions", "compare"])
def test_every_view_is_shown_and_marked(open_page: OpenPage, view: str) -> None:
    page = open_page(ui="en", view=view, country="LY")
    links = switch_of(html_of(page))
    assert [address for address, current in links.values() if current] == [f"?country=LY&ui=en&view={view}"]


def test_an_unknown_view_is_reported(open_page: OpenPage) -> None:
    html = html_of(open_page(ui="en", view="globe"))
    assert html.count("kh-problem") == 1
    assert switch_of(html)["Places"][1]


def test_two_sources_are_compared_from_the_form(open_page: OpenPage) -> None:
    page = open_page(ui="en", view="compare")
    assert "until 18 March 2024 and since 19 March 2024" in html_of(page)
    page.selectbox(key="filter_compare_first_sources").set_value("Harbour Post").run()
    assert "vs" not in page.query_params  # one side is missing yet
    assert page.selectbox(key="filter_compare_first_sources").value == "Harbour Post"
    page.selectbox(key="filter_compare_second_sources").set_value("صحيفة الميناء").run()
    assert page.query_params["source"] == "Harbour Post"
    assert page.query_params["vs"].startswith("source=")
    html = html_of(page)
    assert "Only in A" in html
    assert "from صحيفة الميناء" in html


def test_two_searches_are_compared_and_hostile_words_are_text(open_page: OpenPage) -> None:
    page = open_page(ui="en", view="compare")
    page.radio(key="filter_compare_mode").set_value("searches").run()
    page.text_input(key="filter_compare_first_searches").set_value("ship").run()
    page.text_input(key="filter_compare_second_searches").set_value("<img src=x> guard").run()
    html = html_of(page)
    assert page.query_params["q"] == "ship"
    assert "<img" not in html
    assert "Jufra base" in html.split("Only in B")[1]


def test_a_comparison_comes_back_from_its_address(open_page: OpenPage) -> None:
    page = open_page(ui="ar", view="compare", q="ship", vs="q=guard")
    assert page.radio(key="filter_compare_mode").value == "searches"
    assert page.text_input(key="filter_compare_second_searches").value == "guard"
    assert "في أ وحده" in html_of(page)


def test_an_area_lists_its_places(open_page: OpenPage) -> None:
    page = open_page(ui="en", view="countries", area="country:LY")
    html = html_of(page)
    assert "Tobruk" in html
    assert "Cairo" not in html
    assert "Its own card" in html
    assert "?country=LY&amp;ui=en&amp;view=countries" in html
    assert "No article" in html_of(open_page(ui="en", view="divisions", area="adm1:LY-BU"))
