from __future__ import annotations

import pytest

from dashboard.core.errors import CorrectionError
from dashboard.core.models import Article, Focus, Parse
from dashboard.store import open_store


@pytest.fixture
def store(tmp_path) -> str:
    url = f"sqlite:///{(tmp_path / 'news.sqlite').as_posix()}"
    with open_store(url) as opened:
        for name in ("one", "two"):
            opened.add(Article(name, f"{name} words", source="Papre"), Parse("en", (), Focus(), "p", "g"))
    return url


def test_list_edit_remove_restore_and_undo(kharita, store):
    listed = kharita("articles", "list", "--store", store, "--undated").stdout.splitlines()
    assert len(listed) == 2
    ident = listed[0].split()[0]
    done = kharita(
        "articles", "edit", "--all-of", "Papre", "--source", "Paper", "--who", "me", "--store", store
    )
    assert "2 articles changed" in done.stdout
    assert (
        kharita("articles", "edit", ident, "--date", "2024-05", "--who", "me", "--store", store).exit_code
        == 0
    )
    assert "2024-05" in kharita("articles", "list", "--store", store).stdout
    assert (
        "1 articles removed" in kharita("articles", "remove", ident, "--who", "me", "--store", store).stdout
    )
    assert ident in kharita("articles", "list", "--removed", "--store", store).stdout
    assert (
        "1 articles restored"
        in kharita("articles", "restore", "--all", "--who", "me", "--store", store).stdout
    )
    trail = kharita("articles", "trail", ident, "--store", store).stdout.splitlines()
    assert len(trail) == 3
    whole = kharita("articles", "edit", ident, "--whole", "--who", "me", "--store", store)
    assert "1 articles changed" in whole.stdout
    assert "whole" in kharita("articles", "trail", ident, "--store", store).stdout
    change = next(line for line in trail if "published" in line).split()[0]
    assert "undone" in kharita("articles", "undo", change, "--who", "me", "--store", store).stdout
    assert "0 articles removed" in kharita("articles", "remove", "--samples", "--store", store).stdout


@pytest.mark.parametrize(
    "more", [("edit", "x", "--title", "y"), ("edit", "--title", "y"), ("edit", "x"), ("restore",)]
)
def test_what_is_not_clear_is_one_sentence(kharita, store, more):
    assert isinstance(kharita("articles", *more, "--store", store).exception, CorrectionError)
