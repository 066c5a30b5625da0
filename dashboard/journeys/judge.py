"""How sure a leg is: what was seen in binding it, weighed."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from dashboard.core.models import Reason

if TYPE_CHECKING:
    from dashboard.journeys.models import LegStatus
    from dashboard.journeys.scene import Draft

__all__ = ["Judge"]

_WEIGHTS = {
    "bias": 1.2,
    "actor_adjacent": 0.8,
    "actor_relative": 0.8,
    "actor_object": 0.3,
    "actor_right": -0.2,
    "actor_left": -0.7,
    "actor_control": -0.6,
    "actor_pronoun": 0.0,
    "actor_ahead": -0.4,
    "actor_unsaid": -0.8,
    "actor_participant": -0.4,
    "actor_light": 0.5,
    "place_before": -0.8,
    "place_inside": -0.4,
    "place_glued": -0.3,
    "place_bare": 0.2,
    "place_preposition": 0.3,
    "place_distance": -0.3,
    "actor_distance": -0.3,
    "named": 0.3,
    "anaphor": -0.6,
}


class Judge:
    """Weighs the features of drafts."""

    id = "rules"

    def judge(self, draft: Draft, status: LegStatus, said_by: str) -> tuple[float, tuple[Reason, ...]]:
        """Return the probability that actor and place are right, and why."""
        features = dict(draft.features)
        features["bias"] = 1.0
        place = draft.to_place or draft.from_place or draft.via
        if place is not None:
            features["anaphor"] = float(place.anaphor)
        reasons = [
            Reason(name, round(_WEIGHTS[name] * value, 3))
            for name, value in features.items()
            if value and _WEIGHTS.get(name)
        ]
        if said_by:
            reasons.append(Reason(f"status_{status.value.replace(' ', '_')}", 0.0, said_by))
        logit = sum(reason.weight for reason in reasons)
        sure = 1 / (1 + exp(-logit))
        pin = place.place.confidence if place is not None else 0.0
        return round(sure * (0.5 + 0.5 * pin), 4), tuple(reasons)
