from __future__ import annotations

from dashboard.core.models import Focus, Kind, Mention, Place, Resolution
from dashboard.geoparse.focus import find_focus

TOBRUK = Place("t", "Tobruk", Kind.CITY, 32.0, 24.0, "LY")
CAIRO = Place("c", "Cairo", Kind.CITY, 30.0, 31.0, "EG")
LIBYA = Place("l", "Libya", Kind.COUNTRY, 27.0, 17.0, "LY")
SEA = Place("s", "Mediterranean Sea", Kind.WATER, 35.0, 18.0)
LENGTH = 1000


def _named(place: Place | None, start: int = 500, confidence: float = 0.9, **more: object) -> Resolution:
    return Resolution(Mention(start, start + 5, "name."), place, confidence, **more)  # type: ignore[arg-type]


def test_the_place_named_most_is_the_focus() -> None:
    assert find_focus([_named(TOBRUK), _named(CAIRO), _named(TOBRUK)], LENGTH) == Focus("t", "LY")


def test_the_lead_counts_more() -> None:
    assert find_focus([_named(TOBRUK), _named(CAIRO, start=10)], LENGTH) == Focus("c", "EG")


def test_a_government_counts_less() -> None:
    assert find_focus([_named(CAIRO, metonymy=True), _named(TOBRUK)], LENGTH) == Focus("t", "LY")


def test_a_country_is_the_main_place_only_if_nothing_smaller_is_named() -> None:
    assert find_focus([_named(LIBYA), _named(LIBYA), _named(CAIRO)], LENGTH) == Focus("c", "LY")
    assert find_focus([_named(LIBYA)], LENGTH) == Focus("l", "LY")


def test_what_has_no_country_gives_none() -> None:
    assert find_focus([_named(SEA)], LENGTH) == Focus("s", None)


def test_doubtful_and_unplaced_mentions_say_nothing() -> None:
    assert find_focus([_named(TOBRUK, confidence=0.1), _named(None)], LENGTH) == Focus(None, None)
    assert find_focus([], 0) == Focus(None, None)


def test_ties_go_by_id() -> None:
    assert find_focus([_named(TOBRUK), _named(CAIRO)], LENGTH) == find_focus(
        [_named(CAIRO), _named(TOBRUK)], LENGTH
    )


def test_a_country_counts_whether_it_or_its_government_is_named() -> None:
    assert find_focus([_named(LIBYA, metonymy=True), _named(CAIRO)], LENGTH).country == "LY"
