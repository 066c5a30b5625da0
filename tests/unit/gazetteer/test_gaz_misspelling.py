"""Slips in the names of well-known places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.core.text import fold_name
from dashboard.gazetteer.misspelling import is_slip, shape, slip_names

NAME = st.text("abcdefghijklmnopqrstuvwxyz", min_size=7, max_size=14)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("حلب", "خلب"),
        ("بغداد", "بغذاد"),
        ("tripoli", "tripolli"),
        ("khartoum", "khart0um"),
        ("rabat", "rabbat"),
    ],
)
def test_what_is_easily_misread_has_one_shape(word: str, name: str) -> None:
    assert shape(fold_name(word)) == shape(fold_name(name))


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("القاهرة", "القهرة"),
        ("الخرطوم", "الخرطزم"),
        ("نواكشوط", "نواكشظوط"),
        ("بغداد", "بغذاد"),
        ("khartoum", "khartuom"),
        ("benghazi", "bengahzi"),
    ],
)
def test_a_slip_is_found_and_known_for_one(word: str, name: str) -> None:
    word, name = fold_name(word), fold_name(name)
    assert set(slip_names(word)) & set(slip_names(name))
    assert is_slip(word, [name])


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("باريسي", "باريس"),  # an adjective is no slip
        ("parisi", "paris"),
        ("khartoums", "khartoum"),
        ("barlin", "berlingo"),
        ("maghreb", "zaghreb"),  # first letters are seldom wrong
        ("قطري", "قطر"),
    ],
)
def test_another_word_is_no_slip(word: str, name: str) -> None:
    assert not is_slip(fold_name(word), [fold_name(name)])


@pytest.mark.parametrize("name", ["رام", "rome", "new york", ""])
def test_short_names_and_phrases_are_not_guessed_at(name: str) -> None:
    assert slip_names(fold_name(name)) == []


@given(NAME, st.data())
def test_an_inner_letter_lost_doubled_or_changed_is_found(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(name) - 2))
    letter = data.draw(st.sampled_from("bdfgmprvz"))
    for slip in (
        name[:at] + name[at + 1 :],
        name[:at] + letter + name[at:],
        name[:at] + letter + name[at + 1 :],
    ):
        assert set(slip_names(slip)) & set(slip_names(name))
        assert is_slip(slip, [name])
