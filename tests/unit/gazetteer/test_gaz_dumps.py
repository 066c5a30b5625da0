from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from small_dumps import NAMES, PLACES, name_line, place_line, write_small_dumps

from dashboard.core.errors import GazetteerIndexError, GazetteerSourceError
from dashboard.core.models import Kind
from dashboard.core.settings import Settings
from dashboard.gazetteer import Gazetteer, NameFlag, ensure_index
from dashboard.gazetteer.full import build_full, drop_full
from dashboard.gazetteer.locate import full_index_path
from dashboard.gazetteer.sources.dump_features import Keep, keep_of
from dashboard.gazetteer.sources.dump_files import ADMIN1, ADMIN2, ALTERNATE_NAMES, Dump
from dashboard.gazetteer.sources.dump_files import PLACES as PLACES_FORMAT
from dashboard.gazetteer.sources.dump_spill import Dumps, spill
from dashboard.gazetteer.sources.words import WordFrequencies

if TYPE_CHECKING:
    from pathlib import Path

build = partial(build_full, words=WordFrequencies(wordlist="small"))


def dumps_of(places: Path, names: Path | None = None, **more: Dump) -> Dumps:
    return Dumps(Dump(places, PLACES_FORMAT), Dump(names, ALTERNATE_NAMES) if names else None, **more)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("full")
    return Settings(cache=folder / "cache", user_data=folder / "data")


@pytest.fixture(scope="module")
def told() -> list[str]:
    return []


@pytest.fixture(scope="module")
def full(settings: Settings, told: list[str], tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    folder = tmp_path_factory.mktemp("dumps")
    (folder / "admin2Codes.txt").write_text("LY.67.X\tZuwara Municipality\tZuwara Municipality\t3302\n")
    (folder / "admin1CodesASCII.txt").write_text("LY.79\tAl Buţnān\tAl Butnan\t88933\n", encoding="utf-8")
    dumps = dumps_of(
        *write_small_dumps(folder),
        admin1=Dump(folder / "admin1CodesASCII.txt", ADMIN1),
        admin2=Dump(folder / "admin2Codes.txt", ADMIN2),
    )
    build(settings, dumps, lambda _done, _total, what: told.append(what))
    return ensure_index(settings)


def hits(gazetteer: Gazetteer, name: str) -> dict[str, NameFlag]:
    return {gazetteer.place(hit.row).id: NameFlag(hit.flags) for hit in gazetteer.lookup(name)}


def test_the_gazetteer_from_dumps_is_in_force(full: Gazetteer, settings: Settings) -> None:
    assert full.path == full_index_path(settings)
    made_from = full.meta["made_from"]
    assert [file["name"] for file in made_from["files"]] == [
        "allCountries.zip",
        "alternateNamesV2.txt",
        "admin1CodesASCII.txt",
        "admin2Codes.txt",
    ]
    assert made_from["read"] == len(PLACES)
    assert [path.name for path in full.path.parent.iterdir() if path.name != "build.lock"] == [full.path.name]


@pytest.mark.parametrize(
    ("ident", "kept"),
    [
        (3303, True),  # a village without inhabitants known
        (3321, True),  # a mountain of the beat
        (3322, False),  # one elsewhere that nobody wrote about
        (3323, True),  # one that somebody did
        (3324, False),
        (3325, True),  # known by an Arabic name
        (3330, False),  # a hotel, whatever it is called
        (3331, False),  # a well
        (3332, False),  # countries come from elsewhere
        (16_777_300, True),
    ],
)
def test_what_is_kept(full: Gazetteer, ident: int, kept: bool) -> None:  # noqa: FBT001 - a table
    assert (full.row(f"geonames:{ident}") is not None) is kept


def test_the_names_of_a_place(full: Gazetteer) -> None:
    tripoli = full.place(full.row("geonames:2210247"))
    assert (tripoli.name, tripoli.name_ar, tripoli.feature_code, tripoli.admin1) == (
        "Tripoli",
        "طرابلس",
        "PPLC",
        "adm1:LY-TB",
    )
    names = set(full.names(full.row("geonames:2210247")))
    assert {"طرابلس الغرب", "Tripoli of the West", "Tripoli de Libye", "Tarābulus"} <= names
    assert not names & {"trablws", "Триполи", "Oea", "Bride of the Sea", "TIP", "12345"}
    assert hits(full, "Tripoli de Libye")["geonames:2210247"] & NameFlag.MAIN
    assert "Nowherestad på norsk" in full.names(full.row("geonames:3312"))  # a local official language


def test_a_division_of_the_table_keeps_its_place(full: Gazetteer) -> None:
    assert full.row("geonames:3310") == full.row("adm1:LY-TB")
    assert full.row("geonames:88933") == full.row("adm1:LY-BU")
    assert "Sha‘bīyat Ţarābulus" not in full.names(full.row("adm1:LY-TB"))


def test_a_division_that_the_table_lacks_is_one(full: Gazetteer) -> None:
    assert full.place(full.row("geonames:3312")).admin1 == "geonames:3311"
    assert full.place(full.row("geonames:3311")).feature_code == "ADM1"


def test_the_bare_name_means_the_town_and_not_its_district(full: Gazetteer) -> None:
    found = hits(full, "Zuwarah")
    assert found["geonames:3301"] & NameFlag.MAIN
    assert found["geonames:3302"] & NameFlag.BARE
    assert hits(full, "زوارة")["geonames:3302"] & NameFlag.BARE
    assert hits(full, "Zuwara Municipality")["geonames:3302"] & NameFlag.HEADED
    assert full.place(full.row("geonames:3302")).kind is Kind.ADMIN


def test_curated_places_meet_those_of_the_dump(full: Gazetteer) -> None:
    airport = full.place(full.row("geonames:3320"))
    assert (airport.id, airport.name_ar) == ("kh:mitiga-airport", "مطار معيتيقة الدولي")
    assert (airport.latitude, airport.longitude) == (32.8941, 13.276)
    assert full.place(full.row("geonames:3333")).id == "kh:mediterranean"
    assert full.place(full.row("geonames:3334")).id == "kh:kafr-nabudah"
    assert full.row("kh:mitiga-prison") is not None
    assert full.place(full.row("kh:mitiga-prison")).name == "Mitiga prison"


def test_what_the_tables_say_of_a_town_holds(full: Gazetteer) -> None:
    assert full.place(full.row("geonames:81302")).name_ar == "طبرق"
    assert full.place(full.row("country:LY")).name_ar == "ليبيا"
    assert len(full.demonym_keys) > 4000


def test_progress_is_told_by_stage(full: Gazetteer, told: list[str]) -> None:
    assert len(full)
    assert "words" in told


def test_without_alternate_names_those_of_the_table_count(tmp_path: Path) -> None:
    lines = (
        place_line(1, "Sabha Test", "P.PPL", "LY", (27.0, 14.4), names="Sebha Test,sbht,سبها التجربة"),
        place_line(2, "Some Lake", "H.LK", "NO", (61.0, 9.0), names="بحيرة ما"),
        place_line(3, "Other Lake", "H.LK", "NO", (61.0, 9.0), names="Annet vann"),
        place_line(4, "Oslo", "P.PPLC", "NO", (59.9, 10.7)),
    )
    path = tmp_path / "allCountries.txt"
    path.write_text("".join(lines), encoding="utf-8")
    settings = Settings(user_data=tmp_path / "data", cache=tmp_path / "cache")
    build(settings, dumps_of(path))
    gazetteer = Gazetteer.open(full_index_path(settings))
    assert gazetteer.place(gazetteer.row("geonames:1")).name_ar == "سبها التجربة"
    assert "sbht" not in gazetteer.names(gazetteer.row("geonames:1"))
    assert gazetteer.row("geonames:2") is not None
    assert gazetteer.row("geonames:3") is None


def test_the_order_of_the_lines_does_not_matter(tmp_path: Path) -> None:
    made = []
    for folder, places, names in (("one", PLACES, NAMES), ("two", PLACES[::-1], NAMES)):
        (tmp_path / folder / "buckets").mkdir(parents=True)
        dumps = dumps_of(*write_small_dumps(tmp_path / folder, places, names))
        spilled = spill(dumps, frozenset({"LY.77"}), tmp_path / folder / "buckets", lambda *_: None)
        made.append([(kept, dict(found)) for kept, found in spilled.buckets()])
        assert list((tmp_path / folder / "buckets").iterdir()) == []
    assert made[0] == made[1]
    assert len(made[0]) > 1  # places of far-apart ids are never in memory together


@pytest.mark.parametrize(
    ("code", "country", "keep"),
    [
        ("PPL", "NO", Keep.ALWAYS),
        ("AIRB", "NO", Keep.ALWAYS),
        ("WAD", "LY", Keep.ALWAYS),
        ("WAD", "US", Keep.NOTABLE),
        ("STM", "LY", Keep.NOTABLE),
        ("ADM4", "FR", Keep.NEVER),
        ("HTL", "LY", Keep.NEVER),
        ("", "LY", Keep.NEVER),
    ],
)
def test_the_rules_of_keeping(code: str, country: str, keep: Keep) -> None:
    assert keep_of(code.encode(), country.encode()) is keep


@pytest.mark.parametrize(
    ("places", "names", "said"),
    [
        (("a\tb\n",), (), r"allCountries\.zip, line 1: 2 columns instead of 19; is this GeoNames' allCount"),
        (
            (PLACES[0], PLACES[1].replace("81302", "x1")),
            (),
            r"allCountries\.zip, line 2: no GeoNames id: 'x1'",
        ),
        ((PLACES[0].replace("32.88743", "north"),), (), r"line 1: not a name, latitude.*north"),
        ((PLACES[0].replace("\t32.88743", "\t132.88743"),), (), r"line 1: not a name, latitude"),
        ((PLACES[0], PLACES[0]), (), r"two places have the id 'geonames:2210247'"),
        ((), (), r"allCountries\.zip' is empty"),
        (PLACES[:1], ("1\t2\n",), r"alternateNamesV2\.txt, line 1: 2 columns instead of 8 or 10"),
        (
            PLACES[:1],
            (name_line(1, "ar", "x").replace("\t1\t", "\tone\t", 1),),
            r"line 1: no GeoNames id: 'one'",
        ),
    ],
)
def test_bad_dumps_are_named_and_leave_the_old_gazetteer(
    tmp_path: Path, places: tuple[str, ...], names: tuple[str, ...], said: str
) -> None:
    settings = Settings(user_data=tmp_path / "data", cache=tmp_path / "cache")
    path = full_index_path(settings)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"the old one")
    dumps = dumps_of(*write_small_dumps(tmp_path / "dumps", places, names or NAMES))
    with pytest.raises(GazetteerSourceError, match=said) as caught:
        build(settings, dumps)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == b"the old one"
    assert {left.name for left in path.parent.iterdir()} == {path.name, "build.lock"}


def test_files_that_are_no_dumps_are_named(tmp_path: Path) -> None:
    settings = Settings(user_data=tmp_path / "data", cache=tmp_path / "cache")
    (tmp_path / "cut.zip").write_bytes(write_small_dumps(tmp_path)[0].read_bytes()[:300])
    with ZipFile(tmp_path / "pictures.zip", "w") as archive:
        archive.writestr("one.png", "x")
    for name, said in (
        ("missing.zip", "missing.zip' can't be read: No such file"),
        ("cut.zip", "cut.zip' can't be read: File is not a zip file"),
        ("pictures.zip", "holds no .txt table"),
    ):
        with pytest.raises(GazetteerSourceError) as caught:
            build(settings, dumps_of(tmp_path / name))
        assert said in str(caught.value)


def test_an_interrupted_build_leaves_nothing(tmp_path: Path) -> None:
    settings = Settings(user_data=tmp_path / "data", cache=tmp_path / "cache")
    folder = full_index_path(settings).parent
    (folder / "building-killed").mkdir(parents=True)

    def interrupt(_done: int, _total: int, what: str) -> None:
        if what == "words":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(settings, dumps_of(*write_small_dumps(tmp_path / "dumps")), interrupt)
    assert [path.name for path in folder.iterdir()] == ["build.lock"]


def test_the_full_gazetteer_can_be_taken_away(tmp_path: Path) -> None:
    settings = Settings(user_data=tmp_path / "data", cache=tmp_path / "cache")
    assert not drop_full(settings)
    full_index_path(settings).parent.mkdir(parents=True)
    full_index_path(settings).write_bytes(b"x")
    assert drop_full(settings)
    assert not full_index_path(settings).exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(GazetteerIndexError, match="KHARITA_USER_DATA"):
        build(Settings(user_data=tmp_path / "data"), dumps_of(*write_small_dumps(tmp_path / "dumps")))
