"""Who moves by a cue: its subject, the object of one who sends, those who come to a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.core.models import Kind
from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.ends import begins_clause
from dashboard.journeys.lexicon import CueForm
from dashboard.journeys.models import ActorType, LegKind
from dashboard.journeys.subjects import (
    Bound,
    before_verb,
    controller,
    foreign_subject,
    genitive,
    left_subject,
    right_subject,
)

if TYPE_CHECKING:
    from dashboard.journeys.actors import ActorSpan
    from dashboard.journeys.document import WordInfo
    from dashboard.journeys.ends import Ends
    from dashboard.journeys.scene import Cue, Scene

__all__ = ["find_movers"]

_REACH = 26  # words after a cue in which participants stand
_NEAR = 7
_SAYS = WordClass.SPEECH | WordClass.GOVERNMENT_VERB
_LOOSE = ("control", "unsaid", "left", "pronoun", "ahead")
_MANY = 4  # participants of a meeting
_THAT_HE = frozenset(["انه", "انها", "انهم", "بانه", "بانها", "بانهم", "وانه", "وانها", "وانهم"])
_MOVERS = {
    LegKind.DEPLOYMENT: (ActorType.FORCE, ActorType.VESSEL, ActorType.AIRCRAFT, ActorType.PEOPLE),
    LegKind.WITHDRAWAL: (ActorType.FORCE, ActorType.VESSEL, ActorType.DELEGATION, ActorType.ORGANISATION),
    LegKind.FLIGHT: (ActorType.PEOPLE, ActorType.PERSON, ActorType.FORCE),
    LegKind.VISIT: (
        ActorType.PERSON,
        ActorType.DELEGATION,
        ActorType.PEOPLE,
        ActorType.ORGANISATION,
        ActorType.VESSEL,
        ActorType.FORCE,
    ),
}


def find_movers(scene: Scene, cue: Cue, places: Ends, topic: ActorSpan | None) -> list[Bound]:
    """Return who moves; `topic` is the person whom the sentence before was about."""
    if cue.reading.cue.mover in ("meeting", "host", "attend"):
        found = _participants(scene, cue, places)
        guest = None if found or cue.reading.cue.mover == "host" else _unsaid(scene, cue, topic)
        return found or ([] if guest is None else _not_at_home([guest], places, guest, strict=False))
    return [one for one in _movers(scene, cue, topic) if not _stays_home(cue, places, one)]


def _stays_home(cue: Cue, places: Ends, bound: Bound) -> bool:
    """Tell whether somebody is bound loosely to a cue, and to his own country or capital: a host, most likely."""
    place = places.to.place.place if places.to else None
    if (
        place is None
        or bound.how not in _LOOSE
        or cue.reading.cue.kind not in (LegKind.VISIT, LegKind.ARRIVAL)
    ):
        return False
    own = bound.actor.country is not None and bound.actor.country == place.country
    return own and (place.kind is Kind.COUNTRY or place.feature_code == "PPLC")


def _movers(scene: Scene, cue: Cue, topic: ActorSpan | None) -> list[Bound]:
    """Return who moves: the subject, or the object of one who sends."""
    word = cue.reading.cue
    latin = scene.document.language != "ar"
    if word.mover in ("object", "troops"):
        found = _object_of(scene, cue, latin=latin)
    elif cue.finite and not latin:
        found = before_verb(scene, cue)
        if found is None and foreign_subject(scene, cue):
            if not word.bare or _before_place(scene, cue):
                return []
        else:
            found = found or right_subject(scene, cue)
        found = found or _speaker_aside(scene, cue, left_subject(scene, cue), topic)
        if word.kind is LegKind.TRANSIT and found is not None and found.how in _LOOSE:
            return []  # القرار لن يمر
    elif cue.finite:
        found = left_subject(scene, cue)
    else:
        found = _noun_subject(scene, cue)
    if found is None and word.mover == "subject":
        found = _unsaid(scene, cue, topic)
    if found is None or (word.lemma == _SUMMON and not _resides(scene, found)):
        return []
    found = _aboard(scene, found) or found
    return [
        one
        for one in (found, *_coordinated(scene, cue, found), *_companions(scene, cue, found))
        if _can_move_so(word.kind, word.mover, one.actor.type)
    ]


_SUMMON = "استدعي"


def _resides(scene: Scene, found: Bound) -> bool:
    """Tell whether somebody lives where he was sent, so that to call him is to call him back: an ambassador."""
    return any("resident" in scene.info(at).signs for at in range(found.actor.lead, found.actor.tail + 1))


_PASSENGERS = (ActorType.PERSON, ActorType.DELEGATION, ActorType.PEOPLE)
_CARRIERS = (ActorType.VESSEL, ActorType.AIRCRAFT, ActorType.GOODS, ActorType.ORGANISATION)


def _aboard(scene: Scene, found: Bound) -> Bound | None:
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


def _speaker_aside(scene: Scene, cue: Cue, found: Bound | None, topic: ActorSpan | None) -> Bound | None:
    """Return the topic instead of somebody of his who speaks for him: يقول محاميه إنه سيعود."""
    if found is None or topic is None or found.actor.named or found.how != "left":
        return found
    owned = scene.info(found.actor.lead).folded.endswith(("ه", "ها", "هم"))
    between = range(found.actor.tail + 1, cue.at)
    that_he = any(scene.info(at).folded in _THAT_HE for at in between)
    own = owned and ("owned" in scene.info(found.actor.lead).roles or found.actor.lead == found.actor.tail)
    return Bound(topic, "unsaid", found.distance) if own and that_he else found


def _before_place(scene: Scene, cue: Cue) -> bool:
    """Tell whether an unknown subject stands between a verb and its bare place: زار بومبيو بيروت."""
    return any(at in scene.place_at and scene.place_at[at].role == "" for at in (cue.last + 2, cue.last + 3))


def _can_move_so(kind: LegKind, mover: str, actor: ActorType) -> bool:
    """Tell whether such an actor can move in such a way: an advance is one of troops, a visit none of goods."""
    if mover == "troops":
        return actor in _MOVERS[LegKind.DEPLOYMENT]
    return mover != "subject" or actor in _MOVERS.get(kind, tuple(ActorType))


def _object_of(scene: Scene, cue: Cue, *, latin: bool) -> Bound | None:
    """Return what is sent or carried: the second actor after the verb, or the only one; in the passive the subject."""
    if not latin and _carries_else(scene, cue):
        return None
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


def _carries_else(scene: Scene, cue: Cue) -> bool:
    """Tell whether what a noun of carrying is said of is no actor: نقل المعركة, تسليم التسجيل."""
    at = cue.last + 1
    if cue.finite or cue.reading.pronoun or at >= scene.sentence_of(cue.at)[1] or scene.words[at].gap.strip():
        return False
    info = scene.info(at)
    if at in scene.actor_at or at in scene.place_at or scene.skippable(at) or info.is_a(WordClass.NUMBER):
        return False
    return info.folded.startswith("ال") and not (info.roles or info.country or info.part)


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
    if "ب" in particle or "ك" in particle:
        return True
    roles = scene.info(actor.lead - 1).roles if actor.lead else frozenset()
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


def _noun_subject(scene: Scene, cue: Cue) -> Bound | None:
    """Return the actor of a noun of movement: after it, by a pronoun, by «قام بها», or the subject of its verb."""
    if not cue.reading.pronoun:
        itself = scene.actor_at.get(cue.at)
        if itself is not None and itself.lead == cue.at:  # تدفقات المهاجرين, رحلة
            return Bound(itself, "adjacent", 0)
        found = genitive(scene, cue)
        if found is not None:
            return found
        done = _done_by(scene, cue)
        if done is not None:
            return done
    left = left_subject(scene, cue) if cue.reading.pronoun else controller(scene, cue)
    if left is not None:
        how = "pronoun" if cue.reading.pronoun else "control"
        return Bound(left.actor, how, left.distance)
    if cue.reading.pronoun:  # بالتزامن مع زيارته أرسل حفتر
        begin, end = scene.sentence_of(cue.at)
        if cue.at - begin > _NEAR:
            return None
        for actor in scene.actors:
            verb = any(scene.info(at).finite or scene.info(at).is_a(_SAYS) for at in range(cue.at + 1, actor.lead))
            if cue.at < actor.lead < end and actor.named and not actor.particle and verb:
                return Bound(actor, "ahead", actor.lead - cue.at)
    return None


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


def _unsaid(scene: Scene, cue: Cue, topic: ActorSpan | None) -> Bound | None:
    """Return the actor of the sentence before for a verb whose subject is left unsaid."""
    if not cue.finite and not cue.reading.pronoun:
        return None
    topic = topic or _spoken_of(scene, cue)
    if topic is None:
        return None
    away = scene.words[cue.at].sentence - scene.words[topic.lead].sentence
    if away > 2 or (cue.finite and not _opens_clause(scene, cue)):  # noqa: PLR2004 - sentences
        return None
    return Bound(topic, "unsaid", 10 * away)


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


def _companions(scene: Scene, cue: Cue, found: Bound) -> list[Bound]:
    """Return who goes with somebody: «يرافقه وزيرا الدفاع والخارجية»."""
    end = min(scene.sentence_of(cue.at)[1], cue.last + 2 * _REACH)
    for at in range(cue.last + 1, end - 1):
        if "companion" in scene.info(at).roles:
            actor = scene.actor_at.get(at + 1)
            if actor is not None and actor.lead == at + 1 and actor.who != found.actor.who:
                return [Bound(actor, "companion", actor.lead - cue.last)]
    return []


def _participants(scene: Scene, cue: Cue, places: Ends) -> list[Bound]:
    """Return who comes to a meeting: of those named near its cue, the ones that are not at home."""
    _begin, end = scene.sentence_of(cue.at)
    mover = cue.reading.cue.mover
    bounds: list[Bound] = []
    subject = None
    if cue.finite:
        subject = before_verb(scene, cue) or right_subject(scene, cue) or left_subject(scene, cue)
    else:
        subject = _noun_subject(scene, cue)
    if subject is not None and mover == "host" and not cue.finite:
        subject = (
            None if subject.how in ("adjacent", "right") else subject
        )  # استقبال, استضافة: the guest follows
    if subject is not None and mover != "host":
        bounds += [subject, *(_joined_before(scene, subject) if not cue.finite else [])]
    if mover != "attend":
        limit = min(end, cue.last + 1 + _REACH)
        stop = next(
            (at for at in range(cue.last + 1, limit) if at in scene.cue_at or begins_clause(scene, at)), limit
        )
        host = subject.actor if subject is not None and mover == "host" else None
        for actor in scene.actors:
            if not cue.last < actor.lead < stop or any(actor.who == bound.actor.who for bound in bounds):
                continue
            if host is not None and actor.who == host.who:
                continue
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
    return _not_at_home(bounds, places, subject, strict=mover == "attend")[:_MANY]


def _joined_before(scene: Scene, found: Bound) -> list[Bound]:
    """Return who is joined before the nearest actor: «ألغى ألبارس وبوريطة لقاء»."""
    if not found.actor.particle.startswith("و"):
        return []
    before = scene.actor_at.get(found.actor.lead - 1)
    return [] if before is None else [Bound(before, found.how, found.distance)]


def _not_at_home(bounds: list[Bound], places: Ends, subject: Bound | None, *, strict: bool) -> list[Bound]:
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
