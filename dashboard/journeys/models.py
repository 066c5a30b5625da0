"""The nouns of movement, as frozen values.

A *leg* is one actor, a movement and at least one named place, read from one text; a *journey* is what several
articles say of one movement.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from dashboard.core.models import ActorType

if TYPE_CHECKING:
    from dashboard.core.models import Place, Reason

__all__ = ["Actor", "ActorType", "Leg", "LegKind", "LegParse", "LegPlace", "LegStatus", "Sighting", "Span"]

Span = tuple[int, int]  # code points of the text as given, end exclusive


class LegKind(StrEnum):
    """What sort of movement it is; `data/gold/journeys` says where each begins and ends."""

    VISIT = "visit"
    ARRIVAL = "arrival"
    DEPARTURE = "departure"
    RETURN = "return"
    MEETING = "meeting"
    DEPLOYMENT = "deployment"
    WITHDRAWAL = "withdrawal"
    TRANSFER = "transfer"
    FLIGHT = "flight"
    EXPULSION = "expulsion"
    TRANSIT = "transit"

    @property
    def group(self) -> str:
        """The kinds that one occasion may bear at once: being there, having left, or the kind itself."""
        return _GROUPS.get(self, self.value)


_GROUPS = {
    LegKind.VISIT: "arrive",
    LegKind.ARRIVAL: "arrive",
    LegKind.MEETING: "arrive",
    LegKind.RETURN: "arrive",
    LegKind.DEPARTURE: "leave",
    LegKind.WITHDRAWAL: "leave",
}


class LegStatus(StrEnum):
    """Whether it is so."""

    HAPPENED = "happened"
    UNDER_WAY = "under way"
    PLANNED = "planned"
    CANCELLED = "cancelled"
    DENIED = "denied"
    ALLEGED = "alleged"
    HYPOTHETICAL = "hypothetical"
    HABITUAL = "habitual"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who or what moves, as one text names it.

    Attributes
    ----------
    span
        Of the head name: a person's name without title, a group's noun phrase.
    name
        The fullest name that the text gives.
    key
        What makes two namings one: `actor:...` for an entry of the table of actors, a spelling key for other
        names, the text of the phrase for what has no name.
    country
        ISO 3166-1 alpha-2 of the country it belongs to, by its title or the table; None when unknown.
    also
        Other namings in the same text.
    """

    span: Span
    text: str
    name: str
    type: ActorType
    key: str
    country: str | None = None
    also: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class LegPlace:
    """A place of a leg: where the text names it, and what it is; `confidence` is that of the pin."""

    span: Span
    text: str
    place: Place
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Sighting:
    """One sentence that states a leg: offsets of the actor, the cue and the sentence."""

    actor: Span
    cue: Span
    sentence: Span


@dataclass(frozen=True, slots=True)
class Leg:
    """One actor's movement, read from one text.

    Attributes
    ----------
    date
        EDTF; None when the text fixes none. `date_text` is the wording.
    cue, sentence
        Of the fullest statement; `sightings` are all, in the order of the text.
    confidence
        Probability that actor and place are right, 0 to 1.
    reasons
        What spoke for and against, weights in log-odds.
    beside
        Other persons and bodies that the sentence names: who was met, or came along.
    """

    actor: Actor
    kind: LegKind
    status: LegStatus
    cue: Span
    sentence: Span
    from_place: LegPlace | None = None
    to_place: LegPlace | None = None
    via: LegPlace | None = None
    date: str | None = None
    date_text: str | None = None
    confidence: float = 0.0
    reasons: tuple[Reason, ...] = ()
    sightings: tuple[Sighting, ...] = field(default=())
    beside: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True)
class LegParse:
    """All legs of one text, and the id of the parser that read them."""

    legs: tuple[Leg, ...]
    parser_id: str
