from __future__ import annotations

import re
from datetime import date

from made_store import HOSTILE

from dashboard.query import SourceReport
from dashboard.query.columns import EVIDENCE_COLUMNS, make_frame
from dashboard.render.panel.by_source import SourceWays, source_reports
from dashboard.words import strings

EN, AR = strings("en"), strings("ar")
WAYS = SourceWays(
    lambda article: f"?article={article}", lambda article: f"?story={article}", lambda _: "?every"
)
REPORTS = (
    SourceReport(1, "Wasat", 5, 2, date(2024, 1, 2), date(2024, 3, 1)),
    SourceReport(2, HOSTILE, 1, 1, date(2024, 2, 2), date(2024, 2, 2)),
    SourceReport(0, None, 1, 1, None, None),
)
EVIDENCE = make_frame(
    [
        ("a1", "T", "Wasat", None, date(2024, 3, 1), "en", "In Tobruk.", [(3, 9)], 0.9, False, 7),
        ("a2", "U", HOSTILE, None, date(2024, 2, 2), "en", f"Tobruk {HOSTILE}", [(0, 6)], 0.9, False, 8),
        ("a3", "V", None, None, None, "en", "Of Tobruk.", [(3, 9)], 0.9, False, 9),
    ],
    EVIDENCE_COLUMNS,
)


def folds(html: str) -> list[str]:
    return re.findall(r"<details[^>]*>.*?</details>", html, re.DOTALL)


def test_each_source_says_how_often_and_since_when() -> None:
    first, second, third = folds(source_reports(REPORTS, EVIDENCE, EN, WAYS))
    assert "5 articles" in first
    assert "2 independent" in first
    assert "since 2 January 2024, last on 1 March 2024" in first
    assert "1 article" in second
    assert "independent" not in second
    assert "· 2 February 2024" in second
    assert "undated" in third
    assert "source not known" in third


def test_each_source_holds_its_own_sentences_and_the_way_to_the_rest() -> None:
    first, second, third = folds(source_reports(REPORTS, EVIDENCE, EN, WAYS))
    assert [name for name in ("a1", "a2", "a3") if f"article={name}" in first] == ["a1"]
    assert [name for name in ("a1", "a2", "a3") if f"article={name}" in third] == ["a3"]
    assert 'href="?every"' in first
    assert 'href="?every"' not in second  # all it says is there
    assert first.startswith("<details open")
    assert "open" not in second.partition(">")[0]
    assert "<script" not in second
    assert "<img" not in second


def test_in_arabic() -> None:
    html = source_reports(REPORTS, EVIDENCE, AR, WAYS)
    assert "منذ 2 يناير 2024، وآخرها 1 مارس 2024" in html
