from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.core.access import Role
from dashboard.core.errors import AccessError, SettingsError
from dashboard.core.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHARITA_USER_DATA", str(tmp_path))


def test_a_token_is_made_listed_and_revoked(kharita: Callable[..., Result]) -> None:
    made = kharita("token", "new", "--role", "read", "--name", "QGIS")
    assert made.exit_code == 0
    text = made.stdout.strip()
    assert Settings().access.role_of_token(text) is Role.READ
    assert text not in made.stderr
    assert "can't be shown again" in made.stderr
    listed = kharita("token", "list").stdout
    assert "read" in listed
    assert "QGIS" in listed
    assert text.split("_", 2)[2] not in listed
    assert kharita("token", "revoke", text.split("_")[1]).exit_code == 0
    assert Settings().access.role_of_token(text) is None
    assert "revoked" in kharita("token", "list").stdout


def test_what_is_no_token_is_said(kharita: Callable[..., Result]) -> None:
    result = kharita("token", "revoke", "none")
    assert isinstance(result.exception, AccessError)
    assert "kharita token list" in str(result.exception)
    assert kharita("token", "new", "--role", "owner").exit_code == 2
    assert kharita("token", "new").exit_code == 2


def test_people_are_listed_with_their_roles(kharita: Callable[..., Result]) -> None:
    assert (
        "may administer" in kharita("people", "add", "Head@newsroom.example", "--role", "administer").stdout
    )
    kharita("people", "add", "amal@newsroom.example", "--role", "read")
    assert kharita("people", "add", "amal@newsroom.example", "--role", "correct").exit_code == 0
    rows = [line.split() for line in kharita("people", "list").stdout.splitlines()]
    assert [(row[0], row[2]) for row in rows] == [
        ("correct", "amal@newsroom.example"),
        ("administer", "head@newsroom.example"),
    ]
    assert kharita("people", "remove", "amal@newsroom.example").exit_code == 0
    last = kharita("people", "remove", "head@newsroom.example")
    assert "the only one who may administer" in str(last.exception)


def test_the_first_administrator_is_named_at_the_start(
    kharita: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("dashboard.cli.articles.serve", lambda *_, **__: 0)
    monkeypatch.setattr("dashboard.cli.articles.check_login", lambda _settings: None)
    assert kharita("run", "--require-login", "--administrator", "head@newsroom.example").exit_code == 0
    assert Settings().access.role_of("head@newsroom.example") is Role.ADMINISTER
    (tmp_path / "access.json").unlink()
    monkeypatch.setattr("dashboard.cli.articles._at_terminal", lambda: True)
    asked = kharita("run", "--require-login", input="amal@newsroom.example\n")
    assert asked.exit_code == 0
    assert Settings().access.role_of("amal@newsroom.example") is Role.ADMINISTER


def test_a_log_in_without_a_provider_does_not_start(kharita: Callable[..., Result]) -> None:
    result = kharita("run", "--require-login", "--administrator", "head@newsroom.example")
    assert isinstance(result.exception, SettingsError)
    assert "login.toml" in str(result.exception)
