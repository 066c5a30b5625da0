from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from dashboard.query.naming import Mention, mention_columns, naming_article

ROW = Mention(
    "id",
    "Title\u202e",
    "Paper",
    "javascript:x",
    date(2024, 1, 2),
    "en",
    7,
    9,
    20,
    40,
    22,
    28,
    0.5,
    True,
    "At Tobruk and Tobruk",
)


def row(start: int, **more: Any) -> Mention:
    return ROW._replace(start=start, end=start + 6, **more)


def test_columns_are_those_of_a_row() -> None:
    named = select(*mention_columns()).selected_columns
    assert [column.name for column in named][:-1] == list(Mention._fields)[:-1]
    assert "substr(articles.text" in str(list(named)[-1])


def test_mentions_of_one_sentence_are_one() -> None:
    found = naming_article(
        [row(23, confidence=0.25), row(34, confidence=0.75, metonymy=False), row(50, sentence_start=45)]
    )
    first, second = found.sentences
    assert (found.title, found.url, found.published) == ("Title", None, date(2024, 1, 2))
    assert (first.spans, first.confidence, first.metonymy) == (((23, 29), (34, 40)), 0.75, False)
    assert first.surfaces == ("Tobruk", "Tobruk")
    assert second.start == 45
    assert found.surest is first


@given(st.lists(st.integers(0, 30).map(lambda at: row(20 + at)), min_size=2, max_size=5))
def test_a_sentence_of_one_mention_is_told_like_one_of_many(rows: list[Mention]) -> None:
    one = naming_article(rows[:1]).sentences[0]
    twice = naming_article([rows[0], rows[0]]).sentences[0]
    assert one == twice._replace(spans=one.spans)
    assert twice.spans == one.spans * 2
