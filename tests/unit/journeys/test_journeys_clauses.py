"""What goes with a verb of movement and what does not: circumstances, senders, look-alikes, stops on a way."""

from __future__ import annotations

import pytest


def ends(leg):
    return tuple(end.place.name if end else None for end in (leg.from_place, leg.to_place))


@pytest.mark.parametrize(
    ("text", "actor", "expected"),
    [
        ("وصل خليفة حفتر إلى باريس قادما من القاهرة.", "خليفة حفتر", ("Cairo", "Paris")),
        ("غادر خليفة حفتر القاهرة متوجها إلى باريس.", "خليفة حفتر", ("Cairo", "Paris")),
        ("إلى باريس وصل خليفة حفتر.", "خليفة حفتر", (None, "Paris")),
        ("أرسلت القاهرة إلى باريس وفدا عسكريا.", "وفدا عسكريا", ("Cairo", "Paris")),
        ("يتنقل خليفة حفتر بين القاهرة وباريس.", "خليفة حفتر", ("Cairo", "Paris")),
        ("غادر الوزير الفرنسي الجديد القاهرة.", "الوزير الفرنسي الجديد", ("Cairo", None)),
    ],
)
def test_the_ends_of_one_movement_are_read_together(read_legs, text, actor, expected):
    (leg,) = read_legs(text)
    assert (leg.actor.text, ends(leg)) == (actor, expected)


@pytest.mark.parametrize(
    "text",
    [
        "التقى المنتخب الفرنسي نظيره المصري في مباراة ودية في القاهرة.",
        "وصل عدد القتلى في القاهرة إلى عشرين.",
        "وجه خليفة حفتر رسالة باتجاه باريس.",
        "قال خليفة حفتر إن الأمر يعود إلى باريس.",
        "السفير الفرنسي في القاهرة",
        "أجرى خليفة حفتر محادثات حول الوضع في القاهرة.",
        "تدخل باريس في الأزمة أغضب خليفة حفتر.",
        "كتب خليفة حفتر رسالة. وفر هؤلاء إلى القاهرة.",
        "خليفة حفتر: #أعلى_دخل_باريس في العام.",
        "خرج أنصار خليفة حفتر إلى الشارع في القاهرة.",
        "تستقبل باريس صاروخ خليفة حفتر.",
        "قال خليفة حفتر بعد انتشار صوره في القاهرة.",
        "دخل خليفة حفتر مرحلة جديدة في باريس.",
        "كتبت الصحف في باريس أن خليفة حفتر يدخل التاريخ.",
    ],
)
def test_what_only_looks_like_a_movement_is_no_leg(read_legs, text):
    assert read_legs(text) == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("تحدث إيمانويل ماكرون بشأن انسحاب القوات الفرنسية من باريس.", "hypothetical"),
        ("قال إيمانويل ماكرون قبل عودته إلى باريس إن الأمر انتهى.", "planned"),
        ("اتفق الرجلان ثم استقبل إيمانويل ماكرون خليفة حفتر في باريس.", "happened"),
    ],
)
def test_nouns_that_are_only_talked_about_are_not_so(read_legs, text, status):
    assert [leg.status for leg in read_legs(text)] == [status]


def test_a_guest_may_be_a_pronoun(read_legs):
    legs = read_legs("زار خليفة حفتر القاهرة. ثم استقبله إيمانويل ماكرون في باريس.")
    assert [(leg.actor.name, ends(leg)[1]) for leg in legs] == [
        ("خليفة حفتر", "Cairo"),
        ("خليفة حفتر", "Paris"),
    ]


def test_groups_are_one_across_articles_only_by_their_whole_phrase(read_legs):
    (some,) = read_legs("وصل عشرات المهاجرين إلى القاهرة.")
    (others,) = read_legs("وصل عشرات الصحفيين إلى القاهرة.")
    assert some.actor.key != others.actor.key
    assert some.actor.key.startswith("text:people:")


def test_a_title_goes_on_over_a_direction(read_legs):
    (leg,) = read_legs("انتقل قائد قوات شرق ليبيا خليفة حفتر من باريس إلى القاهرة.")
    assert (leg.actor.text, ends(leg)) == ("خليفة حفتر", ("Paris", "Cairo"))


def test_a_preposition_is_no_governor(read_legs):
    legs = read_legs("وصل خليفة حفتر إلى باريس وإلى القاهرة.")
    assert {leg.actor.name for leg in legs} == {"خليفة حفتر"}


def test_whom_a_plane_carries_is_the_traveller(read_legs):
    (leg,) = read_legs("حطت في القاهرة طائرة فرنسية على متنها إيمانويل ماكرون.")
    assert leg.actor.text == "إيمانويل ماكرون"


def test_who_returns_comes_from_the_last_stop(read_legs):
    stay, back = read_legs("زار خليفة حفتر باريس الاثنين. ثم عاد حفتر إلى القاهرة أمس.")
    assert ends(stay) == (None, "Paris")
    assert ends(back) == ("Paris", "Cairo")
    assert back.from_place.confidence < stay.to_place.confidence


def test_a_visit_that_never_was_starts_no_way(read_legs):
    legs = read_legs("ألغى خليفة حفتر زيارته إلى باريس. وعاد حفتر إلى القاهرة أمس.")
    assert ends(legs[-1]) == (None, "Cairo")


def test_an_embassy_stands_in_its_town(read_legs):
    (leg,) = read_legs("دخل خليفة حفتر إلى سفارة فرنسا في القاهرة.")
    assert ends(leg) == (None, "Cairo")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("سيحضر إيمانويل ماكرون حفل افتتاح المعرض في القاهرة.", "planned"),
        ("لن يتم إرسال قوات فرنسية إلى القاهرة.", "denied"),
        ("أنباء زيارة خليفة حفتر إلى باريس شائعات.", "denied"),
        ("خليفة حفتر خلال زيارته إلى باريس مصدر الصورة الوكالة.", "happened"),
        ("وصل خليفة حفتر إلى باريس بحسب مصدر عسكري.", "alleged"),
    ],
)
def test_what_says_whether_it_is_so(read_legs, text, status):
    (leg,) = read_legs(text)
    assert leg.status == status


def test_a_season_is_dated_by_its_year(read_legs):
    (leg,) = read_legs("زار خليفة حفتر باريس في صيف 2016.")
    assert leg.date == "2016"


def test_a_name_after_an_adjective_may_end_like_a_noun(read_legs):
    (leg,) = read_legs("وصل الوزير الفرنسي برتران لوفيفر إلى القاهرة.")
    assert leg.actor.text == "برتران لوفيفر"
