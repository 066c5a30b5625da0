from __future__ import annotations

import stat
import sys
from typing import TYPE_CHECKING

import pytest
from made_store import make_articles

from dashboard.core.errors import StoreError
from dashboard.core.private import private_file
from dashboard.core.settings import Settings
from dashboard.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

posix = pytest.mark.skipif(sys.platform == "win32", reason="rights are those of POSIX")


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@posix
def test_a_new_store_is_its_owner_s_alone(tmp_path: Path) -> None:
    settings = Settings(user_data=tmp_path / "share" / "kharita")
    with open_store(settings.store_url) as store:
        store.add_many(make_articles())
        folder = settings.user_data
        assert rights(folder) == 0o700
        found = {path.name: rights(path) for path in folder.iterdir()}
        assert {"kharita.sqlite", "kharita.sqlite-wal", "kharita.sqlite-shm"} <= set(found)
        assert set(found.values()) == {0o600}


@posix
def test_what_is_there_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "shared.sqlite"
    path.touch(0o644)
    path.chmod(0o640)
    tmp_path.chmod(0o750)
    private_file(path)
    with open_store(f"sqlite:///{path}"):
        assert rights(path) == 0o640
        assert rights(tmp_path) == 0o750


@pytest.mark.parametrize(
    "name",
    ["with space", "سوريا ولبنان", "a#b", "100%", "a%20b", "a&b=c", "a+b", "a;b", "'quoted'", "a:b", "a@b"],
)
def test_any_name_of_a_file_works(tmp_path: Path, name: str) -> None:
    path = tmp_path / name / f"{name}.sqlite"
    with open_store(f"sqlite:///{path.as_posix()}") as store:
        store.add_many(make_articles())
    assert path.stat().st_size > 0
    assert [item.name for item in path.parent.glob("*.sqlite")] == [f"{name}.sqlite"]
    with open_store(f"sqlite:///{path.as_posix()}") as store:
        assert store.counts().articles == 4


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a?b.sqlite", "has a '\\?'"),
        ("a.sqlite?mode=ro", "has a '\\?'"),
        ("a\udcff.sqlite", "no file's name"),
        ("a\0b", "no file's"),
    ],
)
def test_a_name_that_would_be_read_otherwise_is_refused(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        open_store(f"sqlite:///{tmp_path.as_posix()}/{name}")
    assert list(tmp_path.iterdir()) == []
