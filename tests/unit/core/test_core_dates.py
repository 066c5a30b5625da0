"""Dates in text: all usages of the months, relative words, Hijri, and what may not be guessed."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.core.dates import find_dates, parse_date
from dashboard.core.edtf import Precision

WEDNESDAY = date(2018, 4, 18)


def read(text, published=WEDNESDAY, **options):
    readings = find_dates(text, published, **options)
    assert len(readings) == 1, readings
    return readings[0]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("31/12/2024", "2024-12-31"),
        ("31-12-2024", "2024-12-31"),
        ("31.12.2024", "2024-12-31"),
        ("2024/12/31", "2024-12-31"),
        ("٢٠٢٤-١٢-٣١", "2024-12-31"),
        ("٣١/١٢/٢٠٢٤", "2024-12-31"),
        ("04/04/2025", "2025-04-04"),
        ("31 ديسمبر 2024", "2024-12-31"),
        ("٣١ ديسمبر ٢٠٢٤", "2024-12-31"),
        ("12 آذار 2025", "2025-03-12"),
        ("12 آذار/مارس 2025", "2025-03-12"),
        ("16 كانون الثاني/يناير 2025", "2025-01-16"),
        ("3 تشرين الأول 2023", "2023-10-03"),
        ("12 جويلية 2019", "2019-07-12"),
        ("5 فيفري 2019", "2019-02-05"),
        ("9 أوت 2019", "2019-08-09"),
        ("غشت 2020", "2020-08"),
        ("دجنبر 2020", "2020-12"),
        ("الثامن من أبريل 2018", "2018-04-08"),
        ("الخامس والعشرين من يناير 2011", "2011-01-25"),
        ("مطلع أبريل 2018", "2018-04~"),
        ("March 3, 2025", "2025-03-03"),
        ("3rd of March 2025", "2025-03-03"),
        ("1er février 2025", "2025-02-01"),
        ("mars 2024", "2024-03"),
        ("3-5 مارس 2025", "2025-03-03/2025-03-05"),
        ("من 3 مارس إلى 5 أبريل 2025", None),
        ("صيف 2017", "2017-22"),
        ("عام 2011", "2011"),
        ("12 رمضان 1446", "2025-03-12~"),
        ("1446/9/12", "2025-03-12~"),
        ("12 رمضان 1446هـ الموافق 12 مارس 2025", "2025-03-12"),
    ],
)
def test_absolute_dates_need_no_publication(text, edtf):
    if edtf is None:
        first, last = find_dates(text)
        assert (first.edtf, last.edtf) == (None, "2025-04-05")
    else:
        assert read(text, None).edtf == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("اليوم", "2018-04-18"),
        ("مساء اليوم الأربعاء", "2018-04-18"),
        ("أمس", "2018-04-17"),
        ("يوم أمس الثلاثاء", "2018-04-17"),
        ("أول من أمس", "2018-04-16"),
        ("غدا", "2018-04-19"),
        ("السبت", "2018-04-14"),
        ("صباح الاثنين", "2018-04-16"),
        ("الأربعاء الماضي", "2018-04-11"),
        ("الأربعاء المقبل", "2018-04-25"),
        ("ليل السبت الأحد", "2018-04-14/2018-04-15"),
        ("الأسبوع الماضي", "2018-04-09/2018-04-15"),
        ("هذا الأسبوع", "2018-04-16/2018-04-22"),
        ("مطلع الأسبوع", "2018-04-14/2018-04-16"),
        ("الشهر الماضي", "2018-03"),
        ("قبل شهر", "2018-03"),
        ("هذا العام", "2018"),
        ("العام المقبل", "2019"),
        ("في 8 أبريل الماضي", "2018-04-08"),
        ("يناير الماضي", "2018-01"),
        ("16 أيار/مايو", "2018-05-16"),
        ("قبل يومين", "2018-04-16"),
        ("قبل ثلاثة أيام", "2018-04-15"),
        ("خلال 48 ساعة", "2018-04-18/2018-04-20"),
        ("منذ السبت", "2018-04-14/.."),
        ("منذ ثلاثة أشهر", "2018-01/.."),
        ("yesterday", "2018-04-17"),
        ("last Wednesday", "2018-04-11"),
        ("next month", "2018-05"),
        ("two days ago", "2018-04-16"),
        ("within 10 days", "2018-04-18/2018-04-28"),
        ("mercredi prochain", "2018-04-25"),
        ("il y a deux jours", "2018-04-16"),
        ("la semaine dernière", "2018-04-09/2018-04-15"),
    ],
)
def test_relative_words_count_from_the_publication(text, edtf):
    assert read(text).edtf == edtf
    assert read(text).relative
    assert read(text, None).edtf is None


def test_a_weekday_looks_ahead_in_a_statement_about_the_future():
    assert read("السبت").ahead == "2018-04-21"
    assert read("الأربعاء").ahead == "2018-04-18"


@pytest.mark.parametrize("text", ["قبل أيام", "مؤخرا", "في وقت سابق", "خلال الأيام المقبلة", "recently"])
def test_vague_words_are_found_and_fix_no_date(text):
    assert read(text).edtf is None
    assert read(text).precision is Precision.NONE


def test_day_and_month_that_may_change_places_are_not_guessed():
    reading = read("03/04/2025")
    assert reading.edtf is None
    assert reading.ambiguous
    assert reading.alternatives == ("2025-04-03", "2025-03-04")
    assert read("03/04/2025", order="dmy").edtf == "2025-04-03"
    assert read("03/04/2025", order="mdy").edtf == "2025-03-04"


@pytest.mark.parametrize(
    "text",
    [
        "ذلك اليوم",
        "اليوم التالي",
        "you may go",
        "مارس ضغوطا",
        "الإصدار 1.2.10",
        "31/02/2024",
        "في 2018 شخصا",
        "البند 5",
    ],
)
def test_what_is_no_date(text):
    assert find_dates(text, WEDNESDAY) == []


def test_a_span_slices_the_text_as_given():
    text = "وصل يوم الثلاثاء إلى دمشق، وغادرها في ١٢ آذار/مارس ٢٠٢٥."
    assert [text[one.start : one.end] for one in find_dates(text, WEDNESDAY)] == [
        "يوم الثلاثاء",
        "١٢ آذار/مارس ٢٠٢٥",
    ]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Fri, 01 Jun 2018 03:05:23 GMT", "2018-06-01"),
        ("2018-06-01T03:05:23+04:00", "2018-06-01"),
        ("Sun, 18 Mar 2018 00:44:30 +0400", "2018-03-18"),
        ("تاريخ النشر: 12 مارس 2025 - 14:30", "2025-03-12"),
        ("الأربعاء 25 ديسمبر 2024", "2024-12-25"),
        ("le 1er février 2025", "2025-02-01"),
    ],
)
def test_a_field_may_hold_time_zone_and_label(text, edtf):
    reading = parse_date(text)
    assert reading is not None
    assert reading.edtf == edtf


@pytest.mark.parametrize(
    "text", ["", "قريبا من دمشق", "وصل في 12 مارس 2025 إلى دمشق", "3 مارس 2025 و5 أبريل 2025"]
)
def test_a_field_that_is_no_single_date_is_none(text):
    assert parse_date(text) is None
