"""The places of a text that is looked at and not stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.core.models import Kind
from dashboard.render.map.legend import swatch
from dashboard.render.markup import bdi, element, join, visit
from dashboard.render.panel.cards import confidence_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markupsafe import Markup

    from dashboard.core.models import Place, Resolution
    from dashboard.words import Strings

__all__ = ["FoundPlace", "found_places", "pasted_places"]


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place of one text: how often it is named, how sure the surest mention is, and which one that is."""

    place: Place
    mentions: int
    confidence: float
    number: int


def found_places(resolutions: Sequence[Resolution]) -> list[FoundPlace]:
    """Return the places of a text, those named most often first, then in the order of the text."""
    found: dict[str, FoundPlace] = {}
    for number, resolution in enumerate(resolutions):
        place, sure = resolution.place, resolution.confidence
        if place is None:
            continue
        before = found.get(place.id, FoundPlace(place, 0, -1.0, number))
        surer = sure > before.confidence
        found[place.id] = FoundPlace(
            place, before.mentions + 1, max(sure, before.confidence), number if surer else before.number
        )
    return sorted(found.values(), key=lambda one: -one.mentions)


def pasted_places(
    found: Sequence[FoundPlace], words: Strings, address: Callable[[int], str], chosen: str | None
) -> Markup:
    """Return the places as a list; `address` opens a mention by its number, `chosen` is the open place's id."""
    rows = []
    for one in found:
        place = one.place
        where = words.country(place.country) if place.kind is not Kind.COUNTRY else ""
        facts = " · ".join(filter(None, (words(f"kind_{place.kind.value}"), where)))
        label = join([bdi(place.name_in(words.language)), element("small", facts)])
        inner = join(
            [
                swatch(place.kind),
                element("span", label, class_="kh-name"),
                confidence_words(one.confidence, words),
                element("b", f"× {words.number(one.mentions)}", title=words("mentions", n=one.mentions)),
            ]
        )
        open_ = "true" if place.id == chosen else None
        rows.append(element("li", visit(address(one.number), inner, class_="kh-row", aria_current=open_)))
    return element("ol", join(rows), class_="kh-list kh-pasted-places")
