"""Does a name count wherever it stands? The handed checklist of frames, none of which training has seen."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

    from dashboard.core.models import Resolution
    from dashboard.geoparse import Geoparser

FLOORS = json.loads(Path(__file__).with_name("floors.json").read_text(encoding="utf-8"))["frames"]
CHECKLIST = Path(__file__).resolve().parents[3] / "shared" / "checklist"
NAMES, SEED = 8, 11  # of a template; as the checklist has them by default


def _module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("handed_checklist", CHECKLIST / "checklist.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _mention(resolution: Resolution) -> dict[str, object]:
    place = resolution.place
    assert place is not None
    return {
        "confidence": resolution.confidence,
        "place": {"latitude": place.latitude, "longitude": place.longitude, "country": place.country},
    }


@pytest.mark.skipif(not CHECKLIST.is_dir(), reason="the checklist is not at hand")
def test_names_count_wherever_they_stand(full_parser: Geoparser) -> None:
    checklist = _module()
    data = json.loads((CHECKLIST / "names.json").read_text(encoding="utf-8"))
    templates = json.loads((CHECKLIST / "templates_dev.json").read_text(encoding="utf-8"))
    cases = list(checklist.make_cases(templates, data, NAMES, SEED))
    parses = full_parser.parse_many(((case["text"], case["lang"]) for case in cases), explain=False)
    asked: Counter[tuple[str, str]] = Counter()
    told: Counter[tuple[str, str]] = Counter()
    for case, parse in zip(cases, parses, strict=True):
        on = [
            _mention(one)
            for one in parse.resolutions
            if one.place and one.mention.start < case["end"] and one.mention.end > case["start"]
        ]
        key = (case["lang"], case["sign"])
        asked[key] += 1
        told[key] += checklist.judge(case, on) in ("right", "drawn")
    share = {key: told[key] / asked[key] for key in asked}
    assert {x: share[x, "+"] for x, floor in FLOORS["right"].items() if share[x, "+"] < floor} == {}
    assert {x: share[x, "-"] for x, ceiling in FLOORS["drawn"].items() if share[x, "-"] > ceiling} == {}
