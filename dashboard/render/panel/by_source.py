"""What is said of a place, grouped by source: who reports it, since when, how often, and in which words of late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.render.markup import bdi, element, join, visit
from dashboard.render.panel.cards import place_evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd
    from markupsafe import Markup

    from dashboard.query import SourceReport
    from dashboard.words import Strings

__all__ = ["SOURCES_A_PAGE", "SourceWays", "report_time", "source_reports"]

SOURCES_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class SourceWays:
    """What makes the query strings that open an article, its story, and all that one source says."""

    article: Callable[[str], str]
    story: Callable[[str], str]
    every: Callable[[str], str]


def source_reports(
    reports: Sequence[SourceReport], evidence: pd.DataFrame, words: Strings, ways: SourceWays
) -> Markup:
    """Return the sources, each with a fold that holds the sentences of its newest articles; the first is open.

    Parameters
    ----------
    evidence
        Of these sources, columns `EVIDENCE_COLUMNS`.
    """
    folds = [
        _fold(report, evidence, words, ways, is_open=number == 0) for number, report in enumerate(reports)
    ]
    return element("div", join(folds), class_="kh-reports")


def _fold(
    report: SourceReport, evidence: pd.DataFrame, words: Strings, ways: SourceWays, *, is_open: bool
) -> Markup:
    of_source = evidence["source"].isna() if report.name is None else evidence["source"] == report.name
    mine = evidence[of_source]
    name = bdi(report.name) if report.name else element("span", words("card_no_source"))
    told = [element("b", words("articles", n=report.articles))]
    if report.stories < report.articles:
        told.append(element("span", words("card_independent", n=report.stories)))
    head = [
        element("span", name, class_="kh-report-name"),
        element("span", join([*told, report_time(report, words)], " · "), class_="kh-quiet"),
    ]
    body = [place_evidence(mine, words, ways.article, ways.story)]
    if report.name and report.articles > mine["article_id"].nunique():
        said = words("card_every", articles=words("articles", n=report.articles))
        body.append(
            element("p", visit(ways.every(report.name), said, class_="kh-action"), class_="kh-actions")
        )
    return element("details", join([element("summary", join(head)), *body]), open=is_open, class_="kh-report")


def report_time(report: SourceReport, words: Strings) -> str:
    """Say on which day a source reported first, and on which last."""
    if report.first is None or report.last is None:
        return words("undated")
    if report.first == report.last:
        return words.day(report.first)
    return words("card_since", first=words.day(report.first), last=words.day(report.last))
