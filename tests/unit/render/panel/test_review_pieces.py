from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from made_store import HOSTILE, PLACES

from dashboard.core.corrections import Correction, Decision, Scope
from dashboard.core.models import Candidate, Kind, Mention, Place, Reason, Resolution
from dashboard.query import Example, Question, QuestionView
from dashboard.render.panel.review import (
    candidate_item,
    candidates_map,
    checked_line,
    examples,
    place_item,
    point_layer,
    question_head,
    trail_item,
)
from dashboard.render.theme import palette
from dashboard.store.corrections import Check, Listed
from dashboard.words import strings

EN = strings("en")
CAIRO = PLACES["Cairo"]
RIVAL = Place("x:1", HOSTILE, Kind.CITY, 37.0, -89.0, "US", population=2800)
SENTENCE = f"From {HOSTILE} to Cairo."
AT = SENTENCE.index("Cairo")
CANDIDATES = (Candidate(CAIRO, 0.7, (Reason("capital", 1.0),)), Candidate(RIVAL, 0.3))
EXAMPLE = Example(
    "a", HOSTILE, HOSTILE, date(2024, 5, 1), 3, SENTENCE, (AT, AT + 5),
    Resolution(Mention(AT, AT + 5, "Cairo"), CAIRO, 0.6, CANDIDATES),
)  # fmt: skip
VIEW = QuestionView(Question("cairo", 1, 7, 2.0), CAIRO, 7, 2, 0.6, (EXAMPLE,))
DECIDED = Correction(
    Decision.WRONG_PLACE, Scope.SOURCE, HOSTILE, "a", 3, HOSTILE, RIVAL, CAIRO, HOSTILE, HOSTILE,
    datetime(2024, 5, 1, 13, 5, tzinfo=UTC), id="0" * 32,
)  # fmt: skip


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def harmless(html: str) -> str:
    """Return the HTML, after making sure that nothing in it came from a hostile text."""
    found = _Tags()
    found.feed(html)
    ours = {
        "a",
        "b",
        "bdi",
        "blockquote",
        "div",
        "figcaption",
        "figure",
        "h3",
        "img",
        "li",
        "mark",
        "p",
        "small",
    }
    assert found.tags <= {*ours, "span", "time", "ul"}
    assert not [name for name in found.attributes if name.startswith("on")]
    assert html.count("<img") <= 1
    assert 'src="x"' not in html
    return html


def test_a_question_tells_what_the_answer_stands_for():
    head = str(question_head(VIEW, "Cairo", EN))
    assert "“Cairo” was taken for" in head
    assert "this stands for 7 unsure mentions in 2 articles" in head
    assert "القاهرة" in head
    none = str(question_head(replace(VIEW, place=None, mentions=1, articles=1), "Cairo", EN))
    assert "“Cairo”: no place was chosen" in none
    assert "1 unsure mention in 1 article" in none


def test_sentences_mark_the_name_and_link_to_it():
    html = harmless(str(examples([EXAMPLE], EN, lambda article, number: f"?a={article}.{number}")))
    assert '<mark class="kh-mark">Cairo</mark>' in html
    assert 'href="?a=a.3"' in html
    assert "1 May 2024" in html


def test_candidates_carry_the_numbers_of_the_map():
    drawn = harmless(str(candidates_map(CANDIDATES, CAIRO, EN, palette("light"))))
    assert [drawn.count(f'auto">{number}</bdi>') for number in (1, 2, 3)] == [1, 1, 0]
    assert str(candidates_map((), None, EN, palette("dark"))) == ""
    item = harmless(str(candidate_item(2, CANDIDATES[1], EN, won=False)))
    assert '<b class="kh-number">2</b>' in item
    assert "kh-won" not in item
    assert "2,800 inhabitants" in harmless(str(place_item(RIVAL, EN)))


def test_countries_and_areas_are_drawn_among_candidates():
    some = [Candidate(PLACES["Libya"], 0.5), Candidate(CAIRO, 0.5)]
    assert 'auto">2</bdi>' in str(candidates_map(some, None, EN, palette("light")))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "is Cairo (Egypt), not"),
        ({"judged": CAIRO}, "is Cairo (Egypt)"),
        ({"judged": None}, "is Cairo (Egypt)"),
        ({"place": None, "decision": Decision.NOT_A_PLACE}, "is not a place"),
    ],
)
def test_the_trail_says_what_was_decided(change, said):
    html = harmless(str(trail_item(Listed(replace(DECIDED, **change), 4), EN)))
    assert said in html
    for part in ("this source", "1 May 2024 13:05", "4 mentions"):
        assert part in html
    assert "kh-undone" not in html


def test_what_is_undone_says_by_whom():
    undone = replace(DECIDED, undone_at=datetime(2024, 6, 2, tzinfo=UTC), undone_by="Nur")
    html = str(trail_item(Listed(undone, 0), EN))
    assert "undone by Nur, 2 June 2024" in html
    assert "kh-undone" in html
    assert "mentions" not in html


def test_a_checked_mention_says_who_when_and_what_the_parser_said():
    html = harmless(str(checked_line(Check(DECIDED, CAIRO, 0.55), EN)))
    assert "on 1 May 2024: another place" in html
    assert "The parser said Cairo, 55%." in html
    assert "had not found this name" in str(checked_line(Check(DECIDED, None, 0.0), EN))
    assert "had chosen no place" in str(checked_line(Check(DECIDED, None, 0.4), EN))


def test_the_point_that_was_clicked_is_drawn():
    assert len(point_layer((1.0, 2.0), palette("light"))._children) == 1
    assert len(point_layer(None, palette("light"))._children) == 0
