from __future__ import annotations

import re
from datetime import date

import pytest

from dashboard.render.panel.printed import ROWS_ON_PAPER, printed_head, printed_rest
from dashboard.render.theme import STATIC
from dashboard.words import strings

TODAY = date(2026, 3, 9)


def test_the_line_on_paper_tells_day_time_and_sources() -> None:
    sources = [f"Source {n}" for n in range(11)]
    html = str(printed_head(TODAY, (date(2024, 1, 1), date(2025, 2, 2)), sources, strings("en")))
    assert "Printed on 9 March 2026" in html
    assert "articles from 1 January 2024 to 2 February 2025" in html
    assert "Source 7" in html
    assert "Source 8" not in html
    assert "and 3 more" in html
    arabic = str(printed_head(TODAY, None, [], strings("ar")))
    assert "طُبع في 9 مارس 2026" in arabic
    assert "المصادر" not in arabic


@pytest.mark.parametrize(
    ("listed", "total", "rest"), [(150, 335, 335 - ROWS_ON_PAPER), (12, 12, 0), (12, 20, 8)]
)
def test_what_is_not_on_the_paper_is_counted(listed: int, total: int, rest: int) -> None:
    html = str(printed_rest(listed, total, strings("en")))
    assert (f"{rest} more places" in html) is bool(rest)
    assert bool(html) is bool(rest)


def test_the_style_sheet_hides_the_rows_that_are_counted_as_left_out() -> None:
    sheet = (STATIC / "sheets" / "print.css").read_text(encoding="utf-8")
    assert re.findall(r"nth-child\(n \+ (\d+)\)", sheet) == [str(ROWS_ON_PAPER + 1)]


def test_a_source_is_text() -> None:
    assert "<b>" not in str(printed_head(TODAY, None, ["<b>x"], strings("fr")))
