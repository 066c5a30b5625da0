from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.core.text import tokens
from dashboard.core.wording import MOST_WORDS, compare_wording

TEXTS = st.text(st.sampled_from("abو د.\n<é"), max_size=200)


def said(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_what_only_one_text_says_is_found_in_both() -> None:
    one = "A ship with grain reached Tobruk on Sunday evening, the port said."
    two = "A ship with flour reached Tobruk on Sunday evening."
    found = compare_wording(one, two)
    assert said(one, found.first) == ["grain", "the port said"]
    assert said(two, found.second) == ["flour"]
    assert found.common == pytest.approx(2 * 8 / (12 + 9))
    assert not found.same


def test_spelling_signs_and_space_make_no_difference() -> None:
    found = compare_wording("وصلت إلى طبرق، أمس.", "وَصَلَت الى  طبرق — امس")
    assert found.same
    assert found.common == 1.0


def test_a_lone_word_in_common_holds_nothing_together() -> None:
    one, two = "ravens of old towers sang", "kings of young rivers wept"
    assert said(one, compare_wording(one, two).first) == [one]
    assert said(two, compare_wording(one, two).second) == [two]


def test_texts_too_long_are_compared_as_far_as_is_said() -> None:
    one = " ".join(f"w{n}" for n in range(MOST_WORDS + 1))
    found = compare_wording(one, one)
    assert (found.whole, found.same, found.first) == (False, False, ())


@given(TEXTS, TEXTS)
def test_what_is_left_is_the_same_in_both(one: str, two: str) -> None:
    found = compare_wording(one, two)
    left = []
    for text, spans in ((one, found.first), (two, found.second)):
        assert list(spans) == sorted(spans)
        assert all(0 <= start < end <= len(text) for start, end in spans)
        out = [word for a, b, word in tokens(text) if not any(s <= a and b <= e for s, e in spans)]
        left.append(out)
    assert left[0] == left[1]
    assert 0.0 <= found.common <= 1.0


@given(TEXTS)
def test_a_text_is_as_itself(text: str) -> None:
    assert compare_wording(text, text).same
