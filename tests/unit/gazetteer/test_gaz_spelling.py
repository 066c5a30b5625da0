from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.core.text import fold_name
from dashboard.gazetteer.build import Sources, build_index
from dashboard.gazetteer.index import Gazetteer
from dashboard.gazetteer.names import NameFlag
from dashboard.gazetteer.sources.namesakes import SharingNames
from dashboard.gazetteer.sources.record import PlaceRecord
from dashboard.gazetteer.spelling import likeness, skeleton, skeleton_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAIN = int(NameFlag.MAIN)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ياقوتسك", "ياكوتسك"),
        ("غوتنبرغ", "جوتنبرج"),
        ("استوكهولم", "ستوكهولم"),
        ("سيراييفو", "سراييفو"),
        ("الريصاني", "ريساني"),
        ("تشرنيغيف", "شيرنيجيف"),
    ],
)
def test_spellings_of_one_name_have_one_skeleton_and_sound_alike(one: str, other: str) -> None:
    assert skeleton(fold_name(one)) == skeleton(fold_name(other)) != ""
    assert likeness(fold_name(one), other) >= 0.85


@pytest.mark.parametrize("name", ["طرابلس الغرب", "Tobruk", "منى", "جيلا", "٢٠٢٤", ""])
def test_what_has_too_few_consonants_or_is_no_arabic_word_has_none(name: str) -> None:
    assert skeleton(fold_name(name)) == ""
    assert skeleton_name(fold_name(name)) == ""


def test_other_towns_sound_otherwise() -> None:
    assert likeness(fold_name("بنغازي"), "بنزرت") < 0.7
    assert skeleton(fold_name("طبرق")) != skeleton(fold_name("طرابلس"))


class Listed:
    name = "listed"
    expected = 0

    def __init__(self, *records: PlaceRecord) -> None:
        self._records = records

    def records(self) -> Iterator[PlaceRecord]:
        yield from self._records


def town(ident: str, name: str, *arabic: str, code: str = "PPL") -> PlaceRecord:
    return PlaceRecord(ident, name, code, "RU", 62.0, 129.7, [(text, MAIN) for text in (name, *arabic)])


def test_a_place_is_found_by_the_sound_of_its_name_and_not_by_look_up(tmp_path: Path) -> None:
    source = Listed(town("a:1", "Yakutsk", "ياكوتسك"), town("a:2", "Omsk", "أومسك"))
    build_index(Sources("gaz-x", (source,)), tmp_path / "x.kgz")
    gazetteer = Gazetteer.open(tmp_path / "x.kgz")
    assert gazetteer.lookup("ياقوتسك") == []
    assert gazetteer.sounding_like(fold_name("ياقوتسك"), 0.85) == [0]
    assert gazetteer.sounding_like(fold_name("ياقوتسك"), 1.01) == []
    assert gazetteer.sounding_like(fold_name("درنة"), 0.85) == []


def test_a_town_gains_what_its_division_is_called_when_that_sounds_like_it() -> None:
    spellings = {("RU", "yakutsk"): ("ياقوتسك", "العاصمة")}
    towns = Listed(
        town("a:1", "Yakutsk", "ياكوتسك"), town("a:2", "Yakutsk", "ياكوتسك", code="AIRP"), town("a:3", "Omsk")
    )
    first, airport, other = SharingNames(towns, spellings).records()
    assert [text for text, _ in first.names] == ["Yakutsk", "ياكوتسك", "ياقوتسك"]
    assert [text for text, _ in airport.names] == ["Yakutsk", "ياكوتسك"]
    assert [text for text, _ in other.names] == ["Omsk"]
