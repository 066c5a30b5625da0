from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from dashboard.core.settings import Settings, data_path


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"KHARITA_{name.upper()}", raising=False)


def test_nobody_is_asked_and_only_this_machine_is_served_by_default() -> None:
    settings = Settings()
    assert (settings.tiles, settings.nominatim) == ("", "")
    assert (settings.host, settings.port) == ("127.0.0.1", 8501)


def test_each_setting_has_a_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in {"STORE": "sqlite:///x", "CACHE": str(tmp_path), "PORT": "9000"}.items():
        monkeypatch.setenv(f"KHARITA_{name}", value)
    settings = Settings()
    assert (settings.store_url, settings.cache, settings.port) == ("sqlite:///x", tmp_path, 9000)


def test_a_value_given_outright_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHARITA_HOST", "0.0.0.0")  # noqa: S104 - a value only
    assert Settings(host="localhost").host == "localhost"


def test_the_store_lies_with_the_users_data() -> None:
    settings = Settings(user_data=Path("/somewhere/kharita"))
    assert settings.store_url == "sqlite:////somewhere/kharita/kharita.sqlite"


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1  # type: ignore[misc]


def test_own_data_is_at_hand() -> None:
    assert (data_path() / "lexicon").is_dir()
    assert (data_path() / "gazetteer" / "admin1.csv").is_file()
