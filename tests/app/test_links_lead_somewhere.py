"""Every link of every page is an address that the page itself can read."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest
from made_store import PLACES, make_store
from test_page import html_of

from dashboard.core.models import Article, Focus, Mention, Parse, Resolution
from dashboard.render.time.timeline import offered_steps
from dashboard.store import open_store
from dashboard.web.visit import CHOICES, PAGES, STEPS, VIEWS, read_visit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    OpenPage = Callable[..., AppTest]

ADDRESSES = [
    {},
    {"rank": "countries"},
    {"rank": "articles"},
    {"place": "kh:tobruk"},
    {"place": "kh:tobruk", "group": "source"},
    {"q": "Tobruk", "rank": "articles", "sort": "newest"},
    {"place": "kh:tobruk", "near": "kh:tobruk,50"},
    {"view": "countries", "area": "country:LY"},
    {"view": "compare", "vs": "q=guard", "q": "ship"},
    {"view": "compare", "vs": "q=guard", "by": "second"},
    {"q": "Tobruk", "numerals": "arab", "kind": "city"},
    *({"step": step} for step in STEPS),
    *({"view": view} for view in VIEWS),
    *({"page": page} for page in PAGES),
]


@pytest.fixture(scope="module")
def long_store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make a store that spans eleven years, so that every width of the timeline's bars is offered."""
    folder: Path = tmp_path_factory.mktemp("long")
    url = make_store(folder)
    text = "A ship reached Tobruk."
    found = (Resolution(Mention(15, 21, "Tobruk"), PLACES["Tobruk"], 0.9),)
    with open_store(url) as store:
        for day in (date(2014, 1, 1), date(2024, 12, 31)):
            store.add(
                Article("Ship", f"{text} {day}", "en", "Post", None, day),
                Parse("en", found, Focus(), "p", "g"),
            )
    return url


@pytest.mark.parametrize("address", ADDRESSES, ids=str)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_link_can_be_read(
    open_page: OpenPage, long_store: str, address: dict[str, str], language: str
) -> None:
    html = html_of(open_page(store=long_store, ui=language, **address))
    links = {unescape(link) for link in re.findall(r'href="(\?[^"]*)"', html)}
    assert links
    for link in links:
        parameters = dict(parse_qsl(link.removeprefix("?")))
        visit, problems = read_visit(parameters)
        assert problems == [], link
        assert visit.parameters() == parameters


def test_the_year_of_the_timeline(open_page: OpenPage, long_store: str) -> None:
    html = html_of(open_page(store=long_store, ui="en"))
    assert "step=year" in html
    html = html_of(open_page(store=long_store, ui="en", step="year"))
    assert "kh-problem" not in html
    assert "2014: 1 article" in html


def test_every_width_that_is_offered_can_be_asked_for() -> None:
    spans = [
        (date(2024, 1, 1), date(2024, 2, 1)),
        (date(2014, 1, 1), date(2024, 1, 1)),
        (date(1900, 1, 1), date(2024, 1, 1)),
    ]
    assert {step for first, last in spans for step in offered_steps(first, last)} == set(STEPS)


@pytest.mark.parametrize("name", CHOICES)
def test_every_choice_is_read(name: str) -> None:
    for value in CHOICES[name]:
        visit, problems = read_visit({name: value})
        assert problems == []
        assert visit.parameters() == {name: value}
