from __future__ import annotations

import json
from typing import TYPE_CHECKING, ClassVar

import pytest
from small_gazetteer import CITIES

from dashboard.core.errors import GazetteerSourceError
from dashboard.gazetteer import NameFlag
from dashboard.gazetteer.sources.absorb import Absorbing, Leftovers, Pending
from dashboard.gazetteer.sources.admin1 import COLUMNS as ADMIN1_COLUMNS
from dashboard.gazetteer.sources.admin1 import AdminDivisions
from dashboard.gazetteer.sources.arabic import ArabicNames
from dashboard.gazetteer.sources.curated import COLUMNS, Curated
from dashboard.gazetteer.sources.default import default_sources
from dashboard.gazetteer.sources.demonyms import Demonyms, arabic_forms, latin_forms
from dashboard.gazetteer.sources.geonames import GeonamesCities, country_table, read_city_names
from dashboard.gazetteer.sources.heads import PlaceHeads, load_heads, variants_of
from dashboard.gazetteer.sources.tables import read_table
from dashboard.gazetteer.sources.words import WordFrequencies

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dashboard.gazetteer.sources.record import PlaceRecord

LINE = {
    "id": "kh:jufra-air-base",
    "feature_code": "AIRB",
    "country": "LY",
    "latitude": "29.2",
    "longitude": "16.0",
    "radius_km": "5",
    "near": "Hūn|LY|20",
    "name_en": "Jufra Air Base",
    "name_ar": "قاعدة الجفرة الجوية",
    "source": "Wikipedia: Jufra Air Base",
}


def write_curated(folder: Path, *lines: dict[str, str], name: str = "places.csv") -> Path:
    rows = [",".join(COLUMNS), *(",".join(line.get(column, "") for column in COLUMNS) for line in lines)]
    (folder / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


class TestTables:
    def test_a_missing_table_is_empty(self, tmp_path: Path) -> None:
        assert list(read_table(tmp_path / "none.csv", ("a",))) == []

    def test_an_empty_table_is_empty(self, tmp_path: Path) -> None:
        (tmp_path / "x.csv").write_text("")
        assert list(read_table(tmp_path / "x.csv", ("a",))) == []

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("b\n1\n", r"x\.csv:1: no column a"),
            ("a,b\n1\n", r"x\.csv:2: 1 cells instead of 2"),
            ("a,b\n1,2\n1,2,3\n", r"x\.csv:3: 3 cells instead of 2"),
            ('a,b\n1,"2\n3"\n', r"x\.csv:3: a line break within a cell"),
            ('a,b\n1,"2"x\n', r"x\.csv:2: "),
        ],
    )
    def test_a_wrong_line_is_named(self, tmp_path: Path, content: str, message: str) -> None:
        (tmp_path / "x.csv").write_text(content, encoding="utf-8")
        with pytest.raises(GazetteerSourceError, match=message):
            list(read_table(tmp_path / "x.csv", ("a",)))

    def test_a_table_that_is_no_text_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "x.csv").write_bytes(b"a,b\n\xff\xfe,2\n")
        with pytest.raises(GazetteerSourceError, match=r"x\.csv: not UTF-8"):
            list(read_table(tmp_path / "x.csv", ("a",)))

    def test_a_byte_order_mark_is_no_part_of_the_header(self, tmp_path: Path) -> None:
        (tmp_path / "x.csv").write_text("\ufeffa\n1|2 | \n", encoding="utf-8")
        (row,) = read_table(tmp_path / "x.csv", ("a",))
        assert row.items("a") == ["1", "2"]


class TestCurated:
    def test_a_line_gives_a_place(self, tmp_path: Path) -> None:
        (record,) = Curated(write_curated(tmp_path, LINE)).records()
        assert record.id == "kh:jufra-air-base"
        assert (record.latitude, record.longitude, record.radius_km) == (29.2, 16.0, 5.0)
        assert dict(record.names)["Jufra Air Base"] == NameFlag.MAIN | NameFlag.CURATED

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"latitude": "north"}, "latitude is not a number: 'north'"),
            ({"latitude": "91"}, "latitude must lie between -90 and 90: '91'"),
            ({"longitude": ""}, "longitude is not a number: ''"),
            ({"longitude": "nan"}, "longitude must lie between"),
            ({"radius_km": "-1"}, "radius_km must lie between"),
            ({"country": "Libya"}, "country is no ISO 3166-1 alpha-2 code: 'Libya'"),
            ({"name_en": ""}, "name_en is empty"),
            ({"feature_code": ""}, "feature_code is empty"),
            ({"source": ""}, "source is empty"),
            ({"id": "jufra"}, "id does not begin with 'kh:': 'jufra'"),
        ],
    )
    def test_a_wrong_cell_stops_with_file_and_line(
        self, tmp_path: Path, change: dict[str, str], message: str
    ) -> None:
        folder = write_curated(tmp_path, LINE | {"id": "kh:other"}, LINE | change)
        with pytest.raises(GazetteerSourceError, match=rf"places\.csv:3: {message}"):
            list(Curated(folder).records())

    def test_an_id_that_stands_in_two_tables_is_named_with_both(self, tmp_path: Path) -> None:
        write_curated(tmp_path, LINE, name="a.csv")
        write_curated(tmp_path, LINE, name="b.csv")
        with pytest.raises(
            GazetteerSourceError, match=r"b\.csv:2: id 'kh:jufra-air-base' stands at a\.csv:2 too"
        ):
            list(Curated(tmp_path).records())


class TestHeads:
    HEADS: ClassVar[dict[str, PlaceHeads]] = {
        "ar": PlaceHeads(
            {"قاعده": frozenset({"AIRB"}), "مطار": frozenset({"AIRP"})}, frozenset({"الجويه", "الدولي"})
        ),
        "en": PlaceHeads(
            {"lake": frozenset({"LK"}), "port": frozenset({"PRT"}), "airport": frozenset({"AIRP"})},
            frozenset({"air base", "international airport"}),
            heads_follow=True,
        ),
        "fr": PlaceHeads({"base aerienne": frozenset({"AIRB"}), "lac": frozenset({"LK"})}),
    }

    @pytest.mark.parametrize(
        ("name", "language", "code", "expected"),
        [
            (
                "قاعدة الجفرة الجوية",
                "ar",
                "AIRB",
                {
                    "قاعدة الجفرة الجوية": "MAIN HEADED",
                    "قاعدة الجفرة": "ALTERNATE HEADED",
                    "الجفرة": "ALTERNATE BARE",
                },
            ),
            ("مطار معيتيقة", "ar", "AIRB", {"مطار معيتيقة": "MAIN HEADED", "معيتيقة": "ALTERNATE BARE"}),
            ("Port of Tripoli", "en", "PRT", {"Port of Tripoli": "MAIN HEADED", "Tripoli": "ALTERNATE BARE"}),
            ("Lake Chad", "en", "LK", {"Lake Chad": "MAIN HEADED", "Chad": "ALTERNATE BARE"}),
            ("Port Said", "en", "PPL", {"Port Said": "MAIN"}),
            (
                "Airport Road (Tripoli)",
                "en",
                "ST",
                {"Airport Road (Tripoli)": "MAIN", "Airport Road": "MAIN"},
            ),
            (
                "Mitiga International Airport",
                "en",
                "AIRP",
                {"Mitiga International Airport": "MAIN HEADED", "Mitiga": "ALTERNATE BARE"},
            ),
            (
                "al-Watiya Air Base",
                "en",
                "AIRB",
                {
                    "al-Watiya Air Base": "MAIN HEADED",
                    "al-Watiya": "ALTERNATE BARE",
                    "Watiya Air Base": "ALTERNATE HEADED",
                    "Watiya": "ALTERNATE BARE",
                },
            ),
            (
                "base aérienne d'Engels",
                "fr",
                "AIRB",
                {"base aérienne d'Engels": "MAIN HEADED", "Engels": "ALTERNATE BARE"},
            ),
            ("الجفرة", "ar", "ADM1", {"الجفرة": "MAIN"}),
            ("Alps", "en", "MTS", {"Alps": "MAIN"}),
            ("مطار", "ar", "AIRP", {"مطار": "MAIN"}),
        ],
    )
    def test_variants(self, name: str, language: str, code: str, expected: dict[str, str]) -> None:
        wanted = {
            spelling: sum(NameFlag[word] for word in flags.split()) for spelling, flags in expected.items()
        }
        assert variants_of(name, language, code, self.HEADS) == wanted

    def test_the_lexicon_is_read(self, tmp_path: Path) -> None:
        (tmp_path / "place_heads.ar.tsv").write_text(
            "# note\nhead\tcodes\trole\nمطار\tAIRP,AIRF\tgeneric\nجبل\tMT\tname\n", encoding="utf-8"
        )
        (tmp_path / "place_tails.tsv").write_text("ar\tالدولي\n", encoding="utf-8")
        heads = load_heads(tmp_path)
        assert heads["ar"].heads == {"مطار": frozenset({"AIRP", "AIRF"})}
        assert heads["ar"].tails == {"الدولي"}
        assert heads["fr"] == PlaceHeads()

    @pytest.mark.parametrize("line", ["مطار", "مطار\tAIRP", "مطار\tAIRP\tsometimes", "\tAIRP\tname"])
    def test_a_wrong_head_is_named(self, tmp_path: Path, line: str) -> None:
        (tmp_path / "place_heads.ar.tsv").write_text(f"# note\n{line}\n", encoding="utf-8")
        with pytest.raises(GazetteerSourceError, match=r"place_heads\.ar\.tsv:2: "):
            load_heads(tmp_path)

    def test_a_wrong_tail_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "place_tails.tsv").write_text("xx\tDam\n", encoding="utf-8")
        with pytest.raises(GazetteerSourceError, match=r"place_tails\.tsv:1: "):
            load_heads(tmp_path)


class TestDemonyms:
    def test_a_nisba_is_inflected(self) -> None:
        assert {"ليبي", "الليبي", "ليبية", "الليبية", "ليبيون", "الليبيين", "ليبيات", "ليبيان"} <= set(
            arabic_forms("ليبي")
        )

    def test_two_adjectives_agree(self) -> None:
        assert {"كوري جنوبي", "الكوري الجنوبي", "كورية جنوبية", "الكوريون الجنوبيون"} <= set(
            arabic_forms("كوري جنوبي")
        )

    def test_a_noun_before_stays_as_it_is(self) -> None:
        forms = arabic_forms("جنوب أفريقي")
        assert {"جنوب أفريقية", "الجنوب أفريقي", "الجنوب أفريقيين"} <= set(forms)
        assert "جنوبون أفريقيون" not in forms

    def test_a_plural_noun_takes_only_the_article(self) -> None:
        assert arabic_forms("أفغان") == ["أفغان", "الأفغان"]

    @pytest.mark.parametrize(
        ("word", "forms"),
        [
            ("Libyan", ["Libyan", "Libyans"]),
            ("Chinese", ["Chinese"]),
            ("French", ["French"]),
            ("Turks", ["Turks"]),
        ],
    )
    def test_plurals_in_s(self, word: str, forms: list[str]) -> None:
        assert latin_forms(word) == forms

    def test_the_more_populous_country_comes_first(self, tmp_path: Path) -> None:
        (tmp_path / "x.csv").write_text(
            "country,ar,en,fr\nDM,,Dominican,\nDO,,Dominican,\n", encoding="utf-8"
        )
        assert next(Demonyms(tmp_path / "x.csv").forms()) == ("Dominican", "DO")


class TestGeonames:
    def test_records_are_the_same_in_chunks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        whole = list(GeonamesCities(path=CITIES).records())
        monkeypatch.setattr("dashboard.gazetteer.sources.geonames._CHUNK", 700)
        assert list(GeonamesCities(path=CITIES).records()) == whole
        assert len(whole) == len(json.loads(CITIES.read_text(encoding="utf-8")))

    def test_a_broken_file_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "x.json").write_text('{"1": {"geonameid": 1, }}')
        with pytest.raises(GazetteerSourceError, match=r"x\.json: byte 1: "):
            list(GeonamesCities(path=tmp_path / "x.json").records())

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(GazetteerSourceError, match="can't be read"):
            list(GeonamesCities(path=tmp_path / "x.json").records())

    def test_a_capital_is_told_from_its_namesakes(self) -> None:
        capitals = {
            (record.country, record.population)
            for record in GeonamesCities(path=CITIES).records()
            if record.name == "Washington" and record.feature_code == "PPLC"
        }
        assert capitals == {("US", 689545)}

    def test_corrections_replace_names(self, tmp_path: Path) -> None:
        (tmp_path / "x.csv").write_text(
            "geonameid,country,name,name_ar,variants_ar,variants_en,name_fr\n"
            "2210221,LY,,ترهونة,,Tarhouna,Tarhouna\n379252,SD,,الخرطوم,,,Khartoum\n",
            encoding="utf-8",
        )
        source = GeonamesCities(path=CITIES, corrections=read_city_names(tmp_path / "x.csv"))
        found = {record.id: record for record in source.records()}
        tarhuna, khartoum = found["geonames:2210221"], found["geonames:379252"]
        assert (tarhuna.name, tarhuna.name_ar, tarhuna.name_fr) == ("Tarhuna", "ترهونة", "Tarhouna")
        assert dict(tarhuna.names)["ترهونة"] == NameFlag.MAIN | NameFlag.CURATED
        assert dict(khartoum.names)["خرطوم"] == NameFlag.ALTERNATE

    @pytest.mark.parametrize("line", ["x,LY,,,,,", ",LY,,,,,"])
    def test_a_correction_of_nothing_is_named(self, tmp_path: Path, line: str) -> None:
        header = "geonameid,country,name,name_ar,variants_ar,variants_en,name_fr"
        (tmp_path / "x.csv").write_text(f"{header}\n{line}\n", encoding="utf-8")
        with pytest.raises(GazetteerSourceError, match=r"x\.csv:2: geonameid"):
            read_city_names(tmp_path / "x.csv")

    def test_the_country_table_knows_libya(self) -> None:
        assert country_table()["LY"]["capital"] == "Tripoli"


@pytest.fixture(scope="module")
def chooser() -> ArabicNames:
    return ArabicNames(WordFrequencies().spellings("ar"))


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Tripoli", "طرابلس"),
        ("Tobruk", "طبرق"),
        ("Benghazi", "بنغازي"),
        ("Paris", "باريس"),
        ("Moscow", "موسكو"),
        ("Berlin", "برلين"),
        ("Jerusalem", "القدس"),
        ("Casablanca", "الدار البيضاء"),
        ("Rome", "روما"),
        ("Athens", "أثينا"),
        ("Cairo", "القاهرة"),
        ("Algiers", "الجزائر"),
        ("Amman", "عمان"),
    ],
)
def test_the_arabic_name_is_chosen_among_names_in_arabic_script(
    chooser: ArabicNames, latin: str, arabic: str
) -> None:
    cities = json.loads(CITIES.read_text(encoding="utf-8")).values()
    city = max((city for city in cities if city["name"] == latin), key=lambda city: city["population"])
    assert chooser.choose(city["alternatenames"], latin) == arabic


@pytest.mark.parametrize("names", [[], ["Paris"], ["پاریس"], ["ترىپولى"], ["ئالجىر"]])
def test_names_of_other_languages_are_no_arabic_names(chooser: ArabicNames, names: list[str]) -> None:
    assert chooser.choose(names, "Paris") == ""


class Listed:
    name = "listed"
    expected = 0

    def __init__(self, *records: PlaceRecord) -> None:
        self._records = records

    def records(self) -> Iterator[PlaceRecord]:
        yield from self._records


class TestAbsorbing:
    def test_a_curated_town_and_its_like_become_one(self, tmp_path: Path) -> None:
        near = LINE | {
            "id": "kh:tarhuna",
            "feature_code": "PPL",
            "latitude": "32.43",
            "longitude": "13.63",
            "name_en": "Tarhuna",
            "name_ar": "ترهونة",
        }
        pending = Pending(Curated(write_curated(tmp_path, near)).records())
        found = {record.id: record for record in Absorbing(GeonamesCities(path=CITIES), pending).records()}
        tarhuna = found["geonames:2210221"]
        assert tarhuna.aliases == ("kh:tarhuna",)
        assert tarhuna.name_ar == "ترهونة"
        assert tarhuna.population > 0
        assert list(Leftovers(pending).records()) == []

    @pytest.mark.parametrize(
        "change", [{"latitude": "31"}, {"name_en": "Elsewhere"}, {"feature_code": "AIRB"}, {"country": "TN"}]
    )
    def test_another_place_stays_apart(self, tmp_path: Path, change: dict[str, str]) -> None:
        line = LINE | {"feature_code": "PPL", "latitude": "32.43", "longitude": "13.63", "name_en": "Tarhuna"}
        pending = Pending(Curated(write_curated(tmp_path, line | {"name_ar": ""} | change)).records())
        list(Absorbing(GeonamesCities(path=CITIES), pending).records())
        assert [record.id for record in Leftovers(pending).records()] == ["kh:jufra-air-base"]

    def test_a_division_takes_the_curated_one_in(self, tmp_path: Path) -> None:
        cells = {
            "code": "LY-JU", "country": "LY", "geonames_admin1": "LY.64", "feature_code": "ADM1",
            "latitude": "27.9", "longitude": "17.1", "name_en": "Jufra", "name_ar": "الجفرة",
            "source": "CLDR",
        }  # fmt: skip
        line = ",".join(cells.get(column, "") for column in ADMIN1_COLUMNS)
        (tmp_path / "admin1.csv").write_text(",".join(ADMIN1_COLUMNS) + f"\n{line}\n", encoding="utf-8")
        (tmp_path / "curated").mkdir()
        curated = write_curated(
            tmp_path / "curated", LINE | {"id": "kh:jufra", "feature_code": "ADM1", "name_en": "Jufra"}
        )
        divisions = AdminDivisions(tmp_path / "admin1.csv")
        (record,) = Absorbing(divisions, Pending(Curated(curated).records())).records()
        assert (record.id, record.aliases) == ("adm1:LY-JU", ("kh:jufra",))
        assert divisions.by_geonames() == {"LY.64": "adm1:LY-JU"}


def test_the_default_sources_bear_missing_tables(tmp_path: Path) -> None:
    sources = default_sources(tmp_path, "gaz-x", cities=CITIES, words=WordFrequencies(wordlist="small"))
    counts = {source.name: sum(1 for _ in source.records()) for source in sources.places}
    assert counts == {"countries": 250, "admin1": 0, "geonames": 88, "curated": 0}
    assert sources.demonyms is not None
    assert list(sources.demonyms.forms()) == []
