from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from made_store import make_articles, make_store
from test_page import html_of

from dashboard.store import open_store
from dashboard.store.saved import SavedKind, save_view, saved_views_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    OpenPage = Callable[..., AppTest]


@pytest.mark.parametrize(
    ("parameters", "sentence", "counted"),
    [
        ({"at": "kh:cairo"}, "naming Cairo", "named in 2 articles"),
        ({"with": "kh:cairo,country:LY"}, "together with Libya", "named in 2 articles"),
        ({"near": "kh:tobruk:50"}, "within 50 km of Tobruk", "1 place named in 4 articles"),
        ({"near": "29,16:100"}, "within 100 km of 29.00, 16.00", "1 place named in 1 article"),
        ({"box": "31,20,34,25"}, "in the frame on the map", "1 place named in 4 articles"),
        ({"shape": "g-pSg0mMgz6BAAg3oE"}, "in the drawn area", "1 place named in 4 articles"),
        ({"added": "2999-01-01T00:00:00Z"}, "added since 1 January 2999", "0 places named in 0 articles"),
        ({"at": "kh:gone"}, "naming kh:gone", "0 places"),
    ],
)
def test_areas_and_places_are_said_in_the_sentence(
    open_page: OpenPage, parameters: dict[str, str], sentence: str, counted: str
) -> None:
    html = html_of(open_page(ui="en", **parameters))
    assert sentence in html
    assert counted in re.sub("<[^>]*>", "", html)
    assert "kh-problem" not in html


@pytest.mark.parametrize(
    "bad", [{"near": "kh:x"}, {"box": "1,2"}, {"shape": "!"}, {"at": "<b>"}, {"added": "x"}]
)
def test_bad_areas_are_reported_gently(open_page: OpenPage, bad: dict[str, str]) -> None:
    html = html_of(open_page(ui="en", **bad))
    assert html.count("kh-problem") == 1
    assert "<b>" not in html.partition("kh-problem")[2].partition("</p>")[0]


def test_a_search_says_what_it_understood(open_page: OpenPage) -> None:
    html = html_of(open_page(ui="en", q="طبرق grain -flood"))
    assert "kh-ask-place" in html
    assert "4 articles" in html
    assert "without “flood”" in html
    assert "q=grain+-flood&amp;ui=en&amp;place=kh%3Atobruk" in html
    assert "q=grain+-flood&amp;at=kh%3Atobruk&amp;ui=en" in html


def test_nothing_found_offers_the_place_of_that_name(open_page: OpenPage) -> None:
    html = html_of(open_page(ui="en", q="Tobrouk"))
    assert "Nothing matches" in html
    assert 'title="Open Tobruk"' in html.partition("Nothing matches")[2]


def test_a_card_offers_what_is_near_and_named_together(open_page: OpenPage) -> None:
    html = html_of(open_page(ui="en", place="kh:tobruk", near="kh:tobruk:25"))
    assert "near=kh%3Atobruk%3A100&amp;ui=en&amp;place=kh%3Atobruk" in html
    assert 'href="?ui=en&amp;place=kh%3Atobruk" data-visit="1" class="kh-toggle"' in html  # takes it off
    assert "with=kh%3Atobruk" in html


def test_a_view_is_saved_and_listed_whatever_its_name(open_page: OpenPage) -> None:
    page = open_page(ui="en", near="kh:tobruk:50", place="kh:tobruk")
    assert page.checkbox(key="save_watch_area").value
    page.text_input(key="save_name").set_value("<img src=x onerror=hurt()> ![x](http://evil)").run()
    next(button for button in page.button if button.label == "Save").click().run()
    assert "is saved." in html_of(page)
    page.query_params["page"] = "saved"
    html = html_of(page.run())
    assert "&lt;img src=x onerror=hurt()&gt; ![x](http://evil)" in html
    assert "within 50 km of Tobruk" in html
    assert "Nothing new since then" in html
    assert 'href="?near=kh%3Atobruk%3A50&amp;ui=en&amp;place=kh%3Atobruk"' in html


@pytest.fixture
def watched(tmp_path: Path) -> str:
    """Return the address of a store with one watched view and one that is only kept."""
    url = make_store(tmp_path, empty=True)
    first, second, third, _ = make_articles()
    with open_store(url) as store:
        store.add_many([first])
        save_view(store, "All of it", "", SavedKind.WATCH)
        save_view(store, "Cities", "kind=city&page=saved&evil=1")
        store.add_many([second, third])
    return url


def test_a_watched_view_tells_what_is_new_until_it_is_seen(open_page: OpenPage, watched: str) -> None:
    page = open_page(store=watched, ui="en", page="saved")
    html = html_of(page)
    assert "2 new articles and 1 new place since then: Jufra base" in html
    assert "added=2" in html
    assert 'href="?kind=city&amp;ui=en"' in html
    mark = next(button for button in page.button if button.label == "Mark as seen")
    mark.click().run()
    assert "Nothing new since then" in html_of(page)
    arabic = html_of(open_page(store=watched, ui="ar", page="saved", numerals="arab"))
    assert "العروض المحفوظة" in arabic


def test_a_saved_view_is_renamed_and_deleted(open_page: OpenPage, watched: str) -> None:
    page = open_page(store=watched, ui="en", page="saved")
    with open_store(watched) as store:
        cities = next(view for view in saved_views_of(store) if view.name == "Cities")
        page.text_input(key=f"saved_name_{cities.key}").set_value("Towns").run()
        assert "Towns" in html_of(page)
        page.text_input(key=f"saved_name_{cities.key}").set_value("  ").run()
        assert "needs a name" in html_of(page)
        page.button(key=f"saved_delete_{cities.key}").click().run()
        assert [view.name for view in saved_views_of(store)] == ["All of it"]


def test_a_saved_view_is_watched_later(open_page: OpenPage, watched: str) -> None:
    page = open_page(store=watched, ui="en", page="saved")
    with open_store(watched) as store:
        view = next(view for view in saved_views_of(store) if view.name == "Cities")
        assert page.button(key=f"saved_watch_{view.key}").label == "Watch"
        page = page.button(key=f"saved_watch_{view.key}").click().run()
        assert page.button(key=f"saved_watch_{view.key}").label == "Stop watching"
        assert {view.kind for view in saved_views_of(store)} == {SavedKind.WATCH}


def test_nothing_saved_says_how_to_save(open_page: OpenPage) -> None:
    assert "Nothing is saved yet" in html_of(open_page(ui="en", page="saved"))


def test_arabic_digits_by_choice(open_page: OpenPage) -> None:
    html = html_of(open_page(ui="ar", numerals="arab", place="kh:tobruk"))
    assert "٤ مقالات" in html
    assert "4 مقالات" not in html
    assert "numerals=arab" in html  # kept by the links
    assert "kh-digits" not in html_of(open_page(ui="en", numerals="arab"))
    assert html_of(open_page(ui="en", numerals="roman")).count("kh-problem") == 1


def test_a_month_among_the_words_is_offered_as_days(open_page: OpenPage) -> None:
    html = html_of(open_page(ui="en", q="grain مارس 2024"))
    assert "1 March 2024 to 31 March 2024" in html
    assert "q=grain&amp;from=2024-03-01&amp;to=2024-03-31" in html
    assert "1er mars 2024" in html_of(open_page(ui="fr", q="mars 2024"))
