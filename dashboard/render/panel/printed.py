"""What stands on paper only: when it was printed, the time and the sources that the map tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.render.markup import bdi, element, join

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from markupsafe import Markup

    from dashboard.words import Strings

__all__ = ["ROWS_ON_PAPER", "printed_head", "printed_rest"]

ROWS_ON_PAPER = 60  # of a list, in two columns beside the map; the style sheet hides what comes after them
_SOURCES = 8  # that are named


def printed_head(
    today: date, span: tuple[date, date] | None, sources: Sequence[str], words: Strings
) -> Markup:
    """Return the line below the sentence on paper.

    Parameters
    ----------
    span
        Days of the oldest and the newest article that the sentence speaks of; None when none has a date.
    sources
        Of these articles, most frequent first.
    """
    parts: list[object] = [words("printed_on", day=words.day(today))]
    if span:
        parts.append(words("printed_span", first=words.day(span[0]), last=words.day(span[1])))
    if sources:
        named = join((bdi(name) for name in sources[:_SOURCES]), words("comma"))
        rest = len(sources) - _SOURCES
        more = [" ", words("printed_more", n=rest)] if rest > 0 else []
        parts.append(join([words("printed_sources"), " ", named, *more]))
    return element("p", join(parts, " · "), class_="kh-printed")


def printed_rest(listed: int, total: int, words: Strings) -> Markup:
    """Return how many places of a list are not on the paper."""
    rest = total - min(listed, ROWS_ON_PAPER)
    return element("p", words("printed_rest", n=rest), class_="kh-printed") if rest > 0 else join([])
