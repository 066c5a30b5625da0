"""Whether a verb or a pronoun may be said of an actor: number and gender, as far as Arabic writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.lexicon import CueForm
from dashboard.journeys.models import ActorType
from dashboard.journeys.phrases import is_title

if TYPE_CHECKING:
    from dashboard.journeys.actors import ActorSpan
    from dashboard.journeys.cues import Cue
    from dashboard.journeys.scene import Scene

__all__ = ["agrees", "gender_of", "points_to"]

_SHE, _HE, _THEY = "f", "m", "p"
_OF_PRONOUN = {"ه": _HE, "ها": _SHE, "هم": _THEY, "هن": _THEY, "هما": _THEY}
_THINGS = (
    ActorType.GOODS,
    ActorType.VESSEL,
    ActorType.AIRCRAFT,
    ActorType.ORGANISATION,
)  # no «they» of verbs
_WE = ("نا",)
_HIS = ("رحالة", "علامة", "داعية", "خليفة")  # titles of men that end as those of women do


def agrees(scene: Scene, cue: Cue, actor: ActorSpan) -> bool:
    """Tell whether a cue may be said of an actor that stands before it, or in another sentence.

    A verb before its subject is in the singular whatever follows, so only what stands before is looked at. What the
    writing leaves open agrees.
    """
    if scene.document.language != "ar":
        return True
    said = _of_verb(scene, cue) if cue.finite else _OF_PRONOUN.get(cue.reading.pronoun, "")
    return _fits(scene, cue, actor, said)


def points_to(scene: Scene, cue: Cue, actor: ActorSpan) -> bool:
    """Tell whether the pronoun of a cue may mean an actor."""
    return _fits(scene, cue, actor, _OF_PRONOUN.get(cue.reading.pronoun, ""))


def _fits(scene: Scene, cue: Cue, actor: ActorSpan, said: str) -> bool:
    """Tell whether number and gender as said agree with an actor; nothing said agrees with all."""
    if not said:
        return True
    one = actor.type is ActorType.PERSON
    if said == _THEY:
        return actor.type not in _THINGS and not (one and _alone(scene, actor))
    gender = gender_of(scene, actor)
    if one:
        return not gender or gender == said
    if said == _HE and cue.reading.pronoun and actor.type is ActorType.PEOPLE:
        return False
    return not gender or gender in (said, _THEY)


def _alone(scene: Scene, actor: ActorSpan) -> bool:
    """Tell whether nobody is joined to somebody: ترامب وكيم may be they."""
    after, before = scene.actor_at.get(actor.tail + 1), scene.actor_at.get(actor.lead - 1)
    joined = after is not None and after.particle.startswith("و")
    return not (joined or (before is not None and actor.particle.startswith("و")))


def _of_verb(scene: Scene, cue: Cue) -> str:
    """Return the person of a verb in the third person: `f`, `m`, `p`; empty for what may be several."""
    word = scene.info(cue.at).folded
    if cue.reading.pronoun:
        word = word.removesuffix(cue.reading.pronoun)
    if word.endswith(("وا", "ون")):
        return _THEY
    if word.endswith(_WE) or word.endswith(("ان", "تا")):
        return ""
    if cue.reading.cue.form is CueForm.PAST:
        return _SHE if word.endswith("ت") and not cue.reading.cue.lemma.endswith("ت") else _HE
    bare = word.removeprefix(cue.reading.particle).removeprefix("س")
    return _SHE if bare.startswith("ت") else _HE


def gender_of(scene: Scene, actor: ActorSpan) -> str:
    """Return `f` or `m` for an actor, by its title or its head noun, `p` for many, empty where nothing tells."""
    if actor.type is ActorType.PERSON:
        return _of_person(scene, actor)
    if actor.type is ActorType.PEOPLE:
        return _THEY
    head = next((at for at in range(actor.lead, actor.tail + 1) if scene.info(at).actor), None)
    if head is None:
        return ""
    written, folded = scene.words[head].text, scene.info(head).folded
    if written.endswith("ة") or folded.endswith("ات"):
        return _SHE
    return _HE if actor.type is ActorType.DELEGATION and folded.endswith(("وفد", "فريق", "منتخب")) else ""


def _of_person(scene: Scene, actor: ActorSpan) -> str:
    """Return the gender of a person by a title before any of their namings."""
    for one in scene.namings(actor):
        end = one.first if one.named else one.tail + 1
        titles = [at for at in range(one.lead, end) if _titles(scene, at)]
        if titles:
            title = scene.words[titles[0]].text
            return _SHE if title.endswith("ة") and not title.endswith(_HIS) else _HE
    return ""


def _titles(scene: Scene, at: int) -> bool:
    info = scene.info(at)
    return is_title(info) and not info.is_a(WordClass.ORGANISATION) and "no_title" not in info.roles
