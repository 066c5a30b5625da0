"""Rules of the language beside what the networks say."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.geoparse.amend import amend
from dashboard.geoparse.documents import read_batch
from dashboard.geoparse.judge import describe


def _amended(vocabulary, text, before, language="ar"):
    """Return the amended probabilities by surface; `before` gives those of some surfaces, others have 0.3."""
    batch = read_batch(vocabulary, [text], [language])
    described = describe(vocabulary, batch)
    spans = described.spans
    surfaces = [
        text[batch.start[first] + clitic : batch.end[last]]
        for first, last, clitic in zip(
            spans.first.tolist(), spans.last.tolist(), spans.clitic.tolist(), strict=True
        )
    ]
    given = np.array([before.get(surface, 0.3) for surface in surfaces], np.float32)
    found = amend(vocabulary, batch, described, given)
    return dict(zip(surfaces, found.tolist(), strict=True))


def test_a_head_noun_announces_a_name(vocabulary) -> None:
    assert _amended(vocabulary, "وصلوا مدينة درنة أمس", {})["درنة"] > 0.5
    assert _amended(vocabulary, "وصلوا سريعا درنة أمس", {})["درنة"] == pytest.approx(0.3)


def test_a_head_in_front_of_a_quotation_announces_nothing(vocabulary) -> None:
    assert _amended(vocabulary, "وصلوا مدينة «درنة» أمس", {})["درنة"] == pytest.approx(0.3)


def test_names_joined_by_and_speak_for_each_other(vocabulary) -> None:
    found = _amended(vocabulary, "تذكروا درنة وطبرق أمس", {"طبرق": 0.95})
    assert found["درنة"] > 0.5
    assert found["طبرق"] == pytest.approx(0.95)
    assert _amended(vocabulary, "تذكروا درنة وطبرق أمس", {"درنة": 0.95})["طبرق"] > 0.5


def test_an_unsure_name_speaks_for_none(vocabulary) -> None:
    assert _amended(vocabulary, "تذكروا درنة وطبرق أمس", {"طبرق": 0.6})["درنة"] == pytest.approx(0.3)


def test_what_a_comma_parts_is_not_joined(vocabulary) -> None:
    found = _amended(vocabulary, "تذكروا درنة، وطبرق أمس", {"طبرق": 0.95})
    assert found["درنة"] == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("text", "surface", "drawn"),
    [
        ("احسب نصف قطر العجلة أولا", "قطر", False),
        ("وصلوا إلى قطر أمس", "قطر", True),
        ("صلاة المغرب في الجامع", "المغرب", False),
        ("وفي المغرب أمطار", "المغرب", True),
    ],
)
def test_a_word_in_its_own_company_is_no_place(vocabulary, text, surface, drawn) -> None:
    assert (_amended(vocabulary, text, {surface: 0.9})[surface] > 0.5) is drawn


def test_nothing_comes_of_nothing(vocabulary) -> None:
    assert _amended(vocabulary, "لا شيء هنا", {}) == {}


def test_a_verb_of_motion_has_a_city_for_its_goal(vocabulary) -> None:
    assert _amended(vocabulary, "غادر طرابلس أمس", {})["طرابلس"] > 0.5
    assert _amended(vocabulary, "تذكر طرابلس أمس", {})["طرابلس"] == pytest.approx(0.3)


@pytest.mark.parametrize("noun", ["زيارة", "زيارته", "زيارتهم", "وصوله"])
def test_a_noun_of_motion_has_its_goal_behind_a_particle(vocabulary, noun) -> None:
    assert _amended(vocabulary, f"خلال {noun} لطرابلس أمس", {})["طرابلس"] > 0.5
    assert _amended(vocabulary, "خلال صداقته لطرابلس أمس", {})["طرابلس"] == pytest.approx(0.3)


def test_a_hospital_bears_the_name_of_a_place(vocabulary) -> None:
    assert _amended(vocabulary, "نقلوا إلى مستشفى طرابلس أمس", {"طرابلس": 0.6})["طرابلس"] < 0.5
    assert _amended(vocabulary, "نقلوا إلى مستشفى في طرابلس أمس", {"طرابلس": 0.6})["طرابلس"] > 0.5


def test_a_paper_of_several_words_is_no_place(vocabulary) -> None:
    found = _amended(
        vocabulary, "She reads the Tripoli Herald and Times of Malta daily.", {"Malta": 0.9}, "en"
    )
    assert found["Malta"] == 0


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Tripoli FC won the cup in March.", False),
        ("They signed for AC Tripoli in March.", False),
        ("They came to Tripoli in March.", True),
        ("TRIPOLI FC STATEMENT AWAITED", True),  # in capitals nobody knows
    ],
)
def test_the_initials_of_a_club_make_one(vocabulary, text, drawn) -> None:
    name = "TRIPOLI" if text.isupper() else "Tripoli"
    assert (_amended(vocabulary, text, {name: 0.9}, "en")[name] > 0.5) is drawn


def test_what_is_of_a_place_is_none(vocabulary) -> None:
    found = _amended(
        vocabulary, "A goal for Derna of Tripoli, they say.", {"Derna": 0.8, "Tripoli": 0.9}, "en"
    )
    assert found["Derna"] < 0.5
    assert found["Tripoli"] == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("text", "lowered"),
    [
        ("She was taken to Derna General Hospital on Monday.", True),
        ("She saw the Derna Film Festival on Monday.", True),
        ("She was taken to Derna on Monday.", False),
        ("She was taken to Derna, Hospital staff said.", False),
        ("She was taken to the Derna hospital.", False),
        ("Gunmen Storm Derna Hotel", False),
    ],
)
def test_a_venue_or_an_event_only_bears_the_name_before_it(vocabulary, text, lowered) -> None:
    assert (_amended(vocabulary, text, {"Derna": 0.6}, "en")["Derna"] < 0.5) is lowered


def test_a_capital_does_what_governments_do(vocabulary) -> None:
    assert _amended(vocabulary, "ورفضت طرابلس الاقتراح", {})["طرابلس"] > 0.5
    assert _amended(vocabulary, "ورفضت درنة الاقتراح", {})["درنة"] == pytest.approx(0.3)
