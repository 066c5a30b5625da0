from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.core.text import fold_name
from dashboard.query import Filters, article_page
from dashboard.query.article_list import found_sentence

TEXT = "عنوان\nوصل حفتر إلى باريس صباحا. ثم عاد المشير خليفة حفتر إلى بنغازي."


def test_the_sentence_with_most_of_the_words_is_shown():
    sentence, spans = found_sentence(TEXT, [fold_name("حفتر"), fold_name("بنغازي")])
    assert sentence == "ثم عاد المشير خليفة حفتر إلى بنغازي."
    assert [sentence[start:end] for start, end in spans] == ["حفتر", "بنغازي"]


def test_a_phrase_is_found_as_a_whole():
    sentence, spans = found_sentence(TEXT, [fold_name("خليفة حفتر")])
    assert [sentence[start:end] for start, end in spans] == ["خليفة حفتر"]
    assert found_sentence(TEXT, [fold_name("حفتر خليفة")]) == ("", ())


@given(
    st.text(alphabet="اب .\nxy\u064b", max_size=60), st.lists(st.sampled_from(["اب", "x", "y x"]), max_size=3)
)
def test_marks_lie_in_the_sentence(text, wanted):
    sentence, spans = found_sentence(text, wanted)
    assert sentence in text
    assert all(0 <= start < end <= len(sentence) for start, end in spans)


def test_pages_hold_every_article_once_dated_and_undated_apart(world):
    for undated in (False, True):
        seen, first, total = [], 0, 1
        while first < total:
            page = article_page(world, Filters(min_confidence=0.0), undated=undated, first=first, limit=2)
            seen += page.articles
            first, total = first + 2, page.total
        assert len({one.id for one in seen}) == len(seen) == total > 0
        assert all((one.published is None) is undated for one in seen)
        days = [one.published for one in seen if one.published]
        assert days == sorted(days, reverse=True)


def test_an_article_shows_where_its_place_is_named(world):
    page = article_page(world, Filters(countries=("LY",)))
    assert page.articles
    for one in page.articles:
        assert one.places
        assert {place.country for place in one.places} == {"LY"}
        assert all(one.sentence[start:end] for start, end in one.spans)
    beyond = article_page(world, Filters(countries=("LY",)), first=10_000)
    assert (beyond.articles, beyond.total) == ((), page.total)
