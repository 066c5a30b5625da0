"""What the sentence round a name says."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.core.errors import ModelError
from dashboard.geoparse.columns import Columns
from dashboard.geoparse.company import load_company
from dashboard.geoparse.documents import find_spans, read_batch
from dashboard.geoparse.surroundings import add_surroundings


def _features(vocabulary, text, surface, language="en"):
    batch = read_batch(vocabulary, [text], [language])
    spans = find_spans(vocabulary, batch)
    columns = Columns(len(spans))
    add_surroundings(columns, vocabulary, batch, spans)
    starts, ends = batch.start[spans.first], batch.end[spans.last]
    rows = [n for n in range(len(spans)) if text[starts[n] : ends[n]] == surface]
    return dict(zip(columns.names, columns.matrix()[rows[0]].tolist(), strict=True))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("They call it “Paris” here.", "quoted_alone"),
        ("The novel “Autumn in Paris” sold well.", "quoted_short"),
        ("He said “we will never again go to Paris” and left.", "quoted_middling"),
        ("“Paris is calm”, he said.", "quote_begins"),
    ],
)
def test_quotation_marks(vocabulary, text, told):
    assert _features(vocabulary, text, "Paris")[told] == 1


def test_the_noun_before_a_quotation_is_told(vocabulary):
    assert _features(vocabulary, "The novel “Autumn in Paris” sold well.", "Paris")["quote_of_work"] == 1
    assert _features(vocabulary, "“No”, he said in Paris.", "Paris")["quoted_alone"] == 0
    assert _features(vocabulary, "“No”, he said in Paris.", "Paris")["quoted_short"] == 0


def test_what_is_located_elsewhere(vocabulary):
    elsewhere = _features(vocabulary, "He was taken to Paris hospital in Benghazi.", "Paris")
    assert elsewhere["located_after"] == 1
    assert _features(vocabulary, "He was taken to Benghazi.", "Benghazi")["located_after"] == 0


def test_how_a_sentence_is_written(vocabulary):
    headline = _features(vocabulary, "Storm Shakes Paris Market", "Paris")
    plain = _features(vocabulary, "a storm shakes Paris market today", "Paris")
    assert headline["sentence_capitals"] > plain["sentence_capitals"]
    assert _features(vocabulary, "Paris", "Paris")["sentence_alone"] == 1
    assert _features(vocabulary, "Port\nSudan", "Port\nSudan")["passes_line"] == 1
    assert _features(vocabulary, "À Paris", "Paris", "fr")["in_french"] == 1


def test_a_table_of_words_that_is_none_is_named(tmp_path):
    path = tmp_path / "words.npz"
    path.write_bytes(b"nothing")
    with pytest.raises(ModelError, match=r"words\.npz"):
        load_company(path)
    np.savez(path, keys=np.array([1], np.uint64))
    with pytest.raises(ModelError, match=r"words\.npz"):
        load_company(path)
