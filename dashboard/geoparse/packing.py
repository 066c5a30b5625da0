"""Parses as plain values and back: these cross to another process several times faster than objects do."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dashboard.core.models import Abstention, Candidate, Focus, Mention, Parse, Reason, Resolution

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dashboard.core.models import Place

__all__ = ["Packed", "Unpacking", "packed"]

_KEPT = 1 << 15

Packed = tuple[Any, ...]


def packed(parse: Parse) -> Packed:
    """Return a parse as plain values: few and flat ones, places as their ids, and no text."""
    focus = parse.focus
    found = [_packed_resolution(resolution) for resolution in parse.resolutions]
    return (parse.language, focus.place, focus.country, parse.parser_id, parse.gazetteer_id, found)


def _packed_resolution(resolution: Resolution) -> Packed:
    options = resolution.candidates
    explained = any(option.reasons for option in options)
    return (
        resolution.mention.start,
        resolution.mention.end,
        resolution.place is not None,
        resolution.confidence,
        tuple([option.place.id for option in options]),
        tuple([option.score for option in options]),
        tuple([_packed_reasons(option.reasons) for option in options]) if explained else None,
        _packed_reasons(resolution.reasons),
        resolution.metonymy,
        resolution.abstention and resolution.abstention.value,
    )


def _packed_reasons(reasons: Iterable[Reason]) -> Packed:
    return tuple([value for reason in reasons for value in (reason.code, reason.weight, reason.detail)])


class Unpacking:
    """Turns plain values into parses again.

    Parameters
    ----------
    place
        Gives the place of an id.
    """

    def __init__(self, place: Callable[[str], Place]) -> None:
        self._place = lru_cache(maxsize=_KEPT)(place)
        # The same few come again and again.
        self._candidate = lru_cache(maxsize=_KEPT)(lambda ident, score: Candidate(self._place(ident), score))
        self._reason = lru_cache(maxsize=_KEPT)(Reason)

    def parse(self, values: Packed, text: str) -> Parse:
        """Return the parse of a text."""
        language, place, country, parser_id, gazetteer_id, resolutions = values
        found = tuple([self._resolution(resolution, text) for resolution in resolutions])
        return Parse(language, found, Focus(place, country), parser_id, gazetteer_id)

    def _resolution(self, values: Packed, text: str) -> Resolution:
        start, end, placed, confidence, idents, scores, explained, reasons, metonymy, abstention = values
        if explained is None:
            candidates = tuple(map(self._candidate, idents, scores))
        else:
            places, why = map(self._place, idents), map(self._reasons, explained)
            candidates = tuple(map(Candidate, places, scores, why))
        return Resolution(
            Mention(start, end, text[start:end]),
            candidates[0].place if placed else None,
            confidence,
            candidates,
            self._reasons(reasons),
            metonymy,
            Abstention(abstention) if abstention else None,
        )

    def _reasons(self, flat: Packed) -> tuple[Reason, ...]:
        return tuple(map(self._reason, flat[::3], flat[1::3], flat[2::3]))
