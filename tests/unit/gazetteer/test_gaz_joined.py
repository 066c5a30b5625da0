"""Arabic names of two words are found as one too."""

from __future__ import annotations

import pytest

from dashboard.gazetteer.names import NameFlag
from dashboard.gazetteer.sources.joined import JoinedNames
from dashboard.gazetteer.sources.record import PlaceRecord

MAIN, ALTERNATE = int(NameFlag.MAIN), int(NameFlag.ALTERNATE)


class Listed:
    name, expected = "listed", 1

    def __init__(self, record: PlaceRecord) -> None:
        self._record = record

    def records(self):
        yield self._record


def names(*texts: tuple[str, int], country: str = "SA", people: int = 300_000, code: str = "PPL"):
    record = PlaceRecord("x:1", texts[0][0], code, country, 28.4, 46.0, list(texts), population=people)
    (found,) = JoinedNames(Listed(record)).records()
    return found.names


def test_a_name_of_two_words_is_joined():
    assert names(("حفر الباطن", MAIN)) == [("حفر الباطن", MAIN), ("حفرالباطن", ALTERNATE)]


@pytest.mark.parametrize(
    ("text", "flags", "more"),
    [
        ("بريدة", MAIN, {}),
        ("Hafar Batin", MAIN, {}),
        ("حفر الباطن القديمة", MAIN, {}),
        ("أم قر", MAIN, {}),
        ("حفر الباطن", int(NameFlag.GENERATED), {}),
        ("حفر الباطن", MAIN, {"people": 19_999}),
        ("حفر الباطن", MAIN, {"country": "US"}),
        ("حفر الباطن", MAIN, {"code": "AIRP"}),
    ],
)
def test_others_are_left_as_they_are(text, flags, more):
    assert names((text, flags), **more) == [(text, flags)]


def test_a_spelling_that_is_known_is_not_given_twice():
    listed = [("حفر الباطن", MAIN), ("حفرالباطن", MAIN)]
    assert names(*listed) == listed
