"""Countries and capitals that stand for who acts there."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "language", "acts"),
    [
        ("أعلنت ليبيا أنها توافق", "ar", True),
        ("وصل الوزير إلى ليبيا", "ar", False),
        ("في ليبيا أعلنت الحكومة", "ar", False),
        ("منتخب ليبيا في الصدارة", "ar", True),
        ("Libya beat the guests twice", "en", True),
        ("In Libya beat the drum", "en", False),
        ("The striker of Benghazi", "en", False),  # a town's team is a club
        ("Libya rejected the plan", "en", True),
        ("Snow fell over Libya yesterday", "en", False),
    ],
)
def test_countries_that_act_or_play_are_marked(hand_parser, text, language, acts):
    (resolution,) = hand_parser.parse(text, language).resolutions
    assert resolution.metonymy is acts
    assert resolution.place is not None  # drawn as before: leaving it out is the user's choice
