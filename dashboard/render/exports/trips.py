"""Journeys in the words of other formats: entities of FollowTheMoney, lines of an evidence pack."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from dashboard.core.links import clean_title, safe_url
from dashboard.journeys.models import ActorType
from dashboard.query import choose_journeys, journey_days, journey_ends, load_journeys, told_reports

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from dashboard.core.models import Place
    from dashboard.journeys import Journey
    from dashboard.query import JourneyBook, ToldReport
    from dashboard.render.exports.material import Handover

__all__ = ["chosen_journeys", "entity", "ident", "journey_lines", "trip_entities"]

# Who can be said to be involved is a person, company or body; ships and planes are the vehicle.
_SCHEMAS = {
    ActorType.PERSON: "Person",
    ActorType.FORCE: "PublicBody",
    ActorType.DELEGATION: "Organization",
    ActorType.ORGANISATION: "Organization",
    ActorType.PEOPLE: "LegalEntity",
    ActorType.GOODS: "LegalEntity",
    ActorType.VESSEL: "Vessel",
    ActorType.AIRCRAFT: "Airplane",
}
_VEHICLES = (ActorType.VESSEL, ActorType.AIRCRAFT)


def chosen_journeys(handover: Handover) -> tuple[JourneyBook, list[Journey]]:
    """Return all journeys, and those that are handed over."""
    store = handover.selection.store
    book = load_journeys(store)
    return book, choose_journeys(store, book, handover.selection.filters, handover.moves)


def ident(kind: str, value: str) -> str:
    """Return an id that the model takes, whatever stands in ours; the same for the same thing in every file."""
    return f"kharita-{kind}-{hashlib.sha256(value.encode()).hexdigest()[:32]}"


def entity(own: str, schema: str, **properties: Iterable[object]) -> dict[str, Any]:
    """Return an entity; what is unknown is left out."""
    known = {
        name: list(dict.fromkeys(str(value) for value in values if value not in (None, "")))
        for name, values in properties.items()
    }
    return {
        "id": own,
        "schema": schema,
        "properties": {name: values for name, values in known.items() if values},
    }


def trip_entities(handover: Handover, told: Collection[str]) -> Iterator[dict[str, Any]]:
    """Yield who moves, the places and articles that are not told of yet, the trips, and what joins them.

    Parameters
    ----------
    told
        Ids of the entities that the file holds already.
    """
    book, journeys = chosen_journeys(handover)
    known = set(told)
    words = handover.words
    for one in journeys:
        actor = ident("actor", one.actor)
        parts = [
            entity(
                actor,
                _SCHEMAS[one.type],
                name=[book.names.shown(one.actor, words.language)],
                alias=book.names.others(one.actor, words.language),
            )
        ]
        parts += [_place(end.place, words.language) for end in journey_ends(one)]
        reports = told_reports(handover.selection.store, one.reports)
        parts += [_article(report) for report in reports]
        for part in parts:
            if part["id"] not in known:
                known.add(part["id"])
                yield part
        trip = ident("trip", one.id)
        yield _trip(trip, actor, one, reports, handover)
        yield from (_documented(trip, report) for report in reports)


def _trip(
    own: str, actor: str, journey: Journey, reports: list[ToldReport], handover: Handover
) -> dict[str, Any]:
    words = handover.words
    days = journey_days(journey) if journey.date else None
    start, end = (
        ident("place", place.place.id) if place else None for place in (journey.from_place, journey.to_place)
    )
    status = words(f"leg_status_{journey.status.value.replace(' ', '_')}")
    kind = words(f"leg_kind_{journey.kind.value}")
    place = (journey.to_place or journey.from_place or journey_ends(journey)[0]).place
    vehicle = journey.type in _VEHICLES
    return entity(
        own,
        "Trip",
        name=[f"{kind} · {clean_title(place.name_in(words.language))}"],
        startLocation=[start],
        endLocation=[end],
        involved=[None if vehicle else actor],
        vehicle=[actor if vehicle else None],
        startDate=[days[0].isoformat() if days else None],
        endDate=[days[1].isoformat() if days else None],
        description=[status],
        keywords=[journey.kind.value, journey.status.value],
        summary=[clean_title(report.sentence) for report in reports],
        sourceUrl=[safe_url(report.url) for report in reports],
    )


def _place(place: Place, language: str) -> dict[str, Any]:
    name = clean_title(place.name_in(language))
    return entity(
        ident("place", place.id),
        "Address",
        name=[name],
        alias=[clean_title(place.name)] if place.name != name else [],
        full=[name],
        country=[place.country.lower() if place.country else None],
        latitude=[float(place.latitude)],
        longitude=[float(place.longitude)],
        keywords=[place.kind.value, place.id],
    )


def _article(told: ToldReport) -> dict[str, Any]:
    return entity(
        ident("article", told.report.article),
        "Article",
        title=[clean_title(told.title)],
        publisher=[told.source],
        publishedAt=[told.published.isoformat() if told.published else None],
        sourceUrl=[safe_url(told.url)],
    )


def _documented(trip: str, told: ToldReport) -> dict[str, Any]:
    return entity(
        ident("telling", f"{trip} {told.report.key}"),
        "Documentation",
        document=[ident("article", told.report.article)],
        entity=[trip],
        role=["tells"],
        status=[told.report.leg.status.value],
        date=[told.published.isoformat() if told.published else None],
        summary=[clean_title(told.sentence)],
        publisher=[told.source],
    )


def journey_lines(handover: Handover, articles: Collection[str]) -> Iterator[dict[str, object]]:
    """Yield each journey with the reports that stand in these articles, and where they stand in their texts."""
    book, journeys = chosen_journeys(handover)
    store, language = handover.selection.store, handover.words.language
    for one in journeys:
        reports = [report for report in one.reports if report.article in articles]
        if not reports:
            continue
        ends = (("from", one.from_place), ("via", one.via), ("to", one.to_place))
        yield {
            "id": one.id,
            "actor": one.actor,
            "name": book.names.shown(one.actor, language),
            "type": one.type.value,
            **{name: end.place.id if end else None for name, end in ends},
            "kind": one.kind.value,
            "status": one.status.value,
            "date": one.date,
            "articles": one.articles,
            "independent": one.independent,
            "reports": [_report(told) for told in told_reports(store, reports)],
        }


def _report(told: ToldReport) -> dict[str, object]:
    leg = told.report.leg
    return {
        "article": told.report.article,
        "start": told.start,
        "end": told.start + len(told.sentence),
        "text": told.sentence,
        "cue": list(leg.cue),
        "actor": list(leg.actor.span),
        "status": leg.status.value,
        "date": leg.date,
        "confidence": round(leg.confidence, 4),
    }
