"""The eleven tasks of an analyst, each with the clicks that it may take at most."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from analyst_store import DOUBLE, UNDATED, Analyst, fill_newsroom

from dashboard.core.models import Article
from dashboard.gazetteer.locate import index_id
from dashboard.geoparse import Geoparser
from dashboard.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dashboard.gazetteer import Gazetteer

pytestmark = pytest.mark.e2e
SEARCH = ".st-key-filter_q input"
PANEL = ".st-key-kh-panel"
NEW = "Fire\n\nA fire broke out on the pier of the city of Tobruk, in Libya, on Friday."
PASTED = "Pasted\n\nA tanker lay at anchor off the city of Tripoli, in Libya, for a month and a day."


@pytest.fixture(scope="module")
def newsroom(
    tmp_path_factory: pytest.TempPathFactory,
    serve: Callable[..., Any],
    small_gazetteer_path: Path,
    small_gazetteer: Gazetteer,
) -> Iterator[tuple[str, Callable[[str], None]]]:
    """Return the address of a dashboard on the newsroom's store, and what lets an article come in."""
    folder = tmp_path_factory.mktemp("newsroom")
    (folder / "gazetteer").mkdir()
    shutil.copy(small_gazetteer_path, folder / "gazetteer" / f"{index_id()}.kgz")
    url, parser = f"sqlite:///{(folder / 'newsroom.sqlite').as_posix()}", Geoparser(small_gazetteer)
    with open_store(url) as store:
        fill_newsroom(store, parser)

        def come_in(text: str) -> None:
            article = Article(text.partition("\n")[0], text, "en", "Late Wire")
            store.add(article, parser.parse(text, "en"))

        with serve(url, folder) as address:
            yield address, come_in


@pytest.fixture
def sit_down(newsroom: tuple[str, Any], browse: Callable[..., Any]) -> Iterator[Callable[..., Analyst]]:
    """Return what opens a page for an analyst, who looks at the list of places if no address is given."""
    with browse(newsroom[0]) as visit:

        def at(query: str = "?ui=en", *, ready: str = f"{PANEL} .kh-list", **look: Any) -> Analyst:
            page = visit(query, **look).page
            page.set_default_timeout(40_000)  # on a machine that has other work
            page.locator(ready).first.wait_for()
            return Analyst(page)

        yield at


def test_a_where_somebody_was_in_a_year_and_who_reports_it(sit_down: Callable[..., Analyst]) -> None:
    one = sit_down()
    one.type(SEARCH, "Salem")
    one.sees(".kh-sentence", "3 articles")
    one.click(".st-key-kh-filters button", "Filters")
    one.type(".st-key-filter_from input", "2023")
    one.sees(".kh-part", "2023")
    one.type(".st-key-filter_to input", "2023")
    one.sees(".kh-sentence", "2 articles")
    one.page.keyboard.press("Escape")
    one.click(f"{PANEL} .kh-row", "Tobruk")
    one.sees(".kh-source", "Harbour Post")
    one.sees(".kh-story blockquote", "received a delegation")
    assert one.clicks <= 2


def test_b_what_lies_near_a_town_since_a_year(sit_down: Callable[..., Analyst]) -> None:
    one = sit_down()
    one.click(f"{PANEL} .kh-row", "Tobruk")
    one.click(".kh-around .kh-toggle", "50")
    one.sees(".kh-part", "50 km")
    one.click(".st-key-kh-filters button", "Filters")
    one.type(".st-key-filter_from input", "2023-01-01")
    one.sees(".kh-part", "2023")
    one.misses(".kh-story h3", "Old harbour")
    one.sees(".kh-story h3", "Salem in Tobruk")
    assert one.clicks <= 3


def test_c_what_one_source_names_and_another_does_not(sit_down: Callable[..., Analyst]) -> None:
    one = sit_down()
    one.click(".kh-views a", "Compare")
    one.click(".kh-contrasts a", "Harbour Post")
    one.sees(f"{PANEL} li", "Cairo")
    assert one.clicks <= 2


def test_d_a_name_is_corrected_everywhere_and_the_correction_undone(sit_down: Callable[..., Analyst]) -> None:
    one = sit_down()
    one.click(f"{PANEL} .kh-row", "Alexandria")
    one.click(".kh-story h3 a")
    one.click(".kh-text a.kh-m", "Alexandria")
    one.click(".st-key-kh-mention summary")
    one.click(".st-key-kh-scope button", "everywhere")
    one.sees(".kh-scope-said", "Decides 3 mentions in 3 articles.")
    one.click(".st-key-kh-answers button", "Not a place")
    one.sees(".st-key-kh-note", "Noted: 3 mentions in 3 articles changed.")
    one.click(".st-key-kh-note button", "Undo")
    one.sees(".st-key-kh-note", "Taken back: 3 mentions")
    assert one.clicks <= 7


def test_e_three_exports(sit_down: Callable[..., Analyst]) -> None:
    one = sit_down()
    one.click(".st-key-kh-export button", "Export")
    names = []
    for choice in (None, "CSV", "GeoJSON"):
        if choice is not None:  # what opened under the button is still open
            one.click(".st-key-export_format [role=combobox]")
            one.click("[role=option]", choice)
        one.page.locator(".stApp[data-test-script-state='notRunning']").wait_for()
        with one.page.expect_download() as told:
            one.click("[data-testid=stDownloadButton] button")
        names.append(told.value.suggested_filename.partition(".")[2])
    assert [name.rpartition(".")[2] for name in names] == ["html", "csv", "geojson"]
    assert one.clicks <= 8


def test_f_an_area_is_watched(sit_down: Callable[..., Analyst], newsroom: tuple[str, Any]) -> None:
    one = sit_down()
    one.click(f"{PANEL} .kh-row", "Tobruk")
    one.click(".kh-around .kh-toggle", "50")
    one.click(".st-key-kh-saving button", "Save")
    one.click("[data-testid=stPopoverBody] button[kind=primary]")  # watched, as areas are
    one.sees("[data-testid=stPopoverBody]", "is saved")
    assert one.clicks <= 4
    newsroom[1](NEW)
    later = sit_down("?ui=en&page=saved", ready=".kh-saved-row")
    later.sees(".kh-saved-news", "1 new article")
    later.click(".kh-saved-news a")
    later.sees(".kh-sentence", "1 article")
    assert later.clicks <= 1


def test_g_a_text_is_pasted_and_stored(sit_down: Callable[..., Analyst]) -> None:
    one = sit_down()
    one.click(".kh-links a", "Add")
    one.click("a.kh-action", "aste")
    field = one.page.locator(".st-key-kh-paste textarea")
    field.wait_for()
    one.settle()
    field.click()
    one.page.keyboard.insert_text(PASTED)
    field.dispatch_event("paste")
    one.sees(".kh-pasted-places .kh-row", "Tripoli")
    one.click(".st-key-paste_more summary")
    one.page.get_by_label("Source").fill("My notes")
    one.click(".st-key-paste_save button")
    one.sees(".kh-article-head .kh-meta", "My notes")
    assert one.clicks <= 4


def test_h_a_link_opens_the_same_elsewhere(sit_down: Callable[..., Analyst]) -> None:
    one = sit_down()
    one.click(f"{PANEL} .kh-row", "Tobruk")
    one.click(".kh-source", "Harbour Post")
    one.sees(".kh-part", "Harbour Post")
    assert one.clicks <= 2
    link = one.page.url
    other = sit_down("?" + link.partition("?")[2], ready=".kh-card")
    other.sees(".kh-card h2", "Tobruk")
    other.sees(".kh-part", "Harbour Post")
    said = [at.page.locator(".kh-sentence").inner_text() for at in (one, other)]
    assert said[0] == said[1]


def test_i_what_has_no_date_gets_one(sit_down: Callable[..., Analyst]) -> None:
    one = sit_down("?ui=en&source=Evening%20Mail")
    one.click(".kh-sentence a", "without a date")
    one.sees(".kh-listed, .kh-article, article", UNDATED)
    one.click(".kh-to-put a")
    one.click(".kh-put-row a", UNDATED)
    one.page.get_by_label("Date", exact=True).fill("5 May 2024")
    one.click("button", "Save")
    one.sees(".kh-put-row", "5 May 2024")
    assert one.clicks <= 4


def test_j_a_double_is_removed(sit_down: Callable[..., Analyst]) -> None:
    one = sit_down()
    one.click(".kh-sentence a", "articles")
    one.click(".kh-to-put a")
    one.type(".st-key-put_words input", "bridge")
    one.sees(".kh-put-row", DOUBLE)
    one.click("[class*=st-key-put_mark_] label")
    one.click(".st-key-kh-put button", re.compile(r"^Remove$"))
    one.sees(".kh-put-said", "1 article removed")
    one.page.locator(".kh-put-row").nth(1).wait_for(state="detached")
    assert one.clicks <= 4


def test_k_the_copies_of_a_story(sit_down: Callable[..., Analyst]) -> None:
    one = sit_down()
    one.click(".kh-sentence a", "articles")
    one.click("a.kh-printings", re.compile("3"))
    one.sees(".kh-pair > article")
    assert one.page.locator(".kh-pair > article").count() == 2
    assert one.page.locator(".kh-printing-rows > li").count() == 3
    assert one.clicks <= 2
