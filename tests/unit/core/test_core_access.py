from __future__ import annotations

import json
import stat
import sys
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.core.access import Access, Role, plain_address
from dashboard.core.errors import AccessError

NOWHERE = Path("no such folder")


def test_each_role_may_do_what_those_before_it_may() -> None:
    ranks = list(Role)
    for has, wanted in product(Role, Role):
        assert has.covers(wanted) == (ranks.index(has) >= ranks.index(wanted))


def test_a_token_is_good_until_it_is_revoked(tmp_path: Path) -> None:
    access = Access(tmp_path)
    kept, text = access.new_token(Role.READ, "QGIS")
    assert Access(tmp_path).role_of_token(text) is Role.READ
    _, other = access.new_token(Role.ADMINISTER)
    assert access.role_of_token(other) is Role.ADMINISTER
    assert access.revoke("QGIS").id == kept.id
    assert access.role_of_token(text) is None
    assert access.role_of_token(other) is Role.ADMINISTER
    assert [bool(one.revoked) for one in access.tokens()] == [True, False]
    with pytest.raises(AccessError, match="No token in force is called 'QGIS'"):
        access.revoke("QGIS")


def test_the_token_itself_is_not_kept(tmp_path: Path) -> None:
    _, text = Access(tmp_path).new_token(Role.READ)
    secret = text.split("_", 2)[2]
    for file in tmp_path.iterdir():
        assert secret not in file.read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files are told otherwise there")
def test_the_file_is_its_owner_s_alone(tmp_path: Path) -> None:
    Access(tmp_path / "new").new_token(Role.READ)
    for path in (tmp_path / "new", tmp_path / "new" / "access.json"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def test_a_name_that_two_tokens_have_names_none(tmp_path: Path) -> None:
    access = Access(tmp_path)
    first = access.new_token(Role.READ, "desk")[0]
    access.new_token(Role.READ, "desk")
    with pytest.raises(AccessError, match="Several tokens are called"):
        access.revoke("desk")
    assert access.revoke(first.id).id == first.id


@given(st.text(max_size=80))
def test_nothing_else_is_a_token(text: str) -> None:
    assert Access(NOWHERE).role_of_token(text) is None


@pytest.mark.parametrize(
    "change", [str.upper, lambda text: text[:-1], lambda text: text + "x", lambda text: f" {text}"]
)
def test_a_token_is_taken_to_the_letter(tmp_path: Path, change: object) -> None:
    access = Access(tmp_path)
    _, text = access.new_token(Role.READ)
    assert access.role_of_token(change(text)) is None  # type: ignore[operator]


def test_people_are_known_by_their_address_however_it_is_written(tmp_path: Path) -> None:
    access = Access(tmp_path)
    access.add_person(" Amal@Newsroom.Example ", Role.ADMINISTER)
    access.add_person("basim@newsroom.example", Role.CORRECT)
    assert access.role_of("AMAL@newsroom.example") is Role.ADMINISTER
    assert access.role_of("basim@newsroom.example") is Role.CORRECT
    assert access.role_of("carol@newsroom.example") is None
    assert access.role_of("") is None
    access.add_person("basim@newsroom.example", Role.READ)
    assert [(one.address, one.role) for one in access.people()] == [
        ("amal@newsroom.example", Role.ADMINISTER),
        ("basim@newsroom.example", Role.READ),
    ]
    access.remove_person("Basim@newsroom.example")
    assert access.role_of("basim@newsroom.example") is None


def test_somebody_may_always_administer(tmp_path: Path) -> None:
    access = Access(tmp_path)
    access.add_person("amal@newsroom.example", Role.ADMINISTER)
    for step in (
        lambda: access.remove_person("amal@newsroom.example"),
        lambda: access.add_person("amal@newsroom.example", Role.READ),
    ):
        with pytest.raises(AccessError, match="the only one who may administer"):
            step()
    access.add_person("basim@newsroom.example", Role.ADMINISTER)
    access.remove_person("amal@newsroom.example")
    assert access.has_administrator


@pytest.mark.parametrize(
    "address", ["", "amal", "a@b@c", "amal @x.example", "<amal@x.example>", "a@" + "x" * 300]
)
def test_what_is_no_address_is_said(tmp_path: Path, address: str) -> None:
    with pytest.raises(AccessError, match="is no address of a person"):
        Access(tmp_path).add_person(address, Role.READ)
    with pytest.raises(AccessError, match="Nobody with the address"):
        Access(tmp_path).remove_person(address)


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"tokens": [{}], "people": []}', '{"tokens": 3, "people": 4}']
)
def test_a_damaged_file_lets_nobody_in(tmp_path: Path, content: str) -> None:
    access = Access(tmp_path)
    _, text = access.new_token(Role.ADMINISTER)
    (tmp_path / "access.json").write_text(content, encoding="utf-8")
    for ask in (lambda: access.role_of_token(text), lambda: access.role_of("a@b"), access.people):
        with pytest.raises(AccessError, match="can't be read, so nobody is let in"):
            ask()


def test_an_unknown_role_lets_nobody_in(tmp_path: Path) -> None:
    access = Access(tmp_path)
    access.add_person("amal@newsroom.example", Role.READ)
    file = tmp_path / "access.json"
    kept = json.loads(file.read_text(encoding="utf-8"))
    kept["people"][0]["role"] = "owner"
    file.write_text(json.dumps(kept), encoding="utf-8")
    with pytest.raises(AccessError):
        access.role_of("amal@newsroom.example")


@given(st.text(max_size=40))
def test_a_plain_address_stays_as_it_is(text: str) -> None:
    assert plain_address(plain_address(text)) == plain_address(text)
