from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.core.access import Role
from dashboard.core.errors import SettingsError
from dashboard.core.settings import Settings
from dashboard.web import login
from dashboard.web.launch import check_host, command, environment, warning_of
from dashboard.web.login import check_login

if TYPE_CHECKING:
    from pathlib import Path

GOOD = {
    "redirect_uri": "https://maps.newsroom.example/oauth2callback",
    "cookie_secret": "x" * 40,
    "client_id": "kharita",
    "client_secret": "y",
    "server_metadata_url": "https://id.newsroom.example/.well-known/openid-configuration",
}


def settings(folder: Path, **changes: str) -> Settings:
    """Return the settings of a server whose log-in is whole but for some changes; an empty value leaves it out."""
    told = {name: value for name, value in (GOOD | changes).items() if value}
    lines = ["[auth]", *(f'{name} = "{value}"' for name, value in told.items())]
    (folder / "login.toml").write_text("\n".join(lines), encoding="utf-8")
    made = Settings(login=True, user_data=folder, allow_host="maps.newsroom.example", host="10.0.0.7")
    made.access.add_person("head@newsroom.example", Role.ADMINISTER)
    return made


def test_a_whole_log_in_may_start(tmp_path: Path) -> None:
    made = settings(tmp_path)
    check_login(made)
    check_host(made)
    assert command(made)[command(made).index("--secrets.files") + 1] == str(tmp_path / "login.toml")
    assert environment(made)["KHARITA_LOGIN"] == "true"
    assert "no log-in" not in warning_of(made)
    assert "Nothing is encrypted" in warning_of(made)


@pytest.mark.parametrize("name", GOOD)
def test_each_part_is_needed(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match=f"lacks '{name}' under"):
        check_login(settings(tmp_path, **{name: ""}))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("cookie_secret", "short", "could be forged"),
        ("redirect_uri", "maps.newsroom.example/oauth2callback", "is no address of this server"),
        ("redirect_uri", "https://maps.newsroom.example/", "is no address of this server"),
        ("redirect_uri", "https://other.example/oauth2callback", "--allow-host other.example"),
        ("redirect_uri", "http://maps.newsroom.example/oauth2callback", "is not encrypted"),
    ],
)
def test_what_makes_no_sense_is_said(tmp_path: Path, name: str, value: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        check_login(settings(tmp_path, **{name: value}))


def test_a_log_in_that_nobody_administers_does_not_start(tmp_path: Path) -> None:
    made = settings(tmp_path)
    (tmp_path / "access.json").unlink()
    with pytest.raises(SettingsError, match="--administrator ADDRESS"):
        check_login(made)


@pytest.mark.parametrize("content", [None, "[auth", "", "auth = 3"])
def test_a_file_that_names_no_provider_is_said(tmp_path: Path, content: str | None) -> None:
    made = settings(tmp_path)
    if content is None:
        made.login_path.unlink()
    else:
        made.login_path.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"login\.toml"):
        check_login(made)


def test_the_extra_is_named_where_it_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login, "find_spec", lambda _name: None)
    with pytest.raises(SettingsError, match=r"pip install 'kharita\[login\]'"):
        check_login(settings(tmp_path))


def test_without_a_log_in_nothing_is_asked_for(tmp_path: Path) -> None:
    check_login(Settings(user_data=tmp_path))
    assert "--secrets.files" not in command(Settings(user_data=tmp_path))
