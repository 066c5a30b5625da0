"""Words that only look as if they stated a movement: of sport, of time, of print, of streets and of power."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.lexicon import CueForm
from dashboard.journeys.models import LegKind

if TYPE_CHECKING:
    from dashboard.journeys.document import Document
    from dashboard.journeys.lexicon import CueWord
    from dashboard.journeys.vocabulary import Reading

__all__ = ["is_no_cue"]

_NOUNS = (CueForm.NOUN, CueForm.PARTICIPLE)


def is_no_cue(document: Document, at: int) -> bool:  # noqa: PLR0911 - a way out for each look-alike
    """Tell whether a word only looks like a cue: a name, or a noun where the form is a verb's elsewhere."""
    word = document.words[at]
    following = document.words[at + 1].info if at + 1 < len(document.words) else None
    if following is not None and "that" in following.roles and word.info.finite:
        return True  # يأتي ذلك
    first = word.info.cues[0]
    tagged = at + 1 < len(document.words) and document.words[at + 1].gap == "_"
    if tagged or word.gap == "_" or "no_cue" in word.info.signs or "to" in word.info.roles:  # باتجاه
        return True
    if _of_other_use(document, at, first.cue) or (
        word.text.endswith("ة") and all(one.pronoun for one in word.info.cues)
    ):
        return True  # حلقة: no verb with his
    if _said_or_gone(document, at, first.cue) or _of_traffic(document, at, first):
        return True
    if _of_sport(document, at, first.cue) or _of_no_body(document, at, first):
        return True
    if first.cue.mover == "object" and first.cue.form not in _NOUNS and _reports(document, at):
        return True  # نقلت الوكالة عن
    if first.cue.mover == "object" and _of_letters(document, at):
        return True  # بعث برسائل تعزية
    if first.cue.mover == "meeting" and ("ال" in first.particle or _by_phone(document, at)):
        return True  # هذا اللقاء
    if word.info.actor is not None and "ال" in word.info.particle:
        return True  # المهاجرين
    if at and "board" in document.words[at - 1].info.roles:
        return True  # على متن رحلة
    if document.language != "ar":
        return (
            word.text[:1].isupper()
            and at > 0
            and word.gap.strip() == ""
            and document.words[at - 1].sentence == word.sentence
        )
    return False


_THROUGH = "عبر"
_BEFORE_VERBS = frozenset(["قد", "وقد", "ان", "الذي", "بعدما", "كان", "ثم", "عندما", "حين", "حيث", "من"])


def _crosses(document: Document, at: int) -> bool:
    """Tell whether عبر is he crossed, not through: it opens a clause, and who crossed follows."""
    word, after = document.words[at], at + 1
    if after >= len(document.words) or document.words[after].sentence != word.sentence:
        return False
    before = document.words[at - 1] if at and document.words[at - 1].sentence == word.sentence else None
    opens = before is None or (before.info.folded in _BEFORE_VERBS and not word.gap.strip())
    who = document.words[after].info
    return opens and bool(who.actor or who.part or who.is_a(WordClass.NUMBER | WordClass.TITLE))


def _of_other_use(document: Document, at: int, cue: CueWord) -> bool:
    """Tell whether a verb is written as another word that is meant here: عبر is through, حل a solution."""
    if document.words[at].info.folded == _THROUGH:
        return not _crosses(document, at)
    return cue.lemma == _STAYS and cue.form is CueForm.PAST and not _stops_at(document, at)


_STAYS = "حل"  # he came to stay, or a solution


def _stops_at(document: Document, at: int) -> bool:
    """Tell whether حل is he came to stay: بالعاصمة, or who came, follows, and no preposition or noun governs it."""
    word, after = document.words[at], at + 1
    if after >= len(document.words) or document.words[after].sentence != word.sentence:
        return False
    before = document.words[at - 1] if at and document.words[at - 1].sentence == word.sentence else None
    opens = before is None or bool(word.gap.strip()) or before.info.folded in _BEFORE_VERBS
    opens = opens or (before is not None and "relative" in before.info.roles) or word.info.folded[:1] == "و"
    following = document.words[after]
    there = following.info.folded.startswith("ب") and "ب" in following.info.particle
    return opens and (there or following.info.is_a(WordClass.TITLE) or following.info.folded == "ضيفا")


_COME = ("جا", "اتي")
_SAYS_IN = frozenset(["في", "علي", "بعد", "وفق", "ضمن", "عقب", "ردا", "كرد", "خلافا", "بنا", "نتيجه"])
_CAUSES = frozenset(
    [
        "سبب",
        "اسباب",
        "السبب",
        "سببين",
        "عوامل",
        "عده",
        "حد",
        "عام",
        "القرن",
        "قرون",
        "عهد",
        "زمن",
        "نحو",
        "اكثر",
    ]
)
_ROOTS = ("اصول", "جذور", "تاريخ", "ملكي", "بداي", "اسباب")
_STUDIES = frozenset(
    ["كليه", "الكليه", "جامعه", "الجامعه", "معهد", "المعهد", "الاكاديميه", "اكاديميه", "مدرسه", "جامعات"]
)
_LANDS = frozenset(["دول", "بلدان", "مواني", "معابر", "الدول"])
_STANDING = frozenset(["مواقع", "مناطق", "اماكن", "نقاط", "حركه", "رجال", "شرطه", "حوادث", "اشارات", "اداره"])
_CURFEW = ("حظر", "منع", "لحظر", "بحظر")
_LETTERS = frozenset(["رساله", "رسايل", "برقيه", "برقيات", "تعازي", "تهاني", "تحيات", "خطابا"])
_TIDINGS = frozenset(["نبا", "خبر", "انبا", "اخبار", "امر"])


def _said_or_gone(document: Document, at: int, cue: CueWord) -> bool:  # noqa: PLR0911 - a way out for each verb
    """Tell whether a verb of coming means something else by what follows: جاء في بيان, أتى على الغابة."""
    if document.language != "ar" or cue.form in _NOUNS:
        return False
    sentence = document.words[at].sentence
    after = [one for one in document.words[at + 1 : at + 8] if one.sentence == sentence]
    if not after:
        return False
    following, beyond = after[0].info, after[1].info if len(after) > 1 else None
    if cue.lemma in _COME:
        goes_on = beyond is not None and bool(beyond.cues)  # جاء في زيارة
        return following.folded in _SAYS_IN and not goes_on
    if cue.lemma in ("رجع", "عاد", "ارجع"):
        if following.folded.startswith(_ROOTS):
            return True  # تعود أصولها إلى تركيا
        pairs = pairwise(after)
        return any("to" in one.info.roles and other.info.folded in _CAUSES for one, other in pairs)
    if cue.lemma == "خرج" and "تخرج" in document.words[at].info.folded:
        return any(one.info.folded in _STUDIES for one in after)
    return cue.lemma == "سار" and at > 0 and document.words[at - 1].info.folded in _TIDINGS


def _of_traffic(document: Document, at: int, reading: Reading) -> bool:
    """Tell whether a noun says where things stand, or names the traffic: مواقع انتشار القوات, حركة المرور."""
    lemma, before = reading.cue.lemma, document.words[at - 1].info.folded if at else ""
    if lemma == "تجول":
        return before.removeprefix("و").startswith(_CURFEW)
    if reading.cue.form is not CueForm.NOUN or document.language != "ar":
        return False
    if before in _LANDS and not reading.particle and not reading.pronoun:
        return True  # دول انطلاق المهاجرين
    if lemma == "انتشر":
        return before in _STANDING
    if lemma != "مر":
        return False
    following = document.words[at + 1].info.folded if at + 1 < len(document.words) else ""
    through = following.startswith("ب") or following in ("عبر", "من", "في")
    return before in _STANDING or ("ال" in reading.particle and not through)


def _of_letters(document: Document, at: int) -> bool:
    """Tell whether what is sent is a letter or a greeting."""
    sentence = document.words[at].sentence
    after = [one.info.folded for one in document.words[at + 1 : at + 8] if one.sentence == sentence]
    return any(word.removeprefix("ب").removeprefix("ال") in _LETTERS for word in after)


_LINE = 7  # words round a word of meeting in which the telephone stands


def _by_phone(document: Document, at: int) -> bool:
    """Tell whether those who talk do so from afar: تباحث ترامب هاتفيا مع نظيره."""
    begin, end = document.sentences[document.words[at].sentence]
    near = document.words[max(begin, at - 3) : min(end, at + 1 + _LINE)]
    return any("remote" in word.info.signs for word in near)


_MET = ("meeting", "host", "attend")
_TRANSFERS, _SPORTY = ("انتقل", "رحل"), 3  # of players; words of sport in a text that is about it
_STAGES = frozenset(["وصل", "هبط", "صعد", "بلغ"])
_CUPS = ("كاس", "دوري", "نهايي", "مونديال", "تصفيات")
_CLUB = frozenset(
    ["قدوم", "جا", "خرج", "رحل", "انتقل", "غادر", "عاد", "اعاد"]
)  # what players do between clubs as well


def _of_sport(document: Document, at: int, cue: CueWord) -> bool:
    """Tell whether a meeting is a match, or a move one between clubs: the sentence speaks of sport."""
    rounds = cue.form is CueForm.NOUN and cue.lemma in ("تجول", "ذهب")  # الجولة الأولى, لقاء الذهاب
    begin, end = document.sentences[document.words[at].sentence]
    if cue.lemma in _TRANSFERS and sum("match" in word.info.signs for word in document.words) >= _SPORTY:
        return True
    if cue.lemma in _STAGES:  # الوصول لكأس العالم, هبوطه لدوري أدنى
        end = min(end, at + 3)
        return any(cup in word.info.folded for word in document.words[at + 1 : end] for cup in _CUPS)
    if cue.mover not in _MET and cue.lemma not in _CLUB and not rounds:
        return False
    return any("match" in word.info.signs for word in document.words[begin:end])


def _of_no_body(document: Document, at: int, reading: Reading) -> bool:  # noqa: PLR0911 - a way out for each
    """Tell whether a verb is one of time or of print: يمر يوم, نشرته, تدخل روسيا (the noun)."""
    word = document.words[at]
    following = document.words[at + 1].info if at + 1 < len(document.words) else None
    if reading.cue.mover == "troops" and reading.pronoun:
        return True
    if at and "thing" in document.words[at - 1].info.signs:
        return True  # الأمر يعود إليه, نقطة عبور, مسيرات العودة
    if following is None:
        return False
    if _elsewhere_meant(document, at, reading):
        return True
    entered = document.words[at + 1 : at + 4] if reading.cue.lemma == "دخل" else ()
    share = document.words[at + 2].info.folded if at + 2 < len(document.words) else ""
    counted = following.part and share in ("من", "كبير", "كبيره")  # وصل عدد من المهاجرين
    if any("amount" in one.info.signs for one in entered) and not counted:
        return True  # دخل حفتر مرحلة جديدة
    if ("amount" in following.signs and not counted) or (
        reading.cue.lemma == "قابل" and following.folded.startswith("ب")
    ):
        return True  # وصل عدد القتلى, يقابل باستهداف
    if reading.cue.kind is LegKind.TRANSIT and reading.cue.form not in _NOUNS:
        return following.is_a(WordClass.TIME) and not following.folded.startswith("ال")
    if reading.cue.lemma == "تجول" and reading.cue.form is CueForm.NOUN:
        rounds = document.words[at + 1 : at + 4]
        return any(one.info.folded.removeprefix("ال") in _ROUNDS for one in rounds)
    return word.info.folded in _NOUN_TOO and following.actor is None


_ROUNDS = frozenset(["محادثات", "مفاوضات", "مباحثات", "مشاورات", "انتخابات", "قتال", "حوار", "تصعيد", "عنف"])


_THREATS = frozenset(
    ["تهديداته", "تهديداتها", "تهديداتهم", "لهجته", "لهجتها", "حملته", "حملتها", "هجومه", "ضغوطه", "ضغوطها"]
)
_REQUESTS = frozenset(["طلب", "طلبات", "طالبي", "طالبو", "بطلب", "بطلبات", "حق", "سياسه", "قانون", "اجراءات"])
_STREETS = frozenset(
    ["الشارع", "شوارع", "الشوارع", "شارع", "الساحات", "تظاهرات", "مظاهرات", "مظاهره", "تظاهره"]
)
_POWER = frozenset(["السلطه", "الحكم", "الرياسه", "الابيض", "العرش"])


def _elsewhere_meant(document: Document, at: int, reading: Reading) -> bool:
    """Tell whether a verb means something else by what follows: to the streets, to power, for a fee."""
    sentence = document.words[at].sentence
    after = {one.info.folded for one in document.words[at + 1 : at + 11] if one.sentence == sentence}
    lemma = reading.cue.lemma
    near = {one.info.folded for one in document.words[at + 1 : at + 8] if one.sentence == sentence}
    if lemma == "صعد" and near & _THREATS:
        return True  # صعدت واشنطن تهديداتها
    if lemma == "لجا" and at and document.words[at - 1].info.folded.removeprefix("و") in _REQUESTS:
        return True  # طلبات اللجوء
    if lemma in ("خرج", "نزل", "تدفق") and after & _STREETS:
        return True
    if lemma in _STAGES and _to_amount(document, at):
        return True
    if lemma == "وصل" and (_to_amount(document, at) or (reading.cue.form is CueForm.NOUN and near & _POWER)):
        return True
    return lemma == "انتقل" and "مقابل" in after


_ABSTRACT = (
    *("حد", "نحو", "قرابه", "اكثر", "اقل", "مستوي", "حدود", "ذروه", "طريق", "اتفاق", "حل", "لحظه", "اللحظه"),
    *(
        "نهايه",
        "النهايه",
        "نتيجه",
        "مرحله",
        "نسبه",
        "رقم",
        "سن",
        "درجه",
        "تفاهم",
        "قناعه",
        "السلطه",
        "سده",
        "الحكم",
        "حوالي",
    ),
)


def _to_amount(document: Document, at: int) -> bool:
    """Tell whether what is reached is a number or an end that is no place: يصل إلى 35 عاما, الوصول إلى اتفاق."""
    sentence = document.words[at].sentence
    for place in range(at + 1, min(at + 6, len(document.words) - 1)):
        word, following = document.words[place].info, document.words[place + 1]
        if document.words[place].sentence != sentence:
            return False
        if word.folded == "الي":
            amount = following.info.is_a(WordClass.NUMBER) or following.text[:1].isdigit()
            return following.sentence == sentence and (amount or following.info.folded in _ABSTRACT)
        if word.folded.startswith("لا") and word.folded[1:] in _HIGHEST:
            return True
        if word.folded.startswith("لل") and "ا" + word.folded[1:] in _ABSTRACT:
            return True  # وصلنا للنهاية
    return False


_HIGHEST = ("اعلي", "ادني", "اول")  # ليصل لأعلى مستوياته
_NOUN_TOO = ("تدخل", "وتدخل", "تقدم", "وتقدم")  # he enters, or an intervention; an advance, or progress


def _reports(document: Document, at: int) -> bool:
    """Tell whether a verb of carrying means to report: «عن» follows before any direction."""
    for word in document.words[at + 1 : at + 9]:
        if word.sentence != document.words[at].sentence or "to" in word.info.roles:
            return False
        if "away" in word.info.roles:
            return True
    return False
