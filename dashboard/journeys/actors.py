"""Who or what may move: persons by name or title, and groups by their head noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from rapidfuzz.distance.Indel import normalized_similarity as ratio

from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.groups import GroupReader
from dashboard.journeys.models import ActorType
from dashboard.journeys.names import UNKNOWN
from dashboard.journeys.phrases import ActorSpan, is_title
from dashboard.journeys.spelling import name_key
from dashboard.journeys.titles import TitleReader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.journeys.document import Document
    from dashboard.journeys.places import PlaceSpan
    from dashboard.journeys.table import ActorTable

__all__ = ["ActorRecognizer", "ActorSpan", "RuleRecognizer"]

_ALIKE, _LONG = 0.84, 5  # likeness, and letters, of two spellings of a name
_PARTICLE = 2  # letters of بن, de
_PARTICLES = ("", "و", "ف", "ل", "ب", "ول")


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


class _Scan(TitleReader, GroupReader):
    """One pass over a text."""

    def actors(self) -> list[ActorSpan]:
        """Return all actors, then the lone surnames of those that were named in full."""
        found: list[ActorSpan] = []
        at = 0
        while at < len(self.words):
            actor = self._actor_at(at) if self.words[at].info.opens or not self.arabic else None
            if actor is None:
                at += 1
                continue
            found.append(actor)
            at = max(actor.tail, actor.last) + 1
        return self._with_lone_names(found)

    def _actor_at(self, at: int) -> ActorSpan | None:  # noqa: PLR0911 - a way out for each sort
        info = self.info(at)
        if at in self.place_at and (not is_title(info) or self.place_at[at].last > at):
            return self._known(at)
        if known := self._known(at):
            return known
        if self.describes_place(at) or self._is_adjective(at):
            return None
        if (
            is_title(info)
            and not self.names_a_building(at)
            and not info.is_a(WordClass.LOCATIVE)
            and "no_title" not in info.roles
        ):
            titled = self._titled(at)
            if not self._is_group(at) or (titled is not None and titled.named):  # الفريق سعيد, and a team
                return titled
        if self._is_group(at):
            return self._group(at)
        if self._begins_name(at):
            return self._bare_name(at)
        return self._said(at)

    def _spelt_otherwise(self, at: int, bare: str, names: dict[str, ActorSpan]) -> str | None:
        """Return the name that a word is another spelling of (ألبارس, ألباريس); None for everyday words."""
        if not self._rare(at, UNKNOWN) or len(bare) < _LONG:
            return None
        sound = _sound(bare)
        alike = sound in names and any(
            ratio(bare, name) >= _ALIKE
            for name in names
            if not name.startswith("~") and _sound(name) == sound and bare.rstrip("اه") != name
        )
        return sound if alike else None

    def _with_lone_names(self, found: list[ActorSpan]) -> list[ActorSpan]:
        """Add the words by which somebody named in full is named again: a surname, a rare first name."""
        names = self._names_of(found)
        if not names:
            return found
        covered = {at for actor in found for at in range(actor.lead, actor.tail + 1)}
        extra = []
        for at in range(len(self.words)):
            whose = None if at in covered else self._bearer(at, names)
            if whose is None:
                continue
            actor, particle = whose
            if self.arabic and at == self._first_of(actor, at) and self._another_surname(at + 1):
                continue  # محمد العتيبي is not the محمد who was named before
            lead = self.title_before(at) if not particle else at
            lead = at if covered & set(range(lead, at)) else lead
            person = ActorType.PERSON
            extra.append(ActorSpan(at, at, lead, at, person, True, actor.country, particle, actor.entry))
        return sorted([*found, *extra], key=lambda one: one.first)

    def _first_of(self, actor: ActorSpan, at: int) -> int:
        """Return a word if it is the first of somebody's name, else -1."""
        own = self.info(actor.first).folded
        return at if actor.last > actor.first and self.info(at).folded.endswith(own) else -1

    def _another_surname(self, at: int) -> bool:
        """Tell whether a word goes on with a name by the article, as surnames do."""
        if at >= len(self.words) or not self.joined(at):
            return False
        info = self.info(at)
        plain = info.roles or info.country or info.is_a(WordClass.TITLE | WordClass.STOP | WordClass.TIME)
        return info.folded.startswith("ال") and not plain

    def _names_of(self, found: list[ActorSpan]) -> dict[str, ActorSpan]:
        """Return the first and last words of the persons named, and their sounds, with whose they are."""
        names: dict[str, ActorSpan] = {}
        for actor in found:
            if not actor.named or actor.type is not ActorType.PERSON:
                continue
            for at in dict.fromkeys((actor.first, actor.last)):
                folded = self.info(at).folded
                if len(folded) > _PARTICLE or actor.first == actor.last:
                    names.setdefault(folded, actor)
                    names.setdefault(_sound(folded), actor)
        return names

    def _bearer(self, at: int, names: dict[str, ActorSpan]) -> tuple[ActorSpan, str] | None:
        """Return whom a word names, and the particle glued to it; None for nobody."""
        info = self.info(at)
        if at in self.place_at and self.place_at[at].role in ("to", "in", "from"):
            return None
        for particle in _PARTICLES if info.folded[:1] in "وفلب" else ("",):
            if particle and not info.folded.startswith(particle):
                continue
            bare = info.folded[len(particle) :]
            key = bare if bare in names else None
            if key is None and info.opens:
                key = self._spelt_otherwise(at, bare, names)
            if key is not None:
                return names[key], particle
        return None


def _sound(folded: str) -> str:
    """Return how a word sounds, marked, if it is long enough to be told by that."""
    key = name_key(folded)
    return f"~{key}" if len(key) >= 4 else "~"  # noqa: PLR2004 - consonants
