"""One journey, many reports: what is joined, what is kept apart, and what contradicts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.core.models import Kind, Place
from dashboard.journeys.merge import Conflict, Decisions, Report, merge_journeys
from dashboard.journeys.models import Actor, ActorType, Leg, LegKind, LegPlace, LegStatus

PLACES = {
    "paris": Place("p", "Paris", Kind.CITY, 48.86, 2.35, "FR"),
    "france": Place("f", "France", Kind.COUNTRY, 46.0, 2.0, "FR"),
    "berlin": Place("b", "Berlin", Kind.CITY, 52.52, 13.4, "DE"),
    "cairo": Place("c", "Cairo", Kind.CITY, 30.05, 31.25, "EG"),
}


def end(name):
    return name and LegPlace((0, 1), name, PLACES[name], 0.9)


def report(article, actor="actor:h", to="paris", when=None, published="2018-04-18", **more):
    values = {"kind": LegKind.VISIT, "status": LegStatus.HAPPENED, "source": None, "origin": article, **more}
    kind = ActorType.PERSON if not actor.startswith("text:") else ActorType.FORCE
    leg = Leg(
        actor=Actor((0, 4), "x", "x", kind, actor),
        kind=values["kind"],
        status=values["status"],
        cue=(5, 8),
        sentence=(0, 20),
        from_place=end(values["source"]),
        to_place=end(to),
        date=when,
        confidence=0.8,
    )
    return Report(article, leg, values["origin"], date.fromisoformat(published) if published else None)


def articles(journeys):
    return sorted(sorted(one.article for one in journey.reports) for journey in journeys)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"when": "2018-04-17"}, {"when": "2018-04-17"}),
        ({"when": "2018-04-17"}, {"when": "2018-04-18"}),
        ({"when": "2018-04-17"}, {"when": None, "published": "2018-04-20"}),
        ({}, {"published": "2018-04-20"}),
        ({"to": "france"}, {"to": "paris"}),
        ({"kind": LegKind.ARRIVAL}, {"kind": LegKind.MEETING}),
        (
            {"status": LegStatus.PLANNED, "when": "2018-04-20"},
            {"when": "2018-04-20", "published": "2018-04-21"},
        ),
        ({"actor": "name:mhmd sld"}, {"actor": "name:mhmd sld"}),
        (
            {"actor": "text:force:جنود:FR", "when": "2018-04-17"},
            {"actor": "text:force:جنود:FR", "when": "2018-04-17"},
        ),
    ],
)
def test_reports_of_one_movement_are_one_journey(one, other):
    (journey,) = merge_journeys([report("a", **one), report("b", **other)])
    assert journey.articles == journey.independent == 2
    assert journey.earliest.article == "a"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"actor": "actor:s"}),
        ({}, {"to": "berlin"}),
        ({}, {"published": "2018-05-30"}),
        ({"when": "2018-04-17"}, {"when": "2018-04-25"}),
        ({"when": "2018"}, {"when": "2018-04", "published": "2018-09-01"}),
        ({"kind": LegKind.ARRIVAL}, {"kind": LegKind.DEPARTURE}),
        ({"status": LegStatus.HYPOTHETICAL}, {}),
        ({"actor": "text:force:جنود:"}, {"actor": "text:force:جنود:"}),
        ({"actor": "name:mhmd"}, {"actor": "name:mhmd"}),
        ({"published": None}, {"published": None}),
    ],
)
def test_what_two_readers_would_keep_apart_is_kept_apart(one, other):
    assert len(merge_journeys([report("a", **one), report("b", **other)])) == 2


def test_copies_count_once_as_sources():
    (journey,) = merge_journeys([report("a", origin="s"), report("b", origin="s"), report("c")])
    assert (journey.articles, journey.independent) == (3, 2)


def test_the_most_exact_place_and_date_are_shown():
    (journey,) = merge_journeys(
        [
            report("a", to="france", when="2018-04"),
            report("b", when="2018-04-17"),
            report("c", source="cairo"),
        ]
    )
    assert journey.to_place.place.name == "Paris"
    assert journey.from_place.place.name == "Cairo"
    assert journey.date == "2018-04-17"


def test_a_plan_that_was_carried_out_happened():
    (journey,) = merge_journeys(
        [
            report("a", status=LegStatus.PLANNED, when="2018-04-20"),
            report("b", when="2018-04-20", published="2018-04-21"),
        ]
    )
    assert journey.status is LegStatus.HAPPENED
    assert journey.contradictions == ()


def test_contradictions_stay_side_by_side():
    (journey,) = merge_journeys(
        [report("a", when="2018-04-16"), report("b", when="2018-04-18"), report("c", status=LegStatus.DENIED)]
    )
    found = {
        one.conflict: {value: [x.article for x in some] for value, some in one.sides}
        for one in journey.contradictions
    }
    assert found[Conflict.STATUS] == {"happened": ["a", "b"], "denied": ["c"]}
    assert found[Conflict.DATE] == {"2018-04-16": ["a"], "2018-04-18": ["b"]}


def test_people_join_and_split():
    a, b, c = report("a"), report("b"), report("c", to="berlin")
    apart = Decisions(parted=frozenset({(a.key, b.key)}))
    assert articles(merge_journeys([a, b], apart)) == [["a"], ["b"]]
    one = Decisions(joined=frozenset({(a.key, c.key)}))
    assert articles(merge_journeys([a, b, c], one)) == [["a", "b", "c"]]


REPORTS = st.lists(
    st.builds(
        report,
        st.sampled_from("abcdefgh"),
        actor=st.sampled_from(["actor:h", "actor:s", "text:force:x:"]),
        to=st.sampled_from(["paris", "france", "berlin"]),
        when=st.sampled_from([None, "2018-04-17", "2018-04-19", "2018-04", "2018"]),
        published=st.sampled_from([None, "2018-04-18", "2018-04-21", "2018-06-01"]),
        status=st.sampled_from(list(LegStatus)),
    ),
    max_size=8,
    unique_by=lambda one: one.article,
)


@given(REPORTS, st.randoms())
def test_every_report_is_in_one_journey_whatever_the_order(reports, random):
    journeys = merge_journeys(reports)
    assert sorted(x.key for one in journeys for x in one.reports) == sorted(x.key for x in reports)
    assert all(len({x.leg.actor.key for x in one.reports}) == 1 for one in journeys)
    random.shuffle(reports)
    assert merge_journeys(reports) == journeys
