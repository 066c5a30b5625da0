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
    assert list(links) == ["Places", "Heat", "Countries", "Provinces", "Compare"]
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
