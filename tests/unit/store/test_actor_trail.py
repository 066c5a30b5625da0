"""Actors that the newsroom owns: named, undone, travelling with the corrections, told again in old legs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime

import orjson
import pytest
from made_legs import HAFTAR, SHIPS, make_legs_store

from dashboard.core.actor_changes import (
    ActorChange,
    HeldOffice,
    actor_record,
    read_actor_change,
    signed_actor_change,
)
from dashboard.core.errors import CorrectionError
from dashboard.journeys import Report
from dashboard.journeys.models import Actor, ActorType, Leg, LegKind, LegStatus
from dashboard.query import Filters, JourneyFilters, choose_journeys, load_journeys
from dashboard.query.own_actors import OwnActors
from dashboard.store import open_store
from dashboard.store.actor_trail import (
    change_actor,
    import_actor_changes,
    list_actor_changes,
    undo_actor_change,
)
from dashboard.store.corrections import export_corrections, read_lines

SAID = ActorChange(
    actor=SHIPS, type="vessel", country="RU", names_ar=("سفينتا طرطوس",), names_en=("The Tartus ships",),
    names_fr=(), offices=(), who="Me", why="", decided_at=datetime(2024, 5, 1, tzinfo=UTC),
)  # fmt: skip


@pytest.fixture
def store(tmp_path):
    with open_store(make_legs_store(tmp_path)) as opened:
        yield opened


def test_a_name_of_the_newsroom_is_shown_and_found_until_it_is_undone(store):
    before = load_journeys(store).names.shown(SHIPS, "en")
    made = change_actor(store, SAID)
    book = load_journeys(store)
    assert (book.names.shown(SHIPS, "en"), book.names.shown(SHIPS, "ar")) == (
        "The Tartus ships",
        "سفينتا طرطوس",
    )
    found = choose_journeys(store, book, Filters(text="Tartus ships"), JourneyFilters())
    assert {one.actor for one in found} == {SHIPS}
    undo_actor_change(store, made.id, "You")
    assert load_journeys(store).names.shown(SHIPS, "en") == before
    assert list_actor_changes(store)[0].undone_by == "You"
    with pytest.raises(CorrectionError, match="undone already"):
        undo_actor_change(store, made.id, "You")


def test_two_namings_become_one_actor(store):
    """The ships are said to be called as Haftar is: their journeys are told of one actor."""
    name = load_journeys(store).names.shown(SHIPS, "ar")
    change_actor(store, replace(SAID, actor=HAFTAR, type="person", names_ar=("خليفة حفتر", name)))
    actors = {one.actor for one in load_journeys(store).journeys}
    assert SHIPS not in actors
    assert HAFTAR in actors


def test_the_latest_change_counts(store):
    change_actor(store, SAID)
    later = change_actor(store, replace(SAID, names_en=("Two ships",)))
    assert load_journeys(store).names.shown(SHIPS, "en") == "Two ships"
    undo_actor_change(store, later.id, "Me")
    assert load_journeys(store).names.shown(SHIPS, "en") == "The Tartus ships"


def test_changes_travel_with_the_corrections(store, tmp_path):
    office = HeldOffice("commander", "LY", "2015-03", "")
    made = change_actor(store, replace(SAID, actor=HAFTAR, type="person", offices=(office,)))
    (read,) = [one for one in read_lines(export_corrections(store)) if isinstance(one, ActorChange)]
    assert read == made
    with open_store(f"sqlite:///{tmp_path}/other.sqlite") as elsewhere:
        assert import_actor_changes(elsewhere, [read]).added == 1
        assert import_actor_changes(elsewhere, [read]).known == 1
        undo_actor_change(store, made.id, "You")
        (undone,) = [one for one in read_lines(export_corrections(store)) if isinstance(one, ActorChange)]
        assert import_actor_changes(elsewhere, [undone]).undone == 1
        assert list_actor_changes(elsewhere, HAFTAR)[0].undone_by == "You"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"who": " "}, "who makes"),
        ({"names_ar": (), "names_en": (" ",)}, "needs a name"),
        ({"country": "Libya"}, "no country"),
        ({"offices": (HeldOffice("king", "LY", "yesterday"),)}, "no date"),
        ({"offices": (HeldOffice("king", "LY", "2020", "2019"),)}, "before it begins"),
        ({"offices": (HeldOffice("", "LY"),)}, "which office"),
        ({"names_en": ("x" * 201,)}, "at most"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(wrong, said):
    with pytest.raises(CorrectionError, match=said):
        signed_actor_change(replace(SAID, **wrong))


@pytest.mark.parametrize(
    "change", [{"who": "another"}, {"offices": [5]}, {"decided_at": 5}, {"names_ar": None}]
)
def test_a_line_changed_by_hand_is_refused(change):
    made = signed_actor_change(replace(SAID, offices=(HeldOffice("king"),)))
    record = orjson.loads(orjson.dumps(actor_record(made)))
    assert read_actor_change(record) == made
    assert read_actor_change({"record": "journey"}) is None
    with pytest.raises(CorrectionError):
        read_actor_change(record | change)


def test_an_old_store_gets_the_table(store):
    url = str(store.engine.url)
    store.close()
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
        database.execute("DROP TABLE actor_changes")
        database.execute("UPDATE meta SET value = 10 WHERE key = 'schema_version'")
        database.commit()
    with open_store(url) as opened:
        assert change_actor(opened, SAID).id


def test_a_bare_title_means_who_held_the_office_on_that_day():
    office = HeldOffice("defence_minister", "MT", "2020", "2022-06")
    own = OwnActors(
        [replace(SAID, actor="name:x", type="person", names_en=("Minister X",), offices=(office,))]
    )
    actor = Actor((0, 10), "وزير الدفاع المالطي", "وزير الدفاع المالطي", ActorType.PERSON, "text:وزير", "MT")
    leg = Leg(actor, LegKind.VISIT, LegStatus.HAPPENED, (11, 14), (0, 20))

    def told(day):
        (one,) = own.told([Report("a", leg, "a", day)])
        return one.leg.actor.key

    assert told(date(2021, 1, 1)) == "name:x"
    assert told(date(2023, 1, 1)) == "text:وزير"
