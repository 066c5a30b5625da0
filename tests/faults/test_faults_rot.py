"""Bytes of a store rot: the user reads one sentence, never a traceback, and the doctor says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from commands import no_traceback
from made_news import write_news
from sqlalchemy import text

from dashboard.core.errors import StoreError
from dashboard.core.models import Article
from dashboard.store import open_store
from dashboard.store.soundness import check_soundness

if TYPE_CHECKING:
    from pathlib import Path

SAID = re.compile(r"^store: (sound|NOT SOUND)\. [^\n]+$", re.MULTILINE)


def address(file: Path) -> str:
    return f"sqlite:///{file.as_posix()}"


def test_flipped_bits_never_end_in_a_traceback(commands, tmp_path, chance, times):
    own = commands(tmp_path / "own")
    file = own.folder / "store.sqlite"
    own.run_well("ingest", write_news(own.folder, 40), "--store", address(file), "--jobs", 1)
    good = file.read_bytes()
    for _ in range(times):
        rotten = bytearray(good)
        for _ in range(chance.choice((1, 8, 64, 512))):
            rotten[chance.randrange(len(rotten))] ^= 1 << chance.randrange(8)
        failed = False
        for words in (
            ["export", own.folder / "out.csv", "--force"],
            ["export", own.folder / "out.journeys.csv", "--force"],
            ["articles", "list"],
        ):
            for left in own.folder.glob("store.sqlite*"):
                left.unlink()
            file.write_bytes(rotten)
            said = own.run(*words, "--store", address(file))
            failed = failed or said.status != 0
            assert said.status == 0 or no_traceback(said), said.text
        told = own.run("doctor", "--store", address(file))
        assert "Traceback" not in told.text
        (verdict,) = SAID.findall(told.text)
        assert verdict == "NOT SOUND" or not failed, told.text


@pytest.fixture
def store(tmp_path, hand_parser):
    with open_store(address(tmp_path / "store.sqlite")) as opened:
        words = "A ship left Tobruk for Paris."
        opened.add(Article("one", words, id="one"), hand_parser.parse(words))
        yield opened


ROTTEN = {
    "UPDATE articles SET text = replace(text, 'ship', 'shap')": "the text of article 'one'",
    "UPDATE mentions SET surface = 'Tebruk' WHERE surface = 'Tobruk'": "does not stand where it was found",
    "UPDATE mentions SET reasons = '[[' WHERE id = 1": "values in mentions",
    "UPDATE places SET kind = 'citz'": "values in places",
    "UPDATE articles SET published = '2024)04-01'": "values in articles",
    "UPDATE places SET name = CAST(X'FF8041' AS TEXT)": "damaged",
}


@pytest.mark.parametrize("statement", ROTTEN)
def test_what_rots_inside_a_value_is_found(store, statement):
    check_soundness(store.engine)
    with store.transaction() as connection:
        connection.execute(text(statement))
    with pytest.raises(StoreError, match=ROTTEN[statement]):
        check_soundness(store.engine)


def test_a_store_whose_description_of_itself_rots_is_told_as_damaged(store, tmp_path):
    store.close()
    file = tmp_path / "store.sqlite"
    rotten = file.read_bytes().replace(b"saved_viewssaved_views", b"s\xe5ved_viewssaved_views")
    file.write_bytes(rotten)
    with pytest.raises(StoreError, match="description of itself"):
        open_store(address(file)).close()


def test_an_error_that_damage_causes_is_told_as_damage(store, tmp_path):
    with store.transaction() as connection:
        connection.execute(text("UPDATE mentions SET reasons = '[[' WHERE id = 1"))
    with pytest.raises(StoreError, match="damaged"), open_store(address(tmp_path / "store.sqlite")) as again:
        again.resolutions("one")


def test_an_error_of_the_program_stays_what_it_is(tmp_path):
    with pytest.raises(ZeroDivisionError), open_store(address(tmp_path / "sound.sqlite")) as again:
        again.counts().articles / 0
