"""What is known of each word by itself: what it may state, who it may name, what it says of what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from dashboard.core.settings import data_path
from dashboard.core.text import fold
from dashboard.gazetteer import keys_of
from dashboard.geoparse.company import load_company
from dashboard.geoparse.lexicon import WordClass, load_lexicon
from dashboard.journeys.lexicon import CueForm, load_lexicons, readings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from dashboard.core.models import Place
    from dashboard.gazetteer import Gazetteer
    from dashboard.journeys.lexicon import CueWord, Lexicon
    from dashboard.journeys.models import ActorType

__all__ = ["CUE", "PLACE_WORD", "Knowledge", "Reading", "WordInfo"]

_FINITE = (CueForm.PAST, CueForm.PRESENT, CueForm.FUTURE)
_AND_THEN = ("", "و", "ف")
_CONJUNCTIONS = ("", "و", "ف", "ل", "ول", "فل")
_OPENING_CLASSES = int(WordClass.TITLE | WordClass.GIVEN_NAME)  # numbers: flags take their time
_NOUNS = int(WordClass.ORGANISATION | WordClass.GOVERNMENT)
_TITLE, _STOP = int(WordClass.TITLE), int(WordClass.STOP)
_OWNED = frozenset({"title", "owned"})
_NOTHING: frozenset[str] = frozenset()
_NUNATED = ("ً", "ًا")  # no verb ends so
_RARE = 4.0  # Zipf frequency below which a word may be a name
# Then all is forgotten: what is known of a word takes some 400 bytes, its marks half of that.
_MOST_WORDS, _MOST_MARKS = 1 << 16, 1 << 16
CUE, PLACE_WORD = 1, 2  # marks of words that may state a movement, or mean a place without naming it
_POINTING = ("anaphor", "land", "thither", "therein")
_SIGNS = frozenset(
    ["no_cue", "match", "resident", "covers", "carries", "amount", "thing", "about", "untrue", "remote"]
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A cue found in a word: what it is, and the particles and pronoun that are glued to it."""

    cue: CueWord
    particle: str
    pronoun: str


@dataclass(frozen=True, slots=True)
class WordInfo:
    """What is known of a word by itself.

    Attributes
    ----------
    particle
        Arabic particles (و ف ب ل ك and ال) in the reading under which it was known, or its likeliest.
    actor
        Type of the group that it heads; None when it heads none.
    part
        Whether it is a share of what follows (مجموعة من, dozens of).
    country
        Country of which it is the adjective, ISO 3166-1 alpha-2.
    zipf
        Frequency in the language; 0 for unknown words.
    opens
        Whether an actor's phrase may begin with it.
    signs
        What it says of its surroundings: a match, a load, who lives where he is sent, a look-alike of a cue.
    phrases
        The phrases of several words that may begin with it and give a status, with that.
    namely
        Which share of it stands behind a title or a given name in raw news; None for words met too seldom to tell.
    """

    folded: str
    classes: int
    cues: tuple[Reading, ...]
    actor: ActorType | None
    part: bool
    particle: str
    country: str | None
    zipf: float
    roles: frozenset[str]
    status: str | None
    opens: bool
    signs: frozenset[str] = frozenset()
    phrases: tuple[tuple[list[str], str], ...] = ()
    namely: float | None = None

    def is_a(self, classes: int) -> bool:
        """Tell whether it stands in one of these lists of the geoparser."""
        return int.__and__(self.classes, classes) != 0  # without the detour through the flags' own operator

    @property
    def finite(self) -> bool:
        """Whether it is, or may be, a verb with a subject."""
        return any(one.cue.form in _FINITE for one in self.cues) or "light" in self.roles


class _Marks(dict[str, int]):
    """Whether a word as written may be a cue, and whether it may describe a place; cheaper than all about it."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon
        self._cues = frozenset(lexicon.cues)
        self._described = _NOTHING.union(*(lexicon.roles.get(role, ()) for role in _POINTING))

    def __missing__(self, text: str) -> int:
        """Find out and remember."""
        lexicon, folded = self._lexicon, fold(text)
        bares = {folded} | {bare for _, bare, _ in _options(folded, lexicon.language)}
        found = CUE * (folded in lexicon.cue_words or not bares.isdisjoint(self._cues))
        found |= PLACE_WORD * (not bares.isdisjoint(self._described))
        if len(self) > _MOST_MARKS:
            self.clear()
        self[text] = found
        return found


def _options(folded: str, language: str) -> tuple[tuple[str, str, str], ...]:
    """Return the readings of a word: as it stands, and in Arabic without what is glued to it."""
    return readings(folded) if language == "ar" else (("", folded, ""),)


class Knowledge:
    """What is known of words: word lists, frequencies, adjectives of countries; remembers what it worked out."""

    def __init__(self, gazetteer: Gazetteer, folder: Path, openers: Collection[str] = ()) -> None:
        self.gazetteer = gazetteer
        self.lists = load_lexicon(folder)
        self.lexicons = load_lexicons(folder)
        self._openers = frozenset(openers)
        self._company = load_company(data_path() / "model" / "words.npz")
        self._infos: dict[str, dict[str, WordInfo]] = {language: {} for language in self.lexicons}
        self._roles = {language: _roles_of(lexicon) for language, lexicon in self.lexicons.items()}
        self.marks = {language: _Marks(lexicon) for language, lexicon in self.lexicons.items()}

    def infos(self, texts: Iterable[str], language: str) -> dict[str, WordInfo]:
        """Return what is known of words, with these among them as they are written."""
        known = self._infos[language]
        if len(known) > _MOST_WORDS:
            known.clear()
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            self._learn(new, language)
        return known

    def _learn(self, texts: Sequence[str], language: str) -> None:
        """Work out everything about new words, with one look-up for all."""
        folded = [fold(text) for text in texts]
        options = [_spelt(_options(word, language), text) for word, text in zip(folded, texts, strict=True)]
        forms = [
            list(dict.fromkeys([word, *(bare for _, bare, pronoun in some if not pronoun)]))
            for word, some in zip(folded, options, strict=True)
        ]
        codes = self.gazetteer.demonym_countries(keys_of(form for some in forms for form in some)).tolist()
        keys = keys_of(folded)
        frequencies = self.gazetteer.zipf(keys, language).tolist()
        named = self._company.shares_named(keys).tolist() if language == "ar" else [-1.0] * len(texts)
        at, known = 0, self._infos[language]
        rows = zip(texts, folded, options, forms, frequencies, named, strict=True)
        for text, word, some, names, zipf, share in rows:
            code = next(filter(None, codes[at : at + len(names)]), 0)
            at += len(names)
            country = self.gazetteer.countries[code] if code else None
            if (language == "en" and text[:1].islower()) or text.endswith("اليمنى"):  # the right arm
                country = None
            described = self._describe(word, some, country, zipf, language)
            if text.endswith("إلى") and described.classes & _TITLE:  # وإلى is no governor (والي)
                classes = described.classes & ~_TITLE
                described = replace(described, classes=classes, opens=False)
            if share >= 0:
                described = replace(described, namely=share)
            if text.endswith(_NUNATED):
                cues = tuple(one for one in described.cues if one.cue.form not in _FINITE)
                described = replace(described, cues=cues)  # تدخلا سافرًا
            if text.endswith("ى") and described.status == "alleged":
                described = replace(described, status=None)  # يدعى is he is called, يدّعي he claims
            known[text] = described

    def _describe(
        self,
        folded: str,
        options: tuple[tuple[str, str, str], ...],
        country: str | None,
        zipf: float,
        language: str,
    ) -> WordInfo:
        lexicon = self.lexicons[language]
        classes, stem = self.lists.word_class(folded)
        cues = (
            () if classes & _NOUNS and folded not in lexicon.cues else tuple(_cue_readings(lexicon, options))
        )
        actor, part, particle = _actor_reading(lexicon, options)
        roles_of = self._roles[language]
        roles = roles_of.get(folded, _NOTHING)
        for lead, bare, pronoun in options:
            if not pronoun and lead in _CONJUNCTIONS and bare in roles_of:
                roles |= roles_of[bare]
        if any(
            pronoun and self.lists.stems.get(bare, 0) & _TITLE and "ال" not in lead
            for lead, bare, pronoun in options
        ):
            roles |= _OWNED if not classes & _STOP else _NOTHING  # سفيرها; أمامها is before her, no imam
        signs, roles = roles & _SIGNS, roles - _SIGNS
        status = next(
            (
                lexicon.statuses[bare]
                for lead, bare, pronoun in options
                if bare in lexicon.statuses and not ("ال" in lead and pronoun)  # الحالي is no حال
            ),
            None,
        )
        if not particle and stem != folded and folded.endswith(stem):
            particle = folded[: len(folded) - len(stem)]
        opens = bool(
            classes & _OPENING_CLASSES or actor or part or country or zipf < _RARE or _OWNED & roles
        ) or any(bare in self._openers for _, bare, _ in options)
        phrases = tuple(one for one in lexicon.status_phrases if folded.endswith(one[0][0]))
        return WordInfo(
            folded,
            classes,
            cues,
            actor,
            part,
            particle,
            country,
            zipf,
            roles,
            status,
            opens,
            signs,
            phrases,
        )

    @cached_property
    def capitals(self) -> dict[str, int]:
        """Row of the capital of each country."""
        gazetteer = self.gazetteer
        code = gazetteer.feature_codes.index("PPLC") if "PPLC" in gazetteer.feature_codes else -1
        rows = (gazetteer.feature_code == code).nonzero()[0].tolist()
        rows.sort(key=lambda row: int(gazetteer.population[row]))
        return {gazetteer.countries[int(gazetteer.country[row])]: row for row in rows}

    def country_place(self, code: str) -> Place | None:
        """Return a country as a place."""
        row = self.gazetteer.row(f"country:{code}")
        return None if row is None else self.gazetteer.place(row)

    def capital_place(self, code: str) -> Place | None:
        """Return the capital of a country."""
        row = self.capitals.get(code)
        return None if row is None else self.gazetteer.place(row)


def _roles_of(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """Return the roles that each word plays."""
    found: dict[str, frozenset[str]] = {}
    for role, some in lexicon.roles.items():
        for word in some:
            found[word] = found.get(word, _NOTHING) | {role}
    return found


def _spelt(options: tuple[tuple[str, str, str], ...], text: str) -> tuple[tuple[str, str, str], ...]:
    """Leave out the readings with «his» of a word that ends in ta marbuta: مراقبة is no observer of his."""
    if not text.endswith("ة"):
        return options
    return tuple(one for one in options if one[2] != "ه")


def _cue_readings(lexicon: Lexicon, options: tuple[tuple[str, str, str], ...]) -> list[Reading]:
    """Return the cues that a word may be; verbs carry no article, and prepositions only as a purpose."""
    found: list[Reading] = []
    for number, (particle, bare, pronoun) in enumerate(options):
        for cue in lexicon.cues.get(bare, ()):
            finite = cue.form in _FINITE
            if (finite and pronoun and particle not in _AND_THEN) or ("ك" in particle):
                continue
            if finite and particle not in _CONJUNCTIONS:
                continue
            if finite and particle.endswith("ل") and cue.form is not CueForm.PRESENT:
                continue
            if "ال" in particle and pronoun:
                continue
            found.append(Reading(cue, particle, pronoun))
        twin = (particle, bare[:-1] + "ه", pronoun)  # رحلته: she deported him, or his trip
        if found and options[number + 1 : number + 2] != (twin,):  # the reading that strips least
            return found
    return found


def _actor_reading(
    lexicon: Lexicon, options: tuple[tuple[str, str, str], ...]
) -> tuple[ActorType | None, bool, str]:
    for particle, bare, pronoun in options:
        actor, part = lexicon.actors.get(bare), bare in lexicon.parts
        if "ال" in particle and bare.endswith(("ي", "و")) and bare[:-1] in lexicon.actors:
            continue  # الصاروخي is an adjective; only what stands in annexation ends so
        if (actor or part) and not ("ال" in particle and pronoun) and "ك" not in particle:
            return actor, part, particle
    return None, False, ""
