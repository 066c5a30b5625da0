from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from dashboard.core.errors import GoldFormatError

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("small_commands")
TEXT = "وصل الوفد إلى باريس من طبرق يوم الأحد."
ROW = {
    "id": "one",
    "mentions": [
        {"start": 14, "end": 19, "surface": "باريس", "place": "paris"},
        {"start": 23, "end": 27, "surface": "طبرق", "place": "derna"},
    ],
    "places": {
        "paris": {
            "name_en": "Paris",
            "kind": "city",
            "iso2": "FR",
            "lat": 48.85,
            "lon": 2.35,
            "tolerance_km": 25,
        },
        "derna": {
            "name_en": "Derna",
            "kind": "city",
            "iso2": "LY",
            "lat": 32.76,
            "lon": 22.63,
            "tolerance_km": 25,
        },
    },
    "optional": [],
    "traps": [{"start": 32, "end": 37, "surface": "الأحد"}],
    "focus": {"country": "FR", "place": None},
}


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "one.txt").write_text(TEXT, encoding="utf-8")
    return folder


def _gold(tmp_path: Path, *rows: object) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def test_scores_and_faults_are_told(kharita, tmp_path, texts):
    result = kharita("evaluate", _gold(tmp_path, ROW), texts)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("1 texts, parser kharita-")
    assert lines[1].split() == ["links", "P", "50.0%", "R", "50.0%", "F1", "50.0%"]
    assert lines[2].split() == ["mentions", "P", "100.0%", "R", "100.0%", "F1", "100.0%", "exact"]
    assert "traps      0 of 1 drawn" in lines
    assert any("of 1 main countries right" in line for line in lines)
    assert "missed     one  derna" in lines
    assert "false      one  طبرق → Tobruk" in lines


def test_details_can_be_left_out(kharita, tmp_path, texts):
    result = kharita("evaluate", _gold(tmp_path, ROW), texts, "--no-details")
    assert result.exit_code == 0
    assert "missed" not in result.stdout


def test_a_broken_gold_line_is_named(kharita, tmp_path, texts):
    path = _gold(tmp_path, ROW, {**ROW, "mentions": [{**ROW["mentions"][0], "start": 3, "end": 8}]})
    result = kharita("evaluate", path, texts)
    assert isinstance(result.exception, GoldFormatError)
    assert str(result.exception) == f"'{path}' line 2: 'باريس' does not stand at 3."
    assert result.stdout == ""


def test_missing_files_are_named(kharita, tmp_path, texts):
    for gold, bodies in ((tmp_path / "none.jsonl", texts), (_gold(tmp_path, ROW), tmp_path / "none.jsonl")):
        result = kharita("evaluate", gold, bodies)
        assert isinstance(result.exception, GoldFormatError)
        assert "none.jsonl" in str(result.exception)
