from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.core.links import clean_title, shorten
from dashboard.core.text import (
    WORD,
    fold,
    fold_name,
    fold_with_offsets,
    folded_lines,
    folded_words,
    sentences,
    tokens,
)
from dashboard.geoparse.clitics import CLITICS, USAGE_FEATURES, forms, word_forms

ARABIC = "ابتثجحخدرزسشصضطظعغفقكلمنهويءةىأإآؤئٱپچڤگکیہٹڑں ـًٌٍَُِّْٰﻻﷲ٠١٢۳،؛؟"
texts = st.text() | st.text(ARABIC) | st.text(ARABIC + "abcÉßİıæ ŒÅŁ'’-_.!?\n\u200f\u202e\u0301🙂\ud800")
words = st.text("ابتدرسطعفقكلمنهوي", min_size=1, max_size=12)


@given(texts)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(texts, texts)
def test_folding_goes_letter_by_letter(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)


@given(texts)
@example("\u0654\u20bd\u060c\u0627\u0625\u0640\u0345_")  # a mark that becomes a letter
def test_the_words_of_a_text_are_folded_as_each_alone(text: str) -> None:
    def one_by_one(line: str) -> str:
        return " ".join(filter(None, (" ".join(fold(word).split()) for word in WORD.findall(line))))

    assert folded_words(text) == one_by_one(text)
    assert folded_lines(text) == [one_by_one(line) for line in text.split("\n")]


@given(texts)
def test_folded_letters_lead_back(text: str) -> None:
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded) + 1
    assert offsets[-1] == len(text)
    assert all(one <= other for one, other in pairwise(offsets))
    assert all(letter in fold(text[place]) for letter, place in zip(folded, offsets, strict=False))


@given(texts, st.data())
def test_a_stretch_of_folded_text_leads_back_to_its_own_letters(text: str, data: st.DataObject) -> None:
    folded, offsets = fold_with_offsets(text)
    start = data.draw(st.integers(0, len(folded)))
    end = data.draw(st.integers(start, len(folded)))
    assert folded[start:end] in fold(text[offsets[start] : offsets[end - 1] + 1] if end > start else "")


@given(texts)
def test_tokens_slice_back(text: str) -> None:
    found = tokens(text)
    for start, end, folded in found:
        assert folded
        assert fold(text[start:end]) == folded
        assert text[start:end].strip() == text[start:end]
    assert all(one[1] <= other[0] for one, other in pairwise(found))


@given(texts)
def test_a_name_is_its_tokens(text: str) -> None:
    assert fold_name(text) == " ".join(folded for _, _, folded in tokens(text))


@given(texts)
def test_sentences_hold_every_word_once(text: str) -> None:
    found = sentences(text)
    assert all(start < end for start, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    for start, end, _ in tokens(text):
        assert sum(first <= start and end <= last for first, last in found) == 1


@given(words, st.sampled_from(CLITICS))
def test_every_particle_can_be_taken_off(name: str, clitic: str) -> None:
    readings = forms(clitic + name)
    assert readings[0] == ("", clitic + name)
    if len(name) > 1:
        assert (clitic, name) in readings
    assert all(reading.clitic in CLITICS and reading.name for reading in readings)
    assert len(set(readings)) == len(readings)


@given(words.filter(lambda word: len(word) > 1), st.sampled_from([x for x in CLITICS if x.endswith("ل")]))
def test_the_article_comes_back_after_its_particle(name: str, clitic: str) -> None:
    assert (clitic, "ال" + name) in forms(f"{clitic}ل{name}")


@given(texts)
def test_readings_of_any_word_are_made_of_the_word(word: str) -> None:
    for reading in forms(word):
        rest = word.removeprefix(reading.clitic)
        assert reading.name in (rest, "ا" + rest)


@example("ال")
@example("الال")
@example("اله")
@example("ه")
@given(words)
def test_every_usage_has_a_form(name: str) -> None:
    assert len(word_forms(name)) == len(USAGE_FEATURES)
    assert all(word_forms(name))


@given(texts)
def test_titles_are_clean_and_stay_so(text: str) -> None:
    clean = clean_title(text)
    assert clean_title(clean) == clean
    assert "\n" not in clean
    assert "\u202e" not in clean
    clean.encode()


@given(texts.map(clean_title), st.integers(2, 40))
def test_shortened_lines_fit(line: str, limit: int) -> None:
    short = shorten(line, limit)
    assert len(short) <= limit
    assert line.startswith(short.removesuffix("…").rstrip())
