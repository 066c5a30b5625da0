from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest

from dashboard.core.models import Kind
from dashboard.gazetteer import Gazetteer, NameFlag, keys_of

if TYPE_CHECKING:
    from pathlib import Path

TRIPOLI_LIBYA = "geonames:2210247"
TRIPOLI_LEBANON = "geonames:266826"


def ids(gazetteer: Gazetteer, name: str, *, without: int = 0) -> set[str]:
    return {gazetteer.place(hit.row).id for hit in gazetteer.lookup(name) if not hit.flags & without}


@pytest.mark.parametrize("name", ["Tripoli", "TRIPOLI", "طرابلس", "طَرَابُلُس", "طرابلـــس"])
def test_a_name_leads_to_all_its_places(small_gazetteer: Gazetteer, name: str) -> None:
    assert {TRIPOLI_LIBYA, TRIPOLI_LEBANON} <= ids(small_gazetteer, name, without=NameFlag.BARE)


def test_an_unknown_name_leads_nowhere(small_gazetteer: Gazetteer) -> None:
    assert small_gazetteer.lookup("Nowhereville") == []
    assert small_gazetteer.lookup("") == []


def test_a_place_has_all_its_fields(small_gazetteer: Gazetteer) -> None:
    row = small_gazetteer.row(TRIPOLI_LIBYA)
    assert row is not None
    place = small_gazetteer.place(row)
    assert (place.name, place.name_ar, place.name_fr) == ("Tripoli", "طرابلس", "Tripoli")
    assert (place.kind, place.feature_code, place.country) == (Kind.CITY, "PPLC", "LY")
    assert (place.latitude, place.longitude) == (32.88743, 13.18733)
    assert place.population == 1302947
    assert place.admin1 == "adm1:LY-TB"


def test_names_come_in_their_spelling_and_once(small_gazetteer: Gazetteer) -> None:
    row = small_gazetteer.row(TRIPOLI_LIBYA)
    assert row is not None
    names = small_gazetteer.names(row)
    assert names[:2] == ["Tripoli", "طرابلس"]
    assert "Trablûs" in names
    assert len(names) == len(set(names))


def test_rows_and_ids_lead_to_each_other(small_gazetteer: Gazetteer) -> None:
    for row in range(len(small_gazetteer)):
        assert small_gazetteer.row(small_gazetteer.place(row).id) == row
    assert small_gazetteer.row("geonames:1") is None


def test_a_row_beyond_the_end_is_an_error(small_gazetteer: Gazetteer) -> None:
    with pytest.raises(IndexError):
        small_gazetteer.place(len(small_gazetteer))


def test_vectors_find_what_lookup_finds(small_gazetteer: Gazetteer) -> None:
    folded = ["tripoli", "nowhereville", "الجفره"]
    at = small_gazetteer.find(keys_of(folded))
    assert at[1] == -1
    for name, position in zip(folded, at.tolist(), strict=True):
        rows = (
            []
            if position < 0
            else small_gazetteer.rows[slice(*small_gazetteer.starts[position : position + 2])]
        )
        assert [int(row) for row in rows] == [hit.row for hit in small_gazetteer.lookup(name)]


def test_vectors_take_nothing_too(small_gazetteer: Gazetteer) -> None:
    nothing = np.empty(0, dtype=np.uint64)
    assert len(small_gazetteer.find(nothing)) == 0
    assert len(small_gazetteer.is_prefix(nothing)) == 0
    assert len(small_gazetteer.demonym_countries(nothing)) == 0


def test_prefixes_tell_whether_to_read_on(small_gazetteer: Gazetteer) -> None:
    keys = keys_of(["new", "new york", "new york city", "دير", "الدار"])
    assert small_gazetteer.is_prefix(keys).tolist() == [True, True, False, False, True]


def test_demonyms_lead_to_countries(small_gazetteer: Gazetteer) -> None:
    words = ["ليبي", "الليبيون", "مصريه", "libyans", "francaise", "كوري", "الكوري الجنوبي", "tripoli"]
    found = small_gazetteer.demonym_countries(keys_of(words))
    assert [small_gazetteer.countries[at] for at in found] == ["LY", "LY", "EG", "LY", "FR", "KR", "KR", ""]


def test_words_have_their_frequency_in_their_language(small_gazetteer: Gazetteer) -> None:
    keys = keys_of(["من", "the", "tripoli"])
    assert small_gazetteer.zipf(keys, "ar")[0] > 7
    assert small_gazetteer.zipf(keys, "en").tolist()[1] > 7
    assert small_gazetteer.zipf(keys, "en")[0] == 0
    assert small_gazetteer.zipf(keys, "tr").tolist() == [0, 0, 0]


def test_the_postings_are_sorted(small_gazetteer: Gazetteer) -> None:
    assert (np.diff(small_gazetteer.keys.astype(object)) > 0).all()
    assert (np.diff(small_gazetteer.starts.astype(np.int64)) > 0).all()
    assert small_gazetteer.starts[-1] == len(small_gazetteer.rows) == len(small_gazetteer.flags)


def test_a_gazetteer_travels_as_its_path(small_gazetteer: Gazetteer) -> None:
    copy = pickle.loads(pickle.dumps(small_gazetteer))  # noqa: S301 - our own bytes
    assert copy.id == small_gazetteer.id
    assert copy.lookup("Tripoli") == small_gazetteer.lookup("Tripoli")


def test_threads_share_one_gazetteer(small_gazetteer_path: Path) -> None:
    gazetteer = Gazetteer.open(small_gazetteer_path)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda row: gazetteer.place(row).id, list(range(len(gazetteer))) * 4))
    assert len(set(found)) == len(gazetteer)
