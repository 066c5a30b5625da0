"""Who does it: the actor of a verb or noun of movement, before it, after it, or left unsaid."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.agreement import agrees
from dashboard.journeys.models import ActorType, LegKind
from dashboard.journeys.phrases import KIN, is_title

if TYPE_CHECKING:
    from dashboard.journeys.actors import ActorSpan
    from dashboard.journeys.cues import Cue
    from dashboard.journeys.scene import Scene

__all__ = [
    "Bound",
    "before_verb",
    "controller",
    "foreign_subject",
    "genitive",
    "left_subject",
    "right_subject",
    "stranger_before",
]

_REACH_RIGHT, _REACH_LEFT = 16, 40  # words
_COORDINATE = ("و",)
_OF_SOMEBODY = KIN | frozenset(
    ["عايله", "اسره", "انصار", "محامي", "محام", "سيطره", "قضيه", "خطاب", "تصريحات", "مكتب"]
)
_AND_WHO = ("والذي", "والتي", "والذين")
_SUBORDINATORS = ("ان", "بان", "وان", "انه", "انها", "that", "que")


class Bound(NamedTuple):
    """An actor bound to a cue, and how: `adjacent`, `right`, `left`, `relative`, `control`, `unsaid`."""

    actor: ActorSpan
    how: str
    distance: int


def right_subject(scene: Scene, cue: Cue) -> Bound | None:
    """Return the actor that follows a verb, with no more than dates and adverbs between."""
    _, end = scene.sentence_of(cue.at)
    passed_place = False
    for at in range(cue.last + 1, min(end, cue.last + 1 + _REACH_RIGHT)):
        actor = scene.actor_at.get(at)
        if actor is not None and actor.lead == at and actor.tail > cue.last:
            if set(actor.particle.replace("ال", "")) & set("بلك") or _accusative(scene, actor):
                return None
            if _object_of_preposition(scene, actor):
                continue  # دخل إلى القنصلية
            return Bound(actor, "right" if passed_place else "adjacent", at - cue.last)
        if at in scene.place_at:
            passed_place = True
            continue
        info = scene.info(at)
        if scene.skippable(at) or info.roles & {"thither", "thence", "therein"}:
            continue
        if info.roles & {"to", "from", "in", "via"} and at + 1 in scene.place_at:
            continue
        if (
            passed_place
            and at in scene.cue_at
            and not scene.cue_at[at].finite
            and info.folded.endswith(("ا", "ه", "ين"))
        ):
            continue  # غادر الدوحة متوجها إلى جاكرتا وفد
        if info.finite or info.roles or info.is_a(WordClass.STOP | WordClass.LOCATIVE):
            return None
        if not info.country and not info.folded.startswith("ال"):
            return None
    return None


_SOME = frozenset(["هولا", "البعض", "بعضهم", "معظمهم", "اخرون", "الجميع", "كلاهما", "الاثنان", "الباقون"])


def _accusative(scene: Scene, actor: ActorSpan) -> bool:
    """Tell whether an indefinite noun stands in the accusative, as no subject does: ذهب سائحًا."""
    word = scene.words[actor.first].text
    one = actor.first == actor.last and not actor.named and actor.country is None
    return one and word.rstrip("\u064b").endswith("ا") and not word.startswith("ال")


def genitive(scene: Scene, cue: Cue) -> Bound | None:
    """Return the actor that a noun of movement is followed by: زيارة صدام حفتر, وصول مفتشي المنظمة, the visit of X."""
    if "ل" in cue.reading.particle.replace("ال", "") and cue.reading.cue.kind is LegKind.VISIT:
        return None  # لزيارة أقاربه: whom he visits
    _, end = scene.sentence_of(cue.at)
    for at in range(cue.last + 1, min(end, cue.last + 6)):
        actor = scene.actor_at.get(at)
        if actor is not None and actor.lead == at:
            return Bound(actor, "adjacent" if at <= cue.last + 2 else "right", at - cue.last)
        info = scene.info(at)
        if at in scene.place_at or "board" in info.roles:
            return None  # متجهة على متن شاحنات
        if (
            info.finite
            or (info.roles & {"relative", "boundary", "to", "from", "in", "via"})
            or info.is_a(WordClass.LOCATIVE)
        ) and info.folded not in ("of", "by", "de", "du", "des", "d", "par", "بين", "between", "entre"):
            return None
    return None


def of_another(scene: Scene, actor: ActorSpan) -> bool:
    """Tell whether an actor only says whose wife, son or crowd another one is: نجل خاشقجي, زوجة الرئيس."""
    before = actor.lead - 1
    if before < scene.sentence_of(actor.lead)[0] or scene.words[actor.lead].gap.strip():
        return False
    return scene.info(before).folded.removeprefix("و") in _OF_SOMEBODY and before not in scene.actor_at


def _object_of_preposition(scene: Scene, actor: ActorSpan) -> bool:
    """Tell whether an actor stands after a preposition, glued or free, or only says whose another one is."""
    if set(actor.particle.replace("ال", "")) & set("بلك") or of_another(scene, actor):
        return True
    before = actor.lead - 1
    if before < 0 or scene.words[before].sentence != scene.words[actor.lead].sentence:
        return False
    info = scene.info(before)
    if before in scene.cue_at and scene.cue_at[before].finite:
        return False  # عبر رتل: he crossed
    return (
        info.is_a(WordClass.LOCATIVE)
        or info.folded == "عن"
        or bool(info.roles & {"to", "from", "with", "by", "board"} and info.folded != "و")
    )


def _first_of_clause(scene: Scene, actor: ActorSpan, begin: int) -> bool:
    before = actor.lead - 1
    if before < begin:
        return True
    return scene.info(before).folded in _SUBORDINATORS or scene.words[actor.lead].gap.strip() in (
        ":",
        "..",
        "|",
        "-",
        "،",
        ",",
    )


def before_verb(scene: Scene, cue: Cue) -> Bound | None:
    """Return the actor right before a verb that begins its clause: «أن برنت التقى», «صدام حفتر يزور»."""
    begin, _ = scene.sentence_of(cue.at)
    at = cue.at - 1
    while at > begin and scene.skippable(at):
        at -= 1
    if at > begin and "relative" in scene.info(at).roles:
        actor = scene.actor_at.get(at - 1)
        near = scene.info(at).folded not in _AND_WHO  # مستشار للرئيس والذي زار is of somebody farther off
        told = actor is not None and actor.tail == at - 1 and near
        return Bound(actor, "relative", cue.at - actor.tail) if actor is not None and told else None
    actor = scene.actor_at.get(at)
    if actor is None or actor.tail != at or actor.lead < begin:
        return None
    if _object_of_preposition(scene, actor):
        indefinite = not (actor.named or scene.info(actor.lead).folded.startswith(("ال", "لل", "بال")))
        crowd = (
            actor.type is not ActorType.PERSON and at == cue.at - 1 and not scene.words[cue.at].gap.strip()
        )
        aboard = actor.lead > begin and "board" in scene.info(actor.lead - 1).roles  # على متن طائرة أقلعت
        relative = indefinite and crowd and not (aboard or of_another(scene, actor))
        return (
            Bound(actor, "relative", 1) if relative and not cue.reading.particle else None
        )  # من عائلة هاجرت
    if not _first_of_clause(scene, actor, begin) or not agrees(scene, cue, actor):
        return None
    return Bound(actor, "adjacent", cue.at - actor.tail)


_INTRODUCE = frozenset(["ان", "بان", "وان", "كان", "كانت", "لان", "فان"])
_PLAIN_NOUN = (
    WordClass.STOP
    | WordClass.LOCATIVE
    | WordClass.TIME
    | WordClass.NUMBER
    | WordClass.SPEECH
    | WordClass.MOTION
)


def stranger_before(scene: Scene, cue: Cue) -> bool:
    """Tell whether a verb has a subject that is no known actor right before it: أن سيسوكو سيذهب, أن الحرب وصلت."""
    begin, _ = scene.sentence_of(cue.at)
    at = cue.at - 1
    if at <= begin or scene.words[cue.at].gap.strip() or scene.info(at - 1).folded not in _INTRODUCE:
        return False
    info = scene.info(at)
    known = at in scene.actor_at or at in scene.place_at or at in scene.cue_at or at in scene.date_words
    return not (known or info.roles or info.status or info.is_a(_PLAIN_NOUN) or info.folded in _SOME)


def foreign_subject(scene: Scene, cue: Cue) -> bool:
    """Tell whether a verb is followed by a subject that is no actor: «وصلت الحرب إلى العاصمة»."""
    at = cue.last + 1
    _, end = scene.sentence_of(cue.at)
    while at < end and scene.skippable(at):
        at += 1
    if (
        at >= end
        or at in scene.place_at
        or at in scene.actor_at
        or at in scene.cue_at
        or scene.words[at].gap.strip()
    ):
        return False
    info = scene.info(at)
    if info.folded in _SOME:
        return True  # وفر هؤلاء إلى إيطاليا
    if info.roles or info.is_a(WordClass.LOCATIVE | WordClass.STOP | WordClass.DIRECTION | WordClass.TIME):
        return False
    if info.country or info.is_a(WordClass.NUMBER) or is_title(info):
        return False
    return not set(info.particle.replace("ال", "")) & set("وفبلك") and not scene.words[at].text.endswith(
        ("ً", "ا")
    )


def controller(scene: Scene, cue: Cue) -> Bound | None:
    """Return who is to do what a noun of movement says: the nearest actor before it in its clause.

    «وافق كيم على زيارة موسكو», «يمنعون المدنيين من مغادرة المنطقة», «دعا الملك رئيس الحكومة لزيارة المغرب».
    """
    begin, _ = scene.sentence_of(cue.at)
    for actor in sorted(scene.actors, key=lambda one: -one.tail):
        if actor.tail >= cue.at or actor.lead < begin:
            continue
        if cue.at - actor.tail > _REACH_LEFT // 2:
            return None
        roles = scene.info(actor.lead - 1).roles if actor.lead > begin else frozenset()
        if "with" in roles or "ب" in actor.particle or actor.type is ActorType.GOODS:
            continue
        if of_another(scene, actor) or ("to" in roles and scene.document.language == "ar"):
            continue  # حديثه إلى صحفيين خلال اجتماع
        verbs = [at for at in range(actor.tail + 1, cue.at) if scene.info(at).finite]
        if len(verbs) > 2:  # noqa: PLR2004 - too much between
            return None
        return Bound(actor, "control", cue.at - actor.tail)
    return None


def left_subject(scene: Scene, cue: Cue) -> Bound | None:
    """Return the actor before a verb that it says something of; the nearest, unless it is another's object."""
    begin, _ = scene.sentence_of(cue.at)
    best: tuple[float, ActorSpan, str] | None = None
    for actor in scene.actors:
        if not begin <= actor.lead or actor.tail >= cue.at or cue.at - actor.tail > _REACH_LEFT:
            continue
        if (actor.lead > begin and scene.info(actor.lead - 1).folded == "عن") or of_another(scene, actor):
            continue  # ممثلا عن القذافي, ابنة شقيقته
        between = range(actor.tail + 1, cue.at)
        verbs = sum(1 for at in between if scene.info(at).finite or scene.info(at).is_a(WordClass.SPEECH))
        others = sum(1 for other in scene.actors if actor.tail < other.lead and other.tail < cue.at)
        plain = all(
            scene.skippable(at) or scene.info(at).roles & {"relative"} or scene.info(at).status
            for at in between
        )
        relative = any("relative" in scene.info(at).roles for at in between) and verbs == 0
        score = (
            2.0 * plain + 1.5 * (relative and others == 0) - 0.7 * verbs - 0.35 * others - 0.03 * len(between)
        )
        score += 0.8 * _first_of_clause(scene, actor, begin) + 0.6 * actor.named
        if _object_of_preposition(scene, actor) and not relative:
            score -= 3.0
        if actor.type is ActorType.GOODS:
            score -= 0.7
        if not agrees(scene, cue, actor):
            continue
        how = "relative" if relative else ("adjacent" if plain else "left")
        if best is None or score > best[0]:
            best = (score, actor, how)
    if best is None or best[0] < -2.5:  # noqa: PLR2004 - set on the dev half of the gold
        return None
    return Bound(best[1], best[2], cue.at - best[1].tail)
