"""أبو is written بو as well in the Maghreb and the Gulf."""

from __future__ import annotations

import pytest

from dashboard.gazetteer.names import NameFlag
from dashboard.gazetteer.sources.kunya import KunyaNames
from dashboard.gazetteer.sources.record import PlaceRecord

MAIN, ALTERNATE, BARE = int(NameFlag.MAIN), int(NameFlag.ALTERNATE), int(NameFlag.BARE)


class Listed:
    name, expected = "listed", 1

    def __init__(self, record: PlaceRecord) -> None:
        self._record = record

    def records(self):
        yield self._record


def names(*texts: tuple[str, int], country: str = "LY"):
    record = PlaceRecord("x:1", texts[0][0], "PPL", country, 31.4, 15.3, list(texts))
    (found,) = KunyaNames(Listed(record)).records()
    return found.names


@pytest.mark.parametrize(
    ("known", "other"),
    [("أبو نجيم", "بو نجيم"), ("ابو نجيم", "بو نجيم"), ("بو نجيم", "أبو نجيم")],
)
def test_the_other_form_is_a_name_too(known, other):
    assert names((known, MAIN)) == [(known, MAIN), (other, ALTERNATE)]


def test_a_bare_name_stays_bare():
    assert names(("أبو نجيم", ALTERNATE | BARE))[1] == ("بو نجيم", ALTERNATE | BARE)


@pytest.mark.parametrize(
    ("text", "country"), [("أبو نجيم", "SY"), ("أبوظبي", "AE"), ("بوسعادة", "DZ"), ("Abu Njaym", "LY")]
)
def test_others_are_left_as_they_are(text, country):
    assert names((text, MAIN), country=country) == [(text, MAIN)]


def test_a_form_that_is_known_is_not_given_twice():
    listed = [("أبو نجيم", MAIN), ("بو نجيم", MAIN)]
    assert names(*listed) == listed


def test_it_is_called_what_the_source_within_is_called():
    source = KunyaNames(Listed(PlaceRecord("x:1", "X", "PPL", "LY", 0, 0, [])))
    assert (source.name, source.expected) == ("listed", 1)
