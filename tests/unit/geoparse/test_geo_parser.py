from __future__ import annotations

import pytest

from dashboard.core.models import Abstention, Focus, Parse
from dashboard.geoparse import Limits
from dashboard.geoparse.documents import PAD

TEXT = "وصل الوفد إلى باريس قادما من القاهرة، ثم عاد إلى طبرق."


def _surfaces(parse: Parse) -> list[str]:
    return [resolution.mention.text for resolution in parse.resolutions]


def _places(parse: Parse) -> list[tuple[str, str | None] | None]:
    return [(x.place.name, x.place.country) if x.place else None for x in parse.resolutions]


def test_a_parse_says_who_said_it(hand_parser, small_gazetteer):
    parse = hand_parser.parse(TEXT)
    assert parse.language == "ar"
    assert parse.gazetteer_id == small_gazetteer.id
    assert parse.parser_id == hand_parser.id
    assert hand_parser.id.startswith("kharita-")


def test_mentions_stand_in_the_order_of_the_text(hand_parser):
    parse = hand_parser.parse(TEXT)
    assert _surfaces(parse) == ["باريس", "القاهرة", "طبرق"]
    assert _places(parse) == [("Paris", "FR"), ("Cairo", "EG"), ("Tobruk", "LY")]
    for resolution in parse.resolutions:
        mention = resolution.mention
        assert TEXT[mention.start : mention.end] == mention.text


def test_candidates_fall_and_the_chosen_one_leads(hand_parser):
    (resolution,) = hand_parser.parse("من طرابلس").resolutions
    scores = [candidate.score for candidate in resolution.candidates]
    assert resolution.place == resolution.candidates[0].place
    assert scores == sorted(scores, reverse=True)
    assert {"LY", "LB"} <= {candidate.place.country for candidate in resolution.candidates}
    assert 0 < resolution.confidence <= scores[0]


def test_weights_decide_which_place(make_parser):
    text = "سافر إلى طرابلس اللبنانية"
    assert _places(make_parser().parse(text)) == [("Tripoli", "LY")]
    told = make_parser(place={"prominence": 20.0, "adjective_after": 30.0}).parse(text)
    assert _places(told) == [("Tripoli", "LB")]
    assert told.resolutions[0].candidates[0].reasons[0].weight > 0


def test_weights_decide_what_is_a_toponym(make_parser):
    parser = make_parser(toponym={"before_locative": 8.0}, bias=-4.0)
    assert _surfaces(parser.parse("في باريس وزار روما")) == ["باريس"]
    assert _surfaces(make_parser(bias=-4.0).parse(TEXT)) == []


def test_many_candidates_are_cut_to_the_limit(make_parser):
    parser = make_parser(limits=Limits(candidates=2))
    assert len(parser.parse("Paris", "en").resolutions[0].candidates) == 2


def test_a_name_that_could_be_anywhere_gets_no_place(make_parser):
    parser = make_parser(place={}, limits=Limits(place=0.6))
    (resolution,) = parser.parse("من طرابلس").resolutions
    assert resolution.place is None
    assert resolution.abstention is Abstention.AMBIGUOUS
    assert len(resolution.candidates) > 1
    assert parser.parse("من طرابلس").focus == Focus(None, None)


def test_reasons_are_left_out_when_nobody_asks(hand_parser):
    (parse,) = hand_parser.parse_many([(TEXT, None)], explain=False)
    assert all(not x.reasons for resolution in parse.resolutions for x in resolution.candidates)
    explained = hand_parser.parse(TEXT)
    assert _places(parse) == _places(explained)
    assert any(x.reasons for resolution in explained.resolutions for x in resolution.candidates)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "123", "…!?", "\x00\x1b", "🙂🙃", "\u202e\u202c", "\ud800"]
)
def test_texts_without_words_give_empty_parses(hand_parser, text):
    parse = hand_parser.parse(text)
    assert parse.resolutions == ()
    assert parse.focus == Focus(None, None)


def test_names_at_both_ends_of_a_text(hand_parser):
    assert _surfaces(hand_parser.parse("باريس")) == ["باريس"]
    assert _surfaces(hand_parser.parse("طبرق ... باريس")) == ["طبرق", "باريس"]
    assert len("x" * PAD) == PAD  # neighbours are looked for as far as that


@pytest.mark.parametrize(
    ("language", "taken"), [("ar", "ar"), ("fr", "fr"), (None, "en"), ("de", "en"), ("", "en"), ("AR", "en")]
)
def test_an_unknown_language_is_found_out(hand_parser, language, taken):
    assert hand_parser.parse("The delegation left Paris for the coast", language).language == taken


def test_batches_keep_the_order(hand_parser):
    texts = [(f"عاد {name} أمس", "ar") for name in ("باريس", "طبرق", "", "القاهرة", "روما")] * 3
    alone = [hand_parser.parse(*text) for text in texts]
    for size in (1, 2, 7, 100):
        assert [_surfaces(x) for x in hand_parser.parse_many(texts, batch=size)] == [
            _surfaces(x) for x in alone
        ]
    assert list(hand_parser.parse_many([])) == []


def test_parsing_is_lazy(hand_parser):
    asked = []

    def texts():
        for number in range(6):
            asked.append(number)
            yield "باريس", "ar"

    parses = hand_parser.parse_many(texts(), batch=2)
    next(parses)
    assert asked == [0, 1]


@pytest.mark.parametrize(
    ("text", "metonymy"),
    [
        ("أعلنت باريس أنها توافق", True),
        ("وصل الوزير إلى باريس وقال إنه متفائل", False),
        ("في باريس أعلنت الحكومة", False),
        ("أعلنت طبرق أنها توافق", False),  # no capital
    ],
)
def test_capitals_that_speak_are_their_governments(hand_parser, text, metonymy):
    (resolution,) = hand_parser.parse(text, "ar").resolutions
    assert resolution.metonymy is metonymy


def test_what_is_about_decides_the_focus(hand_parser):
    parse = hand_parser.parse("باريس\n\n" + "كلام كثير " * 30 + "طبرق ... طبرق ... طبرق ... بنغازي", "ar")
    assert parse.focus.country == "LY"
    assert parse.focus.place == "geonames:81302"
