"""Is it so? The words around a cue that say whether its movement happened, will, or did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.core.edtf import bounds
from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.circumstances import (
    called_untrue,
    clause_ahead,
    going_on,
    meant_only,
    told_in_passing,
    used_to,
)
from dashboard.journeys.ends import begins_clause
from dashboard.journeys.lexicon import CueForm
from dashboard.journeys.models import LegKind, LegStatus

if TYPE_CHECKING:
    from datetime import date

    from dashboard.core.dates import DateReading
    from dashboard.journeys.cues import Cue
    from dashboard.journeys.scene import Scene

__all__ = ["find_status", "settle_status"]

_REACH_NOUN, _REACH_VERB = 9, 6  # words before a cue that may govern it
_REACH_WIDE = 22  # of words that deny or doubt all that follows in their clause
_REACH_TIME = 12  # words after a cue in which its day stands
_WIDE = ("denied", "alleged")
_DONE = ("يتم", "تتم", "تم", "تمت")
_AFTER = 4
_MAY = ("قد", "وقد", "فقد", "لقد", "ان", "وان", "بان", "فان", "لان")
_ELSE = ("لكن", "ولكن", "بينما", "فيما", "whereas", "but", "mais")  # begin a statement of their own
_GOVERNS = ("عن", "من", "الي", "علي", "مع", "لدي")
_STUDENT = "طالب"  # or he demanded
_REFUSES = ("رفض", "رفضت", "رفضوا", "يرفض", "ترفض", "رفضه", "رفضها", "رافضا", "لرفضها", "لرفضه")
_WITHOUT = ("دون", "بدون")
_PREVENTED = 16  # words from who is prevented to what from: منعت السلطات أكثر من ألف مشجع من السفر
_BEFORE = ("قبل", "قبيل", "وقبل", "وقبيل")
_LIKELY = "محتمل"
_PLAN = 3  # words between a denial and the plan that it denies
_BAN = "حظر"
_GROWS = ("تصاعد", "تزايد")  # of the movements that they govern
_STOPS = ("وقف", "بوقف", "ايقاف", "بايقاف", "لوقف")
_HALTS = ("توقف", "يوقف", "اوقف", "اوقفت")  # whoever halts it may stand between
_TOWARDS = ("باتجاه", "نحو", "تجاه")
_OF_PICTURES = ("الصوره", "الصور", "الفيديو", "الخبر")  # مصدر الصورة is a credit


def find_status(scene: Scene, cue: Cue) -> tuple[LegStatus, str]:
    """Return the status that a cue's sentence gives its movement, and the word that says so (empty for none)."""
    if untrue := called_untrue(scene, cue):
        return LegStatus.DENIED, untrue
    if meant := _called_planned(scene, cue):
        return meant
    if told := told_in_passing(scene, cue):
        return told
    if not cue.finite and cue.reading.cue.mover == "object" and (aside := _set_aside(scene, cue)):
        return aside
    return _said_before(scene, cue) or _said_after(scene, cue) or _of_own_form(scene, cue)


def _called_planned(scene: Scene, cue: Cue) -> tuple[LegStatus, str] | None:
    """Return the status that an adjective after a noun gives it: الزيارة المزمعة, اجتماع مقرر, زيارة محتملة."""
    for at in _following(scene, cue):
        info = scene.info(at)
        if not cue.finite and info.folded.removeprefix("ال").startswith(_LIKELY):
            return LegStatus.ALLEGED, scene.words[at].text
        if _status_at(scene, at) == "planned" and info.folded.removeprefix("ال").startswith("م"):
            return LegStatus.PLANNED, scene.words[at].text
        if info.finite or "boundary" in info.roles:
            return None
    return None


def _said_after(scene: Scene, cue: Cue) -> tuple[LegStatus, str] | None:
    """Return the status by what follows a noun, or sets it aside or in time to come; None where nothing does."""
    if aside := _set_aside(scene, cue):
        return aside
    if not cue.finite and (word := _under_future(scene, cue)):
        return LegStatus.PLANNED, word
    if cue.reading.cue.form is not CueForm.PAST and (word := _ahead(scene, cue)):
        return LegStatus.PLANNED, word
    return None


def _of_own_form(scene: Scene, cue: Cue) -> tuple[LegStatus, str]:
    """Return the status by the form of a cue, where no other word gives one."""
    if cue.future:
        return LegStatus.PLANNED, scene.words[cue.at].text
    if source := _unnamed_source(scene, cue):
        return LegStatus.ALLEGED, source
    if purpose := meant_only(scene, cue):
        return LegStatus.PLANNED, purpose
    if now := going_on(scene, cue):
        return LegStatus.UNDER_WAY, now
    if cue.reading.cue.form is CueForm.PRESENT:
        return _of_present(scene, cue)
    return LegStatus.HAPPENED, ""


def _set_aside(scene: Scene, cue: Cue) -> tuple[LegStatus, str] | None:
    """Return the status of a noun that is only talked about (بشأن انسحاب), or is to come (قبل عودته)."""
    begin, _ = scene.sentence_of(cue.at)
    if cue.finite or cue.at == begin:
        return None
    before = scene.info(cue.at - 1)
    halted = any(scene.info(at).folded in _HALTS for at in range(max(begin, cue.at - 2), cue.at))
    if halted or (before.folded in _STOPS and cue.reading.cue.mover == "object"):
        return LegStatus.CANCELLED, scene.words[cue.at - 1].text  # توقف أنقرة تدفق اللاجئين, أمر بوقف تسليم
    spoken_of = "about" in before.signs and cue.reading.cue.kind is not LegKind.VISIT
    if before.folded in _TOWARDS or spoken_of:  # ندفع باتجاه نقل الأطفال
        return LegStatus.HYPOTHETICAL, scene.words[cue.at - 1].text
    if before.folded in _BEFORE and cue.reading.pronoun and clause_ahead(scene, cue.at - 1):
        return LegStatus.PLANNED, scene.words[cue.at - 1].text
    return None


def _under_future(scene: Scene, cue: Cue) -> str:
    """Return the verb to come that a noun of movement depends on: سيحضر حفل نقل السفارة."""
    begin, _ = scene.sentence_of(cue.at)
    for at in range(cue.at - 1, max(begin, cue.at - 1 - _REACH_NOUN) - 1, -1):
        other = scene.cue_at.get(at)
        if other is not None and other.finite:
            attends = other.reading.cue.mover in ("attend", "meeting")
            purpose = "ل" in cue.reading.particle.replace("ال", "")
            return scene.words[at].text if other.future and (attends or purpose) else ""
        if scene.info(at).roles & {"relative", "boundary"} or begins_clause(scene, at):
            return ""
    return ""


def _ahead(scene: Scene, cue: Cue) -> str:
    """Return the word after a cue that sets it in time to come: غدا, الأسبوع المقبل, tomorrow."""
    _, end = scene.sentence_of(cue.at)
    for at in range(cue.last + 1, min(end, cue.last + 1 + _REACH_TIME)):
        if (at in scene.cue_at and scene.cue_at[at].finite) or "relative" in scene.info(at).roles:
            return ""
        if "ahead" in scene.info(at).roles:
            return scene.words[at].text
    return ""


def _unnamed_source(scene: Scene, cue: Cue) -> str:
    """Return the word by which a sentence leaves its source without a name: مصدر عسكري, two sources."""
    begin, end = scene.sentence_of(cue.at)
    for at in range(begin, end):
        follows = scene.info(at + 1).folded if at + 1 < end else ""
        if "source" in scene.info(at).roles and follows not in _OF_PICTURES and not follows.startswith("لل"):
            return scene.words[at].text
    return ""


def _said_before(scene: Scene, cue: Cue) -> tuple[LegStatus, str] | None:
    """Return the status by the nearest word before a cue that governs it; None where none does."""
    weak: dict[LegStatus, str] = {}  # what a stronger word farther off outweighs
    for away, at in enumerate(_governing(scene, cue), 1):
        status, word = _status_at(scene, at), scene.words[at].text
        if status in {"planned", "hypothetical"} and (refused := _refused(scene, at)):
            return LegStatus.CANCELLED, refused
        if status == "negation":
            if _negates(scene, at, cue, away):
                weak[LegStatus.DENIED] = word
        elif status not in {None, "happened"} and status and _governs(scene, at, cue, status, away):
            negated = weak.get(LegStatus.DENIED, "")
            if turned := _turned(scene, at, cue, status, negated):
                return turned
            if status not in _WEAK or negated:
                return LegStatus(status), word
            weak.setdefault(LegStatus(status), word)  # but who denies a report denies what it says
    return next(((one, weak[one]) for one in _BY_STRENGTH if one in weak), None)


_WEAK = ("alleged", "habitual")  # أنباء ينفيها; تهديداته المتكررة بالتوجه are threats
_BY_STRENGTH = (LegStatus.DENIED, LegStatus.ALLEGED, LegStatus.HABITUAL)


def _turned(scene: Scene, at: int, cue: Cue, status: str, negated: str) -> tuple[LegStatus, str] | None:
    """Return the status that a word gives when another one turns it: a plan denied, a ban threatened."""
    word = scene.words[at].text
    if status == "planned" and (negated or _negated(scene, at)):
        return LegStatus.DENIED, negated or scene.words[at - 1].text
    if status == "denied" and cue.reading.pronoun and scene.info(at).folded in _REFUSES:
        return LegStatus.CANCELLED, word  # رفضت مصر عودته: he was kept from it
    if status == "cancelled" and (denied := _denied_before(scene, at)):
        return LegStatus.HYPOTHETICAL, denied  # نفى منع المدنيين من المغادرة, هدد بمنع دخولهم
    if status == "planned" and not cue.finite and (denied := _denied_plan(scene, at)):
        return LegStatus.DENIED, denied  # نفى أنباء اعتزام دخول القوات
    return None


_STEPS = ("خطوه", "قرار", "قرارا", "اجرا")


def _denied_plan(scene: Scene, at: int) -> str:
    """Return the verb that denies a plan told in a noun: نفى أنباء اعتزام; empty for none."""
    begin, _ = scene.sentence_of(at)
    for before in range(at - 1, max(begin, at - 1 - _PLAN) - 1, -1):
        info = scene.info(before)
        if info.status == "denied" and info.folded not in _REFUSES:
            return scene.words[before].text
        if info.finite or "relative" in info.roles:
            return ""
    return ""


def _denied_before(scene: Scene, at: int) -> str:
    """Return the verb that denies, or only threatens, that somebody is kept from moving; empty for none."""
    begin, _ = scene.sentence_of(at)
    if _negated(scene, at):
        return scene.words[at - 1].text  # لم أمنع من الدخول
    for before in range(at - 1, max(begin, at - 1 - _REACH_VERB) - 1, -1):
        if scene.info(before).status in {"denied", "hypothetical"}:
            return scene.words[before].text
    return ""


def _refused(scene: Scene, at: int) -> str:
    """Return the verb by which what would let somebody move is refused: رفضت السلطات السماح لفريق بالسفر."""
    begin, _ = scene.sentence_of(at)
    before = [one for one in (at - 1, at - 2) if one >= begin and scene.info(one).folded in _REFUSES]
    return scene.words[before[0]].text if before else ""


def _negates(scene: Scene, at: int, cue: Cue, away: int) -> bool:
    """Tell whether a negation is one of a cue: لم يصل, عدم وصول, لن يتم إرسال; not من دون أن, whose clause follows."""
    negation, between = scene.info(at).folded, scene.info(cue.at - 1)
    if negation.startswith(("ال", "وليس")) or (not cue.finite and negation in _WITHOUT and away > 1):
        return False  # نهر الدون
    done = not cue.finite and ("light" in between.roles or between.folded in _DONE)
    step = not cue.finite and between.folded in _STEPS and away <= 3  # noqa: PLR2004 - لن يتخذ خطوة إرسال جنود
    return step or away == 1 or (away <= 2 and (cue.finite or done))  # noqa: PLR2004 - words


def _governs(scene: Scene, at: int, cue: Cue, status: str, away: int) -> bool:
    """Tell whether a word that is no negation governs a cue."""
    reach = _REACH_VERB if cue.finite else _REACH_NOUN
    if status in _WIDE and not cue.finite and scene.info(cue.at - 1).folded == "علي":
        return False  # نفى أن يكون الرد على اجتماعهما سببا
    towards = scene.info(cue.at - 1).folded == "الي" or "ل" in cue.reading.particle.replace("ال", "")
    invited = not cue.finite and towards and _invites(scene.info(at).folded)
    near = away <= reach or invited or status in _WIDE or _prevented(scene, cue, status, away)
    begun = status == "under way" and at > 0 and _status_at(scene, at - 1) in {"planned", "hypothetical"}
    return near and not begun and _reaches(scene, at, cue, status, away)  # من المقرر بدء


def _invites(folded: str) -> bool:
    """Tell whether a word is to invite, whose object may be long: دعا زعيم كوريا الشمالية كيم إلى زيارة روسيا."""
    return folded.lstrip("وف").startswith(("دعا", "دعت", "دعوت", "يدعو", "تدعو", "داعي"))


def _prevented(scene: Scene, cue: Cue, status: str, away: int) -> bool:
    """Tell whether a noun is what somebody far before it was kept from: منعت ... من السفر."""
    return (
        status == "cancelled"
        and not cue.finite
        and away <= _PREVENTED
        and scene.info(cue.at - 1).folded == "من"
        and not any(scene.info(at).finite for at in range(cue.at - away + 1, cue.at))
    )


def _negated(scene: Scene, at: int) -> bool:
    """Tell whether a word is negated: لا يعتزم, لن يتم."""
    begin, _ = scene.sentence_of(at)
    return at > begin and _status_at(scene, at - 1) == "negation"


def settle_status(
    status: LegStatus, reading: DateReading | None, published: date | None, form: CueForm
) -> LegStatus:
    """Return the status in the light of the date: what lies after the publication is planned.

    So is what is told in the present of a weekday to come: «يغادر السبت».
    """
    if status not in (LegStatus.HAPPENED, LegStatus.UNDER_WAY) or reading is None or published is None:
        return status
    first = bounds(reading.edtf)[0]
    if form is CueForm.PAST:
        return status
    ahead = bounds(reading.ahead)[0]
    coming = form is CueForm.PRESENT and ahead is not None and ahead > published and first != published
    return LegStatus.PLANNED if coming or (first is not None and first > published) else status


def _of_present(scene: Scene, cue: Cue) -> tuple[LegStatus, str]:
    """Return the status of a verb in the present: a visit is under way, a purpose is planned, else it happened."""
    word = cue.reading.cue
    if was := used_to(scene, cue):
        return was
    if "ل" in cue.reading.particle:
        return LegStatus.PLANNED, scene.words[cue.at].text
    if word.kind in (LegKind.VISIT, LegKind.TRANSFER, LegKind.DEPLOYMENT):
        return LegStatus.UNDER_WAY, scene.words[cue.at].text
    return LegStatus.HAPPENED, ""


def _governing(scene: Scene, cue: Cue) -> list[int]:
    """Return the words before a cue that may govern it, nearest first: within its clause."""
    begin, _ = scene.sentence_of(cue.at)
    words = []
    for at in range(cue.at - 1, max(begin, cue.at - 1 - _REACH_WIDE) - 1, -1):
        gap = scene.words[at + 1].gap
        if any(mark in gap for mark in ".؛;:") and at + 1 < cue.at:
            break
        if (
            at in scene.cue_at
            and scene.cue_at[at].finite
            and at not in scene.actor_at
            and not scene.info(at).status
        ):
            break
        near = cue.at - at <= (_REACH_VERB if cue.finite else _REACH_NOUN)
        if not near and begins_clause(scene, at + 1):
            break
        words.append(at)
    return words


def _following(scene: Scene, cue: Cue) -> range:
    _, end = scene.sentence_of(cue.at)
    return range(cue.last + 1, min(end, cue.last + 1 + _AFTER + 3))


def _status_at(scene: Scene, at: int) -> str | None:
    """Return the status word or phrase that begins at a word."""
    words, info = scene.words, scene.info(at)
    if info.folded == "اجل" and at and scene.info(at - 1).folded == "من":
        return "hypothetical"  # من أجل عودة اللاجئين; alone it is to put off
    if info.folded == _BAN and at and scene.info(at - 1).folded.endswith("منظمه"):
        return None  # منظمة حظر الأسلحة الكيميائية
    for parts, status in info.phrases:
        if [word.info.folded for word in words[at + 1 : at + len(parts)]] == parts[1:]:
            return status
    if info.status is None or (
        at in scene.actor_at and not info.is_a(WordClass.SPEECH | WordClass.GOVERNMENT_VERB)
    ):
        return None
    return info.status


def _reaches(  # noqa: PLR0911 - a way out for each look-alike
    scene: Scene, at: int, cue: Cue, status: str, away: int
) -> bool:
    """Tell whether a status word governs a cue: nothing that ends its scope stands between."""
    folded = scene.info(at).folded
    if status == "hypothetical" and folded in _MAY:  # قد وصل happened, قد يصل may
        return folded.endswith("قد") and away == 1 and cue.reading.cue.form is CueForm.PRESENT
    if folded == _STUDENT and at and scene.info(at - 1).folded in _GOVERNS:
        return False  # عن طالب من أصول تركية
    if folded in _REFUSES and away > 5:  # noqa: PLR2004 - رفض فصيل جيش الإسلام انتقال
        return False
    if (
        status == "hypothetical"
        and scene.info(at).particle.endswith("ب")
        and "light" not in scene.info(at).roles
    ):
        return False  # بدعوة من: who went was invited
    if status == "planned" and cue.reading.cue.form is CueForm.PAST and scene.words[cue.at].gap.strip():
        return False  # ووفقا للاتفاق، غادرت; but قرر نقل is a noun
    began = status == "under way" and cue.reading.cue.form is CueForm.PAST and cue.finite
    if began or (status in ("under way", "habitual") and away > 4):  # noqa: PLR2004
        return False  # بعد سنوات من بدء علاقتهما سافرا
    if status == "habitual" and folded in _GROWS and cue.finite:
        return False  # ومع تصاعد الاحتجاجات، توجه
    between = range(at + 1, cue.at)
    if status not in _WIDE and any(scene.words[word].text.lstrip("وف").startswith("إن") for word in between):
        return False  # يمكن القول إن: what is said is a statement of its own
    if status not in _WIDE and any(scene.info(word).folded in _ELSE for word in between):
        return False
    return not any(scene.info(word).roles & {"relative", "then"} for word in between)
