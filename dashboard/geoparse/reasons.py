"""The reasons behind a decision: which of the things that were seen moved it, and how far.

A network has no single weight for a feature. What a group of features did is measured by taking it away: the
log-odds with it, less the log-odds with these features at rest (zero).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from dashboard.core.models import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from dashboard.geoparse.network import Network

__all__ = ["PLACE_REASONS", "TOPONYM_REASONS", "find_reasons"]

_LEAST = 0.2  # log-odds that make a reason worth telling
_MOST = 5

# Reason code: the features whose doing it is. The interface words the codes.
TOPONYM_REASONS: Mapping[str, tuple[str, ...]] = {
    "known_place": ("prominence", "prominence_squared", "main_name", "curated", "capital"),
    "country_name": ("may_be_country", "country_form"),
    "rare_word": ("rare_word", "zipf_name", "zipf_rarest_part", "prominent_and_rare"),
    "common_word": (
        "common_word",
        "zipf_with_her",
        "zipf_with_his",
        "zipf_other_definiteness",
        "zipf_plural",
    ),
    "after_preposition": ("before_locative", "particle_in_to", "before2_locative"),
    "after_head_noun": (
        "head_before_agrees",
        "head_before2_agrees",
        "in_full_name",
        "before_head_generic",
        "before_head_name",
    ),
    "after_motion_verb": ("before_motion", "before2_motion", "before3_motion"),
    "after_direction": ("before_direction", "before2_direction"),
    "after_title": ("before_title", "before2_title"),
    "after_given_name": ("before_given_name", "before2_given_name", "first_given_name"),
    "after_organisation_word": ("before_organisation", "before2_organisation", "in_organisation_name"),
    "before_adjective_of_country": ("after_demonym", "after2_demonym"),
    "named_again": ("same_name_elsewhere", "best_of_same_name"),
    "country_of_article": ("country_support", "country_named", "country_adjective_near"),
    "among_places": ("before_strong", "after_strong", "before2_strong", "after2_strong", "places_in_article"),
    "spelling": (
        "capital_first",
        "small_first",
        "capital_all",
        "part_of_capitals_before",
        "part_of_capitals_after",
    ),
    "needs_head_noun": ("only_bare",),
    "variant_spelling": ("only_variant",),
    "telling_words": ("word_before", "word_before2", "word_after"),
}
PLACE_REASONS: Mapping[str, tuple[str, ...]] = {
    "prominent": ("prominence", "behind_most_prominent", "most_prominent"),
    "kind": (
        "is_country",
        "is_region",
        "is_admin",
        "is_city",
        "is_facility",
        "is_water",
        "is_neighbourhood",
        "is_camp",
        "is_other",
        "division_of_namesake_town",
        "town_of_namesake_division",
    ),
    "capital": ("is_capital", "capital_that_acts"),
    "main_name": ("name_main", "name_curated", "name_country_form", "name_headed"),
    "bare_name": ("name_bare",),
    "variant_spelling": ("name_variant",),
    "head_noun": (
        "head_before",
        "head_before2",
        "head_before_exactly",
        "head_before2_exactly",
        "bare_and_head_before",
        "bare_and_head_before2",
        "first_word_is_its_head",
        "named_in_full",
        "other_named_in_full",
    ),
    "other_head_noun": ("head_before_other", "head_before2_other"),
    "adjective_beside": ("adjective_after", "adjective_after2", "adjective_before", "adjective_before2"),
    "other_adjective_beside": (
        "adjective_after_other",
        "adjective_after2_other",
        "adjective_before_other",
        "adjective_before2_other",
    ),
    "container": ("container_after", "container_after_other"),
    "same_country": ("same_country", "same_country_share", "same_country_places", "country_named"),
    "same_division": ("same_division",),
    "near_other_places": ("near_other_place", "in_reach_of_other_place"),
}
# What must be so, at the least, before a reason is told in favour: a half-believed namesake speaks for no country.
_HOLDS: Mapping[str, tuple[str, float]] = {
    "same_country": ("same_country", float(np.log1p(0.5))),
    "same_division": ("same_division", float(np.log1p(0.5))),
    "near_other_places": ("in_reach_of_other_place", float(np.log1p(0.5))),
}


@lru_cache(maxsize=1 << 14)
def _reason(code: str, weight: float) -> Reason:
    """Return one reason; the same ones are told again and again."""
    return Reason(code, weight)


def find_reasons(
    network: Network,
    names: tuple[str, ...],
    matrix: NDArray[np.float32],
    codes: Mapping[str, tuple[str, ...]],
) -> list[tuple[Reason, ...]]:
    """Return for each decision, a row of `matrix`, the groups of features that moved it most.

    Returns
    -------
    reasons
        By falling weight, for or against; may be empty.
    """
    at = {name: place for place, name in enumerate(names)}
    groups = {
        code: columns
        for code, features in codes.items()
        if (columns := [at[name] for name in features if name in at])
    }
    moved = network.moved_by(matrix, list(groups.values()))
    for place, code in enumerate(groups):
        feature, least = _HOLDS.get(code, ("", 0.0))
        if feature in at:
            moved[(matrix[:, at[feature]] < least) & (moved[:, place] > 0), place] = 0
    told = np.abs(moved) >= _LEAST
    weights = np.where(told, moved.astype(np.float64).round(2), 0)
    order = np.argsort(-np.abs(weights), axis=1, kind="stable")
    ordered = np.take_along_axis(weights, order, axis=1)
    counts = np.minimum(told.sum(axis=1), _MOST)
    words = list(groups)
    return [
        tuple(_reason(words[place], weight) for place, weight in zip(row[:count], by[:count], strict=True))
        for row, by, count in zip(order.tolist(), ordered.tolist(), counts.tolist(), strict=True)
    ]
