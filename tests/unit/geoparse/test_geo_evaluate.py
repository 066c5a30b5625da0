from __future__ import annotations

import pytest

from dashboard.core.models import Focus, Kind, Mention, Parse, Place, Resolution
from dashboard.geoparse.evaluate import Rates, evaluate
from dashboard.geoparse.gold import GoldMention, GoldPlace, GoldText

TEXT = "Tobruk and Libya, the Elysee in Paris, and Sunday by the coast."
TOBRUK = Place("t", "Tobruk", Kind.CITY, 32.08, 23.96, "LY")
LIBYA = Place("l", "Libya", Kind.COUNTRY, 27.0, 17.0, "LY")
PARIS = Place("p", "Paris", Kind.CITY, 48.85, 2.35, "FR")
FAR = Place("f", "Paris", Kind.CITY, 33.66, -95.55, "US")


def _mark(surface: str, place: str = "") -> GoldMention:
    start = TEXT.index(surface)
    return GoldMention(start, start + len(surface), surface, place)


def _gold(**more: object) -> GoldText:
    fields: dict[str, object] = {
        "mentions": (_mark("Tobruk", "tobruk"), _mark("Libya", "libya"), _mark("Paris", "paris")),
        "places": {
            "tobruk": GoldPlace("Tobruk", "city", "LY", 32.1, 24.0, 25),
            "libya": GoldPlace("Libya", "country", "LY", 0.0, 0.0, 0),
            "paris": GoldPlace("Paris", "city", "FR", 48.86, 2.35, 25),
        },
        "traps": (_mark("Sunday"),),
        "optional": (_mark("the coast"),),
        "focus": {"country": "LY"},
    }
    return GoldText("one", TEXT, "en", **{**fields, **more})  # type: ignore[arg-type]


def _parse(*named: tuple[str, Place | None], country: str | None = "LY") -> Parse:
    found = []
    for surface, place in named:
        mark = _mark(surface)
        found.append(Resolution(Mention(mark.start, mark.end, surface), place, 0.9))
    return Parse("en", tuple(found), Focus(None, country), "parser", "gazetteer")


def test_all_right_is_all_right() -> None:
    scores = evaluate([_gold()], [_parse(("Tobruk", TOBRUK), ("Libya", LIBYA), ("Paris", PARIS))])
    assert scores.links == scores.exact == scores.overlap == Rates(3, 3, 3, 3)
    assert scores.links.f1 == 1
    assert (scores.traps_drawn, scores.traps) == (0, 1)
    assert (scores.focus_right, scores.focus_known) == (1, 1)
    assert (scores.missed, scores.false, scores.drawn) == ([], [], [])


def test_faults_are_counted_and_named() -> None:
    parse = _parse(("Tobruk", TOBRUK), ("Paris", FAR), ("Sunday", FAR), country="US")
    scores = evaluate([_gold()], [parse])
    assert scores.links == Rates(1, 2, 1, 3)
    assert scores.missed == [("one", "libya"), ("one", "paris")]
    assert scores.false == [("one", "Paris → Paris")]
    assert scores.drawn == [("one", "Sunday")]
    assert (scores.focus_right, scores.focus_known) == (0, 1)


def test_a_country_is_the_country_itself_not_a_point_in_it() -> None:
    assert evaluate([_gold()], [_parse(("Libya", TOBRUK))]).links.right == 1  # near the gold Tobruk
    other = Place("s", "Sabha", Kind.CITY, 27.04, 14.43, "LY")
    assert evaluate([_gold()], [_parse(("Libya", other))]).links.right == 0
    assert evaluate([_gold()], [_parse(("Libya", LIBYA))]).links.right == 1


def test_mentions_match_exactly_or_by_touch() -> None:
    scores = evaluate([_gold()], [_parse(("Tobruk and", TOBRUK))])
    assert (scores.exact.right, scores.overlap.right) == (0, 1)


def test_optional_stretches_are_neither_good_nor_bad() -> None:
    scores = evaluate([_gold()], [_parse(("the coast", FAR))])
    assert scores.links.returned == scores.exact.returned == 0


def test_mentions_without_a_place_are_mentions_but_no_links() -> None:
    scores = evaluate([_gold()], [_parse(("Tobruk", None))])
    assert (scores.links.returned, scores.exact.right) == (0, 1)


def test_wide_places_must_stand_on_their_own_mention() -> None:
    gold = _gold(places={**_gold().places, "tobruk": GoldPlace("Cyrenaica", "region", "LY", 31.0, 22.0, 400)})
    assert evaluate([gold], [_parse(("Tobruk", TOBRUK))]).links.right == 1
    assert evaluate([gold], [_parse(("Elysee", TOBRUK))]).links.right == 0


def test_rates_of_nothing_are_zero() -> None:
    assert (Rates(0, 0, 0, 0).precision, Rates(0, 0, 0, 0).recall, Rates(0, 0, 0, 0).f1) == (0, 0, 0)
    assert Rates(1, 2, 1, 4).f1 == pytest.approx(1 / 3)


def test_golds_and_parses_go_in_pairs() -> None:
    with pytest.raises(ValueError, match="argument 2"):
        evaluate([_gold()], [])
