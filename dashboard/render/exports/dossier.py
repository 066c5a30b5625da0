"""HTML: all about one place, or about one story, on one page that opens without a network and runs no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.core.errors import ExportError
from dashboard.core.links import clean_title
from dashboard.core.models import Kind
from dashboard.query import place_profile
from dashboard.render.exports.dossier_parts import Sheet, days_chart, dossier_page, section, still_map, table
from dashboard.render.exports.dossier_story import story_sheet
from dashboard.render.exports.stories import story
from dashboard.render.map.layers import local_name
from dashboard.render.markup import bdi, element, join
from dashboard.render.panel.by_source import report_time
from dashboard.render.panel.place_sections import independent_words

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.core.models import Place
    from dashboard.query import PlaceProfile
    from dashboard.render.exports.material import Handover

__all__ = ["MOST_ARTICLES", "dossier", "write"]

MOST_ARTICLES = 500  # whose sentences are told
_BUDGET = 4_000_000  # characters of them
_COMPANIONS = 40
_ROOM_KM = 450.0  # that the map shows round a place, at least
_ROOM = 1.2  # of a country's or a region's radius
_FARTHEST_KM = 6000.0


def write(handover: Handover, path: Path) -> None:
    """Write the page."""
    path.write_text(dossier(handover), encoding="utf-8", newline="\n")


def dossier(handover: Handover) -> str:
    """Return the page about the story that is handed over, else about the place.

    Raises
    ------
    ExportError
        Neither is asked for, or there is nothing to tell of it.
    """
    if handover.story:
        return dossier_page(story_sheet(handover), handover)
    if handover.place:
        return dossier_page(_place_sheet(handover), handover)
    raise ExportError(
        "A dossier is about one place or one story: name it in the view, as place=ID or page=story&article=ID."
    )


def _place_sheet(handover: Handover) -> Sheet:
    store, filters = handover.selection.store, handover.selection.filters
    place = store.place(handover.place)
    if place is None:
        raise ExportError(f"The store has no place {handover.place!r}: no article names it.")
    profile = place_profile(store, place.id, filters, companions=_COMPANIONS)
    if not profile.articles:
        raise ExportError(
            f"No article under these filters names {place.name!r}: there is nothing to tell of it."
        )
    words = handover.words
    undated = element("p", words("undated_n", n=profile.undated)) if profile.undated else ""
    sections = [
        _drawn(handover, place, profile),
        section(words("card_trend"), days_chart(profile.days, words), undated),
        section(words("card_sources"), _sources(profile, handover), class_="wide"),
        section(words("card_found_as"), _names(profile, handover)),
        section(words("card_companions"), _companions(profile, handover)),
        section(words("card_sentences"), *_said(handover, place, profile), class_="told"),
    ]
    known_as = words("dossier_id", id=place.id)
    return Sheet(place.name_in(words.language), _head(place, profile, handover), sections, foot=known_as)


def _head(place: Place, profile: PlaceProfile, handover: Handover) -> list[Markup]:
    """Return the other names, what kind of place it is and where, and how often it is named."""
    words = handover.words
    own = place.name_in(words.language)
    others = dict.fromkeys(
        name for name in (place.name_ar, place.name, place.name_fr) if name and name != own
    )
    facts: list[object] = [words(f"kind_{place.kind.value}")]
    if place.country and place.kind is not Kind.COUNTRY:
        facts.append(words.country(place.country))
    if place.kind is not Kind.COUNTRY:
        point = words.digits(f"{place.latitude:.4f}, {place.longitude:.4f}")
        facts.append(element("bdi", point, dir="ltr"))
    known = sum(1 for name, _ in profile.sources if name)
    articles = words("articles", n=profile.articles)
    independent = independent_words(profile, words)
    counts: list[object] = [join(filter(None, (articles, independent)), words("comma"))]
    if known:
        counts.append(words("sources", n=known))
    return [
        *([element("p", join(map(bdi, others), " · "), class_="names")] if others else []),
        element("p", join(facts, " · "), class_="facts"),
        element("p", join(counts, " · "), class_="counts"),
    ]


def _drawn(handover: Handover, place: Place, profile: PlaceProfile) -> Markup:
    frame = handover.selection.places
    shown = {place.id, *(one.id for one in profile.companions)}
    room = min(_FARTHEST_KM, max(_ROOM_KM, _ROOM * place.radius_km))
    return still_map(handover, frame[frame["place_id"].isin(shown)], place, room)


def _sources(profile: PlaceProfile, handover: Handover) -> Markup:
    words = handover.words
    rows = [
        (
            bdi(report.name) if report.name else words("card_no_source"),
            words.number(report.articles),
            words.number(report.stories),
            report_time(report, words),
        )
        for report in profile.reports
    ]
    head = ("dossier_source", "picture_articles", "dossier_stories", "dossier_when")
    return table([words(name) for name in head], rows)


def _names(profile: PlaceProfile, handover: Handover) -> Markup:
    number = handover.words.number
    said = [join([bdi(clean_title(name)), element("small", number(n))], " ") for name, n in profile.names]
    return element("p", join(said, " · ")) if said else Markup("")


def _companions(profile: PlaceProfile, handover: Handover) -> Markup:
    words = handover.words
    said = []
    for one in profile.companions:
        name = local_name({"name": one.name, "name_ar": one.name_ar, "name_fr": one.name_fr}, words.language)
        said.append(join([bdi(name), element("small", words.number(one.articles))], " "))
    return element("p", join(said, " · ")) if said else Markup("")


def _said(handover: Handover, place: Place, profile: PlaceProfile) -> list[Markup]:
    """Return the articles, newest first, and how many of them found no room."""
    told, size = [], 0
    for _, articles in handover.selection.evidence([place.id], newest=MOST_ARTICLES):
        for article in articles:
            if size > _BUDGET:
                break
            told.append(story(article, handover.words))
            size += len(told[-1])
    rest = profile.articles - len(told)
    if rest > 0:
        told.append(element("p", handover.words("export_more_articles", n=rest), class_="more"))
    return told
