from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from made_store import HOSTILE, make_articles, make_store
from test_page import html_of

from dashboard.core.models import Kind
from dashboard.store import open_store
from dashboard.store.corrections import list_corrections
from dashboard.ui.parts.correcting import plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from dashboard.gazetteer import Gazetteer

    OpenPage = Callable[..., AppTest]


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("KHARITA_USER_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("getpass.getuser", lambda: "Amal")
    return make_store(tmp_path)


@pytest.fixture
def gazetteer(small_gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> Gazetteer:
    monkeypatch.setattr("dashboard.web.handles.ensure_index", lambda _settings: small_gazetteer)
    return small_gazetteer


def asked(page: AppTest) -> str:
    return html_of(page).partition("kh-question")[2].partition("</section>")[0]


def press(page: AppTest, key: str) -> AppTest:
    return page.button(key=key).click().run()


def trail(url: str) -> list[tuple[str, str, str | None, int]]:
    with open_store(url) as store:
        return [
            (
                item.correction.decision.value,
                item.correction.scope.value,
                item.correction.undone_by,
                item.mentions,
            )
            for item in list_corrections(store)
        ]


def places_of(url: str, article: str) -> list[str | None]:
    with open_store(url) as store:
        return [item.place and item.place.id for item in store.resolutions(article)]


def test_the_question_worth_most_is_asked_with_its_sentences(open_page: OpenPage, url: str) -> None:
    page = open_page(ui="en", store=url, page="review")
    html = asked(page)
    assert "“Cyrenaica” was taken for" in html  # three mentions, each .55
    assert "this stands for 2 unsure mentions in 1 article" in html
    assert ">Cyrenaica</mark>" in html
    assert page.text_input(key="correct_who").value == "Amal"


def test_right_settles_the_question_everywhere_and_undo_brings_it_back(open_page: OpenPage, url: str) -> None:
    page = press(open_page(ui="en", store=url, page="review"), "correct_right")
    assert "Noted: 2 mentions in 1 article changed." in html_of(page)
    assert "Smallville" in asked(page)
    assert trail(url) == [("right", "everywhere", None, 2)]
    assert "“Cyrenaica” is Cyrenaica (Libya)" in html_of(page)
    page = press(page, "correct_undo")
    assert "Taken back: 2 mentions" in html_of(page)
    assert "“Cyrenaica” was taken for" in asked(page)
    assert trail(url) == [("right", "everywhere", "Amal", 0)]
    assert "kh-undone" in html_of(page)


def test_scope_why_and_not_a_place(open_page: OpenPage, url: str) -> None:
    page = open_page(ui="en", store=url, page="review")
    page.segmented_control(key="correct_scope").set_value("mention").run()
    assert "Only the name at this point" in html_of(page)
    page.text_input(key="correct_why").set_value("a street of that name").run()
    page = press(page, "correct_not")
    assert trail(url) == [("not_a_place", "mention", None, 1)]
    html = html_of(page)
    assert "“Cyrenaica” is not a place" in html
    assert "a street of that name" in html
    assert page.text_input(key="correct_why").value == ""
    assert "this stands for 1 unsure mention" in asked(page)  # the other one is still open


def test_skipped_questions_come_back_only_when_asked_for(open_page: OpenPage, url: str) -> None:
    page = open_page(ui="en", store=url, page="review")
    seen = []
    while "kh-question" in html_of(page):
        seen.append(asked(page))
        page = press(page, "correct_skip")
    assert len(set(seen)) == len(seen) == 2
    assert "Nothing left to check" in html_of(page)
    assert "Cyrenaica" in asked(press(page, "review_again"))


def test_the_filters_choose_what_is_asked(open_page: OpenPage, url: str) -> None:
    page = open_page(ui="en", store=url, page="review", source="Harbour Post")
    assert "Nothing left to check" in html_of(page)


def test_another_place_is_found_in_the_gazetteer_by_any_script(
    open_page: OpenPage, url: str, gazetteer: Gazetteer
) -> None:
    page = press(open_page(ui="en", store=url, page="review"), "correct_other")
    assert page.text_input(key="correct_search").value == "Cyrenaica"
    page.text_input(key="correct_search").set_value("qqqq").run()
    assert "has no place called “qqqq”" in html_of(page)
    page.text_input(key="correct_search").set_value("باريس").run()
    (paris, *_) = [button for button in page.button if (button.key or "").startswith("found_")]
    page = paris.click().run()
    decided = trail(url)
    assert decided == [("wrong_place", "everywhere", None, 2)]
    chosen = paris.key.removeprefix("found_")
    assert places_of(url, make_articles()[3][0].id).count(chosen) == 2
    assert gazetteer.row(chosen) is not None


def test_an_unknown_place_is_added_and_decided(open_page: OpenPage, url: str) -> None:
    page = press(open_page(ui="en", store=url, page="review"), "correct_skip")
    assert "“Smallville”: no place was chosen" in asked(page)
    page = press(page, "correct_unknown")
    page.text_input(key="add_point").set_value("north of here").run()
    page = press(page, "add_save")
    assert "“north of here” is no point" in html_of(page)
    assert trail(url) == []
    page.text_input(key="add_point").set_value("٣٢٫٥ , 23.1").run()
    page.selectbox(key="add_kind").set_value(Kind.CAMP).run()
    page = press(page, "add_save")
    assert trail(url) == [("added", "everywhere", None, 1)]
    (added,) = [key for key in places_of(url, make_articles()[3][0].id) if key and key.startswith("user:")]
    with open_store(url) as store:
        place = store.place(added)
    assert (place.name, place.kind, place.latitude, place.longitude, place.country) == (
        "Smallville", Kind.CAMP, 32.5, 23.1, "LY",
    )  # fmt: skip


def test_who_decides_must_be_said(open_page: OpenPage, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHARITA_HOST", "0.0.0.0")  # noqa: S104 - a server for a team
    page = open_page(ui="en", store=url, page="review")
    assert "Say who you are" in html_of(page)
    assert page.button(key="correct_right").disabled
    page.text_input(key="correct_who").set_value("<b>Nur</b>").run()
    page = press(page, "correct_right")
    html = html_of(page)
    assert "&lt;b&gt;Nur&lt;/b&gt;" in html
    assert "<b>Nur" not in html


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_every_language_asks_and_tells(open_page: OpenPage, url: str, language: str) -> None:
    page = press(open_page(ui=language, store=url, page="review"), "correct_right")
    html = html_of(page)
    assert "kh-decision" in html
    assert "{" not in html.replace(HOSTILE, "").partition("kh-review-head")[2]


def test_the_reader_corrects_the_open_mention(open_page: OpenPage, url: str) -> None:
    article = make_articles()[0][0]
    numbers = [index for index, place in enumerate(places_of(url, article.id)) if place == "kh:cairo"]
    page = open_page(ui="en", store=url, article=article.id, mention=str(numbers[0]))
    assert "kh-mini" in html_of(page)
    page = press(page, "correct_candidate_2")  # the one in the United States
    assert places_of(url, article.id)[numbers[0]] == "kh:cairo-us"
    html = html_of(page)
    assert "Checked by Amal on" in html
    assert "The parser said Cairo, 95%." in html
    assert trail(url) == [("wrong_place", "mention", None, 1)]
    page = press(page, "undo_here")
    assert places_of(url, article.id)[numbers[0]] == "kh:cairo"
    assert "Checked by" not in html_of(page)


def test_a_name_that_was_missed_is_marked_in_the_reader(
    open_page: OpenPage, url: str, gazetteer: Gazetteer
) -> None:
    article = make_articles()[0][0]
    before = places_of(url, article.id)
    page = open_page(ui="en", store=url, article=article.id)
    page.text_input(key="missed_name").set_value("zeppelin").run()
    assert "does not stand in this article" in html_of(page)
    page.text_input(key="missed_name").set_value("crew").run()
    page = press(page, "missed_other")
    page.text_input(key="correct_search").set_value("Paris").run()
    (paris, *_) = [button for button in page.button if (button.key or "").startswith("found_")]
    page = paris.click().run()
    assert places_of(url, article.id) == [*before, paris.key.removeprefix("found_")]
    assert gazetteer.row(paris.key.removeprefix("found_")) is not None


def test_a_label_is_never_read_as_markdown() -> None:
    assert plain("**A** [b](c) :red[x] $y$ `z`\u202e") == (r"\*\*A\*\* \[b\]\(c\) \:red\[x\] \$y\$ \`z\`")
    assert plain("Saint-Denis") == r"Saint\-Denis"


@pytest.mark.parametrize("account", ["root", "Administrator", ""])
def test_a_machine_s_account_signs_nothing_and_who_decided_last_is_remembered(
    open_page: OpenPage, url: str, monkeypatch: pytest.MonkeyPatch, account: str
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: account)
    page = open_page(ui="en", store=url, page="review")
    assert page.text_input(key="correct_who").value == ""
    page.text_input(key="correct_who").set_value("Nur").run()
    page.button(key="correct_right").click().run()
    again = open_page(ui="en", store=url, page="review")  # another browser
    assert again.text_input(key="correct_who").value == "Nur"
