"""The contract of `kharita parse`: JSON lines in, JSON lines out, in order, whatever comes."""

from __future__ import annotations

import json

import pytest

from dashboard.geoparse import Geoparser

TEXT = "وصل الوفد إلى باريس."
pytestmark = pytest.mark.usefixtures("small_commands")


def _lines(*rows: object) -> bytes:
    return b"".join(
        (row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode()) + b"\n"
        for row in rows
    )


def _answers(result) -> list[dict]:
    return [json.loads(line) for line in result.stdout_bytes.splitlines()]


def test_an_answer_has_the_fields_of_the_contract(kharita):
    result = kharita("parse", input=_lines({"id": "a", "text": TEXT}))
    assert result.exit_code == 0
    (answer,) = _answers(result)
    assert list(answer) == ["id", "mentions"]
    (mention,) = answer["mentions"]
    assert list(mention) == ["start", "end", "text", "confidence", "place"]
    assert TEXT[mention["start"] : mention["end"]] == mention["text"] == "باريس"
    assert 0 < mention["confidence"] <= 1
    assert mention["place"] == {
        "id": "geonames:2988507",
        "name": "Paris",
        "latitude": pytest.approx(48.85, abs=0.01),
        "longitude": pytest.approx(2.35, abs=0.01),
        "country": "FR",
        "kind": "city",
    }


def test_offsets_count_code_points(kharita):
    text = "🙂👍🏽 \u200fطَرابُلُس، ثم وبطبرق"
    (answer,) = _answers(kharita("parse", input=_lines({"id": 1, "text": text})))
    found = [(mention["text"], text[mention["start"] : mention["end"]]) for mention in answer["mentions"]]
    assert found == [("طَرابُلُس", "طَرابُلُس"), ("طبرق", "طبرق")]


def test_answers_come_in_the_order_of_the_lines(kharita):
    rows = [{"id": f"n{number}", "text": TEXT if number % 3 else ""} for number in range(150)]
    result = kharita("parse", input=_lines(*rows))
    answers = _answers(result)
    assert [answer["id"] for answer in answers] == [row["id"] for row in rows]
    assert [len(answer["mentions"]) for answer in answers] == [1 if row["text"] else 0 for row in rows]


@pytest.mark.parametrize(
    ("row", "ident"),
    [
        (b"not json", None),
        (b'{"id": "a", "text": "x"', None),
        (b'{"id": "a", "text": "\xff\xfe"}', None),
        (b"\xd8\x00", None),
        (b'{"id": "a", "text": "\\ud800"}', None),
        (b"[]", None),
        (b"null", None),
        (b"3", None),
        ({"text": "x"}, None),
        ({"id": None, "text": "x"}, None),
        ({"id": 1.5, "text": "x"}, None),
        ({"id": True, "text": "x"}, None),
        ({"id": ["a"], "text": "x"}, None),
        ({"id": "a"}, "a"),
        ({"id": "a", "text": None}, "a"),
        ({"id": 7, "text": 8}, 7),
        ({"id": "a", "text": "x", "lang": 5}, "a"),
    ],
)
def test_a_bad_line_is_answered_and_the_others_too(kharita, row, ident):
    good = {"id": "good", "text": TEXT}
    result = kharita("parse", input=_lines(good, row, {**good, "id": "last"}))
    first, bad, last = _answers(result)
    assert result.exit_code == 1
    assert (first["id"], last["id"]) == ("good", "last")
    assert len(first["mentions"]) == len(last["mentions"]) == 1
    assert list(bad) == ["id", "error"]
    assert bad["id"] == ident
    assert bad["error"]
    assert "\n" not in bad["error"]


@pytest.mark.parametrize("nothing", [b"", b"\n", b"\n  \n\r\n"])
def test_nothing_in_nothing_out(kharita, nothing):
    result = kharita("parse", input=nothing)
    assert (result.exit_code, result.stdout_bytes) == (0, b"")


@pytest.mark.parametrize("ident", [0, -5, 12345678901, "", "9", "سطر"])
def test_ids_come_back_as_they_were(kharita, ident):
    (answer,) = _answers(kharita("parse", input=_lines({"id": ident, "text": ""})))
    assert answer == {"id": ident, "mentions": []}


def test_other_fields_are_nobodys_business(kharita):
    row = {"id": "a", "text": TEXT, "error": "mine", "mentions": [1], "title": "x"}
    result = kharita("parse", input=_lines(row))
    (answer,) = _answers(result)
    assert result.exit_code == 0
    assert list(answer) == ["id", "mentions"]
    assert len(answer["mentions"]) == 1


@pytest.mark.parametrize("language", ["ar", "en", "xx", "", None])
def test_any_language_is_taken(kharita, language):
    (answer,) = _answers(kharita("parse", input=_lines({"id": "a", "text": TEXT, "lang": language})))
    assert len(answer["mentions"]) == 1


def test_the_last_line_needs_no_end_and_lines_may_end_as_on_windows(kharita):
    result = kharita(
        "parse", input=_lines({"id": 1, "text": ""}).replace(b"\n", b"\r\n") + b'{"id": 2, "text": ""}'
    )
    assert [answer["id"] for answer in _answers(result)] == [1, 2]
    assert result.exit_code == 0


def test_more_processes_give_the_same_answers(kharita, monkeypatch):
    rows = [{"id": number, "text": TEXT * (number % 3)} if number != 70 else b"{" for number in range(150)]
    alone = kharita("parse", "--jobs", 1, input=_lines(*rows))
    assert len(_answers(alone)) == 150
    assert alone.exit_code == 1
    several = kharita("parse", "--jobs", 2, input=_lines(*rows))
    assert (several.exit_code, several.stdout_bytes) == (1, alone.stdout_bytes)
    # Unasked, they begin to help when the input turns out to be long.
    monkeypatch.setattr("dashboard.cli.geoparser._FEW", 1)
    monkeypatch.setattr("dashboard.geoparse.pool.usual_jobs", lambda: 2)
    assert kharita("parse", input=_lines(*rows)).stdout_bytes == alone.stdout_bytes


def test_a_line_is_bounded_and_the_next_is_answered(kharita, monkeypatch):
    monkeypatch.setattr("dashboard.cli.geoparser._LONGEST", 100)
    rows = [{"id": 1, "text": "x" * 500}, {"id": 2, "text": TEXT}, {"id": 3, "text": "y" * 250}]
    result = kharita("parse", input=_lines(*rows))
    answers = _answers(result)
    assert result.exit_code == 1
    assert [answer["id"] for answer in answers] == [None, 2, None]
    assert ["longer than" in answer.get("error", "") for answer in answers] == [True, False, True]


def test_a_text_is_bounded(kharita, monkeypatch):
    monkeypatch.setattr("dashboard.cli.geoparser._LONGEST_TEXT", 30)
    rows = [{"id": "long", "text": "x" * 31}, {"id": "short", "text": TEXT}]
    first, second = _answers(kharita("parse", input=_lines(*rows)))
    assert (first["id"], "longer than 30" in first["error"]) == ("long", True)
    assert len(second["mentions"]) == 1


def test_what_memory_does_not_hold_is_answered_one_by_one(kharita, monkeypatch):
    real = Geoparser.parse_many

    def short_of_memory(self, texts, **more):
        given = list(texts)
        if sum(len(text) for text, _ in given) > 50:
            raise MemoryError
        return real(self, given, **more)

    monkeypatch.setattr(Geoparser, "parse_many", short_of_memory)
    rows = [{"id": 1, "text": TEXT}, {"id": 2, "text": "x" * 60}, {"id": 3, "text": TEXT}, {"text": 4}]
    result = kharita("parse", input=_lines(*rows))
    answers = _answers(result)
    assert [len(answer.get("mentions", ())) for answer in answers] == [1, 0, 1, 0]
    assert "more memory" in answers[1]["error"]
    assert result.exit_code == 1
