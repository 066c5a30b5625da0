from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hand_networks import write_weights
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboard.core.models import Abstention, Kind
from dashboard.geoparse import Geoparser
from dashboard.geoparse.focus import find_focus

if TYPE_CHECKING:
    from dashboard.core.models import Parse
    from dashboard.gazetteer import Gazetteer

# Names of the small gazetteer, words that stand beside names, and what breaks careless code.
PIECES = [
    *(
        "باريس",
        "طبرق",
        "وبطبرق",
        "لليونان",
        "طَرابُلُس",
        "طـــرابلس",
        "القاهرة",
        "ولبنان",
        "اللبنانية",
        "#ليبيا",
    ),
    *("مدينة", "قاعدة", "ميناء", "في", "إلى", "من", "قال", "أعلنت", "طرابلس_الغرب", "ﻻﷲ", "ءء", "ـــ", "١٢٣"),
    *(
        "Paris",
        "Texas",
        "Tripoli",
        "New",
        "York",
        "City",
        "Port",
        "Sudan",
        "St.",
        "Moscow",
        "Libya",
        "Libyan",
    ),
    *("the", "in", "of", "minister", "said", "le", "à", "en", "ville", "12", "É"),
]
MARKS = [
    " ",
    " ",
    " ",
    ", ",
    "، ",
    ". ",
    "؟ ",
    "\n",
    "\n\n",
    " (",
    ") ",
    " «",
    "» ",
    '"',
    "-",
    "'",
    "_",
    "\u200f",
    "",
]
HOSTILE = [
    "\x00",
    "\x1b[31m",
    "\u202e",
    "\u2066",
    "\u200d",
    "\u0301",
    "🙂",
    "👨\u200d👩\u200d👧",
    "\ufeff",
    "\ud800",
    "<b>",
    "\u2028",
]
news = st.lists(st.sampled_from(PIECES) | st.sampled_from(MARKS) | st.sampled_from(HOSTILE), max_size=40).map(
    "".join
)
written = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(MARKS)), max_size=25).map(
    lambda pairs: "".join(word + mark for word, mark in pairs)
)
texts = st.text() | news | written
languages = st.sampled_from(["ar", "en", "fr", None])
slow = settings(deadline=None, max_examples=60)


@pytest.fixture(scope="module")
def parser(small_gazetteer: Gazetteer, tmp_path_factory: pytest.TempPathFactory) -> Geoparser:
    """Return a parser that takes nearly every name for a place, so that much is said of any text."""
    path = write_weights(
        tmp_path_factory.mktemp("weights") / "hand.npz",
        small_gazetteer,
        toponym={"common_word": -2.0, "before_locative": 1.0, "particle_in_to": -0.5},
        again={"first_judgement": 0.3, "country_support": 0.5, "same_name_elsewhere": 0.2},
        place={"prominence": 6.0, "same_country": 1.0, "adjective_after": 3.0, "near_other_place": 1.0},
    )
    return Geoparser(small_gazetteer, path)


def _outline(parse: Parse) -> list[tuple[int, int, str | None]]:
    return [(x.mention.start, x.mention.end, x.place.id if x.place else None) for x in parse.resolutions]


def _scores(parse: Parse) -> list[float]:
    return [score for x in parse.resolutions for score in (x.confidence, *(y.score for y in x.candidates))]


def _assert_same(one: Parse, other: Parse) -> None:
    """Assert that two parses say the same; the last digit of a score may round otherwise."""
    assert (one.language, one.focus) == (other.language, other.focus)
    assert _outline(one) == _outline(other)
    assert _scores(one) == pytest.approx(_scores(other), abs=2e-4)


@slow
@given(texts, languages)
def test_a_parse_of_any_text_keeps_its_promises(parser: Geoparser, text: str, language: str | None) -> None:
    parse = parser.parse(text, language)
    assert parse.language in ("ar", "en", "fr")
    for resolution in parse.resolutions:
        mention = resolution.mention
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert mention.text.strip() == mention.text
        assert type(mention.start) is int
        assert 0 <= resolution.confidence <= 1
        assert type(resolution.confidence) is float
        assert type(resolution.metonymy) is bool
    assert all(one.mention.end <= other.mention.start for one, other in pairwise(parse.resolutions))
    assert find_focus(parse.resolutions, len(text)) == parse.focus


@slow
@given(texts, languages)
@example("VILLE 00ؠ", "ar")  # called a town, and known to no source
def test_candidates_keep_their_promises(parser: Geoparser, text: str, language: str | None) -> None:
    for resolution in parser.parse(text, language).resolutions:
        scores = [candidate.score for candidate in resolution.candidates]
        assert bool(scores) == (resolution.abstention is not Abstention.NO_CANDIDATE)
        assert all(0 <= score <= 1 for score in scores)
        assert scores == sorted(scores, reverse=True)
        assert sum(scores) <= 1 + 0.00005 * max(2, len(scores)) + 1e-9  # each is rounded to four digits
        assert len({candidate.place.id for candidate in resolution.candidates}) == len(scores)
        assert (resolution.place is None) == (resolution.abstention is not None)
        assert resolution.place in (None, *[candidate.place for candidate in resolution.candidates[:1]])
        for candidate in resolution.candidates:
            assert candidate.place.kind in Kind
            assert -90 <= candidate.place.latitude <= 90
            assert -180 <= candidate.place.longitude <= 180


@slow
@given(texts, languages)
def test_parsing_twice_gives_the_same(parser: Geoparser, text: str, language: str | None) -> None:
    assert parser.parse(text, language) == parser.parse(text, language)


@slow
@given(st.lists(st.tuples(texts, languages), max_size=6), st.integers(1, 7))
def test_batches_say_what_single_texts_say(
    parser: Geoparser, some: list[tuple[str, str | None]], size: int
) -> None:
    together = list(parser.parse_many(some, batch=size))
    assert len(together) == len(some)
    for parse, (text, language) in zip(together, some, strict=True):
        _assert_same(parse, parser.parse(text, language))


@slow
@given(texts, languages)
def test_explaining_changes_no_decision(parser: Geoparser, text: str, language: str | None) -> None:
    (short,) = parser.parse_many([(text, language)], explain=False)
    _assert_same(parser.parse(text, language), short)


@slow
@given(written)
@example("القاهرةباريس ")
def test_vowel_marks_and_tatweel_change_no_decision(parser: Geoparser, text: str) -> None:
    """Offsets move with the marks, and the places stay."""
    marked = "".join(
        letter + ("\u064d" if "\u0628" <= letter <= "\u064a" and letter != "ـ" else "") for letter in text
    )
    plain, voiced = parser.parse(text, "ar"), parser.parse(marked, "ar")
    assert [x[2] for x in _outline(plain)] == [x[2] for x in _outline(voiced)]
    for one, other in zip(plain.resolutions, voiced.resolutions, strict=True):
        assert other.mention.text.replace("\u064d", "") == one.mention.text
