"""Legs in the store: kept, corrected, removed with their article, upgraded, and decided about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import orjson
import pytest
from made_legs import HAFTAR, PARSER, SPOTS, made_legs, make_leg
from sqlalchemy import select

from dashboard.core.article_changes import ArticleField
from dashboard.core.corrections import Decision, Scope
from dashboard.core.errors import CorrectionError, StoreError
from dashboard.core.journey_decisions import (
    JourneyDecision,
    JourneyVerdict,
    decision_record,
    read_decision,
    signed_decision,
)
from dashboard.core.models import Kind, Place
from dashboard.journeys.models import LegParse
from dashboard.store import open_store
from dashboard.store.corrections import (
    Verdict,
    decide,
    export_corrections,
    make_correction,
    read_lines,
    undo,
)
from dashboard.store.dialect import writing
from dashboard.store.editing import edit_articles, remove_articles, restore_articles
from dashboard.store.journey_trail import (
    decide_journey,
    find_decision,
    import_decisions,
    list_decisions,
    read_decisions,
    undo_decision,
)
from dashboard.store.legs import count_legs, legs_read_otherwise, read_reports
from dashboard.store.schema import SCHEMA_VERSION, legs, meta

MADE = made_legs()
VISIT, _, VISIT_LEGS = MADE[0]


@pytest.fixture
def filled(store):
    store.put_many([(article, parse) for article, parse, _ in MADE], [some for *_, some in MADE])
    return store


def reports(store, article_id=None):
    with store.engine.connect() as connection:
        return read_reports(connection, 1000, article_id)


def test_a_leg_comes_back_as_it_was_read(filled):
    (report,) = reports(filled, VISIT.id)
    assert report.leg == VISIT_LEGS.legs[0]
    assert (report.published, report.source) == (VISIT.published, "Harbour Post")
    assert count_legs(filled) == (6, 0)


def test_what_nobody_looked_for_is_told_from_what_is_not_there(store):
    store.put_many([(VISIT, MADE[0][1])])
    assert count_legs(store) == (0, 1)
    assert legs_read_otherwise(store, PARSER) == [VISIT.id]
    store.replace_legs([(VISIT.id, LegParse((), PARSER))])
    assert count_legs(store) == (0, 0)
    assert legs_read_otherwise(store, PARSER) == []
    assert legs_read_otherwise(store, "another") == [VISIT.id]
    with pytest.raises(StoreError, match="no article 'none'"):
        store.replace_legs([("none", LegParse((), PARSER))])


def test_new_legs_take_the_place_of_the_old(filled):
    leg = make_leg(VISIT.text, "Saddam Haftar", "actor:saddam-haftar", "met", goal="Tobruk")
    filled.replace_legs([(VISIT.id, LegParse((leg,), "newer"))])
    assert [report.leg for report in reports(filled, VISIT.id)] == [leg]
    assert len(reports(filled)) == 6


def test_a_leg_told_in_boilerplate_is_left_out(store):
    article = replace(VISIT, boilerplate=((VISIT_LEGS.legs[0].cue[0], len(VISIT.text)),))
    store.put_many([(article, MADE[0][1])], [VISIT_LEGS])
    assert reports(store) == []


def test_a_corrected_place_moves_the_leg_until_it_is_undone(filled):
    other = Place("kh:cairo-us", "Cairo", Kind.CITY, 37.0, -89.18, "US")
    start = VISIT.text.index("Cairo")
    verdict = Verdict(Decision.WRONG_PLACE, other, Scope.MENTION, "me")
    made = make_correction(VISIT, (start, start + 5), SPOTS["Cairo"], verdict)
    decide(filled, made)
    (report,) = reports(filled, VISIT.id)
    assert report.leg.from_place.place.id == "kh:cairo-us"
    assert report.leg.to_place.place.id == "kh:tobruk"
    undo(filled, made.id, "me")
    assert reports(filled, VISIT.id)[0].leg == VISIT_LEGS.legs[0]


def test_a_leg_without_any_place_left_is_not_told(filled):
    plan = MADE[3][0]
    start = plan.text.index("Paris")
    verdict = Verdict(Decision.NOT_A_PLACE, None, Scope.MENTION, "me")
    decide(filled, make_correction(plan, (start, start + 5), SPOTS["Paris"], verdict))
    assert reports(filled, plan.id) == []


def test_legs_go_and_come_back_with_their_article(filled):
    remove_articles(filled, [VISIT.id], "me")
    assert len(reports(filled)) == 5
    restore_articles(filled, [VISIT.id], "me")
    assert reports(filled, VISIT.id)[0].leg == VISIT_LEGS.legs[0]
    assert legs_read_otherwise(filled, PARSER) == []


def test_an_edited_day_makes_relative_dates_unknown_until_read_again(filled):
    edit_articles(filled, [VISIT.id, MADE[4][0].id], {ArticleField.PUBLISHED: "2024-05-05"}, "me")
    assert reports(filled, VISIT.id)[0].leg.date is None
    assert reports(filled, MADE[4][0].id)[0].leg.date == "2024-04-08"
    assert reports(filled, VISIT.id)[0].published == date(2024, 5, 5)
    assert set(legs_read_otherwise(filled, PARSER)) == {VISIT.id, MADE[4][0].id}


def test_copies_of_a_story_are_one_origin(store):
    body = " ".join(f"word{at} said" for at in range(60))
    text = f"{VISIT.text}\n{body}"
    first = replace(VISIT, text=text, id="", source="A")
    copy = replace(VISIT, text=f"{text} Updated.", id="", source="B")
    store.put_many([(first, MADE[0][1]), (copy, MADE[0][1])], [VISIT_LEGS, VISIT_LEGS])
    assert len({report.origin for report in reports(store)}) == 1


def test_an_old_store_gets_its_tables(filled, store_url):
    with writing(filled.engine).begin() as connection:
        for table in ("legs", "leg_parses", "journey_decisions"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql("ALTER TABLE removed_articles DROP COLUMN legs")
        connection.exec_driver_sql("ALTER TABLE removed_articles DROP COLUMN leg_parse")
        connection.exec_driver_sql("UPDATE meta SET value = 7 WHERE key = 'schema_version'")
    filled.close()
    with open_store(store_url) as store:
        assert count_legs(store) == (0, 6)
        assert len(legs_read_otherwise(store, PARSER)) == 6
        remove_articles(store, [VISIT.id], "me")
        restore_articles(store, [VISIT.id], "me")
        with store.engine.connect() as connection:
            assert (
                connection.scalar(select(meta.c.value).where(meta.c.key == "schema_version"))
                == SCHEMA_VERSION
            )


def test_decisions_have_a_trail_and_travel(filled, tmp_path):
    one, other = (report.key for report in reports(filled)[:2])
    made = decide_journey(filled, JourneyVerdict.APART, one, [other], who="Me", why="two days")
    assert find_decision(filled, made.id[:6]) == made
    with filled.engine.connect() as connection:
        decided, none = read_decisions(connection)
    assert decided.parted == {(min(one, other), max(one, other))}
    assert not none
    lines = list(export_corrections(filled))
    (read,) = read_lines(lines)
    assert read == made
    with open_store(f"sqlite:///{tmp_path}/other.sqlite") as elsewhere:
        assert import_decisions(elsewhere, [read]).added == 1
        assert import_decisions(elsewhere, [read]).known == 1
        undo_decision(filled, made.id, "You")
        (undone,) = read_lines(export_corrections(filled))
        assert import_decisions(elsewhere, [undone]).undone == 1
        assert list_decisions(elsewhere)[0].undone_by == "You"
        with elsewhere.engine.connect() as connection:
            assert not read_decisions(connection)[0].parted
    with pytest.raises(CorrectionError, match="undone already"):
        undo_decision(filled, made.id, "You")


def test_the_later_decision_wins(filled):
    one, other = (report.key for report in reports(filled)[:2])
    decide_journey(filled, JourneyVerdict.APART, one, [other], who="Me")
    decide_journey(filled, JourneyVerdict.ONE, other, [one], who="You")
    decide_journey(filled, JourneyVerdict.NONE, other, [], who="You")
    with filled.engine.connect() as connection:
        decided, none = read_decisions(connection)
    assert len(decided.joined) == 1
    assert not decided.parted
    assert none == {other}


GOOD = {"verdict": JourneyVerdict.ONE, "report": "a:1:2", "others": ("b:1:2",), "who": "me", "why": ""}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"who": " "}, "who decides"),
        ({"others": ()}, "names other reports"),
        ({"verdict": JourneyVerdict.NONE}, "names other reports"),
        ({"report": "<b>"}, "no report"),
        ({"others": ("a:1:2",)}, "twice"),
        ({"why": "x" * 501}, "at most 500"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(wrong, said):
    with pytest.raises(CorrectionError, match=said):
        signed_decision(JourneyDecision(**{**GOOD, **wrong}, decided_at=datetime.now(UTC)))


@pytest.mark.parametrize(
    "change", [{"who": "another"}, {"verdict": "perhaps"}, {"decided_at": 5}, {"others": None}]
)
def test_a_line_changed_by_hand_is_refused(change):
    made = signed_decision(JourneyDecision(**GOOD, decided_at=datetime.now(UTC)))
    record = orjson.loads(orjson.dumps(decision_record(made)))
    assert read_decision(record) == made
    assert read_decision({"record": "article"}) is None
    with pytest.raises(CorrectionError):
        read_decision(record | change)


def test_legs_go_with_a_deleted_article_only(filled):
    with filled.engine.connect() as connection:
        assert (
            connection.scalars(select(legs.c.actor_key).where(legs.c.actor_key == HAFTAR)).all()
            == [HAFTAR] * 3
        )
