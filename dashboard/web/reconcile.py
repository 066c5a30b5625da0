"""OpenRefine's Reconciliation Service API 0.2 over the gazetteer; see docs/api.md.

    /reconcile                    what the service is; with `queries`, candidates for cells; with `extend`, values
    /reconcile/suggest/entity     places, kinds and properties for what is being typed
    /reconcile/suggest/type
    /reconcile/suggest/property
    /reconcile/properties         what columns can be filled with
    /reconcile/view               a page about one place

It reads only, from the gazetteer and the user's own places: nothing of the articles. A page that this machine itself
serves, which is what OpenRefine is, may read it from a browser; see `dashboard.web.gate`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import orjson
from starlette.responses import HTMLResponse, Response

from dashboard.core.errors import FilterError, KharitaError
from dashboard.core.links import clean_title
from dashboard.core.models import Kind
from dashboard.core.settings import Settings
from dashboard.gazetteer.reconcile import (
    PROPERTIES,
    Asked,
    known_place,
    places_beginning,
    property_values,
    reconcile,
)
from dashboard.render.markup import bdi, element, join
from dashboard.web.front import path_of
from dashboard.web.gate import is_own_machine
from dashboard.web.handles import shared_gazetteer
from dashboard.words import strings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request

    from dashboard.core.models import Place
    from dashboard.gazetteer import Gazetteer
    from dashboard.words import Strings

__all__ = ["answer_reconcile"]

_ROOT = "/reconcile"
_SUGGEST = f"{_ROOT}/suggest"
_BATCH = 100  # queries at once, as the service says of itself
_MOST_QUERIES = 1000  # that it takes
_MOST_BYTES = 2_000_000
_MOST_LETTERS = 400  # of a name
_MOST_CANDIDATES = 50
_OK, _BAD, _MISSING, _TOO_LONG, _NOT_READY = 200, 400, 404, 413, 503
_Asked = dict[str, str]


class _QueryError(FilterError):
    """What was asked makes no sense; the message says why, in a sentence."""


async def answer_reconcile(
    request: Request, work: Callable[[Callable[[], Response], Request], Awaitable[Response]]
) -> Response:
    """Answer a request; what is wrong with it is said in one sentence.

    Parameters
    ----------
    work
        Does what takes long, beside the event loop.
    """
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_BYTES:
            said = f"The queries are longer than {_MOST_BYTES} bytes: send fewer at once."
            return _json(request, {"error": said}, _TOO_LONG)
    asked = dict(request.query_params) | {
        name: given[-1] for name, given in parse_qs(bytes(body).decode(errors="replace")).items()
    }
    return await work(partial(_answer, request, asked), request)


def _answer(request: Request, asked: _Asked) -> Response:
    settings = Settings()
    gazetteer = shared_gazetteer(settings)
    if gazetteer is None:
        said = "The gazetteer is not built yet. Open the page once, or run: kharita gazetteer build"
        return _json(request, {"error": said}, _NOT_READY)
    desk = _Desk(
        gazetteer, settings, strings(asked.get("ui", "en") if asked.get("ui") in ("ar", "fr") else "en")
    )
    try:
        return _made(request, asked, desk)
    except _QueryError as error:
        return _json(request, {"error": str(error)}, _BAD)
    except KharitaError as error:
        return _json(request, {"error": str(error)}, _NOT_READY)


def _made(request: Request, asked: _Asked, desk: _Desk) -> Response:
    path = path_of(request.scope)
    if path == f"{_ROOT}/view":
        return desk.view(asked.get("id", ""))
    answers: Mapping[str, Callable[[], object]] = {
        f"{_SUGGEST}/entity": lambda: desk.suggest(asked.get("prefix", "")),
        f"{_SUGGEST}/type": lambda: _suggested(_types(desk.words), asked),
        f"{_SUGGEST}/property": lambda: _suggested(_properties(), asked),
        f"{_ROOT}/properties": lambda: {"type": asked.get("type", ""), "properties": _properties()},
    }
    if path in answers:
        return _json(request, answers[path]())
    if "queries" in asked:
        return _json(request, desk.reconcile(_object(asked["queries"], "queries")))
    if "extend" in asked:
        return _json(request, desk.extend(_object(asked["extend"], "extend")))
    if "query" in asked:  # the single query of version 0.1, which some clients still send
        given = asked["query"]
        one = _object(given, "query") if given.lstrip().startswith("{") else {"query": given}
        return _json(request, desk.reconcile({"q": one})["q"])
    return _json(request, _manifest(str(request.base_url).rstrip("/") + desk.settings.base_path, desk.words))


def _json(request: Request, value: object, status: int = _OK) -> Response:
    headers = {"cache-control": "private, no-cache", "vary": "origin"}
    origin = request.headers.get("origin", "")
    if is_own_machine(origin):
        headers["access-control-allow-origin"] = origin
    else:
        headers["cross-origin-resource-policy"] = "same-origin"
    return Response(orjson.dumps(value), status, headers, "application/json")


def _object(given: str, name: str) -> dict[str, Any]:
    try:
        value = orjson.loads(given)
    except orjson.JSONDecodeError as error:
        raise _QueryError(f"The parameter {name!r} is no JSON: {error}.") from None
    if not isinstance(value, dict):
        raise _QueryError(f"The parameter {name!r} must be a JSON object.")
    return value


def _types(words: Strings) -> list[dict[str, str]]:
    return [{"id": kind.value, "name": words(f"kind_{kind.value}")} for kind in Kind]


def _properties() -> list[dict[str, str]]:
    return [{"id": name, "name": said} for name, said in PROPERTIES.items()]


def _suggested(known: list[dict[str, str]], asked: _Asked) -> dict[str, Any]:
    typed = asked.get("prefix", "").casefold().strip()
    found = [one for one in known if any(value.casefold().startswith(typed) for value in one.values())]
    return {"result": found}


def _manifest(base: str, words: Strings) -> dict[str, Any]:
    def service(path: str) -> dict[str, str]:
        return {"service_url": base, "service_path": path}

    return {
        "versions": ["0.1", "0.2"],
        "name": "Kharita gazetteer",
        "identifierSpace": "urn:kharita:place",
        "schemaSpace": "urn:kharita:kind",
        "defaultTypes": _types(words),
        "view": {"url": f"{base}{_ROOT}/view?id={{{{id}}}}"},
        "suggest": {what: service(f"{_SUGGEST}/{what}") for what in ("entity", "type", "property")},
        "extend": {"propose_properties": service(f"{_ROOT}/properties"), "property_settings": []},
        "batchSize": _BATCH,
    }


class _Desk:
    """Answers from one gazetteer, in one language."""

    def __init__(self, gazetteer: Gazetteer, settings: Settings, words: Strings) -> None:
        self.gazetteer, self.settings, self.words = gazetteer, settings, words

    def reconcile(self, queries: Mapping[str, Any]) -> dict[str, Any]:
        """Return the candidates of each query."""
        if len(queries) > _MOST_QUERIES:
            raise _QueryError(f"{len(queries)} queries at once are too many: send at most {_MOST_QUERIES}.")
        return {name: {"result": self._candidates(_read(name, query))} for name, query in queries.items()}

    def _candidates(self, asked: Asked) -> list[dict[str, Any]]:
        return [
            {
                **self._entity(one.place),
                "score": one.score,
                "match": one.match,
                "features": [{"id": name, "value": value} for name, value in one.features.items()],
            }
            for one in reconcile(self.gazetteer, self.settings, asked)
        ]

    def _entity(self, place: Place) -> dict[str, Any]:
        kind = {"id": place.kind.value, "name": self.words(f"kind_{place.kind.value}")}
        return {
            "id": place.id,
            "name": clean_title(place.name_in(self.words.language)),
            "description": self._facts(place),
            "type": [kind],
        }

    def _facts(self, place: Place) -> str:
        """Return what tells a place from its namesakes, in a line."""
        division = property_values(self.gazetteer, place, "admin1")
        country = self.words.country(place.country) if place.kind is not Kind.COUNTRY else ""
        parts = [self.words(f"kind_{place.kind.value}"), *map(str, division), country]
        return " · ".join(dict.fromkeys(filter(None, parts)))

    def suggest(self, typed: str) -> dict[str, Any]:
        """Return the places whose name is typed."""
        found = places_beginning(self.gazetteer, self.settings, typed[:_MOST_LETTERS])
        return {"result": [self._entity(place) | {"notable": []} for place in found]}

    def extend(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values that places have for properties; what is unknown stays empty."""
        ids, wanted = given.get("ids"), given.get("properties")
        if not isinstance(ids, list) or not isinstance(wanted, list) or len(ids) > _MOST_QUERIES:
            raise _QueryError(f"'extend' needs lists 'ids', of at most {_MOST_QUERIES}, and 'properties'.")
        names = [str(one.get("id") if isinstance(one, dict) else one) for one in wanted]
        if unknown := [name for name in names if name not in PROPERTIES]:
            raise _QueryError(f"The property {unknown[0][:80]!r} is unknown. Known: {', '.join(PROPERTIES)}.")
        return {
            "meta": [{"id": name, "name": PROPERTIES[name]} for name in names],
            "rows": {ident: self._row(ident, names) for ident in map(str, ids)},
        }

    def _row(self, ident: str, names: list[str]) -> dict[str, list[dict[str, Any]]]:
        place = known_place(self.gazetteer, self.settings, ident)
        if place is None:
            return {name: [] for name in names}
        return {
            name: [_cell(value) for value in property_values(self.gazetteer, place, name)] for name in names
        }

    def view(self, ident: str) -> Response:
        """Return a page about one place."""
        place, words = known_place(self.gazetteer, self.settings, ident), self.words
        if place is None:
            return HTMLResponse(str(element("p", "There is no such place.")), _MISSING)
        row = self.gazetteer.row(ident)
        names = self.gazetteer.names(row) if row is not None else [place.name]
        body = [
            element("h1", bdi(place.name_in(words.language))),
            element("p", self._facts(place)),
            element("p", f"{place.latitude:.4f}, {place.longitude:.4f} · {place.id}"),
            element("p", join([bdi(name) for name in names], " · ")),
        ]
        page = element(
            "html", join([element("title", place.name), element("body", join(body))]), lang=words.language
        )
        return HTMLResponse(f"<!doctype html>{page}")


def _cell(value: str | float) -> dict[str, Any]:
    return {"str": clean_title(value)} if isinstance(value, str) else {"float": value}


def _read(name: str, query: object) -> Asked:
    """Read one query.

    Raises
    ------
    _QueryError
        It is no query.
    """
    if not isinstance(query, dict) or not isinstance(query.get("query", ""), str):
        raise _QueryError(f"The query {name[:80]!r} must be an object with a text 'query'.")
    kinds = query.get("type") or []
    listed = kinds if isinstance(kinds, list) else [kinds]
    given = [str(one.get("id") if isinstance(one, dict) else one) for one in listed]
    if unknown := [kind for kind in given if kind not in {known.value for known in Kind}]:
        raise _QueryError(
            f"The type {unknown[0][:80]!r} is unknown. Known: {', '.join(kind.value for kind in Kind)}."
        )
    limit = query.get("limit") or 10
    if not isinstance(limit, int) or limit < 1:
        raise _QueryError(f"The limit of the query {name[:80]!r} must be a whole number from 1.")
    return Asked(
        name=query.get("query", "")[:_MOST_LETTERS],
        kinds=tuple(map(Kind, given)),
        properties=tuple(_compared(query.get("properties") or ())),
        limit=min(limit, _MOST_CANDIDATES),
    )


def _compared(properties: object) -> list[tuple[str, str]]:
    """Return what the row says: of several values the first, of an entity its id."""
    found = []
    for one in properties if isinstance(properties, list) else ():
        if not isinstance(one, dict):
            continue
        value = one.get("v")
        value = value[0] if isinstance(value, list) and value else value
        value = value.get("id") or value.get("name") if isinstance(value, dict) else value
        if isinstance(value, str | int | float):
            found.append((str(one.get("pid") or one.get("p") or ""), str(value)))
    return found
