"""Who a noun of movement is said of: the actor after it, its pronoun, who carries it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.agreement import agrees, points_to
from dashboard.journeys.lexicon import CueForm
from dashboard.journeys.models import LegKind
from dashboard.journeys.subjects import Bound, controller, genitive, left_subject

if TYPE_CHECKING:
    from dashboard.journeys.cues import Cue
    from dashboard.journeys.scene import Scene

__all__ = ["noun_subject"]

_NEAR = 7  # words
_NO_OWNER = WordClass.STOP | WordClass.LOCATIVE | WordClass.HEAD_GENERIC | WordClass.HEAD_NAME
_SAYS = WordClass.SPEECH | WordClass.GOVERNMENT_VERB


def noun_subject(scene: Scene, cue: Cue) -> Bound | None:
    """Return the actor of a noun of movement: after it, by a pronoun, by «قام بها», or the subject of its verb."""
    if cue.reading.cue.form is CueForm.PARTICIPLE and "ال" in cue.reading.particle:
        return _described(scene, cue)
    return _of_pronoun(scene, cue) if cue.reading.pronoun else _told(scene, cue)


def _told(scene: Scene, cue: Cue) -> Bound | None:
    """Return the actor of a noun without a pronoun: the noun itself, who follows, who carries it out, who is to."""
    itself = scene.actor_at.get(cue.at)
    if itself is not None and itself.lead == cue.at:  # تدفقات المهاجرين, رحلة
        return Bound(itself, "adjacent", 0)
    found = None if _made_by_another(scene, cue) else genitive(scene, cue)
    found = found or _done_by(scene, cue)
    if found is not None:
        return found
    if _is_of_another(scene, cue):
        return None  # وصول الصحفي, انتشار صوره: of somebody whom we don't know
    if cue.reading.cue.kind is LegKind.DEPLOYMENT and _since(scene, cue):
        return None  # منذ اجتياح صنعاء: by whomever
    left = controller(scene, cue)
    return None if left is None else Bound(left.actor, "control", left.distance)


def _of_pronoun(scene: Scene, cue: Cue) -> Bound | None:
    """Return whom the pronoun of a noun means: somebody before it, or who does what the sentence goes on to tell."""
    if _kept_from(scene, cue):
        return _kept(scene, cue)
    if _of_a_thing(scene, cue):
        return None
    left = left_subject(scene, cue)
    if left is not None:
        return Bound(left.actor, "pronoun", left.distance) if agrees(scene, cue, left.actor) else None
    begin, end = scene.sentence_of(cue.at)
    if cue.at - begin > _NEAR:
        return None
    for actor in scene.actors:  # بالتزامن مع زيارته أرسل حفتر
        verb = any(
            scene.info(at).finite or scene.info(at).is_a(_SAYS) for at in range(cue.at + 1, actor.lead)
        )
        if cue.at < actor.lead < end and actor.named and not actor.particle and verb:
            return Bound(actor, "ahead", actor.lead - cue.at)
    return None


def _described(scene: Scene, cue: Cue) -> Bound | None:
    """Return whom a definite participle describes, right before it: مئات المهاجرين القادمين من أميركا الوسطى."""
    begin, _ = scene.sentence_of(cue.at)
    at = cue.at - 1
    while at > begin and scene.skippable(at):
        at -= 1
    actor = scene.actor_at.get(at) if at >= begin else None
    return None if actor is None or actor.tail != at else Bound(actor, "relative", cue.at - at)


def _made_by_another(scene: Scene, cue: Cue) -> bool:
    """Tell whether a noun is the object of a verb whose subject stands before it: سيقوم بزيارة القس."""
    if "ب" not in cue.reading.particle or scene.document.language != "ar":
        return False
    begin, _ = scene.sentence_of(cue.at)
    return any("light" in scene.info(at).roles for at in range(max(begin, cue.at - _NEAR), cue.at))


def _done_by(scene: Scene, cue: Cue) -> Bound | None:
    """Return who carries out a visit: زيارة يقوم بها X, أجراها X."""
    _, end = scene.sentence_of(cue.at)
    for at in range(cue.last + 1, min(end - 1, cue.last + _NEAR)):
        if "light" in scene.info(at).roles:
            for next_at in (at + 1, at + 2):
                actor = scene.actor_at.get(next_at)
                if actor is not None and actor.lead == next_at:
                    return Bound(actor, "light", next_at - cue.last)
    return None


def _kept_from(scene: Scene, cue: Cue) -> bool:
    """Tell whether a verb of preventing stands right before a noun, so that its subject is another: تمنع نزوحهم."""
    begin, _ = scene.sentence_of(cue.at)
    return cue.at > begin and scene.info(cue.at - 1).status == "cancelled"


_PASSIVE = ("تم", "تمت", "يتم", "تتم", "جري", "جرت", "سيتم", "ستتم")


def _of_a_thing(scene: Scene, cue: Cue) -> bool:
    """Tell whether a relative clause says of a thing how it was moved: منصة تم جلبها من روسيا."""
    begin, _ = scene.sentence_of(cue.at)
    at = cue.at - 2
    if at < begin or scene.info(cue.at - 1).folded not in _PASSIVE or scene.words[at + 1].gap.strip():
        return False
    info = scene.info(at)
    known = at in scene.actor_at or at in scene.place_at or scene.skippable(at) or info.roles or info.finite
    return not (known or info.status or info.is_a(_NO_OWNER | _SAYS))


def _kept(scene: Scene, cue: Cue) -> Bound | None:
    """Return the nearest actor before a noun that its pronoun may mean and that is not who prevents."""
    begin, _ = scene.sentence_of(cue.at)
    doer = left_subject(scene, cue)
    for one in reversed(scene.actors):
        apart = doer is None or one.who != doer.actor.who
        if begin <= one.lead and one.tail < cue.at and apart and points_to(scene, cue, one):
            return Bound(one, "pronoun", cue.at - one.tail)
    return None


_TIMES = frozenset(["منذ", "بعد", "عقب", "قبل", "قبيل", "اثر", "خلال", "مع"])


def _since(scene: Scene, cue: Cue) -> bool:
    """Tell whether a noun only says when something was: منذ اجتياح صنعاء."""
    begin, _ = scene.sentence_of(cue.at)
    return cue.at > begin and scene.info(cue.at - 1).folded.removeprefix("و") in _TIMES


def _is_of_another(scene: Scene, cue: Cue) -> bool:
    """Tell whether a noun is followed by whose movement it is, and that is no actor: وصول الصحفي."""
    at = cue.last + 1
    if scene.document.language != "ar" or "ال" in cue.reading.particle:
        return False
    if at >= scene.sentence_of(cue.at)[1] or scene.words[at].gap.strip(' "«“') or scene.skippable(at):
        return False
    info = scene.info(at)
    if at in scene.place_at or at in scene.actor_at or info.roles or info.is_a(_NO_OWNER):
        return False
    if info.is_a(WordClass.ORGANISATION | WordClass.GOVERNMENT) or info.part:
        return True  # اجتماع مجموعة السبع
    owned = info.folded.endswith(("ها", "هم")) or scene.words[at].text.endswith("ه")
    return info.folded.startswith("ال") or owned
