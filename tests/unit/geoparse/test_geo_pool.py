"""Several processes say what one says, in the same order."""

from __future__ import annotations

import os

import pytest

from dashboard.core.errors import WorkerError
from dashboard.geoparse.packing import Unpacking, packed
from dashboard.geoparse.pool import ParserPool

TEXTS = [
    ("وصل من باريس إلى طرابلس ثم عاد إلى باريس.", "ar"),
    ("", None),
    ("From Paris, Texas, to Rome and Tripoli. Paris said no.", None),
    ("لا شيء هنا", "ar"),
]


def _end_process(_parser, _piece):
    os._exit(3)


def _language(parser, text):
    return parser.parse(text).language


@pytest.mark.parametrize("explain", [True, False])
def test_a_parse_comes_back_from_plain_values_as_it_was(hand_parser, explain):
    unpacking = Unpacking(hand_parser.place)
    parses = list(hand_parser.parse_many(TEXTS, explain=explain))
    assert any(one.resolutions for one in parses)
    for (text, _), parse in zip(TEXTS, parses, strict=True):
        assert unpacking.parse(packed(parse), text) == parse


def test_a_place_is_known_by_its_id(hand_parser):
    place = hand_parser.parse(TEXTS[0][0]).resolutions[0].place
    assert hand_parser.place(place.id) == place
    with pytest.raises(KeyError, match="nowhere"):
        hand_parser.place("geonames:nowhere")


def test_processes_answer_in_order_and_leave_the_environment_alone(hand_parser, monkeypatch):
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    expected = list(hand_parser.parse_many(TEXTS))
    with ParserPool(hand_parser, 2) as pool:
        assert "OPENBLAS_NUM_THREADS" not in os.environ
        assert pool.id == hand_parser.id
        parts = [pool.parse_many(texts) for texts in (TEXTS, TEXTS[:1], [], TEXTS[2:])]
        assert [list(part) for part in parts] == [expected, expected[:1], [], expected[2:]]
        texts = [text for text, _ in TEXTS] * 5
        assert list(pool.map(_language, texts)) == [hand_parser.parse(text).language for text in texts]


def test_a_process_that_ends_is_told_with_the_remedy(hand_parser):
    with ParserPool(hand_parser, 1) as pool, pytest.raises(WorkerError, match="--jobs 1"):
        list(pool.map(_end_process, [None]))
