from __future__ import annotations

import pytest

from dashboard.core.errors import StoreError
from dashboard.core.models import Article, Focus, Parse
from dashboard.store import open_store


@pytest.fixture
def store(tmp_path) -> str:
    url = f"sqlite:///{(tmp_path / 'news.sqlite').as_posix()}"
    with open_store(url) as opened:
        opened.add(Article("t", "words"), Parse("en", (), Focus(), "p", "g"))
    return url


def test_copy_check_restore_and_tidy(kharita, store, tmp_path):
    copy = tmp_path / "copy.sqlite"
    assert "1 articles copied" in kharita("store", "backup", copy, "--store", store).stdout
    assert isinstance(kharita("store", "backup", copy, "--store", store).exception, StoreError)
    assert kharita("store", "backup", copy, "--force", "--store", store).exit_code == 0
    assert "sound: 1 articles" in kharita("store", "check", "--store", store).stdout
    restored = kharita("store", "restore", copy, "--store", store)
    assert "1 articles restored" in restored.stdout
    assert "kept in" in restored.stdout
    assert kharita("store", "vacuum", "--store", store).exit_code == 0


def test_what_is_damaged_is_no_success(kharita, store, tmp_path):
    (tmp_path / "bad.sqlite").write_bytes(b"words")
    assert isinstance(
        kharita("store", "restore", tmp_path / "bad.sqlite", "--store", store).exception, StoreError
    )


def test_a_store_is_copied_into_another(kharita, store, tmp_path):
    target = f"sqlite:///{(tmp_path / 'other.sqlite').as_posix()}"
    assert "1 articles and 0 mentions copied" in kharita("store", "copy", store, target).stdout
    with open_store(target) as opened:
        assert opened.counts().articles == 1
    assert isinstance(kharita("store", "copy", store, target).exception, StoreError)
