from __future__ import annotations

import dataclasses
import unicodedata

import pytest

from dashboard.core import errors
from dashboard.core.models import Article, Kind, Place, article_id

TOBRUK = Place("geonames:81302", "Tobruk", Kind.CITY, 32.08, 23.96, "LY", name_ar="طبرق")


@pytest.mark.parametrize(
    ("language", "name"), [("ar", "طبرق"), ("en", "Tobruk"), ("fr", "Tobruk"), ("de", "Tobruk")]
)
def test_a_place_has_a_name_for_every_reader(language: str, name: str) -> None:
    assert TOBRUK.name_in(language) == name


def test_values_do_not_change() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        TOBRUK.name = "Tubruq"  # type: ignore[misc]


def test_kinds_are_those_of_the_contract() -> None:
    assert [kind.value for kind in Kind] == [
        "country",
        "region",
        "admin",
        "city",
        "facility",
        "water",
        "neighbourhood",
        "camp",
        "other",
    ]


def test_an_article_is_known_by_its_words() -> None:
    text = "Café à Tobrouk\n\nUn navire."
    again = unicodedata.normalize("NFD", text).replace("\n\n", "  \r\n") + "\n"
    assert article_id(text) == article_id(again)
    assert article_id(text) != article_id(text + " Deux.")
    assert len(article_id(text)) == 32
    assert set(article_id(text)) <= set("0123456789abcdef")


def test_an_article_takes_its_id_from_its_text_unless_it_has_one() -> None:
    assert Article("t", "text").id == article_id("text")
    assert Article("t", "text", id="given").id == "given"
    assert len(article_id("\ud800")) == 32


@pytest.mark.parametrize("name", errors.__all__)
def test_errors_have_one_root(name: str) -> None:
    error = getattr(errors, name)
    assert issubclass(error, errors.KharitaError)
    assert name in (errors.__doc__ or "")


@pytest.mark.parametrize(
    "error",
    [
        errors.ArticleFormatError,
        errors.FilterError,
        errors.GazetteerSourceError,
        errors.GoldFormatError,
        errors.SettingsError,
    ],
)
def test_wrong_values_are_value_errors(error: type[Exception]) -> None:
    assert issubclass(error, ValueError)
