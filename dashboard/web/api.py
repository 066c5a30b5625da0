"""A small read-only API beside the page, for QGIS, notebooks and scripts on this machine; see docs/api.md.

    /api                   what there is
    /api/places.geojson    the places of a view, each with its newest articles
    /api/articles          the articles of a view, each with the places that it names
    /api/journeys          the journeys of a view as GeoJSON, each with its reports

The filters are those of the page's address. No other site's page can read the answers: no CORS header is sent,
and the server answers only under names of its own (`dashboard.web.gate`).
"""

from __future__ import annotations

import gzip
import hashlib
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

import orjson
from starlette.responses import Response

from dashboard import __version__
from dashboard.core.errors import CollectionError, FilterError, KharitaError
from dashboard.core.links import clean_title, safe_url
from dashboard.query import (
    FILTER_NAMES,
    JOURNEY_FILTER_NAMES,
    ORDERS,
    article_frame,
    named_in,
    parse_filters,
    parse_journey_filters,
)
from dashboard.render.exports.geojson import features
from dashboard.render.exports.journeys import features_of
from dashboard.web.answers import cached_handover, cached_journeys, cached_summary, journey_book
from dashboard.web.front import path_of
from dashboard.web.hand_over import refuse
from dashboard.web.handles import current_edition, settings_for
from dashboard.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request

    from dashboard.core.models import Place
    from dashboard.query import Filters, NamingArticle
    from dashboard.web.handles import Edition

__all__ = ["PARAMETERS", "answer"]

_PLACES, _ARTICLES, _JOURNEYS = "/api/places.geojson", "/api/articles", "/api/journeys"
_GEOJSON = "application/geo+json"
_FURTHEST = 10_000_000
# Own parameters of each address: least, most and usual value.
PARAMETERS: Mapping[str, Mapping[str, tuple[int, int, int]]] = {
    _PLACES: {"limit": (1, 10_000, 1000), "offset": (0, _FURTHEST, 0), "articles": (0, 50, 3)},
    _ARTICLES: {"limit": (1, 500, 50), "offset": (0, _FURTHEST, 0)},
    _JOURNEYS: {"limit": (1, 500, 100), "offset": (0, _FURTHEST, 0)},
}
_WORTH_PACKING = 1000  # bytes
_OK, _UNCHANGED, _BAD, _BROKEN = 200, 304, 400, 503
_Query = dict[str, list[str]]


def answer(request: Request) -> Response:
    """Answer a request; what is wrong with it is said in one sentence."""
    made = {_PLACES: _places, _ARTICLES: _articles, _JOURNEYS: _journeys}.get(path_of(request.scope), _about)
    try:
        return made(request)
    except (FilterError, CollectionError) as error:
        return _json(request, {"error": str(error)}, status=_BAD)
    except KharitaError as error:
        return _json(request, {"error": str(error)}, status=_BROKEN)


def _json(request: Request, value: object, *, status: int = _OK, tag: str = "", media: str = "") -> Response:
    headers = {"cache-control": "private, no-cache", "cross-origin-resource-policy": "same-origin"}
    content = orjson.dumps(value)
    if tag:
        headers["etag"] = tag
    if len(content) > _WORTH_PACKING:
        headers["vary"] = "accept-encoding"
        if "gzip" in request.headers.get("accept-encoding", ""):
            content = gzip.compress(content, 5, mtime=0)
            headers["content-encoding"] = "gzip"
    return Response(content, status, headers, media or "application/json")


def _tag(request: Request, edition: Edition) -> str:
    told = f"{__version__} {edition.url} {edition.version} {request.url.path}?{request.url.query}"
    return f'W/"{hashlib.sha256(told.encode()).hexdigest()[:24]}"'


def _query(request: Request) -> _Query:
    found: _Query = {}
    for name, value in request.query_params.multi_items():
        found.setdefault(name, []).append(value)
    return found


def _read(request: Request) -> tuple[Filters, dict[str, int], str]:
    """Return the filters, the numbers, and the language that a request asks for.

    Raises
    ------
    FilterError
        A parameter is unknown, or its value makes no sense.
    """
    own, query = PARAMETERS[path_of(request.scope)], _query(request)
    more = {_ARTICLES: ("sort",), _JOURNEYS: JOURNEY_FILTER_NAMES}.get(path_of(request.scope), ())
    known = (*FILTER_NAMES, *own, "ui", "collection", *more)
    if unknown := [name for name in query if name not in known]:
        raise FilterError(
            f"The parameter {clean_title(unknown[0])[:80]!r} is unknown. Known: {', '.join(known)}."
        )
    filters, problems = parse_filters({name: query[name] for name in query if name in FILTER_NAMES})
    refuse(problems)
    numbers = {
        name: _number(name, query.get(name, [str(usual)])[-1], least, most)
        for name, (least, most, usual) in own.items()
    }
    language = query.get("ui", ["en"])[-1]
    if language not in LANGUAGES:
        raise FilterError(f"The parameter 'ui' is one of {', '.join(LANGUAGES)}, not {language[:80]!r}.")
    return filters, numbers, language


def _order(request: Request) -> str:
    """Return the order that a request for articles asks for; empty for that of the page."""
    order = _query(request).get("sort", [""])[-1]
    if order and order not in ORDERS:
        raise FilterError(f"The parameter 'sort' is one of {', '.join(ORDERS)}, not {order[:80]!r}.")
    return order


def _number(name: str, value: str, least: int, most: int) -> int:
    if (
        not value.isascii()
        or not value.isdecimal()
        or len(value) > len(str(_FURTHEST))
        or not least <= int(value) <= most
    ):
        raise FilterError(
            f"The parameter {name!r} is a whole number from {least} to {most}, not {value[:80]!r}."
        )
    return int(value)


def _next(request: Request, numbers: Mapping[str, int], total: int) -> str | None:
    """Return the address of the next page; None on the last."""
    after = numbers["offset"] + numbers["limit"]
    if after >= total:
        return None
    query = [pair for pair in request.query_params.multi_items() if pair[0] not in ("offset", "limit")]
    return f"{request.url.path}?{urlencode([*query, ('limit', numbers['limit']), ('offset', after)])}"


def _prepared(request: Request) -> tuple[Edition, str]:
    """Return the store as it stands, and the tag of the answer."""
    edition = current_edition(settings_for(request.query_params.get("collection", "")))
    return edition, _tag(request, edition)


def _unchanged(request: Request, tag: str) -> Response | None:
    held = [item.strip() for item in request.headers.get("if-none-match", "").split(",")]
    return Response(status_code=_UNCHANGED, headers={"etag": tag}) if tag in held else None


def _places(request: Request) -> Response:
    filters, numbers, language = _read(request)
    edition, tag = _prepared(request)
    if unchanged := _unchanged(request, tag):
        return unchanged
    handover = cached_handover(edition, filters, language)
    total = len(handover.selection.places)
    found = list(
        features(handover, newest=numbers["articles"], first=numbers["offset"], count=numbers["limit"])
    )
    following = _next(request, numbers, total)
    value = {
        "type": "FeatureCollection",
        "name": handover.title,
        "filters": dict(handover.parameters),
        "numberMatched": total,
        "numberReturned": len(found),
        "links": [{"rel": "next", "type": _GEOJSON, "href": following}] if following else [],
        "features": found,
    }
    return _json(request, value, tag=tag, media=_GEOJSON)


def _articles(request: Request) -> Response:
    filters, numbers, language = _read(request)
    edition, tag = _prepared(request)
    if unchanged := _unchanged(request, tag):
        return unchanged
    total = cached_summary(edition, filters).articles
    order = _order(request)
    page = article_frame(edition.store, filters, order, limit=numbers["limit"], offset=numbers["offset"])
    rows = cast("list[dict[str, Any]]", page.to_dict("records"))
    named = named_in(edition.store, filters, [row["article_id"] for row in rows])
    value = {
        "articles": [_article(row, named.get(row["article_id"], ()), language) for row in rows],
        "total": total,
        **numbers,
        "next": _next(request, numbers, total),
    }
    return _json(request, value, tag=tag)


def _journeys(request: Request) -> Response:
    filters, numbers, language = _read(request)
    query = _query(request)
    moves, problems = parse_journey_filters(
        {name: query[name] for name in query if name in JOURNEY_FILTER_NAMES}
    )
    refuse(problems)
    edition, tag = _prepared(request)
    if unchanged := _unchanged(request, tag):
        return unchanged
    book, found = journey_book(edition), cached_journeys(edition, filters, moves)
    page = found[numbers["offset"] : numbers["offset"] + numbers["limit"]]
    following = _next(request, numbers, len(found))
    value = {
        "type": "FeatureCollection",
        "numberMatched": len(found),
        "numberReturned": len(page),
        "unread": book.unread,
        "links": [{"rel": "next", "type": _GEOJSON, "href": following}] if following else [],
        "features": list(features_of(edition.store, book.names, page, language)),
    }
    return _json(request, value, tag=tag, media=_GEOJSON)


def _article(
    row: Mapping[str, Any], named: Sequence[tuple[Place, NamingArticle]], language: str
) -> dict[str, Any]:
    def text(name: str) -> str | None:
        return clean_title(row[name]) if isinstance(row[name], str) else None

    day = row["published"]
    return {
        "id": row["article_id"],
        "title": text("title"),
        "source": text("source"),
        "url": safe_url(row["url"]) if isinstance(row["url"], str) else None,
        "published": day.isoformat() if hasattr(day, "isoformat") and day == day else None,  # noqa: PLR0124 - NaT differs from itself
        "language": text("language"),
        "focus_place": text("focus_place"),
        "focus_country": text("focus_country"),
        "places": [_named(place, article, language) for place, article in named],
    }


def _named(place: Place, article: NamingArticle, language: str) -> dict[str, Any]:
    return {
        "id": place.id,
        "name": clean_title(place.name_in(language)),
        "name_en": clean_title(place.name),
        "name_ar": place.name_ar,
        "kind": place.kind.value,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "confidence": round(article.surest.confidence, 4),
        "sentences": [
            {
                "start": sentence.start,
                "end": sentence.end,
                "text": sentence.text,
                "mentions": sentence.spans,
                "confidence": round(sentence.confidence, 4),
            }
            for sentence in article.sentences
        ],
    }


def _about(request: Request) -> Response:
    told = {
        _PLACES: "The places of a view as GeoJSON, those of most articles first; `articles` of each are told.",
        _ARTICLES: "The articles of a view, each with its places and the sentences that name them: newest first, or"
        " by relevance where words are looked for; `sort` is newest or relevance.",
    }
    told[_JOURNEYS] = "The journeys of a view as GeoJSON, by their first report, each with all its reports."
    value = {
        "name": "Kharita",
        "version": __version__,
        "note": "Read-only. Filters are written as in the page's address; `ui` chooses the language of names, "
        "`collection` the collection.",
        "filters": list(FILTER_NAMES),
        "journey_filters": list(JOURNEY_FILTER_NAMES),
        "addresses": [
            {
                "path": path,
                "what": told[path],
                "parameters": {
                    name: {"least": least, "most": most, "usual": usual}
                    for name, (least, most, usual) in own.items()
                },
            }
            for path, own in PARAMETERS.items()
        ],
    }
    return _json(request, value)
