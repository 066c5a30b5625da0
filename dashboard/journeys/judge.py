"""How sure a leg is: what was seen in binding it, weighed by weights learned from our own gold and from judged news."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import exp
from typing import TYPE_CHECKING

import orjson

from dashboard.core.errors import ModelError
from dashboard.core.models import Reason
from dashboard.core.settings import data_path
from dashboard.journeys.models import LegStatus

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


__all__ = ["Judge", "describe_status", "drawn_from", "load_judge"]

_UNDONE = (LegStatus.CANCELLED, LegStatus.DENIED)
_REASONS = 6  # that weigh most


def describe_status(features: Mapping[str, float], status: LegStatus, said_by: str) -> dict[str, float]:
    """Return by name what the status of a draft, beside the form of its cue, says of how sure it is."""
    past, noun, future = (features.get(f"form_{form}", 0.0) for form in ("past", "noun", "future"))
    happened, planned = status is LegStatus.HAPPENED, status is LegStatus.PLANNED
    return {
        f"status_{status.value.replace(' ', '_')}": 1.0,
        "status_said": float(bool(said_by)),
        "undone": float(status in _UNDONE),
        "happened_past": past * happened,
        "happened_noun": noun * happened,
        "happened_noun_said": noun * happened * bool(said_by),
        "planned_future": future * planned,
        "planned_otherwise": (1 - future) * planned,
    }


@dataclass(frozen=True, slots=True)
class Judge:
    """A weighted sum of features as a probability.

    Attributes
    ----------
    id
        Digest of the weights.
    weights
        By feature; `bias` always counts.
    least
        Probability below which a leg is left out: chosen by folds of our gold for the best F1.
    drawn
        Probability from which a journey is drawn unless somebody asks for less sure ones: of news that readers judged,
        nearly nine of ten above it are right by folds.
    """

    id: str
    weights: Mapping[str, float]
    least: float
    drawn: float

    def judge(
        self, features: dict[str, float], status: LegStatus, said_by: str
    ) -> tuple[float, tuple[Reason, ...]]:
        """Return the probability that actor, place and status are right, and why."""
        seen = features | describe_status(features, status, said_by)
        weighed = [(name, self.weights.get(name, 0.0) * value) for name, value in seen.items() if value]
        logit = self.weights.get("bias", 0.0) + sum(weight for _, weight in weighed)
        weighed = [one for one in weighed if not one[0].startswith("status_")]
        top = sorted(weighed, key=lambda pair: -abs(pair[1]))[:_REASONS]
        reasons = [Reason(name, round(weight, 3)) for name, weight in top if weight]
        if said_by:
            reasons.append(Reason(f"status_{status.value.replace(' ', '_')}", 0.0, said_by))
        return round(1 / (1 + exp(-logit)), 4), tuple(reasons)


@lru_cache(maxsize=2)  # whoever draws journeys asks for the floor again and again
def load_judge(path: Path) -> Judge:
    """Read weights as `data/model/make_journeys.py` writes them.

    Raises
    ------
    ModelError
        When there is no such file, or it is none of ours.
    """
    try:
        found = orjson.loads(path.read_bytes())
        return Judge(str(found["id"]), dict(found["weights"]), float(found["least"]), float(found["drawn"]))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ModelError(f"No weights of journeys at '{path}'. Install Kharita again.") from error


def drawn_from() -> float:
    """Return the confidence from which a journey is drawn unless less sure ones are asked for."""
    return load_judge(data_path() / "model" / "journeys.json").drawn
