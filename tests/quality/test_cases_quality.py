"""Short cases from public bug reports: each a sentence with one trap. The handed half, which nothing is trained on."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from dashboard.core.models import Resolution
    from dashboard.geoparse import Geoparser

FLOOR = json.loads(Path(__file__).with_name("floors.json").read_text(encoding="utf-8"))["cases"]
CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"


def _mention(resolution: Resolution) -> dict[str, object]:
    place = resolution.place
    assert place is not None
    return {
        "start": resolution.mention.start,
        "end": resolution.mention.end,
        "text": resolution.mention.text,
        "confidence": resolution.confidence,
        "place": {
            "name": place.name,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "country": place.country,
            "kind": place.kind.value,
        },
    }


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not at hand")
def test_short_cases(full_parser: Geoparser) -> None:
    spec = importlib.util.spec_from_file_location("handed_cases", CASES / "score_cases.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    lines = (CASES / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    parses = full_parser.parse_many(((case["text"], None) for case in cases), explain=False)
    right = [
        not scorer.faults(case, [_mention(one) for one in parse.resolutions if one.place])
        for case, parse in zip(cases, parses, strict=True)
    ]
    assert sum(right) / len(right) >= FLOOR
