"""Who is who: namings of one actor in one text, and the key under which other texts name it too."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from dashboard.core.text import fold
from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.lexicon import office_of
from dashboard.journeys.models import Actor, ActorType
from dashboard.journeys.phrases import FORMER, odd_in_names
from dashboard.journeys.spelling import name_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dashboard.journeys.actors import ActorSpan
    from dashboard.journeys.document import Document
    from dashboard.journeys.models import Span
    from dashboard.journeys.table import ActorTable

__all__ = ["ActorResolver", "Identity", "RuleResolver"]


@dataclass(frozen=True, slots=True)
class Identity:
    """One actor of a text with all its namings."""

    key: str
    name: str
    type: ActorType
    country: str | None
    spans: tuple[ActorSpan, ...]

    def actor(self, document: Document, span: ActorSpan) -> Actor:
        """Return it as named by one of its spans."""
        here = head_span(document, span)
        also = tuple(dict.fromkeys(head_span(document, one) for one in self.spans if one is not span))
        text = document.text[here[0] : here[1]]
        phrase = self.key.startswith("text:") and (span.last > span.first or self.name[:1].isdigit())
        return Actor(
            here,
            text,
            text if phrase else self.name,
            self.type,
            self.key,
            self.country,
            tuple(x for x in also if x != here),
        )


def head_span(document: Document, span: ActorSpan) -> Span:
    """Return the code points of a head name, without the particle glued before it."""
    start, end = document.words[span.first].start, document.words[span.last].end
    if span.first == span.lead and span.particle:
        glued = span.particle.replace("ال", "")
        if fold(document.text[start : start + len(glued)]) == glued and end - start > len(glued) + 1:
            start += len(glued)
            if (
                "ال" in span.particle and document.text[start : start + 1] == "ل"
            ):  # للمدنيين keeps nothing to cut
                start -= len(glued)
    return start, end


def _fullest_name(document: Document, named: Sequence[ActorSpan]) -> ActorSpan:
    """Return the full naming that is met most often, of those the longest.

    Where a shorter one of two words begins it, that: the rest may be no name.
    """
    named = [one for one in named if not _holds_odd_word(document, one)] or named
    texts = Counter(_text(document, one) for one in named if one.last > one.first)
    fullest = max(named, key=lambda one: (max(texts[_text(document, one)], 1), one.last - one.first))
    text = _text(document, fullest)
    begun = [one for one in named if one.last > one.first and text.startswith(_text(document, one) + " ")]
    return min(begun, key=lambda one: one.last - one.first, default=fullest)


def _holds_odd_word(document: Document, span: ActorSpan) -> bool:
    """Tell whether a naming of several words holds one that is hardly a name: وليام حساسية."""
    words = [document.words[at].info for at in range(span.first, span.last + 1)]
    return len(words) > 1 and span.entry is None and any(map(odd_in_names, words))


def _plainest(document: Document, spans: Sequence[ActorSpan]) -> ActorSpan:
    """Return the naming of a group that is met most often, of those of a few words; else the first."""
    few = [one for one in spans if 0 < one.last - one.first < _FEW] or list(spans)
    texts = [_text(document, one) for one in few]
    return max(few, key=lambda one: (texts.count(_text(document, one)), -one.first))


_FEW = 4  # words between the first and the last


class ActorResolver(Protocol):
    """Says which namings are one actor."""

    def resolve(
        self, document: Document, spans: Sequence[ActorSpan], published: date | None
    ) -> dict[int, Identity]:
        """Return the identity of each span, by its first word of the phrase (`lead`)."""
        ...


class RuleResolver:
    """Joins surnames to full names, titles to their holders, and names to the table of actors."""

    def __init__(self, table: ActorTable, offices: dict[str, list[tuple[str, str]]]) -> None:
        self._table = table
        self._offices = offices

    def resolve(
        self, document: Document, spans: Sequence[ActorSpan], published: date | None
    ) -> dict[int, Identity]:
        """Return the identity of each span, by its first word of the phrase (`lead`)."""
        groups: dict[str, list[ActorSpan]] = {}
        people: list[tuple[ActorSpan, str]] = []
        full = [one for one in spans if one.named and (one.entry or one.last > one.first)]
        for span in full:
            key = self._key_of_name(document, span, people)
            people.append((span, key))
            groups.setdefault(key, []).append(span)
        for span in spans:
            if span.named and span not in full:
                key = self._key_of_surname(document, span, people)
                groups.setdefault(key, []).append(span)
        counts = _counts(document, spans)
        for span in spans:
            if not span.named:
                key = (
                    self._key_of_title(document, span, people, published)
                    if span.type is ActorType.PERSON
                    else ""
                )
                key = key or _key_of_phrase(document, span)
                if len(counts.get(key, ())) > 1 and (number := _number(document, span)):
                    key = f"{key}:{number}"  # 41 migrants, and 235 others
                groups.setdefault(key, []).append(span)
        return {
            span.lead: identity
            for key, some in groups.items()
            for identity in [self._identity(document, key, some)]
            for span in some
        }

    def _identity(self, document: Document, key: str, spans: list[ActorSpan]) -> Identity:
        entry = self._table.entries.get(key)
        ordered = tuple(sorted(spans, key=lambda one: one.first))
        named = [one for one in ordered if one.named]
        fullest = _fullest_name(document, named) if named else _plainest(document, ordered)
        start, end = head_span(document, fullest)
        country = entry.country if entry else next((one.country for one in ordered if one.country), None)
        written = document.text[start:end].replace("_", " ")
        if "لال" in fullest.particle and written.startswith("لل"):
            written = "ال" + written[2:]  # للاجئين
        name = entry.shown[0] if entry else written
        return Identity(key, name, fullest.type, country, ordered)

    def _key_of_name(self, document: Document, span: ActorSpan, people: list[tuple[ActorSpan, str]]) -> str:
        if span.entry:
            return span.entry
        name = _text(document, span)
        key = name_key(name)
        for other, known in people:  # سوه هون and سوه هون of another spelling; a longer form of the same name
            words, others = set(name.split()), set(_text(document, other).split())
            if not other.entry and (words <= others or others <= words):
                return known
        return f"name:{key}"

    def _key_of_surname(
        self, document: Document, span: ActorSpan, people: list[tuple[ActorSpan, str]]
    ) -> str:
        if span.entry:
            return span.entry
        name = _bare(document, span)
        sound = name_key(name)
        bearers = [
            (other, key)
            for other, key in people
            if name in _text(document, other).split() or sound in name_key(_text(document, other)).split()
        ]
        before = [key for other, key in bearers if other.first < span.first]
        after = [key for _, key in bearers]
        if before or after:
            return (before or after[:1])[-1]
        return f"name:{name_key(name)}"

    def _key_of_title(
        self, document: Document, span: ActorSpan, people: list[tuple[ActorSpan, str]], published: date | None
    ) -> str:
        """Return whom a bare title means: its named bearer in the text, or the table's holder of the office."""
        if "kin" in document.words[span.lead].info.roles:
            return self._key_of_kin(document, span, people)
        for other, key in people:
            if _in_apposition(document, other, span):
                return key
        heads = _title_heads(document, span)
        body = _heads_a_body(document, span)
        for same_country in (True, False):
            for other, key in sorted(people, key=lambda pair: abs(pair[0].first - span.first)):
                if other.lead == other.first or other.type is not ActorType.PERSON:
                    continue
                same = bool(heads & _title_heads(document, other))
                if body and document.words[span.lead + 1].info.folded not in _title_words(document, other):
                    continue  # رئيس الإنتربول is no president
                country = span.country is not None and span.country == other.country
                if same and (country if same_country else (span.country is None or other.country is None)):
                    return key
        office = self._office(document, span)
        holder = self._table.holder(office, span.country, published) if office and span.country else None
        return holder.id if holder else ""

    def _key_of_kin(self, document: Document, span: ActorSpan, people: list[tuple[ActorSpan, str]]) -> str:
        """Return whom «نجله» means: the one other person of the text who bears the name of the last one named."""
        before = [(other, key) for other, key in people if other.first < span.first]
        if not before:
            return ""
        whose, own = before[-1]
        family = document.words[whose.last].info.folded
        bearers = {
            key for other, key in people if key != own and document.words[other.last].info.folded == family
        }
        return next(iter(bearers)) if len(bearers) == 1 else ""

    def _office(self, document: Document, span: ActorSpan) -> str | None:
        words = " ".join(word.info.folded for word in document.words[span.lead : span.tail + 1])
        if _heads_a_body(document, span) or _former(document, span):
            return None
        return office_of(words, self._offices.get(document.language, []))


def _former(document: Document, span: ActorSpan) -> bool:
    """Tell whether a title is one of the past: الرئيس الأميركي السابق."""
    words = document.words[span.lead : span.tail + 2]
    return any(word.info.folded in FORMER and word.sentence == words[0].sentence for word in words)


def _heads_a_body(document: Document, span: ActorSpan) -> bool:
    """Tell whether a title is that of a body's head and not of a country's: رئيس المخابرات الأميركية, رئيس لجنة."""
    if span.tail == span.lead:
        return False
    of, last = document.words[span.lead + 1].info, document.words[span.tail].info
    if of.country is not None or of.is_a(WordClass.TITLE):
        return False
    if of.folded.startswith("ال"):
        return not of.folded.endswith(
            ("وزرا", "حكومه", "جمهوريه", "دوله", "خارجيه", "دفاع", "عهد", "اول", "نواب", "برلمان")
        )
    return (
        last.country is not None
        and last.folded.startswith("ال")
        and span.tail - span.lead > 1
        and bool(of.actor)
    )


def _key_of_phrase(document: Document, span: ActorSpan) -> str:
    words = [document.words[at].info for at in range(span.lead, span.tail + 1)]
    head = next((word for word in words if word.actor), words[0])
    bare = head.folded.removeprefix(head.particle) if head.particle else head.folded
    country = span.country or ""
    return (
        f"text:{span.type}:{bare.removeprefix('ال')}:{country}"
        if span.type is not ActorType.PERSON
        else f"text:{_text(document, span)}"
    )


def _number(document: Document, span: ActorSpan) -> str:
    """Return the number of a group as written; empty where none is."""
    infos = [document.words[at].info for at in range(span.lead, span.tail + 1)]
    return " ".join(one.folded for one in infos if one.is_a(WordClass.NUMBER) or one.folded.isdecimal())


def _counts(document: Document, spans: Sequence[ActorSpan]) -> dict[str, set[str]]:
    """Return by the key of a group the numbers that a text gives it."""
    found: dict[str, set[str]] = {}
    for span in spans:
        if not span.named and span.type is not ActorType.PERSON and (number := _number(document, span)):
            found.setdefault(_key_of_phrase(document, span), set()).add(number)
    return found


def _in_apposition(document: Document, named: ActorSpan, title: ActorSpan) -> bool:
    """Tell whether a title says who was just named: «سوه هون، مدير المخابرات», «خليفة حفتر قائد قوات»."""
    if named.tail + 1 != title.lead or (named.country and title.country and named.country != title.country):
        return False
    gap = document.words[title.lead].gap.strip()
    return gap in ("،", ",", "-", "–") or (gap == "" and named.lead == named.first)


def _text(document: Document, span: ActorSpan) -> str:
    return " ".join(word.info.folded for word in document.words[span.first : span.last + 1])


def _bare(document: Document, span: ActorSpan) -> str:
    text = _text(document, span)
    return (
        text[len(span.particle.replace("ال", "")) :]
        if span.particle and text.startswith(span.particle)
        else text
    )


def _title_words(document: Document, span: ActorSpan) -> set[str]:
    """Return the folded words of the title before a name."""
    return {word.info.folded for word in document.words[span.lead : span.first]}


def _title_heads(document: Document, span: ActorSpan) -> set[str]:
    end = span.first if span.named else span.tail + 1
    heads = set()
    for word in document.words[span.lead : end]:
        if word.info.is_a(WordClass.TITLE):
            bare = word.info.folded
            for particle in ("وال", "بال", "لل", "ال", "و"):
                bare = bare.removeprefix(particle)
            heads.add(bare)
    return heads
