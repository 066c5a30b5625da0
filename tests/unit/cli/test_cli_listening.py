from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.core.errors import SettingsError
from dashboard.core.settings import Settings
from dashboard.web.launch import check_host, environment, warning_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

EVERYWHERE = "0.0.0.0"  # noqa: S104 - to be refused


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """Let nothing be served, and return what would have been."""
    asked: list[Settings] = []

    def serve(settings: Settings, *_: object, **__: object) -> int:
        asked.append(settings)
        return 0

    monkeypatch.setattr("dashboard.cli.articles.serve", serve)
    return asked


def message(result: Result) -> str:
    assert result.exit_code == 1
    assert isinstance(result.exception, SettingsError)
    return str(result.exception)


@pytest.mark.parametrize("host", ["", " "])
def test_an_empty_host_is_refused_in_one_sentence(
    kharita: Callable[..., Result], served: list[Settings], host: str
) -> None:
    assert "'host' can't be" in message(kharita("run", "--host", host))
    assert served == []


def test_a_variable_of_the_host_may_not_be_blank_and_none_when_it_is_empty(
    kharita: Callable[..., Result], served: list[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KHARITA_HOST", " ")
    assert "KHARITA_HOST" in message(kharita("run"))
    assert served == []
    monkeypatch.setenv("KHARITA_HOST", "")  # as a file of variables leaves it
    assert kharita("run").exit_code == 0
    assert [settings.host for settings in served] == ["127.0.0.1"]


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "10.0.0.7", "192.168.1.5", "0"])
def test_others_are_let_in_only_when_that_is_said(
    kharita: Callable[..., Result], served: list[Settings], host: str
) -> None:
    assert "there is no log-in" in message(kharita("run", "--host", host))
    assert served == []
    result = kharita(
        "run", "--host", host, "--insecure", "--allow-host", "maps.example", "--allow-host", "10.1.1.1"
    )
    assert result.exit_code == 0
    assert "OPEN TO OTHERS" in result.stderr
    assert "no log-in" in result.stderr
    assert "maps.example" in result.stderr
    assert "10.1.1.1" in result.stderr
    assert served[0].insecure


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.1.1", "::1"])
def test_this_machine_only_needs_no_word(
    kharita: Callable[..., Result], served: list[Settings], host: str
) -> None:
    result = kharita("run", "--host", host)
    assert (result.exit_code, result.stderr) == (0, "")
    assert [settings.host for settings in served] == [host]


def test_an_unknown_host_gets_one_sentence(
    kharita: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object, **__: object) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert message(kharita("run", "--host", "no.such.host")) == (
        "The host 'no.such.host' is not known. Give an address of this machine, such as 127.0.0.1."
    )


def test_a_name_that_leads_elsewhere_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0)) for address in ("127.0.0.1", "10.0.0.7")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: told)
    with pytest.raises(SettingsError, match="Others could reach"):
        check_host(Settings(host="desk.example"))


def test_the_server_learns_whose_word_counts(kharita: Callable[..., Result], served: list[Settings]) -> None:
    assert environment(Settings())["KHARITA_TRUSTED_PROXIES"] == "127.0.0.1,::1"
    assert (
        environment(Settings())["FORWARDED_ALLOW_IPS"] == ""
    )  # nobody's, before it is known who has sent it
    assert kharita("run", "--trust-proxy", "10.0.0.2", "--trust-proxy", "10.1.0.0/16").exit_code == 0
    assert environment(served[0])["KHARITA_TRUSTED_PROXIES"] == "10.0.0.2,10.1.0.0/16"
    for bad, said in (("*", "is no address"), ("0.0.0.0/0", "trust everybody"), ("proxy", "is no address")):
        assert said in message(kharita("run", "--trust-proxy", bad))


def test_the_server_learns_what_was_allowed() -> None:
    settings = Settings(host="10.0.0.7", insecure=True, allow_host="maps.example")
    told = environment(settings)
    assert (told["KHARITA_HOST"], told["KHARITA_INSECURE"]) == ("10.0.0.7", "true")
    assert told["KHARITA_ALLOW_HOST"] == "maps.example"
    assert "10.0.0.7" in warning_of(settings)
    assert warning_of(Settings()) == ""
