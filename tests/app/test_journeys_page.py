"""The journeys on the page: list, actor, one journey put right, the reader's marks, a place's visitors."""

from __future__ import annotations

import pytest
from made_legs import HAFTAR, SADDAM, make_legs_store
from sqlalchemy import text

from dashboard.query import Filters, JourneyFilters
from dashboard.store import open_store
from dashboard.store.actor_trail import list_actor_changes
from dashboard.store.journey_trail import list_decisions
from dashboard.web.answers import journey_book
from dashboard.web.handles import Edition
from dashboard.web.visit import read_visit


@pytest.fixture
def legs_store(tmp_path):
    return make_legs_store(tmp_path)


def shown(page):
    assert not page.exception
    return "\n".join(one.value if hasattr(one, "value") else one.proto.body for one in page.get("html"))


def journey_of(url, actor):
    with open_store(url) as store:
        version = store.data_version()
    return next(one for one in journey_book(Edition(url, version)).journeys if one.actor == actor)


def test_the_list_names_who_went_where(open_page, legs_store):
    said = shown(open_page(store=legs_store, view="journeys", ui="en"))
    assert "Khalifa Haftar" in said
    assert "3 articles, 3 independent reports" in said
    assert "The reports contradict each other" in said
    assert "<img src=x" not in said  # a hostile actor's name is text


def test_the_list_reads_in_arabic(open_page, legs_store):
    said = shown(open_page(store=legs_store, view="journeys", ui="ar"))
    assert "خليفة حفتر" in said
    assert "طرطوس" in said


def test_a_name_in_another_script_finds_the_actor(open_page, legs_store):
    said = shown(open_page(store=legs_store, view="journeys", q="Hifter", ui="en"))
    assert "Khalifa Haftar" in said
    assert "سفينتان" not in said


def test_an_actor_has_a_card(open_page, legs_store):
    said = shown(open_page(store=legs_store, view="journeys", actor=HAFTAR, ui="en"))
    assert "Named beside" in said
    assert "Saddam Haftar" in said
    assert "Harbour Post" in said


@pytest.mark.parametrize("actor", [{}, {"actor": HAFTAR}])
def test_what_is_hidden_as_less_sure_is_counted_with_a_way_to_it(open_page, legs_store, actor):
    with open_store(legs_store) as store, store.transaction() as connection:
        connection.execute(text("UPDATE legs SET confidence = 0.4"))
    few = shown(open_page(store=legs_store, view="journeys", ui="en", **actor))
    assert "less sure" in few
    assert "sure=0" in few[: few.index("less sure")].rpartition("href=")[2]
    assert "less sure" not in shown(
        open_page(store=legs_store, view="journeys", ui="en", sure="0.0", **actor)
    )


def test_an_actor_is_named_by_the_newsroom_and_the_name_taken_back(open_page, legs_store):
    page = open_page(store=legs_store, view="journeys", actor=HAFTAR, ui="en")
    page.text_area(key="actor_names_en_none").set_value("Marshal Haftar\nHaftar")
    page.text_input(key="actor_who").set_value("Me")
    page.button(key="FormSubmitter:actor_form_none-Save").click().run()
    with open_store(legs_store) as store:
        (made,) = list_actor_changes(store)
    assert (made.names_en, made.who, made.type, made.country) == (
        ("Marshal Haftar", "Haftar"),
        "Me",
        "person",
        "LY",
    )
    assert made.offices[0].role == "commander"
    assert "Marshal Haftar" in shown(page)
    page.button(key=f"actor_{made.id}").click().run()
    with open_store(legs_store) as store:
        assert list_actor_changes(store)[0].undone_at is not None
    assert "Marshal Haftar" not in shown(page)


def test_a_wrong_date_of_an_office_is_told(open_page, legs_store):
    page = open_page(store=legs_store, view="journeys", actor=HAFTAR, ui="en")
    page.text_input(key="actor_since_none_0").set_value("yesterday")
    page.text_input(key="actor_who").set_value("Me")
    page.button(key="FormSubmitter:actor_form_none-Save").click().run()
    assert "'yesterday' is no date" in page.toast[0].value
    with open_store(legs_store) as store:
        assert list_actor_changes(store) == []


def test_a_journey_tells_its_reports_and_is_split_and_joined_again(open_page, legs_store):
    haftar = journey_of(legs_store, HAFTAR)
    page = open_page(store=legs_store, view="journeys", journey=haftar.id, ui="en")
    said = shown(page)
    assert "Was it so?" in said
    assert 'class="kh-mark">arrived' in said
    page.selectbox(key="journey_report").set_value(haftar.reports[-1].key).run()
    page.button(key="journey_split").click().run()
    assert not page.exception
    with open_store(legs_store) as store:
        (made,) = list_decisions(store)
    assert made.report == haftar.reports[-1].key
    page.button(key=f"journey_{made.id}").click().run()
    with open_store(legs_store) as store:
        assert list_decisions(store)[0].undone_at is not None


def test_the_reader_marks_actor_cue_and_places_of_the_open_leg(open_page, legs_store):
    report = journey_of(legs_store, HAFTAR).reports[0]
    article, leg = report.key.split(":", 1)
    page = open_page(store=legs_store, view="journeys", article=article, leg=leg, ui="en")
    said = shown(page)
    assert 'class="kh-leg">' in said
    assert 'class="kh-leg kh-leg-cue">' in said
    assert said.count(" kh-leg-place") == 2


def test_a_place_says_who_came_and_went(open_page, legs_store):
    said = shown(open_page(store=legs_store, place="kh:tobruk", ui="en"))
    assert "Who came and went" in said
    assert "Khalifa Haftar" in said


def test_nothing_found_and_bad_addresses_are_said(open_page, legs_store):
    said = shown(
        open_page(store=legs_store, view="journeys", actor=SADDAM, status="denied", move="swim", ui="en")
    )
    assert "is no kind of journey" in said
    assert "No journeys here" in shown(
        open_page(store=legs_store, view="journeys", status="cancelled", ui="en")
    )


def test_an_address_gives_back_the_visit():
    given = {"view": "journeys", "actor": HAFTAR, "status": "planned", "journey": "0" * 16, "ui": "en"}
    visit, problems = read_visit(given)
    assert not problems
    assert visit.parameters() == given
    assert visit.filters == Filters()
    assert visit.moves != JourneyFilters()


def test_rows_of_one_way_are_told_apart_by_what_told_them(open_page, legs_store):
    for address in ({"actor": HAFTAR}, {}):
        said = shown(open_page(store=legs_store, view="journeys", ui="en", **address))
        told = said.partition("kh-journey-told")[2]
        assert "Harbour Post" in told.partition("</small>")[0]
    said = shown(open_page(store=legs_store, view="journeys", ui="en"))
    assert "سفينتان</bdi> · source not known" in said  # the article's title, and no outlet
    card = shown(open_page(store=legs_store, place="kh:tobruk", ui="en"))
    assert "kh-journey-told" in card


def test_what_can_be_joined_is_told_apart(open_page, legs_store):
    haftar = journey_of(legs_store, HAFTAR)
    page = open_page(store=legs_store, view="journeys", journey=haftar.id, ui="en")
    offered = page.selectbox(key="journey_report").options
    assert len(set(offered)) == len(offered) == 3
    assert any("Harbour Post" in one and "Haftar in Tobruk" in one for one in offered)


def test_a_name_that_no_article_writes_is_looked_for_in_the_other_script(open_page, legs_store):
    """The search box finds what the store writes; who moves is offered by name; the way back is a press away."""
    page = open_page(store=legs_store, ui="en")
    page.text_input(key="filter_q").set_value("Tartous").run()
    assert page.query_params["q"] == "Tartous OR طرطوس"
    said = shown(page)
    assert "No article writes “Tartous”; shown is “طرطوس”" in said
    assert "q=%22Tartous%22" in said
    page.text_input(key="filter_q").set_value('"Tartous"').run()
    assert page.query_params["q"] == '"Tartous"'


def test_a_search_offers_the_card_of_who_moves(open_page, legs_store):
    for search in ("Hifter", "حفتر", "Hifter OR zzz"):
        said = shown(open_page(store=legs_store, q=search, ui="en"))
        assert 'href="?actor=actor%3Akhalifa-haftar&amp;ui=en&amp;view=journeys"' in said


def test_among_very_many_journeys_a_search_offers_to_look_and_waits_for_nothing(
    open_page, legs_store, monkeypatch
):
    monkeypatch.setattr("dashboard.web.answers._QUICK_LEGS", 2)
    monkeypatch.setattr(
        "dashboard.web.answers.load_journeys", lambda _store: pytest.fail("merged while one waits")
    )
    said = shown(open_page(store=legs_store, q="Hifter", ui="en"))
    assert "Look for “Hifter”" in said
    assert 'href="?q=Hifter&amp;ui=en&amp;view=journeys"' in said
