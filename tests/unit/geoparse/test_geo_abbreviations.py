"""Divisions abbreviated behind a town: Athens, Ga."""

from __future__ import annotations

import pytest


def _where(parser, text):
    return {
        resolution.mention.text: resolution.place
        for resolution in parser.parse(text).resolutions
        if resolution.place
    }


@pytest.mark.parametrize(
    ("text", "town", "short", "division"),
    [
        ("Police in Athens, Ga., arrested a man on Monday.", "Athens", "Ga", "adm1:US-GA"),
        ("She moved from Lebanon, Pa., in 2001.", "Lebanon", "Pa", "adm1:US-PA"),
        ("He works in Aiken, S.C., as a teacher.", "Aiken", "S.C.", "adm1:US-SC"),
        ("He lives in Springfield, OR with his wife.", "Springfield", "OR", "adm1:US-OR"),
        ("HAMMOND, Ind. (AP) - The fire began on Monday.", "HAMMOND", "Ind", "adm1:US-IN"),
    ],
)
def test_a_town_lies_in_the_division_abbreviated_behind_it(full_parser, text, town, short, division) -> None:
    found = _where(full_parser, text)
    assert found[short].id == division
    assert found[town].admin1 == division


@pytest.mark.parametrize(
    "text",
    [
        "Miss. Then he left the room.",
        "Ill people were taken to hospital, and Miss Brown was in it.",
        "John Smith, MD, spoke to the class.",
        "À midi, La pluie est tombée.",
    ],
)
def test_elsewhere_an_abbreviation_is_a_word(full_parser, text) -> None:
    assert not {"Miss", "Ill", "MD", "La"} & set(_where(full_parser, text))


def test_headlines_abbreviate_without_a_town(full_parser) -> None:
    found = _where(full_parser, "Mass. legislators put off the debate on the gas tax.")
    assert found["Mass"].id == "adm1:US-MA"


def test_a_town_that_is_called_like_an_abbreviation_stays_one(full_parser) -> None:
    assert "adm1:US-AL" not in {
        place.id for place in _where(full_parser, "He was born in Ala in Italy.").values()
    }


def test_a_county_lies_in_the_state_named_behind_it(full_parser) -> None:
    found = _where(full_parser, "He died near Franklin County, N.C., on Monday.")["Franklin County"]
    assert (found.kind.value, found.admin1) == ("admin", "adm1:US-NC")
