"""What the project's own weights must get right on the whole gazetteer, whatever else changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from dashboard.core.models import Resolution
    from dashboard.geoparse import Geoparser


def _found(parser: Geoparser, text: str) -> dict[str, Resolution]:
    return {resolution.mention.text: resolution for resolution in parser.parse(text).resolutions}


def _where(parser: Geoparser, text: str) -> dict[str, tuple[str, str | None]]:
    return {
        surface: (resolution.place.name, resolution.place.country)
        for surface, resolution in _found(parser, text).items()
        if resolution.place
    }


def test_two_capitals_of_a_plain_sentence(full_parser: Geoparser) -> None:
    found = _where(full_parser, "وصل الوفد إلى باريس قادما من القاهرة.")
    assert found == {"باريس": ("Paris", "FR"), "القاهرة": ("Cairo", "EG")}


@pytest.mark.parametrize(
    ("text", "surface", "start", "place"),
    [
        ("وبطبرق أقيم حفل.", "طبرق", 2, "geonames:81302"),
        ("سافر الوزير لليونان أمس.", "ليونان", 13, "country:GR"),
        ("وصلت السفينة إلى طَرابُلُس أمس.", "طَرابُلُس", 17, "geonames:2210247"),
        ("عاد الوفد إلى طـــرابلس في ليبيا.", "طـــرابلس", 14, "geonames:2210247"),
        ("وصل الوفد إلى (بنغازي) يوم الأحد.", "بنغازي", 15, "geonames:88319"),
        ("#ليبيا_اليوم: افتتاح الطريق الساحلي", "ليبيا", 1, "country:LY"),
        ("He flew to Benghazi on Sunday.", "Benghazi", 11, "geonames:88319"),
        ("Il est arrivé à Benghazi dimanche.", "Benghazi", 16, "geonames:88319"),
    ],
)
def test_mentions_stand_where_the_name_stands(
    full_parser: Geoparser, text: str, surface: str, start: int, place: str
) -> None:
    resolution = _found(full_parser, text)[surface]
    assert resolution.mention.start == start
    assert text[resolution.mention.start : resolution.mention.end] == surface
    assert resolution.place is not None
    assert resolution.place.id == place


@pytest.mark.parametrize(
    ("text", "surface", "country"),
    [
        ("سافر إلى طرابلس اللبنانية أمس.", "طرابلس", "LB"),
        ("اندلعت اشتباكات في مدينة طرابلس اللبنانية.", "طرابلس", "LB"),
        ("من بيروت إلى طرابلس ثم صيدا، في لبنان.", "طرابلس", "LB"),
        ("اندلعت اشتباكات في العاصمة الليبية طرابلس.", "طرابلس", "LY"),
        ("He drove from Dallas to Paris, Texas, on Monday.", "Paris", "US"),
        ("The president returned to Paris after talks in Berlin.", "Paris", "FR"),
    ],
)
def test_namesakes_are_told_apart(full_parser: Geoparser, text: str, surface: str, country: str) -> None:
    assert _where(full_parser, text)[surface][1] == country


def test_the_texan_paris_is_that_of_texas(full_parser: Geoparser) -> None:
    resolution = _found(full_parser, "He drove from Dallas to Paris, Texas, on Monday.")["Paris"]
    assert resolution.place is not None
    assert resolution.place.admin1 == "adm1:US-TX"


@pytest.mark.parametrize(
    "text", ["", "لا شيء هنا سوى كلام عام عن الحياة.", "Nothing but plain words stands here.", "12 34 56"]
)
def test_plain_words_are_no_places(full_parser: Geoparser, text: str) -> None:
    assert _where(full_parser, text) == {}


def test_decisions_are_explained(full_parser: Geoparser) -> None:
    resolution = _found(full_parser, "سافر إلى طرابلس اللبنانية أمس.")["طرابلس"]
    assert any(
        reason.code == "adjective_beside" and reason.weight > 0 for reason in resolution.candidates[0].reasons
    )
    assert len(resolution.candidates) > 1


@pytest.mark.parametrize(
    ("text", "surface", "place"),
    [
        ("وصل وفد إلى امساعد أمس", "امساعد", "geonames:12687307"),
        ("وصل وفد إلى مراكش أمس", "مراكش", "geonames:2542997"),
        ("Une délégation est arrivée à Kirkouk hier.", "Kirkouk", "geonames:94787"),
        ("Une délégation est arrivée à Tamanrasset hier.", "Tamanrasset", "geonames:2478216"),
        ("Une délégation est arrivée au Tigré hier.", "Tigré", "adm1:ET-TI"),
    ],
)
def test_a_town_does_not_share_its_mentions_with_what_bears_its_name(full_parser, text, surface, place):
    resolution = _found(full_parser, text)[surface]
    assert resolution.place is not None
    assert resolution.place.id == place
    assert resolution.confidence >= 0.5


@pytest.mark.parametrize("text", ["كان الرئيس في حينه أول من تكلم", "قال الاتحاد في بيانه إنه يأسف"])
def test_a_noun_and_its_owner_are_no_small_place(full_parser, text):
    assert not [one for one in full_parser.parse(text).resolutions if one.mention.text in ("حينه", "بيانه")]


def test_a_large_town_may_be_spelt_with_ha(full_parser):
    found = _found(full_parser, "وصل الوفد إلى الخليل ثم غادر مدينة غزه أمس")
    (gaza,) = (one for surface, one in found.items() if surface in ("غزه", "مدينة غزه"))
    assert gaza.place is not None
    assert gaza.place.country == "PS"


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("SA", "قال وزير الصحة في الرياض إن السعودية رصدت حالات جديدة في المملكة أمس."),
        ("JO", "هطلت أمطار غزيرة على عمان والطفيلة ومعان وعلى جنوب المملكة في الأردن."),
    ],
)
def test_the_kingdom_is_the_one_that_the_article_is_about(full_parser, country, text):
    found = [one.place for one in full_parser.parse(text).resolutions if one.mention.text == "المملكة"]
    assert [place.country for place in found if place] in ([], [country])


def test_quarters_named_together_lie_together(full_parser):
    found = _found(full_parser, "قتل ثلاثة في حي الزيتون والشجاعية شرق غزة")
    assert {found[name].place.country for name in ("الزيتون", "الشجاعية")} == {"PS"}


@pytest.mark.parametrize(
    "text",
    ["أصيب ألف شخص بفيروس كورونا أمس.", "تراجعت الحصة إلى 17 في المائة.", "EU leaders met on Monday."],
)
def test_names_that_are_mostly_words_need_their_head_noun(full_parser: Geoparser, text: str) -> None:
    assert not {"كورونا", "المائة", "EU"} & set(_where(full_parser, text))


def test_behind_its_head_noun_such_a_name_is_a_town(full_parser: Geoparser) -> None:
    assert _where(full_parser, "زار مدينة كورونا في كاليفورنيا")["كورونا"] == ("Corona", "US")
