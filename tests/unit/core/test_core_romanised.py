from __future__ import annotations

import pytest

from dashboard.core.romanised import news_spelling


@pytest.mark.parametrize(
    ("scholarly", "news"),
    [
        ("Şa‘dah", "Saada"),
        ("Al Jarrāḩī", "Al-Jarrahi"),
        ("Dar‘ā", "Daraa"),
        ("Ar Raqqah", "Ar-Raqqa"),
        ("Ma‘arrat an Nu‘mān", "Maarrat an Numan"),
        ("Banī Walīd", "Bani Walid"),
    ],
)
def test_scholars_signs_are_read_as_news_writes_them(scholarly, news):
    assert news_spelling(scholarly) == news


@pytest.mark.parametrize(
    "name", ["Orléans", "Şanlıurfa", "Muş", "Las Vegas", "As Pontes", "Côte d'Ivoire", "Xi'an"]
)
def test_other_languages_keep_their_signs(name):
    assert news_spelling(name) == name
