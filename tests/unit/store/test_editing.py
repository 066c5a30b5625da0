from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from dashboard.core.article_changes import ArticleField
from dashboard.core.errors import CorrectionError
from dashboard.core.models import Article, DateOrigin
from dashboard.ingest import ingest
from dashboard.store import open_store
from dashboard.store.corrections import BadLine, export_corrections, read_lines
from dashboard.store.editing import (
    articles_of_source,
    edit_articles,
    import_changes,
    list_changes,
    merge_stories,
    remove_articles,
    restore_articles,
    split_stories,
    undo_change,
)
from dashboard.store.listing import Wanted, list_articles, list_removed
from dashboard.store.schema import article_places, articles

TEXTS = [
    "سفينة في طبرق\n\nوصلت سفينة إلى طبرق.",
    "قطار في باريس\n\nوصل قطار إلى باريس.",
    "Libya\n\nLibya said so.",
]
SOURCE, PUBLISHED, URL, TITLE = (ArticleField(name) for name in ("source", "published", "url", "title"))


def _given() -> list[Article]:
    return [
        Article(text.split("\n")[0], text, None, "Papre", f"https://a.example/{at}", date(2024, 5, 1))
        for at, text in enumerate(TEXTS)
    ]


@pytest.fixture
def ids(store, hand_parser) -> list[str]:
    ingest(_given(), store, hand_parser)
    return [article.id for article in _given()]


def _stories(store) -> list[int]:
    with store.engine.connect() as connection:
        return list(connection.scalars(select(articles.c.story).order_by(articles.c.key)))


def test_fields_are_set_shown_and_undone(store, ids):
    before = store.article(ids[0])
    values = {SOURCE: "Paper", PUBLISHED: "2024-06-03", TITLE: "New", URL: "https://b.example/x"}
    assert edit_articles(store, ids[:1], values, "me", "a slip") == 1
    now = store.article(ids[0])
    assert (now.source, now.published, now.title, now.url) == ("Paper", date(2024, 6, 3), "New", values[URL])
    assert (now.date_origin, now.text) == (DateOrigin.PERSON, before.text)
    assert store.at_address("https://b.example/x") == ids[:1]
    with store.engine.connect() as connection:
        days = set(connection.scalars(select(article_places.c.day)))
    assert date(2024, 6, 3).toordinal() in days
    trail = list_changes(store, ids[0])
    assert {change.field for change in trail} == set(values)
    for change in trail:
        undo_change(store, change.id, "me")
    assert store.article(ids[0]) == before
    with pytest.raises(CorrectionError, match="undone already"):
        undo_change(store, trail[0].id, "me")


def test_a_date_may_be_less_than_a_day_or_none(store, ids):
    edit_articles(store, ids[:2], {PUBLISHED: "2024-06"}, "me")
    assert {(store.article(i).published, store.article(i).published_edtf) for i in ids[:2]} == {
        (None, "2024-06")
    }
    edit_articles(store, ids[:1], {PUBLISHED: None}, "me")
    assert store.article(ids[0]).published_edtf is None
    found = list_articles(store, Wanted(undated=True))
    assert {one.id for one in found.articles} == set(ids[:2])


def test_all_of_a_source_at_once_and_reading_again_changes_nothing(store, ids, hand_parser):
    assert articles_of_source(store, "Papre") == ids
    assert edit_articles(store, ids, {SOURCE: "Paper", URL: "https://c.example/"}, "me") == 3
    report = ingest(_given(), store, hand_parser)
    assert (report.added, report.known) == (0, 3)
    assert articles_of_source(store, "Paper") == ids
    store.replace_parse(ids[0], hand_parser.parse(TEXTS[0]))
    assert store.article(ids[0]).source == "Paper"


def test_removed_articles_are_gone_stay_gone_and_come_back_as_they_were(store, ids, hand_parser):
    kept, shown, counts = store.article(ids[0]), store.resolutions(ids[0]), store.counts()
    assert remove_articles(store, ids[:1], "me", "spam") == 1
    assert store.article(ids[0]) is None
    assert store.counts().articles == 2
    assert [gone.id for gone in list_removed(store)] == ids[:1]
    assert ingest(_given(), store, hand_parser).added == 0
    assert restore_articles(store, ids[:1], "me") == 1
    assert (store.article(ids[0]), store.resolutions(ids[0])) == (kept, shown)
    assert store.counts() == counts
    assert list_removed(store) == []
    with pytest.raises(CorrectionError, match="No removed article"):
        restore_articles(store, ids[:1], "me")


def test_stories_are_merged_and_split(store, ids):
    assert _stories(store) == [1, 2, 3]
    assert merge_stories(store, [ids[2], ids[0]], "me") == 1
    assert _stories(store) == [1, 2, 1]
    split_stories(store, ids[:1], "me")
    assert _stories(store) == [1, 2, 3]


def test_changes_travel_with_the_corrections(store, ids, tmp_path, hand_parser):
    edit_articles(store, ids[:1], {TITLE: "New"}, "me")
    remove_articles(store, ids[1:2], "me")
    lines = list(export_corrections(store))
    read = list(read_lines(lines))
    assert not [item for item in read if isinstance(item, BadLine)]
    with open_store(f"sqlite:///{tmp_path / 'other.sqlite'}") as other:
        ingest(_given(), other, hand_parser)
        assert import_changes(other, read).added == 2
        assert import_changes(other, read).known == 2
        assert (other.article(ids[0]).title, other.article(ids[1])) == ("New", None)
        restore_articles(store, ids[1:2], "me")
        assert import_changes(other, list(read_lines(list(export_corrections(store))))).undone == 1
        assert other.article(ids[1]) is not None
    broken = [line.replace(b"New", b"Old") for line in lines]
    assert any(isinstance(item, BadLine) for item in read_lines(broken))


@pytest.mark.parametrize(
    ("field", "value"), [(PUBLISHED, "yesterday"), (URL, "javascript:x"), (TITLE, " "), (SOURCE, "x" * 300)]
)
def test_what_makes_no_sense_changes_nothing(store, ids, field, value):
    with pytest.raises(CorrectionError):
        edit_articles(store, ids, {field: value}, "me")
    with pytest.raises(CorrectionError):
        edit_articles(store, ["nobody"], {TITLE: "x"}, "me")
    with pytest.raises(CorrectionError):
        edit_articles(store, ids, {TITLE: "x"}, " ")
    assert list_changes(store) == []
