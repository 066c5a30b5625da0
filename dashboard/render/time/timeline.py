"""The thin timeline below the map: articles over time, each bar a link that keeps to its days."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.render.markup import element, join, visit
from dashboard.render.time.time_tools import Bar, Step, brush_marks, play_controls, time_tools

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.words import Strings

__all__ = ["Bar", "Step", "TimelineCounts", "bars", "fitting_step", "offered_steps", "timeline"]

_Range = tuple["date | None", "date | None"]
_LIMITS: tuple[tuple[Step, int], ...] = (("day", 62), ("week", 400), ("month", 3000))  # longest span in days
_MOST_BARS = 370
_DAYS: dict[Step, int] = {"day": 1, "week": 7, "month": 30, "year": 365}
_LOWEST = 9  # per cent of the height that one article takes at least
_MOST_TICKS = 8


@dataclass(frozen=True, slots=True)
class TimelineCounts:
    """What the timeline shows.

    Attributes
    ----------
    days
        Days with articles and their number, oldest first.
    undated
        Articles without a date, which no bar shows.
    first, last
        The time that it spans; None = that of `days`.
    step
        Width of the bars; None = what fits.
    everything
        Query string under which the timeline shows all days.
    """

    days: Sequence[tuple[date, int]]
    undated: int = 0
    first: date | None = None
    last: date | None = None
    step: Step | None = None
    everything: str = ""

    @property
    def earlier(self) -> int:
        """Articles before the time that is shown."""
        return sum(n for day, n in self.days if self.first and day < self.first)

    @property
    def later(self) -> int:
        """Articles after it."""
        return sum(n for day, n in self.days if self.last and day > self.last)


def fitting_step(first: date, last: date) -> Step:
    """Return the step that suits a time."""
    return next((name for name, most in _LIMITS if (last - first).days < most), "year")


def offered_steps(first: date, last: date) -> list[Step]:
    """Return the steps that make bars, more than one and not too many."""
    span = (last - first).days + 1
    return [step for step, days in _DAYS.items() if days < span <= days * _MOST_BARS]


def bars(
    days: Sequence[tuple[date, int]], first: date, last: date, step: Step | None = None
) -> tuple[Step, list[Bar]]:
    """Gather counts by day into days, weeks (from Monday), months or years, without a gap.

    Parameters
    ----------
    first, last
        The time shown, which holds all of `days`.
    step
        Width of the bars; None, or one that would make too many, = what fits.
    """
    step = step if step in offered_steps(first, last) else fitting_step(first, last)
    counts: Counter[date] = Counter()
    for day, n in days:
        counts[_start(day, step)] += n
    found = []
    at: date | None = _start(first, step)
    while at is not None and at <= last:
        after = _next(at, step)
        ends = date.max if after is None else after - timedelta(days=1)
        found.append(Bar(at, ends, counts[at]))
        at = after
    return step, found


def _start(day: date, step: Step) -> date:
    if step == "week":
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    if step == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if step == "year" else day


def _next(day: date, step: Step) -> date | None:
    """Return where the next bar begins; None after the last day that a date can be."""
    try:
        if step == "year":
            return day.replace(year=day.year + 1)
        if step == "month":
            return (day + timedelta(days=31)).replace(day=1)
        return day + timedelta(days=7 if step == "week" else 1)
    except (ValueError, OverflowError):
        return None


def timeline(
    counts: TimelineCounts,
    chosen: _Range,
    words: Strings,
    address: Callable[[date | None, date | None], str],
    *,
    step_address: Callable[[Step | None], str] | None = None,
) -> Markup:
    """Return the timeline; nothing when no article has a date.

    Parameters
    ----------
    chosen
        First and last day of the filters; None where there is no limit.
    address
        Makes the query string that keeps to a first and a last day; to none, where it is given None.
    step_address
        Makes the query string of another width of bars; None offers no other, and no way to play.
    """
    first = counts.first or (counts.days[0][0] if counts.days else None)
    last = counts.last or (counts.days[-1][0] if counts.days else None)
    if first is None or last is None:
        return Markup("")
    inside = [(day, n) for day, n in counts.days if first <= day <= last]
    step, found = bars(inside, first, last, counts.step)
    cut = (bool(counts.earlier), bool(counts.later))
    most = max(bar.articles for bar in found)
    marks = []
    for bar in found:
        count = words("articles", n=bar.articles)
        label = words("timeline_bar", period=words.period(step, bar.first), articles=count)
        marks.append(_mark(bar, most, chosen, label, address))
    notes = [_outside(counts, words)]
    if counts.undated:
        notes.append(element("span", words("timeline_undated", n=counts.undated)))
    parts = [
        element("div", join(marks), class_="kh-time-bars", **brush_marks(found, first, last, cut)),
        element("div", join(_ticks(found, step, words)), class_="kh-time-ticks", aria_hidden="true"),
    ]
    drawn = element("div", join(parts), class_="kh-time-chart")
    said = join((note for note in notes if note), " ")
    beside = element("p", said, class_="kh-time-note") if said else ""
    tools: list[Markup] = []
    if step_address and len(found) > 1:
        tools = [play_controls(words), time_tools(step, offered_steps(first, last), words, step_address)]
    return element("nav", join([*tools, drawn, beside]), class_="kh-time", aria_label=words("timeline"))


def _outside(counts: TimelineCounts, words: Strings) -> Markup:
    """Say how many articles lie outside the time that is shown, with the way to all; nothing when none does."""
    parts = [
        words(key, n=n)
        for key, n in (("timeline_earlier", counts.earlier), ("timeline_later", counts.later))
        if n
    ]
    if not parts:
        return Markup("")
    said = words("comma").join(parts)
    if not counts.everything:
        return element("span", said)
    return visit(counts.everything, said, title=words("timeline_all"))


def _mark(bar: Bar, most: int, chosen: _Range, label: str, address: Callable[..., str]) -> Markup:
    """Return one bar: a link to its days, or, when only they are shown, back to all."""
    if not bar.articles:
        return element("i")
    since, until = chosen
    outside = (since is not None and bar.last < since) or (until is not None and bar.first > until)
    only = chosen == (bar.first, bar.last)
    height = max(_LOWEST, round(100 * bar.articles / most))
    return visit(
        address(None, None) if only else address(bar.first, bar.last),
        element("span", style=f"height:{height}%"),
        class_="kh-time-out" if outside else None,
        title=label,
        aria_label=label,
        aria_current="true" if only else None,
    )


def _ticks(found: Sequence[Bar], step: Step, words: Strings) -> list[Markup]:
    """Return names at their places: of years below months, of months below days and weeks."""
    wide: Step = "year" if step in ("month", "year") else "month"
    begin = [
        number
        for number, bar in enumerate(found)
        if step == "year" or not number or _start(bar.first, wide) != _start(found[number - 1].first, wide)
    ]
    if len(begin) > 1 and begin[1] < len(found) / (2 * _MOST_TICKS):
        begin = begin[1:]  # the first stretch is too short for its name
    every = -(-len(begin) // _MOST_TICKS)
    return [
        element(
            "span",
            words.period(wide, found[number].first),
            style=f"inset-inline-start:{100 * number / len(found):.2f}%",
        )
        for number in begin[::every]
        if number / len(found) < 1 - 0.5 / _MOST_TICKS or len(found) == 1
    ]
