"""The page on which stored articles are put right, without a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from made_store import HOSTILE
from test_page import html_of

from dashboard.core.models import Article, Focus, Parse
from dashboard.core.settings import Settings
from dashboard.ingest.samples import sample_folder
from dashboard.intake import read_paths
from dashboard.store import open_store
from dashboard.store.listing import Wanted, list_articles, list_removed

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

    from dashboard.store.listing import ListedArticle

    OpenPage = Callable[..., AppTest]


def stored() -> dict[str, ListedArticle]:
    with open_store(Settings().store_url) as store:
        return {one.title: one for one in list_articles(store, Wanted()).articles}


def add(*articles: Article) -> None:
    with open_store(Settings().store_url) as store:
        store.add_many((one, Parse("en", (), Focus(), "p", "g")) for one in articles)


def mark(page: AppTest, ident: str) -> AppTest:
    return page.checkbox(key=f"put_mark_{ident}").check().run()


@pytest.mark.parametrize(("language", "said"), [("ar", "الإنجليزية"), ("en", "English"), ("fr", "anglais")])
def test_a_row_names_the_language_and_not_its_code(open_page: OpenPage, language: str, said: str) -> None:
    html = html_of(open_page(ui=language, page="articles"))
    assert f">{said}</bdi>" in html
    assert ">en</bdi>" not in html


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_undated_ones_come_first_and_nothing_hurts(open_page: OpenPage, language: str) -> None:
    html = html_of(open_page(ui=language, page="articles"))
    rows = html.split('class="kh-put-row"')[1:]
    dated = ["<p><b>" in row or "</p><p><b>" in row for row in rows]
    assert dated == sorted(dated, reverse=True)
    assert HOSTILE not in html


def test_an_article_is_edited_and_the_change_undone(open_page: OpenPage) -> None:
    ident, before = next((one.id, one) for one in stored_after(open_page).values())
    page = open_page(ui="en", page="articles", article=ident, again=True)
    page.text_input(key=f"put_title_{ident}").set_value("A better title")
    page.text_input(key=f"put_published_{ident}").set_value("٣١/١٢/٢٠٢٤")
    page.button(key=save_key(page)).click().run()
    assert "1 article changed." in html_of(page)
    assert "A better title" in html_of(page)
    assert str(stored()["A better title"].published) == "2024-12-31"
    assert "What was changed" in html_of(page)
    page.button(key="put_undo").click().run()
    assert stored()[before.title].published == before.published


def stored_after(open_page: OpenPage) -> dict[str, ListedArticle]:
    open_page(ui="en", page="articles")
    return stored()


def save_key(page: AppTest) -> str:
    return next(button.key for button in page.button if button.label == "Save")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("published", "one of these days", "can’t be read"),
        ("url", "javascript:alert(2)", "no web address"),
        ("title", "", "needs a title"),
        ("language", "Klingon!", "is a code"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(open_page: OpenPage, field: str, value: str, said: str) -> None:
    before = stored_after(open_page)
    ident = next(iter(before.values())).id
    page = open_page(ui="en", page="articles", article=ident, again=True)
    page.text_input(key=f"put_{field}_{ident}").set_value(value)
    page.button(key=save_key(page)).click().run()
    assert said in html_of(page)
    assert stored() == before


def test_many_get_a_source_at_once_and_all_of_it_another(open_page: OpenPage) -> None:
    page = open_page(ui="en", page="articles")
    page.button(key="put_page").click().run()
    page.text_input(key="put_value").set_value("Herald").run()
    page.button(key="put_apply").click().run()
    assert {one.source for one in stored().values()} == {"Herald"}
    page.button(key="put_unmark").click().run()
    page.selectbox(key="put_source").select("Herald").run()
    page.selectbox(key="put_field").select_index(1).run()
    page.text_input(key="put_value").set_value("2024-05").run()
    page.button(key="put_apply").click().run()
    assert {one.published_edtf for one in stored().values()} == {"2024-05"}


def test_removed_is_put_back_by_undo_and_from_the_list(open_page: OpenPage) -> None:
    page = open_page(ui="en", page="articles")
    before = stored()
    ident = next(iter(before.values())).id
    mark(page, ident).button(key="put_remove").click().run()
    assert "1 article removed." in html_of(page)
    assert len(stored()) == len(before) - 1
    page.button(key="put_undo").click().run()
    assert stored() == before
    mark(page, ident).button(key="put_remove").click().run()
    page.segmented_control(key="put_which").select("removed").run()
    page.button(key=f"put_restore_{ident}").click().run()
    assert stored() == before


def test_stories_are_merged_and_split(open_page: OpenPage) -> None:
    page = open_page(ui="en", page="articles")
    add(Article("One", "One story of the sea"), Article("Two", "Another of the land and hills"))
    page.run()
    for title in ("One", "Two"):
        mark(page, stored()[title].id)
    page.button(key="put_merge").click().run()
    assert stored()["One"].copies == 2
    page.button(key="put_split").click().run()
    assert stored()["One"].copies == 1
    page.button(key="put_undo").click().run()
    assert stored()["One"].copies == 2


def test_the_samples_go_by_one_click(open_page: OpenPage) -> None:
    page = open_page(ui="en", page="articles")
    assert not [button for button in page.button if button.key == "put_samples"]
    before = stored()
    add(*(item for item in read_paths([sample_folder()]) if isinstance(item, Article)))
    page.run()
    page.button(key="put_samples").click().run()
    assert stored() == before
    with open_store(Settings().store_url) as store:
        assert len(list_removed(store)) > 20
    page.button(key="put_undo").click().run()
    assert len(stored()) > 20


def test_words_and_dates_narrow_the_list(open_page: OpenPage) -> None:
    page = open_page(ui="en", page="articles")
    add(Article("Quartz", "quartz found", published=None))
    page.run()
    page.text_input(key="put_words").set_value("quartz").run()
    assert html_of(page).count('class="kh-put-row"') == 1
    page.segmented_control(key="put_which").select("lacking").run()
    assert html_of(page).count('class="kh-put-row"') == 1
    page.text_input(key="put_words").set_value("no such word").run()
    assert "No articles here" in html_of(page)
