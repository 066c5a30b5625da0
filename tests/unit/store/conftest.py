"""A parser made by hand and an empty store."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dashboard.core.models import (
    Abstention,
    Candidate,
    Focus,
    Kind,
    Mention,
    Parse,
    Place,
    Reason,
    Resolution,
)
from dashboard.store import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LIBYA = Place(
    "country:LY", "Libya", Kind.COUNTRY, 27.0, 17.0, "LY", "PCLI", "ليبيا", "Libye", 700.0, 6_678_567
)
TOBRUK = Place(
    "geonames:81302", "Tobruk", Kind.CITY, 32.08, 23.96, "LY", "PPL", "طبرق", "Tobrouk", 5.0, 121_052
)
PARIS = Place(
    "geonames:2988507", "Paris", Kind.CITY, 48.85, 2.35, "FR", "PPLC", "باريس", None, 10.0, 2_138_551
)
SEA = Place("kh:mediterranean", "Mediterranean Sea", Kind.WATER, 35.0, 18.0, None, "SEA", "البحر المتوسط")
NAMES = {
    "ليبيا": (LIBYA, 0.95),
    "Libya": (LIBYA, 0.9),
    "طبرق": (TOBRUK, 0.8),
    "Tobruk": (TOBRUK, 0.7),
    "باريس": (PARIS, 0.6),
    "Paris": (PARIS, 0.4),
    "Mediterranean": (SEA, 0.9),
}


class HandMadeParser:
    """Finds the names of a short list, each with a fixed confidence; `Nowhere` is named but not found."""

    def __init__(self, parser_id: str = "hand-1", fail_on: str | None = None) -> None:
        self.parser_id = parser_id
        self.fail_on = fail_on
        self.seen: list[str] = []

    def parse(self, text: str, language: str | None = None) -> Parse:
        self.seen.append(text)
        if self.fail_on is not None and self.fail_on in text:
            raise RuntimeError(self.fail_on)
        found = []
        for match in re.finditer("|".join([*NAMES, "Nowhere"]), text):
            mention = Mention(match.start(), match.end(), match.group())
            place, confidence = NAMES.get(match.group(), (None, 0.3))
            reasons = (Reason("listed", 1.25, match.group()),)
            if place is None:
                found.append(
                    Resolution(mention, None, confidence, (), reasons, abstention=Abstention.NO_CANDIDATE)
                )
                continue
            rivals = (Candidate(place, confidence, (Reason("first", 0.5),)), Candidate(SEA, 0.05))
            found.append(Resolution(mention, place, confidence, rivals, reasons, metonymy=place is PARIS))
        places = [resolution.place for resolution in found if resolution.place]
        focus = Focus(places[0].id, places[0].country) if places else Focus()
        return Parse(language or "ar", tuple(found), focus, self.parser_id, "gaz-hand")

    def parse_many(self, texts: Iterable[tuple[str, str | None]]) -> Iterator[Parse]:
        for text, language in texts:
            yield self.parse(text, language)


@pytest.fixture
def hand_parser() -> HandMadeParser:
    return HandMadeParser()


@pytest.fixture
def make_parser() -> type[HandMadeParser]:
    return HandMadeParser


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    return f"sqlite:///{(tmp_path / 'store.sqlite').as_posix()}"


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with open_store(store_url) as opened:
        yield opened
