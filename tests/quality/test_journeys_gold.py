"""The gold legs: what the files promise, and that no annotated point is wrong."""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from journeys_gold import FOLDER, load_script

from dashboard.core.geo import distance_km
from dashboard.core.settings import data_path
from dashboard.gazetteer.describe import find_named
from dashboard.gazetteer.shapes import load_shapes

if TYPE_CHECKING:
    from dashboard.gazetteer import Gazetteer

gold = load_script()
BRIEFS = gold.read_briefs(FOLDER)
LEGS = [leg for brief in BRIEFS for leg in brief.legs]
SCORER = Path(__file__).resolve().parents[3] / "shared" / "journeys" / "score_legs.py"
PROMISED = {"ar": 480, "en": 55, "fr": 45}
MARKS = re.compile("[.؟!?]")


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("part", ["train", "dev", "test"])
def test_the_files_are_made_of_the_briefs(part: str) -> None:
    chosen = [brief for brief in BRIEFS if gold.part_of(brief.id) == part]
    assert rows(f"{part}.jsonl") == [gold.gold_line(brief) for brief in chosen]
    assert rows(f"{part}.texts.jsonl") == [gold.text_line(brief) for brief in chosen]


def test_as_many_texts_as_promised() -> None:
    texts = Counter(brief.id[:2] for brief in BRIEFS)
    assert {language: number for language, number in PROMISED.items() if texts[language] < number} == {}
    empty = sum(not brief.legs for brief in BRIEFS) / len(BRIEFS)
    assert 0.38 < empty < 0.45


def test_all_kinds_statuses_and_actors_stand_there() -> None:
    assert {leg["kind"] for leg in LEGS} == set(gold.KINDS)
    assert {leg["status"] for leg in LEGS} == set(gold.STATUSES)
    assert {leg["actor"]["type"] for leg in LEGS} == set(gold.ACTORS)


def test_ids_and_texts_are_there_once() -> None:
    assert max(Counter(brief.id for brief in BRIEFS).values()) == 1
    assert max(Counter(brief.text for brief in BRIEFS).values()) == 1


@pytest.mark.parametrize("brief", BRIEFS, ids=lambda brief: brief.id)
def test_offsets_slice_back_to_the_words(brief: Any) -> None:
    text = brief.text
    for leg in brief.legs:
        marks = [leg["actor"], leg["cue"], *(m["cue"] for m in leg["mentions"])]
        marks += [place for role in ("from", "to", "via") if (place := leg[role]) and place["text"]]
        for mark in marks:
            assert text[mark["start"] : mark["end"]] == mark["text"]
        for told in (leg, *leg["mentions"]):
            start, end = told["sentence"]
            assert start <= told["cue"]["start"] < told["cue"]["end"] <= end
            assert "\n" not in text[start:end]
        assert leg["cue"] in [m["cue"] for m in leg["mentions"]]
        spans = [[leg["actor"]["start"], leg["actor"]["end"]], *leg["actor"]["also"]]
        assert all(m["actor"] in spans for m in leg["mentions"])


def test_no_point_is_wrong(full_gazetteer: Gazetteer) -> None:
    shapes = load_shapes(data_path() / "basemap" / "countries.geojson")
    words: dict[str, set[str]] = {}
    for leg in LEGS:
        for place in filter(None, (leg[role] for role in ("from", "to", "via"))):
            words.setdefault(place["name_en"], set()).add(place["text"] or "")
    wrong = []
    for place in gold.read_places(FOLDER / "places.txt").values():
        names = {place.near} if place.near else {place.name, *re.split(r"[,()]", place.name)}
        names |= set() if place.near else words.get(place.name, set())
        found = [
            float(distance_km(place.lat, place.lon, hit.place.latitude, hit.place.longitude))
            for name in names
            if name.strip()
            for hit in find_named(full_gazetteer, name.strip())
            if place.iso2 in (None, hit.place.country) or place.near
        ]
        limit = place.near_km if place.near else float("inf") if place.km == 0 else max(place.km, 5)
        off_km = shapes.distance_to_country_km(place.lat, place.lon, place.iso2) if place.iso2 else 0.0
        if min(found, default=float("inf")) > limit or not found or (place.near and off_km > place.km):
            wrong.append((place.key, sorted(found)[:1], off_km))
    assert not wrong, "; ".join(map(str, wrong))


def test_no_place_is_told_in_vain() -> None:
    used = {
        place["name_en"]
        for leg in LEGS
        for role in ("from", "to", "via")
        if leg[role]
        for place in (leg[role], *leg[role].get("also", []))
    }
    assert {place.name for place in gold.read_places(FOLDER / "places.txt").values()} - used == set()


@pytest.mark.skipif(not SCORER.is_file(), reason="the scorer is not at hand")
def test_the_scorer_reads_the_gold() -> None:
    spec = spec_from_file_location("score_legs", SCORER)
    assert spec is not None
    assert spec.loader is not None
    scorer = module_from_spec(spec)
    spec.loader.exec_module(scorer)
    for part in gold.PARTS:
        told = rows(f"{part}.jsonl")
        answers = {  # an answer has no `via`: the scorer looks for a place only passed through in `to`
            row["id"]: [
                scorer.as_answer(leg if leg["to"] or leg["from"] else {**leg, "to": leg["via"]})
                for leg in row["legs"]
            ]
            for row in told
        }
        counts, _ = scorer.score(
            told, {row["id"]: row["text"] for row in rows(f"{part}.texts.jsonl")}, answers
        )
        assert counts["L"][1:] == [counts["gold"]] * 3 == [counts["ans"]] * 3
