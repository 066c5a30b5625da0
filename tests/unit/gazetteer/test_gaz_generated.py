from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from typing import TYPE_CHECKING

import pytest
from small_gazetteer import CITIES

from dashboard.core.errors import GazetteerSourceError
from dashboard.core.settings import data_path
from dashboard.core.text import fold_name
from dashboard.gazetteer import NameFlag
from dashboard.gazetteer.sources.geonames import GeonamesCities, read_city_names, read_generated_names

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TABLE = data_path() / "gazetteer" / "generated_names.tsv"
HEADER = "geonameid\tar1\tar2\tar3\n"


@pytest.fixture(scope="module")
def generated() -> dict[str, list[str]]:
    return read_generated_names(TABLE)


@pytest.fixture(scope="module")
def by_rule() -> Callable[[str], str]:
    path = data_path() / "gazetteer" / "transliteration" / "romanised.py"
    spec = spec_from_file_location("romanised", path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    spell: Callable[[str], str] = module.arabic_spelling
    return spell


class TestReader:
    def test_a_missing_table_is_empty(self, tmp_path: Path) -> None:
        assert read_generated_names(tmp_path / "x.tsv") == {}

    def test_spellings_keep_their_order(self, tmp_path: Path) -> None:
        (tmp_path / "x.tsv").write_text(f"{HEADER}7\tب\tا\t\n", encoding="utf-8")
        assert read_generated_names(tmp_path / "x.tsv") == {"7": ["ب", "ا"]}

    @pytest.mark.parametrize("line", ["x\tا\t\t", "\tا\t\t", "7\t\t\t", "7\tا"])
    def test_a_wrong_line_is_named(self, tmp_path: Path, line: str) -> None:
        (tmp_path / "x.tsv").write_text(f"{HEADER}{line}\n", encoding="utf-8")
        with pytest.raises(GazetteerSourceError, match=r"x\.tsv:2: "):
            read_generated_names(tmp_path / "x.tsv")

    def test_a_town_that_stands_twice_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "x.tsv").write_text(f"{HEADER}7\tا\t\t\n7\tا\t\t\n", encoding="utf-8")
        with pytest.raises(GazetteerSourceError, match=r"x\.tsv:3: .*stands twice: '7'"):
            read_generated_names(tmp_path / "x.tsv")


class TestNames:
    def test_a_generated_spelling_is_found_and_never_shown(self) -> None:
        source = GeonamesCities(path=CITIES, generated={"2210221": ["ترهونة"]})
        tarhuna = next(one for one in source.records() if one.id == "geonames:2210221")
        assert dict(tarhuna.names)["ترهونة"] == NameFlag.ALTERNATE | NameFlag.GENERATED
        assert tarhuna.name_ar == ""

    def test_a_correction_makes_it_a_fact(self, tmp_path: Path) -> None:
        (tmp_path / "x.csv").write_text(
            "geonameid,country,name,name_ar,variants_ar,variants_en,name_fr\n2210221,LY,,ترهونة,,,\n",
            encoding="utf-8",
        )
        corrections = read_city_names(tmp_path / "x.csv")
        source = GeonamesCities(path=CITIES, corrections=corrections, generated={"2210221": ["ترهونة"]})
        tarhuna = next(one for one in source.records() if one.id == "geonames:2210221")
        assert dict(tarhuna.names)["ترهونة"] == NameFlag.MAIN | NameFlag.CURATED

    def test_a_known_name_stays_one(self) -> None:
        khartoum = "geonames:379252"
        plain = next(one for one in GeonamesCities(path=CITIES).records() if one.id == khartoum)
        source = GeonamesCities(path=CITIES, generated={"379252": [plain.name_ar]})
        assert next(one for one in source.records() if one.id == khartoum) == plain


class TestTable:
    @pytest.mark.parametrize(
        ("ident", "arabic"),
        [
            ("187896", "مانديرا"),  # Mandera
            ("196231", "إيسيولو"),  # Isiolo
            ("1172128", "لاركانا"),  # Larkana
            ("613607", "كوتايسي"),  # Kutaisi
            ("738329", "أوسكودار"),  # Üsküdar
            ("2210221", "ترهونة"),  # Tarhuna
        ],
    )
    def test_towns_of_the_news_are_spelt(
        self, generated: dict[str, list[str]], ident: str, arabic: str
    ) -> None:
        assert fold_name(arabic) in map(fold_name, generated[ident])

    def test_it_is_large_enough_and_not_too_large(self, generated: dict[str, list[str]]) -> None:
        assert len(generated) > 45_000
        assert TABLE.stat().st_size < 3_500_000

    def test_every_spelling_is_arabic_and_once(self, generated: dict[str, list[str]]) -> None:
        letters = set("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي ")
        for names in generated.values():
            assert all(letters.issuperset(name) for name in names)
            assert len(set(map(fold_name, names))) == len(names)


class TestRules:
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
    def test_a_romanised_name_is_led_back(
        self, by_rule: Callable[[str], str], romanised: str, arabic: str
    ) -> None:
        assert fold_name(by_rule(romanised)) == fold_name(arabic)

    @pytest.mark.parametrize(
        "name", ["", "Tarhuna", "Kom Ombo", "Al Karama", "Ech Chettia", "Deïr el Ahmar", "‘Unaizah", "Al "]
    )
    def test_other_spellings_are_left_alone(self, by_rule: Callable[[str], str], name: str) -> None:
        assert by_rule(name) == ""
