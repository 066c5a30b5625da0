from __future__ import annotations

import re
from datetime import date

from made_store import HOSTILE, PLACES

from dashboard.query import Companion, CountryRank, PlaceProfile
from dashboard.query.columns import EVIDENCE_COLUMNS, make_frame
from dashboard.render.panel.cards import country_list, place_evidence
from dashboard.render.panel.place_sections import companion_links, found_names, independent_words, source_list
from dashboard.render.panel.trend import sparkline, trend
from dashboard.words import strings

EN, AR = strings("en"), strings("ar")


def address(value: str) -> str:
    return f"?v={value}" if "<" not in value else "?v=hostile"


def test_independent_stories_are_told_unless_there_is_one_article() -> None:
    assert independent_words(PlaceProfile(articles=1, independent=1), EN) == ""
    assert "all independent" in independent_words(PlaceProfile(articles=3, independent=3), EN)
    assert "7 independent" in independent_words(PlaceProfile(articles=9, independent=7), EN)
    assert "مقالان مستقلان" in independent_words(PlaceProfile(articles=9, independent=2), AR)


def test_a_card_says_how_else_the_place_was_written() -> None:
    written = (
        ("Tobruk", 5),
        ("طَبْرق", 3),
        ("Tubruq", 2),
        ("<b>Tubruk</b>", 1),
        *((f"T{n}", 1) for n in range(8)),
    )
    html = found_names(PLACES["Tobruk"], PlaceProfile(names=written), EN)
    assert "Tubruq" in html
    assert "&lt;b&gt;Tubruk&lt;/b&gt;" in html
    assert "Tobruk<" not in html  # its own names stand above
    assert "طَبْرق" not in html
    assert "and 2 more" in html
    assert found_names(PLACES["Tobruk"], PlaceProfile(names=written[:2]), EN) == ""


def test_a_curve_runs_as_the_writing_does() -> None:
    assert "polygon(0% 100%,0% 100%,50% 50%,100% 0%,100% 100%)" in sparkline((0, 1, 2), EN)
    assert "polygon(100% 100%,100% 100%,50% 50%,0% 0%,0% 100%)" in sparkline((0, 1, 2), AR)
    assert "polygon" not in sparkline((0, 0), EN)
    assert "polygon" not in sparkline((), EN)
    assert "94%" in sparkline((1, 1000), EN)  # one article is still seen


def when(since: date | None, until: date | None) -> str:
    return f"?{since}_{until}"


def test_bars_of_a_trend_keep_to_their_days_and_lead_back() -> None:
    days = [(date(2024, 1, 3), 2), (date(2024, 1, 5), 4)]
    span = (date(2024, 1, 1), date(2024, 1, 7))
    html = trend(days, span, (None, None), EN, when)
    assert html.count("<a ") == 2
    assert html.count("<i>") == 5
    assert 'href="?2024-01-03_2024-01-03"' in html
    assert "height:50%" in html
    assert "3 January 2024: 2 articles" in html
    only = trend(days, span, (date(2024, 1, 3), date(2024, 1, 3)), EN, when)
    assert 'href="?None_None"' in only
    assert only.count("kh-trend-out") == 1
    assert trend([], span, (None, None), EN, when) == ""


def test_the_trend_of_years_has_few_bars() -> None:
    html = trend([(date(2022, 1, 3), 2)], (date(2022, 1, 1), date(2024, 12, 31)), (None, None), AR, when)
    assert len(re.findall(r"<(?:a|i)[ >]", html)) == 36
    assert "ديسمبر 2024" in html


def test_companions_and_sources_are_links_and_harmless() -> None:
    companions = [Companion("kh:x", HOSTILE, "طبرق", None, "city", "LY", 3)]
    html = companion_links(companions, EN, address)
    assert 'href="?v=kh:x"' in html
    assert "<script" not in html
    assert "<img" not in html
    assert "طبرق" in companion_links(companions, AR, address)
    assert companion_links([], EN, address) == ""
    sources = [(HOSTILE, 9), (None, 4), *((f"S{n}", 1) for n in range(6))]
    html = source_list(sources, EN, address)
    assert html.count("<li>") == 5
    assert html.count("<a ") == 4  # nothing to keep to where the source is not known
    assert "and 3 more sources" in html
    assert "<script" not in html
    assert source_list([(None, 4)], EN, address) == ""
    assert source_list([], EN, address) == ""


def test_countries_are_listed_with_their_numbers() -> None:
    html = country_list([CountryRank("LY", 12, (1, 2)), CountryRank("MT", 3, (0, 0))], EN, address)
    assert html.index("Libya") < html.index("Malta")
    assert 'href="?v=LY"' in html
    assert html.count("polygon") == 1


def test_copies_of_a_story_stand_together() -> None:
    rows = [
        ("a1", "T", "Wasat", None, date(2024, 1, 2), "en", "In Tobruk.", [(3, 9)], 0.9, False, 7),
        ("a2", "U", "Herald", None, date(2024, 1, 2), "en", "Of Tobruk.", [(3, 9)], 0.9, False, 8),
        ("a3", "V", HOSTILE, None, date(2024, 1, 1), "en", "In Tobruk.", [(3, 9)], 0.9, False, 7),
        ("a4", f"W {HOSTILE}", None, None, None, "en", "In Tobruk.", [(3, 9)], 0.9, False, 7),
    ]
    html = place_evidence(make_frame(rows, EVIDENCE_COLUMNS), EN, lambda article: f"?article={article}")
    assert html.count("<article") == 2
    assert html.count("<blockquote") == 2
    assert "2 more copies of this story" in html
    assert 'href="?article=a3"' in html
    assert 'href="?article=a4"' in html
    assert "<script" not in html
    assert "<img" not in html
