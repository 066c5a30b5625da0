"""Binds cues to places and actors: each cue gives a draft of a leg for each actor and destination, or none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.core.models import Kind
from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.document import Reading
from dashboard.journeys.lexicon import CueForm, CueWord
from dashboard.journeys.models import ActorType, LegKind
from dashboard.journeys.scene import Cue, Draft
from dashboard.journeys.subjects import Bound, before_verb, controller, genitive, left_subject, right_subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.journeys.actors import ActorSpan
    from dashboard.journeys.places import PlaceSpan
    from dashboard.journeys.scene import Scene

__all__ = ["bind"]

_REACH = 26  # words after a cue in which its places stand
_NEAR = 7
_MANY = 4  # participants of a meeting
_SOFT = (LegKind.MEETING, LegKind.VISIT)


@dataclass(frozen=True, slots=True)
class _Places:
    """The places of a cue by role; `more` are further stops."""

    to: PlaceSpan | None = None
    source: PlaceSpan | None = None
    via: PlaceSpan | None = None
    more: tuple[PlaceSpan, ...] = ()
    how: str = "none"
    distance: int = 0

    @property
    def any(self) -> bool:
        return bool(self.to or self.source or self.via)


def bind(scene: Scene) -> list[Draft]:
    """Return the drafts of all legs that a text states, in the order of their cues."""
    drafts: list[Draft] = []
    topic: ActorSpan | None = None
    for cue in scene.cues:
        found = list(_bind_cue(scene, cue, drafts, topic))
        drafts += found
        sentence_topic = _topic(scene, cue)
        topic = found[0].actor if found and found[0].actor.type is ActorType.PERSON else (sentence_topic or topic)
    drafts += _stays(scene, drafts)
    return drafts


def _topic(scene: Scene, cue: Cue) -> ActorSpan | None:
    """Return the first named person of the sentence of a cue: whom the next sentences leave unsaid."""
    begin, end = scene.sentence_of(cue.at)
    return next(
        (one for one in scene.actors if begin <= one.lead < end and one.named and one.type is ActorType.PERSON), None
    )


def _bind_cue(scene: Scene, cue: Cue, drafts: list[Draft], topic: ActorSpan | None) -> Iterator[Draft]:
    places = _places_of(scene, cue)
    if not places.any:
        return
    mover = cue.reading.cue.mover
    if mover in ("meeting", "host", "attend"):
        bounds = _participants(scene, cue, places)
    else:
        bounds = _movers(scene, cue, places, drafts, topic)
    for bound in bounds:
        yield from _drafts(scene, cue, places, bound)


def _drafts(scene: Scene, cue: Cue, places: _Places, bound: Bound) -> Iterator[Draft]:
    features = {
        f"actor_{bound.how}": 1.0,
        "actor_distance": min(bound.distance, 30) / 10,
        f"place_{places.how}": 1.0,
        "place_distance": min(places.distance, 30) / 10,
        "cue_noun": float(not cue.finite),
        "cue_pronoun": float(bool(cue.reading.pronoun)),
        "named": float(bound.actor.named),
        f"type_{bound.actor.type}": 1.0,
        f"mover_{cue.reading.cue.mover}": 1.0,
    }
    sentence = scene.words[cue.at].sentence
    yield Draft(bound.actor, cue, sentence, places.source, places.to, places.via, features)
    for stop in places.more:
        yield Draft(bound.actor, cue, sentence, None, stop, None, features | {"further_stop": 1.0})


def _window_end(scene: Scene, cue: Cue) -> int:
    """Return where the places of a cue end: at the next cue that has a place of its own, or after many words."""
    _, end = scene.sentence_of(cue.at)
    limit = min(end, cue.last + 1 + _REACH)
    for at in range(cue.last + 1, limit):
        other = scene.cue_at.get(at)
        if other is None:
            if at > cue.last + 1 and _new_clause(scene, at):
                return at
            continue
        if other.finite or (other.reading.cue.kind not in _SOFT and other.reading.cue.mover != "attend"):
            if cue.reading.cue.mover in ("meeting",) and not other.finite:
                continue
            return at
        if other.reading.cue.bare and at + 1 in scene.place_at:
            return at
    return limit


def _new_clause(scene: Scene, at: int) -> bool:
    """Tell whether a verb of saying or deciding begins a clause: وبحث, ، وأكد, that said."""
    info = scene.info(at)
    if not info.is_a(WordClass.SPEECH | WordClass.GOVERNMENT_VERB) or info.is_a(WordClass.TITLE | WordClass.MOTION_NOUN):
        return False
    return at not in scene.actor_at and info.folded[:1] in "وف" and info.particle[:1] in ("و", "ف")


def _places_of(scene: Scene, cue: Cue) -> _Places:
    """Read the places after a cue by their prepositions."""
    word = cue.reading.cue
    begin, end = scene.sentence_of(cue.at)
    limit = _window_end(scene, cue)
    free = scene.free_places(cue.last + 1, limit)
    inside = "to" if word.mover in ("meeting", "host", "attend") else word.inside
    latin = scene.document.language != "ar"
    to = source = via = None
    how, distance, more, last_role = "none", 0, [], ""
    strong = any(one.role == "to" for one in free)
    for one in free:
        role = one.role
        gap = one.lead - cue.last
        if role == "and" and last_role in ("to", "bare"):
            if to is not None and one.first - to.last <= 3:  # noqa: PLR2004 - X وY, X and Y
                more.append(one)
            continue
        target, why = "", ""
        if role == "to":
            if word.mover in ("meeting", "host", "attend") and not latin:
                continue
            target, why = "to", "preposition"
        elif role == "weak_to" and not strong and gap <= _NEAR:
            target, why = "to", "glued"
        elif role == "from" and (_said_of(scene, one, cue) or latin):
            target, why = "from", "preposition"
        elif role == "via":
            target, why = "via", "preposition"
        elif role in ("in", "near") and inside and (role == "in" or gap <= _NEAR):
            target, why = inside, "inside"
        elif role == "" and word.bare and _contiguous(scene, cue, one):
            target, why = word.bare, "bare"
        elif _met_there(one, cue):
            target, why = "to", "bare"
        if target == "to" and to is None:
            to, how, distance = one, why, gap
            last_role = "to" if why != "bare" else "bare"
        elif target == "from" and source is None:
            source = one
            last_role = "from"
            if to is None:
                how, distance = why, gap
        elif target == "via" and via is None:
            via = one
            last_role = "via"
            if to is None and source is None:
                how, distance = why, gap
        else:
            last_role = ""
    if to is None and source is None and via is None and (inside == "to") and not word.bare.startswith("from"):
        to = _place_before(scene, cue, begin)
        if to is not None:
            how, distance = "before", cue.at - to.last
    return _Places(to, source, via, tuple(more), how, distance)


def _met_there(place: PlaceSpan, cue: Cue) -> bool:
    """Tell whether a noun of meeting is followed by its town (محادثات نيويورك); a country is who talks."""
    meeting = cue.reading.cue.mover == "meeting" and not cue.finite
    return meeting and place.role == "" and place.lead == cue.last + 1 and place.place.place.kind is not Kind.COUNTRY


def _said_of(scene: Scene, place: PlaceSpan, cue: Cue) -> bool:
    """Tell whether «من» before a place is said of the movement: not of a noun, as in a delegation from there."""
    before = place.lead - 2
    if before <= cue.last or before < 0:
        return True
    actor = scene.actor_at.get(before)
    if actor is None or actor.type is not ActorType.DELEGATION:
        return True
    return False


def _contiguous(scene: Scene, cue: Cue, place: PlaceSpan) -> bool:
    """Tell whether only the subject, dates and adverbs stand between a cue and a place."""
    for at in range(cue.last + 1, place.lead):
        actor = scene.actor_at.get(at)
        if actor is not None or scene.skippable(at):
            continue
        info = scene.info(at)
        if info.is_a(WordClass.HEAD_GENERIC | WordClass.HEAD_NAME | WordClass.DIRECTION) or info.country:
            continue
        if info.folded in ("the", "la", "le", "l", "les"):
            continue
        return False
    return True


def _place_before(scene: Scene, cue: Cue, begin: int) -> PlaceSpan | None:
    """Return a place that stands before its cue: في باريس أجرى محادثات; none from beyond another verb."""
    for one in reversed(scene.free_places(begin, cue.at)):
        if cue.at - one.last > _REACH // 2:
            return None
        if one.role == "in" or (one.role == "to" and scene.document.language == "fr"):
            between = range(one.last + 1, cue.at)
            others = [at for at in between if at in scene.cue_at]
            return None if others else one
    return None


def _movers(
    scene: Scene, cue: Cue, places: _Places, drafts: list[Draft], topic: ActorSpan | None
) -> list[Bound]:
    """Return who moves: the subject, or the object of one who sends."""
    word = cue.reading.cue
    latin = scene.document.language != "ar"
    if word.mover == "object":
        found = _object_of(scene, cue, latin=latin)
    elif cue.finite and not latin:
        found = before_verb(scene, cue) or right_subject(scene, cue) or left_subject(scene, cue)
    elif cue.finite:
        found = left_subject(scene, cue)
    else:
        found = _noun_subject(scene, cue, places)
    if found is None and word.mover == "subject":
        found = _unsaid(scene, cue, drafts, topic)
    if found is None:
        return []
    return [one for one in (found, *_coordinated(scene, cue, found)) if _can_move_so(word.kind, word.mover, one.actor.type)]


_MOVERS = {
    LegKind.DEPLOYMENT: (ActorType.FORCE, ActorType.VESSEL, ActorType.AIRCRAFT),
    LegKind.WITHDRAWAL: (ActorType.FORCE, ActorType.VESSEL, ActorType.DELEGATION, ActorType.ORGANISATION),
    LegKind.FLIGHT: (ActorType.PEOPLE, ActorType.PERSON, ActorType.FORCE),
    LegKind.VISIT: (ActorType.PERSON, ActorType.DELEGATION, ActorType.PEOPLE, ActorType.ORGANISATION, ActorType.VESSEL, ActorType.FORCE),
}


def _can_move_so(kind: LegKind, mover: str, actor: ActorType) -> bool:
    """Tell whether such an actor can move in such a way: an advance is one of troops, a visit none of goods."""
    return mover != "subject" or actor in _MOVERS.get(kind, tuple(ActorType))


def _object_of(scene: Scene, cue: Cue, *, latin: bool) -> Bound | None:
    """Return what is sent or carried: the second actor after the verb, or the only one; in the passive the subject."""
    end = min(scene.sentence_of(cue.at)[1], cue.last + 1 + _NEAR * 2)
    after: list[ActorSpan] = []
    for at in range(cue.last + 1, end):
        actor = scene.actor_at.get(at)
        if actor is not None and actor.lead == at and actor not in after and not _oblique(scene, actor):
            after.append(actor)
        info = scene.info(at)
        if at in scene.place_at and scene.place_at[at].role in ("to", "from", "via", "weak_to"):
            break
        if at in scene.cue_at or "boundary" in info.roles or "relative" in info.roles:
            break
        if len(after) > 1:
            break
    passive = latin and cue.reading.cue.form in (CueForm.PAST, CueForm.PARTICIPLE) and _passive(scene, cue)
    if passive:
        return left_subject(scene, cue)
    if not after:
        return None if cue.reading.cue.form is CueForm.NOUN and not cue.reading.pronoun else left_subject(scene, cue)
    first = after[0]
    if cue.finite and not latin and len(after) > 1 and _may_send(first) and first.lead - cue.last <= 2:  # noqa: PLR2004
        return Bound(after[1], "object", after[1].lead - cue.last)
    if cue.finite and not latin and first.type is ActorType.PERSON and len(after) == 1 and not cue.reading.pronoun:
        # "He sent": with a person alone after it, what is sent is unsaid, unless it is in the passive.
        before = left_subject(scene, cue)
        if before is not None and before.how in ("adjacent", "relative") and not _may_send(before.actor):
            return before
    near = first.lead - cue.last
    return Bound(first, "adjacent" if near <= 2 else "object", near)  # noqa: PLR2004


def _oblique(scene: Scene, actor: ActorSpan) -> bool:
    """Tell whether an actor is the means of a movement, or stands beside it: بالطائرة, مع, by plane."""
    particle = actor.particle.replace("ال", "")
    if "ب" in particle or "ك" in particle:
        return True
    roles = scene.info(actor.lead - 1).roles if actor.lead else frozenset()
    return bool(roles & {"with", "by", "via", "in", "from"}) and "to" not in roles


def _passive(scene: Scene, cue: Cue) -> bool:
    """Tell whether a form of to be stands before an English or French participle."""
    auxiliaries = ("was", "were", "been", "be", "being", "are", "is", "ete", "est", "sont", "etait", "etaient", "sera", "seront")
    return any(
        scene.info(at).folded in auxiliaries for at in range(max(scene.sentence_of(cue.at)[0], cue.at - 3), cue.at)
    )


def _may_send(actor: ActorSpan) -> bool:
    return actor.type in (ActorType.PERSON, ActorType.ORGANISATION, ActorType.DELEGATION, ActorType.FORCE)


def _noun_subject(scene: Scene, cue: Cue, places: _Places) -> Bound | None:
    """Return the actor of a noun of movement: after it, by a pronoun, by «قام بها», or the subject of its verb."""
    if not cue.reading.pronoun:
        itself = scene.actor_at.get(cue.at)
        if itself is not None and itself.lead == cue.at:  # تدفقات المهاجرين, رحلة
            return Bound(itself, "adjacent", 0)
        found = genitive(scene, cue)
        if found is not None:
            return found
        done = _done_by(scene, cue, places)
        if done is not None:
            return done
    left = left_subject(scene, cue) if cue.reading.pronoun else controller(scene, cue)
    if left is not None:
        how = "pronoun" if cue.reading.pronoun else "control"
        return Bound(left.actor, how, left.distance)
    if cue.reading.pronoun:  # بالتزامن مع زيارته أرسل حفتر
        _, end = scene.sentence_of(cue.at)
        for actor in scene.actors:
            if cue.at < actor.lead < end and actor.named and not actor.particle:
                return Bound(actor, "ahead", actor.lead - cue.at)
    return None


def _done_by(scene: Scene, cue: Cue, places: _Places) -> Bound | None:
    """Return who carries out a visit: زيارة يقوم بها X, أجراها X."""
    _, end = scene.sentence_of(cue.at)
    for at in range(cue.last + 1, min(end - 1, cue.last + _NEAR)):
        if "light" in scene.info(at).roles:
            for next_at in (at + 1, at + 2):
                actor = scene.actor_at.get(next_at)
                if actor is not None and actor.lead == next_at:
                    return Bound(actor, "light", next_at - cue.last)
    return None


def _unsaid(scene: Scene, cue: Cue, drafts: list[Draft], topic: ActorSpan | None) -> Bound | None:
    """Return the actor of the sentence before for a verb whose subject is left unsaid."""
    if not cue.finite and not cue.reading.pronoun:
        return None
    if topic is None or topic.type is not ActorType.PERSON:
        return None
    away = scene.words[cue.at].sentence - scene.words[topic.lead].sentence
    if away > 2:  # noqa: PLR2004 - sentences
        return None
    return Bound(topic, "unsaid", 10 * away)


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


def _participants(scene: Scene, cue: Cue, places: _Places) -> list[Bound]:
    """Return who comes to a meeting: of those named near its cue, the ones that are not at home."""
    begin, end = scene.sentence_of(cue.at)
    mover = cue.reading.cue.mover
    bounds: list[Bound] = []
    subject = None
    if cue.finite:
        subject = before_verb(scene, cue) or right_subject(scene, cue) or left_subject(scene, cue)
    else:
        subject = _noun_subject(scene, cue, places)
    if subject is not None and mover == "host" and not cue.finite:
        subject = None if subject.how in ("adjacent", "right") else subject  # استقبال, استضافة: the guest follows
    if subject is not None and mover != "host":
        bounds += [subject, *(_joined_before(scene, subject) if not cue.finite else [])]
    if mover != "attend":
        limit = min(end, cue.last + 1 + _REACH)
        stop = next((at for at in range(cue.last + 1, limit) if at in scene.cue_at or _new_clause(scene, at)), limit)
        host = subject.actor if subject is not None and mover == "host" else None
        for actor in scene.actors:
            if not cue.last < actor.lead < stop or any(actor.who == bound.actor.who for bound in bounds):
                continue
            if host is not None and actor.who == host.who:
                continue
            wanted = (ActorType.PERSON, ActorType.DELEGATION, *((ActorType.FORCE,) if mover == "host" else ()))
            if actor.type not in wanted:
                continue
            bounds.append(Bound(actor, "participant", actor.lead - cue.last))
            if mover == "host":
                break
    return _not_at_home(bounds, places, subject, strict=mover == "attend")[:_MANY]


def _joined_before(scene: Scene, found: Bound) -> list[Bound]:
    """Return who is joined before the nearest actor: «ألغى ألبارس وبوريطة لقاء»."""
    if not found.actor.particle.startswith("و"):
        return []
    before = scene.actor_at.get(found.actor.lead - 1)
    return [] if before is None else [Bound(before, found.how, found.distance)]


def _not_at_home(bounds: list[Bound], places: _Places, subject: Bound | None, *, strict: bool) -> list[Bound]:
    """Leave out who is in his own country; who he is must be known for all but the subject."""
    place = places.to or places.source
    if place is None:
        return []
    country = place.place.place.country
    kept = []
    for bound in bounds:
        home = bound.actor.country
        if home is not None and home == country:
            continue
        if home is None and (strict or bound is not subject) and bound.actor.type is not ActorType.FORCE:
            continue
        kept.append(bound)
    return kept


def _stays(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Read headlines that say where somebody is: «العبادي في البصرة»."""
    found = []
    for number, (begin, end) in enumerate(scene.document.sentences):
        if number and not scene.document.is_headline(number):
            continue
        actor = next((one for one in scene.actors if begin <= one.lead <= begin + 1 and one.tail < end), None)
        if actor is None or actor.type not in (ActorType.PERSON, ActorType.DELEGATION):
            continue
        place = next((one for one in scene.places if one.first < end and actor.tail < one.lead <= actor.tail + 2), None)
        if place is None or place.role != "in" or (actor.country and actor.country == place.place.place.country):
            continue
        if any(draft.sentence == number and draft.actor is actor for draft in drafts):
            continue
        cue = _stay_cue(scene, actor, place)
        features = {"actor_adjacent": 1.0, "place_inside": 1.0, "stay": 1.0, "named": float(actor.named), f"type_{actor.type}": 1.0}
        found.append(Draft(actor, cue, number, None, place, None, features))
    return found


def _stay_cue(scene: Scene, actor: ActorSpan, place: PlaceSpan) -> Cue:
    at = min(actor.tail + 1, place.lead)
    return Cue(at, at, Reading(CueWord(LegKind.VISIT, "subject", "", "to", CueForm.NOUN, "in"), "", ""))


def with_features(draft: Draft, **features: float) -> Draft:
    """Return a draft with more features."""
    return replace(draft, features=draft.features | features)
