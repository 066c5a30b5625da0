from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_gazetteer import small_sources

from dashboard.core.errors import GazetteerSourceError
from dashboard.gazetteer import Gazetteer, NameFlag, ensure_index
from dashboard.gazetteer.build import Sources, build_index
from dashboard.gazetteer.sources.record import PlaceRecord

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Listed:
    """A source of records given."""

    name = "listed"
    expected = 0

    def __init__(self, *records: PlaceRecord) -> None:
        self._records = records

    def records(self) -> Iterator[PlaceRecord]:
        yield from self._records


def record(ident: str, *names: str, **fields: object) -> PlaceRecord:
    values = {"feature_code": "PPL", "country": "LY", "latitude": 32.0, "longitude": 13.0} | fields
    return PlaceRecord(
        id=ident, name=names[0], names=[(name, int(NameFlag.MAIN)) for name in names], **values
    )  # type: ignore[arg-type]


def built(path: Path, *records: PlaceRecord) -> Gazetteer:
    build_index(Sources(id="gaz-test", places=(Listed(*records),)), path / "x.kgz")
    return Gazetteer.open(path / "x.kgz")


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        build_index(small_sources(), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_the_report_counts(tmp_path: Path) -> None:
    source = Listed(record("a:1", "Tripoli", "طرابلس"), record("a:2", "Sirte"))
    report = build_index(Sources(id="gaz-test", places=(source,)), tmp_path / "x.kgz")
    assert (report.id, report.places, report.names) == ("gaz-test", 2, 3)
    assert report.size_bytes == (tmp_path / "x.kgz").stat().st_size


def test_nothing_but_the_index_is_left_behind(tmp_path: Path) -> None:
    built(tmp_path, record("a:1", "Tripoli"))
    assert [path.name for path in tmp_path.iterdir()] == ["x.kgz"]


def test_a_failed_build_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(GazetteerSourceError, match="two places have the id 'a:1'"):
        built(tmp_path, record("a:1", "Tripoli"), record("a:1", "Sirte"))
    assert list(tmp_path.iterdir()) == []


def test_one_name_in_two_spellings_is_one_posting(tmp_path: Path) -> None:
    gazetteer = built(tmp_path, record("a:1", "Shahhat", "SHAHHAT", "shahhat"))
    assert [hit.row for hit in gazetteer.lookup("Shahhat")] == [0]


def test_an_abbreviation_that_is_also_a_word_is_none(tmp_path: Path) -> None:
    gazetteer = built(
        tmp_path, record("a:1", "Nice", "NICE"), record("a:2", "Hun", "HUN"), record("a:3", "X", "QED")
    )
    flags = {name: gazetteer.lookup(name)[0].flags & NameFlag.SHORT for name in ("nice", "hun", "qed")}
    assert flags == {"nice": 0, "hun": 0, "qed": NameFlag.SHORT}


def test_names_that_no_text_could_mean_are_shown_but_not_found(tmp_path: Path) -> None:
    gazetteer = built(tmp_path, record("a:1", "Y", "6", "!!!"))
    assert gazetteer.names(0) == ["Y", "6", "!!!"]
    assert len(gazetteer.keys) == 0


def test_a_facility_takes_the_division_of_the_nearest_town(tmp_path: Path) -> None:
    gazetteer = built(
        tmp_path,
        record("adm1:LY-TB", "Tripoli District", feature_code="ADM1"),
        record("a:1", "Tripoli", admin1="adm1:LY-TB"),
        record("kh:near", "Near Air Base", feature_code="AIRB", latitude=32.2),
        record("kh:far", "Far Air Base", feature_code="AIRB", latitude=28.0),
        record("kh:abroad", "Other Air Base", feature_code="AIRB", country="TN"),
        record("kh:sea", "Sea", feature_code="SEA"),
    )
    assert [gazetteer.place(row).admin1 for row in range(1, 6)] == [
        "adm1:LY-TB",
        "adm1:LY-TB",
        None,
        None,
        None,
    ]


def test_where_no_town_tells_the_nearest_division_does(tmp_path: Path) -> None:
    gazetteer = built(
        tmp_path,
        record(
            "adm1:PS-GZA",
            "Gaza Governorate",
            feature_code="ADM1",
            country="PS",
            latitude=31.5,
            longitude=34.47,
        ),
        record(
            "adm1:PS-RFH",
            "Rafah Governorate",
            feature_code="ADM1",
            country="PS",
            latitude=31.3,
            longitude=34.24,
        ),
        record("a:1", "Rafah", country="PS", latitude=31.29, longitude=34.25),
    )
    assert gazetteer.place(2).admin1 == "adm1:PS-RFH"


def test_an_empty_gazetteer_answers(tmp_path: Path) -> None:
    gazetteer = built(tmp_path)
    assert len(gazetteer) == 0
    assert gazetteer.lookup("Tripoli") == []


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    records = [record(f"a:{number}", f"Place {number}x") for number in range(5001)]
    sources = Sources(id="x", places=(Listed(*records),))
    build_index(sources, tmp_path / "x.kgz", lambda done, total, what: told.append((done, total, what)))
    assert told[0] == (5000, 5000, "listed")


def test_the_room_exports_what_it_says() -> None:
    import dashboard.gazetteer as room  # noqa: PLC0415 - the module is what is tested

    assert room.ensure_index is ensure_index
    assert all(hasattr(room, name) for name in room.__all__)
