"""What speaks against a name: the rest of its article, and grammar; and what speaks for it in its own country."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.geoparse.amend import amend
from dashboard.geoparse.documents import read_batch
from dashboard.geoparse.doubts import backing, doubts, in_its_country
from dashboard.geoparse.judge import describe

_PLAIN = "قالت الصحيفة أمس إن الوفد ناقش الأمر طويلا ولم يصل إلى اتفاق واضح بعد. " * 8


def _described(vocabulary, text):
    batch = read_batch(vocabulary, [text], ["ar"])
    described = describe(vocabulary, batch)
    spans = described.spans
    surfaces = [
        text[batch.start[first] + clitic : batch.end[last]]
        for first, last, clitic in zip(
            spans.first.tolist(), spans.last.tolist(), spans.clitic.tolist(), strict=True
        )
    ]
    return batch, described, surfaces


def _amended(vocabulary, text, before=0.8):
    """Return the amended probabilities by surface; all were as likely before."""
    batch, described, surfaces = _described(vocabulary, text)
    given = np.full(len(surfaces), before, np.float32)
    return dict(zip(surfaces, amend(vocabulary, batch, described, given).tolist(), strict=True))


def _doubted(vocabulary, text, surface, likely=0.9):
    batch, described, surfaces = _described(vocabulary, text)
    given = np.full(len(surfaces), likely, np.float32)
    backed = backing(vocabulary, batch, described.spans, given)
    in_country = in_its_country(vocabulary, batch, described, given)
    found = doubts(vocabulary, batch, described, backed, in_country)
    return found[surfaces.index(surface)] < 0


@pytest.mark.parametrize("preposition", ["إلى", "في", "من", "على"])
def test_no_particle_stands_behind_a_preposition(vocabulary, preposition) -> None:
    assert _amended(vocabulary, f"ذهبوا {preposition} ودرنة أمس")["درنة"] == 0
    assert _amended(vocabulary, f"ذهبوا {preposition} درنة أمس")["درنة"] > 0.5


def test_no_place_takes_the_indefinite_accusative(vocabulary) -> None:
    assert _amended(vocabulary, "رأوا طرابلساً أمس").get("طرابلساً", 0) == 0
    assert _amended(vocabulary, "رأوا درنةً أمس")["درنةً"] == 0
    assert _amended(vocabulary, "رأوا درنةَ أمس")["درنةَ"] > 0.5


def test_a_town_is_feminine_and_its_club_is_not(vocabulary) -> None:
    assert _doubted(vocabulary, "انتقل إلى طرابلس الليبي أمس", "طرابلس")
    assert not _doubted(vocabulary, "انتقل إلى طرابلس الليبية أمس", "طرابلس")


def test_the_adjective_may_be_that_of_a_port(vocabulary) -> None:
    assert not _doubted(vocabulary, "وصل إلى ميناء طرابلس الليبي أمس", "طرابلس")


def test_a_town_followed_by_its_country_is_likelier(vocabulary) -> None:
    plain = _amended(vocabulary, "تذكروا صفاقس هنا وحدها", 0.6)["صفاقس"]
    assert _amended(vocabulary, "تذكروا صفاقس بتونس وحدها", 0.6)["صفاقس"] > plain
    assert _amended(vocabulary, "تذكروا صفاقس في تونس وحدها", 0.6)["صفاقس"] > plain
    assert _amended(vocabulary, "تذكروا صفاقس في ليبيا وحدها", 0.6)["صفاقس"] == pytest.approx(plain)


def test_a_small_town_needs_something_of_its_country_in_a_long_article(vocabulary) -> None:
    about_syria = _PLAIN + "زاروا سوريا، ثم دمشق، ثم حلب. "
    assert _doubted(vocabulary, about_syria + "ورأوا الخليل أمس", "الخليل")
    assert not _doubted(vocabulary, about_syria + "ورأوا الخليل في فلسطين أمس", "الخليل")
    assert not _doubted(vocabulary, about_syria + "ورأوا القاهرة أمس", "القاهرة")  # large, and a capital
    assert not _doubted(vocabulary, "زاروا سوريا، ثم دمشق، ثم حلب. ورأوا الخليل أمس", "الخليل")  # short


def test_a_name_that_news_puts_where_places_stand_needs_none(vocabulary) -> None:
    about_syria = _PLAIN + "زاروا سوريا، ثم دمشق، ثم حلب. "
    assert not _doubted(vocabulary, about_syria + "ورأوا درنة أمس", "درنة")


def test_an_adjective_speaks_for_a_country(vocabulary) -> None:
    batch, described, surfaces = _described(vocabulary, "المدينة الليبية درنة، ثم دمشق وحلب")
    found = backing(vocabulary, batch, described.spans, np.full(len(surfaces), 0.9, np.float32))
    assert found.own[surfaces.index("درنة")] == 1
    assert found.others[surfaces.index("درنة")] == 2


def test_in_an_article_on_sport_a_town_is_a_club_but_behind_in(vocabulary) -> None:
    sport = "فاز الفريق في المباراة وسجل اللاعب هدفا، وقال المدرب إن الفريق يستحق التأهل. "
    assert _doubted(vocabulary, sport + "وتعادل برلين معه", "برلين")
    assert not _doubted(vocabulary, sport + "وأقيم اللقاء في برلين", "برلين")
    assert not _doubted(vocabulary, sport + "وأقيم اللقاء ببرلين", "برلين")
    assert not _doubted(vocabulary, sport + "وزاروا مدينة برلين", "برلين")
    assert not _doubted(vocabulary, "وتعادل برلين معه", "برلين")


def test_an_unknown_word_beside_a_small_town_makes_a_longer_name(vocabulary) -> None:
    assert _doubted(vocabulary, "قال ظغضخوث درنة أمس", "درنة")
    assert not _doubted(vocabulary, "قال الوفد درنة أمس", "درنة")


@pytest.mark.parametrize(
    ("text", "surface", "drawn"),
    [
        ("وبقي المعبر الطريق الوحيد المجاز لقوافل الأمم المتحدة.", "المجاز", False),
        ("وتتقدم القوات على الساحل الغربي بعد أيام من القتال.", "الساحل الغربي", False),
        ("رأوا في نومهم طفلا ميتاً أمس.", "ميتاً", False),
        ("وصلت القافلة إلى المنطقة الشرقية في السعودية، ثم إلى الدمام.", "المنطقة الشرقية", True),
        ("ألقى محاضرة في ليون بفرنسا أمس.", "ليون", True),
    ],
)
def test_words_and_sides_are_no_places_with_the_projects_own_weights(
    full_parser, text, surface, drawn
) -> None:
    assert (surface in {x.mention.text for x in full_parser.parse(text).resolutions if x.place}) is drawn


def test_a_persons_name_begins_with_no_particle(vocabulary) -> None:
    """كلاوس is Klaus, and not "like Laos"."""
    assert _amended(vocabulary, "التقى بلال ودرنة أمس").get("لال", 0) == 0
    assert vocabulary.lexicon.word_class("كلاوس")[1] == "كلاوس"


@pytest.mark.parametrize("surface", ["درنة", "باريس"])
def test_a_list_of_matches_names_teams(vocabulary, surface) -> None:
    text = "درنة ( ليبيا ) - باريس ( فرنسا ) 1 - صفر"
    assert _doubted(vocabulary, text, surface)
    assert _amended(vocabulary, text)[surface] < _amended(vocabulary, f"{surface} مدينة أمس")[surface]


def test_a_dateline_with_its_country_is_no_match(vocabulary) -> None:
    assert not _doubted(vocabulary, "درنة ( ليبيا ) - قال مسؤول أمس", "درنة")
