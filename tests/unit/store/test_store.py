from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from dashboard.core.errors import StoreError
from dashboard.core.models import Article, DateOrigin, Focus, Parse
from dashboard.store import StoreCounts, open_store
from dashboard.store.dialect import writing
from dashboard.store.schema import article_places, articles, mentions, parses

TEXT = "عنوان\n\nوصل الوفد إلى طبرق. ثم عاد من طبرق إلى باريس! Nowhere at all."
ARTICLE = Article("عنوان", TEXT, None, "Wasat", "https://example.org/1", date(2024, 5, 31), "one.txt")
EMPTY = Parse("en", (), Focus(), "hand-1", "gaz-hand")


def test_add_keeps_article_and_resolutions(store, hand_parser):
    parse = hand_parser.parse(TEXT)
    assert store.add(ARTICLE, parse) is True
    assert store.article(ARTICLE.id) == replace(ARTICLE, language="ar")
    assert tuple(store.resolutions(ARTICLE.id)) == parse.resolutions
    assert store.counts() == StoreCounts(articles=1, mentions=4, places=2)
    assert store.place("kh:mediterranean").name_ar == "البحر المتوسط"


def test_what_a_reader_says_of_an_article_is_kept(store, hand_parser):
    told = replace(
        ARTICLE,
        language="ar",
        published=None,
        published_edtf="2025-03",
        date_origin=DateOrigin.ADDRESS,
        date_suspect=True,
        author="ليلى",
        origin="رويترز",
        boilerplate=((0, 3), (5, 9)),
        notes=("Two bytes were mended.",),
    )
    store.add(told, hand_parser.parse(told.text))
    kept = store.article(told.id)
    assert kept == told
    assert (kept.date_origin, kept.notes) == (DateOrigin.ADDRESS, ())


def test_what_is_not_the_article_gets_no_pins(store, hand_parser):
    menu = (TEXT.index("باريس"), len(TEXT))
    told = replace(ARTICLE, boilerplate=(menu,))
    store.add(told, hand_parser.parse(TEXT))
    assert [one.mention.text for one in store.resolutions(told.id)] == ["طبرق", "طبرق"]
    store.replace_parse(told.id, hand_parser.parse(TEXT))
    assert {one.mention.text for one in store.resolutions(told.id)} == {"طبرق"}
    assert store.article(told.id).text == TEXT


def test_language_of_the_file_wins_over_the_parser(store, hand_parser):
    store.add(replace(ARTICLE, language="fr"), hand_parser.parse(TEXT, "ar"))
    assert store.article(ARTICLE.id).language == "fr"


def test_add_knows_an_article_again(store, hand_parser):
    parse = hand_parser.parse(TEXT)
    again = Article("other title", TEXT.replace(" ", "  "))
    assert again.id == ARTICLE.id
    assert [store.add(ARTICLE, parse), store.add(again, parse)] == [True, False]
    assert store.article(ARTICLE.id).title == "عنوان"
    assert store.add_many([(again, parse), (Article("b", "b"), EMPTY), (Article("b", "b"), EMPTY)]) == 1


def test_absent_things_are_none_or_empty(store):
    assert store.article("0" * 32) is None
    assert store.place("geonames:1") is None
    assert store.resolutions("0" * 32) == []
    assert store.has([]) == set()


def test_focus_is_what_the_parse_said(store, hand_parser):
    store.add(ARTICLE, hand_parser.parse(TEXT))
    assert store.focus(ARTICLE.id) == Focus("geonames:81302", "LY")
    store.replace_parse(ARTICLE.id, EMPTY)
    assert store.focus(ARTICLE.id) == Focus()
    assert store.focus("0" * 32) == Focus()


def test_has_asks_for_many_ids_at_once(store):
    store.add(ARTICLE, EMPTY)
    assert store.has([*(str(number) for number in range(1200)), ARTICLE.id]) == {ARTICLE.id}


def test_data_version_grows_with_each_change_only(store, hand_parser):
    before = store.data_version()
    store.add(ARTICLE, hand_parser.parse(TEXT))
    added = store.data_version()
    store.add(ARTICLE, hand_parser.parse(TEXT))
    known = store.data_version()
    store.replace_parse(ARTICLE.id, EMPTY)
    assert (before < added, added == known, known < store.data_version()) == (True, True, True)


def test_replace_parse_leaves_nothing_of_the_old_one(store, hand_parser, make_parser):
    store.add(ARTICLE, hand_parser.parse(TEXT))
    store.replace_parse(ARTICLE.id, replace(EMPTY, parser_id="hand-2"))
    assert store.resolutions(ARTICLE.id) == []
    assert store.counts() == StoreCounts(articles=1, mentions=0, places=0)
    assert store.parser_ids() == {("hand-2", "gaz-hand"): 1}
    store.replace_parse(ARTICLE.id, make_parser("hand-3").parse(TEXT))
    assert store.counts() == StoreCounts(articles=1, mentions=4, places=2)
    with pytest.raises(StoreError, match="no article"):
        store.replace_parse("absent", EMPTY)


def test_mention_knows_its_sentence(store, hand_parser):
    store.add(ARTICLE, hand_parser.parse(TEXT))
    columns = (mentions.c.surface, mentions.c.sentence_start, mentions.c.sentence_end)
    with store.engine.connect() as connection:
        found = [(row[0], TEXT[row[1] : row[2]]) for row in connection.execute(select(*columns))]
    assert found[0] == ("طبرق", "وصل الوفد إلى طبرق.")
    assert found[2] == ("باريس", "ثم عاد من طبرق إلى باريس!")


def test_links_repeat_what_views_need(store, hand_parser):
    store.add(ARTICLE, hand_parser.parse(TEXT))
    with store.engine.connect() as connection:
        rows = (
            connection.execute(select(article_places).order_by(article_places.c.place_key)).mappings().all()
        )
    assert [(row["mentions"], row["confidence"], row["focus"], row["leads"]) for row in rows] == [
        (2, 0.8, 1, 3),
        (1, 0.6, 0, 1),
    ]
    assert {(row["day"], row["language"]) for row in rows} == {(date(2024, 5, 31).toordinal(), "ar")}


def test_newest_copy_of_a_place_is_kept(store, hand_parser):
    parse = hand_parser.parse("طبرق")
    place = replace(parse.resolutions[0].place, population=200_000)
    newer = replace(parse, resolutions=(replace(parse.resolutions[0], place=place, candidates=()),))
    store.add_many([(Article("a", "a طبرق"), parse)])
    store.add_many([(Article("b", "b طبرق"), newer)])
    assert store.place(place.id).population == 200_000
    assert store.counts().places == 1


def test_failed_batch_leaves_nothing(store, hand_parser):
    bad = Article("bad", "half a pair: \ud800")
    with pytest.raises(UnicodeEncodeError):
        store.add_many([(ARTICLE, hand_parser.parse(TEXT)), (bad, EMPTY)])
    assert store.counts() == StoreCounts(0, 0, 0)
    assert store.data_version() == 0


def test_write_error_is_one_clear_sentence(store, hand_parser):
    with writing(store.engine).begin() as connection:
        parses.drop(connection)
    with pytest.raises(StoreError, match=r"can't be written: .*parses"):
        store.add(ARTICLE, hand_parser.parse(TEXT))
    assert store.counts() == StoreCounts(0, 0, 0)


def test_reading_goes_on_while_another_writes(store, store_url, hand_parser):
    store.add(ARTICLE, hand_parser.parse(TEXT))
    with open_store(store_url) as other, writing(other.engine).begin() as connection:
        connection.execute(parses.delete())
        connection.execute(mentions.delete())
        assert store.counts().mentions == 4
        assert len(store.resolutions(ARTICLE.id)) == 4
    assert store.counts().mentions == 0


def test_reader_keeps_its_picture_while_another_commits(store, store_url, hand_parser):
    with open_store(store_url) as other, store.engine.connect() as connection:
        count = select(func.count()).select_from(articles)
        assert connection.scalar(count) == 0
        assert other.add(ARTICLE, hand_parser.parse(TEXT)) is True
        assert connection.scalar(count) == 0
    assert store.counts().articles == 1


def test_two_writers_wait_for_each_other(store, store_url, hand_parser):
    def work(name: str) -> None:
        with open_store(store_url) as mine:
            for number in range(10):
                text = f"{name} {number} ليبيا"
                mine.add(Article(text, text), hand_parser.parse(text))

    threads = [threading.Thread(target=work, args=(name,)) for name in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.counts() == StoreCounts(articles=20, mentions=20, places=1)
    assert store.data_version() == 20


def test_store_outlives_its_process(store_url, hand_parser):
    with open_store(store_url) as first:
        first.add(ARTICLE, hand_parser.parse(TEXT))
    with open_store(store_url) as second:
        assert second.counts().articles == 1
