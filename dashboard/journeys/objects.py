"""What is sent or carried: the object of a verb of sending, its passive subject, whom a vehicle takes along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.lexicon import CueForm
from dashboard.journeys.models import ActorType
from dashboard.journeys.subjects import Bound, left_subject

if TYPE_CHECKING:
    from dashboard.journeys.actors import ActorSpan
    from dashboard.journeys.cues import Cue
    from dashboard.journeys.scene import Scene

__all__ = ["aboard", "object_of", "resides"]

_REACH = 26  # words after a vehicle in which its load stands
_NEAR = 7
_TROOPS_NEAR = 4  # words from a verb of posting to those who are posted
_PASSENGERS = (ActorType.PERSON, ActorType.DELEGATION, ActorType.PEOPLE)
_CARRIERS = (ActorType.VESSEL, ActorType.AIRCRAFT, ActorType.GOODS, ActorType.ORGANISATION)


def object_of(scene: Scene, cue: Cue, *, latin: bool) -> Bound | None:  # noqa: PLR0911 - a way out for each sort
    """Return what is sent or carried: the second actor after the verb, or the only one; in the passive the subject."""
    if not latin and (_carries_else(scene, cue) or _carries_it(scene, cue)):
        return None
    after = _actors_after(scene, cue)
    if cue.reading.cue.mover == "troops" and after and after[0].lead - cue.last > _TROOPS_NEAR:
        return None  # نشرت وكالة الأنباء الخاضعة لسيطرة الحوثيين
    if not latin and after and _sends_else(scene, cue, after[0]):
        return None
    passive = latin and cue.reading.cue.form in (CueForm.PAST, CueForm.PARTICIPLE) and _passive(scene, cue)
    if passive:
        return left_subject(scene, cue)
    if not after and not latin and cue.finite and not cue.reading.pronoun and _takes_object(scene, cue):
        return None
    if not after:
        return (
            None
            if cue.reading.cue.form is CueForm.NOUN and not cue.reading.pronoun
            else left_subject(scene, cue)
        )
    first = after[0]
    if cue.finite and not latin and len(after) > 1 and _may_send(first) and first.lead - cue.last <= 2:  # noqa: PLR2004
        return Bound(after[1], "object", after[1].lead - cue.last)
    if (
        cue.finite
        and not latin
        and first.type is ActorType.PERSON
        and len(after) == 1
        and not cue.reading.pronoun
    ):
        # "He sent": with a person alone after it, what is sent is unsaid, unless it is in the passive.
        before = left_subject(scene, cue)
        if before is not None and before.how in ("adjacent", "relative") and not _may_send(before.actor):
            return before
    near = first.lead - cue.last
    return Bound(first, "adjacent" if near <= 2 else "object", near)  # noqa: PLR2004


def _actors_after(scene: Scene, cue: Cue) -> list[ActorSpan]:
    """Return the first two actors after a cue of sending, up to the place that they go to."""
    end = min(scene.sentence_of(cue.at)[1], cue.last + 1 + _NEAR * 2)
    after: list[ActorSpan] = []
    for at in range(cue.last + 1, end):
        actor = scene.actor_at.get(at)
        if actor is not None and actor.lead == at and actor not in after and not _oblique(scene, actor):
            after.append(actor)
        info = scene.info(at)
        if after and at in scene.place_at and scene.place_at[at].role in ("to", "from", "via", "weak_to"):
            break
        if at in scene.cue_at or "boundary" in info.roles or "relative" in info.roles:
            break
        if len(after) > 1:
            break
    return after


def _carries_else(scene: Scene, cue: Cue) -> bool:
    """Tell whether what a noun of carrying is said of is no actor: نقل المعركة, تسليم التسجيل."""
    at = cue.last + 1
    if cue.finite or cue.reading.pronoun or at >= scene.sentence_of(cue.at)[1] or scene.words[at].gap.strip():
        return False
    info = scene.info(at)
    if at in scene.actor_at or at in scene.place_at or scene.skippable(at) or info.is_a(WordClass.NUMBER):
        return False
    return info.folded.startswith("ال") and not (info.roles or info.country or info.part)


def _carries_it(scene: Scene, cue: Cue) -> bool:
    """Tell whether the pronoun of a noun of carrying means a thing named right before: نهب المؤسسات ونقلها."""
    begin, _ = scene.sentence_of(cue.at)
    if cue.finite or not cue.reading.pronoun or not cue.reading.particle.startswith("و"):
        return False
    at = cue.at - 1
    while at > begin and (scene.info(at).country or at in scene.place_at or "in" in scene.info(at).roles):
        at -= 1
    info = scene.info(at)
    return (
        at >= begin
        and at not in scene.actor_at
        and info.folded.startswith("ال")
        and not info.is_a(WordClass.TIME)
    )


def _sends_else(scene: Scene, cue: Cue, first: ActorSpan) -> bool:
    """Tell whether a noun that is no actor follows a verb of sending and its subject: سحبت دمشق تقارير عن."""
    if not cue.finite or cue.reading.pronoun:
        return False
    at = cue.last + 1
    while at < first.lead and (scene.skippable(at) or at in scene.place_at):
        at += 1
    if at >= first.lead:
        return False
    info = scene.info(at)
    known = info.roles or info.country or info.part or info.status or at in scene.cue_at
    counted = info.is_a(WordClass.NUMBER) or info.folded.isdecimal()
    small = info.is_a(WordClass.LOCATIVE | WordClass.STOP | WordClass.TITLE | WordClass.GOVERNMENT)
    sender = info.folded.startswith("ال")  # ونقلت البحرية ثلاثة لاجئين
    named = sender or info.is_a(WordClass.GIVEN_NAME | WordClass.ORGANISATION) or not info.zipf
    return not (known or counted or small or named or set(info.particle.replace("ال", "")) & set("بلك"))


def _takes_object(scene: Scene, cue: Cue) -> bool:
    """Tell whether a noun follows a verb of sending, so that what is sent is that (تعيد صياغة تحالفاتها)."""
    at = cue.last + 1
    while at < len(scene.words) and scene.skippable(at):
        at += 1
    if at >= scene.sentence_of(cue.at)[1] or at in scene.place_at:
        return False
    info = scene.info(at)
    particle = set(info.particle.replace("ال", "")) & set("بلك")
    return not (info.roles or info.is_a(WordClass.LOCATIVE | WordClass.STOP) or particle)


def _oblique(scene: Scene, actor: ActorSpan) -> bool:
    """Tell whether an actor is the means of a movement, or stands beside it: بالطائرة, مع, by plane."""
    particle = actor.particle.replace("ال", "")
    if set(particle) & set("بكل"):
        return True
    roles = scene.info(actor.lead - 1).roles if actor.lead else frozenset()
    if "to" in roles and scene.document.language == "ar":
        return True  # أرسل إلى أليسون رسالة
    return bool(roles & {"with", "by", "via", "in", "from"}) and "to" not in roles


def _passive(scene: Scene, cue: Cue) -> bool:
    """Tell whether a form of to be stands before an English or French participle."""
    auxiliaries = (
        "was",
        "were",
        "been",
        "be",
        "being",
        "are",
        "is",
        "ete",
        "est",
        "sont",
        "etait",
        "etaient",
        "sera",
        "seront",
    )
    return any(
        scene.info(at).folded in auxiliaries
        for at in range(max(scene.sentence_of(cue.at)[0], cue.at - 3), cue.at)
    )


def _may_send(actor: ActorSpan) -> bool:
    return actor.type in (ActorType.PERSON, ActorType.ORGANISATION, ActorType.DELEGATION, ActorType.FORCE)


def resides(scene: Scene, found: Bound) -> bool:
    """Tell whether somebody lives where he was sent, so that to call him is to call him back: an ambassador."""
    return any("resident" in scene.info(at).signs for at in range(found.actor.lead, found.actor.tail + 1))


def aboard(scene: Scene, found: Bound) -> Bound | None:
    """Return who is carried by a vehicle that moves: طائرة تقل الوزير, وعلى متنها فرق إنقاذ."""
    if found.actor.type not in _CARRIERS or found.actor.named:
        return None
    end = min(scene.sentence_of(found.actor.lead)[1], found.actor.tail + _REACH)
    for at in range(found.actor.tail + 1, end - 1):
        actor = scene.actor_at.get(at + 1)
        people = actor is not None and actor.type in _PASSENGERS
        if "carries" in scene.info(at).signs and actor is not None and people and actor.lead == at + 1:
            return Bound(actor, found.how, found.distance)
    return None
