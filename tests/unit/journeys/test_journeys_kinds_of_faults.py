"""Kinds of faults that readers of real news found, each with a sentence of our own."""

from __future__ import annotations

from datetime import date

import pytest


def told(legs):
    return [
        (
            leg.actor.name,
            leg.from_place.place.name if leg.from_place else None,
            leg.to_place.place.name if leg.to_place else None,
        )
        for leg in legs
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("دعا إيمانويل ماكرون القائد الليبي خليفة حفتر إلى زيارة باريس.", "hypothetical"),
        ("رفضت مصر السماح لخليفة حفتر بالسفر إلى باريس.", "cancelled"),
        ("سعت السلطات من أجل عودة خليفة حفتر إلى القاهرة.", "hypothetical"),
        ("أمرت السلطات بوقف تسليم المهاجرين إلى القاهرة.", "cancelled"),
        ("نفى الوزير أنباء اعتزام دخول قوات فرنسية إلى القاهرة.", "denied"),
        ("ووفقا للاتفاق، غادر خليفة حفتر القاهرة إلى باريس.", "happened"),
        ("يزور خليفة حفتر باريس حاليا، بحسب بيان صدر يوم الجمعة.", "under way"),
        ("زار خليفة حفتر القاهرة قبل أن يغادر إلى باريس يوم الثلاثاء.", "happened"),
        ("أعلن إيمانويل ماكرون الخبر خلال اجتماع مقرر مع خليفة حفتر في القاهرة.", "planned"),
    ],
)
def test_what_turns_a_status(read_legs, text, status):
    assert status in {leg.status for leg in read_legs(text)}


@pytest.mark.parametrize(
    "text",
    [
        "تباحث إيمانويل ماكرون هاتفيا مع خليفة حفتر بشأن الوضع في القاهرة.",  # by telephone
        "صعد خليفة حفتر تهديداته تجاه القاهرة.",  # he escalates
        "تقدم خليفة حفتر بطلبات اللجوء في باريس.",  # asks for asylum
        "حصل خليفة حفتر على تأشيرة دخول باريس.",  # a visa to enter
    ],
)
def test_look_alikes_are_no_movement(read_legs, text):
    assert read_legs(text) == ()


def test_a_number_of_migrants_is_no_number(read_legs):
    legs = read_legs("وصل عدد من المهاجرين إلى القاهرة.")
    assert told(legs) == [("عدد من المهاجرين", None, "Cairo")]


def test_a_share_may_have_an_ordinal(read_legs):
    (leg,) = read_legs("وصلت الدفعة الأولى من المهاجرين إلى القاهرة.")
    assert leg.actor.text == "الدفعة الأولى من المهاجرين"


def test_a_number_out_of_a_crowd_is_part_of_its_phrase(read_legs):
    (leg,) = read_legs("فر ثلاثة من المهاجرين إلى القاهرة.")
    assert leg.actor.text == "ثلاثة من المهاجرين"


def test_the_capital_of_a_country_that_is_named_like_its_adjective(read_legs):
    legs = read_legs("وصل خليفة حفتر إلى عاصمة مصر.")
    assert told(legs) == [("خليفة حفتر", None, "Cairo")]


def test_a_passive_has_whoever_moves_as_its_subject(read_legs):
    assert told(read_legs("قالت الشرطة إن المهاجرين أعيدوا إلى القاهرة."))[0][2] == "Cairo"


def test_whom_a_pronoun_means_is_carried_not_the_carrier(read_legs):
    legs = read_legs("وصل خليفة حفتر إلى القاهرة. ونقلته طائرة خاصة إلى باريس.")
    assert [(leg.actor.name, leg.to_place.place.name) for leg in legs] == [
        ("خليفة حفتر", "Cairo"),
        ("خليفة حفتر", "Paris"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "قالت الصحيفة إن ممثلا عن خليفة حفتر توجه إلى القاهرة.",  # somebody on his behalf
        "نشر إيمانويل ماكرون صورا منذ اجتياح القاهرة.",  # by whomever
    ],
)
def test_who_is_only_spoken_of_does_not_move(read_legs, text):
    assert {leg.actor.name for leg in read_legs(text)} & {"خليفة حفتر", "إيمانويل ماكرون"} == set()


def test_the_head_of_a_body_is_no_head_of_state(read_legs):
    legs = read_legs("اختفى رئيس الإنتربول بعد زيارته إلى القاهرة. وانتقد الرئيس دونالد ترامب ذلك.")
    assert [leg.actor.name for leg in legs] == ["رئيس الإنتربول"]


def test_an_office_of_the_past_names_its_holder_not_todays(read_legs):
    (leg,) = read_legs("وصل الرئيس الفرنسي السابق فرانسوا هولاند إلى القاهرة.", published=date(2019, 4, 18))
    assert leg.actor.name == "فرانسوا هولاند"


def test_names_end_before_everyday_words_and_hold_what_belongs_to_them(read_legs):
    names = [
        read_legs(text)[0].actor.name
        for text in (
            "وصل رئيس الوزراء رامي الحمد الله إلى القاهرة.",
            "وصل الكاتب خالد محي الدين إلى القاهرة.",
        )
    ]
    assert names == ["رامي الحمد الله", "خالد محي الدين"]


def test_what_was_passed_is_where_somebody_has_been(read_legs):
    assert told(read_legs("اجتاز المهاجرون القاهرة."))[0][2] == "Cairo"


def test_a_title_of_somebody_is_not_that_somebody(read_legs):
    (leg,) = read_legs("مستشار ماكرون يزور القاهرة.")
    assert leg.actor.name == "مستشار ماكرون"
