"""What was said of legs in news: the file, and what it tells of a leg that is read today."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pytest

from dashboard.core.errors import GoldFormatError
from dashboard.core.settings import data_path
from dashboard.journeys.verdicts import Verdict, digest_of, read_verdicts, verdict_on

FILE = data_path() / "gold" / "journeys" / "news.jsonl"
TEXT = "وصل خليفة حفتر إلى باريس."


def said(leg, verdict, **changes):
    row = {
        "actor": leg.actor.span,
        "cue": leg.cue,
        "from": None,
        "to": leg.to_place.span,
        "via": None,
        "status": leg.status.value,
        "verdict": verdict,
    }
    return row | changes


@pytest.fixture
def leg(read_legs):
    (found,) = read_legs(TEXT)
    return found


def written(tmp_path, *rows):
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps({"id": "a", "sha256": digest_of(TEXT), "legs": rows}), encoding="utf-8")
    (text,) = read_verdicts(path)
    return text.legs


@pytest.mark.parametrize(
    ("verdict", "changes", "right"),
    [
        ("right", {}, True),
        ("right", {"status": "planned"}, False),
        ("status", {"meant": ["planned"]}, False),
        ("status", {"status": "planned", "meant": ["happened"]}, True),
        ("none", {"actor": (20, 24)}, False),
        ("actor", {}, False),
        ("actor", {"actor": (20, 24)}, None),
        ("place", {}, False),
        ("place", {"to": (4, 9)}, None),
        ("right", {"cue": (10, 12)}, None),
    ],
)
def test_what_a_verdict_says_of_a_leg(tmp_path, leg, verdict, changes, right):
    assert verdict_on(leg, written(tmp_path, said(leg, verdict, **changes))) is right


def test_another_end_is_not_what_was_read(tmp_path, leg):
    legs = written(tmp_path, said(leg, "right"))
    assert verdict_on(replace(leg, to_place=None), legs) is None


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "a", "sha256": "b", "legs": [{"verdict": "fine"}]}'])
def test_what_is_no_verdict_is_named_by_its_line(tmp_path, line):
    path = tmp_path / "news.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(GoldFormatError, match="line 1"):
        read_verdicts(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(GoldFormatError, match=r"none\.jsonl"):
        read_verdicts(tmp_path / "none.jsonl")


def test_the_file_holds_facts_and_no_text():
    texts = read_verdicts(FILE)
    counted = Counter(leg.verdict for text in texts for leg in text.legs)
    assert counted[Verdict.RIGHT] > 300
    assert min(counted[verdict] for verdict in Verdict) > 30
    assert all(len(text.sha256) == 16 for text in texts)
    assert FILE.read_text(encoding="utf-8").isascii()
