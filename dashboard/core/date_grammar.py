"""The shapes that dates take in text, as patterns over folded text."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dashboard.core import date_words as words

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Shape", "shapes_in"]

_PARTICLE = r"(?<!\w)(?:[وف]?[بل]?)"  # an Arabic particle glued before; no part of the date
_NO_WORD = r"(?!\w)"
_GAP = r"[\s\u00a0]+"
_WORD = re.compile(r"\w+")
_DIGIT = re.compile("[0-9]")
_DIGITS, _NONE = frozenset({"digit"}), frozenset[str]()
_LONG = 4  # letters of an entry that is looked for anywhere in a word
_BEFORE = ("last", "past", "next", "coming", "this", "هذا", "هذه", "ce", "cet", "cette")


def _any_of(entries: Iterable[str]) -> str:
    """Write an alternation, longer entries first, any white space between their words."""
    ordered = sorted(set(entries), key=lambda entry: (-len(entry), entry))
    return "(?:" + "|".join(_GAP.join(map(re.escape, entry.split())) for entry in ordered) + ")"


class Shape(NamedTuple):
    """One shape of a date; `needs` names the group of words of which one stands in every date of this shape."""

    name: str
    needs: str
    pattern: re.Pattern[str]


def shapes_in(folded: str) -> tuple[tuple[int, Shape], ...]:
    """Return the shapes that a folded text may hold, with their ranks.

    Where two match at one place, the longer, then that of the lower rank, counts. Most sentences hold hardly a word
    of a date, and each shape that need not be tried saves some ten microseconds.
    """
    return _needing(frozenset().union(*map(_groups_of, _WORD.findall(folded))))


@lru_cache(maxsize=1 << 10)
def _needing(held: frozenset[str]) -> tuple[tuple[int, Shape], ...]:
    return tuple((rank, shape) for rank, shape in enumerate(_shapes()) if shape.needs in held)


@lru_cache(maxsize=1 << 15)
def _groups_of(word: str) -> frozenset[str]:
    """Return the groups of which a word, or a stretch of letters and digits, holds an entry."""
    groups, any_of_all = _groups()
    if any_of_all.search(word):
        found = {group for group, pattern in groups.items() if pattern.search(word)}
        return frozenset(found | _DIGITS) if _DIGIT.search(word) else frozenset(found)
    return _DIGITS if _DIGIT.search(word) else _NONE  # one set for all such words, which are nearly all


@cache
def _groups() -> tuple[dict[str, re.Pattern[str]], re.Pattern[str]]:
    """Return for each group of words that shapes need a pattern that finds an entry in a word, and one for all.

    Short entries stand in many words, so they count only where the shapes have them: behind particles.
    """
    held = {group: _held(group, entries) for group, entries in _needs().items()}
    return {group: re.compile(some) for group, some in held.items()}, re.compile("|".join(held.values()))


def _held(group: str, entries: Iterable[str]) -> str:
    firsts = {entry.split()[0] for entry in entries}
    short = {entry for entry in firsts if len(entry) < _LONG}
    is_month = group in ("month", "hijri")
    before, after = (r"(?:شهري?)?", r"(?![^\W\d_])") if is_month else ("(?:ال)?", "")
    anchored = rf"^[وف]?[بل]?{before}{_any_of(short)}{after}" if short else ""
    return "|".join(filter(None, [anchored, _any_of(firsts - short) if firsts - short else ""]))


def _needs() -> dict[str, Iterable[str]]:
    """Return the groups of words that the shapes need; of entries of several words the first is looked for."""
    return {
        "hijri": words.HIJRI_MONTHS,
        "month": words.MONTHS,
        "season": words.SEASONS,
        "year": ("19", "20"),
        "night": ("ليل", "night", "nuit"),
        "weekday": [day.removeprefix("ا") for day in words.WEEKDAYS],  # للاثنين drops the alif
        "before": _BEFORE,
        "side": words.PAST + words.FUTURE + words.PRESENT,
        "today": ("اليوم", "الليله", "هذا", "today", "tonight", "this", "hui", "ce"),
        "yesterday": ("امس", "البارحه", "yesterday", "last", "hier"),
        "tomorrow": ("غد", "tomorrow", "demain"),
        "week": ("اسبوع", "week"),
        "dernier": ("dernier", "prochain"),
        "within": ("خلال", "غضون", "ظرف", "within", "during", "over", "in", "ici", "dans", "au"),
        "ago": ("منذ", "قبل"),
        "ago_en": ("ago", "earlier"),
        "ago_fr": ("il",),
        "vague": (
            *(
                "قريبا",
                "موخرا",
                "حديثا",
                "السابق",
                "سابقا",
                "لاحقا",
                "وقت",
                "recently",
                "soon",
                "earlier",
                "later",
            ),
            *("previously", "recemment", "bientot", "prochainement"),
        ),
    }


@cache  # compiling takes 20 ms, which most commands need not pay
def _shapes() -> tuple[Shape, ...]:
    """Return all shapes in the order of their ranks."""
    month = f"{_any_of(words.MONTHS)}\\.?"
    strong = f"{_any_of(set(words.MONTHS) - words.WEAK_MONTHS)}"
    hijri = _any_of(words.HIJRI_MONTHS)
    weekday = _any_of(words.WEEKDAYS)
    # كانون الثاني/يناير: the month twice, by two usages; the second one is read.
    twice = rf"(?:{month}\s*[/\-–(]\s*)?"
    day = rf"(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th|er)?|(?P<ordinal>{_any_of(words.ORDINALS)}))"
    first = r"(?:(?P<first>[0-3]?\d)(?:st|nd|rd|th|er)?\s*(?:[-–—]|و|and|et|to|au|الي|حتي)\s*)?"
    of = rf"(?:{_GAP}|\s*-\s*)(?:(?:من|of|شهر|من{_GAP}شهر){_GAP})?"
    year = rf"(?:\)?\s*[,،]?\s*(?:(?:من|عام|العام|سنه|لعام|of|de){_GAP})*(?P<year>1[3-9]\d\d|20\d\d)(?!\d))"
    hijri_mark = r"(?:\s*(?:ه(?!\w)|هجري\w*|ah(?!\w)))?"
    after = rf"(?:{_GAP}{_any_of(words.PAST + words.FUTURE + words.PRESENT)})"
    before = rf"(?:{'|'.join(_BEFORE)}){_GAP}"
    # Weights of vagueness: the beginning, middle or end of a month leaves the month, approximately.
    part = (
        rf"(?:(?P<part>مطلع|مستهل|اوايل|بدايه|منتصف|اواسط|اواخر|نهايه|ختام|early|mid|late|debut|fin|mi)"
        rf"(?:{_GAP}|-)(?:(?:de|of|in){_GAP})?)?"
    )
    month_word = rf"(?P<monthword>(?:شهر|شهري|month{_GAP}of|mois{_GAP}de|mois{_GAP}d['’]){_GAP}?)"
    count = rf"(?P<count>\d+|{_any_of(words.COUNT_WORDS)}|few|several|بضعه|بضع|عده|quelques|some)"
    duration = (
        rf"(?:(?P<dual>{_any_of(words.DUALS)})|"
        rf"(?:(?:ال\s?ـ?)?{count}{_GAP}(?:ال)?)?(?P<unit>(?:ال)?{_any_of(words.UNITS)}))"
    )
    unit = r"(?P<span>الاسبوع|اسبوع|الشهر|شهر|العام|عام|السنه|سنه|week|month|year|semaine|mois|annee|an)"
    table = [
        (
            "iso",
            "digit",
            r"(?<![\d/.\-])(?P<y>[12]\d{3})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)" + hijri_mark,
        ),
        (
            "numeric",
            "digit",
            r"(?<![\d/.\-])(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)"
            r"(?P<y>[12]\d{3}|\d\d(?!\d))(?![\d/])" + hijri_mark,
        ),
        ("hijri", "hijri", rf"{_PARTICLE}(?P<text>{day}{of}(?P<month>{hijri}){year}?{hijri_mark}){_NO_WORD}"),
        ("hijri", "hijri", rf"{_PARTICLE}(?P<text>(?P<month>{hijri}){year}{hijri_mark}){_NO_WORD}"),
        (
            "day",
            "month",
            rf"{_PARTICLE}(?P<text>{first}{day}{of}{twice}(?P<month>{month})(?:{year}|{after})?){_NO_WORD}",
        ),
        (
            "day",
            "month",
            (
                rf"(?<!\w)(?P<text>(?P<month>{month}){_GAP}{first}(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
                rf"(?![\d:]){year}?)(?![\w])"
            ),
        ),
        (
            "month",
            "month",
            rf"{_PARTICLE}(?P<text>{part}{month_word}{twice}(?P<month>{month})(?:{year}|{after})?){_NO_WORD}",
        ),
        (
            "month",
            "month",
            rf"{_PARTICLE}(?P<text>{part}{twice}(?P<month>{month})(?:{year}|{after})){_NO_WORD}",
        ),
        ("month", "month", rf"{_PARTICLE}(?P<text>{part}{twice}(?P<month>{strong})){_NO_WORD}"),
        ("month", "month", rf"(?<!\w)(?P<text>{before}(?P<month>{month})){_NO_WORD}"),
        (
            "month",
            "month",
            rf"(?<!\w)(?:in|en|since|by|until|depuis){_GAP}(?P<text>(?P<month>march|may|august|mars|mai|aout))"
            + _NO_WORD,
        ),
        (
            "season",
            "season",
            rf"{_PARTICLE}(?:ال)?(?P<text>(?P<season>{_any_of(words.SEASONS)}){year}){_NO_WORD}",
        ),
        (
            "year",
            "year",
            (
                rf"{_PARTICLE}(?P<text>{part}(?:عام|العام|سنه|السنه|year|annee)(?:{_GAP})(?P<year>(?:19|20)\d\d))"
                r"(?![\w.,]\d|\w)"
            ),
        ),
        (
            "year",
            "year",
            (
                rf"(?<!\w)(?:في|منذ|in|since|en|depuis|until|حتي){_GAP}(?P<text>(?P<year>(?:19|20)\d\d))"
                r"(?![\d.,:/\-]\d|\w)(?!\s+[^\W\d]+(?<=[اين]))"
            ),
        ),
        (
            "night",
            "night",
            (
                rf"{_PARTICLE}(?P<text>(?:ليل|ليله|night{_GAP}of|nuit{_GAP}de|nuit{_GAP}du){_GAP}(?P<one>{weekday})"
                rf"\s*(?:[-–/]|الي|to|au|a|on|و)?\s*(?P<two>{weekday})){_NO_WORD}"
            ),
        ),
        ("weekday", "weekday", rf"(?<!\w)(?P<text>{before}(?P<weekday>{weekday})){_NO_WORD}"),
        (
            "weekday",
            "weekday",
            (
                rf"{_PARTICLE}(?P<text>(?:(?:يوم|نهار|صباح|مسا|ليله|ليل|ظهر|عصر|فجر){_GAP})*"
                rf"(?P<weekday>{weekday}|ل(?:لاثنين|لثلاثا|لاربعا|لخميس|لجمعه|لسبت|لاحد)){after}?){_NO_WORD}"
            ),
        ),
        (
            "today",
            "today",
            rf"{_PARTICLE}(?P<text>(?:(?:مسا|صباح|ظهر|فجر|عصر){_GAP})?(?:هذا{_GAP})?(?:اليوم|الليله|هذا المسا)"
            rf"|today|tonight|this{_GAP}(?:morning|afternoon|evening)|aujourd['’]hui|ce{_GAP}(?:soir|matin))"
            + _NO_WORD,
        ),
        (
            "yesterday2",
            "yesterday",
            (
                rf"{_PARTICLE}(?P<text>(?:اول{_GAP})(?:من{_GAP})?امس|the{_GAP}day{_GAP}before{_GAP}yesterday"
                rf"|avant-hier){_NO_WORD}"
            ),
        ),
        (
            "yesterday",
            "yesterday",
            (
                rf"{_PARTICLE}(?P<text>(?:(?:مسا|صباح|يوم|ليل|ليله|فجر){_GAP})?(?:امس|الامس|البارحه)|yesterday"
                rf"|last{_GAP}night|hier(?:{_GAP}soir)?){_NO_WORD}"
            ),
        ),
        (
            "tomorrow2",
            "tomorrow",
            rf"{_PARTICLE}(?P<text>بعد{_GAP}غدا?|the{_GAP}day{_GAP}after{_GAP}tomorrow|apres-demain)"
            + _NO_WORD,
        ),
        (
            "tomorrow",
            "tomorrow",
            rf"{_PARTICLE}(?P<text>(?:(?:مسا|صباح|يوم){_GAP})?(?:غدا?|الغد)|tomorrow|demain){_NO_WORD}",
        ),
        (
            "weekstart",
            "week",
            (
                rf"{_PARTICLE}(?P<text>(?:مطلع|بدايه){_GAP}(?:هذا{_GAP})?الاسبوع{after}?"
                rf"|(?:earlier|early){_GAP}(?:this|in{_GAP}the){_GAP}week){_NO_WORD}"
            ),
        ),
        (
            "weekend",
            "week",
            (
                rf"{_PARTICLE}(?P<text>(?:عطله{_GAP})?نهايه{_GAP}(?:هذا{_GAP})?الاسبوع{after}?"
                rf"|(?:(?:last)|(?:next)|(?:this|the)){_GAP}weekend"
                rf"|(?:le|ce){_GAP}week-end{after}?){_NO_WORD}"
            ),
        ),
        ("span", "side", rf"{_PARTICLE}(?P<text>{part}(?:هذا{_GAP}|هذه{_GAP})?{unit}{after}){_NO_WORD}"),
        ("span", "before", rf"{_PARTICLE}(?P<text>{part}{before}{unit}){_NO_WORD}"),
        ("span", "dernier", rf"(?<!\w)(?P<text>(?:l['’])?{unit}{_GAP}(?:derniere?|prochaine?)){_NO_WORD}"),
        (
            "within",
            "within",
            (
                rf"{_PARTICLE}(?P<text>(?:خلال|في{_GAP}غضون|غضون|ظرف|within|during|over|in|d['’]ici|dans|au{_GAP}cours)"
                rf"{_GAP}(?:(?:the|les|des|a){_GAP})?(?:(?:last|past)|(?:next|coming|prochaine?s)|"
                rf"dernier\w*)?\s*{duration}{after}?){_NO_WORD}"
            ),
        ),
        (
            "ago",
            "ago",
            (
                rf"{_PARTICLE}(?P<text>(?P<since>منذ|قبل){_GAP}(?:نحو{_GAP}|حوالي{_GAP}|اكثر{_GAP}من{_GAP})?"
                rf"{duration}(?:{_GAP}(?:تقريبا|قليله))?){_NO_WORD}(?!{_GAP}من)"
            ),
        ),
        ("ago", "ago_en", rf"(?<!\w)(?P<text>(?:about{_GAP})?{duration}{_GAP}(?:ago|earlier)){_NO_WORD}"),
        ("ago", "ago_fr", rf"(?<!\w)(?P<text>il{_GAP}y{_GAP}a{_GAP}(?:environ{_GAP})?{duration}){_NO_WORD}"),
        (
            "vague",
            "vague",
            rf"{_PARTICLE}(?P<text>قريبا|موخرا|حديثا|في{_GAP}السابق|سابقا|لاحقا|في{_GAP}وقت{_GAP}(?:سابق|لاحق|قريب)"
            rf"|في{_GAP}اسرع{_GAP}وقت|recently|soon|earlier|later|previously|recemment|bientot|prochainement)"
            + _NO_WORD,
        ),
    ]
    return tuple(Shape(name, needs, re.compile(pattern)) for name, needs, pattern in table)
