"""Journeys in what is handed over as a whole: the page in one file, the evidence pack, FollowTheMoney."""

from __future__ import annotations

import hashlib
import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from made_legs import HAFTAR, make_legs_store

from dashboard.core.errors import ExportError
from dashboard.query import Filters, JourneyFilters
from dashboard.render.exports import write_file
from dashboard.render.exports.trips import ident
from dashboard.render.exports.verify import verify_pack
from dashboard.store import open_store
from dashboard.web.hand_over import make_handover
from dashboard.words import strings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def handed(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    with open_store(make_legs_store(tmp_path)) as store:

        def made(suffix: str, language: str = "en", **moves: object) -> Path:
            path = tmp_path / f"who{suffix}"
            moved = JourneyFilters(**moves)
            write_file(make_handover(store, Filters(), strings(language), moves=moved), path)
            return path

        yield made


@pytest.mark.parametrize(("language", "name"), [("en", "Khalifa Haftar"), ("ar", "خليفة حفتر")])
def test_the_single_page_lists_journeys_and_draws_their_arcs(
    handed: Callable[..., Path], language: str, name: str
) -> None:
    page = handed(".html", language).read_text(encoding="utf-8")
    assert page.count('class="journey"') == 4
    assert name in page.split('class="journeys"')[1]
    data = json.loads(page.split('id="data">')[1].split("</script>")[0])
    assert [30.06, 31.25, 32.08, 23.96] in [arc[:4] for arc in data["arcs"]]


def test_the_pack_says_where_the_sentences_of_journeys_stand(handed: Callable[..., Path]) -> None:
    path = handed(".zip", actors=(HAFTAR,))
    with zipfile.ZipFile(path) as file:
        (told,) = map(json.loads, file.read("journeys.jsonl").splitlines())
        manifest = json.loads(file.read("manifest.json"))
        texts = {
            one["article"]: file.read(f"articles/{one['article']}.txt").decode() for one in told["reports"]
        }
    assert (told["name"], told["from"], told["to"]) == ("Khalifa Haftar", "kh:cairo", "kh:tobruk")
    assert len(told["reports"]) == 3
    for report in told["reports"]:
        assert texts[report["article"]][report["start"] : report["end"]] == report["text"]
    assert manifest["counts"]["journeys"] == 1
    assert verify_pack(path).articles == manifest["counts"]["articles"]


def test_a_pack_with_a_journey_moved_is_found_out(handed: Callable[..., Path], tmp_path: Path) -> None:
    with zipfile.ZipFile(handed(".zip", actors=(HAFTAR,))) as file:
        members = {name: file.read(name) for name in file.namelist()}
    told = json.loads(members["journeys.jsonl"])
    told["reports"][0]["start"] += 1
    members["journeys.jsonl"] = json.dumps(told).encode() + b"\n"
    manifest = json.loads(members["manifest.json"])
    manifest["sha256"]["journeys.jsonl"] = hashlib.sha256(members["journeys.jsonl"]).hexdigest()
    members["manifest.json"] = json.dumps(manifest).encode()
    digest = hashlib.sha256(members["manifest.json"]).hexdigest()
    members["manifest.sha256"] = f"{digest}  manifest.json\n".encode()
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    with pytest.raises(ExportError, match=r"Line 1 of 'journeys.jsonl' does not stand"):
        verify_pack(other)


def test_follow_the_money_holds_trips_that_its_model_understands(handed: Callable[..., Path]) -> None:
    model = pytest.importorskip("followthemoney").model
    found = [json.loads(line) for line in handed(".ftm.json").read_text(encoding="utf-8").splitlines()]
    by_id = {one["id"]: one for one in found}
    assert len(by_id) == len(found)
    for told in found:
        entity = model.get_proxy(told)
        entity.schema.validate(told)
        kept = model.get_proxy(told, cleaned=False)
        assert {name: sorted(kept.get(name)) for name in told["properties"]} == {
            name: sorted(values) for name, values in told["properties"].items()
        }
    trips = [one for one in found if one["schema"] == "Trip"]
    assert len(trips) == 4
    trip = next(one for one in trips if one["properties"].get("involved") == [ident("actor", HAFTAR)])
    for name in ("startLocation", "endLocation"):
        assert by_id[trip["properties"][name][0]]["schema"] == "Address"
    vessels = [one for one in trips if "vehicle" in one["properties"]]
    assert [by_id[one["properties"]["vehicle"][0]]["schema"] for one in vessels] == ["Vessel"]
    joined = [one for one in found if one["properties"].get("role") == ["tells"]]
    assert {by_id[one["properties"]["entity"][0]]["schema"] for one in joined} == {"Trip"}
