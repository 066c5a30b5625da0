"""`kharita collections`, and `--collection` of the other commands."""

from __future__ import annotations

import pytest
from made_store import make_articles

from dashboard.core.errors import CollectionError, SettingsError
from dashboard.core.settings import Settings
from dashboard.store import open_store


@pytest.fixture
def filled() -> None:
    with open_store(Settings().store_url) as opened:
        opened.add_many(make_articles())


def test_new_list_rename_remove_restore(kharita):
    ident = kharita("collections", "new", "Sudan").stdout.split("--collection ")[1].split("`")[0]
    assert kharita("collections", "rename", "sudan", "السودان").exit_code == 0
    listed = kharita("collections", "list").stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["main", ident]
    assert "السودان  0 articles" in listed[1]
    assert "brings it back" in kharita("collections", "remove", "السودان").stdout
    assert ident not in kharita("collections", "list").stdout
    assert "removed 20" in kharita("collections", "list", "--removed").stdout
    assert kharita("collections", "restore", ident).exit_code == 0
    assert ident in kharita("collections", "list").stdout


@pytest.mark.usefixtures("filled")
def test_articles_go_from_one_to_another(kharita):
    kharita("collections", "new", "Sudan")
    source = "Harbour Post"
    done = kharita("articles", "copy", "--all-of", source, "--to", "sudan", "--who", "me")
    assert "1 articles copied to 'Sudan'" in done.stdout
    assert source in kharita("articles", "list", "--collection", "Sudan").stdout
    done = kharita("articles", "move", "--all-of", source, "--to", "Sudan", "--who", "me")
    assert "1 articles moved to 'Sudan'; 1 of them were there already" in done.stdout
    assert source not in kharita("articles", "list").stdout
    assert source in kharita("articles", "list", "--removed").stdout
    kharita("articles", "restore", "--all", "--who", "me")
    assert source in kharita("articles", "list").stdout


@pytest.mark.usefixtures("filled")
def test_export_opens_the_collection_that_the_view_names(kharita, tmp_path):
    kharita("collections", "new", "Sudan")
    kharita("articles", "copy", "--all-of", "Harbour Post", "--to", "Sudan", "--who", "me")
    for number, arguments in enumerate((("--view", "?collection=Sudan"), ("--collection", "Sudan"), ())):
        done = kharita("export", tmp_path / f"{number}.csv", *arguments)
        assert ("1 article," in done.stdout) == (number < 2), done.stdout


def test_an_old_store_gets_a_name(kharita, tmp_path):
    url = f"sqlite:///{(tmp_path / 'old.sqlite').as_posix()}"
    with open_store(url) as opened:
        opened.add_many(make_articles())
    kharita("collections", "new", "Old", "--store", url)
    assert "4 articles" in kharita("collections", "list").stdout.splitlines()[1]
    assert "Harbour" in kharita("articles", "list", "--collection", "old").stdout


@pytest.mark.parametrize(
    "command",
    [
        ("articles", "list"),
        ("store", "check"),
        ("corrections", "list"),
        ("doctor",),
        ("reparse",),
        ("ingest", "x"),
    ],
)
def test_each_command_says_that_there_is_none_of_this_name(kharita, command):
    assert isinstance(kharita(*command, "--collection", "../../etc").exception, CollectionError)


def test_two_stores_at_once_are_refused(kharita):
    failed = kharita("articles", "list", "--collection", "main", "--store", "sqlite:///x").exception
    assert isinstance(failed, SettingsError)


@pytest.mark.usefixtures("filled")
def test_the_command_wins_over_the_variable(kharita, monkeypatch):
    monkeypatch.setenv("KHARITA_STORE", "sqlite:////nowhere/at/all")
    assert "Harbour" in kharita("articles", "list", "--collection", "main").stdout
