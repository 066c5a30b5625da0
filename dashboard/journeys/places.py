"""The places of a text with the part that the words before them give each: to, from, in, through."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from dashboard.core.models import Kind
from dashboard.core.text import fold_name, is_arabic
from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.lexicon import CueForm
from dashboard.journeys.models import LegPlace
from dashboard.journeys.phrases import northern
from dashboard.journeys.place_roles import glued_role, particle_of, role_before

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.core.models import Parse, Place
    from dashboard.journeys.document import Document
    from dashboard.journeys.vocabulary import Knowledge, WordInfo

__all__ = ["PlaceSpan", "find_places"]

_HEADS = WordClass.HEAD_GENERIC | WordClass.HEAD_NAME
_SURE = 0.3  # confidence below which a pin is not looked at
_NAMED = 0.9  # confidence from which a word such as the city is a name
_AGAIN = 0.9  # how sure a name is that was resolved elsewhere in the text
_ANAPHOR = 0.7
_DESCRIBED = 0.9
_NO_PLACE = ("بشأن", "شأن", "طراز", "بن")  # about, and of a make: towns are called so too


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A place in its sentence.

    Attributes
    ----------
    first, last
        Words of the name; `lead` is the first word of the description before it (مدينة, العاصمة المصرية).
    role
        `to`, `from`, `via`, `in`, `near`, by the preposition; `weak_to` for ل; `and` for و; empty for none.
    anaphor
        Whether it points back (المدينة, هناك).
    """

    first: int
    last: int
    lead: int
    role: str
    place: LegPlace
    anaphor: bool = False


def find_places(knowledge: Knowledge, document: Document, parse: Parse) -> list[PlaceSpan]:
    """Find the places of a text: those of the geoparser, described ones, repeated ones, and words that point back."""
    spans: list[PlaceSpan] = []
    taken: set[int] = set()
    known: dict[str, Place] = {}
    for resolution in parse.resolutions:
        if resolution.place is None or resolution.confidence < _SURE:
            continue
        start, end = resolution.mention.start, resolution.mention.end
        first, last = document.word_at(start), document.word_at(end - 1)
        if first >= len(document.words) or last < first or document.words[first].start >= end:
            continue  # in a sentence that is not read
        if first == last and "anaphor" in document.words[first].info.roles and resolution.confidence < _NAMED:
            continue  # المدينة is the one that was named before, more often than Medina
        place = LegPlace((start, end), resolution.mention.text, resolution.place, resolution.confidence)
        lead, role = role_before(document, first, start)
        if (capital := _capital_of(knowledge, document, first, resolution.place)) is not None:
            place = replace(place, span=(document.words[first - 1].start, end), place=capital)
        spans.append(PlaceSpan(first, last, lead, role, place))
        taken.update(range(first, last + 1))
        known.setdefault(fold_name(resolution.mention.text), resolution.place)
    spans += _again(document, known, taken)
    spans += _described(knowledge, document, taken)
    spans += _rescued(knowledge, document, taken)
    spans = [one for one in spans if not _is_no_place(document, one)]
    spans.sort(key=lambda one: one.first)
    spans = list(_where_they_lie(spans))
    return sorted([*spans, *_anaphors(document, spans, taken)], key=lambda one: one.first)


def _where_they_lie(spans: Sequence[PlaceSpan]) -> Iterator[PlaceSpan]:
    """Yield the places; one that lies elsewhere than the words after it say is that: مطار تشانجي بسنغافورة."""
    for one, following in zip_longest(spans, spans[1:]):
        if following is None or following.first != one.last + 1 or following.role != "in":
            yield one
            continue
        here, there = one.place.place, following.place.place
        broad = there.kind is Kind.COUNTRY or there.population >= _GREAT
        apart = here.country != there.country and here.kind is not Kind.COUNTRY and there.country is not None
        yield replace(one, place=replace(following.place, span=one.place.span)) if broad and apart else one


def _is_no_place(document: Document, one: PlaceSpan) -> bool:
    word = document.words[one.last]
    after = document.words[one.last + 1] if one.last + 1 < len(document.words) else None
    if (
        after is not None
        and word.info.is_a(WordClass.GIVEN_NAME)
        and after.sentence == word.sentence
        and not after.gap.strip()
        and after.info.zipf < _SELDOM
        and (after.info.namely or 0) >= _NAMELY
    ):
        return True  # فرانكلين روزفلت
    word = document.words[one.first]
    return one.first == one.last and ("about" in word.info.signs or word.text in _NO_PLACE)


def _capital_of(knowledge: Knowledge, document: Document, at: int, place: Place) -> Place | None:
    """Return the capital of a country that only says whose it is: العاصمة السعودية, عاصمة فرنسا; None elsewhere."""
    if place.kind is not Kind.COUNTRY or place.country is None or not at:
        return None
    before = document.words[at - 1]
    joined = before.sentence == document.words[at].sentence and not document.words[at].gap.strip()
    return knowledge.capital_place(place.country) if joined and before.info.folded.endswith("عاصمه") else None


def _again(document: Document, known: dict[str, Place], taken: set[int]) -> Iterator[PlaceSpan]:
    """Yield names that are resolved elsewhere in the text, where a preposition makes them a place again."""
    for at, word in enumerate(document.words):
        if at in taken or word.info.folded not in known:
            continue
        lead, role = role_before(document, at, word.start)
        if role in ("to", "from", "in"):
            taken.add(at)
            place = LegPlace((word.start, word.end), word.text, known[word.info.folded], _AGAIN)
            yield PlaceSpan(at, at, lead, role, place)


def _described(knowledge: Knowledge, document: Document, taken: set[int]) -> Iterator[PlaceSpan]:
    """Yield descriptions that fix one place: العاصمة الفرنسية, الأراضي السورية, French soil."""
    words = document.words
    for at in range(1, len(words)):
        noun, adjective = (at - 1, at) if document.language != "en" else (at, at - 1)
        info, country = words[noun].info, words[adjective].info.country
        if (
            country is None
            or at in taken
            or at - 1 in taken
            or "land" not in info.roles
            or words[at].gap.strip()
        ):
            continue
        following = at + 1
        if following < len(words) and not words[following].gap.strip():
            country = northern(country, words[following].info) or country
            following += country != words[adjective].info.country
        if following in taken and not words[following].gap.strip():
            continue  # العاصمة الفرنسية باريس: the name says it
        capital = info.folded.endswith(("عاصمه", "capital", "capitale"))
        place = (knowledge.capital_place if capital else knowledge.country_place)(country)
        if place is None:
            continue
        start, end = words[at - 1].start, words[at].end
        role = glued_role(particle_of(document, at - 1)) or role_before(document, at - 1, start)[1]
        taken.update((at - 1, at))
        text = document.text[start:end]
        yield PlaceSpan(at - 1, at, at - 1, role, LegPlace((start, end), text, place, _DESCRIBED))


_SELDOM, _NAMELY = 4.5, 0.3  # frequency of a surname, and share of its uses behind titles and given names
_GREAT = 200_000  # inhabitants of a town that is taken from its place in the sentence alone
_RESCUED = 0.6
_SLOT = 4  # words after a verb in which its bare place stands


def _rescued(knowledge: Knowledge, document: Document, taken: set[int]) -> Iterator[PlaceSpan]:
    """Yield names of countries and great towns that the geoparser left, where a movement needs a place.

    «زار سوه واشنطن»: right after a cue that takes a bare place, or after a preposition of direction near a cue.
    """
    words = document.words
    for cue_at, word in enumerate(words):
        if not word.info.cues or cue_at in taken:
            continue
        first = word.info.cues[0].cue
        bare = first.bare or (first.mover == "meeting" and first.form is CueForm.NOUN)
        for at in range(cue_at + 1, min(len(words), cue_at + 1 + _SLOT)):
            if words[at].sentence != word.sentence or at in taken or words[at].gap.strip():
                break
            lead, role = role_before(document, at, words[at].start)
            if (role not in ("to", "from") and not (role == "" and bare and at > cue_at)) or words[
                at
            ].info.roles:
                continue
            place = _great_place(knowledge, words[at].text, words[at].info)
            if place is not None:
                taken.add(at)
                span = (words[at].start, words[at].end)
                yield PlaceSpan(at, at, lead, role, LegPlace(span, words[at].text, place, _RESCUED))
                break


def _great_place(knowledge: Knowledge, text: str, info: WordInfo) -> Place | None:
    """Return the country or the greatest town of a name, unless the word is of other use."""
    if info.is_a(
        _HEADS | WordClass.STOP | WordClass.TITLE | WordClass.GIVEN_NAME | WordClass.TIME | WordClass.SPEECH
    ):
        return None
    if (
        info.actor
        or info.status
        or info.finite
        or info.country
        or (is_arabic(text) is False and text[:1].islower())
    ):
        return None
    places = [knowledge.gazetteer.place(hit.row) for hit in knowledge.gazetteer.lookup(text)]
    countries = [one for one in places if one.kind is Kind.COUNTRY]
    towns = [one for one in places if one.kind is Kind.CITY and one.population >= _GREAT]
    return next(iter(countries), None) or max(towns, key=lambda one: one.population, default=None)


_TOWNS = (Kind.CITY, Kind.NEIGHBOURHOOD, Kind.CAMP)
_POINTS_TO = {
    "مدينه": _TOWNS,
    "بلده": _TOWNS,
    "قريه": _TOWNS,
    "محافظه": (Kind.ADMIN,),
    "ولايه": (Kind.ADMIN,),
    "بلاد": (Kind.COUNTRY,),
    "مملكه": (Kind.COUNTRY,),
    "سلطنه": (Kind.COUNTRY,),
    "جزيره": (Kind.REGION, Kind.OTHER, Kind.ADMIN),
    "عاصمه": _TOWNS,
    "قطاع": (Kind.REGION, Kind.ADMIN),
    "منطقه": (Kind.REGION, Kind.ADMIN),
    "مطار": (Kind.FACILITY,),
    "قاعده": (Kind.FACILITY,),
    "مينا": (Kind.FACILITY,),
    "مخيم": (Kind.CAMP,),
}


_REALMS = {  # countries that their people call so
    "مملكه": frozenset(["SA", "JO", "BH", "MA", "GB", "ES", "NL", "BE", "SE", "NO", "DK", "TH"]),
    "سلطنه": frozenset(["OM", "BN"]),
    "اماره": frozenset(["QA", "KW", "MC", "LI"]),
}
_THITHER = {"thither": "to", "thence": "from", "therein": "in"}  # إليها, منها, فيها


_CLAUSE = 8  # words between a relative word and a pronoun of its clause


def _of_another(document: Document, at: int, taken: set[int]) -> bool:
    """Tell whether a pronoun means the noun before a relative word, and that is no place: منازلهم التي هجروا منها."""
    words = document.words
    which = "التي" if words[at].info.folded.endswith("ها") else "الذي"
    for back in range(at - 1, max(0, at - _CLAUSE), -1):
        if words[back].sentence != words[at].sentence or words[back + 1].gap.strip():
            return False
        if words[back].info.folded == which:
            return back - 1 not in taken
    return False


def _goes_with_a_cue(document: Document, at: int, role: str) -> bool:
    """Tell whether a pronoun with its preposition belongs to a word of movement: وصل إليها, not توصلت إليه."""
    if document.language != "ar" or "then" in document.words[at].info.roles:
        return True
    sentence = document.words[at].sentence
    for back in range(at - 1, max(-1, at - 1 - _CLAUSE), -1):
        word = document.words[back]
        if word.sentence != sentence:
            return False
        if word.info.cues:
            return True
        info, following = word.info, document.words[back + 1].info
        who = bool(info.actor or info.part or info.country or following.actor)  # ثلاثة لاجئين
        who = who or info.folded.startswith("ال")
        named = who or word.info.is_a(WordClass.NUMBER | WordClass.GIVEN_NAME)
        if word.info.is_a(WordClass.SPEECH | WordClass.GOVERNMENT_VERB) or (role == "to" and not named):
            return False
    return False


def _anaphors(document: Document, spans: list[PlaceSpan], taken: set[int]) -> Iterator[PlaceSpan]:
    """Yield words that point back to the nearest place of their kind named before."""
    for at, word in enumerate(document.words):
        if not word.info.roles or at in taken:
            continue
        thither = next((role for name, role in _THITHER.items() if name in word.info.roles), "")
        if thither and not _goes_with_a_cue(document, at, thither):
            continue
        if thither:
            lead, role, place = at, thither, _of_pronoun(document, spans, taken, at)
        elif "anaphor" in word.info.roles:
            lead, role, place = _of_noun(document, spans, taken, at)
        else:
            continue
        if place is not None:
            points = LegPlace((word.start, word.end), word.text, place.place, place.confidence * _ANAPHOR)
            yield PlaceSpan(at, at, lead, role, points, anaphor=True)


def _of_pronoun(document: Document, spans: list[PlaceSpan], taken: set[int], at: int) -> LegPlace | None:
    """Return the place that a pronoun means: the last one of its sentence or the one before."""
    if _of_another(document, at, taken):
        return None
    near = document.sentences[max(0, document.words[at].sentence - 1)][0]
    behind = [one for one in spans if near <= one.first and one.last < at]
    return behind[-1].place if behind else None


def _of_noun(
    document: Document, spans: list[PlaceSpan], taken: set[int], at: int
) -> tuple[int, str, LegPlace | None]:
    """Return the lead and role of a noun such as the city, and the last place of its kind."""
    word, following = document.words[at], document.words[at + 1 : at + 2]
    named = bool(following) and not following[0].gap.strip()
    if named and (at + 1 in taken or following[0].info.country):
        return at, "", None  # العاصمة واشنطن
    lead, role = role_before(document, at, word.start)
    if not role:
        role = glued_role(particle_of(document, at))
    bare = word.info.folded.lstrip("وفبل").removeprefix("ال").removeprefix("لا")
    kinds = next((kinds for noun, kinds in _POINTS_TO.items() if bare.endswith(noun)), ())
    if not kinds and role not in ("to", "from"):
        return at, "", None  # هناك is more often there is
    before = [one for one in spans if one.last < at and (not kinds or one.place.place.kind in kinds)]
    if realm := next((codes for noun, codes in _REALMS.items() if bare.endswith(noun)), None):
        before = [one for one in before if one.place.place.country in realm]
    return lead, role, before[-1].place if before else None
