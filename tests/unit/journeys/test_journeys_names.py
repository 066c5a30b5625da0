"""Who is an actor and who is not, how far a name goes, and whom a verb or pronoun may mean."""

from __future__ import annotations

import pytest


def told(legs):
    return [(leg.actor.name, leg.to_place.place.name if leg.to_place else None) for leg in legs]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('وصل الوزير الفرنسي "نستطيع" إلى القاهرة.', [("الوزير الفرنسي", "Cairo")]),
        ("وصلت البعثة المصرية مباشرة إلى باريس.", [("البعثة المصرية", "Paris")]),
        ("قال نجل خليفة حفتر إنه سيصل إلى باريس.", [("نجل خليفة حفتر", "Paris")]),
    ],
)
def test_a_name_ends_where_everyday_words_begin(read_legs, text, expected):
    assert told(read_legs(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "انطلقت صواريخ من القاهرة.",
        "بعث خليفة حفتر برسائل تعزية إلى باريس.",
        "تعود أصول خليفة حفتر إلى القاهرة.",
        "جاء في بيان خليفة حفتر من القاهرة أن الأمر انتهى.",
        "فرضت السلطات حظر تجول خليفة حفتر في باريس.",
        "يصل خليفة حفتر إلى 35 عاما في باريس.",
        "التقى خليفة حفتر وسط الخلافات بين باريس والقاهرة.",
    ],
)
def test_what_moves_by_no_means_is_no_leg(read_legs, text):
    assert read_legs(text) == ()


def test_groups_of_other_numbers_are_others(read_legs):
    legs = read_legs("وصل 41 مهاجرا إلى طبرق. ووصل 235 مهاجرا إلى القاهرة.")
    assert told(legs) == [("41 مهاجرا", "Tobruk"), ("235 مهاجرا", "Cairo")]
    assert len({leg.actor.key for leg in legs}) == 2


def test_a_plural_verb_is_not_said_of_one_person(read_legs):
    assert read_legs("قال الرئيس إيمانويل ماكرون إن الأفراد الذين يدخلون باريس كثيرون.") == ()


def test_near_a_place_is_not_from_it(read_legs):
    (leg,) = read_legs("دخلت قافلة مساعدات إلى القاهرة بالقرب من باريس.")
    assert (leg.to_place.place.name, leg.from_place) == ("Cairo", None)


def test_talks_about_a_place_do_not_begin_there(read_legs):
    leg, *_ = read_legs("أجرى الرئيس الفرنسي إيمانويل ماكرون محادثات في القاهرة حول سحب القوات من طبرق.")
    assert (leg.to_place.place.name, leg.from_place) == ("Cairo", None)
