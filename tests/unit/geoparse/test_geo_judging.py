"""From stretches to chosen mentions: overlaps, offsets, and the features that decisions hang on."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.geoparse.documents import Spans, find_spans, read_batch
from dashboard.geoparse.judge import choose_spans, describe
from dashboard.geoparse.offsets import span_offsets
from dashboard.geoparse.place_context import softmax_by
from dashboard.geoparse.place_features import list_options, option_features


def _spans(*words: tuple[int, int], clitic: tuple[int, ...] | None = None) -> Spans:
    first, last = np.array(words, np.int32).reshape(-1, 2).T
    nothing = np.zeros(len(words), np.int32)
    given = {
        "first": first,
        "last": last,
        "clitic": nothing if clitic is None else np.array(clitic, np.int32),
    }
    return Spans(**{name: given.get(name, nothing) for name in Spans.__slots__})


def _features(vocabulary, gazetteer, text, language="ar"):
    """Return for each (surface, place id) the features of the option."""
    batch = read_batch(vocabulary, [text], [language])
    spans = find_spans(vocabulary, batch)
    options = list_options(vocabulary, spans)
    sure = np.ones(len(spans), np.float32)
    names, matrix = option_features(vocabulary, gazetteer, batch, spans, options, sure)
    start, end = span_offsets(vocabulary, batch, spans)
    return {
        (text[start[mention] : end[mention]], gazetteer.place(int(place)).id): dict(
            zip(names, row, strict=True)
        )
        for mention, place, row in zip(options.mention, options.place, matrix, strict=True)
    }


class _Words:
    words = np.zeros(20, np.int32)


def test_the_likelier_of_overlapping_stretches_is_chosen():
    spans = _spans((3, 3), (3, 4), (6, 6), (8, 8))
    chosen = choose_spans(_Words, spans, np.array([0.95, 0.6, 0.4, 0.7], np.float32), 0.5)
    assert chosen.tolist() == [0, 3]


def test_a_longer_name_beats_its_parts_unless_much_less_likely():
    spans = _spans((3, 3), (3, 4), (4, 4))
    assert choose_spans(_Words, spans, np.array([0.9, 0.8, 0.9], np.float32), 0.5).tolist() == [1]


def test_the_reading_without_a_particle_wins_a_tie():
    spans = _spans((3, 3), (3, 3), clitic=(1, 0))
    assert choose_spans(_Words, spans, np.array([0.9, 0.9], np.float32), 0.5).tolist() == [1]


def test_chosen_stretches_stand_in_the_order_of_the_text():
    spans = _spans((9, 9), (3, 3), (6, 7))
    assert choose_spans(_Words, spans, np.array([0.9, 0.6, 0.7], np.float32), 0.5).tolist() == [1, 2, 0]


def test_nothing_is_chosen_below_the_limit():
    assert choose_spans(_Words, _spans((3, 3)), np.array([0.49], np.float32), 0.5).tolist() == []
    assert choose_spans(_Words, _spans(), np.zeros(0, np.float32), 0.5).tolist() == []


@pytest.mark.parametrize(
    ("word", "mention"),
    [
        ("طبرق", "طبرق"),
        ("وبطبرق", "طبرق"),
        ("وَبِطُبْرُق", "طُبْرُق"),
        ("وبـطبرق", "طبرق"),
        ("طـبرق", "طـبرق"),
        ("لليونان", "ليونان"),
        ("ولِليونان", "ليونان"),
        ("«طبرق»", "طبرق"),
    ],
)
def test_offsets_leave_particles_out(vocabulary, word, mention):
    text = f"ثم {word} أمس"
    batch = read_batch(vocabulary, [text], ["ar"])
    spans = find_spans(vocabulary, batch)
    start, end = span_offsets(vocabulary, batch, spans)
    assert mention in [text[a:b] for a, b in zip(start, end, strict=True)]


def test_shares_add_up_in_each_group():
    group = np.array([0, 0, 1, 3, 3, 3])
    share = softmax_by(group, np.array([1000.0, 999.0, -5.0, 0.0, 0.0, 0.0]), 4)
    assert np.bincount(group, share, minlength=4).tolist() == pytest.approx([1, 1, 0, 1])
    assert share[0] / share[1] == pytest.approx(np.e)
    assert softmax_by(np.zeros(0, np.int64), np.zeros(0), 0).tolist() == []


def test_an_adjective_of_a_country_speaks_for_its_places(vocabulary, small_gazetteer):
    found = _features(vocabulary, small_gazetteer, "سافر إلى طرابلس اللبنانية أمس")
    lebanese, libyan = found["طرابلس", "geonames:266826"], found["طرابلس", "geonames:2210247"]
    assert lebanese["adjective_after"] == libyan["adjective_after_other"] == 1
    assert libyan["adjective_after"] == lebanese["adjective_after_other"] == 0


def test_a_division_after_a_comma_speaks_for_its_places(vocabulary, small_gazetteer):
    found = _features(vocabulary, small_gazetteer, "He went to Paris, Texas, by car", "en")
    texan, french = found["Paris", "geonames:4717560"], found["Paris", "geonames:2988507"]
    assert texan["container_after"] == french["container_after_other"] == 1
    assert french["container_after"] == texan["container_after_other"] == 0
    assert (
        _features(vocabulary, small_gazetteer, "He left Paris. Texas was next", "en")[
            "Paris", "geonames:4717560"
        ]["container_after"]
        == 0
    )


def test_other_places_of_the_country_speak_for_a_place(vocabulary, small_gazetteer):
    found = _features(vocabulary, small_gazetteer, "من بيروت إلى طرابلس ثم صيدا في لبنان")
    lebanese, libyan = found["طرابلس", "geonames:266826"], found["طرابلس", "geonames:2210247"]
    for feature in ("same_country", "country_named", "same_country_places", "near_other_place"):
        assert lebanese[feature] > libyan[feature]
    assert libyan["prominence"] > lebanese["prominence"]


def test_features_are_finite_and_one_article_does_not_touch_another(vocabulary):
    texts = ["من بيروت إلى طرابلس", "Paris, Texas", "", "طرابلس في ليبيا"]
    languages = ["ar", "en", "en", "ar"]
    together = describe(vocabulary, read_batch(vocabulary, texts, languages))
    alone = [
        describe(vocabulary, read_batch(vocabulary, [text], [language]))
        for text, language in zip(texts, languages, strict=True)
    ]
    assert np.isfinite(together.matrix).all()
    assert together.matrix.shape == (len(together.spans), len(together.names))
    assert np.array_equal(together.matrix, np.concatenate([one.matrix for one in alone]))
