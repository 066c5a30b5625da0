"""Articles that go to another store show there what they show here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from made_legs import made_legs
from made_store import PLACES, make_articles

from dashboard.core.article_changes import ArticleField
from dashboard.core.corrections import Decision, Scope
from dashboard.core.errors import CorrectionError
from dashboard.core.journey_decisions import JourneyVerdict
from dashboard.core.models import Article, Focus, Parse
from dashboard.store import open_store
from dashboard.store.corrections import Verdict, decide, list_corrections, make_correction, undo
from dashboard.store.editing import edit_articles, list_changes, remove_articles, undo_change
from dashboard.store.journey_trail import decide_journey, list_decisions
from dashboard.store.legs import read_reports
from dashboard.store.listing import Wanted, list_articles, list_removed
from dashboard.store.transfer import copy_articles, move_articles, take_back_transfer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dashboard.journeys.merge import Report
    from dashboard.store import Store


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'full.sqlite'}") as opened:
        opened.add_many(make_articles())
        yield opened


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'other.sqlite'}") as opened:
        yield opened


def ids(store: Store) -> list[str]:
    return sorted(one.id for one in list_articles(store, Wanted()).articles)


def correct(store: Store, ident: str, word: str, decision: Decision, scope: Scope, **more: str) -> str:
    article = store.article(ident)
    assert article is not None
    at = article.text.index(word)
    judged = PLACES.get(word)
    place = None if decision is Decision.NOT_A_PLACE else PLACES[more.get("place", word)]
    span = (at, at + len(word))
    made = make_correction(article, span, judged, Verdict(decision, place, scope, "Noor", "seen"))
    decide(store, made)
    return made.id


def shown(store: Store, ident: str) -> object:
    return store.article(ident), store.resolutions(ident), store.focus(ident)


def titled(store: Store, beginning: str) -> str:
    return next(one.id for one in list_articles(store, Wanted()).articles if one.title.startswith(beginning))


def decided(store: Store) -> None:
    """Decide something of every reach, by hand too, and put fields right."""
    ship = titled(store, "Ship")
    correct(store, ship, "Libya", Decision.NOT_A_PLACE, Scope.MENTION)
    correct(store, ship, "Cairo", Decision.WRONG_PLACE, Scope.SOURCE, place="Tobruk")
    correct(store, ship, "Tobruk", Decision.WRONG_PLACE, Scope.EVERYWHERE, place="Cyrenaica")
    correct(store, titled(store, "Roads"), "Smallville", Decision.ADDED, Scope.ARTICLE, place="Jufra base")
    correct(store, titled(store, "Roads"), "mended", Decision.ADDED, Scope.MENTION, place="Cairo")
    undo(store, correct(store, ship, "crew", Decision.ADDED, Scope.MENTION, place="Cairo"), "Noor")
    fields = {ArticleField.TITLE: "Grain", ArticleField.PUBLISHED: "2024-05", ArticleField.SOURCE: "Post"}
    edit_articles(store, [ship], fields, "Noor", "typing error")


def test_copies_show_what_was_decided_and_can_be_undone_there(full: Store, other: Store) -> None:
    before = {ident: shown(full, ident) for ident in ids(full)}
    decided(full)
    after = {ident: shown(full, ident) for ident in ids(full)}
    done = copy_articles(full, other, ids(full), "Noor")
    assert sorted(done.added) == ids(full) == ids(other)
    assert {ident: shown(other, ident) for ident in ids(other)} == after
    assert {ident: shown(full, ident) for ident in ids(full)} == after
    ship = titled(other, "Grain")
    assert [(c.who, c.why) for c in list_changes(other, ship)] == [("Noor", "typing error")] * 3
    for change in list_changes(other, ship):
        undo_change(other, change.id, "Sam")
    for listed in list_corrections(other, undone=False):
        undo(other, listed.correction.id, "Sam")
    assert {ident: shown(other, ident) for ident in ids(other)} == before


def test_a_wide_decision_reaches_no_other_article_there(full: Store, other: Store) -> None:
    ship, roads = titled(full, "Ship"), titled(full, "Roads")
    copy_articles(full, other, [roads], "Noor")
    before = shown(other, roads)
    correct(full, ship, "Tobruk", Decision.WRONG_PLACE, Scope.EVERYWHERE, place="Cyrenaica")
    copy_articles(full, other, [ship], "Noor")
    assert shown(other, roads) == before
    assert shown(other, ship) == shown(full, ship)
    assert {one.correction.scope for one in list_corrections(other)} == {Scope.MENTION}


def test_again_nothing_is_doubled_and_later_decisions_join(full: Store, other: Store) -> None:
    ship = titled(full, "Ship")
    assert copy_articles(full, other, [ship, ship], "Noor").added == (ship,)
    correct(full, ship, "Cairo", Decision.WRONG_PLACE, Scope.ARTICLE, place="Jufra base")
    done = copy_articles(full, other, [ship], "Noor")
    assert (done.added, done.known) == ((), 1)
    assert shown(other, ship) == shown(full, ship)
    trail = len(list_corrections(other))
    copy_articles(full, other, [ship], "Noor")
    assert len(list_corrections(other)) == trail


def test_moved_is_gone_here_and_comes_back_by_undo_or_by_moving_back(full: Store, other: Store) -> None:
    decided(full)
    before = {ident: shown(full, ident) for ident in ids(full)}
    ship = titled(full, "Grain")
    done = move_articles(full, other, [ship], "Noor", "for Sudan")
    assert ship not in ids(full)
    assert [one.id for one in list_removed(full)] == ids(other) == [ship]
    take_back_transfer(full, other, done, "Noor")
    assert ids(other) == []
    assert {ident: shown(full, ident) for ident in ids(full)} == before
    move_articles(full, other, [ship], "Noor")
    assert ids(other) == [ship]
    assert move_articles(other, full, [ship], "Noor").added == (ship,)
    assert ids(other) == []
    assert {ident: shown(full, ident) for ident in ids(full)} == before


def test_the_same_words_at_another_address_are_another_article(full: Store, other: Store) -> None:
    text = "A ship reached Tobruk."
    no_parse = Parse("en", (), Focus(), "p", "g")
    for store, url in ((full, "https://one.example/a"), (other, "https://two.example/a")):
        store.add(Article("Ship", text, url=url), no_parse)
    (ident,) = full.at_address("https://one.example/a")
    edit_articles(full, [ident], {ArticleField.TITLE: "A ship"}, "Noor")
    (new,) = copy_articles(full, other, [ident], "Noor").added
    assert new != ident
    article = other.article(new)
    assert article is not None
    assert (article.title, article.url) == ("A ship", "https://one.example/a")
    assert copy_articles(full, other, [ident], "Noor").added == ()
    assert copy_articles(other, full, [new], "Noor").added == ()


def test_boilerplate_of_the_reader_goes_along_and_what_recurs_is_found_there(
    full: Store, other: Store
) -> None:
    article, parse = make_articles()[0]
    at = article.text.index("Officials")
    marked = replace(article, text=article.text + " ", title="Marked", boilerplate=((at, len(article.text)),))
    marked = replace(marked, id="", source="Another", url=None)
    full.add(marked, parse)
    full.find_boilerplate()
    ident = titled(full, "Marked")
    copy_articles(full, other, [ident], "Noor")
    assert shown(other, ident) == shown(full, ident)
    whole = {ArticleField.WHOLE: "yes"}
    for store in (full, other):
        edit_articles(store, [ident], whole, "Noor")
        store.find_boilerplate()
    assert shown(other, ident) == shown(full, ident)
    assert len(other.resolutions(ident)) == len(parse.resolutions)


def test_legs_and_what_was_decided_of_journeys_go_along(full: Store, other: Store) -> None:
    made = made_legs()
    full.put_many([(article, parse) for article, parse, _ in made], [legs for _, _, legs in made])
    visit, plan = made[0][0].id, made[3][0].id
    edit_articles(full, [visit], {ArticleField.PUBLISHED: "2024-05-05"}, "Noor")

    def reports(store: Store) -> list[Report]:
        with store.engine.connect() as connection:
            return [
                replace(one, origin="") for key in (visit, plan) for one in read_reports(connection, 10, key)
            ]

    decide_journey(full, JourneyVerdict.NONE, reports(full)[0].key, (), who="Noor")
    copy_articles(full, other, [visit, plan], "Noor")
    assert len(reports(full)) == 2
    assert reports(other) == reports(full)
    assert list_decisions(other) == list_decisions(full)


def test_what_makes_no_sense_is_refused_and_changes_nothing(full: Store, other: Store) -> None:
    ship = titled(full, "Ship")
    for named, target, who in (
        ([], other, "me"),
        (["none"], other, "me"),
        ([ship], full, "me"),
        ([ship], other, " "),
    ):
        with pytest.raises(CorrectionError):
            move_articles(full, target, named, who)
    assert ids(other) == []
    assert len(ids(full)) == 4


def test_a_removed_article_comes_back_where_it_is_copied_to(full: Store, other: Store) -> None:
    ship = titled(full, "Ship")
    copy_articles(full, other, [ship], "Noor")
    remove_articles(other, [ship], "Sam")
    assert copy_articles(full, other, [ship], "Noor").added == (ship,)
    assert ids(other) == [ship]
