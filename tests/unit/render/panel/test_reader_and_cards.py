from __future__ import annotations

import re

from made_store import BIDI_TITLE, PLACES, make_articles

from dashboard.core.models import Article, Focus, Kind
from dashboard.query import EVIDENCE_COLUMNS
from dashboard.query.columns import make_frame
from dashboard.render.map.legend import legend
from dashboard.render.map.minimap import minimap
from dashboard.render.panel.cards import PlaceFigures, place_card, place_evidence
from dashboard.render.panel.notice import notice
from dashboard.render.panel.reader import (
    Marking,
    article_body,
    article_head,
    article_places,
    mention_panel,
)
from dashboard.render.theme import LIGHT
from dashboard.ui.parts.reader_view import focus_place
from dashboard.words import strings

EN = strings("en")
ALLOWED = re.compile(
    r"</?(?:a|article|b|bdi|blockquote|div|h2|h3|h4|header|i|img|li|mark|ol|p|section|small|span|ul)[ >]"
)


def assert_no_foreign_tags(html: str) -> None:
    assert not re.search(r"<(?:script|svg|iframe|object|style)", html, re.IGNORECASE)
    assert all(
        ALLOWED.match(tag + " ") or ALLOWED.match(tag + ">") for tag in re.findall(r"</?[a-zA-Z0-9]+", html)
    )
    assert "javascript:" not in html


def test_every_mention_is_marked_by_kind_and_linked() -> None:
    article, parse = make_articles()[0]
    marking = Marking(parse.resolutions, EN, lambda number: f"?mention={number}", 1)
    html = article_head(article, marking, "?", "back") + article_body(article, marking)
    assert html.count("kh-m ") == len(parse.resolutions)
    assert 'class="kh-m kh-k-country"' in html
    assert html.count("aria-current") == 1
    assert html.count("Ship reaches") == 1  # the title is not told twice


def test_boilerplate_stands_apart_and_keeps_its_text() -> None:
    text = "Title\n\nThe article.\nRead also: more\n----\nThe article goes on.\nAll rights reserved"
    spans = tuple((text.index(a), text.index(z) + len(z)) for a, z in (("Read", "----"), ("All", "reserved")))
    article = Article("Title", text, boilerplate=spans)
    html = str(article_body(article, Marking((), EN, str)))
    apart = re.findall(r'<aside class="kh-beside"[^>]*>(.*?)</aside>', html)
    assert [re.findall(r"<p[^>]*>([^<]+)</p>", one) for one in apart] == [
        ["Read also: more", "----"],
        ["All rights reserved"],
    ]
    assert EN("boilerplate") in apart[0]
    assert re.findall(r"</aside><p[^>]*>([^<]+)", html) == ["The article goes on."]


def test_hostile_articles_are_text() -> None:
    article, parse = make_articles()[2]
    marking = Marking(parse.resolutions, EN, lambda number: f"?mention={number}")
    html = article_head(article, marking, "?", "back") + article_body(article, marking)
    assert_no_foreign_tags(html)
    assert "\u202e" not in html
    assert "&lt;img src=x onerror" in html
    assert EN("no_link") in html
    assert BIDI_TITLE not in html


def test_a_mention_says_who_lost_and_why() -> None:
    _, parse = make_articles()[0]
    cairo = next(item for item in parse.resolutions if item.mention.text == "Cairo")
    html = mention_panel(cairo, EN, lambda place: f"?place={place}", "?")
    assert "United States" in html
    assert "8%" in html
    assert "never worded code" in html  # a code that the table lacks
    assert EN("reason_same_country") in html
    assert_no_foreign_tags(html)


def test_the_whole_of_the_candidates_is_written_as_their_shares_are() -> None:
    _, parse = make_articles()[0]
    cairo = next(item for item in parse.resolutions if item.mention.text == "Cairo")
    for numerals in ("latn", "arab"):
        words = strings("ar", numerals)
        html = mention_panel(cairo, words, lambda place: f"?place={place}", "?")
        assert f"ومجموعها {words.share(1)}<" in html


def test_an_abstention_is_told() -> None:
    _, parse = make_articles()[3]
    nowhere = next(item for item in parse.resolutions if item.place is None)
    assert EN("abstain_no_candidate") in mention_panel(nowhere, EN, lambda place: f"?place={place}", "?")


def test_evidence_marks_the_name_and_drops_bad_links() -> None:
    rows = [
        ("a1", "T <b>", "S", "javascript:x", None, "en", "In Tobruk <i>now</i>.", [(3, 9)], 0.9, True, 1),
        ("a1", "T <b>", "S", "javascript:x", None, "en", "Tobruk again.", [(0, 6)], 0.4, False, 1),
        ("a2", "U", None, "https://h.example/x", None, None, "Tobruk.", [(0, 6)], 0.9, False, 2),
    ]
    html = place_evidence(make_frame(rows, EVIDENCE_COLUMNS), EN, lambda article: f"?article={article}")
    assert html.count("<article") == 2
    assert html.count(">Tobruk</mark>") == 3
    assert html.count("?article=a1") == 2
    assert "h.example" in html
    assert html.count('class="kh-metonymy"') == 1
    assert html.count("40%, not sure") == 1
    assert "90% sure" not in html  # what is sure needs no word
    assert_no_foreign_tags(html)


def test_a_card_names_the_place_in_both_languages() -> None:
    figures = PlaceFigures(articles=2, sources=1, mentions=3, confidence=0.97)
    html = place_card(PLACES["Tobruk"], figures, strings("ar"), "?")
    assert "طبرق" in html
    assert "Tobruk" in html
    assert "ليبيا" in html
    assert "مقالان" in html
    assert strings("ar")("card_none") in place_card(PLACES["Tobruk"], None, strings("ar"), "?")


def test_the_focus_comes_first_and_the_small_map_names_it() -> None:
    counted = [(PLACES["Libya"], 5), (PLACES["Tobruk"], 1), (PLACES["Cairo"], 3)]
    chips = article_places(counted, "kh:tobruk", EN, lambda place: f"?place={place}")
    assert chips.index("Tobruk") < chips.index("Libya")
    drawn = minimap(counted, "kh:tobruk", "fr", LIGHT)
    assert "Tobrouk" in drawn
    assert 'src="data:image/svg+xml;base64,' in drawn
    assert minimap([], None, "en", LIGHT) == ""


def test_the_focus_is_the_stored_place_or_else_its_country() -> None:
    named = {"kh:cairo", "country:LY"}
    assert focus_place(Focus("kh:cairo", "LY"), named) == "kh:cairo"
    assert focus_place(Focus("kh:tobruk", "LY"), named) == "country:LY"
    assert focus_place(Focus(), named) is None


def test_legend_lists_the_kinds_on_the_map() -> None:
    html = legend({Kind.CITY, Kind.COUNTRY}, EN, unsure=True)
    assert html.index("country") < html.index("city")
    assert EN("legend_unsure") in html
    assert legend(set(), EN, unsure=False) == ""


def test_a_notice_says_what_to_do() -> None:
    assert "<strong>a</strong><p>&lt;b</p>" in notice("a", "<b")
