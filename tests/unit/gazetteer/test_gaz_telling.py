"""Small towns abroad do not keep Arabic names that are words, persons or far more famous places."""

from __future__ import annotations

import pytest

from dashboard.core.text import fold_name
from dashboard.gazetteer.names import NameFlag, postings_of
from dashboard.gazetteer.sources.record import PlaceRecord
from dashboard.gazetteer.sources.telling import TellingNames
from dashboard.gazetteer.spelling import heard_name, sounds_alike

MAIN, ALTERNATE = int(NameFlag.MAIN), int(NameFlag.ALTERNATE)
CURATED, GENERATED = int(NameFlag.CURATED), int(NameFlag.GENERATED | NameFlag.ALTERNATE)
ZIPF = {"توماس": 4.5, "زيري": 2.3, "كان": 6.5, "نوك": 2.9}


class Listed:
    name, expected = "listed", 1

    def __init__(self, record: PlaceRecord) -> None:
        self._record = record

    def records(self):
        yield self._record


def told(text: str, flags: int = MAIN, *, country: str = "US", people: int = 1000, code: str = "PPL"):
    record = PlaceRecord(
        "x:1", "Thomas", code, country, 36.0, -97.0, [("Thomas", MAIN), (text, flags)], population=people
    )
    (found,) = TellingNames(Listed(record), ZIPF).records()
    return found


def keeps(text: str, flags: int = MAIN, **more: object) -> bool:
    return text in dict(told(text, flags, **more).names)


@pytest.mark.parametrize(
    ("text", "country", "people", "kept"),
    [
        ("توماس", "US", 1_244, False),
        ("توماس", "US", 69_999, False),
        ("توماس", "US", 70_000, True),
        ("زيري", "SI", 3_588, False),
        ("زيري", "SI", 5_000, True),
        ("باركلاند", "US", 300, True),
        ("توماس", "YE", 0, True),  # the towns of the Arab world keep all
        ("توماس", "IR", 29_000, False),
        ("نوك", "TR", 29_000, True),
    ],
)
def test_a_frequent_word_is_no_name_of_a_small_town_abroad(text, country, people, kept):
    assert keeps(text, country=country, people=people) is kept


def test_names_that_people_wrote_down_stay():
    assert keeps("كان", MAIN | CURATED, country="FR")


def test_the_latin_name_stays():
    assert told("توماس").names == [("Thomas", MAIN)]


def test_other_kinds_of_places_are_left_alone():
    assert keeps("توماس", code="ISL")


@pytest.mark.parametrize(("text", "kept"), [("YPG", False), ("Ypsilon", True)])
def test_codes_of_airports_are_no_names_of_towns(text, kept):
    assert keeps(text, ALTERNATE) is kept
    assert keeps("NYC", ALTERNATE, people=8_000_000)


@pytest.mark.parametrize(
    ("text", "country", "people", "kept"),
    [
        ("فنه", "CN", 32_059, False),
        ("فنه", "CN", 100_000, True),
        ("فنغهه", "CN", 32_059, True),
        ("فنه", "TR", 3_000, True),
    ],
)
def test_short_guesses_are_left_out_abroad(text, country, people, kept):
    assert keeps(text, GENERATED, country=country, people=people) is kept


@pytest.mark.parametrize(
    ("people", "flags", "heard"),
    [(29_999, MAIN, False), (30_000, MAIN, True), (0, MAIN | CURATED, True)],
)
def test_only_places_that_are_known_are_found_by_their_sound(people, flags, heard):
    record = told("ياكوتسك", flags, people=people)
    assert record.heard is heard
    keys = postings_of("ياكوتسك", fold_name("ياكوتسك"), MAIN, heard=record.heard)
    assert len(keys) == (2 if heard else 1)


@pytest.mark.parametrize(("word", "name"), [("تاريخيها", "تاريخا"), ("منحوتتهم", "منحوتت")])
def test_a_noun_with_its_owner_sounds_like_no_name(word, name):
    assert not sounds_alike(fold_name(word), [heard_name(name)], 0.5)


def test_a_name_that_ends_so_itself_is_heard():
    assert sounds_alike(fold_name("دورهم"), [heard_name("دورهم")], 0.85)
