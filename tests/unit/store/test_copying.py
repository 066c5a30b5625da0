"""A store goes from one kind of database into the other and back, row for row."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from made_legs import make_legs_store
from sqlalchemy import Text, cast, event, insert, select, text
from sqlalchemy.exc import IntegrityError

from dashboard.core.article_changes import ArticleField
from dashboard.core.errors import StoreError
from dashboard.core.models import Article, Focus, Parse
from dashboard.query.filters import Filters
from dashboard.query.frames import article_frame, place_frame
from dashboard.store import copying, open_store
from dashboard.store.copying import copy_store
from dashboard.store.dialect import AT_ONCE
from dashboard.store.editing import edit_articles, remove_articles
from dashboard.store.feeds import add_feeds
from dashboard.store.saved import save_view
from dashboard.store.schema import mentions, metadata, sources

NEW = Article("new", "nothing is known yet", "en", None, None, date(2024, 1, 1))


@pytest.fixture
def filled(tmp_path):
    with open_store(make_legs_store(tmp_path)) as store:
        ids = [one.article_id for one in article_frame(store, Filters()).itertuples()]
        edit_articles(store, ids[:1], {ArticleField.TITLE: "«another» title"}, "me")
        remove_articles(store, ids[-1:], "me")
        add_feeds(store, [("https://example.org/feed", "News", "ar")])
        save_view(store, "طبرق", "at=kh:tobruk")
        yield store


def rows(store) -> dict[str, list[tuple[object, ...]]]:
    def plain(value: object) -> object:
        return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value

    with store.engine.connect() as connection:
        return {
            table.name: [
                tuple(map(plain, row))
                for row in connection.execute(select(table).order_by(*table.primary_key))
            ]
            for table in metadata.sorted_tables
        }


def test_there_and_back_everything_is_as_it_was(filled, postgres_url, tmp_path):
    before = rows(filled)
    assert all(
        before[name] for name in ("legs", "article_changes", "removed_articles", "feeds", "saved_views")
    )
    with open_store(postgres_url) as there, open_store(f"sqlite:///{tmp_path / 'back.sqlite'}") as back:
        copied = copy_store(filled.engine, there.engine)
        assert copied["articles"] == len(before["articles"])
        assert rows(there) == before
        copy_store(there.engine, back.engine)
        assert rows(back) == before
        for store in (there, back):
            for filters in (Filters(), Filters(text="حفتر"), Filters(text="طبرق OR القاهرة")):
                assert place_frame(store, filters).equals(place_frame(filled, filters))
                assert article_frame(store, filters, "newest").equals(
                    article_frame(filled, filters, "newest")
                )


def test_a_copy_goes_on_growing(filled, store_url):
    with open_store(store_url) as target:
        copy_store(filled.engine, target.engine)
        known = target.counts().articles
        assert target.add(NEW, Parse("en", (), Focus(), "p", "g"))
        assert target.counts().articles == known + 1


def test_only_an_empty_store_is_copied_into(filled, store_url):
    with open_store(store_url) as target:
        target.add(NEW, Parse("en", (), Focus(), "p", "g"))
        with pytest.raises(StoreError, match="holds articles already"):
            copy_store(filled.engine, target.engine)
        assert target.counts().articles == 1


def test_what_arrives_otherwise_is_not_kept(filled, store_url, monkeypatch):
    with open_store(store_url) as target:
        empty = rows(target)
        whole = copying._batches
        monkeypatch.setattr(
            copying,
            "_batches",
            lambda reader, table: (rows[table.name == "articles" :] for rows in whole(reader, table)),
        )
        with pytest.raises(StoreError, match="'articles' did not arrive"):
            copy_store(filled.engine, target.engine)
        assert rows(target) == empty


def test_long_articles_go_in_small_steps(filled, store_url, monkeypatch):
    steps: list[int] = []
    monkeypatch.setattr(copying, "_LETTERS", 1)
    with open_store(store_url) as target:
        copy_store(
            filled.engine, target.engine, lambda done, _, what: "articles" in what and steps.append(done)
        )
        assert len(steps) >= target.counts().articles


def test_rows_go_to_postgresql_in_one_stream_and_what_is_wrong_with_them_is_said_as_ever(postgres_url):
    said: list[str] = []
    given = [{"key": 1, "id": "a\tb\\N"}, {"key": 2, "id": "«ج»\n"}]
    with open_store(postgres_url) as store:
        event.listen(
            store.engine,
            "after_cursor_execute",
            lambda _connection, cursor, *_: said.append(cursor.statusmessage),
        )
        with store.engine.begin() as connection:
            connection.execute(insert(sources), given, execution_options=AT_ONCE)
        assert said[-1] == "COPY 2"
        with pytest.raises(IntegrityError), store.engine.begin() as connection:
            connection.execute(
                insert(sources), [{"key": 3, "id": "c"}, {"key": 4, "id": "c"}], execution_options=AT_ONCE
            )
        with store.engine.connect() as connection:
            assert [dict(row) for row in connection.execute(select(sources)).mappings()] == given


def test_json_arrives_to_the_letter(filled, store_url):
    as_text = select(cast(mentions.c.reasons, Text)).order_by(mentions.c.id)
    spaced = text('UPDATE mentions SET reasons = \'[ ["x", 1.50, ""] ]\' WHERE id = 1')
    with filled.engine.begin() as connection:
        connection.execute(spaced)
        before = list(connection.scalars(as_text))
    with open_store(store_url) as target:
        copy_store(filled.engine, target.engine)
        with target.engine.connect() as connection:
            assert list(connection.scalars(as_text)) == before
