"""The other sub-commands, help, settings, and how mistakes end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from geopy import Location

from dashboard import __version__
from dashboard.cli import app, main
from dashboard.core.errors import GazetteerError, SettingsError
from dashboard.core.settings import Settings
from dashboard.gazetteer.second_opinion import SecondOpinion

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.gazetteer import Gazetteer

COMMANDS = [
    [],
    ["run"],
    ["watch"],
    ["gdelt"],
    ["ingest"],
    ["export"],
    ["verify"],
    ["parse"],
    ["evaluate"],
    ["train"],
    ["journeys"],
    ["evaluate-journeys"],
    ["doctor"],
    ["export"],
    ["verify"],
    ["reparse"],
    ["corrections"],
    ["corrections", "list"],
    ["corrections", "export"],
    ["corrections", "import"],
    ["corrections", "undo"],
    ["gazetteer"],
    ["gazetteer", "build"],
    ["gazetteer", "info"],
    ["gazetteer", "lookup"],
    ["gazetteer", "places"],
]


def _kharita(*arguments: object, data: bytes = b"", **variables: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from dashboard.cli import main; main()", *map(str, arguments)]
    return subprocess.run(
        command, input=data, capture_output=True, check=False, timeout=300, env={**os.environ, **variables}
    )


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(kharita, command):
    result = kharita(*command, "--help")
    assert result.exit_code == 0
    assert "Usage: " in result.stdout
    assert "--help" in result.stdout


def test_no_command_is_forgotten_here(kharita):
    known = {command[0] for command in COMMANDS if command}
    assert {command.name for command in app.registered_commands} | {"corrections", "gazetteer"} == known
    for name in known:
        assert name in kharita("--help").stdout


def test_version(kharita):
    assert kharita("--version").stdout == f"kharita {__version__}\n"


@pytest.mark.parametrize(
    "arguments", [["nothing"], ["run", "--port", "70000"], ["gazetteer", "lookup"], ["parse", "x"]]
)
def test_wrong_arguments_end_in_status_2(kharita, arguments):
    result = kharita(*arguments)
    assert result.exit_code == 2
    assert "Usage: " in result.stderr


@pytest.mark.usefixtures("small_commands")
def test_gazetteer_info(kharita, small_gazetteer):
    result = kharita("gazetteer", "info")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{small_gazetteer.id}  {small_gazetteer.path}")
    assert f"{len(small_gazetteer):,} places" in result.stdout
    assert "by kind: " in result.stdout
    assert "country 2" in result.stdout


@pytest.mark.usefixtures("small_commands")
def test_gazetteer_build_says_what_there_is(kharita, small_gazetteer):
    result = kharita("gazetteer", "build")
    assert (
        result.stdout == f"{small_gazetteer.id}: {len(small_gazetteer):,} places in {small_gazetteer.path}\n"
    )


@pytest.mark.usefixtures("small_commands")
def test_gazetteer_lookup_lists_namesakes(kharita):
    lines = kharita("gazetteer", "lookup", "طَرابُلُس").stdout.splitlines()
    assert lines[0].startswith("Tripoli  طرابلس  (city, PPLC, LY)  32.8874, 13.1873  ")
    assert lines[0].endswith("  geonames:2210247")
    assert any("geonames:266826" in line for line in lines)


@pytest.mark.usefixtures("small_commands")
def test_gazetteer_lookup_can_be_short(kharita):
    lines = kharita("gazetteer", "lookup", "Paris", "--limit", 1).stdout.splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("… and ")


@pytest.mark.usefixtures("small_commands")
def test_gazetteer_lookup_of_nothing(kharita):
    result = kharita("gazetteer", "lookup", "Atlantis")
    assert isinstance(result.exception, GazetteerError)
    assert "'Atlantis'" in str(result.exception)


@pytest.mark.parametrize("command", [["parse"], ["doctor"], ["gazetteer", "info"]])
def test_a_senseless_variable_is_named(kharita, monkeypatch, command):
    monkeypatch.setenv("KHARITA_PORT", "abc")
    result = kharita(*command)
    assert isinstance(result.exception, SettingsError)
    said = str(result.exception)
    assert "'port'" in said
    assert "'abc'" in said
    assert "KHARITA_PORT" in said
    assert "\n" not in said


def test_a_cache_that_cannot_be_written_is_named(kharita, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("KHARITA_CACHE", str(tmp_path / "file"))
    result = kharita("gazetteer", "info")
    assert isinstance(result.exception, GazetteerError)
    assert "KHARITA_CACHE" in str(result.exception)


def test_doctor_says_what_is_missing(kharita):
    result = kharita("doctor")
    assert result.exit_code == 1
    assert f"kharita {__version__}" in result.stdout
    assert "gazetteer: NOT SOUND. " in result.stdout
    assert "store: sound. 0 articles" in result.stdout
    assert "network: nothing leaves this machine" in result.stdout


def test_doctor_finds_all_sound(kharita, monkeypatch, full_gazetteer, full_cache):
    monkeypatch.setenv("KHARITA_CACHE", str(full_cache))
    monkeypatch.setattr("dashboard.gazetteer.locate.index_id", lambda: full_gazetteer.id)
    result = kharita("doctor")
    assert result.exit_code == 0, result.stdout
    assert f"{len(full_gazetteer):,} places" in result.stdout
    assert "a test sentence gives 2 places" in result.stdout


def test_doctor_says_who_is_asked(kharita, monkeypatch):
    monkeypatch.setenv("KHARITA_TILES", "https://tiles.example/{z}/{x}/{y}.png")
    monkeypatch.setenv("KHARITA_NOMINATIM", "nominatim.example")
    assert "network: asks for map tiles and Nominatim" in kharita("doctor").stdout


@pytest.mark.parametrize("port", ["abc", "99999", "-1", "0"])
def test_a_users_mistake_ends_in_one_sentence(monkeypatch, capsys, port):
    monkeypatch.setenv("KHARITA_PORT", port)
    monkeypatch.setattr(sys, "argv", ["kharita", "gazetteer", "info"])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"kharita: The setting 'port' can't be '{port}'")
    assert len(said.err.splitlines()) == 1


def test_the_real_command_parses_and_survives_bad_bytes(full_gazetteer: Gazetteer, full_cache: Path):
    good = json.dumps({"id": 1, "text": "وصل الوفد إلى باريس قادما من القاهرة."}, ensure_ascii=False).encode()
    assert full_gazetteer.path.is_relative_to(full_cache)
    done = _kharita("parse", data=good + b"\n\xff\xfe\n", KHARITA_CACHE=str(full_cache))
    first, second = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [mention["place"]["name"] for mention in first["mentions"]] == ["Paris", "Cairo"]
    assert second["id"] is None
    assert done.stderr == b""


def test_the_real_command_ends_a_mistake_in_one_sentence(tmp_path: Path):
    done = _kharita("evaluate", tmp_path / "gold.jsonl", tmp_path, KHARITA_CACHE=str(tmp_path))
    assert done.returncode == 1
    assert done.stdout == b""
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("kharita: ")
    assert "gold.jsonl" in lines[0]


def test_gazetteer_lookup_asks_the_service_that_the_user_named(kharita, monkeypatch):
    asked = []

    def answer(self, query, **_):
        asked.append((self.is_on, query))
        return Location("Qwertyopolis, Bahamas", (25.0838, -77.3217), {})

    monkeypatch.setenv("KHARITA_NOMINATIM", "geo.example.org")
    monkeypatch.setattr(SecondOpinion, "geocode", answer)
    assert kharita("gazetteer", "lookup", "Paris", "--limit", 1).exit_code == 0
    assert asked == []  # what the gazetteer has is asked of nobody
    result = kharita("gazetteer", "lookup", "Qwertyopolis")
    assert result.stdout == "Qwertyopolis, Bahamas  25.0838, -77.3217  (geo.example.org, not Kharita)\n"
    assert asked == [(True, "Qwertyopolis")]


def test_an_empty_variable_is_none(monkeypatch):
    for name in ("CACHE", "USER_DATA", "PORT", "STORE"):
        monkeypatch.delenv(f"KHARITA_{name}", raising=False)
    usual = Settings()
    for name in ("CACHE", "USER_DATA", "PORT", "STORE"):
        monkeypatch.setenv(f"KHARITA_{name}", "")
    assert Settings() == usual
