"""A small store with every case that the frames must tell apart.

article    source  language  published   places (confidence of each mention)
paris      Wasat   ar        2024-01-10  Paris .9 .4, Libya .8          focus: Libya
tobruk     Wasat   ar        2024-02-20  Tobruk .7 .6, Libya .55        focus: Tobruk, LY
sea        Herald  en        none        Sea .95, Paris .3
twice      none    fr        2024-03-01  Paris .5 .5 (one sentence)
nowhere    Herald  en        2024-01-15  no place
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dashboard.core.models import Abstention, Article, Focus, Kind, Mention, Parse, Place, Resolution
from dashboard.store import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
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


def _parse(text: str, found: list[tuple[str, Place | None, float]], focus: Focus, language: str) -> Parse:
    resolutions, at = [], 0
    for surface, place, confidence in found:
        at = text.index(surface, at)
        mention = Mention(at, at + len(surface), surface)
        why = None if place else Abstention.NO_CANDIDATE
        stands = place is PARIS and confidence == 0.4
        resolutions.append(Resolution(mention, place, confidence, metonymy=stands, abstention=why))
        at += len(surface)
    return Parse(language, tuple(resolutions), focus, "hand", "gaz")


def _pairs() -> list[tuple[Article, Parse]]:
    wasat, herald = "Wasat", "Herald, The"
    paris = Article(
        "p",
        "خبر\nوصل الوفد إلى باريس. غادر باريس إلى ليبيا.",
        "ar",
        wasat,
        None,
        date(2024, 1, 10),
        id="paris",
    )
    tobruk = Article("t", "وبطبرق اجتمعوا. طبرق في ليبيا.", "ar", wasat, None, date(2024, 2, 20), id="tobruk")
    sea = Article("s", "A ship left the Mediterranean. Paris said so.", "en", herald, None, None, id="sea")
    twice = Article(
        "2", "De Paris à Paris, rien.", "fr", None, "https://e.org/2", date(2024, 3, 1), id="twice"
    )
    nowhere = Article("n", "The ship of Atlantis.", "en", herald, None, date(2024, 1, 15), id="nowhere")
    no_focus = Focus()
    found = [
        (paris, [("باريس", PARIS, 0.9), ("باريس", PARIS, 0.4), ("ليبيا", LIBYA, 0.8)], Focus(LIBYA.id, "LY")),
        (
            tobruk,
            [("طبرق", TOBRUK, 0.7), ("طبرق", TOBRUK, 0.6), ("ليبيا", LIBYA, 0.55)],
            Focus(TOBRUK.id, "LY"),
        ),
        (sea, [("Mediterranean", SEA, 0.95), ("Paris", PARIS, 0.3)], no_focus),
        (twice, [("Paris", PARIS, 0.5), ("Paris", PARIS, 0.5)], no_focus),
        (nowhere, [("Atlantis", None, 0.6)], no_focus),
    ]
    return [(article, _parse(article.text, rows, focus, "xx")) for article, rows, focus in found]


@pytest.fixture(scope="module")
def world(database: str) -> Iterator[Store]:
    with open_store(database) as opened:
        opened.add_many(_pairs())
        yield opened


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{(tmp_path / 'bare.sqlite').as_posix()}") as opened:
        yield opened
