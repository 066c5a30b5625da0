"""Reads legs out of texts: recognisers, binding, status, date, judgement, one after the other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.core.dates import find_dates
from dashboard.core.models import Reason
from dashboard.core.settings import data_path
from dashboard.core.text import fold_name
from dashboard.journeys.actors import RuleRecognizer
from dashboard.journeys.binding import bind
from dashboard.journeys.circumstances import ended, form_of, usual
from dashboard.journeys.cues import find_cues
from dashboard.journeys.dating import day_of_report, edtf_for, find_date
from dashboard.journeys.document import read_document
from dashboard.journeys.gather import UNSAID, gather_legs
from dashboard.journeys.identity import RuleResolver
from dashboard.journeys.itinerary import chain_legs
from dashboard.journeys.judge import load_judge
from dashboard.journeys.kinds import kind_of
from dashboard.journeys.lexicon import read_offices
from dashboard.journeys.models import ActorType, Leg, LegParse, LegStatus
from dashboard.journeys.places import find_places
from dashboard.journeys.scene import Scene, dated_words
from dashboard.journeys.signs import describe_draft
from dashboard.journeys.status import find_status, settle_status
from dashboard.journeys.table import load_actors
from dashboard.journeys.vocabulary import Knowledge

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dashboard.core.dates import DateReading
    from dashboard.core.models import Parse
    from dashboard.gazetteer import Gazetteer
    from dashboard.journeys.actors import ActorRecognizer, ActorSpan
    from dashboard.journeys.document import Document
    from dashboard.journeys.identity import ActorResolver, Identity
    from dashboard.journeys.models import Actor
    from dashboard.journeys.scene import Draft

__all__ = ["JourneyParser"]

_CODE_VERSION = "7"  # raised when the same weights would give other legs
_TOLD = (LegStatus.HAPPENED, LegStatus.UNDER_WAY)
_COMPANY = (ActorType.PERSON, ActorType.DELEGATION, ActorType.ORGANISATION)


class JourneyParser:
    """Find the legs of Arabic, English and French texts.

    One object serves one thread at a time.

    Parameters
    ----------
    recognizer, resolver
        Find actors and say who is who; None takes the rules.
    least
        Confidence below which a leg is left out; None takes that of the weights.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        recognizer: ActorRecognizer | None = None,
        resolver: ActorResolver | None = None,
        actors: Path | None = None,
        least: float | None = None,
    ) -> None:
        folder = data_path() / "lexicon"
        table = load_actors(actors or data_path() / "actors")
        self.knowledge = Knowledge(gazetteer, folder, table.first_words)
        self._recognizer = recognizer or RuleRecognizer(table)
        self._resolver = resolver or RuleResolver(table, read_offices(folder))
        self._judge = load_judge(data_path() / "model" / "journeys.json")
        self._least = self._judge.least if least is None else least
        self.id = f"kharita-journeys-{_CODE_VERSION}-{self._judge.id}"

    def parse(self, text: str, parse: Parse, published: date | None = None) -> LegParse:
        """Read the legs of a text.

        Parameters
        ----------
        parse
            What the geoparser says of the same text.
        published
            Day from which «أمس» and «الأربعاء» are counted; None leaves them undated.
        """
        drafts = self.drafts(text, parse, published)
        kept = [leg for leg in gather_legs(leg for _, leg in drafts) if leg.confidence >= self._least]
        onward = {leg.cue for draft, leg in drafts if draft.onward}
        return LegParse(tuple(map(_known_elsewhere, chain_legs(kept, onward))), self.id)

    def drafts(self, text: str, parse: Parse, published: date | None = None) -> list[tuple[Draft, Leg]]:
        """Return every statement of a movement with the leg that it gives, judged but not joined."""
        spots = [one.mention.start for one in parse.resolutions if one.place]
        if not spots:
            return []
        document = read_document(self.knowledge, text, parse.language, spots)
        if not document.words:
            return []
        cues = find_cues(document)
        places = find_places(self.knowledge, document, parse) if cues else []
        if not places:
            return []
        dates = _dates(document, published)
        actors = self._recognizer.find(document, places, dated_words(document, dates))
        if not actors:
            return []
        identities = self._resolver.resolve(document, actors, published)
        known = [
            replace(one, who=identities[one.lead].key, country=identities[one.lead].country or one.country)
            for one in actors
        ]
        titles = {at for one in known if one.type is ActorType.PERSON for at in range(one.lead, one.tail + 1)}
        cues = [one for one in cues if one.at not in titles]  # الموفد الأميركي, head of intelligence
        scene = Scene(document, places, known, cues, dates)
        drafts = [replace(draft, features=describe_draft(scene, draft)) for draft in bind(scene)]
        return [(draft, self._leg(scene, draft, identities, published)) for draft in drafts]

    def _leg(
        self, scene: Scene, draft: Draft, identities: dict[int, Identity], published: date | None
    ) -> Leg:
        document = scene.document
        identity = identities[draft.actor.lead]
        span = _named_span(scene, draft, identity)
        actor = identity.actor(document, span)
        status, said_by = find_status(scene, draft.cue)
        kind = kind_of(scene, draft, identity.type)
        reading = find_date(scene, draft) or day_of_report(scene, draft, status, published)
        status = settle_status(status, reading, published, form_of(scene, draft.cue))
        if status in _TOLD and reading is None and usual(scene, draft.cue, identity.type):
            status = LegStatus.HABITUAL
        cue = (document.words[draft.cue.at].start, document.words[draft.cue.last].end)
        confidence, reasons = self._judge.judge(draft.features, status, said_by)
        taken = status is LegStatus.HAPPENED and not said_by and not draft.cue.finite
        if taken and not ended(scene, draft.cue):
            reasons += (Reason(UNSAID, 0.0),)
        return Leg(
            actor=replace(actor, type=identity.type),
            kind=kind,
            status=status,
            cue=cue,
            sentence=document.spans[draft.sentence],
            from_place=draft.from_place.place if draft.from_place else None,
            to_place=draft.to_place.place if draft.to_place else None,
            via=draft.via.place if draft.via else None,
            date=edtf_for(reading, status, published),
            date_text=reading.text if reading else None,
            confidence=confidence,
            reasons=reasons,
            beside=_beside(scene, draft, identities, identity.key),
        )


def _known_elsewhere(leg: Leg) -> Leg:
    """Return a leg whose actor, when it has no name, is one with those alone that other texts call just so."""
    actor = leg.actor
    if actor.key.startswith("text:"):
        key = f"text:{actor.type}:{fold_name(actor.name)}:{actor.country or ''}"
    elif actor.key.startswith("name:") and " " not in actor.name.strip():
        key = f"name:{fold_name(actor.name)}"  # one word sounds like too many others
    else:
        return leg
    return replace(leg, actor=replace(actor, key=key))


def _beside(scene: Scene, draft: Draft, identities: dict[int, Identity], own: str) -> tuple[Actor, ...]:
    """Return who else the sentence of a leg names."""
    begin, end = scene.sentence_of(draft.cue.at)
    found = {
        identity.key: identity.actor(scene.document, span)
        for identity in identities.values()
        if identity.key != own and identity.type in _COMPANY and not identity.key.startswith("text:")
        for span in identity.spans
        if begin <= span.first < end
    }
    return tuple(found.values())


def _dates(document: Document, published: date | None) -> list[DateReading]:
    """Find the dates of the sentences that are read."""
    found = []
    for begin, end in document.spans:
        piece = document.text[begin:end]
        found += [
            replace(one, start=one.start + begin, end=one.end + begin) for one in find_dates(piece, published)
        ]
    return found


def _named_span(scene: Scene, draft: Draft, identity: Identity) -> ActorSpan:
    """Return how the actor is named for a cue: by name, where the sentence has it beside the title."""
    span = next(one for one in identity.spans if one.lead == draft.actor.lead)
    if span.named:
        return span
    begin, end = scene.sentence_of(draft.cue.at)
    named = [one for one in identity.spans if one.named and begin <= one.first < end]
    return min(named, key=lambda one: abs(one.first - span.first)) if named else span
