"""The pools of names that templates are filled from: towns, countries, regions, given names, lists of the lexicon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.core.models import Kind
from dashboard.core.settings import data_path
from dashboard.core.text import fold_name, is_arabic
from dashboard.gazetteer.names import keys_of
from dashboard.geoparse.company import load_company

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from dashboard.gazetteer.index import Gazetteer

__all__ = ["NamePools", "lines_of", "lists_of"]

_LEAST_PEOPLE, _BIG = 5_000, 300_000
_FAVOUR = 0.4  # a town of 30 times the people is taken 4 times as often
_RAREST, _RAREST_BIG = (
    3.8,
    5.5,
)  # Zipf frequencies above which a town's name is left out: it is an ordinary word
_LONGEST_INITIALS = 4
# Of the names of any place: plain towns, big towns whatever their names mean, countries, divisions and regions, and
# names of several words.
_SHARES = {"town": 0.4, "big": 0.2, "country": 0.18, "area": 0.12, "long": 0.1}
_BIG_SHARE = 0.2  # of the names that stand for no place, big towns
_BEAT = 6.0  # how much more often a name of the beat (Arab countries and their neighbours) is taken
_BEAT_COUNTRIES = (
    "LY EG TN DZ MA MR SD SS SO DJ KM YE SA OM AE QA BH KW IQ JO SY LB PS IL TR IR TD NE ML ER ET EH"
)
_RAREST_OF_BEAT = 4.3
_SELDOM, _OFTEN = 0.2, 0.35  # share behind what locates; log10 of the times met, by 5
_SAME_COUNTRY = 0.6  # of the towns of a text, from one country


def lines_of(path: Path) -> list[str]:
    """Return the lines of a file that are neither blank nor comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.rstrip() for line in lines if line.strip() and not line.startswith("# ")]


def lists_of(lexicon: Path, language: str) -> dict[str, list[str]]:
    """Return the lists of nouns of one word each that a template may ask for by name."""
    files = {
        name: f"{name}_nouns"
        for name in (
            "street",
            "venue",
            "event",
            "work",
            "vessel",
            "unit",
            "club",
            "media",
            "office",
            "family",
        )
    }
    files |= {
        "title": "person_titles",
        "G": "given_names",
        "speech": "speech_verbs",
        "motion": "motion_nouns",
    }
    files["moves"] = "motion_verbs"
    return {
        name: [x for x in lines_of(lexicon / f"{file}.{language}.txt") if " " not in x]
        for name, file in files.items()
    }


@dataclass(frozen=True, slots=True)
class _Pool:
    names: Sequence[str]
    countries: Sequence[int]
    weights: Sequence[float]

    def take(self, chosen: random.Random) -> tuple[str, int]:
        at = chosen.choices(range(len(self.names)), self.weights)[0]
        return self.names[at], self.countries[at]


class NamePools:
    """Names of places of a gazetteer in one language.

    Parameters
    ----------
    language
        `ar`, `en` or `fr`.
    """

    def __init__(self, gazetteer: Gazetteer, language: str) -> None:
        self._language = language
        self._gazetteer = gazetteer
        kinds, people = gazetteer.kind, gazetteer.population
        city = kinds == gazetteer.kinds.index(Kind.CITY)
        some = self._named(np.flatnonzero(city & (people >= _LEAST_PEOPLE)))
        single = {name: one for name, one in some.items() if name.isalpha()}
        zipf = dict(zip(single, self._zipf(single), strict=True))
        beat = {
            number
            for number, code in enumerate(gazetteer.countries)
            if code and code in _BEAT_COUNTRIES.split()
        }
        self._beat = beat

        def is_town(name: str) -> bool:
            """Tell whether a name means nothing else as far as we know."""
            return zipf[name] < (_RAREST_OF_BEAT if single[name][0] in beat else _RAREST)

        wide = np.isin(kinds, [gazetteer.kinds.index(k) for k in (Kind.ADMIN, Kind.REGION)])
        self._pools = {
            "town": self._pool({x: y for x, y in single.items() if is_town(x)}),
            "big": self._pool(
                {x: y for x, y in single.items() if y[1] >= _BIG and zipf[x] < _RAREST_BIG} or single
            ),
            "long": self._pool({x: y for x, y in some.items() if " " in x} or some),
            "country": self._pool(self._named(np.flatnonzero(kinds == gazetteer.kinds.index(Kind.COUNTRY)))),
            "area": self._pool(self._named(np.flatnonzero(wide)) or some),
        }
        self._by_country: dict[int, _Pool] = {}
        self._towns = {x: y for x, y in single.items() if is_town(x)}
        self._surnames = [x for x, (country, _) in self._towns.items() if country not in beat]
        self._initials = self._initials_of_countries()
        self._words = self._plain_words(single)

    def _named(self, rows: NDArray[np.intp]) -> dict[str, tuple[int, float]]:
        """Return the names of places in the language's script: country and people of the biggest of each."""
        found: dict[str, tuple[int, float]] = {}
        for row in rows.tolist():
            name = self._gazetteer.place(row).name_in(self._language)
            people = max(float(self._gazetteer.population[row]), 1.0)
            if is_arabic(name) != (self._language == "ar") or len(name) < 3:  # noqa: PLR2004
                continue
            if name not in found or found[name][1] < people:
                found[name] = (int(self._gazetteer.country[row]), people)
        return found

    def _zipf(self, names: dict[str, tuple[int, float]]) -> list[float]:
        found: list[float] = self._gazetteer.zipf(
            keys_of(fold_name(x) for x in names), self._language
        ).tolist()
        return found

    def _pool(self, names: dict[str, tuple[int, float]]) -> _Pool:
        weights = [
            max(people, 1e4) ** _FAVOUR * (_BEAT if country in self._beat else 1)
            for country, people in names.values()
        ]
        return _Pool(list(names), [country for country, _ in names.values()], weights)

    def _initials_of_countries(self) -> list[str]:
        """Return the initials that name countries, with full stops and without."""
        rows = np.flatnonzero(self._gazetteer.kind == self._gazetteer.kinds.index(Kind.COUNTRY))
        names = {x for row in rows.tolist() for x in self._gazetteer.names(row)}
        plain = {
            x for x in names if x.isascii() and x.isalpha() and x.isupper() and len(x) <= _LONGEST_INITIALS
        }
        return sorted(plain) + sorted("".join(f"{x}." for x in name) for name in plain)

    def initials(self, chosen: random.Random) -> str:
        """Return initials of a country, or its name where the gazetteer has none."""
        return chosen.choice(self._initials) if self._initials else self.country(chosen)[0]

    def _plain_words(self, names: dict[str, tuple[int, float]]) -> list[str]:
        """Return the names of towns that raw news uses as words: it meets them often and seldom locates by them."""
        company = load_company(data_path() / "model" / "words.npz")
        rows = company.rows(keys_of(fold_name(name) for name in names))
        own = dict(zip(company.own_names, company.own[rows].T, strict=True))
        seldom = (own["own_behind_locative"] < _SELDOM) & (own["own_met"] > _OFTEN)
        return [name for name, plain in zip(names, seldom.tolist(), strict=True) if plain]

    def word(self, chosen: random.Random) -> str:
        """Return a word that is the name of a town too, and is seldom meant as such."""
        return chosen.choice(self._words or self._surnames)

    def surname(self, chosen: random.Random) -> str:
        """Return a word that is on no list of given names: what a foreign surname looks like."""
        return chosen.choice(self._surnames or [*self._towns])

    def country(self, chosen: random.Random) -> tuple[str, int]:
        """Return a country and its number."""
        return self._pools["country"].take(chosen)

    def town(self, chosen: random.Random, near: int = 0, *, any_big: bool = False) -> tuple[str, int]:
        """Return a town and the number of its country: often of the country `near`."""
        if near and chosen.random() < _SAME_COUNTRY:
            if near not in self._by_country:
                self._by_country[near] = self._pool({x: y for x, y in self._towns.items() if y[0] == near})
            if self._by_country[near].names:
                return self._by_country[near].take(chosen)
        return self._pools["big" if any_big and chosen.random() < _BIG_SHARE else "town"].take(chosen)

    def any(self, chosen: random.Random) -> tuple[str, int]:
        """Return the name of some place and the number of its country."""
        return self._pools[chosen.choices([*_SHARES], [*_SHARES.values()])[0]].take(chosen)
