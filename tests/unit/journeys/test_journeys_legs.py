"""Legs of small texts: who, from where, to where, when, and is it so?"""

from __future__ import annotations

import pytest

from dashboard.journeys import ActorType, LegKind, LegStatus


def brief(leg):
    ends = [end.place.name if end else None for end in (leg.from_place, leg.to_place)]
    return (leg.actor.text, *ends, leg.kind.value, leg.status.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصل خليفة حفتر إلى باريس.", ("خليفة حفتر", None, "Paris", "arrival", "happened")),
        ("زار عبد الفتاح السيسي برلين.", ("عبد الفتاح السيسي", None, "Berlin", "visit", "happened")),
        ("غادر إيمانويل ماكرون القاهرة.", ("إيمانويل ماكرون", "Cairo", None, "departure", "happened")),
        ("إيمانويل ماكرون يزور القاهرة.", ("إيمانويل ماكرون", None, "Cairo", "visit", "under way")),
        ("سيصل إيمانويل ماكرون إلى أثينا.", ("إيمانويل ماكرون", None, "Athens", "arrival", "planned")),
        ("زيارة صدام حفتر إلى باريس.", ("صدام حفتر", None, "Paris", "visit", "happened")),
        ("عاد سعد الحريري من باريس إلى بيروت.", ("سعد الحريري", "Paris", "Beirut", "return", "happened")),
        ("وصلت سفينتان من طرطوس إلى طبرق.", ("سفينتان", "Tartus", "Tobruk", "arrival", "happened")),
        ("لم يصل خليفة حفتر إلى باريس.", ("خليفة حفتر", None, "Paris", "arrival", "denied")),
        ("Emmanuel Macron arrived in Cairo.", ("Emmanuel Macron", None, "Cairo", "arrival", "happened")),
        ("Emmanuel Macron est arrivé à Rome.", ("Emmanuel Macron", None, "Rome", "arrival", "happened")),
    ],
)
def test_a_plain_statement_is_one_leg(read_legs, text, expected):
    legs = read_legs(text)
    assert len(legs) == 1
    found = brief(legs[0])
    if expected[1] == "Tartus":
        assert found[1] is not None
        found = (found[0], "Tartus", *found[2:])
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "قال إيمانويل ماكرون في باريس إن الاقتصاد ينمو.",
        "يعيش أهالي حلب في خوف.",
        "ارتفعت أسعار النفط في القاهرة.",
        "يأتي ذلك في إطار التعاون مع باريس.",
        "Prices rose in Cairo.",
    ],
)
def test_news_without_movement_has_no_leg(read_legs, text):
    assert read_legs(text) == ()


def test_a_leg_says_where_its_words_stand_and_when(read_legs):
    text = "أعلن المكتب ما يلي.\nوصل خليفة حفتر أمس إلى باريس قادما من القاهرة."
    (leg,) = read_legs(text)
    assert text[slice(*leg.actor.span)] == "خليفة حفتر"
    assert text[slice(*leg.cue)] == "وصل"
    assert text[slice(*leg.sentence)] == text.split("\n")[1]
    assert text[slice(*leg.to_place.span)] == "باريس"
    assert (leg.date, leg.date_text) == ("2018-04-17", "أمس")
    assert 0 < leg.confidence <= 1
    assert leg.reasons


def test_without_a_publication_day_relative_words_fix_no_date(read_legs):
    (leg,) = read_legs("وصل خليفة حفتر أمس إلى باريس.", published=None)
    assert (leg.date, leg.date_text) == (None, "أمس")


def test_headline_and_body_are_one_leg(read_legs):
    (leg,) = read_legs("حفتر في باريس\nوصل خليفة حفتر إلى باريس مساء الثلاثاء.")
    assert leg.actor.name == "خليفة حفتر"
    assert leg.date == "2018-04-17"
    assert len(leg.sightings) == 2


def test_a_sender_stays_and_what_he_sends_goes(read_legs):
    (leg,) = read_legs("أرسل خليفة حفتر مجموعة من الضباط الليبيين إلى موسكو.")
    assert leg.actor.text == "مجموعة من الضباط الليبيين"
    assert (leg.actor.type, leg.kind) == (ActorType.FORCE, LegKind.DEPLOYMENT)


def test_two_verbs_of_one_subject_are_one_crossing(read_legs):
    (leg,) = read_legs("غادرت سفينتان طرطوس ووصلتا إلى طبرق.")
    assert leg.from_place is not None
    assert leg.to_place.place.name == "Tobruk"


def test_a_surname_and_an_unsaid_subject_point_back(read_legs):
    legs = read_legs("التقى الصحافيون أيمن الصفدي. ثم توجه الصفدي إلى بيروت. ثم عاد إلى بغداد.")
    assert [leg.actor.key for leg in legs] == ["actor:ayman-safadi"] * 2
    assert [leg.to_place.place.name for leg in legs] == ["Beirut", "Baghdad"]


def test_spellings_and_scripts_share_a_key(read_legs):
    keys = {read_legs(text)[0].actor.key for text in ("وصل حفتر إلى باريس.", "Hifter arrived in Paris.")}
    assert keys == {"actor:khalifa-haftar"}
    assert read_legs("وصل صدام حفتر إلى باريس.")[0].actor.key == "actor:saddam-haftar"


def test_the_host_of_a_meeting_has_no_leg(read_legs):
    legs = read_legs("التقى إيمانويل ماكرون في باريس خليفة حفتر.")
    assert [leg.actor.key for leg in legs] == ["actor:khalifa-haftar"]
    assert legs[0].kind is LegKind.MEETING


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("نفى المكتب زيارة خليفة حفتر إلى موسكو.", LegStatus.DENIED),
        ("ألغى خليفة حفتر زيارة إلى موسكو.", LegStatus.CANCELLED),
        ("يعتزم خليفة حفتر زيارة موسكو.", LegStatus.PLANNED),
        ("دعا الوزير إلى إخراج المرتزقة من ليبيا.", LegStatus.HYPOTHETICAL),
    ],
)
def test_words_around_a_cue_say_whether_it_is_so(read_legs, text, status):
    (leg,) = read_legs(text)
    assert leg.status is status


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("زار وفد من مجلس النواب اللبناني مدينة طبرق.", ("وفد من مجلس النواب اللبناني", None, "Tobruk")),
        ("وصل خمسة فرنسيين إلى القاهرة.", ("خمسة فرنسيين", None, "Cairo")),
        ("اقتحم عشرات المستوطنين بنغازي.", ("عشرات المستوطنين", None, "Benghazi")),
        ("رُحّل ثلاثة لاجئين من باريس إلى القاهرة.", ("ثلاثة لاجئين", "Paris", "Cairo")),
        ("طردت ليبيا ثلاثة دبلوماسيين.", ("ثلاثة دبلوماسيين", "Libya", None)),
        ("France's defence minister arrived in Cairo.", ("France's defence minister", None, "Cairo")),
        ("Five Libyans were deported to Cairo.", ("Five Libyans", None, "Cairo")),
    ],
)
def test_actors_without_a_name_are_found(read_legs, text, expected):
    (leg,) = read_legs(text)
    assert brief(leg)[:3] == expected


def test_words_that_point_back_are_places(read_legs):
    text = "تقع طبرق على البحر. ونقلت البحرية ثلاثة لاجئين إليها."
    (leg,) = read_legs(text)
    assert leg.to_place is not None
    assert leg.to_place.place.name == "Tobruk"


def test_a_place_in_which_the_end_lies_is_the_end(read_legs):
    (leg,) = read_legs("نُقل ثلاثة جرحى إلى مستشفى في طبرق.")
    assert leg.to_place is not None
    assert leg.to_place.place.name == "Tobruk"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("نفى المكتب صحة أنباء عن زيارة خليفة حفتر إلى باريس.", LegStatus.DENIED),
        ("قال المتحدث إن خليفة حفتر لا يعتزم السفر إلى باريس.", LegStatus.DENIED),
        ("قال مصدر عسكري إن خليفة حفتر وصل إلى باريس.", LegStatus.ALLEGED),
        ("يزور خليفة حفتر باريس الأسبوع المقبل.", LegStatus.PLANNED),
        ("زار خليفة حفتر باريس بدعوة من نظيره.", LegStatus.HAPPENED),
        ("لقد وصل خليفة حفتر إلى باريس.", LegStatus.HAPPENED),
    ],
)
def test_words_near_and_far_say_whether_it_is_so(read_legs, text, status):
    (leg,) = read_legs(text)
    assert leg.status is status
