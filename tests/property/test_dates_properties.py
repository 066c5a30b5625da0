"""Whatever stands in a text, dates are where they say, don't overlap, and are EDTF."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dashboard.core import date_grammar
from dashboard.core.dates import find_dates, parse_date
from dashboard.core.edtf import bounds, is_edtf
from dashboard.core.text import fold

PIECES = st.sampled_from(
    [
        "أمس",
        "الأربعاء",
        "المقبل",
        "من",
        "إلى",
        "12",
        "31",
        "٣",
        "/",
        "-",
        ".",
        "مارس",
        "آذار",
        "كانون",
        "الثاني",
        "رمضان",
        "1446",
        "2018",
        "منذ",
        "قبل",
        "ثلاثة",
        "أيام",
        "ليل",
        "last",
        "week",
        "in",
        "May",
        "March",
        "3rd",
        ",",
        "hier",
        "le",
        "mois",
        "dernier",
        "03/04/2025",
        "و",
        "في",
        "عام",
        "مطلع",
        "الأسبوع",
        "خلال",
        "48",
        "ساعة",
    ]
)


@given(st.lists(PIECES, max_size=12).map(" ".join) | st.text(max_size=60))
def test_readings_are_in_order_and_sound(text):
    readings = find_dates(text, date(2018, 4, 18))
    assert all(one.end <= other.start for one, other in pairwise(readings))
    for one in readings:
        assert text[one.start : one.end] == one.text
        assert all(is_edtf(edtf) for edtf in (one.edtf, one.ahead, *one.alternatives) if edtf)


@given(st.dates(date(1975, 1, 1), date(2068, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y"]))
def test_a_written_day_is_read_back(day, shape):
    reading = parse_date(day.strftime(shape))
    assert reading is not None
    assert reading.edtf == day.isoformat()


@given(st.dates(date(1975, 1, 1), date(2060, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_within_a_week(published, weekday):
    name = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"][weekday]
    (reading,) = find_dates(name, published)
    past, ahead = bounds(reading.edtf)[0], bounds(reading.ahead)[0]
    assert past.weekday() == ahead.weekday() == weekday
    assert timedelta(0) <= published - past < timedelta(7)
    assert timedelta(0) <= ahead - published < timedelta(7)


MORE_PIECES = PIECES | st.sampled_from(
    [
        *(
            "وفي",
            "بمارس",
            "شهر",
            "آب",
            "شهرآب",
            "كتاب",
            "غدا",
            "بغداد",
            "خامس",
            "والأمس",
            "قبل أمس",
            "ذو القعدة",
            "الذي",
        ),
        *(
            "للاثنين",
            "ليلة",
            "spring 2024",
            "été",
            "aujourd'hui",
            "ce soir",
            "avant-hier",
            "d'ici",
            "tonight",
            "weekend",
        ),
        *(
            "il y a",
            "two days",
            "ago",
            "le week-end",
            "next",
            "prochaine",
            "2024",
            "1445 هـ",
            "7",
            "_",
            "خريف",
            "soon",
        ),
    ]
)


@given(st.tuples(st.lists(MORE_PIECES, max_size=9), st.sampled_from([" ", "", "/", " / ", "_"])))
def test_no_shape_is_passed_over_that_a_text_holds(pieces):
    folded = fold(pieces[1].join(pieces[0]))
    tried = [shape for _, shape in date_grammar.shapes_in(folded)]
    assert not [one for one in date_grammar._shapes() if one not in tried and one.pattern.search(folded)]
