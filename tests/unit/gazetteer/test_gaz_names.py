from __future__ import annotations

import numpy as np
import pytest

from dashboard.core.models import Kind
from dashboard.gazetteer import NameFlag, keys_of, name_key
from dashboard.gazetteer.kinds import kind_of
from dashboard.gazetteer.names import fold_once, is_indexable, merge_flags, prefixes_of, spelling_flags


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("PCLI", Kind.COUNTRY),
        ("ADM1", Kind.ADMIN),
        ("PPLX", Kind.NEIGHBOURHOOD),
        ("PPLC", Kind.CITY),
        ("PPL", Kind.CITY),
        ("CMPRF", Kind.CAMP),
        ("RGN", Kind.REGION),
        ("ISLS", Kind.REGION),
        ("SEA", Kind.WATER),
        ("STRT", Kind.WATER),
        ("CNL", Kind.WATER),
        ("AIRB", Kind.FACILITY),
        ("PSTB", Kind.FACILITY),
        ("PAL", Kind.FACILITY),
        ("MT", Kind.OTHER),
        ("", Kind.OTHER),
    ],
)
def test_feature_codes_have_their_kind(code: str, kind: Kind) -> None:
    assert kind_of(code) is kind


@pytest.mark.parametrize(
    ("name", "flags"),
    [
        ("طرابلس", NameFlag.ARABIC),
        ("Tripoli", NameFlag.LATIN),
        ("Trablûs", NameFlag.LATIN),
        ("Москва", 0),
        ("qۇds", NameFlag.ARABIC | NameFlag.LATIN),
        ("TIP", NameFlag.LATIN | NameFlag.SHORT),
        ("U.A.E.", NameFlag.LATIN | NameFlag.SHORT),
        ("ROME", NameFlag.LATIN | NameFlag.SHORT),
        ("PARIS", NameFlag.LATIN),
        ("Ely", NameFlag.LATIN),
    ],
)
def test_the_spelling_gives_script_and_abbreviation(name: str, flags: int) -> None:
    assert spelling_flags(name) == flags


@pytest.mark.parametrize("folded", ["", "a", "ا", "123", "12 34"])
def test_what_no_text_could_mean_is_not_indexed(folded: str) -> None:
    assert not is_indexable(folded)


def test_prefixes_are_cut_at_words() -> None:
    assert prefixes_of("new york city") == ["new", "new york"]
    assert prefixes_of("tripoli") == []


def test_keys_are_the_same_one_by_one_and_together() -> None:
    names = ["tripoli", "طرابلس", ""]
    assert keys_of(names).tolist() == [name_key(name) for name in names]
    assert keys_of([]).dtype == np.uint64


def test_keys_do_not_change_between_versions() -> None:
    assert name_key("tripoli") == 11396982118785271921  # a stored index depends on it


def test_a_spelling_counts_as_bare_only_if_it_always_is() -> None:
    bare = int(NameFlag.BARE | NameFlag.ALTERNATE)
    assert merge_flags(bare, bare) == bare
    assert merge_flags(bare, int(NameFlag.MAIN)) == NameFlag.MAIN
    assert merge_flags(int(NameFlag.SHORT), int(NameFlag.LATIN)) == NameFlag.LATIN


@pytest.mark.parametrize(
    "name", ["New York", "Al-Jufra", "St. John's", "'s-Hertogenbosch", "a_b", "Zürich", "طَرَابُلُس"]
)
def test_quick_folding_is_folding(name: str) -> None:
    from dashboard.core.text import fold_name  # noqa: PLC0415 - compared here only

    assert fold_once(name) == fold_name(name)
