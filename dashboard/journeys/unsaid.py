"""Subjects that a sentence leaves unsaid: whom the sentence before was about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.agreement import agrees, points_to
from dashboard.journeys.models import ActorType
from dashboard.journeys.subjects import Bound, left_subject

if TYPE_CHECKING:
    from dashboard.journeys.actors import ActorSpan
    from dashboard.journeys.cues import Cue
    from dashboard.journeys.scene import Scene
    from dashboard.journeys.vocabulary import WordInfo

__all__ = ["carried", "received", "speaker_aside", "unsaid_subject"]

_FAR = 3  # sentences back, in which nobody is meant by a pronoun any more
_THAT_HE = frozenset(["انه", "انها", "انهم", "بانه", "بانها", "بانهم", "وانه", "وانها", "وانهم"])


def unsaid_subject(scene: Scene, cue: Cue, topic: ActorSpan | None) -> Bound | None:
    """Return the actor of the sentence before for a verb whose subject is left unsaid."""
    if not cue.finite and not cue.reading.pronoun:
        return None
    topic = topic or _spoken_of(scene, cue)
    if topic is None:
        return None
    away = scene.words[cue.at].sentence - scene.words[topic.lead].sentence
    if not agrees(scene, cue, topic):
        return None
    if away > 2 or (cue.finite and not _opens_clause(scene, cue)):  # noqa: PLR2004 - sentences
        return None
    return Bound(topic, "unsaid", 10 * away)


def received(scene: Scene, cue: Cue, topic: ActorSpan | None) -> Bound | None:
    """Return whom the pronoun of a verb of receiving means: the person of whom was spoken last before it."""
    begin, _ = scene.sentence_of(cue.at)
    own = [
        one
        for one in scene.actors
        if begin <= one.lead and one.tail < cue.at and one.named and one.type is ActorType.PERSON
    ]
    guest = topic or (own[0] if own else None) or _spoken_of(scene, cue)
    return None if guest is None else Bound(guest, "pronoun", 10)


def carried(scene: Scene, cue: Cue, topic: ActorSpan | None) -> Bound | None:
    """Return whom the pronoun of a verb of sending means: the nearest before it that agrees, else the topic."""
    begin, end = scene.sentence_of(cue.at)
    before = [one for one in scene.actors if begin <= one.lead and one.tail < cue.at]
    after = cue.last + 1
    said = after in scene.actor_at or (after < end and scene.info(after).folded.startswith("ال"))
    doer = None if said or not before else left_subject(scene, cue)
    for one in reversed(before):
        if doer is not None and one.who == doer.actor.who:
            continue  # ميليشيا تنهب المؤسسات وتنقلها: not itself
        if points_to(scene, cue, one) and not one.particle.startswith(("ب", "ك")):
            return Bound(one, "pronoun", cue.at - one.tail)
    behind = None if doer is not None else topic or _spoken_of(scene, cue)
    away = scene.words[cue.at].sentence - scene.words[behind.lead].sentence if behind else _FAR
    if behind is None or away >= _FAR or not points_to(scene, cue, behind):
        return None
    return Bound(behind, "unsaid", 10 * away)


def _spoken_of(scene: Scene, cue: Cue) -> ActorSpan | None:
    """Return of whom the sentence before speaks: the first person in it, else the first actor."""
    number = scene.words[cue.at].sentence
    if not number:
        return None
    begin, end = scene.document.sentences[number - 1]
    there = [one for one in scene.actors if begin <= one.lead < end]
    return next((one for one in there if one.type is ActorType.PERSON), next(iter(there), None))


def _opens_clause(scene: Scene, cue: Cue) -> bool:
    """Tell whether nothing that could be a subject stands before a verb in its clause."""
    begin, _ = scene.sentence_of(cue.at)
    at = cue.at - 1
    while at > begin and scene.skippable(at):
        at -= 1
    if at >= begin and scene.info(at).folded in _THAT_HE:
        return True
    joined = cue.reading.particle[:1] in ("و", "ف") and scene.document.language == "ar"
    if joined or scene.words[cue.at].gap.strip() in ("،", ","):
        return True
    for at in range(cue.at - 1, begin - 1, -1):
        info = scene.info(at)
        if at > begin and not scene.words[at].gap.strip() and _governs_noun(scene.info(at - 1)):
            continue  # وفي الثالثة وصل
        known = (
            scene.skippable(at) or info.is_a(WordClass.STOP | WordClass.LOCATIVE) or info.status or info.roles
        )
        if not known and at not in scene.place_at:
            return False
        if scene.words[at].gap.strip() in ("،", ","):
            return True
    return True


def _governs_noun(info: WordInfo) -> bool:
    return info.is_a(WordClass.LOCATIVE) or "in" in info.roles


def speaker_aside(scene: Scene, cue: Cue, found: Bound | None, topic: ActorSpan | None) -> Bound | None:
    """Return the topic instead of somebody of his who speaks for him: يقول محاميه إنه سيعود."""
    if found is None or topic is None or found.actor.named or found.how != "left":
        return found
    owned = scene.info(found.actor.lead).folded.endswith(("ه", "ها", "هم"))
    between = range(found.actor.tail + 1, cue.at)
    that_he = any(scene.info(at).folded in _THAT_HE for at in between)
    own = owned and ("owned" in scene.info(found.actor.lead).roles or found.actor.lead == found.actor.tail)
    return Bound(topic, "unsaid", found.distance) if own and that_he else found
