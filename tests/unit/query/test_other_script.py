from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.core.models import Article, Focus, Parse
from dashboard.query import (
    OtherSpelling,
    other_spellings,
    spelt_otherwise,
    widen_search,
    widened_words,
)
from dashboard.store.search import parse_terms

TEXTS = (
    "وصل المشير خليفة حفتر إلى باريس.",
    "وقال حفتر إن الجيش في طبرق.",
    "عبد الحميد الدبيبة في مصراتة.",
    "Haftar met Macron in Paris.",
    "Erdogan spoke to Dbeibah.",
)


@pytest.fixture
def told(bare):
    bare.add_many([(Article("", text), Parse("ar", (), Focus(), "p", "g")) for text in TEXTS])
    return bare


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Haftar", ("حفتر", 2)),
        ("HIFTER", ("حفتر", 2)),
        ("khalifa", ("خليفة", 1)),
        ("Dbeibah", ("دبيبه", 1)),
        ("Misrata", ("مصراتة", 1)),
        ("حفتر", ("haftar", 1)),
        ("أردوغان", ("erdogan", 1)),
        ("ماكرون", ("macron", 1)),
    ],
)
def test_a_name_is_offered_as_the_store_writes_it_in_the_other_script(told, typed, offered):
    assert offered in [(one.text.casefold(), one.articles) for one in other_spellings(told, typed)]


@pytest.mark.parametrize("typed", ["Zzyzx", "ab", "x" * 40, "two words", "", "Ωμέγα", "٣٤٥"])
def test_what_the_store_does_not_know_is_not_offered(told, typed):
    assert other_spellings(told, typed) == ()


def test_words_with_an_alternative_or_excluded_are_left_alone():
    assert spelt_otherwise("Haftar tobruk -paris") == [
        ("Haftar", "", " tobruk -paris"),
        ("tobruk", "Haftar ", " -paris"),
    ]
    assert spelt_otherwise("Haftar OR حفتر") == []


@given(st.text(max_size=30))
def test_a_search_with_a_spelling_more_asks_for_either(search):
    for word, before, after in spelt_otherwise(search):
        terms = parse_terms(f"{before}{word} OR zzz{after}")
        assert any("zzz" in group for group in terms.alternatives)


def offered(word):
    return {
        "haftar": [OtherSpelling("خرتر", 9), OtherSpelling("حفتر", 2)],
        "khalifa": [OtherSpelling("خليفة", 1)],
        "oil": [OtherSpelling("ويل", 5)],
    }.get(word.casefold(), [])


@pytest.mark.parametrize(
    ("search", "wide"),
    [
        ("Haftar", "Haftar OR حفتر"),
        ("Khalifa Haftar -paris", "Khalifa OR خليفة Haftar OR حفتر -paris"),
        ('"Haftar"', '"Haftar"'),  # as it is
        ("oil", "oil"),  # one consonant sounds like too much
        ("Haftar OR Dbeibah", "Haftar OR Dbeibah"),
        ("Tripoli", "Tripoli"),
        ("", ""),
    ],
)
def test_a_search_is_widened_by_what_sounds_alike(search, wide):
    assert widen_search(search, offered) == wide


def test_a_widened_search_says_so_and_leads_back():
    (one,) = widened_words("Haftar OR حفتر paris")
    assert (one.typed, one.other, one.exact) == ("Haftar", "حفتر", '"Haftar" paris')
    assert widen_search(one.exact, offered) == one.exact
    assert widened_words("Haftar OR Dbeibah") == []


@given(st.text(max_size=30))
def test_widening_any_search_loses_none_of_its_words(search):
    wide = widen_search(search, lambda _word: [OtherSpelling("حفتر", 1), OtherSpelling("haftar", 1)])
    assert set(parse_terms(search).included) <= set(parse_terms(wide).sought)
    assert parse_terms(wide).excluded == parse_terms(search).excluded
