"""Lists with equal numbers follow the names that are shown, as a reader of the language expects them."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from dashboard.render.map.shown_order import in_shown_order, shown_order
from dashboard.words import strings

PLACES = pd.DataFrame(
    [
        ("a", "Yemen", "اليمن", None, 3),
        ("b", "Aleppo", "حلب", "Alep", 3),
        ("c", "Ankara", "أنقرة", None, 3),
        ("d", "Basra", "البصرة", "Bassora", 3),
        ("e", "Élysée", "الإليزيه", "Élysée", 3),
        ("f", "Zawiya", "الزاوية", None, 9),
    ],
    columns=["place_id", "name", "name_ar", "name_fr", "articles"],
)


def test_equals_are_ordered_by_the_name_that_is_shown() -> None:
    order = {
        language: "".join(in_shown_order(PLACES, strings(language))["place_id"]) for language in ("ar", "en")
    }
    assert order == {"ar": "fedacb", "en": "fbcdea"}  # hamza and accents are no letters of their own


@given(st.lists(st.tuples(st.text(max_size=6), st.integers(1, 3)), max_size=12))
def test_no_place_is_lost_and_more_articles_come_first(rows: list[tuple[str, int]]) -> None:
    frame = pd.DataFrame(
        [(str(n), name, name, None, articles) for n, (name, articles) in enumerate(rows)],
        columns=PLACES.columns,
    )
    order = shown_order(frame, strings("ar"))
    assert sorted(order) == list(range(len(rows)))
    counts = [rows[at][1] for at in order]
    assert counts == sorted(counts, reverse=True)
