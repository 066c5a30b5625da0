from __future__ import annotations

import numpy as np
import pytest

from dashboard.core.text import WORD, fold
from dashboard.geoparse.chunks import classify_separator
from dashboard.geoparse.documents import PAD, Separator, find_spans, read_batch
from dashboard.geoparse.vocabulary import BOUNDARY_WORD


def _found(vocabulary, *texts):
    """Return `(article, text of the words)` of each stretch."""
    batch = read_batch(vocabulary, texts, ["ar"] * len(texts))
    spans = find_spans(vocabulary, batch)
    return [
        (int(batch.article[first]), texts[batch.article[first]][batch.start[first] : batch.end[last]])
        for first, last in zip(spans.first, spans.last, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "bits"),
    [
        (" ", Separator.SPACE),
        (" \t ", Separator.SPACE),
        ("\n", Separator.SPACE | Separator.SENTENCE | Separator.LINE),
        ("\n\n", Separator.SPACE | Separator.SENTENCE | Separator.LINE | Separator.BREAKS_NAME),
        ("\t", Separator.SPACE | Separator.SENTENCE | Separator.CELL | Separator.BREAKS_NAME),
        (" | ", Separator.SPACE | Separator.SENTENCE | Separator.CELL | Separator.BREAKS_NAME),
        (" #", Separator.SPACE | Separator.HASH | Separator.BREAKS_NAME),
        ("\u200f ", Separator.SPACE),
        ("", 0),
        (", ", Separator.SPACE | Separator.COMMA | Separator.BREAKS_NAME),
        ("، ", Separator.SPACE | Separator.COMMA | Separator.BREAKS_NAME),
        ("؟ ", Separator.SPACE | Separator.SENTENCE | Separator.BREAKS_NAME),
        (" «", Separator.SPACE | Separator.OPEN_QUOTE | Separator.BREAKS_NAME),
        ("» ", Separator.SPACE | Separator.CLOSE_QUOTE | Separator.BREAKS_NAME),
        (' "', Separator.SPACE | Separator.OPEN_QUOTE | Separator.BREAKS_NAME),
        ('" ', Separator.SPACE | Separator.CLOSE_QUOTE | Separator.BREAKS_NAME),
        (" (", Separator.SPACE | Separator.OPEN_BRACKET | Separator.BREAKS_NAME),
        (") ", Separator.SPACE | Separator.CLOSE_BRACKET | Separator.BREAKS_NAME),
        (" - ", Separator.SPACE | Separator.DASH | Separator.BREAKS_NAME),
        (": ", Separator.SPACE | Separator.COLON | Separator.BREAKS_NAME),
        ("-", Separator.DASH),
        ("'", Separator.APOSTROPHE),
        ("’", Separator.APOSTROPHE),
        ("_", 0),
    ],
)
def test_marks_between_words(text, bits):
    assert classify_separator(text) == bits


def test_a_batch_keeps_the_offsets_of_each_article(vocabulary):
    texts = ["Paris, Rome.", "", "وصل إلى طَرابُلُس.\nثم عاد", "!?"]
    batch = read_batch(vocabulary, texts, ["en", "en", "ar", "en"])
    words = [
        (int(article), texts[article][start:end])
        for article, start, end, word in zip(batch.article, batch.start, batch.end, batch.words, strict=True)
        if word != BOUNDARY_WORD
    ]
    assert words == [(0, "Paris"), (0, "Rome"), (2, "وصل"), (2, "إلى"), (2, "طَرابُلُس"), (2, "ثم"), (2, "عاد")]


def test_articles_are_kept_apart(vocabulary):
    batch = read_batch(vocabulary, ["Paris", "Rome", "Cairo"], ["en"] * 3)
    gaps = np.flatnonzero(batch.words != BOUNDARY_WORD)
    assert np.diff(gaps).tolist() == [PAD + 1, PAD + 1]
    assert gaps[0] == PAD
    assert len(batch.words) - 1 - gaps[-1] == PAD
    assert batch.first.tolist() == gaps.tolist()
    assert len(set(batch.sentence[gaps])) == 3


def test_sentences_are_numbered(vocabulary):
    batch = read_batch(vocabulary, ["قال نعم. ثم عاد\nإلى طبرق، أمس"], ["ar"])
    told = batch.sentence[batch.words != BOUNDARY_WORD]
    assert np.unique(told, return_counts=True)[1].tolist() == [2, 2, 3]


def test_names_of_several_words_are_found(vocabulary):
    assert (0, "New York City") in _found(vocabulary, "From New York City to Rome")
    assert (0, "Port Sudan") in _found(vocabulary, "Near Port Sudan.")
    assert (0, "Port-Sudan") in _found(vocabulary, "Near Port-Sudan.")


@pytest.mark.parametrize(
    "text", ["Port, Sudan", "Port. Sudan", "Port\n\nSudan", "Port\tSudan", "Port (Sudan)", "Port: Sudan"]
)
def test_marks_break_names(vocabulary, text):
    assert all("Port" not in found for _, found in _found(vocabulary, text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Near Port\nSudan", "Port\nSudan"),  # a narrow column
        ("#SavePortSudan now", "PortSudan"),
        ("#Port_Sudan", "Port_Sudan"),
        ("in Par-\nis today", "Par-\nis"),
        ("near طب\u200bرق now", "طب\u200bرق"),
        ("مدينةطبرق", "طبرق"),
        ("الىطبرق", "طبرق"),
        ("some rain in paris today", "paris"),
    ],
)
def test_names_are_found_however_they_are_written(vocabulary, text, name):
    assert name in {found for _, found in _found(vocabulary, text)}


@pytest.mark.parametrize(
    "text",
    ["He is in paris today", "He came; it was in paris then", "paris today"],
    ids=["capital", "part", "short"],
)
def test_small_letters_count_only_where_all_is_written_so(vocabulary, text):
    assert "paris" not in {found for _, found in _found(vocabulary, text)}


def test_several_words_in_small_letters_are_no_name_beside_capitals(vocabulary):
    assert "new york city" not in {x for _, x in _found(vocabulary, "He is in new york city now")}
    assert "new york city" in {x for _, x in _found(vocabulary, "he is in new york city now")}


def test_names_do_not_cross_articles(vocabulary):
    assert [found for found in _found(vocabulary, "Port", "Sudan") if found[0] == 0] == []


def test_nothing_is_found_in_nothing(vocabulary):
    for texts in ([], [""], ["   ", "\n"], ["123 !"]):
        batch = read_batch(vocabulary, texts, ["en"] * len(texts))
        spans = find_spans(vocabulary, batch)
        assert len(spans) == 0
        assert len(spans.take(np.zeros(0, bool))) == 0


def test_words_carry_their_particles(vocabulary):
    batch = read_batch(vocabulary, ["وبطبرق"], ["ar"])
    spans = find_spans(vocabulary, batch)
    assert (2, 3) in list(zip(spans.clitic.tolist(), spans.particle.tolist(), strict=True))


def test_underscores_part_words(vocabulary):
    assert (0, "ليبيا") in _found(vocabulary, "#ليبيا_اليوم")


@pytest.mark.parametrize(
    "text",
    [
        "  وصل  إلى\tباريس ،  ثم (روما). \n\nعاد - أمس -",
        "- Paris, Rome.\r\nNew\u00a0York City “Port-Sudan” ",
        "«طَرابُلُس»…#درنة_المنكوبة St. Louis, l’Aquila",
        "a" * 300 + ",b \ud800 \0",
        "Paris Paris, Paris (Paris) Paris",
    ],
)
def test_words_stand_where_the_text_has_them(vocabulary, text):
    """Cutting by remembered chunks gives the same as cutting the whole text."""
    for _ in range(2):
        batch = read_batch(vocabulary, ["Rome. ", text, " x"], ["en"] * 3)
        inside = np.flatnonzero((batch.article == 1) & (batch.words != BOUNDARY_WORD))
        found = list(WORD.finditer(text))
        assert [(m.start(), m.end()) for m in found] == list(
            zip(batch.start[inside].tolist(), batch.end[inside].tolist(), strict=True)
        )
        ends = [0, *(m.end() for m in found)]
        gaps = [text[a : m.start()] for a, m in zip(ends, found, strict=False)]
        assert batch.before[inside].tolist() == [classify_separator(gap) for gap in gaps]
        assert [vocabulary.folded[word] for word in batch.words[inside]] == [fold(m.group()) for m in found]
