"""What says whether a movement is so without governing it: after, during, of whom it is told only in passing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.lexicon import CueForm
from dashboard.journeys.models import ActorType, LegKind, LegStatus

if TYPE_CHECKING:
    from dashboard.journeys.cues import Cue
    from dashboard.journeys.scene import Scene

__all__ = [
    "called_untrue",
    "clause_ahead",
    "ended",
    "form_of",
    "going_on",
    "meant_only",
    "told_in_passing",
    "used_to",
    "usual",
]

_SINCE = frozenset(["بعد", "عقب", "منذ", "اثر", "غداه", "بعيد", "فور", "بعدما", "منذما", "after", "since"])
_WHILE = frozenset(["خلال", "اثنا", "لدي", "ختام", "هامش", "بمناسبه", "مستهل", "بدايه"])
_AGO = 3  # words between «بعد» and a noun: بعد يومين من زيارته
_LAST = ("الاخيره", "الاخير", "السابقه", "السابق")
_DAY = ("يوم", "اليوم")
_BEFORE = frozenset(["قبل", "قبيل"])
_REACH = 14  # words before a noun of movement in which the verb of its clause stands
_DOES = 5  # words after a noun of movement in which «يقوم بها» stands
_WAS = frozenset(["كان", "كانت", "كانوا"])
_ANY = "اي"
_COMING = "مسيت"  # first letters of what will be, is meant or expected (سيتم, يعتزم, المقرر), not of an order
_SHUTTLING = (LegKind.TRANSIT, LegKind.TRANSFER)
_WHICH = frozenset(["الذين", "التي", "الذي", "ممن", "اللواتي"])
_CROWDS = (ActorType.PEOPLE, ActorType.VESSEL, ActorType.AIRCRAFT, ActorType.GOODS)
_SENDING = ("object", "troops")
_SAYS = frozenset(
    ["اعلن", "اعلنت", "يعلن", "تعلن", "اعلان", "اعلانه", "اعلانها", "باعلان", "باعلانه", "باعلانها"]
)
_SAID = 5  # words between an announcement and what is announced
_HASTENED = frozenset(["سارع", "سارعت", "سارعوا", "بادر", "بادرت", "اضطر", "اضطرت", "اضطروا"])
_SHALL = ("لن", "ولن", "سوف", "وسوف")
_ARRANGED = "تنظيم"  # a noun, though it begins as verbs to come do
_AWAY = frozenset(["حيث", "عبر", "الذي", "التي", "الذين"])


def _bare(scene: Scene, at: int) -> str:
    """Return a word without a conjunction before it."""
    folded = scene.info(at).folded
    return folded[1:] if folded[:1] in "وف" and folded[1:] in _SINCE | _WHILE | _BEFORE | _WAS else folded


def called_untrue(scene: Scene, cue: Cue) -> str:
    """Return the word that calls the whole statement untrue; a rumour of something else, told beside it, is none."""
    begin, end = scene.sentence_of(cue.at)
    for at in range(begin, end):
        if "untrue" not in scene.info(at).signs:
            continue
        if at < cue.at or not any(scene.info(word).folded in _AWAY for word in range(cue.last + 1, at)):
            return scene.words[at].text
    return ""


def told_in_passing(scene: Scene, cue: Cue) -> tuple[LegStatus, str] | None:
    """Return the status of a movement that a sentence takes for granted, whatever it says of other things.

    «بعد عودته», «خلال زيارته» are so though their clause denies or demands something; to come where it lies ahead.
    """
    if scene.document.language != "ar":
        return None
    if cue.finite:
        return _of_clause(scene, cue)
    if cue.reading.cue.form is CueForm.PARTICIPLE:
        return (LegStatus.HAPPENED, "") if "ال" in cue.reading.particle else None  # العائدين من الكويت
    return _carried_out(scene, cue) or _of_determiner(scene, cue) or _of_time(scene, cue)


def _of_determiner(scene: Scene, cue: Cue) -> tuple[LegStatus, str] | None:
    """Return the status of a movement that is any: لم يسجل أي انسحاب, نقل أي سفارة."""
    begin, end = scene.sentence_of(cue.at)
    if cue.at > begin and scene.info(cue.at - 1).folded == _ANY and _denies(scene, cue):
        return LegStatus.DENIED, scene.words[cue.at - 1].text
    if cue.last + 1 < end and scene.info(cue.last + 1).folded == _ANY:
        if _denies(scene, cue):
            return LegStatus.DENIED, scene.words[cue.last + 1].text  # لن تقوم بتسليم أي طائرات
        return LegStatus.HYPOTHETICAL, scene.words[cue.last + 1].text
    return None


def _of_time(  # noqa: PLR0911 - a way out for each word of time
    scene: Scene, cue: Cue
) -> tuple[LegStatus, str] | None:
    """Return the status of a noun after, before or during which something else is told."""
    begin, _ = scene.sentence_of(cue.at)
    for at in range(cue.at - 1, max(begin, cue.at - 1 - _AGO) - 1, -1):
        between = range(at + 1, cue.at)
        if not all(scene.skippable(one) or scene.info(one).folded in ("من", "في") for one in between):
            return None
        word = _bare(scene, at)
        if word in _DAY and scene.info(cue.at - 1).folded == "من":  # في ثاني يوم من زيارته
            before = at > begin and _bare(scene, at - 1) in _BEFORE
            return None if before else (LegStatus.HAPPENED, scene.words[at].text)
        if word in _SINCE:
            return LegStatus.HAPPENED, scene.words[at].text
        if word in _BEFORE and scene.info(cue.at - 1).folded == "من":
            return LegStatus.PLANNED, scene.words[at].text  # قبل أسبوع من زيارة ميركل
        own = word in _BEFORE and at == cue.at - 1 and bool(cue.reading.pronoun)
        now = own and _told_in_present(scene, at)
        if own and (now or _said_then(scene, at)) and not _the_last(scene, cue):
            return LegStatus.PLANNED, scene.words[at].text  # قال قبل عودته
        if own or word in _WHILE:
            ahead = clause_ahead(scene, at) or _then_ahead(scene, cue)
            return (LegStatus.PLANNED, ahead) if ahead else (LegStatus.HAPPENED, scene.words[at].text)
    return None


def _then_ahead(scene: Scene, cue: Cue) -> str:
    """Return the verb to come of the clause after a noun that opens a sentence: وخلال زيارته سيلتقي."""
    begin, end = scene.sentence_of(cue.at)
    if cue.at - begin > _AGO:
        return ""
    verb = next((one for one in scene.cues if cue.at < one.at < end and one.finite), None)
    return scene.words[verb.at].text if verb is not None and verb.future else ""


def _said_then(scene: Scene, at: int) -> bool:
    """Tell whether somebody speaks in the clause before a word: what he is about to do lies ahead."""
    begin, _ = scene.sentence_of(at)
    return any(scene.info(one).is_a(WordClass.SPEECH) for one in range(begin, at))


def _told_in_present(scene: Scene, at: int) -> bool:
    """Tell whether the verb before a word is one of movement in the present: يزور جرش قبل توجهه إلى إسرائيل."""
    begin, _ = scene.sentence_of(at)
    verbs = [one for one in scene.cues if begin <= one.at < at and one.finite]
    return bool(verbs) and verbs[-1].reading.cue.form is CueForm.PRESENT


def _the_last(scene: Scene, cue: Cue) -> bool:
    """Tell whether a noun of movement is called the last one: زيارته الأخيرة."""
    _, end = scene.sentence_of(cue.at)
    return any(scene.info(at).folded in _LAST for at in range(cue.last + 1, min(end, cue.last + 1 + _AGO)))


def _of_clause(scene: Scene, cue: Cue) -> tuple[LegStatus, str] | None:
    """Return the status of a verb after «بعد أن» or «قبل أن»."""
    begin, _ = scene.sentence_of(cue.at)
    at = cue.at - 1
    if at < begin:
        return None
    if at > begin and scene.info(at).folded in ("ان", "قد"):
        at -= 1
    word = _bare(scene, at)
    if word in _SINCE and cue.reading.cue.form is CueForm.PAST:
        return LegStatus.HAPPENED, scene.words[at].text
    if "ل" in cue.reading.particle and cue.reading.cue.kind is LegKind.ARRIVAL and _behind(scene, cue):
        return LegStatus.HAPPENED, ""  # غادر إيران ليصل إلى تركيا
    if word in _BEFORE and at < cue.at - 1 and (ahead := clause_ahead(scene, at)):
        return LegStatus.PLANNED, ahead
    if _before_which(scene, cue):
        return LegStatus.HAPPENED, scene.words[at].text  # زار بكين قبل أن يغادر
    return None


def _denies(scene: Scene, cue: Cue) -> bool:
    """Tell whether a negation stands in the clause before «أي»: لم يسجل أي انسحاب."""
    begin, _ = scene.sentence_of(cue.at)
    return any(scene.info(at).status == "negation" for at in range(max(begin, cue.at - _SAID), cue.at))


def _behind(scene: Scene, cue: Cue) -> bool:
    """Tell whether the verb of movement before a purpose tells what lies behind."""
    begin, _ = scene.sentence_of(cue.at)
    verbs = [one for one in scene.cues if begin <= one.at < cue.at and one.finite]
    return bool(verbs) and verbs[-1].reading.cue.form is CueForm.PAST and cue.at - verbs[-1].at <= _REACH


def clause_ahead(scene: Scene, at: int) -> str:
    """Return the word by which the clause before a word speaks of what is to come; empty for none."""
    begin, _ = scene.sentence_of(at)
    for before in range(at - 1, max(begin, at - _REACH) - 1, -1):
        info = scene.info(before)
        other = scene.cue_at.get(before)
        coming = (
            info.status == "planned"
            and not info.folded.startswith(_ARRANGED)
            and info.folded.removeprefix("ال")[:1] in _COMING
        )
        if coming or info.folded in _SHALL or (other is not None and other.future):
            return scene.words[before].text
        if (other is not None and other.finite) or "relative" in info.roles:
            return ""
    return ""


def _carried_out(scene: Scene, cue: Cue) -> tuple[LegStatus, str] | None:
    """Return the status that «قام بها», «يقوم بها» or «سيقوم بها» after a noun gives it."""
    _, end = scene.sentence_of(cue.at)
    for at in range(cue.last + 1, min(end, cue.last + 1 + _DOES)):
        info = scene.info(at)
        if "light" not in info.roles or info.folded[:1] in "لب":
            continue
        if info.folded.startswith("س"):
            return LegStatus.PLANNED, scene.words[at].text
        if info.folded[:1] in "يت" and info.folded != "تم":
            return LegStatus.UNDER_WAY, scene.words[at].text
        return LegStatus.HAPPENED, scene.words[at].text
    return None


_NOW = ("حاليا", "الان")
_SOON = 5  # words after a cue in which now stands
_LIGHT_BEFORE = 8  # words from «يقوم» to its noun, the subject between


def going_on(scene: Scene, cue: Cue) -> str:
    """Return the word after a verb in the present that says it goes on now: يزور مصر حاليا; empty for none."""
    _, end = scene.sentence_of(cue.at)
    if cue.reading.cue.form is not CueForm.PRESENT:
        return ""
    later = range(cue.last + 1, min(end, cue.last + 1 + _SOON))
    return next((scene.words[at].text for at in later if scene.info(at).folded in _NOW), "")


def form_of(scene: Scene, cue: Cue) -> CueForm:
    """Return the form by which a date settles whether a movement lies ahead.

    «كان يزور», «زار بكين قبل أن يغادر» and what goes on now lie behind; «يقوم في يوليو بزيارة» is in the present.
    """
    form = cue.reading.cue.form
    if used_to(scene, cue) or going_on(scene, cue) or (form is CueForm.PRESENT and _before_which(scene, cue)):
        return CueForm.PAST
    if form is CueForm.NOUN and "ب" in cue.reading.particle:
        begin, _ = scene.sentence_of(cue.at)
        for at in range(cue.at - 1, max(begin, cue.at - 1 - _LIGHT_BEFORE) - 1, -1):
            if "light" in scene.info(at).roles:
                bare = scene.info(at).folded.removeprefix("و")
                return CueForm.PRESENT if bare[:1] in "يت" and bare != "تم" else form
    return form


def _before_which(scene: Scene, cue: Cue) -> bool:
    """Tell whether «قبل أن» stands before a verb, and a verb of the past before that."""
    begin, _ = scene.sentence_of(cue.at)
    at = cue.at - 2
    if at <= begin or scene.info(cue.at - 1).folded != "ان" or _bare(scene, at) not in _BEFORE:
        return False
    past = any(begin <= one.at < at and one.reading.cue.form is CueForm.PAST for one in scene.cues)
    return past or any(
        "light" in scene.info(one).roles and scene.info(one).folded.removeprefix("و")[:1] not in "يتس"
        for one in range(begin, at)
    )  # استهلت جولتها في غانا قبل أن تزور ملاوي


_ENDED = ("اختتم", "انهي", "اختتمت", "انهت", "اجري", "اجرت", "اتم", "اكمل")
_OF_IT = 10  # words from such a verb, its subject between, to the noun


def ended(scene: Scene, cue: Cue) -> bool:
    """Tell whether a verb before a noun says that it came to its end: اختتم الرئيس زيارته للسودان."""
    begin, _ = scene.sentence_of(cue.at)
    for at in range(cue.at - 1, max(begin, cue.at - 1 - _OF_IT) - 1, -1):
        if scene.info(at).folded.removeprefix("و") in _ENDED:
            return True
        if at in scene.cue_at or "relative" in scene.info(at).roles:
            return False
    return False


def used_to(scene: Scene, cue: Cue) -> tuple[LegStatus, str] | None:
    """Return the status of a verb in the present after «كان»: it lies behind, or was the custom of what carries."""
    begin, _ = scene.sentence_of(cue.at)
    at = cue.at - 1
    subject = scene.actor_at.get(at)
    at = at if subject is None else subject.lead - 1  # كان حفتر يشارك
    if at < begin or scene.document.language != "ar" or _bare(scene, at) not in _WAS:
        return None
    habit = cue.reading.cue.kind in _SHUTTLING
    return LegStatus.HABITUAL if habit else LegStatus.HAPPENED, scene.words[at].text


def usual(scene: Scene, cue: Cue, actor: ActorType) -> bool:
    """Tell whether a verb in the present says what those of a kind do: المهاجرين الذين يصلون إلى إيطاليا."""
    begin, _ = scene.sentence_of(cue.at)
    told = cue.reading.cue.form is CueForm.PRESENT and actor in _CROWDS and scene.document.language == "ar"
    return told and cue.at > begin and scene.info(cue.at - 1).folded in _WHICH


def meant_only(scene: Scene, cue: Cue) -> str:
    """Return the word by which a sending is only meant: a purpose (ممرات لإخراج المدنيين), or what is announced."""
    if cue.finite or scene.document.language != "ar" or cue.reading.cue.mover not in _SENDING:
        return ""
    begin, _ = scene.sentence_of(cue.at)
    if "ل" in cue.reading.particle.replace("ال", ""):
        done = any(scene.info(at).folded in _HASTENED for at in range(max(begin, cue.at - _AGO), cue.at))
        return "" if done else scene.words[cue.at].text
    for at in range(cue.at - 1, max(begin, cue.at - 1 - _SAID) - 1, -1):
        info = scene.info(at)
        if info.folded.removeprefix("و") in _SAYS:
            return scene.words[at].text
        if info.finite or "boundary" in info.roles:
            return ""
    return ""
