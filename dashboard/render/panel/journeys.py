"""Journeys in the side panel: the list, one journey with its reports, one actor, and who came to a place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.journeys.merge import Conflict
from dashboard.query import actor_counts, journey_days, sources_of
from dashboard.render.actor_words import actor_name
from dashboard.render.map.journey_layer import sort_colour, sort_of
from dashboard.render.markup import bdi, element, join, line, link, marked, visit
from dashboard.render.panel.place_sections import source_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from dashboard.journeys import Journey, LegPlace
    from dashboard.query import ReportHead, ToldReport
    from dashboard.query.actor_names import ActorNames
    from dashboard.words import Strings

__all__ = [
    "VISITORS",
    "JourneyWays",
    "actor_card",
    "actor_list",
    "journey_card",
    "journey_list",
    "visitors",
    "way_words",
    "when_words",
]

VISITORS = 6  # on a place's card


@dataclass(frozen=True, slots=True)
class JourneyWays:
    """What is needed to tell of journeys: names of actors, and the addresses of what they lead to.

    Attributes
    ----------
    leg
        Takes the name of a report: opens its article where it tells of the journey.
    heads
        Title and source of articles, by their ids: rows name the article that told their journey first.
    """

    names: ActorNames
    words: Strings
    journey: Callable[[str], str]
    actor: Callable[[str], str]
    place: Callable[[str], str]
    leg: Callable[[str], str]
    heads: Mapping[str, ReportHead] = field(default_factory=dict)

    def name(self, key: str) -> str:
        """Return the name of an actor."""
        return actor_name(self.names, key, self.words)


def _end(end: LegPlace | None, words: Strings) -> Markup:
    if end is None:
        return element("i", words("journey_unknown"))
    return bdi(end.place.name_in(words.language))


def way_words(journey: Journey, words: Strings) -> Markup:
    """Return from where to where, with an arrow that points as one reads."""
    arrow = element("span", "←" if words.rtl else "→", class_="kh-way-arrow", aria_label=words("journey_to"))
    ends = [journey.from_place, journey.via, journey.to_place]
    shown = [ends[0], ends[2]] if ends[1] is None else ends
    return element("span", join(_between([_end(end, words) for end in shown], arrow), " "), class_="kh-way")


def _between(parts: Sequence[Markup], sign: Markup) -> list[Markup]:
    found: list[Markup] = []
    for part in parts:
        found += [sign, part] if found else [part]
    return found


def when_words(journey: Journey, words: Strings) -> str:
    """Return on which days, or that no report says so."""
    days = journey_days(journey)
    if days is None:
        return words("journey_no_day")
    first, last = days
    if journey.date is None:
        return words("journey_told_on", day=words.day(first))
    return (
        words.day(first)
        if first == last
        else words("journey_days", first=words.day(first), last=words.day(last))
    )


def _status(journey: Journey, words: Strings) -> Markup:
    sort = sort_of(journey)
    sign = element(
        "span", class_=f"kh-arc kh-arc-{int(sort)}", style=f"--k:{sort_colour(sort)}", aria_hidden="true"
    )
    return element(
        "span", join([sign, words(f"leg_status_{journey.status.value.replace(' ', '_')}")]), class_="kh-so"
    )


def _told(journey: Journey, words: Strings) -> str:
    return words("comma").join(
        [words("articles", n=journey.articles), words("journey_independent", n=journey.independent)]
    )


def _first_told(journey: Journey, ways: JourneyWays) -> Markup:
    """Return title and source of the article that told a journey first: what tells rows of one way apart."""
    head = ways.heads.get(journey.earliest.article)
    if head is None:
        return Markup("")
    said = [bdi(head.title), bdi(head.source) if head.source else ways.words("card_no_source")]
    return element("small", join(said, " · "), class_="kh-journey-told")


def journey_list(journeys: Iterable[Journey], ways: JourneyWays, *, actors: bool = True) -> Markup:
    """Return journeys as rows that open them."""
    words, rows = ways.words, []
    for one in journeys:
        head = [bdi(ways.name(one.actor)), " · "] if actors else []
        facts = [words(f"leg_kind_{one.kind.value}"), when_words(one, words), _told(one, words)]
        inner = join(
            [
                element("span", join([*head, way_words(one, words)]), class_="kh-journey-what"),
                element("small", join([_status(one, words), *facts], " · ")),
                _first_told(one, ways),
                element("small", words("journey_contradicted"), class_="kh-against")
                if one.contradictions
                else "",
            ]
        )
        rows.append(element("li", visit(ways.journey(one.id), inner, class_="kh-journey")))
    return element("ol", join(rows), class_="kh-journeys")


def actor_list(journeys: Sequence[Journey], ways: JourneyWays, most: int = 12) -> Markup:
    """Return who moves as small links, those of most journeys first."""
    ranked = sorted(
        actor_counts(journeys),
        key=lambda one: (-one.journeys, -one.articles, ways.words.sort_key(ways.name(one.key))),
    )
    chips = [
        visit(
            ways.actor(one.key),
            join([bdi(ways.name(one.key)), element("b", ways.words.number(one.journeys))]),
            class_="kh-chip",
        )
        for one in ranked[:most]
    ]
    return element("div", join(chips), class_="kh-chips")


def _report(told: ToldReport, ways: JourneyWays) -> Markup:
    """Return a report: its article, and the sentence with actor, cue and places marked."""
    words, leg = ways.words, told.report.leg
    about = [bdi(told.source) if told.source else words("card_no_source"), words.day(told.published)]
    about.append(words(f"leg_status_{leg.status.value.replace(' ', '_')}"))
    ends = [end.span for end in (leg.from_place, leg.via, leg.to_place) if end]
    spans = [(start - told.start, end - told.start) for start, end in (leg.cue, leg.actor.span, *ends)]
    address = ways.leg(told.report.key)
    return element(
        "article",
        join(
            [
                element("h3", visit(address, line(told.title)), dir="auto"),
                element("p", join((part for part in about if part), " · "), class_="kh-meta"),
                element("blockquote", marked(told.sentence, _apart(spans)), dir="auto"),
                element(
                    "p",
                    join(
                        [
                            visit(address, words("journey_read"), class_="kh-action"),
                            link(told.url, class_="kh-out"),
                        ],
                        " ",
                    ),
                    class_="kh-actions",
                ),
            ]
        ),
        class_="kh-story",
    )


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return stretches that don't overlap, the earlier ones kept."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if start >= 0 and (not kept or start >= kept[-1][1]):
            kept.append((start, end))
    return kept


def _contradictions(journey: Journey, told: Sequence[ToldReport], words: Strings) -> Markup:
    """Return what the reports disagree on, side by side."""
    sources = {one.report.key: one.source or line(one.title) for one in told}
    parts = []
    for found in journey.contradictions:
        sides = []
        for value, reports in found.sides:
            shown = (
                words(f"leg_status_{value.replace(' ', '_')}") if found.conflict is Conflict.STATUS else value
            )
            who = list(dict.fromkeys(sources.get(report.key, "") for report in reports))
            names = join((bdi(str(name)) for name in who if name), words("comma"))
            sides.append(element("li", join([element("b", shown), names], " ")))
        parts.append(element("h4", words(f"journey_conflict_{found.conflict.value}")))
        parts.append(element("ul", join(sides), class_="kh-sides"))
    return element("section", join(parts), class_="kh-contradictions") if parts else Markup("")


def journey_card(journey: Journey, told: Sequence[ToldReport], ways: JourneyWays, back: str) -> Markup:
    """Return one journey: who, from where to where, when, is it so, what contradicts; then its reports."""
    words = ways.words
    facts = [words(f"leg_kind_{journey.kind.value}"), _status(journey, words), when_words(journey, words)]
    head = [
        visit(back, words("journey_back"), class_="kh-back"),
        element("h2", visit(ways.actor(journey.actor), bdi(ways.name(journey.actor)))),
        element("p", way_words(journey, words), class_="kh-journey-way"),
        element("p", join(facts, " · "), class_="kh-facts"),
        element("p", _told(journey, words), class_="kh-counts"),
    ]
    with_ = _company([journey], ways)
    return join(
        [
            element("header", join(head), class_="kh-card"),
            with_,
            _contradictions(journey, told, words),
            element("h3", words("journey_reports"), class_="kh-section-title"),
            element("div", join(_report(one, ways) for one in told), class_="kh-stories"),
        ]
    )


def _company(journeys: Sequence[Journey], ways: JourneyWays) -> Markup:
    """Return who else the sentences name."""
    found = Counter(
        key
        for one in journeys
        for key in {other.key for report in one.reports for other in report.leg.beside}
        if key != one.actor
    )
    if not found:
        return Markup("")
    chips = [
        visit(
            ways.actor(key), join([bdi(ways.name(key)), element("b", ways.words.number(n))]), class_="kh-chip"
        )
        for key, n in found.most_common(10)
    ]
    title = element("h3", ways.words("journey_company"), class_="kh-section-title")
    return join([title, element("div", join(chips), class_="kh-chips")])


def _strip(journeys: Sequence[Journey], words: Strings) -> Markup:
    """Return a strip of time with a mark for each journey; it is told in words by the list below."""
    spans = [(days, sort_of(one)) for one in journeys if (days := journey_days(one))]
    if not spans:
        return Markup("")
    first, last = min(days[0] for days, _ in spans), max(days[1] for days, _ in spans)
    whole = (last - first).days
    if not whole:  # one day shows nothing
        return Markup("")
    marks = [
        element(
            "i",
            class_=f"kh-strip-mark kh-arc-{int(sort)}",
            style=f"--k:{sort_colour(sort)};inset-inline-start:{100 * (days[0] - first).days / whole:.1f}%;"
            f"inline-size:{100 * (days[1] - days[0]).days / whole:.1f}%",
        )
        for days, sort in spans
    ]
    ends = [element("span", words.day(day)) for day in (first, last)]
    return element(
        "div",
        join(
            [
                element("div", join(marks), class_="kh-strip-line"),
                element("div", join(ends), class_="kh-strip-ends"),
            ]
        ),
        class_="kh-strip",
        aria_hidden="true",
    )


def actor_card(
    key: str, journeys: Sequence[Journey], ways: JourneyWays, back: str, source: Callable[[str], str]
) -> Markup:
    """Return one actor: names, how often told of, the strip of time, with whom, by which sources, and every journey.

    Parameters
    ----------
    source
        Makes the query string that keeps to the articles of a source.
    """
    words = ways.words
    others = ways.names.others(key, words.language)[:4]
    kind = ways.names.type_of(key)
    articles = {report.article for one in journeys for report in one.reports}
    counts = [words("journeys", n=len(journeys)), words("articles", n=len(articles))]
    head = [
        visit(back, words("journey_back"), class_="kh-back"),
        element("h2", join([bdi(ways.name(key)), *(element("small", bdi(other)) for other in others)])),
        element("p", words(f"actor_{kind.value}"), class_="kh-facts") if kind else "",
        element("p", join(counts, " · "), class_="kh-counts"),
    ]
    parts = [
        element("header", join(head), class_="kh-card"),
        _strip(journeys, words),
        _company(journeys, ways),
    ]
    parts.append(source_list(sources_of(journeys), words, source))
    parts.append(element("h3", words("journey_list"), class_="kh-section-title"))
    parts.append(journey_list(journeys, ways, actors=False))
    return join(parts)


def visitors(journeys: Sequence[Journey], ways: JourneyWays, every: str, most: int = VISITORS) -> Markup:
    """Return who came to a place and left it, for its card; nothing when nobody did."""
    if not journeys:
        return Markup("")
    words = ways.words
    title = join([words("journey_visitors"), element("small", words.number(len(journeys)))], " ")
    more = visit(every, words("journey_all_here"), class_="kh-action")
    return join(
        [
            element("h3", title, class_="kh-section-title"),
            journey_list(journeys[:most], ways),
            element("p", more, class_="kh-actions"),
        ]
    )
