from __future__ import annotations

from datetime import date

import pytest

from dashboard.core.article_changes import ArticleField, columns_for
from dashboard.core.errors import CorrectionError
from dashboard.core.models import DateOrigin
from dashboard.core.publication import can_be_published
from dashboard.intake.dates import date_article
from dashboard.intake.draft import DateClue

TODAY = date(2024, 6, 1)


@pytest.mark.parametrize(
    "edtf", ["2024-06-02", "2025-12-31", "1875-01-01", "2024", "2024-05", "2024-05-01/2024-05-10"]
)
def test_what_an_article_can_bear(edtf: str) -> None:
    assert can_be_published(edtf, TODAY)


@pytest.mark.parametrize("edtf", ["9999-12-31", "2026-01-01", "0001-01-01", "2024-05-01/9999-01-01", "0900"])
def test_what_none_can(edtf: str) -> None:
    assert not can_be_published(edtf, TODAY)


def test_an_impossible_date_is_passed_over_and_said() -> None:
    clues = [DateClue(DateOrigin.METADATA, "9999-12-31"), DateClue(DateOrigin.TEXT, "2024-05-30")]
    dated = date_article(clues, order=None, today=TODAY)
    assert dated.published == date(2024, 5, 30)
    alone = date_article(clues[:1], order=None, today=TODAY)
    assert alone.published is None
    assert alone.edtf is None
    assert "9999-12-31" in alone.notes[0]


def test_nobody_can_set_it_by_hand() -> None:
    with pytest.raises(CorrectionError, match="No article can be from 9999-12-31"):
        columns_for(ArticleField.PUBLISHED, "9999-12-31")
