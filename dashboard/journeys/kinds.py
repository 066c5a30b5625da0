"""Which kind of leg a cue states, given who moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.journeys.models import ActorType, LegKind

if TYPE_CHECKING:
    from dashboard.journeys.scene import Draft, Scene

__all__ = ["kind_of"]

_SENT = {
    ActorType.PERSON: LegKind.VISIT,
    ActorType.DELEGATION: LegKind.VISIT,
    ActorType.GOODS: LegKind.TRANSFER,
    ActorType.PEOPLE: LegKind.TRANSFER,
    ActorType.ORGANISATION: LegKind.TRANSFER,
}
_ARMED = (ActorType.FORCE,)


def kind_of(scene: Scene, draft: Draft, actor: ActorType) -> LegKind:  # noqa: PLR0911 - one for each kind
    """Return the kind: troops that enter are deployed, troops that leave withdraw, goods are transferred."""
    word = draft.cue.reading.cue
    kind = word.kind
    if kind is LegKind.DEPLOYMENT and word.mover == "object":
        return _SENT.get(actor, kind)
    if kind is LegKind.DEPLOYMENT and actor is ActorType.PEOPLE and word.mover == "subject":
        return LegKind.ARRIVAL  # settlers who break into a yard are no troops
    if (kind in (LegKind.ARRIVAL, LegKind.VISIT) or word.mover == "host") and actor in _ARMED:
        return LegKind.DEPLOYMENT
    if kind is LegKind.DEPARTURE and actor in _ARMED:
        return LegKind.WITHDRAWAL
    if kind is LegKind.WITHDRAWAL and actor is ActorType.PERSON:
        return LegKind.RETURN  # an ambassador recalled by his own state
    if kind in (LegKind.ARRIVAL, LegKind.RETURN) and actor is ActorType.GOODS:
        return LegKind.TRANSFER
    if kind is LegKind.TRANSFER and actor in _ARMED and word.mover == "object" and word.bare != "from":
        return LegKind.DEPLOYMENT
    if kind is LegKind.DEPARTURE and actor is ActorType.PEOPLE and _arranged(scene, draft):
        return LegKind.TRANSFER
    return kind


def _arranged(scene: Scene, draft: Draft) -> bool:
    """Tell whether people leave by an agreement, or in buses."""
    begin, end = scene.sentence_of(draft.cue.at)
    return any("arranged" in scene.info(at).roles for at in range(begin, end))
