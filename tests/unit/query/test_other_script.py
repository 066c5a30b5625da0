from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.core.models import Article, Focus, Parse
from dashboard.query import other_spellings, spelt_otherwise
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
