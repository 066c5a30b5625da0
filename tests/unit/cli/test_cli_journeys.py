"""The contract of `kharita journeys`: JSON lines in, JSON lines out, in order, whatever comes."""

from __future__ import annotations

import json

import pytest

TEXT = "وصل خليفة حفتر أمس إلى باريس."
pytestmark = pytest.mark.usefixtures("small_commands")


def _lines(*rows: object) -> bytes:
    return b"".join(
        (row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode()) + b"\n"
        for row in rows
    )


def _answers(result) -> list[dict]:
    return [json.loads(line) for line in result.stdout_bytes.decode().splitlines()]


def test_a_leg_is_written_with_offsets_places_and_date(kharita):
    result = kharita(
        "journeys", input=_lines({"id": "a", "text": TEXT, "date": "Wed, 18 Apr 2018 10:00:00 GMT"})
    )
    (answer,) = _answers(result)
    (leg,) = answer["legs"]
    assert result.exit_code == 0
    assert TEXT[leg["actor"]["start"] : leg["actor"]["end"]] == "خليفة حفتر"
    assert leg["actor"]["type"] == "person"
    assert leg["to"]["country"] == "FR"
    assert {"id", "name", "latitude", "longitude", "country", "kind"} <= set(leg["to"])
    assert (leg["from"], leg["kind"], leg["status"], leg["date"]) == (
        None,
        "arrival",
        "happened",
        "2018-04-17",
    )
    assert leg["sentence"] == [0, len(TEXT)]
    assert 0 < leg["confidence"] <= 1


def test_bad_lines_are_answered_in_their_place(kharita):
    rows = (b"{", {"id": 1}, {"id": 2, "text": "x", "date": 5}, {"id": 3, "text": TEXT}, {"text": TEXT})
    result = kharita("journeys", input=_lines(*rows))
    assert result.exit_code == 1
    assert ["error" in answer for answer in _answers(result)] == [True, True, True, False, True]
    assert [answer["id"] for answer in _answers(result)] == [None, 1, 2, 3, None]


def test_evaluation_scores_and_names_what_was_missed(kharita, tmp_path):
    start = TEXT.index("خليفة")
    leg = {
        "actor": {
            "text": "خليفة حفتر",
            "start": start,
            "end": start + 10,
            "name": "Haftar",
            "type": "person",
            "also": [],
        },
        "from": None,
        "to": {"text": "باريس", "name_en": "Paris", "iso2": "FR", "lat": 48.86, "lon": 2.35, "km": 30},
        "via": None,
        "kind": "arrival",
        "status": "happened",
        "date": "2018-04-17",
        "mentions": [],
    }
    missed = {**leg, "to": {**leg["to"], "name_en": "Rome", "iso2": "IT", "lat": 41.9, "lon": 12.5}}
    gold, texts = tmp_path / "gold.jsonl", tmp_path / "texts.jsonl"
    gold.write_bytes(_lines({"id": "a", "legs": [leg, missed]}, {"id": "b", "legs": []}))
    texts.write_bytes(
        _lines({"id": "a", "text": TEXT, "date": "2018-04-18"}, {"id": "b", "text": "لا شيء في باريس."})
    )
    result = kharita("evaluate-journeys", gold, texts)
    assert result.exit_code == 0, result.output
    assert "actor and place  P 100.0%  R  50.0%  F1  66.7%" in result.output
    assert "0 false legs in 1 texts" in result.output
    assert "Haftar: arrival Rome" in result.output


def test_a_gold_without_its_text_is_one_clear_sentence(kharita, tmp_path):
    gold, texts = tmp_path / "gold.jsonl", tmp_path / "texts.jsonl"
    gold.write_bytes(_lines({"id": "a", "legs": []}))
    texts.write_bytes(_lines({"id": "b", "text": TEXT}))
    result = kharita("evaluate-journeys", gold, texts)
    assert result.exit_code == 1
    assert "no text of id 'a'" in str(result.exception)
