"""Boilerplate in the store: marked as articles arrive, in whatever order; its mentions are kept and count nowhere."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, update

from dashboard.core.article_changes import ArticleField
from dashboard.core.corrections import Decision, Scope
from dashboard.core.models import Article
from dashboard.ingest import ingest
from dashboard.store import open_store
from dashboard.store.corrections import Verdict, decide, make_correction
from dashboard.store.dialect import writing
from dashboard.store.editing import (
    edit_articles,
    list_changes,
    remove_articles,
    restore_articles,
    undo_change,
)
from dashboard.store.schema import article_lines, article_places, articles, meta

FOOTER = "مكتب الصحيفة في باريس وجميع الحقوق محفوظة"
WORDS = ("سفينة", "قطار", "طائرة", "حافلة", "دراجة", "شاحنة", "قافلة", "سيارة")
SOURCE, WHOLE = ArticleField.SOURCE, ArticleField.WHOLE


def _articles(count: int = 8, source: str | None = "Paper", *, url: bool = True) -> list[Article]:
    made = []
    for n, word in enumerate(WORDS[:count]):
        text = f"{word} في طبرق\n\nوصلت {word} كبيرة إلى طبرق مع ركاب {word}.\n{FOOTER}"
        link = f"https://paper.example/{n}" if url else None
        made.append(Article(f"{word} في طبرق", text, "ar", source, link, date(2024, 5, 1) + timedelta(n)))
    return made


def _told(store):
    """Return what the store says of its articles, by id."""
    found = {}
    with store.engine.connect() as connection:
        for ident in connection.scalars(select(articles.c.id)):
            article = store.article(ident)
            links = select(article_places.c.place_key, article_places.c.mentions).join(
                articles, articles.c.key == article_places.c.article_key
            )
            found[ident] = (
                [article.text[start:end] for start, end in article.boilerplate],
                [one.mention.text for one in store.resolutions(ident)],
                len(connection.execute(links.where(articles.c.id == ident)).all()),
                store.focus(ident),
            )
    return found


@pytest.fixture
def given_articles():
    return _articles()


@pytest.fixture
def filled(store, hand_parser, given_articles):
    ingest(given_articles, store, hand_parser)
    return store


def test_a_recurring_line_is_marked_kept_and_gets_no_pins(filled, given_articles):
    for article in given_articles:
        shown = filled.article(article.id)
        assert shown.text == article.text
        assert [shown.text[start:end] for start, end in shown.boilerplate] == [FOOTER]
        assert "باريس" not in [one.mention.text for one in filled.resolutions(article.id)]
    assert filled.counts().places == 1


def test_later_articles_reveal_it_in_older_ones_and_the_order_makes_no_difference(
    store, hand_parser, given_articles, tmp_path
):
    ingest(given_articles[:3], store, hand_parser)
    assert all(not store.article(one.id).boilerplate for one in given_articles[:3])
    assert store.counts().places == 2
    version = store.data_version()
    ingest(given_articles[3:], store, hand_parser)
    assert all(store.article(one.id).boilerplate for one in given_articles)
    assert store.data_version() > version
    with open_store(f"sqlite:///{tmp_path}/other.sqlite") as other:
        for article in reversed(given_articles):
            ingest([article], other, hand_parser)
        assert _told(other) == _told(store)


def test_what_a_sudden_death_left_is_looked_at_by_the_next_ingest(store, hand_parser, given_articles):
    # Batches are stored, and the process was gone before their sources were looked at.
    store.put_many([(one, hand_parser.parse(one.text)) for one in given_articles])
    assert not any(spans for spans, *_ in _told(store).values())
    report = ingest(given_articles, store, hand_parser)
    assert (report.added, report.known) == (0, len(given_articles))
    assert all(spans == [FOOTER] for spans, *_ in _told(store).values())


def test_other_sources_and_hosts_are_looked_at_apart(store, hand_parser):
    ingest(_articles(3), store, hand_parser)
    ingest([*_articles(6, "Other")[3:]], store, hand_parser)
    assert not any(spans for spans, *_ in _told(store).values())
    ingest(_articles(8, None)[6:], store, hand_parser)
    assert not any(spans for spans, *_ in _told(store).values())


def test_without_a_name_a_source_is_known_by_its_host(store, hand_parser):
    ingest(_articles(8, None), store, hand_parser)
    assert all(spans == [FOOTER] for spans, *_ in _told(store).values())


def test_a_new_parse_and_nothing_new_leave_it_as_it_is(filled, hand_parser, given_articles):
    before, version = _told(filled), filled.data_version()
    assert filled.find_boilerplate() == 0
    assert filled.data_version() == version
    filled.replace_parses([(one.id, hand_parser.parse(one.text)) for one in given_articles])
    assert filled.find_boilerplate() == 0
    assert _told(filled) == before


def test_an_older_store_is_upgraded_in_place(store_url, hand_parser, given_articles):
    with open_store(store_url) as store:
        ingest(given_articles, store, hand_parser)
        wanted = _told(store)
        with writing(store.engine).begin() as connection:  # as version 8 left it
            connection.execute(delete(article_lines))
            connection.execute(update(articles).values(boilerplate=None))
            connection.execute(update(meta).where(meta.c.key == "schema_version").values(value=8))
        store.replace_parses([(one.id, hand_parser.parse(one.text)) for one in given_articles])
        assert _told(store) != wanted
    with open_store(store_url) as store:
        assert _told(store) == wanted


def test_a_person_says_that_it_is_the_article_and_takes_that_back(filled, given_articles):
    ident, before = given_articles[0].id, _told(filled)
    assert edit_articles(filled, [ident], {WHOLE: "yes"}, "me") == 1
    now = _told(filled)
    assert now.pop(ident)[:2] == ([], ["طبرق", "طبرق", "باريس"])
    assert now == {key: value for key, value in before.items() if key != ident}
    filled.find_boilerplate()
    assert not filled.article(ident).boilerplate
    undo_change(filled, list_changes(filled, ident)[0].id, "me")
    assert _told(filled) == before


def test_articles_of_another_source_after_all_are_looked_at_again(filled, given_articles):
    ids = [one.id for one in given_articles]
    edit_articles(filled, ids[:6], {SOURCE: "Other"}, "me")
    filled.find_boilerplate()
    told = _told(filled)
    assert all(told[ident][0] == [FOOTER] for ident in ids[:6])
    assert all(told[ident][:2] == ([], ["طبرق", "طبرق", "باريس"]) for ident in ids[6:])


def test_removed_articles_come_back_as_they_were(filled, given_articles):
    before, ids = _told(filled), [one.id for one in given_articles]
    remove_articles(filled, ids[:6], "me")
    filled.find_boilerplate()
    assert all(told[0] == [] for told in _told(filled).values())
    restore_articles(filled, ids[:6], "me")
    filled.find_boilerplate()
    assert _told(filled) == before


def test_corrections_are_in_force_whichever_comes_first(store, hand_parser, given_articles):
    first = given_articles[0]
    at = first.text.index("باريس")

    def correct():
        paris = next((one for one in store.resolutions(first.id) if one.mention.text == "باريس"), None)
        place = store.place("geonames:2988507")
        verdict = Verdict(Decision.RIGHT, place, Scope.MENTION, "me", "")
        decide(store, make_correction(first, (at, at + 5), paris.place if paris else None, verdict))

    ingest(given_articles[:3], store, hand_parser)
    correct()
    ingest(given_articles[3:], store, hand_parser)
    assert store.article(first.id).boilerplate
    shown = [(one.mention.text, one.confidence) for one in store.resolutions(first.id)]
    assert ("باريس", 1.0) in shown  # what a person decided on this very mention counts
    edit_articles(store, [first.id], {WHOLE: "yes"}, "me")
    assert [one.mention.text for one in store.resolutions(first.id)] == ["طبرق", "طبرق", "باريس"]
