"""Values of the domain to rows, and rows back to values."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from dashboard.core.corrections import Correction, Decision, Scope, place_from_record, place_record
from dashboard.core.models import (
    Abstention,
    Article,
    Candidate,
    DateOrigin,
    Kind,
    Mention,
    Place,
    Reason,
    Resolution,
)
from dashboard.core.text import fold_name, sentences
from dashboard.store.dialect import aware
from dashboard.store.grades import pack_grades
from dashboard.store.schema import LEADS_COUNTRY, LEADS_DIVISION, LEADS_KIND, UNKNOWN_SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Row, RowMapping

    from dashboard.core.models import Parse

__all__ = [
    "ARTICLE_COLUMNS",
    "DIVISION_PREFIX",
    "article_from_row",
    "article_row",
    "candidate_keys",
    "correction_from_row",
    "correction_row",
    "division_of",
    "link_rows",
    "mention_rows",
    "place_from_row",
    "place_row",
    "places_of",
    "resolution_from_row",
]

_Row = dict[str, Any]
DIVISION_PREFIX = "adm1:"
_DIGITS = 4  # of the scores and weights kept for display
ARTICLE_COLUMNS = tuple(name for name in Article.__dataclass_fields__ if name not in ("notes", "file"))


def article_row(article: Article) -> _Row:
    """Return the part of an article's row that is the article itself."""
    row = {name: getattr(article, name) for name in ARTICLE_COLUMNS}
    row["date_origin"] = article.date_origin and article.date_origin.value
    row["boilerplate"] = [list(span) for span in article.boilerplate] or None
    return row


def article_from_row(row: RowMapping | _Row) -> Article:
    """Return the article of a row that holds `ARTICLE_COLUMNS`."""
    values = {name: row[name] for name in ARTICLE_COLUMNS}
    values["date_origin"] = DateOrigin(row["date_origin"]) if row["date_origin"] else None
    values["boilerplate"] = tuple((start, end) for start, end in row["boilerplate"] or ())
    return Article(**values)


def place_row(place: Place) -> _Row:
    """Return the row of a place, without its key."""
    return {
        "id": place.id,
        "name": place.name,
        "name_ar": place.name_ar,
        "name_fr": place.name_fr,
        "kind": place.kind.value,
        "feature_code": place.feature_code,
        "country": place.country,
        "latitude": float(place.latitude),
        "longitude": float(place.longitude),
        "radius_km": float(place.radius_km),
        "population": int(place.population),
        "admin1": place.admin1,
    }


def place_from_row(row: RowMapping) -> Place:
    """Return the place of a row of `places`."""
    values = {name: row[name] for name in Place.__dataclass_fields__}
    return Place(**{**values, "kind": Kind(values["kind"])})


def places_of(parses: Iterable[Parse]) -> Iterator[Place]:
    """Yield every place that a mention has, or that was proposed for one; with repetitions."""
    for parse in parses:
        for resolution in parse.resolutions:
            if resolution.place is not None:
                yield resolution.place
            for candidate in resolution.candidates:
                yield candidate.place


def mention_rows(article_key: int, text: str, parse: Parse, place_keys: Mapping[str, int]) -> list[_Row]:
    """Return a row for each mention, with the sentence that holds it."""
    spans = sentences(text)
    starts = [start for start, _ in spans]
    rows = []
    for resolution in parse.resolutions:
        mention = resolution.mention
        at = bisect_right(starts, mention.start) - 1
        first, last = spans[at] if at >= 0 else (mention.start, mention.end)
        rows.append(
            {
                "article_key": article_key,
                "place_key": place_keys[resolution.place.id] if resolution.place else None,
                "start": mention.start,
                "end": mention.end,
                "sentence_start": min(first, mention.start),
                "sentence_end": max(last, mention.end),
                "surface": mention.text,
                "folded": fold_name(mention.text),
                "confidence": float(resolution.confidence),
                "metonymy": bool(resolution.metonymy),
                "abstention": resolution.abstention.value if resolution.abstention else None,
                "reasons": _packed_reasons(resolution.reasons),
                "candidates": [
                    [place_keys[c.place.id], round(float(c.score), _DIGITS), _packed_reasons(c.reasons)]
                    for c in resolution.candidates
                ],
            }
        )
    return rows


def link_rows(
    article: Row[Any], source_key: int | None, parse: Parse, place_keys: Mapping[str, int]
) -> list[_Row]:
    """Return a row for each place that the article names; `article` has `key`, `published`, `language`, `story`."""
    found: dict[str, tuple[Place, list[float]]] = {}
    for resolution in parse.resolutions:
        if resolution.place is not None:
            _, confidences = found.setdefault(resolution.place.id, (resolution.place, []))
            confidences.append(float(resolution.confidence))
    leads = _leads(found.values())
    focus = parse.focus
    return [
        {
            "place_key": place_keys[place.id],
            "source_key": source_key or UNKNOWN_SOURCE,
            "article_key": article.key,
            "confidence": max(confidences),
            "least": min(confidences),
            "mentions": len(confidences),
            "grades": pack_grades(confidences),
            "focus": int(
                place.id == focus.place
                or (
                    place.kind is Kind.COUNTRY
                    and place.country is not None
                    and place.country == focus.country
                )
            ),
            "leads": leads.get(place.id, 0),
            "day": article.published.toordinal() if article.published else None,
            "language": article.language,
            "story": article.story,
        }
        for place, confidences in found.values()
    ]


def _leads(found: Iterable[tuple[Place, list[float]]]) -> dict[str, int]:
    """Say for which bits each place leads: the surest of its country, kind and division; ties by id."""
    leads: dict[str, int] = {}
    countries, kinds, divisions = set(), set(), set()
    for place, _ in sorted(found, key=lambda pair: (-max(pair[1]), pair[0].id)):
        bits = 0
        if place.country is not None and place.country not in countries:
            countries.add(place.country)
            bits |= LEADS_COUNTRY
        if place.kind not in kinds:
            kinds.add(place.kind)
            bits |= LEADS_KIND
        division = division_of(place)
        if division is not None and division not in divisions:
            divisions.add(division)
            bits |= LEADS_DIVISION
        leads[place.id] = bits
    return leads


def division_of(place: Place) -> str | None:
    """Return the id of the first-level division that a place lies in, or is."""
    return place.admin1 or (place.id if place.id.startswith(DIVISION_PREFIX) else None)


def candidate_keys(rows: Iterable[RowMapping | _Row]) -> set[int]:
    """Return the keys of all places that rows of `mentions` speak of."""
    keys = {row["place_key"] for row in rows if row["place_key"] is not None}
    return keys | {candidate[0] for row in rows for candidate in row["candidates"]}


def resolution_from_row(row: RowMapping | _Row, places: Mapping[int, Place]) -> Resolution:
    """Return the resolution of a row of `mentions`; `places` holds the place of each key."""
    key = row["place_key"]
    return Resolution(
        mention=Mention(row["start"], row["end"], row["surface"]),
        place=None if key is None else places[key],
        confidence=row["confidence"],
        candidates=tuple(
            Candidate(places[candidate], score, _unpacked_reasons(reasons))
            for candidate, score, reasons in row["candidates"]
        ),
        reasons=_unpacked_reasons(row["reasons"]),
        metonymy=row["metonymy"],
        abstention=Abstention(row["abstention"]) if row["abstention"] else None,
    )


def correction_row(correction: Correction) -> _Row:
    """Return the row of a correction."""
    kept = ("id", "surface", "article_id", "anchor", "source", "who", "why", "decided_at")
    return {name: getattr(correction, name) for name in (*kept, "undone_at", "undone_by", "folded")} | {
        "decision": correction.decision.value,
        "scope": correction.scope.value,
        "judged_id": correction.judged.id if correction.judged else None,
        "place_id": correction.place.id if correction.place else None,
        "judged": place_record(correction.judged) if correction.judged else None,
        "place": place_record(correction.place) if correction.place else None,
    }


def correction_from_row(row: RowMapping) -> Correction:
    """Return the correction of a row of `corrections`."""
    kept = ("id", "surface", "article_id", "anchor", "source", "who", "why", "undone_by")
    return Correction(
        **{name: row[name] for name in kept},
        decision=Decision(row["decision"]),
        scope=Scope(row["scope"]),
        judged=place_from_record(row["judged"]),
        place=place_from_record(row["place"]),
        decided_at=aware(row["decided_at"]),
        undone_at=aware(row["undone_at"]),
    )


def _packed_reasons(reasons: Iterable[Reason]) -> list[list[object]]:
    return [[reason.code, round(float(reason.weight), _DIGITS), reason.detail] for reason in reasons]


def _unpacked_reasons(packed: Iterable[tuple[str, float, str]]) -> tuple[Reason, ...]:
    return tuple(Reason(code, weight, detail) for code, weight, detail in packed)
