"""The words that dates are made of, in Arabic, English and French, folded as `fold` folds.

Arabic months stand in the names of all usages: Egyptian and Gulf, Levantine and Iraqi, Tunisian and Algerian,
Moroccan. Months that are everyday words too are marked, and count only beside a day, a year or the word month.
"""

from __future__ import annotations

from dashboard.core.text import fold

__all__ = [
    "COUNT_WORDS",
    "DUALS",
    "FUTURE",
    "HIJRI_MONTHS",
    "MONTHS",
    "ORDINALS",
    "PAST",
    "PRESENT",
    "SEASONS",
    "UNITS",
    "WEAK_MONTHS",
    "WEEKDAYS",
]


def _table(rows: str) -> dict[str, int]:
    """Read lines of a number and words, parted by commas, into a table by folded word."""
    table: dict[str, int] = {}
    for line in rows.strip().splitlines():
        number, words = line.strip().split(" ", 1)
        for word in words.split(","):
            table[fold(word.strip())] = int(number)
    return table


def _words(text: str) -> tuple[str, ...]:
    return tuple(fold(word.strip()) for word in text.split(","))


MONTHS = _table("""
    1 يناير, كانون الثاني, كانون ثاني, جانفي, ينّاير, January, janvier, janv, Jan
    2 فبراير, شباط, فيفري, فبرائر, February, février, févr, fév, Feb
    3 مارس, آذار, March, mars, Mar
    4 أبريل, إبريل, نيسان, أفريل, April, avril, avr, Apr
    5 مايو, أيار, ماي, May, mai
    6 يونيو, يونيه, حزيران, جوان, June, juin, Jun
    7 يوليو, يوليه, تموز, جويلية, يوليوز, July, juillet, juil, Jul
    8 أغسطس, آب, أوت, غشت, August, août, Aug
    9 سبتمبر, أيلول, شتنبر, September, septembre, Sept, Sep
    10 أكتوبر, تشرين الأول, تشرين أول, October, octobre, Oct
    11 نوفمبر, تشرين الثاني, تشرين ثاني, نونبر, November, novembre, Nov
    12 ديسمبر, كانون الأول, كانون أول, دجنبر, دسمبر, December, décembre, déc, Dec
""")
WEAK_MONTHS = frozenset(
    _words(
        "مارس, آب, ماي, جوان, أوت, March, mars, Mar, May, mai, Jan, janv, Feb, févr, fév, Apr, avr, Jun, Jul, juil,"
        "Aug, Sept, Sep, Oct, Nov, Dec, déc, August"
    )
)
HIJRI_MONTHS = _table("""
    1 محرم, المحرم, Muharram
    2 صفر, Safar
    3 ربيع الأول, ربيع أول, Rabi al-Awwal
    4 ربيع الثاني, ربيع الآخر, ربيع ثاني, Rabi al-Thani
    5 جمادى الأولى, جمادى الأول, جمادى أول, Jumada al-Awwal, Jumada al-Ula
    6 جمادى الآخرة, جمادى الثانية, جمادى الآخر, جمادى الثاني, Jumada al-Thani, Jumada al-Akhira
    7 رجب, Rajab
    8 شعبان, Shaaban, Shaban
    9 رمضان, Ramadan
    10 شوال, Shawwal
    11 ذو القعدة, ذي القعدة, Dhu al-Qadah
    12 ذو الحجة, ذي الحجة, Dhu al-Hijjah
""")
WEEKDAYS = _table("""
    0 الاثنين, الإثنين, Monday, lundi
    1 الثلاثاء, الثلثاء, Tuesday, mardi
    2 الأربعاء, الاربعا, Wednesday, mercredi
    3 الخميس, Thursday, jeudi
    4 الجمعة, Friday, vendredi
    5 السبت, Saturday, samedi
    6 الأحد, Sunday, dimanche
""")
SEASONS = _table("""
    21 ربيع, spring, printemps
    22 صيف, summer, été
    23 خريف, autumn, automne
    24 شتاء, winter, hiver
""")
PAST = _words(
    "الماضي, الماضية, الماضيين, المنصرم, المنصرمة, الفائت, الفائتة, المنقضي, الأخير, الأخيرة,"
    "last, past, dernier, dernière, derniers, dernières, passé, passée"
)
FUTURE = _words(
    "المقبل, المقبلة, المقبلين, القادم, القادمة, القادمين, next, coming, prochain, prochaine, prochains, prochaines"
)
PRESENT = _words("الجاري, الجارية, الحالي, الحالية, هذا, هذه, this, ce, cet, cette")
COUNT_WORDS = _table("""
    1 واحد, واحدة, one, un, une, a, an
    2 اثنين, اثنان, two, deux
    3 ثلاثة, ثلاث, three, trois
    4 أربعة, أربع, four, quatre
    5 خمسة, خمس, five, cinq
    6 ستة, ست, six
    7 سبعة, سبع, seven, sept
    8 ثمانية, ثماني, ثمان, eight, huit
    9 تسعة, تسع, nine, neuf
    10 عشرة, عشر, ten, dix
    12 twelve, douze
    15 quinze, خمسة عشر
    20 عشرين, twenty, vingt
""")
DUALS = {
    **dict.fromkeys(_words("يومين, يومان"), "day"),
    **dict.fromkeys(_words("أسبوعين, أسبوعان"), "week"),
    **dict.fromkeys(_words("شهرين, شهران"), "month"),
    **dict.fromkeys(_words("عامين, عامان, سنتين, سنتان"), "year"),
    **dict.fromkeys(_words("ساعتين, ساعتان"), "hour"),
}
UNITS = {
    **dict.fromkeys(_words("ساعة, ساعات, hour, hours, heure, heures"), "hour"),
    **dict.fromkeys(_words("يوم, أيام, يوما, day, days, jour, jours"), "day"),
    **dict.fromkeys(_words("أسبوع, أسابيع, أسبوعا, week, weeks, semaine, semaines"), "week"),
    **dict.fromkeys(_words("شهر, أشهر, شهور, شهرا, month, months, mois"), "month"),
    **dict.fromkeys(
        _words("عام, أعوام, عاما, سنة, سنوات, سنين, year, years, an, ans, année, années"), "year"
    ),
}
ORDINALS = _table("""
    1 الأول
    2 الثاني
    3 الثالث
    4 الرابع
    5 الخامس
    6 السادس
    7 السابع
    8 الثامن
    9 التاسع
    10 العاشر
    11 الحادي عشر
    12 الثاني عشر
    13 الثالث عشر
    14 الرابع عشر
    15 الخامس عشر
    16 السادس عشر
    17 السابع عشر
    18 الثامن عشر
    19 التاسع عشر
    20 العشرين
    21 الحادي والعشرين
    22 الثاني والعشرين
    23 الثالث والعشرين
    24 الرابع والعشرين
    25 الخامس والعشرين
    26 السادس والعشرين
    27 السابع والعشرين
    28 الثامن والعشرين
    29 التاسع والعشرين
    30 الثلاثين
    31 الحادي والثلاثين
""")
