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
            subject = right_subject(scene, cue) or left_subject(scene, cue)
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
            if actor.type not in wanted:
                continue
            bounds.append(Bound(actor, "participant", actor.lead - cue.last))
            if mover == "host":
                break
    return not_at_home(bounds, places, subject, strict=mover == "attend")[:_MANY]


_OTHERWISE = frozenset(["قبيل", "قبل", "بعد", "عقب", "وسط", "بشان", "حول"])


def _turns(scene: Scene, at: int) -> bool:
    """Tell whether a sentence turns from who meets to other things."""
    return begins_clause(scene, at) or (
        scene.document.language == "ar" and scene.info(at).folded in _OTHERWISE
    )


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
