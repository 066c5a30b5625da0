from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.intake.formats.pdf_text import _known_words, is_turned, repair, score, turned


@pytest.mark.parametrize(
    ("painted", "read"),
    [
        ("سيراب", "باريس"),
        ("2025/03/12 يف", "في 2025/03/12"),
        ("(رنغاف) 3.5", "3.5 (فاغنر)"),
        ("NATO فلح", "حلف NATO"),
        ("", ""),
    ],
)
def test_a_line_painted_backwards_is_turned(painted, read):
    assert turned(list(painted)) == read


def test_a_ligature_keeps_its_letters_in_order():
    assert turned(["ل", "لا", "خ"]) == "خلال"


def test_shapes_become_letters_and_marks_stand_on_theirs():
    assert repair("ﻻ ﺑﻨﻐﺎﺯﻱ") == "لا بنغازي"
    assert repair("دوليا ً") == "دولياً"


def test_the_vote_of_all_lines_decides():
    line = "وصل الوفد إلى باريس قادما من طرابلس"
    assert not is_turned([list(line)])
    assert is_turned([list(line[::-1])])
    assert not is_turned([])


def test_words_score_and_nonsense_does_not():
    assert score("وصل الوفد إلى باريس") > 0.9
    assert score("ظثضذ غثذظض") < 0.2
    assert score("12 3") == 0


@given(st.lists(st.text(min_size=1, max_size=2), max_size=40))
def test_turning_keeps_every_letter(units):
    mirrored = str.maketrans("()[]{}«»<>", "(([[{{««<<")
    assert sorted(turned(units).translate(mirrored)) == sorted("".join(units).translate(mirrored))


def test_the_score_counts_each_word_with_or_without_its_particles():
    assert score("وصل الوفد الوفد إلى المدينة وبالمدينة") == 1.0
    assert score("وصل ةنيدملا ةنيدملا ةنيدملا") == 0.25
    assert score("... 12 ...") == 0.0


def test_the_words_that_scores_know_fit_in_little_memory():
    assert _known_words().nbytes < 16_000_000  # as texts they took ten times as much
