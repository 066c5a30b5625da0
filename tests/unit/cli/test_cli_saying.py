"""What commands print: harmless to a terminal, cut, and one sentence where it can't be printed."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.cli import main
from dashboard.cli.saying import say, shown
from dashboard.core.corrections import Correction, Decision, Scope, signed
from dashboard.core.models import Article, Focus, Kind, Parse, Place
from dashboard.store import open_store
from dashboard.store.corrections import decide


def test_a_line_steers_neither_terminal_nor_writing(capsys):
    say("a\u202eb\x1b[31m  c\nd\u2028e\ud800 ليبيا می\u200cخواهم")
    assert capsys.readouterr().out == "ab [31m  c d e ليبيا می\u200cخواهم\n"
    assert shown("a\n b\u202e ") == "a b"
    assert len(shown("x" * 300)) == 160


def test_lists_cut_and_clean_what_strangers_wrote(kharita, tmp_path):
    url = f"sqlite:///{tmp_path / 'a.sqlite'}"
    place = Place("kh:x", "Far\u202eCamp" + "x" * 280, Kind.CAMP, 31.5, 24.5)
    said = {"who": "Am\u202eal", "why": "because " * 200, "decided_at": datetime(2024, 1, 1, tzinfo=UTC)}
    with open_store(url) as store:
        article = Article("A\u202eB" + "y" * 400, "Camp", "en", "Was\u202eat")
        store.add(article, Parse("en", (), Focus(), "p", "g"))
        made = Correction(
            Decision.ADDED, Scope.ARTICLE, "Ca\u202emp", article.id, 0, None, None, place, **said
        )
        decide(store, signed(made))
    for command in ("corrections", "articles"):
        (line,) = kharita(command, "list", "--store", url).stdout.splitlines()
        assert "\u202e" not in line
        assert len(line) < 700
        assert "…" in line


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("words", [["--version"], ["collections", "list"]])
def test_what_can_not_be_printed_is_one_sentence(tmp_path, words):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", "from dashboard.cli import main; main()", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={**os.environ, "KHARITA_USER_DATA": str(tmp_path), "KHARITA_CACHE": str(tmp_path)},
        )
    assert done.returncode == 1
    assert done.stderr == "kharita: Not all could be written: No space left on device.\n"


def test_an_error_of_the_system_is_one_sentence(monkeypatch, capsys):
    def fail() -> None:
        raise OSError(errno.EACCES, "Permission denied", "/root/news.csv")

    monkeypatch.setattr("dashboard.cli.app", fail)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert said == "kharita: '/root/news.csv' can't be read or written: Permission denied.\n"
