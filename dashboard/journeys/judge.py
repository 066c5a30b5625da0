"""How sure a leg is: what was seen in binding it, weighed by weights learned from our own gold."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

import orjson

from dashboard.core.errors import ModelError
from dashboard.core.models import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dashboard.journeys.models import LegStatus
    from dashboard.journeys.scene import Draft, Scene

__all__ = ["Judge", "describe_draft", "load_judge"]

_REASONS = 6  # that weigh most


def describe_draft(scene: Scene, draft: Draft) -> dict[str, float]:
    """Return by name what speaks for a draft and against it; no name is a word of the text.

    They are added to what was seen in binding: the end that decides whether a leg is right, what stands between
    actor, cue and place, and whether the place is the actor's own country.
    """
    features = dict(draft.features)
    place = draft.to_place or draft.from_place or draft.via
    cue, actor = draft.cue, draft.actor
    features[f"kind_{cue.reading.cue.kind}"] = 1.0
    features[f"form_{cue.reading.cue.form}"] = 1.0
    features["latin"] = float(scene.document.language != "ar")
    features["headline"] = float(scene.document.is_headline(draft.sentence))
    features["actor_after"] = float(actor.lead > cue.at)
    features["one_word"] = float(actor.lead == actor.tail)
    first, last = sorted((actor.tail, cue.at))
    same = scene.words[actor.lead].sentence == scene.words[cue.at].sentence
    features["elsewhere"] = float(not same)
    if same:
        between = range(first + 1, last)
        features["cues_between"] = min(sum(at in scene.cue_at for at in between), 3)
        features["actors_between"] = min(sum(at in scene.actor_at for at in between), 4) / 2
        features["stops_between"] = float(
            any(scene.words[at].gap.strip() in ("،", ",", ":", ";", "؛") for at in between)
        )
    if place is None:
        return features
    features["pin"] = place.place.confidence
    features["anaphor"] = float(place.anaphor)
    features[f"role_{place.role or 'bare'}"] = 1.0
    features["own_country"] = float(actor.country is not None and actor.country == place.place.place.country)
    features["place_first"] = float(place.first < cue.at)
    features["both_ends"] = float(draft.to_place is not None and draft.from_place is not None)
    features["only_via"] = float(draft.to_place is None and draft.from_place is None)
    features["only_from"] = float(draft.to_place is None and draft.from_place is not None)
    first, last = sorted((place.first, cue.last))
    features["stops_before_place"] = float(
        any(scene.words[at].gap.strip() in ("،", ",", ":") for at in range(first + 1, last + 1))
    )
    features["cues_before_place"] = min(sum(at in scene.cue_at for at in range(first + 1, last)), 3)
    return features


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
        Probability below which a leg is left out: chosen on the development part for the best F1.
    """

    id: str
    weights: Mapping[str, float]
    least: float

    def judge(
        self, features: Mapping[str, float], status: LegStatus, said_by: str
    ) -> tuple[float, tuple[Reason, ...]]:
        """Return the probability that actor and place are right, and why."""
        weighed = [(name, self.weights.get(name, 0.0) * value) for name, value in features.items() if value]
        logit = self.weights.get("bias", 0.0) + sum(weight for _, weight in weighed)
        top = sorted(weighed, key=lambda pair: -abs(pair[1]))[:_REASONS]
        reasons = [Reason(name, round(weight, 3)) for name, weight in top if weight]
        if said_by:
            reasons.append(Reason(f"status_{status.value.replace(' ', '_')}", 0.0, said_by))
        return round(1 / (1 + exp(-logit)), 4), tuple(reasons)


def load_judge(path: Path) -> Judge:
    """Read weights as `data/model/make_journeys.py` writes them.

    Raises
    ------
    ModelError
        When there is no such file, or it is none of ours.
    """
    try:
        found = orjson.loads(path.read_bytes())
        return Judge(str(found["id"]), dict(found["weights"]), float(found["least"]))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ModelError(f"No weights of journeys at '{path}'. Install Kharita again.") from error
