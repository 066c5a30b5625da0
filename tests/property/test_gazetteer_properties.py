from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.core.errors import GazetteerIndexError
from dashboard.core.settings import data_path
from dashboard.core.text import fold_name
from dashboard.gazetteer import Gazetteer, NameFlag, keys_of, name_key
from dashboard.gazetteer.build import Sources, build_index
from dashboard.gazetteer.names import UNANIMOUS, fold_once, merge_flags, prefixes_of
from dashboard.gazetteer.sources.heads import load_heads, variants_of
from dashboard.gazetteer.sources.record import PlaceRecord
from dashboard.gazetteer.spelling import skeleton_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

names = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=24)
arabic = st.text("ابتثجحخدرسشصضطعغفقكلمنهويءةىأإآ ال", min_size=1, max_size=24)
flags = st.integers(0, 1023)
HEADS = load_heads(data_path() / "lexicon")


@given(st.text())
def test_quick_folding_is_folding(name: str) -> None:
    assert fold_once(name) == fold_name(name)


@given(st.text())
def test_prefixes_are_those_of_the_words(name: str) -> None:
    words = fold_name(name).split(" ")
    assert prefixes_of(fold_name(name)) == [" ".join(words[:size]) for size in range(1, len(words))]


@given(flags, flags, flags)
def test_flags_merge_in_any_order(one: int, two: int, three: int) -> None:
    assert merge_flags(one, two) == merge_flags(two, one)
    assert merge_flags(one, one) & UNANIMOUS == one & UNANIMOUS
    assert merge_flags(merge_flags(one, two), three) == merge_flags(one, merge_flags(two, three))


@given(arabic | names, st.sampled_from(["ar", "en", "fr"]), st.sampled_from(["AIRB", "PRT", "PPL", "LK", ""]))
def test_variants_are_cut_out_of_the_name(name: str, language: str, code: str) -> None:
    made = variants_of(name, language, code, HEADS)
    assert made[name] & NameFlag.MAIN
    whole = fold_name(name).split()
    for spelling, flag in made.items():
        part = fold_name(spelling).split()
        if flag & NameFlag.BARE:
            assert spelling != name
        if language == "ar":
            assert any(whole[at : at + len(part)] == part for at in range(len(whole) + 1))


class Listed:
    name = "listed"
    expected = 0

    def __init__(self, places: list[list[tuple[str, int]]]) -> None:
        self._places = places

    def records(self) -> Iterator[PlaceRecord]:
        for number, found in enumerate(self._places):
            yield PlaceRecord(f"a:{number}", found[0][0], "PPL", "LY", 32.0, 13.0, found)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(names | arabic, st.sampled_from([1, 2, 34])), min_size=1, max_size=4), max_size=8
    )
)
def test_every_name_is_found_and_nothing_else(tmp_path: Path, places: list[list[tuple[str, int]]]) -> None:
    build_index(Sources("gaz-x", (Listed(places),)), tmp_path / "x.kgz")
    gazetteer = Gazetteer.open(tmp_path / "x.kgz")
    expected: dict[str, set[int]] = {}
    prefixes: set[str] = set()
    sounds: set[str] = set()
    for row, found in enumerate(places):
        assert gazetteer.names(row) == list(dict.fromkeys(text for text, _ in found))
        for text, flags in found:
            folded = fold_name(text)
            if len(folded) > 1 and not folded.replace(" ", "").isdigit():
                expected.setdefault(folded, set()).add(row)
                sounds |= set() if flags & NameFlag.BARE else {skeleton_name(folded)} - {""}
                prefixes.update(prefixes_of(folded))
    for found in places:
        for text, _ in found:
            assert {hit.row for hit in gazetteer.lookup(text)} == expected.get(fold_name(text), set())
    assert len(gazetteer.keys) == len(expected) + len(sounds)
    assert sorted(gazetteer.prefixes.tolist()) == sorted(map(name_key, prefixes))
    assert all(one < two for one, two in pairwise(gazetteer.keys.tolist()))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=12), max_size=20))
def test_vectors_agree_with_single_look_ups(small_gazetteer: Gazetteer, asked: list[str]) -> None:
    folded = [fold_name(name) for name in asked] + ["tripoli", "نيو"]
    found = small_gazetteer.find(keys_of(folded))
    assert [at >= 0 for at in found.tolist()] == [bool(small_gazetteer.lookup(name)) for name in folded]
    zipf = small_gazetteer.zipf(keys_of(folded), "en")
    assert zipf.dtype == np.float32
    assert ((zipf >= 0) & (zipf < 10)).all()


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_open_as_a_gazetteer(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.kgz"
    path.write_bytes(content)
    with pytest.raises(GazetteerIndexError, match="kharita gazetteer build"):
        Gazetteer.open(path)
