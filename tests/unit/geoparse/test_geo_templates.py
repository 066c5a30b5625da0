from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.core.errors import GoldFormatError
from dashboard.core.settings import data_path
from dashboard.geoparse.training.templates import fill_templates

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.gazetteer.index import Gazetteer


def test_places_of_a_template_are_marked_and_namesakes_of_towns_are_not(
    full_gazetteer: Gazetteer, tmp_path: Path
) -> None:
    for language in ("ar", "en", "fr"):
        (tmp_path / f"{language}.txt").write_text("# a note\n<G> <T> : <P>!\n", encoding="utf-8")
    texts = fill_templates(tmp_path, data_path() / "lexicon", full_gazetteer, seed=1)
    assert {text.language for text in texts} == {"ar", "en", "fr"}
    for text in texts:
        (only,) = text.toponyms
        assert text.text[only.start : only.end] == text.text.split(" : ")[1].removesuffix("!")
        assert only.latitude is None
    assert len({text.text for text in texts}) > 20
    assert fill_templates(tmp_path, data_path() / "lexicon", full_gazetteer, seed=1) == texts


def test_a_template_without_a_slot_is_refused(full_gazetteer: Gazetteer, tmp_path: Path) -> None:
    for language in ("ar", "en", "fr"):
        (tmp_path / f"{language}.txt").write_text("Nothing here.\n", encoding="utf-8")
    with pytest.raises(GoldFormatError, match="Nothing here"):
        fill_templates(tmp_path, data_path() / "lexicon", full_gazetteer, seed=1)
