from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from dashboard.core.errors import GoldFormatError
from dashboard.core.settings import data_path
from dashboard.geoparse.briefs import PARTS, part_of, read_briefs
from dashboard.geoparse.gold import GoldMention, read_gold, read_texts

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "غادر الوفد طبرق إلى الساحل."
ROW = {
    "id": "one",
    "mentions": [{"start": 11, "end": 15, "surface": "طبرق", "place": "tobruk"}],
    "places": {
        "tobruk": {
            "name_en": "Tobruk",
            "kind": "city",
            "iso2": "LY",
            "lat": 32.08,
            "lon": 23.96,
            "tolerance_km": 25,
        }
    },
    "optional": [{"start": 20, "end": 26, "surface": "الساحل"}],
    "traps": [],
}
BRIEF = """=== ar-ly-001 ar focus=tobruk country=LY
غادرت القافلة [[طبرق|tobruk]] مع {{الهلال}} إلى ((الساحل)) أمس.
---
tobruk | Tobruk | city | LY | 32.084 | 23.976 | 25
"""


def _write(folder: Path, *rows: object) -> tuple[Path, Path]:
    gold, texts = folder / "gold.jsonl", folder / "texts.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    gold.write_text("\n".join(lines), encoding="utf-8")
    texts.write_text(json.dumps({"id": "one", "text": TEXT}), encoding="utf-8")
    return gold, texts


def test_gold_is_read(tmp_path: Path) -> None:
    (found,) = read_gold(*_write(tmp_path, "", ROW, ""))
    assert (found.id, found.text, found.language) == ("one", TEXT, "ar")
    assert found.mentions == (GoldMention(11, 15, "طبرق", "tobruk"),)
    assert found.optional[0].surface == "الساحل"
    assert found.places["tobruk"].tolerance_km == 25
    assert found.focus == {}


def test_language_and_focus_are_taken_where_they_stand(tmp_path: Path) -> None:
    (found,) = read_gold(
        *_write(tmp_path, {**ROW, "language": "fr", "focus": {"country": "LY", "place": None}})
    )
    assert found.language == "fr"
    assert found.focus == {"country": "LY", "place": None}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{broken", "line 2 is not JSON"),
        ("[1]", "line 2"),
        ("3", "line 2"),
        ({**ROW, "id": "two"}, r"line 2: there is no text 'two'"),
        ({**ROW, "mentions": [{**ROW["mentions"][0], "start": 10}]}, "line 2: 'طبرق' does not stand at 10"),
        ({**ROW, "places": {}}, "line 2: 'طبرق' names an unknown place 'tobruk'"),
        ({**ROW, "places": []}, "line 2"),
        ({key: value for key, value in ROW.items() if key != "traps"}, "line 2: 'traps' is missing"),
        ({**ROW, "mentions": ["طبرق"]}, "line 2"),
        ({**ROW, "mentions": [{**ROW["mentions"][0], "end": None}]}, "line 2"),
        ({**ROW, "places": {"tobruk": {**ROW["places"]["tobruk"], "lat": "north"}}}, "line 2"),
        ({**ROW, "id": []}, "line 2"),
    ],
)
def test_a_broken_line_is_named_with_its_file(tmp_path: Path, row: object, said: str) -> None:
    with pytest.raises(GoldFormatError, match=said) as raised:
        read_gold(*_write(tmp_path, ROW, row))
    assert str(tmp_path / "gold.jsonl") in str(raised.value)
    assert "\n" not in str(raised.value)


def test_texts_come_from_a_folder_or_a_file(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "two.txt").write_text("Deux.", encoding="utf-8")
    assert read_texts(tmp_path) == {"one": TEXT, "two": "Deux."}


@pytest.mark.parametrize(
    ("content", "said"),
    [(b'{"id": "one"}', "line 1"), (b"\n\n[]", "line 3"), (b"\xff\xfe", "can't be read"), (b"x", "line 1")],
)
def test_broken_texts_are_named(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_bytes(content)
    with pytest.raises(GoldFormatError, match=said) as raised:
        read_texts(path)
    assert "texts.jsonl" in str(raised.value)


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(GoldFormatError, match=r"nothing\.jsonl"):
        read_texts(tmp_path / "nothing.jsonl")
    (tmp_path / "bad.txt").write_bytes(b"\xff")
    with pytest.raises(GoldFormatError, match=r"bad\.txt"):
        read_texts(tmp_path)


def test_a_brief_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BRIEF, encoding="utf-8")
    (brief,) = read_briefs(tmp_path)
    assert brief.text == "غادرت القافلة طبرق مع الهلال إلى الساحل أمس."
    for mark in (*brief.mentions, *brief.traps, *brief.optional):
        assert brief.text[mark.start : mark.end] == mark.surface
    assert [mark.surface for mark in brief.traps] == ["الهلال"]
    assert [mark.surface for mark in brief.optional] == ["الساحل"]
    assert brief.focus == {"place": "tobruk", "country": "LY"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("focus=tobruk ", "", "header"),
        ("|tobruk]]", "|derna]]", "no place line for 'derna'"),
        (" | 25", "", "7 columns"),
        ("32.084", "north", "north"),
    ],
)
def test_a_broken_brief_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    (tmp_path / "a.txt").write_text(BRIEF.replace(old, new), encoding="utf-8")
    with pytest.raises(GoldFormatError, match=said) as raised:
        read_briefs(tmp_path)
    assert "a.txt" in str(raised.value)
    assert "ar-ly-001" in str(raised.value)


def test_two_briefs_of_one_id_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BRIEF + "\n" + BRIEF, encoding="utf-8")
    with pytest.raises(GoldFormatError, match="two briefs"):
        read_briefs(tmp_path)


def test_the_projects_own_briefs_are_sound_and_in_all_parts() -> None:
    briefs = read_briefs(data_path() / "gold" / "briefs")
    assert len(briefs) > 50
    assert {part_of(brief.id) for brief in briefs} == set(PARTS)
    for brief in briefs:
        for mark in (*brief.mentions, *brief.traps, *brief.optional):
            assert brief.text[mark.start : mark.end] == mark.surface
        assert not {"[", "]", "{", "}"} & set(brief.text)
