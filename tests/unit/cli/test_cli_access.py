from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.core.access import Role
from dashboard.core.errors import AccessError
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
