"""Where a leg begins when its sentence does not say: at the stop before it, for who goes on or returns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.journeys.gather import same_spot
from dashboard.journeys.models import LegKind, LegStatus

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dashboard.journeys.cues import Cue
    from dashboard.journeys.models import Leg, Span
    from dashboard.journeys.scene import Scene

__all__ = ["chain_legs", "goes_on"]

_ONWARD = frozenset(["انتقل", "تنقل", "تحرك", "غادر", "رحل"])  # verbs of one who leaves where he is
_SURENESS = 0.7  # of a start that is taken from the stop before
_WORDS = 3  # between then and its verb
_UNDONE = (LegStatus.CANCELLED, LegStatus.DENIED, LegStatus.HYPOTHETICAL)


def goes_on(scene: Scene, cue: Cue) -> bool:
    """Tell whether a cue says that somebody goes on from where he is: ثم توجه, انتقل, returned."""
    word = cue.reading.cue
    if word.kind in (LegKind.RETURN, LegKind.DEPARTURE) or word.lemma in _ONWARD:
        return True
    begin, _ = scene.sentence_of(cue.at)
    return any("then" in scene.info(at).roles for at in range(max(begin, cue.at - _WORDS), cue.at))


def chain_legs(legs: Sequence[Leg], onward: Collection[Span]) -> list[Leg]:
    """Give the legs that go on, and have no start, the last stop of the same actor as theirs.

    Parameters
    ----------
    onward
        Cues that say that somebody goes on, in code points.

    Returns
    -------
    legs
        In the order given.
    """
    return [_begun(legs, at) if leg.cue in onward else leg for at, leg in enumerate(legs)]


def _begun(legs: Sequence[Leg], at: int) -> Leg:
    leg = legs[at]
    if leg.from_place is not None or leg.to_place is None:
        return leg
    here = [
        one
        for other, one in enumerate(legs)
        if one.actor.key == leg.actor.key
        and one.to_place is not None
        and not same_spot(one.to_place.place, leg.to_place.place)
        and one.status not in _UNDONE
        and (other < at or (leg.kind is LegKind.RETURN and one.sentence == leg.sentence))
        and one.kind is not LegKind.RETURN
    ]
    if not here or here[-1].to_place is None:
        return leg
    start = here[-1].to_place
    return replace(leg, from_place=replace(start, confidence=round(start.confidence * _SURENESS, 3)))
