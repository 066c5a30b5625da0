"""What the map asks for by itself, so that no run of the page is needed: time, and places seen from near."""

from __future__ import annotations

import gzip
import logging
import re
from typing import TYPE_CHECKING, Any, cast

import orjson
from starlette.responses import PlainTextResponse, Response

from dashboard.core.errors import CollectionError, FilterError, KharitaError
from dashboard.query import dense_span, journey_days, place_bins
from dashboard.render.map.clusters import Bounds, detail_data
from dashboard.render.map.heat import heat_places
from dashboard.render.time.play import MOST_PLAYED, Film, film_data, journey_film
from dashboard.render.time.timeline import bars
from dashboard.web.answers import cached_journeys, cached_places, cached_timeline, shared_places
from dashboard.web.handles import current_edition, settings_for
from dashboard.web.visit import read_visit
from dashboard.words import strings

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from dashboard.render.time.time_tools import Step
    from dashboard.web.visit import Visit

__all__ = ["answer_places", "answer_play", "film_of", "nearer_of"]

_DEGREES = r"(-?\d{1,3}(?:\.\d{1,8})?)"
_BOX = re.compile(",".join([_DEGREES] * 4))

logger = logging.getLogger(__name__)


def answer_play(request: Request) -> Response:
    """Answer with the passage of time for the filters of the address."""
    return _answer(request, film_of)


def answer_places(request: Request) -> Response:
    """Answer with the places in what is `seen` (south, west, north, east), by the address, at its `zoom`."""
    found = _BOX.fullmatch(request.query_params.get("seen", ""))
    zoom = request.query_params.get("zoom", "")
    if not found or not zoom.isdecimal() or len(zoom) > 2:  # noqa: PLR2004 - zooms have two digits at most
        return PlainTextResponse(
            "seen=SOUTH,WEST,NORTH,EAST in degrees and zoom=NUMBER are needed", status_code=400
        )
    box = Bounds(*map(float, found.groups()))
    return _answer(request, lambda visit: nearer_of(visit, box, int(zoom)))


def nearer_of(visit: Visit, box: Bounds, zoom: int) -> dict[str, Any]:
    """Return the places in a part of the world, those close together gathered."""
    edition = current_edition(settings_for(visit.collection))
    words = strings(visit.language, visit.numerals)
    return detail_data(shared_places(edition, visit.filters), words, box, zoom)


def _answer(request: Request, make: Callable[[Visit], dict[str, Any]]) -> Response:
    visit, _ = read_visit(dict(request.query_params))
    try:
        body = orjson.dumps(make(visit))
    except (CollectionError, FilterError) as error:  # of who asks, as in the API
        return Response(orjson.dumps({"error": str(error)}), 400, media_type="application/json")
    except KharitaError as error:
        logger.warning("The map's data can't be made: %s", error)
        return PlainTextResponse("the data can't be made", status_code=503)
    headers = {"cache-control": "no-store", "content-encoding": "gzip", "vary": "accept-encoding"}
    return Response(gzip.compress(body, 4, mtime=0), media_type="application/json", headers=headers)


def film_of(visit: Visit) -> dict[str, Any]:
    """Return the most named places in each bin of time; where the map draws journeys, the days of each bin."""
    edition, filters = current_edition(settings_for(visit.collection)), visit.filters
    days = [
        (day, count)
        for day, count in cached_timeline(edition, filters).days
        if (filters.since is None or day >= filters.since) and (filters.until is None or day <= filters.until)
    ]
    dense = None if filters.ranged or visit.span else dense_span(days)
    if dense:
        days = [(day, count) for day, count in days if dense[0] <= day <= dense[1]]
    words = strings(visit.language, visit.numerals)
    if not days:
        return film_data(Film("day", (), {}), heat_places(cached_places(edition, filters)), words)
    step, found = bars(days, days[0][0], days[-1][0], cast("Step | None", visit.step or None))
    if visit.view == "journeys":
        spans = (journey_days(one) for one in cached_journeys(edition, filters, visit.moves))
        return journey_film(step, found, [days for days in spans if days], words)
    played = heat_places(cached_places(edition, filters)).head(MOST_PLAYED)
    starts = [bar.first for bar in found]
    counts = place_bins(edition.store, filters, list(played["place_id"]), starts)
    return film_data(Film(step, found, counts), played, words)
