"""A bare name means the town, not the port or the airport beside it."""

from __future__ import annotations

import pytest

from dashboard.gazetteer.names import NameFlag, merge_flags
from dashboard.gazetteer.sources.absorb import Pending
from dashboard.gazetteer.sources.bare import BareNames
from dashboard.gazetteer.sources.record import PlaceRecord

MAIN, BARE = int(NameFlag.MAIN), int(NameFlag.BARE | NameFlag.CURATED)


def record(
    name: str,
    code: str = "PPL",
    point: tuple[float, float] = (32.0, 22.0),
    flags: int = MAIN,
    people: int = 0,
) -> PlaceRecord:
    return PlaceRecord(
        id=f"{code}:{name}",
        name=name,
        feature_code=code,
        country="LY",
        latitude=point[0],
        longitude=point[1],
        names=[(name, flags)],
        population=people,
    )


def defers(facility: PlaceRecord, *towns: PlaceRecord) -> bool:
    bare = BareNames([facility])
    for town in towns:
        bare.see(town)
    return bool(bare.settle(facility).names[0][1] & NameFlag.DEFERS)


@pytest.mark.parametrize("code", ["PRT", "AIRP", "RGN", "CMPRF", "STRT"])
def test_what_lies_beside_a_town_of_its_name_defers_to_it(code):
    assert defers(record("درنة", code, (32.2, 22.2), BARE), record("درنة"))


def test_a_name_of_its_own_stays():
    mitiga = record("معيتيقة", "AIRP", flags=BARE)
    assert not defers(mitiga, record("طرابلس", people=2_000_000))
    assert not defers(mitiga)


def test_a_well_known_town_elsewhere_has_the_name():
    port = record("بيروت", "PRT", (10.0, 10.0), BARE)
    assert defers(port, record("بيروت", people=400_000))
    assert not defers(port, record("بيروت", people=99_999))


def test_a_quarter_does_not_defer_to_a_small_town_elsewhere():
    quarter = record("الزيتون", "PPLX", (31.5, 34.46), BARE)  # in Gaza; the town is Żejtun in Malta
    assert not defers(quarter, record("الزيتون", point=(35.86, 14.53), people=11_000))


def test_a_region_defers_only_to_what_lies_in_it():
    assert not defers(record("نجد", "RGN", (24.0, 45.0), BARE), record("نجد", people=400_000))


@pytest.mark.parametrize("flags", [int(NameFlag.GENERATED | NameFlag.ALTERNATE), BARE])
def test_a_guessed_or_bare_name_of_a_town_takes_nothing(flags):
    assert not defers(record("درنة", "PRT", flags=BARE), record("درنة", flags=flags))


def test_names_in_full_never_defer():
    assert not defers(record("ميناء درنة", "PRT"), record("ميناء درنة"))


def test_curated_places_defer_once_the_towns_have_passed():
    pending = Pending([record("درنة", "PRT", flags=BARE)])
    pending.absorb(record("درنة"))
    (left,) = pending.left()
    assert left.names == [("درنة", BARE | int(NameFlag.DEFERS))]


def test_a_name_defers_only_if_all_its_spellings_do():
    assert not merge_flags(BARE | int(NameFlag.DEFERS), MAIN) & NameFlag.DEFERS
