"""Reprints, versions, rewritten dispatches: every link kept, one story."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from dashboard.core.links import plain_address
from dashboard.core.models import Article
from dashboard.core.text import fold
from dashboard.ingest import Outcome, ingest
from dashboard.store import open_store
from dashboard.store.schema import articles
from dashboard.store.sketches import ordered_runs, word_runs

WORDS = [f"كلمة{number}" for number in range(400)]
DAY = date(2024, 5, 1)


def _text(*stretches: tuple[int, int], title: str = "عنوان") -> str:
    return title + "\n\n" + " ".join(word for start, end in stretches for word in WORDS[start:end])


def _article(text: str, source: str | None, url: str | None = None, **more) -> Article:
    return Article(text.split("\n", maxsplit=1)[0], text, "ar", source, url, more.pop("day", DAY), **more)


@pytest.fixture
def add(store, hand_parser):
    """Return a function that stores articles one after the other and tells which story each is in."""

    def call(*given: Article) -> list[int]:
        for article in given:
            ingest([article], store, hand_parser)
        with store.engine.connect() as connection:
            return list(connection.scalars(select(articles.c.story).order_by(articles.c.key)))

    return call


def test_the_same_words_at_another_address_are_kept_with_their_link(add, store, hand_parser):
    text = _text((0, 80))
    given = [
        _article(text, "رأي اليوم", "https://a.example/1"),
        _article(text, "القدس العربي", "https://b.example/x"),
        _article(text, "القدس العربي", "https://b.example/x?utm_source=feed#top"),
        _article(text, "موقع بلا رابط"),
        _article(text, None),
    ]
    assert add(*given) == [1, 1, 1]
    for url in ("https://a.example/1", "http://www.b.example/x/?fbclid=9"):
        (found,) = store.at_address(url)
        assert store.article(found).text == text
    report = ingest(given, store, hand_parser)
    assert (report.added, report.known) == (0, 5)
    assert {file.outcome for file in report.files} == {Outcome.KNOWN}


def test_reprints_in_one_batch_are_kept_too(store, hand_parser):
    short = "عاجل: انفجار"
    given = [_article(short, name, f"https://{name}.example/1") for name in ("a", "b", "a")]
    report = ingest(given, store, hand_parser, ahead=1, batch=2)
    assert (report.added, report.known, report.copies) == (2, 1, 1)


def test_an_update_at_one_address_is_a_version(add, store):
    url = "https://a.example/live"
    first = _article(_text((0, 60)), "أ", url)
    second = _article(_text((0, 30), (200, 330)), "أ", url, day=date(2024, 5, 20))
    other = _article(_text((60, 120)), "أ", "https://a.example/other")
    assert add(first, other, second) == [1, 2, 1]
    with store.engine.connect() as connection:
        query = select(articles.c.replaced_by).order_by(articles.c.key)
        assert list(connection.scalars(query)) == [3, None, None]
    assert store.at_address(url) == [second.id, first.id]
    assert store.article(first.id) is not None


def test_a_dispatch_that_two_papers_rewrote_is_one_story(add):
    one = _article(_text((0, 120), title="القمح يصل"), "أ")
    other = _article(_text((0, 30), (300, 340), (50, 75), title="سفينة في الميناء"), "ب")
    assert add(one, other) == [1, 1]


def test_paragraphs_of_background_do_not_make_a_copy(add):
    one = _article(_text((0, 40), (100, 160), title="أول"), "أ")
    other = _article(_text((300, 340), (100, 160), title="ثان"), "أ")
    elsewhere = _article(_text((340, 390), (100, 160), title="ثالث"), "ب")
    assert add(one, other, elsewhere) == [1, 2, 3]


def test_one_agency_credited_by_both_suffices_with_less_in_common(add):
    def made(source: str, agency: str | None) -> list[Article]:
        first = _text((0, 16), (100, 150), title="عنوان أول")
        second = _text((0, 16), (200, 240), title="عنوان ثان")
        return [
            _article(first, f"{source}1", origin=agency, day=None),
            _article(second, f"{source}2", origin=agency, day=None),
        ]

    assert add(*made("a", "رويترز")) == [1, 1]


@pytest.mark.parametrize(("end", "story"), [(90, 1), (40, 1), (12, 2)])
def test_the_beginning_of_an_article_is_its_copy(add, end, story):
    whole = _article(_text((0, 220)), "أ")
    cut = _article(_text((0, end)), "أ")
    assert add(whole, cut) == [1, story]


def test_a_forwarded_message_is_the_same_story(add):
    text = "عاجل: أنباء عن انفجار قرب المطار"
    first = _article(text, "قناة أولى", "https://t.example/one/1")
    forward = _article(text, "قناة ثانية", "https://t.example/two/7", origin="قناة أولى")
    assert add(first, forward) == [1, 1]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.a.example/x/", "http://a.example/x", True),
        ("https://a.example/%D8%A8?b=2&a=1", "https://a.example/ب?a=1&b=2&utm_medium=x", True),
        ("https://a.example/x?id=1", "https://a.example/x?id=2", False),
        ("https://a.example:8443/x", "https://a.example/x", False),
        ("https://a.example/X", "https://a.example/x", False),
    ],
)
def test_an_address_is_known_however_it_is_decorated(one, other, same):
    assert (plain_address(one) == plain_address(other)) is same


def test_what_is_no_link_has_no_address():
    assert plain_address(None) is None
    assert plain_address("javascript:x") is None


@given(
    st.lists(st.text(st.characters(categories=["Ll", "Lo"]), min_size=1, max_size=5), max_size=30),
    st.integers(0, 9),
)
def test_a_run_has_one_hash_wherever_it_stands(words, shift):
    folded = fold(" ".join(words)).split()
    runs = ordered_runs(" ".join(folded))
    assert len(runs) == max(0, len(folded) - 3)
    moved = ordered_runs(" ".join([*["x"] * shift, *folded]))
    assert list(moved[shift:][: len(runs)]) == list(runs)
    seen = {tuple(folded[at : at + 4]) for at in range(len(runs))}
    assert len(word_runs(" ".join(folded))) == len(seen)


def test_an_older_store_is_told_anew_with_progress(tmp_path, hand_parser):
    path = tmp_path / "old.sqlite"
    text = _text((0, 80))
    with open_store(f"sqlite:///{path}") as store:
        ingest([_article(text, "أ", "https://a.example/1")], store, hand_parser)
        ingest([_article(replace_word(text), "ب", "https://b.example/1")], store, hand_parser)
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE articles SET story = key, content = NULL, address = NULL")
        database.execute("DELETE FROM story_anchors")
        database.execute("UPDATE meta SET value = 5 WHERE key = 'schema_version'")
        database.commit()
    told = []
    with open_store(f"sqlite:///{path}", lambda *what: told.append(what)) as store:
        assert told[-1][:2] == (2, 2)
        assert len(store.at_address("https://b.example/1")) == 1
        with store.engine.connect() as connection:
            assert list(connection.scalars(select(articles.c.story))) == [1, 1]
        report = ingest([_article(text, "أ", "https://a.example/1")], store, hand_parser)
        assert report.known == 1


def replace_word(text: str) -> str:
    return text.replace(WORDS[40], "أخرى")


def test_an_article_with_a_name_of_its_own_keeps_it(store, hand_parser):
    article = replace(_article(_text((0, 9)), "أ"), id="own")
    assert store.add(article, hand_parser.parse(article.text))
    assert not store.add(article, hand_parser.parse(article.text))
    assert store.article("own") == article
