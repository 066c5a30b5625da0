"""Who or what may move: persons by name or title, and groups by their head noun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rapidfuzz.distance.Indel import normalized_similarity as ratio

from dashboard.core.models import Kind
from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.models import ActorType
from dashboard.journeys.spelling import name_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.journeys.document import Document, WordInfo
    from dashboard.journeys.places import PlaceSpan
    from dashboard.journeys.table import ActorTable

__all__ = ["ActorRecognizer", "ActorSpan", "RuleRecognizer"]

_NO_NAME = (
    WordClass.STOP
    | WordClass.LOCATIVE
    | WordClass.SPEECH
    | WordClass.GOVERNMENT_VERB
    | WordClass.TIME
    | WordClass.NUMBER
    | WordClass.TITLE
    | WordClass.MOTION
    | WordClass.GOVERNMENT
    | WordClass.ORGANISATION
)
_HEAD = WordClass.HEAD_GENERIC | WordClass.HEAD_NAME
_RARE_FIRST, _RARE_NEXT = 4.0, 4.9  # Zipf frequency below which a word may begin, or go on, a name
_UNKNOWN = 3.4  # below which a word is hardly anything but a name
_EVERYDAY = 5.0  # above which a given name is a word as well, and needs another name beside it
_ALIKE, _LONG = 0.84, 5  # likeness, and letters, of two spellings of a name
_MODIFIERS, _NAME = 9, 4  # words at most
_GLUE = (" ", " #", "_", "\u00a0", " \"", " «", " “", " ‘", "-", "'", "’", ". ", "‑")


@dataclass(frozen=True, slots=True)
class ActorSpan:
    """A phrase that names an actor.

    Attributes
    ----------
    first, last
        Words of the head name: the name alone for a named person, else the whole phrase.
    lead, tail
        First and last word of the whole phrase, title and modifiers with it.
    named
        Whether it holds a proper name.
    entry
        Id of the table of actors; None when it does not stand there.
    who
        Key of its identity in the text, once that is known.
    country
        ISO 3166-1 alpha-2 of the country that its title or modifiers name; None when none.
    particle
        What is glued before the phrase: a preposition makes it an object (لعباس).
    """

    first: int
    last: int
    lead: int
    tail: int
    type: ActorType
    named: bool
    country: str | None = None
    particle: str = ""
    entry: str | None = None
    who: str = ""


class ActorRecognizer(Protocol):
    """Finds the phrases that name actors."""

    def find(self, document: Document, places: Sequence[PlaceSpan], dated: frozenset[int]) -> list[ActorSpan]:
        """Return the actors of a text in its order; they don't overlap. `dated` are the words of dates."""
        ...


class RuleRecognizer:
    """Recognises actors by titles, given names, head nouns and the table of actors."""

    def __init__(self, table: ActorTable) -> None:
        self._table = table

    def find(self, document: Document, places: Sequence[PlaceSpan], dated: frozenset[int]) -> list[ActorSpan]:
        """Return the actors of a text in its order; they don't overlap."""
        return _Scan(document, places, self._table, dated).actors()


class _Scan:
    """One pass over a text."""

    def __init__(self, document: Document, places: Sequence[PlaceSpan], table: ActorTable, dated: frozenset[int]) -> None:
        self.document = document
        self.words = document.words
        self.arabic = document.language == "ar"
        self.table = table
        self.dated = dated
        self.place_at = {at: one for one in places if not one.anaphor for at in range(one.first, one.last + 1)}

    def actors(self) -> list[ActorSpan]:
        """Return all actors, then the lone surnames of those that were named in full."""
        found: list[ActorSpan] = []
        at = 0
        while at < len(self.words):
            actor = self._actor_at(at)
            if actor is None:
                at += 1
                continue
            found.append(actor)
            at = max(actor.tail, actor.last) + 1
        return self._with_lone_names(found)

    def _info(self, at: int) -> WordInfo:
        return self.words[at].info

    def _joined(self, at: int) -> bool:
        """Tell whether a word follows the one before in one phrase."""
        return self.words[at].gap in _GLUE and self.words[at].sentence == self.words[at - 1].sentence

    def _actor_at(self, at: int) -> ActorSpan | None:
        info = self._info(at)
        if at in self.place_at and not info.is_a(WordClass.TITLE):
            return self._known(at)
        if known := self._known(at):
            return known
        if info.is_a(WordClass.TITLE) and not info.is_a(WordClass.LOCATIVE) and "no_title" not in info.roles and not self._is_group(at):
            return self._titled(at)
        if self._is_group(at):
            return self._group(at)
        if self._begins_name(at):
            return self._bare_name(at)
        return self._said(at)

    def _said(self, at: int) -> ActorSpan | None:
        """Read an unknown word as a name where only a name can stand: after a verb of saying or going, or before a title."""
        if not self.arabic or not at or not self._joined(at) or not self._rare(at, _RARE_FIRST):
            return None
        before = self._info(at - 1)
        last = self._run_end(at)
        titled = (
            last + 1 < len(self.words)
            and self.words[last + 1].gap.strip() in ("،", ",")
            and self._info(last + 1).is_a(WordClass.TITLE)
            and "no_title" not in self._info(last + 1).roles
        )
        verb = (before.is_a(WordClass.SPEECH) or before.finite) and not before.is_a(WordClass.TITLE | WordClass.STOP)
        if not (titled and last > at) and not (verb and self._info(at).zipf < _UNKNOWN):
            return None
        if last == at and not (before.finite and before.cues):
            return None
        return ActorSpan(at, last, at, last, ActorType.PERSON, named=True)

    def _is_group(self, at: int) -> bool:
        info = self._info(at)
        if info.actor is None and not info.part:
            return False
        if info.actor in (ActorType.PERSON, None) and not info.part:
            return False
        return not (info.cues and info.finite and not info.is_a(WordClass.TITLE)) or info.actor is not None

    def _known(self, at: int) -> ActorSpan | None:
        """Return an actor of the table that is named here."""
        found = self.table.match(self.document, at)
        if found is None:
            return None
        length, entry = found
        last = at + length - 1
        lead = self._title_before(at)
        particle = self._info(lead).particle if lead < at else _particle(self.document, at, entry.names)
        return ActorSpan(at, last, lead, last, entry.type, named=True, country=entry.country, particle=particle, entry=entry.id)

    def _title_before(self, at: int) -> int:
        """Return where the title of a name begins, walking back over its modifiers."""
        lead = at
        for back in range(at - 1, max(-1, at - _MODIFIERS), -1):
            if not self._joined(back + 1):
                break
            info = self._info(back)
            if info.is_a(WordClass.TITLE):
                lead = back
            elif not (info.country or info.folded.startswith("ال")):
                break
        return lead

    def _titled(self, at: int) -> ActorSpan | None:
        """Read a title, what modifies it, and the name after it."""
        end, country = self._modifiers(at)
        first = end + 1
        known = self.table.match(self.document, first) if first < len(self.words) and self._joined(first) else None
        if known is not None:
            last = first + known[0] - 1
            home = known[1].country or country
            return ActorSpan(first, last, at, last, known[1].type, named=True, country=home, particle=self._info(at).particle, entry=known[1].id)
        name_end = self._name_end(first, after_title=True)
        particle = self._info(at).particle
        if name_end is not None:
            return ActorSpan(first, name_end, at, name_end, ActorType.PERSON, named=True, country=country, particle=particle)
        apposed = self._apposed(end)
        if apposed is not None:
            return ActorSpan(*apposed, at, apposed[1], ActorType.PERSON, named=True, country=country, particle=particle)
        home = self._country_after(end)
        if home is not None:
            country, end = home
        if end == at and not self._info(at).folded.removeprefix(particle.replace("ال", "")).startswith(("ال", "the")):
            return None  # a title alone and indefinite says nobody
        if not self.arabic and end == at:
            return None
        return ActorSpan(at, end, at, end, ActorType.PERSON, named=False, country=country, particle=particle)

    def _country_after(self, end: int) -> tuple[str | None, int] | None:
        """Return the country that a title belongs to by ل, and its last word: وزير الخارجية لجمهورية رواندا."""
        place = self.place_at.get(end + 1) or self.place_at.get(end + 2)
        if place is None or place.lead != end + 1 or place.role != "weak_to" or place.place.place.kind is not Kind.COUNTRY:
            return None
        return place.place.place.country, place.last

    def _apposed(self, end: int) -> tuple[int, int] | None:
        """Return a name that follows a title after a comma: وزير الخارجية، سيرغي لافروف،."""
        first = end + 1
        if first >= len(self.words) or self.words[first].gap.strip() not in ("،", ",") or not self._same(first):
            return None
        known = self.table.match(self.document, first)
        if known is not None:
            return first, first + known[0] - 1
        if not self._begins_name(first):
            return None
        name_end = self._run_end(first)
        return None if name_end == first else (first, name_end)

    def _same(self, at: int) -> bool:
        return self.words[at].sentence == self.words[at - 1].sentence

    def _modifiers(self, at: int) -> tuple[int, str | None]:
        """Return the last word of a title with its modifiers, and the country that they name."""
        end, country = at, None
        while end - at < _MODIFIERS and end + 1 < len(self.words) and self._joined(end + 1):
            following = end + 1
            info = self._info(following)
            if self.table.match(self.document, following):
                break
            if following in self.place_at:
                place = self.place_at[following]
                if place.role in ("to", "from", "via", "in", "weak_to"):
                    break
                if info.actor is None and info.country is None and self._begins_name(following) and end > at:
                    break
                country = country or place.place.place.country
                end = place.last
                continue
            if not self._modifies(following, info, first=end == at):
                break
            country = country or info.country
            end = following
        return end, country

    def _modifies(self, at: int, info: WordInfo, *, first: bool) -> bool:
        """Tell whether a word goes on with a title: another title, an adjective, a definite noun, a ministry."""
        if not self.arabic:
            return self._modifies_latin(at, info)
        if info.country is not None:
            return "ل" not in info.particle and "ب" not in info.particle
        if info.is_a(WordClass.STOP | WordClass.LOCATIVE) or info.roles & {"relative", "boundary", "with", "light"}:
            return False
        prepositions = set(info.particle.replace("ال", "")) & set("بلك")
        if prepositions and info.folded[:1] in "بلك" and info.folded[1:3] in ("ال", "ل"):
            return False
        if info.is_a(WordClass.TIME | WordClass.NUMBER):
            return False
        bare = info.folded.removeprefix("و")
        if bare.startswith("ال"):
            return not info.is_a(WordClass.GIVEN_NAME) or info.is_a(WordClass.TITLE | WordClass.ORGANISATION)
        if info.is_a(WordClass.TITLE | WordClass.ORGANISATION | WordClass.GOVERNMENT) or info.actor is not None:
            return not (info.cues and info.finite) or info.is_a(WordClass.TITLE | WordClass.ORGANISATION)
        # وزير خارجية, رئيس أركان, قائد قوات: a common noun in annexation, right after the title.
        verbal = info.is_a(WordClass.SPEECH | WordClass.GOVERNMENT_VERB | WordClass.MOTION) or info.finite
        return first and info.zipf >= _RARE_FIRST and not verbal and not info.is_a(WordClass.GIVEN_NAME)

    def _modifies_latin(self, at: int, info: WordInfo) -> bool:
        word = self.words[at].text
        if info.country is not None or info.is_a(WordClass.TITLE | WordClass.GOVERNMENT):
            return True
        return info.folded in ("of", "the", "for", "de", "du", "des", "la", "le", "l", "d", "general", "chief") or (
            info.is_a(WordClass.ORGANISATION) and word[:1].islower()
        )

    def _begins_name(self, at: int) -> bool:
        info = self._info(at)
        if self.arabic:
            if "no_title" in info.roles or not info.is_a(WordClass.GIVEN_NAME) or info.is_a(_NO_NAME & ~WordClass.TITLE) or at in self.dated:
                return False
            return info.zipf < _EVERYDAY or self._backed(at)
        word = self.words[at].text
        return word[:1].isupper() and len(word) > 1 and not info.is_a(_NO_NAME) and info.country is None and (
            info.is_a(WordClass.GIVEN_NAME) or (self.words[at].gap != "" and self._capital_run(at))
        )

    def _backed(self, at: int) -> bool:
        """Tell whether the word after a given name is one too, or of no other use."""
        following = at + 1
        if following >= len(self.words) or not self._joined(following):
            return False
        info = self._info(following)
        return info.is_a(WordClass.GIVEN_NAME | WordClass.PARTICLE) or self._rare(following, _RARE_FIRST)

    def _capital_run(self, at: int) -> bool:
        following = at + 1
        return (
            following < len(self.words)
            and self._joined(following)
            and self.words[following].text[:1].isupper()
            and not self._info(following).is_a(_NO_NAME)
            and following not in self.place_at
        )

    def _name_end(self, first: int, *, after_title: bool) -> int | None:
        """Return the last word of a name that begins here; None if none does."""
        if first >= len(self.words) or not self._joined(first):
            return None
        if not (self._begins_name(first) or (after_title and self._rare(first, _RARE_FIRST))):
            return None
        return self._run_end(first)

    def _run_end(self, first: int) -> int:
        """Return the last word of a name whose first word is given."""
        last = first
        while last - first + 1 < _NAME and last + 1 < len(self.words) and self._joined(last + 1):
            if not self._goes_on(last + 1):
                break
            last += 1
        while last > first and self._info(last).is_a(WordClass.PARTICLE) and not self._info(last).is_a(WordClass.GIVEN_NAME):
            last -= 1
        return last

    def _rare(self, at: int, most: float) -> bool:
        """Tell whether a word may be part of a name because it is no everyday word and no other thing."""
        info, word = self._info(at), self.words[at].text
        if at in self.place_at and not info.is_a(WordClass.GIVEN_NAME):
            return False
        if info.roles or info.is_a(_NO_NAME) or info.country is not None or info.finite or info.folded.isdigit():
            return False
        if not self.arabic:
            return word[:1].isupper()
        if info.folded.startswith(("لل", "بال", "وال", "ال")) and most <= _RARE_FIRST:
            return False
        return info.zipf < most and not info.actor and not info.is_a(_HEAD)

    def _goes_on(self, at: int) -> bool:
        """Tell whether a word goes on with a name."""
        info, word = self._info(at), self.words[at]
        if word.gap == "_":
            return True
        if not self.arabic:
            return word.text[:1].isupper() and not info.is_a(WordClass.STOP | WordClass.TIME | WordClass.TITLE) and (
                at not in self.place_at or info.is_a(WordClass.GIVEN_NAME)
            ) or info.is_a(WordClass.PARTICLE) and self._capital_run(at)
        if at in self.dated or (word.text.endswith(("ه", "ها", "هم")) and not info.is_a(WordClass.GIVEN_NAME)):
            return False
        if word.text.startswith("و") and info.particle.startswith("و"):
            return False
        if info.is_a(WordClass.GIVEN_NAME | WordClass.PARTICLE) and not info.is_a(WordClass.STOP | WordClass.TIME):
            return True
        if info.folded.startswith("ال") and at not in self.place_at:
            blocked = WordClass.TITLE | WordClass.TIME | WordClass.STOP | WordClass.ORGANISATION
            return not info.is_a(blocked) and info.country is None and info.zipf < _RARE_NEXT and not info.roles
        return self._rare(at, _RARE_NEXT)

    def _bare_name(self, at: int) -> ActorSpan | None:
        """Read a name without a title; one word alone is too little."""
        if at and self._info(at - 1).is_a(WordClass.ORGANISATION | _HEAD) and self._joined(at):
            return None  # مستشفى محمد السادس, شارع
        last = self._run_end(at)
        if last == at:
            return None
        return ActorSpan(at, last, at, last, ActorType.PERSON, named=True)

    def _group(self, at: int) -> ActorSpan | None:
        """Read a group: a number or share, its head noun, and what modifies it."""
        info = self._info(at)
        end, kind = at, info.actor
        if info.part and (info.actor is None or self._partitive(at)):
            inner = self._inner_head(at)
            if inner is None:
                if info.actor is None:
                    return None
            else:
                end = inner
                kind = self._info(inner).actor or kind
        if kind is None:
            return None
        end, country = self._group_modifiers(end, kind)
        lead = at
        while lead > 0 and self._joined(lead) and lead - 1 not in self.dated and (
            self._info(lead - 1).is_a(WordClass.NUMBER) or self._info(lead - 1).folded in _NUMBERS
        ):
            lead -= 1
        particle = self._info(lead).particle if lead == at else ""
        return ActorSpan(lead, end, lead, end, kind, named=False, country=country, particle=particle)

    def _partitive(self, at: int) -> bool:
        following = at + 1
        return following < len(self.words) and self._info(following).folded in ("من", "of", "de", "d", "des")

    def _inner_head(self, at: int) -> int | None:
        """Return the head noun of the whole that a share is of: مجموعة من الضباط, دفعة من الجرحى."""
        for inner in range(at + 1, min(at + 5, len(self.words))):
            if not self._joined(inner):
                return None
            info = self._info(inner)
            if info.actor is not None:
                return inner
            if inner in self.dated or info.is_a(WordClass.SPEECH | WordClass.GOVERNMENT_VERB):
                return None
            if info.finite or (info.is_a(WordClass.LOCATIVE) and info.folded not in ("من", "of", "de")):
                return None
        return None

    def _group_modifiers(self, end: int, kind: ActorType) -> tuple[int, str | None]:
        country = None
        start = end
        while end - start < _MODIFIERS and end + 1 < len(self.words) and self._joined(end + 1):
            following = end + 1
            info = self._info(following)
            if following in self.place_at:
                place = self.place_at[following]
                if place.role in ("to", "from", "via", "in", "weak_to", "near") or not self.arabic:
                    break
                country = country or place.place.place.country
                end = place.last
                continue
            if not self._modifies_group(info) or (info.actor not in (None, kind) and info.particle.startswith("و")):
                break
            country = country or info.country
            end = following
        return end, country

    def _modifies_group(self, info: WordInfo) -> bool:
        if not self.arabic:
            return info.actor is not None
        if info.finite or info.cues or info.is_a(WordClass.STOP | WordClass.LOCATIVE | WordClass.TIME):
            return False
        if info.roles & {"relative", "boundary", "with", "light", "to", "from", "via", "in", "near"}:
            return False
        if set(info.particle.replace("ال", "")) & set("بلك") and info.folded[:1] in "بلك":
            return False
        if info.country is not None or info.is_a(WordClass.ORGANISATION) or info.actor is not None:
            return True
        bare = info.folded.removeprefix("و")
        return bare.startswith("ال") or bare.endswith(("يه", "يين", "يون", "ين", "ه", "ات")) and info.zipf < _RARE_NEXT + 1

    def _spelt_otherwise(self, at: int, bare: str, names: dict[str, ActorSpan]) -> str | None:
        """Return the name that a word is another spelling of (ألبارس, ألباريس); None for everyday words."""
        if not self._rare(at, _UNKNOWN) or len(bare) < _LONG:
            return None
        sound = _sound(bare)
        alike = sound in names and any(
            ratio(bare, name) >= _ALIKE for name in names if not name.startswith("~") and _sound(name) == sound
        )
        return sound if alike else None

    def _with_lone_names(self, found: list[ActorSpan]) -> list[ActorSpan]:
        """Add the words by which somebody named in full is named again: a surname, a first name that is unlike others."""
        names: dict[str, ActorSpan] = {}
        covered: set[int] = set()
        for actor in found:
            covered.update(range(actor.lead, actor.tail + 1))
            if actor.named and actor.type is ActorType.PERSON and actor.last > actor.first:
                for at in (actor.first, actor.last):
                    word = self._info(at)
                    if len(word.folded) > 2:  # noqa: PLR2004 - بن, de
                        names.setdefault(word.folded, actor)
                        names.setdefault(_sound(word.folded), actor)
            elif actor.named and actor.type is ActorType.PERSON:
                names.setdefault(self._info(actor.first).folded, actor)
        if not names:
            return found
        extra = []
        for at, word in enumerate(self.words):
            if at in covered:
                continue
            folded = word.info.folded
            for particle in ("", "و", "ف", "ل", "ب", "ول"):
                bare = folded.removeprefix(particle) if particle else folded
                if particle and bare == folded:
                    continue
                if bare not in names:
                    spelt = self._spelt_otherwise(at, bare, names)
                    if spelt is None:
                        continue
                    bare = spelt
                if at in self.place_at and (self.place_at[at].role in ("to", "in", "from")):
                    continue
                whose = names[bare]
                lead = self._title_before(at) if not particle else at
                lead = lead if not covered & set(range(lead, at)) else at
                extra.append(
                    ActorSpan(at, at, lead, at, ActorType.PERSON, named=True, country=whose.country, particle=particle, entry=whose.entry)
                )
                break
        return sorted([*found, *extra], key=lambda one: one.first)


def _sound(folded: str) -> str:
    """Return how a word sounds, marked, if it is long enough to be told by that."""
    key = name_key(folded)
    return f"~{key}" if len(key) >= 4 else "~"  # noqa: PLR2004 - consonants


def _particle(document: Document, at: int, names: frozenset[str]) -> str:
    """Return the particle glued to a name of the table."""
    folded = document.words[at].info.folded
    for particle in ("و", "ف", "ب", "ل", "ول", "وب"):
        if folded.startswith(particle) and folded not in names and folded[len(particle) :] in {name.split()[0] for name in names}:
            return particle
    return ""


_NUMBERS = frozenset(
    ["احد", "عشر", "اثني", "ثلاثه", "اربعه", "خمسه", "سته", "سبعه", "ثمانيه", "تسعه", "عشره", "ثلاث", "اربع", "خمس",
     "عشرون", "عشرين", "مئه", "مائه", "الف", "نحو", "حوالي", "اكثر", "two", "three", "four", "five", "six", "seven", "eight",
     "nine", "ten", "deux", "trois", "quatre", "cinq"]
)
