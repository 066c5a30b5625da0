"""How long the server takes from a changed filter to the frames of each view."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from datetime import timedelta
from html import escape
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import folium
from desk_words import TOPICS
from folium.plugins import MarkerCluster
from sqlalchemy import select

from dashboard.core.models import Kind
from dashboard.query import (
    Facets,
    Filters,
    area_frame,
    article_frame,
    compare_frames,
    country_ranks,
    day_counts,
    evidence_frame,
    place_curves,
    place_frame,
    place_profile,
    summary,
)
from dashboard.query.review import review_queue
from dashboard.render.map.clusters import cluster_data, needs_clusters
from dashboard.render.map.layers import map_data
from dashboard.render.map.view_layers import heat_data
from dashboard.render.map.written import script_json
from dashboard.store.schema import articles, mentions, places
from dashboard.words import strings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from dashboard.store import Store

__all__ = [
    "CHANGE",
    "Spent",
    "browser_data",
    "median",
    "percentile",
    "plain_folium",
    "time_frames",
    "try_filters",
]

CHANGE = "a changed filter, all of it"
_SEED = 7
_WORD = "وصل"  # in many articles, and a stretch of longer words
_CURVES = 40  # as many as the list asks for
_PLAIN_MARKERS = 10_000


class Spent(NamedTuple):
    """Seconds by the clock, and of the processor: less than the former where others use the machine too."""

    seconds: float
    worked: float


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of all lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def try_filters(offer: Facets, count: int) -> list[Filters]:
    """Return what analysts ask for: a country, some weeks, a source, a word, and some of these together."""
    random = Random(_SEED)  # noqa: S311 - the same questions each time
    assert offer.first
    assert offer.last
    words = [
        word for topics in TOPICS.values() for topic in topics for word in topic.split() if len(word) > 4
    ]
    parts: list[Callable[[], dict[str, Any]]] = [
        lambda: {"countries": (random.choice(offer.countries[:40]).value,)},
        lambda: {"countries": tuple(item.value for item in random.sample(offer.countries[:20], 3))},
        lambda: _days(offer, random, random.choice((7, 31, 92, 365))),
        lambda: {"sources": (random.choice(offer.sources).value,)},
        lambda: {"languages": (random.choice(offer.languages).value,)},
        lambda: {"kinds": (random.choice((Kind.CITY, Kind.FACILITY, Kind.REGION, Kind.CAMP)),)},
        lambda: {"text": random.choice(words)},
        lambda: {"min_confidence": random.choice((0.6, 0.7, 0.8, 0.85))},
        lambda: {"undated": False},
    ]
    found = [Filters()]
    while len(found) < count:
        chosen = random.sample(parts, random.choice((1, 1, 1, 2, 2, 3)))
        made: dict[str, Any] = {}
        for part in chosen:
            made |= part()
        found.append(Filters(**made))
    return found


def _days(offer: Facets, random: Random, length: int) -> dict[str, Any]:
    assert offer.first
    assert offer.last
    room = (offer.last - offer.first).days - length
    since = offer.first + timedelta(random.randrange(room))
    return {"since": since, "until": since + timedelta(length)}


def _frames(store: Store, offer: Facets, filters: Filters) -> dict[str, Callable[[], object]]:
    """Return the work of each frame; that of the card is for the place of most articles."""
    assert offer.first
    assert offer.last
    span = (filters.since or offer.first, filters.until or offer.last)
    kept: dict[str, Any] = {}
    word = filters.text or _WORD

    def draw() -> object:
        kept["places"] = place_frame(store, filters)
        return kept["places"]

    def ids(count: int) -> list[str]:
        return list(kept["places"]["place_id"].head(count)) or ["none"]

    def compare() -> object:
        other = place_frame(store, Filters(sources=(offer.sources[0].value,)))
        return compare_frames(kept["places"], other, 1, 1)

    return {
        "places on the map": draw,
        "what the browser gets of them": lambda: browser_data(kept["places"]),
        "heat": lambda: script_json(heat_data(kept["places"], strings("ar"), "light", None)),
        "countries, shaded": lambda: area_frame(store, filters, "country"),
        "divisions, shaded": lambda: area_frame(store, filters, "division"),
        "comparison with a source": compare,
        "counts of the sentence": lambda: summary(store, filters),
        "timeline": lambda: day_counts(store, filters),
        "curves of the list": lambda: place_curves(store, filters, ids(_CURVES), span),
        "ranking of countries": lambda: country_ranks(store, filters, span),
        "list of articles": lambda: article_frame(store, filters, limit=50),
        "card: counts, trend, companions": lambda: place_profile(store, ids(1)[0], filters),
        "words sought in these articles": lambda: article_frame(store, replace(filters, text=word), limit=50),
        "queue of questions": lambda: review_queue(store, filters),
        "card: sentences": lambda: evidence_frame(store, ids(1)[0], filters, limit=60),
    }


def browser_data(frame: pd.DataFrame) -> str:
    """Return what the page puts into the map for the places of a frame."""
    words = strings("ar")
    return script_json(cluster_data(frame, words, None) if needs_clusters(frame) else map_data(frame, words))


# What one run of the page asks for when a filter changed and the list is open.
_AT_A_CHANGE = (
    "places on the map",
    "what the browser gets of them",
    "counts of the sentence",
    "timeline",
    "curves of the list",
)


def time_frames(store: Store, offer: Facets, tried: Sequence[Filters]) -> dict[str, list[Spent]]:
    """Return the time of each frame for each of the filters, and of all that one change asks for."""
    taken: dict[str, list[Spent]] = {CHANGE: []}
    for filters in tried:
        spent = {}
        for name, work in _frames(store, offer, filters).items():
            began, worked = time.perf_counter(), time.thread_time()
            work()
            spent[name] = Spent(time.perf_counter() - began, time.thread_time() - worked)
            taken.setdefault(name, []).append(spent[name])
        asked = [spent[name] for name in _AT_A_CHANGE]
        taken[CHANGE].append(Spent(sum(one.seconds for one in asked), sum(one.worked for one in asked)))
    return taken


def plain_folium(store: Store) -> tuple[float, int]:
    """Draw mentions as folium's examples do, a Marker with a popup each; return seconds and bytes."""
    query = (
        select(places.c.latitude, places.c.longitude, places.c.name, articles.c.title, articles.c.url)
        .join(mentions, mentions.c.place_key == places.c.key)
        .join(articles, articles.c.key == mentions.c.article_key)
        .limit(_PLAIN_MARKERS)
    )
    began = time.perf_counter()
    drawn = folium.Map((28, 20), zoom_start=4)
    cluster = MarkerCluster().add_to(drawn)
    with store.engine.connect() as connection:
        for latitude, longitude, name, title, url in connection.execute(query):
            html = f"<b>{escape(name)}</b><br><a href='{escape(url or '')}'>{escape(title)}</a>"
            folium.Marker((latitude, longitude), popup=folium.Popup(html)).add_to(cluster)
    size = len(drawn.get_root().render().encode())
    return time.perf_counter() - began, size


def median(values: Sequence[float]) -> float:
    """Return the middle value."""
    return statistics.median(values)
