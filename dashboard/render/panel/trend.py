"""Articles over time, small: a curve beside a name in a list, and the bars on a place's card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.render.markup import element, join, visit
from dashboard.render.time.timeline import bars

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from dashboard.render.time.timeline import Bar
    from dashboard.words import Strings

__all__ = ["digits", "sparkline", "trend"]

_LOWEST = 6  # per cent of the height that a count above nothing takes at least
_Range = tuple["date | None", "date | None"]


def sparkline(counts: Sequence[int], words: Strings) -> Markup:
    """Return counts, oldest first, as a filled curve in the writing's direction; empty when all are zero.

    It says no more than the numbers beside it, so it is hidden from those who listen.
    """
    most = max(counts, default=0)
    if not most:
        return element("span")
    last = max(1, len(counts) - 1)
    points = [(100 * at / last, _down(n, most)) for at, n in enumerate(counts)]
    if words.rtl:
        points = [(100 - x, y) for x, y in points]
    first_x, last_x = points[0][0], points[-1][0]
    corners = [(first_x, 100), *points, (last_x, 100)]
    outline = ",".join(f"{x:.3g}% {y:.3g}%" for x, y in corners)
    return element(
        "span",
        element("i", style=f"clip-path:polygon({outline})"),
        class_="kh-curve",
        aria_hidden="true",
    )


def digits(words: Strings, counts: Iterable[int]) -> str:
    """Return the style under which the numbers of a list take equal room, so that what is beside them lines up."""
    return f"--digits:{len(words.number(max(counts, default=0)))}ch"


def _down(count: int, most: int) -> float:
    """Return how far below the top, in per cent, a count lies."""
    return 100 - max(_LOWEST if count else 0, 100 * count / most)


def trend(
    days: Sequence[tuple[date, int]],
    span: tuple[date, date],
    chosen: _Range,
    words: Strings,
    address: Callable[[date | None, date | None], str],
) -> Markup:
    """Return the articles of a place over time, each bar a link that keeps to its days; nothing without any.

    Parameters
    ----------
    days
        Days with articles and their number, oldest first.
    span
        The first and last day shown, so that all cards have the same time below them.
    chosen
        First and last day of the filters; None where there is no limit.
    address
        Makes the query string that keeps to a first and a last day; to none, where it is given None.
    """
    if not days:
        return Markup("")
    first, last = min(span[0], days[0][0]), max(span[1], days[-1][0])
    step, found = bars(days, first, last)
    most = max(bar.articles for bar in found)
    marks = []
    for bar in found:
        count = words("articles", n=bar.articles)
        label = words("timeline_bar", period=words.period(step, bar.first), articles=count)
        marks.append(_mark(bar, most, chosen, label, address))
    ends = [words.period(step, found[0].first), words.period(step, found[-1].first)]
    below = join(element("span", end) for end in dict.fromkeys(ends))
    parts = [
        element("div", join(marks), class_="kh-trend-bars"),
        element("div", below, class_="kh-trend-ends", aria_hidden="true"),
    ]
    return element("nav", join(parts), class_="kh-trend", aria_label=words("card_trend"))


def _mark(bar: Bar, most: int, chosen: _Range, label: str, address: Callable[..., str]) -> Markup:
    """Return one bar: a link to its days, or, when only they are shown, back to all."""
    if not bar.articles:
        return element("i")
    since, until = chosen
    outside = (since is not None and bar.last < since) or (until is not None and bar.first > until)
    only = chosen == (bar.first, bar.last)
    return visit(
        address(None, None) if only else address(bar.first, bar.last),
        element("span", style=f"height:{max(_LOWEST, round(100 * bar.articles / most))}%"),
        class_="kh-trend-out" if outside else None,
        title=label,
        aria_label=label,
        aria_current="true" if only else None,
    )
