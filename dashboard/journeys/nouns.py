"""Who a noun of movement is said of: the actor after it, its pronoun, who carries it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.agreement import agrees
from dashboard.journeys.subjects import Bound, controller, genitive, left_subject

if TYPE_CHECKING:
    from dashboard.journeys.cues import Cue
    from dashboard.journeys.scene import Scene

__all__ = ["noun_subject"]

_NEAR = 7  # words
_NO_OWNER = WordClass.STOP | WordClass.LOCATIVE | WordClass.HEAD_GENERIC | WordClass.HEAD_NAME
_SAYS = WordClass.SPEECH | WordClass.GOVERNMENT_VERB


def noun_subject(scene: Scene, cue: Cue) -> Bound | None:  # noqa: PLR0911 - a way out for each sort
    """Return the actor of a noun of movement: after it, by a pronoun, by «قام بها», or the subject of its verb."""
    if not cue.reading.pronoun:
        itself = scene.actor_at.get(cue.at)
        if itself is not None and itself.lead == cue.at:  # تدفقات المهاجرين, رحلة
            return Bound(itself, "adjacent", 0)
        found = None if _made_by_another(scene, cue) else genitive(scene, cue)
        if found is not None:
            return found
        done = _done_by(scene, cue)
        if done is not None:
            return done
    if not cue.reading.pronoun and _is_of_another(scene, cue):
        return None  # وصول الصحفي, انتشار صوره: of somebody whom we don't know
    left = left_subject(scene, cue) if cue.reading.pronoun else controller(scene, cue)
    if left is not None and cue.reading.pronoun and not agrees(scene, cue, left.actor):
        return None
    if left is not None:
        how = "pronoun" if cue.reading.pronoun else "control"
        return Bound(left.actor, how, left.distance)
    if cue.reading.pronoun:  # بالتزامن مع زيارته أرسل حفتر
        begin, end = scene.sentence_of(cue.at)
        if cue.at - begin > _NEAR:
            return None
        for actor in scene.actors:
            verb = any(
                scene.info(at).finite or scene.info(at).is_a(_SAYS) for at in range(cue.at + 1, actor.lead)
            )
            if cue.at < actor.lead < end and actor.named and not actor.particle and verb:
                return Bound(actor, "ahead", actor.lead - cue.at)
    return None


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


def _is_of_another(scene: Scene, cue: Cue) -> bool:
    """Tell whether a noun is followed by whose movement it is, and that is no actor: وصول الصحفي."""
    at = cue.last + 1
    if scene.document.language != "ar" or "ال" in cue.reading.particle:
        return False
    if at >= scene.sentence_of(cue.at)[1] or scene.words[at].gap.strip() or scene.skippable(at):
        return False
    info = scene.info(at)
    if at in scene.place_at or at in scene.actor_at or info.roles or info.is_a(_NO_OWNER):
        return False
    owned = info.folded.endswith(("ها", "هم")) or scene.words[at].text.endswith("ه")
    return info.folded.startswith("ال") or owned
