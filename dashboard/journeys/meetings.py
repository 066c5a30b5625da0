"""Who comes to a meeting: of those named near its cue, the ones that are not at home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.ends import begins_clause
from dashboard.journeys.models import ActorType
from dashboard.journeys.nouns import noun_subject
from dashboard.journeys.subjects import Bound, before_verb, foreign_subject, left_subject, right_subject

if TYPE_CHECKING:
    from dashboard.journeys.actors import ActorSpan
    from dashboard.journeys.cues import Cue
    from dashboard.journeys.ends import Ends
    from dashboard.journeys.scene import Scene

__all__ = ["not_at_home", "participants"]

_REACH = 26  # words after a cue in which participants stand
_MANY = 4  # participants of a meeting
_WORDS = WordClass.STOP | WordClass.LOCATIVE | WordClass.TITLE | WordClass.TIME | WordClass.NUMBER


def participants(scene: Scene, cue: Cue, places: Ends) -> list[Bound]:
    """Return who comes to a meeting: of those named near its cue, the ones that are not at home."""
    _begin, end = scene.sentence_of(cue.at)
    mover = cue.reading.cue.mover
    bounds: list[Bound] = []
    subject = None
    if cue.finite:
        subject = before_verb(scene, cue)
        if subject is None and not foreign_subject(scene, cue):
            subject = _goes_on_meeting(scene, cue) or right_subject(scene, cue) or left_subject(scene, cue)
    else:
        subject = noun_subject(scene, cue)
    if subject is not None and mover == "host" and not cue.finite:
        subject = (
            None if subject.how in ("adjacent", "right") else subject
        )  # استقبال, استضافة: the guest follows
    if subject is not None and mover != "host":
        bounds += [subject, *(_joined_before(scene, subject) if not cue.finite else [])]
    if mover != "attend":
        limit = min(end, cue.last + 1 + _REACH)
        stop = next(
            (at for at in range(cue.last + 1, limit) if at in scene.cue_at or _turns(scene, at)), limit
        )
        host = subject.actor if subject is not None and mover == "host" else None
        for actor in scene.actors:
            if not cue.last < actor.lead < stop or any(actor.who == bound.actor.who for bound in bounds):
                continue
            if host is not None and actor.who == host.who:
                continue
            if "ل" in actor.particle.replace("ال", "") or (
                mover == "host" and _belongs_to_noun(scene, actor)
            ):
                continue  # الداعمتين للأسد, تستقبل سوريا صاروخ ترامب
            wanted = (
                ActorType.PERSON,
                ActorType.DELEGATION,
                *((ActorType.FORCE,) if mover == "host" else ()),
            )
            if actor.type not in wanted or not _takes_part(scene, cue, actor, bounds):
                continue
            bounds.append(Bound(actor, "participant", actor.lead - cue.last))
            if mover == "host":
                break
    return not_at_home(bounds, places, subject, strict=mover == "attend")[:_MANY]


def _goes_on_meeting(scene: Scene, cue: Cue) -> Bound | None:
    """Return who went on to meet the only person named after a verb: يزور إثيوبيا ..، والتقى البطريرك."""
    begin, end = scene.sentence_of(cue.at)
    if cue.at == begin or cue.reading.particle != "و" or cue.reading.cue.mover != "meeting":
        return None
    met = [one for one in scene.actors if cue.last < one.lead < min(end, cue.last + 1 + _REACH)]
    if len(met) != 1 or met[0].lead > cue.last + 1 or met[0].type is not ActorType.PERSON:
        return None
    moved = any(begin <= one.at < cue.at and one.finite for one in scene.cues)
    found = left_subject(scene, cue) if moved else None
    return found if found is not None and found.actor.type is ActorType.PERSON else None


_WHICH = frozenset(["الذي", "التي", "الذين", "حيث"])
_OTHERWISE = frozenset(["قبيل", "قبل", "بعد", "عقب", "وسط", "بشان", "حول"])


_TOGETHER = frozenset(["مع", "بين", "و", "ضم", "يضم", "حضره", "حضرها", "بحضور", "بمشاركه"])
_BESIDE = 4  # words between a verb or noun of meeting, or its subject, and the first who is named after it


def _takes_part(scene: Scene, cue: Cue, actor: ActorSpan, bounds: list[Bound]) -> bool:
    """Tell whether somebody named after a cue is one of those who meet: the first, or joined by and, with, between.

    Whoever lives where he is met (an ambassador at his post) has come from nowhere.
    """
    if any("resident" in scene.info(at).signs for at in range(actor.lead, actor.tail + 1)):
        return False
    if scene.document.language != "ar":
        return True
    before = actor.lead - 1
    joined = bool(set(actor.particle.replace("ال", "")) & set("وب")) or scene.info(before).folded in _TOGETHER
    told = max((one.actor.tail for one in bounds if one.actor.lead > cue.at), default=cue.last)
    first = all(one.how != "participant" for one in bounds) and actor.lead - told <= _BESIDE
    follows = any(one.actor.tail == before for one in bounds)
    return joined or first or follows


def _turns(scene: Scene, at: int) -> bool:
    """Tell whether a sentence turns from who meets to other things."""
    if scene.document.language != "ar":
        return begins_clause(scene, at)
    info = scene.info(at)
    return begins_clause(scene, at) or info.folded in _OTHERWISE or info.folded in _WHICH


def _belongs_to_noun(scene: Scene, actor: ActorSpan) -> bool:
    """Tell whether an actor stands after an indefinite noun that is no title, and so says whose it is."""
    at = actor.lead - 1
    before = scene.actor_at.get(at)
    if before is not None and before.type is ActorType.GOODS:
        return True
    if at < 0 or at in scene.place_at or at in scene.actor_at or at in scene.cue_at or scene.skippable(at):
        return False
    info = scene.info(at)
    other = info.roles or info.country or info.is_a(_WORDS) or scene.words[actor.lead].gap.strip()
    return not (other or info.folded.startswith("ال")) and scene.document.language == "ar"


def _joined_before(scene: Scene, found: Bound) -> list[Bound]:
    """Return who is joined before the nearest actor: «ألغى ألبارس وبوريطة لقاء»."""
    if not found.actor.particle.startswith("و"):
        return []
    before = scene.actor_at.get(found.actor.lead - 1)
    return [] if before is None else [Bound(before, found.how, found.distance)]


def not_at_home(bounds: list[Bound], places: Ends, subject: Bound | None, *, strict: bool) -> list[Bound]:
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
