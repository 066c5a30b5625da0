"""Who moves by a cue: its subject, the object of one who sends, those who come to a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.core.models import Kind
from dashboard.journeys.meetings import not_at_home, participants
from dashboard.journeys.models import ActorType, LegKind
from dashboard.journeys.nouns import noun_subject
from dashboard.journeys.objects import aboard, object_of, resides
from dashboard.journeys.subjects import (
    Bound,
    before_verb,
    foreign_subject,
    left_subject,
    right_subject,
    stranger_before,
)
from dashboard.journeys.unsaid import carried, received, speaker_aside, unsaid_subject

if TYPE_CHECKING:
    from dashboard.journeys.actors import ActorSpan
    from dashboard.journeys.cues import Cue
    from dashboard.journeys.ends import Ends
    from dashboard.journeys.scene import Scene

__all__ = ["find_movers"]

_REACH = 26  # words after a cue in which participants stand
_LOOSE = ("control", "unsaid", "left", "pronoun", "ahead")
_MANY = 4  # participants of a meeting
_OVERRUN = "اجتاح"
_SUMMON = "استدعي"
_BOARD = "استقل"  # what is boarded is not who travels
_CARRIERS = (ActorType.VESSEL, ActorType.AIRCRAFT, ActorType.GOODS)
_HOUSED = (LegKind.ARRIVAL, LegKind.DEPARTURE, LegKind.TRANSIT, LegKind.DEPLOYMENT, LegKind.FLIGHT)
_MISSILES = ("صاروخ", "صواريخ", "قذيفه", "قذايف", "missile", "rocket", "roquette")
_TROOPS = (ActorType.FORCE, ActorType.VESSEL, ActorType.AIRCRAFT)
_MOVERS = {
    LegKind.DEPLOYMENT: (ActorType.FORCE, ActorType.VESSEL, ActorType.AIRCRAFT, ActorType.PEOPLE),
    LegKind.WITHDRAWAL: (ActorType.FORCE, ActorType.VESSEL, ActorType.DELEGATION, ActorType.ORGANISATION),
    LegKind.FLIGHT: (ActorType.PEOPLE, ActorType.PERSON, ActorType.FORCE, ActorType.DELEGATION),
    LegKind.VISIT: (
        ActorType.PERSON,
        ActorType.DELEGATION,
        ActorType.PEOPLE,
        ActorType.ORGANISATION,
        ActorType.VESSEL,
        ActorType.FORCE,
    ),
}


def find_movers(scene: Scene, cue: Cue, places: Ends, topic: ActorSpan | None) -> list[Bound]:
    """Return who moves; `topic` is the person whom the sentence before was about."""
    if cue.reading.cue.mover == "host" and cue.finite and cue.reading.pronoun:
        guest = received(scene, cue, topic)  # ثم استقبله ماكرون في فرنسا
        return [] if guest is None else not_at_home([guest], places, guest, strict=False)
    if cue.reading.cue.mover in ("meeting", "host", "attend"):
        found = participants(scene, cue, places)
        guest = None if found or cue.reading.cue.mover == "host" else unsaid_subject(scene, cue, topic)
        return found or ([] if guest is None else not_at_home([guest], places, guest, strict=False))
    return [one for one in _movers(scene, cue, topic) if not _stays_home(cue, places, one)]


def _stays_home(cue: Cue, places: Ends, bound: Bound) -> bool:
    """Tell whether somebody is bound loosely to a cue, and to his own country or capital: a host, most likely."""
    place = places.to.place.place if places.to else None
    if (
        place is None
        or bound.how not in _LOOSE
        or cue.reading.cue.kind not in (LegKind.VISIT, LegKind.ARRIVAL)
    ):
        return False
    own = bound.actor.country is not None and bound.actor.country == place.country
    return own and (place.kind is Kind.COUNTRY or place.feature_code == "PPLC")


def _movers(scene: Scene, cue: Cue, topic: ActorSpan | None) -> list[Bound]:
    """Return who moves: the subject, or the object of one who sends."""
    word = cue.reading.cue
    latin = scene.document.language != "ar"
    if word.mover == "object" and cue.finite and cue.reading.pronoun and not latin:
        found = carried(scene, cue, topic)  # ونقلته طائرة خاصة
    elif word.mover in ("object", "troops"):
        found = object_of(scene, cue, latin=latin)
    elif cue.finite and not latin:
        found = before_verb(scene, cue)
        if found is None and stranger_before(scene, cue):
            return []
        if found is None and foreign_subject(scene, cue):
            if not word.bare or _before_place(scene, cue):
                return []
        else:
            found = found or right_subject(scene, cue)
        found = found or speaker_aside(scene, cue, left_subject(scene, cue), topic)
        if word.kind is LegKind.TRANSIT and found is not None and found.how in _LOOSE:
            return []  # القرار لن يمر
    elif cue.finite:
        found = left_subject(scene, cue)
    else:
        found = noun_subject(scene, cue)
    if found is None and word.mover == "subject":
        found = unsaid_subject(scene, cue, topic)
    if found is None or (word.lemma == _SUMMON and not resides(scene, found)):
        return []
    found = aboard(scene, found) or found
    return [
        one
        for one in (found, *_coordinated(scene, cue, found), *_companions(scene, cue, found))
        if not _is_fired(scene, cue, one)
        and not (word.lemma == _BOARD and one.actor.type in _CARRIERS)
        and _can_move_so(word.kind, "troops" if word.lemma == _OVERRUN else word.mover, one.actor.type)
    ]


def _is_fired(scene: Scene, cue: Cue, bound: Bound) -> bool:
    """Tell whether missiles move by themselves: they are fired, which is no journey."""
    head = scene.info(bound.actor.lead).folded
    return cue.reading.cue.mover == "subject" and any(word in head for word in _MISSILES)


def _before_place(scene: Scene, cue: Cue) -> bool:
    """Tell whether an unknown subject stands between a verb and its bare place: زار بومبيو بيروت."""
    return any(at in scene.place_at and scene.place_at[at].role == "" for at in (cue.last + 2, cue.last + 3))


def _can_move_so(kind: LegKind, mover: str, actor: ActorType) -> bool:
    """Tell whether such an actor can move in such a way: an advance is one of troops, a visit none of goods."""
    if mover == "troops":
        return actor in _TROOPS
    if mover == "subject" and actor is ActorType.ORGANISATION and kind in _HOUSED:
        return False  # يدخل القنصلية: an embassy is entered
    return mover != "subject" or actor in _MOVERS.get(kind, tuple(ActorType))


def _coordinated(scene: Scene, cue: Cue, found: Bound) -> list[Bound]:
    """Return the further actors joined to one: خروج المدنيين وقوات المعارضة."""
    more: list[Bound] = []
    actor = found.actor
    while len(more) < _MANY - 1:
        following = scene.actor_at.get(actor.tail + 1)
        if following is None or following.lead != actor.tail + 1:
            break
        joined = following.particle.startswith("و") or scene.words[following.lead].gap.strip() == "و"
        if not joined:
            break
        more.append(Bound(following, found.how, following.lead - cue.last))
        actor = following
    return more


def _companions(scene: Scene, cue: Cue, found: Bound) -> list[Bound]:
    """Return who goes with somebody: «يرافقه وزيرا الدفاع والخارجية»."""
    end = min(scene.sentence_of(cue.at)[1], cue.last + 2 * _REACH)
    for at in range(cue.last + 1, end - 1):
        if "companion" in scene.info(at).roles:
            actor = scene.actor_at.get(at + 1)
            if actor is not None and actor.lead == at + 1 and actor.who != found.actor.who:
                return [Bound(actor, "companion", actor.lead - cue.last)]
    return []
