"""Floors under the scores: no change may lower them unnoticed.

Each corpus is named with the digest of its content; when a corpus changes on purpose, its floors are set again, with
the scores of that day. The test part of our own texts is only measured, never tuned on.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dashboard.core.settings import data_path
from dashboard.geoparse.evaluate import evaluate
from dashboard.geoparse.gold import read_gold

if TYPE_CHECKING:
    from dashboard.geoparse import Geoparser
    from dashboard.geoparse.evaluate import Scores
    from dashboard.geoparse.gold import GoldText

FLOORS = json.loads(Path(__file__).with_name("floors.json").read_text(encoding="utf-8"))
GOLD = data_path() / "gold"
FIVE = Path(__file__).resolve().parents[3] / "shared"


def score(parser: Geoparser, golds: list[GoldText]) -> Scores:
    return evaluate(golds, parser.parse_many(((x.text, x.language) for x in golds), explain=False))


def check(scores: Scores, floors: dict[str, float]) -> None:
    got = {
        "link_f1": scores.links.f1,
        "exact_f1": scores.exact.f1,
        "traps_kept_off": 1 - scores.traps_drawn / max(scores.traps, 1),
        "focus": scores.focus_right / max(scores.focus_known, 1),
    }
    assert {name: round(got[name], 3) for name in floors if got[name] < floors[name]} == {}


@pytest.mark.parametrize("part", ["dev", "test"])
@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_our_own_texts(full_parser: Geoparser, part: str, language: str) -> None:
    golds = read_gold(GOLD / f"{part}.jsonl", GOLD / f"{part}.texts.jsonl")
    check(score(full_parser, [x for x in golds if x.language == language]), FLOORS[f"{part}-{language}"])


@pytest.mark.parametrize("part", ["train", "dev", "test"])
def test_the_gold_is_the_one_that_the_floors_were_set_on(part: str) -> None:
    content = b"".join((GOLD / f"{part}{suffix}").read_bytes() for suffix in (".jsonl", ".texts.jsonl"))
    assert hashlib.sha256(content).hexdigest()[:16] == FLOORS["digests"][part]


@pytest.mark.skipif(not (FIVE / "gold").is_dir(), reason="the five articles are not at hand")
def test_the_five_articles(full_parser: Geoparser) -> None:
    golds = read_gold(FIVE / "gold" / "articles.jsonl", FIVE / "articles")
    check(score(full_parser, golds), FLOORS["five"])
