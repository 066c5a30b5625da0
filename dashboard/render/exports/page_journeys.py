"""Journeys in a page that is handed over as one file: a list with their sentences, and the arcs of its map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from dashboard.query import told_reports
from dashboard.render.actor_words import actor_name
from dashboard.render.exports.trips import chosen_journeys
from dashboard.render.map.journey_layer import DASHES, SORT_COLOURS, sort_of
from dashboard.render.markup import bdi, element, join, line, link, marked
from dashboard.render.panel.journeys import way_words, when_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.journeys import Journey
    from dashboard.query import JourneyBook, ToldReport
    from dashboard.render.exports.material import Handover
    from dashboard.words import Strings

__all__ = ["MOST_JOURNEYS", "PageJourneys", "page_journeys"]

MOST_JOURNEYS = 400
_REPORTS = 5  # of one journey


class PageJourneys:
    """The journeys of a page: those of most independent reports first, and how many found no room."""

    def __init__(self, handover: Handover, book: JourneyBook, journeys: Sequence[Journey]) -> None:
        ordered = sorted(journeys, key=lambda one: (-one.independent, one.id))
        self._handover, self._book = handover, book
        self.journeys = ordered[:MOST_JOURNEYS]
        self.left = len(ordered) - len(self.journeys)

    def section(self) -> Markup:
        """Return the list; nothing where nobody moves."""
        if not self.journeys:
            return Markup("")
        words = self._handover.words
        title = join([words("view_journeys"), element("b", words.number(len(self.journeys)))], " ")
        parts = [element("h2", title), *map(self._entry, self.journeys)]
        return element("section", join(parts), class_="journeys", aria_label=words("view_journeys"))

    def _entry(self, journey: Journey) -> Markup:
        words = self._handover.words
        name = bdi(self._name(journey))
        facts = [
            _status(journey, words),
            words(f"leg_kind_{journey.kind.value}"),
            when_words(journey, words),
            words("journey_independent", n=journey.independent),
        ]
        said = join([name, " · ", way_words(journey, words), element("small", join(facts, " · "))])
        head = element("summary", join([_sign(journey), element("span", said)]))
        told = told_reports(self._handover.selection.store, journey.reports[:_REPORTS])
        return element("details", join([head, *(_story(one, words) for one in told)]), class_="journey")

    def _name(self, journey: Journey) -> str:
        return actor_name(self._book.names, journey.actor, self._handover.words)

    def arcs(self) -> list[list[Any]]:
        """Return those with two ends: latitude and longitude of both, colour, dashes, and what the tip says."""
        words = self._handover.words
        found = []
        for one in self.journeys:
            if one.from_place is None or one.to_place is None:
                continue
            start, end = one.from_place.place, one.to_place.place
            points = [
                round(float(x), 3) for x in (start.latitude, start.longitude, end.latitude, end.longitude)
            ]
            way = words("journey_way", start=start.name_in(words.language), end=end.name_in(words.language))
            sort = sort_of(one)
            found.append(
                [*points, SORT_COLOURS[sort], DASHES[sort], self._name(one), f"{way} · {_said(one, words)}"]
            )
        return found


def page_journeys(handover: Handover) -> PageJourneys:
    """Return the journeys of what is handed over."""
    return PageJourneys(handover, *chosen_journeys(handover))


def _said(journey: Journey, words: Strings) -> str:
    return words(f"leg_status_{journey.status.value.replace(' ', '_')}")


def _status(journey: Journey, words: Strings) -> Markup:
    return element("span", _said(journey, words), class_=f"so so-{int(sort_of(journey))}")


def _sign(journey: Journey) -> Markup:
    return element("i", class_=f"sign way so-{int(sort_of(journey))}", aria_hidden="true")


def _story(told: ToldReport, words: Strings) -> Markup:
    leg = told.report.leg
    about = [bdi(told.source) if told.source else "", words.day(told.published), link(told.url)]
    spans = sorted((start - told.start, end - told.start) for start, end in (leg.cue, leg.actor.span))
    inside = [span for span in spans if span[0] >= 0 and span[1] <= len(told.sentence)]
    apart = [span for at, span in enumerate(inside) if not at or span[0] >= inside[at - 1][1]]
    return element(
        "article",
        join(
            [
                element("h2", line(told.title), dir="auto"),
                element("p", join((part for part in about if part), " · ")),
                element("blockquote", marked(told.sentence, apart), dir="auto"),
            ]
        ),
    )
