from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from made_store import make_articles, make_store
from told_story import FIRST, tell_story

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    OpenPage = Callable[..., AppTest]

ALONE = make_articles()[0][0].id
KEY = "dossier"


@pytest.fixture
def told(tmp_path: Path) -> str:
    url = make_store(tmp_path)
    tell_story(url)
    return url


@pytest.fixture
def offered(
    open_page: OpenPage, told: str, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[tuple[str, str, str]]]:
    """Return what opens an address and gives label, name and content of the dossiers that it offers."""

    def opened(**address: str) -> list[tuple[str, str, str]]:
        made = []

        def take(label: str, data: Callable[[], bytes], **more: object) -> None:
            if more["key"] == KEY:
                made.append((label, str(more["file_name"]), data().decode()))

        monkeypatch.setattr("streamlit.download_button", take)
        assert not open_page(store=told, **address).exception
        return made

    return opened


@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "Save as a dossier"), ("ar", "احفظ ملفًا عنه"), ("fr", "Enregistrer un dossier")],
)
def test_a_card_offers_the_place_under_its_filters(
    offered: Callable[..., list[tuple[str, str, str]]], language: str, label: str
) -> None:
    [(said, name, page)] = offered(ui=language, place="kh:tobruk", source="Harbour Post")
    assert (said, name) == (label, "kharita-tobruk.dossier.html")
    assert f'<html lang="{language}"' in page
    assert "Harbour Post" in page
    assert "Roads of Cyrenaica" not in page


def test_a_story_is_offered_on_its_page(offered: Callable[..., list[tuple[str, str, str]]]) -> None:
    [(_, name, page)] = offered(ui="en", page="story", article=FIRST, place="kh:tobruk")
    assert name == "kharita-story-told-first.dossier.html"
    assert "One story in 4 printings" in page


@pytest.mark.parametrize(
    "address",
    [{}, {"place": "kh:nowhere"}, {"place": "kh:tobruk", "q": "zeppelin"}, {"page": "story"}],
)
def test_where_there_is_nothing_to_tell_none_is_offered(
    offered: Callable[..., list[tuple[str, str, str]]], address: dict[str, str]
) -> None:
    assert offered(ui="en", **address) == []
