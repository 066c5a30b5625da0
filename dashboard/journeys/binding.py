"""Binds cues to places and actors: each cue gives a draft of a leg for each actor and destination, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.journeys.cues import Cue
from dashboard.journeys.ends import circumstance, find_ends
from dashboard.journeys.itinerary import goes_on
from dashboard.journeys.lexicon import CueForm, CueWord
from dashboard.journeys.models import ActorType, LegKind
from dashboard.journeys.movers import find_movers
from dashboard.journeys.scene import Draft
from dashboard.journeys.vocabulary import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.journeys.actors import ActorSpan
    from dashboard.journeys.ends import Ends
    from dashboard.journeys.places import PlaceSpan
    from dashboard.journeys.scene import Scene
    from dashboard.journeys.subjects import Bound

__all__ = ["bind"]


def bind(scene: Scene) -> list[Draft]:
    """Return the drafts of all legs that a text states, in the order of their cues."""
    drafts: list[Draft] = []
    topic: ActorSpan | None = None
    said: frozenset[int] = frozenset()  # places of the verb that a participle belongs to
    verb: Cue | None = None
    for cue in scene.cues:
        places = find_ends(scene, cue)
        if verb is not None and circumstance(scene, verb, cue):
            if places.places <= said:
                continue
        elif places.any:
            verb, said = cue, places.places
        found = list(_bind_cue(scene, cue, places, topic))
        drafts += found
        sentence_topic = _topic(scene, cue)
        topic = (
            found[0].actor if found and found[0].actor.type is ActorType.PERSON else (sentence_topic or topic)
        )
    drafts += _stays(scene, drafts)
    return drafts


def _topic(scene: Scene, cue: Cue) -> ActorSpan | None:
    """Return the first named person of the sentence of a cue: whom the next sentences leave unsaid."""
    begin, end = scene.sentence_of(cue.at)
    return next(
        (
            one
            for one in scene.actors
            if begin <= one.lead < end and one.named and one.type is ActorType.PERSON
        ),
        None,
    )


def _bind_cue(scene: Scene, cue: Cue, places: Ends, topic: ActorSpan | None) -> Iterator[Draft]:
    if not places.any:
        return
    for bound in find_movers(scene, cue, places, topic):
        if _first_of_its_kind(scene, cue, bound):
            continue
        yield from _drafts(scene, cue, places, bound)


_FIRST = ("اول", "الاولي", "اولي", "first", "premiere", "premier")


def _first_of_its_kind(scene: Scene, cue: Cue, bound: Bound) -> bool:
    """Tell whether a noun only says how rare a visit is: في أول زيارة لمسؤول فرنسي."""
    if cue.finite or bound.actor.named or bound.actor.lead < cue.at or not cue.at:
        return False
    definite = scene.info(bound.actor.lead).folded.startswith(("ال", "لل"))
    return not definite and scene.info(cue.at - 1).folded in _FIRST


def _drafts(scene: Scene, cue: Cue, places: Ends, bound: Bound) -> Iterator[Draft]:
    features = {
        f"actor_{bound.how}": 1.0,
        "actor_distance": min(bound.distance, 30) / 10,
        f"place_{places.how}": 1.0,
        "place_distance": min(places.distance, 30) / 10,
        "cue_noun": float(not cue.finite),
        "cue_pronoun": float(bool(cue.reading.pronoun)),
        "named": float(bound.actor.named),
        f"type_{bound.actor.type}": 1.0,
        f"mover_{_mover(cue)}": 1.0,
    }
    sentence = scene.words[cue.at].sentence
    onward = goes_on(scene, cue)
    yield Draft(bound.actor, cue, sentence, places.source, places.to, places.via, onward, features)
    for source, stop in places.more:
        more = features | {"further_stop": 1.0}
        yield Draft(bound.actor, cue, sentence, source, stop, None, onward, more)


def _mover(cue: Cue) -> str:
    """Return whose movement a cue states; a guest who is but a pronoun is told by another construction."""
    mover = cue.reading.cue.mover
    return "received" if mover == "host" and cue.finite and cue.reading.pronoun else mover


def _stays(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Read headlines that say where somebody is: «العبادي في البصرة»."""
    found = []
    for number, (begin, end) in enumerate(scene.document.sentences):
        if number and not scene.document.is_headline(number):
            continue
        actor = next((one for one in scene.actors if begin <= one.lead <= begin + 1 and one.tail < end), None)
        if actor is None or actor.type not in (ActorType.PERSON, ActorType.DELEGATION):
            continue
        if not actor.named and actor.type is ActorType.PERSON and actor.country is None:
            continue  # أغنى رجل في الصين
        if any("resident" in scene.info(at).signs for at in range(actor.lead, actor.tail + 1)):
            continue  # السفير السعودي بواشنطن
        place = next(
            (one for one in scene.places if one.first < end and actor.tail < one.lead <= actor.tail + 2), None
        )
        if place is not None and (place.lead > actor.tail + 1 and _speaks(scene, actor.tail + 1)):
            continue  # أردوغان: سنبقى بعفرين
        if (
            place is None
            or place.role != "in"
            or (actor.country and actor.country == place.place.place.country)
        ):
            continue
        if any(draft.sentence == number and draft.actor is actor for draft in drafts):
            continue
        cue = _stay_cue(actor, place)
        features = {
            "actor_adjacent": 1.0,
            "place_inside": 1.0,
            "stay": 1.0,
            "named": float(actor.named),
            f"type_{actor.type}": 1.0,
        }
        found.append(Draft(actor, cue, number, None, place, features=features))
    return found


def _speaks(scene: Scene, at: int) -> bool:
    """Tell whether what follows somebody is what he says: a colon stands before it."""
    return ":" in scene.words[at].gap


def _stay_cue(actor: ActorSpan, place: PlaceSpan) -> Cue:
    at = min(actor.tail + 1, place.lead)
    return Cue(at, at, Reading(CueWord(LegKind.VISIT, "subject", "", "to", CueForm.NOUN, "in"), "", ""))
