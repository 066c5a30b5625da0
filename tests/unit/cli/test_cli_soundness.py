"""`kharita doctor` finds damage, and a database that fails ends in one sentence."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import DatabaseError

from dashboard.cli import main
from dashboard.core.errors import ExportError, StoreError
from dashboard.core.models import Article, Focus, Parse
from dashboard.render.exports import Handover, write_file
from dashboard.store import open_store
from dashboard.store.soundness import check_soundness, database_sentence

if TYPE_CHECKING:
    from pathlib import Path

LINE = re.compile(r"^(gazetteer|store): NOT SOUND\. [^\n]+$", re.MULTILINE)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file of a store of forty articles."""
    path = tmp_path / "store.sqlite"
    monkeypatch.setenv("KHARITA_STORE_URL", f"sqlite:///{path}")
    parse = Parse("en", (), Focus(None, None), "p", "g")
    now = datetime(2024, 1, 1, tzinfo=UTC)
    with open_store(f"sqlite:///{path}") as opened:
        opened.add_many(
            (Article(f"{number:016x}", f"Title {number}", "A line of text. " * 99, published=now), parse)
            for number in range(40)
        )
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


def damage(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    for at in range(2 * 4096, len(raw), 4096):  # the head of every page but the first two
        raw[at : at + 8] = bytes(value ^ 0xFF for value in raw[at : at + 8])
    path.write_bytes(raw)


@pytest.mark.parametrize(
    ("kept", "flip", "said"),
    [(0, None, "not a gazetteer"), (-100, None, "cut short"), (None, 5000, "checksum")],
    ids=["emptied", "cut", "flipped"],
)
def test_doctor_finds_a_harmed_gazetteer(  # noqa: PLR0913, PLR0917 - fixtures
    kharita, monkeypatch, tmp_path, small_gazetteer, kept, flip, said
):
    raw = bytearray(small_gazetteer.path.read_bytes())[:kept]
    if flip:
        raw[flip] ^= 1
    folder = tmp_path / "cache" / "gazetteer"
    folder.mkdir(parents=True)
    (folder / f"{small_gazetteer.id}.kgz").write_bytes(raw)
    monkeypatch.setattr("dashboard.gazetteer.locate.index_id", lambda: small_gazetteer.id)
    result = kharita("doctor")
    assert result.exit_code == 1
    assert said in result.stdout
    assert "kharita gazetteer build" in result.stdout
    assert LINE.search(result.stdout)


def test_doctor_finds_a_sound_store(kharita, store):
    assert "store: sound. 40 articles" in kharita("doctor", "--store", f"sqlite:///{store}").stdout


def test_doctor_finds_flipped_bytes_in_a_store(kharita, store):
    damage(store)
    result = kharita("doctor", "--store", f"sqlite:///{store}")
    assert result.exit_code == 1
    found = [match.group() for match in LINE.finditer(result.stdout) if match.group(1) == "store"]
    assert len(found) == 1
    assert "damaged" in found[0]
    assert "kharita ingest" in found[0]


def test_a_row_that_belongs_to_none_is_told(store):
    with sqlite3.connect(store) as connection:
        connection.execute("DELETE FROM articles WHERE key = 1")
    connection.close()
    with open_store(f"sqlite:///{store}") as opened, pytest.raises(StoreError, match=r"parses that belong"):
        check_soundness(opened.engine)


@pytest.mark.parametrize(
    "error",
    [
        DatabaseError("SELECT 1", {}, sqlite3.DatabaseError("database disk image is malformed")),
        sqlite3.DatabaseError("database disk image is malformed"),
    ],
)
def test_a_database_that_fails_ends_in_one_sentence(monkeypatch, capsys, error):
    def fail() -> None:
        raise error

    monkeypatch.setattr("dashboard.cli.app", fail)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert said.startswith("kharita: The database refused: database disk image is malformed. Put a copy")
    assert said.count("\n") == 1


def test_other_errors_are_not_hushed_up(monkeypatch):
    def fail() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("dashboard.cli.app", fail)
    with pytest.raises(ZeroDivisionError):
        main()
    assert database_sentence(ZeroDivisionError()) is None


def test_half_written_exports_of_the_dead_are_swept(tmp_path, monkeypatch):
    old, new = tmp_path / ".out.csv.1.part", tmp_path / ".out.csv.2.part"
    other = tmp_path / ".other.csv.1.part"
    for path in (old, new, other):
        path.write_text("half")
    for path in (old, other):
        os.utime(path, (time.time() - 7200,) * 2)

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left")

    monkeypatch.setattr("dashboard.render.exports.Format.write", refuse)
    with pytest.raises(ExportError, match="No space left"):
        write_file(Handover.__new__(Handover), tmp_path / "out.csv")
    assert not old.exists()
    assert new.exists()  # somebody may be writing it
    assert not other.exists()  # whatever the dead wrote; what is no export of ours stays: test_cli_hand_over
