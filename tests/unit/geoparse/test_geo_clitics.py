from __future__ import annotations

import doctest

import pytest

from dashboard.geoparse import clitics
from dashboard.geoparse.clitics import CLITICS, USAGE_FEATURES, Form, forms, word_forms


@pytest.mark.parametrize(
    ("word", "readings"),
    [
        ("طبرق", [("", "طبرق")]),
        ("وبطبرق", [("", "وبطبرق"), ("و", "بطبرق"), ("وب", "طبرق")]),
        ("لليونان", [("", "لليونان"), ("ل", "ليونان"), ("ل", "اليونان")]),
        ("وللقاهره", [("", "وللقاهره"), ("و", "للقاهره"), ("ول", "لقاهره"), ("ول", "القاهره")]),
        ("كابل", [("", "كابل"), ("ك", "ابل")]),
        ("بن", [("", "بن")]),
        ("ل", [("", "ل")]),
        ("paris", [("", "paris")]),
        ("", [("", "")]),
    ],
)
def test_readings(word: str, readings: list[tuple[str, str]]) -> None:
    assert forms(word) == [Form(*reading) for reading in readings]


def test_every_combination_of_conjunction_and_preposition_is_known() -> None:
    made = {
        f"{conjunction}{preposition}" for conjunction in ("", "و", "ف") for preposition in ("", "ب", "ل", "ك")
    }
    assert set(CLITICS) == made
    assert len(CLITICS) == len(made)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("الدور", {"دور", "دورها", "دورنا", "بالدور", "للدور", "دوري", "الدوريه", "دورات"}),
        ("بنغازي", {"البنغازي", "ببنغازي", "لبنغازي", "بنغازيها"}),
        ("زاويه", {"زاويتها", "زاويتنا", "زاويي", "الزاويه"}),
    ],
)
def test_forms_that_a_noun_would_take(name: str, expected: set[str]) -> None:
    made = word_forms(name)
    assert made[0] == name
    assert len(made) == len(USAGE_FEATURES)
    assert expected <= set(made)


def test_examples_hold() -> None:
    assert doctest.testmod(clitics) == (0, 2)
