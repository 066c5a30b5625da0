from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from small_gazetteer import small_sources

from dashboard.core.models import Kind
from dashboard.core.settings import data_path
from dashboard.gazetteer import Gazetteer, NameFlag
from dashboard.gazetteer.build import Sources, build_index
from dashboard.gazetteer.overlay import extend_index
from dashboard.gazetteer.sources.heads import load_heads
from dashboard.gazetteer.sources.user import UserPlace
from dashboard.gazetteer.sources.user_records import user_record
from dashboard.geoparse import Geoparser

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.gazetteer.sources.record import PlaceRecord

HEADS = load_heads(data_path() / "lexicon")
CLINIC = UserPlace(
    "Zeltana Clinic", 32.75, 13.1, name_ar="عيادة زلطانة", country="LY", id="user:clinic", kind=Kind.FACILITY
)
CAMP = UserPlace("مخيم زلطانة", 32.7, 13.05, country="LY", id="user:camp", kind=Kind.CAMP, radius_km=2.0)
TOBRUK = UserPlace(
    "Tobruk", 32.08, 23.97, other_names=("Tobrouq",), country="LY", id="user:tobruk", population=1
)


def extended(base: Path, path: Path, *places: UserPlace) -> Gazetteer:
    extend_index(base, [user_record(place, HEADS) for place in places], path, "gaz-more", "user")
    return Gazetteer.open(path)


class Given:
    name = "user"
    expected = 0

    def __init__(self, *places: UserPlace) -> None:
        self._records = [user_record(place, HEADS) for place in places]

    def records(self) -> list[PlaceRecord]:
        return self._records


def test_an_extended_index_is_what_a_build_would_make(small_gazetteer_path: Path, tmp_path: Path) -> None:
    small = small_sources()
    sources = Sources("gaz-more", (*small.places, Given(CLINIC, CAMP)), small.demonyms, small.words)
    build_index(sources, tmp_path / "built")
    built, more = (
        Gazetteer.open(tmp_path / "built"),
        extended(small_gazetteer_path, tmp_path / "x", CLINIC, CAMP),
    )
    assert built.arrays.keys() == more.arrays.keys()
    for name, values in built.arrays.items():
        assert np.array_equal(values, more.arrays[name]), name
        assert values.dtype == more.arrays[name].dtype, name
    assert built.meta == more.meta


def test_new_places_are_found_by_all_their_names(small_gazetteer_path: Path, tmp_path: Path) -> None:
    gazetteer = extended(small_gazetteer_path, tmp_path / "x", CLINIC, CAMP)
    clinic = gazetteer.place(gazetteer.row("user:clinic"))
    assert (clinic.name, clinic.name_ar, clinic.kind, clinic.country) == (
        "Zeltana Clinic",
        "عيادة زلطانة",
        Kind.FACILITY,
        "LY",
    )
    assert clinic.admin1 == "adm1:LY-TB"
    (bare,) = gazetteer.lookup("زلطانة")
    assert gazetteer.place(bare.row).id == "user:camp"
    assert bare.flags & NameFlag.BARE
    camp = gazetteer.place(bare.row)
    assert (camp.name_ar, camp.feature_code, camp.radius_km) == ("مخيم زلطانة", "CMPRF", 2.0)


def test_a_place_that_is_known_takes_over_its_row(small_gazetteer: Gazetteer, tmp_path: Path) -> None:
    gazetteer = extended(small_gazetteer.path, tmp_path / "x", CLINIC, TOBRUK)
    before = small_gazetteer.place(small_gazetteer.row("geonames:81302"))
    row = gazetteer.row("user:tobruk")
    assert row == gazetteer.row("geonames:81302")
    now = gazetteer.place(row)
    assert (now.id, now.name_ar, now.admin1, now.feature_code) == (
        "user:tobruk",
        before.name_ar,
        before.admin1,
        before.feature_code,
    )
    assert (now.latitude, now.population) == (32.08, 1)
    assert [hit.row for hit in gazetteer.lookup("Tobrouq")] == [row]
    assert [hit.row for hit in gazetteer.lookup("طبرق")] == [
        hit.row for hit in small_gazetteer.lookup("طبرق")
    ]
    assert set(small_gazetteer.names(row)) <= set(gazetteer.names(row))
    for other in range(len(small_gazetteer)):
        if other != row:
            assert gazetteer.place(other) == small_gazetteer.place(other)
            assert gazetteer.names(other) == small_gazetteer.names(other)


@pytest.mark.parametrize(
    "change",
    [
        {"latitude": 31.0},  # too far away
        {"kind": Kind.FACILITY},  # another sort of place
        {"kind": Kind.ADMIN},
        {"name": "Tobruk Gate", "other_names": ()},  # another name
    ],
)
def test_a_place_that_is_another_stands_beside(small_gazetteer_path: Path, tmp_path: Path, change) -> None:
    values = {name: getattr(TOBRUK, name) for name in ("name", "latitude", "longitude", "other_names", "id")}
    gazetteer = extended(small_gazetteer_path, tmp_path / "x", UserPlace(**values | change))
    assert gazetteer.row("user:tobruk") == len(gazetteer) - 1
    assert gazetteer.place(gazetteer.row("geonames:81302")).id == "geonames:81302"


def test_every_old_name_is_still_found(small_gazetteer: Gazetteer, tmp_path: Path) -> None:
    gazetteer = extended(small_gazetteer.path, tmp_path / "x", CLINIC, CAMP, TOBRUK)
    names = [name for row in range(len(small_gazetteer)) for name in small_gazetteer.names(row)]
    for name in names:
        old, new = small_gazetteer.lookup(name), gazetteer.lookup(name)
        assert {hit.row for hit in old} <= {hit.row for hit in new}
    assert (np.diff(gazetteer.keys.astype(np.float64)) >= 0).all()
    assert gazetteer.starts[-1] == len(gazetteer.rows) == len(gazetteer.flags)


def test_a_text_that_names_a_users_place_leads_to_it(full_gazetteer: Gazetteer, tmp_path: Path) -> None:
    gazetteer = extended(full_gazetteer.path, tmp_path / "x", CAMP)
    parsed = Geoparser(gazetteer).parse("قُتل ثلاثة نازحين في مخيم زلطانة غرب ليبيا أمس الأحد.")
    assert "user:camp" in [found.place.id for found in parsed.resolutions if found.place]
