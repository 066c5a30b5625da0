"""Legs into the store and out of it, as reports that can be merged to journeys.

A leg is kept as it was read. Where a person has corrected the place that a word means, the leg shows the corrected
place as long as the correction is in force; so undoing it undoes this, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, delete, func, insert, not_, or_, select

from dashboard.core.models import Reason
from dashboard.journeys.merge import Report
from dashboard.journeys.models import Actor, ActorType, Leg, LegKind, LegPlace, LegStatus, Sighting
from dashboard.store.dialect import insert_new
from dashboard.store.reading import read_places
from dashboard.store.records import place_row
from dashboard.store.schema import articles, leg_parses, legs, mentions, places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection, RowMapping

    from dashboard.core.models import Place
    from dashboard.journeys.models import LegParse
    from dashboard.store.store import Store

__all__ = [
    "PackedLegs",
    "count_legs",
    "insert_legs",
    "legs_read_otherwise",
    "pack_legs",
    "read_reports",
    "replace_legs",
    "unpack_legs",
]

_CHUNK = 500  # values in one IN list
_ENDS = ("from", "to", "via")
_DIGITS = 4


def insert_legs(
    connection: Connection, article_keys: Sequence[int], found: Sequence[LegParse | None]
) -> None:
    """Insert the legs of stored articles, which have none; None is an article in which nobody looked for legs."""
    columns = (articles.c.key, articles.c.published)
    read = {key: parse for key, parse in zip(article_keys, found, strict=True) if parse is not None}
    about: dict[int, Any] = {}
    for some in _chunks(list(read)):
        about |= {
            row.key: row for row in connection.execute(select(*columns).where(articles.c.key.in_(some)))
        }
    place_keys = _place_keys(connection, (leg for parse in read.values() for leg in parse.legs))
    rows = [_row(key, leg, place_keys) for key, parse in read.items() for leg in parse.legs]
    if rows:
        connection.execute(insert(legs), rows)
    who = [
        {"article_key": key, "parser_id": parse.parser_id, "published": about[key].published}
        for key, parse in read.items()
    ]
    if who:
        connection.execute(insert(leg_parses), who)


def replace_legs(
    connection: Connection, article_keys: Sequence[int], found: Sequence[LegParse | None]
) -> None:
    """Put new legs in the place of those that articles have; None leaves an article as it is."""
    read = [key for key, parse in zip(article_keys, found, strict=True) if parse is not None]
    for some in _chunks(read):
        for table in (legs, leg_parses):
            connection.execute(delete(table).where(table.c.article_key.in_(some)))
    insert_legs(connection, article_keys, found)


def legs_read_otherwise(store: Store, parser_id: str) -> list[str]:
    """Return the ids of the articles whose legs this reader has not read, or has counted from another day."""
    same_day = or_(
        leg_parses.c.published == articles.c.published,
        and_(leg_parses.c.published.is_(None), articles.c.published.is_(None)),
    )
    query = (
        select(articles.c.id)
        .outerjoin(leg_parses, leg_parses.c.article_key == articles.c.key)
        .where(or_(leg_parses.c.parser_id.is_(None), leg_parses.c.parser_id != parser_id, not_(same_day)))
        .order_by(articles.c.key)
    )
    with store.engine.connect() as connection:
        return list(connection.scalars(query))


def count_legs(store: Store) -> tuple[int, int]:
    """Return how many legs there are, and in how many articles nobody has looked for legs yet."""
    unread = (
        select(func.count())
        .select_from(articles.outerjoin(leg_parses, leg_parses.c.article_key == articles.c.key))
        .where(leg_parses.c.article_key.is_(None))
    )
    with store.engine.connect() as connection:
        found = connection.scalar(select(func.count()).select_from(legs)) or 0
        return found, connection.scalar(unread) or 0


class PackedLegs(NamedTuple):
    """The legs of an article as they are kept, for another store.

    Attributes
    ----------
    rows
        Of `legs`, with places in the place of keys.
    read
        The row of `leg_parses`.
    """

    rows: list[dict[str, Any]]
    read: dict[str, Any]


def pack_legs(connection: Connection, keys: Sequence[int]) -> dict[int, PackedLegs]:
    """Return what is kept of the legs of articles, by key; those in which nobody looked for any are left out."""
    read = connection.execute(select(leg_parses).where(leg_parses.c.article_key.in_(keys))).mappings()
    packed = {row["article_key"]: PackedLegs([], _without(row, "article_key")) for row in read}
    rows = (
        connection.execute(select(legs).where(legs.c.article_key.in_(keys)).order_by(legs.c.id))
        .mappings()
        .all()
    )
    known = read_places(connection, {row[f"{end}_key"] for row in rows for end in _ENDS} - {None})
    for row in rows:
        ends = {f"{end}_key": known.get(row[f"{end}_key"]) for end in _ENDS}
        packed[row["article_key"]].rows.append(_without(row, "id", "article_key") | ends)
    return packed


def unpack_legs(connection: Connection, packed: Mapping[str, PackedLegs]) -> None:
    """Store packed legs, by the ids of articles that have none yet."""
    found = connection.execute(select(articles.c.id, articles.c.key).where(articles.c.id.in_(list(packed))))
    keys = {row.id: row.key for row in found}
    ends = {row[f"{end}_key"] for one in packed.values() for row in one.rows for end in _ENDS} - {None}
    places_of = _keys_of(connection, ends)
    rows = [
        row
        | {f"{end}_key": row[f"{end}_key"] and places_of[row[f"{end}_key"].id] for end in _ENDS}
        | {"article_key": keys[ident]}
        for ident, one in packed.items()
        for row in one.rows
    ]
    if rows:
        connection.execute(insert(legs), rows)
    if packed:
        connection.execute(
            insert(leg_parses), [one.read | {"article_key": keys[ident]} for ident, one in packed.items()]
        )


def _without(row: RowMapping, *names: str) -> dict[str, Any]:
    return {str(name): value for name, value in row.items() if name not in names}


class _Put(NamedTuple):
    """What a correction says of a stretch of an article."""

    start: int
    end: int
    was: int | None
    now: int | None


_COLUMNS = (
    articles.c.id.label("article"),
    articles.c.published,
    articles.c.source,
    articles.c.origin,
    articles.c.story,
    articles.c.boilerplate,
    leg_parses.c.published.label("counted_from"),
)


def read_reports(connection: Connection, most: int, article_id: str | None = None) -> list[Report]:
    """Return legs as reports, of the newest articles first.

    Parameters
    ----------
    most
        How many at most.
    article_id
        Keeps to one article.
    """
    query = (
        select(legs, *_COLUMNS)
        .join(articles, articles.c.key == legs.c.article_key)
        .join(leg_parses, leg_parses.c.article_key == legs.c.article_key)
        .order_by(articles.c.published.desc().nulls_last(), legs.c.article_key.desc(), legs.c.id)
        .limit(most)
    )
    if article_id is not None:
        query = query.where(articles.c.id == article_id)
    rows = connection.execute(query).mappings().all()
    corrected = _corrected(connection, {row["article_key"] for row in rows})
    keys = {row[f"{end}_key"] for row in rows for end in _ENDS} - {None}
    keys |= {put.now for some in corrected.values() for put in some} - {None}
    known = read_places(connection, keys)
    told = _retold(connection)
    reports = []
    for row in rows:
        leg = _leg(row, known, corrected.get(row["article_key"], ()))
        if leg is not None and _inside(leg, row["boilerplate"]):
            reports.append(Report(row["article"], leg, _origin(row, told), row["published"], row["source"]))
    return reports


def _retold(connection: Connection) -> frozenset[int]:
    """Return the stories of which there are copies."""
    query = select(articles.c.story).where(articles.c.story != articles.c.key).distinct()
    return frozenset(connection.scalars(query))


def _origin(row: RowMapping, told: frozenset[int]) -> str:
    """Return what makes reports dependent: who is credited, the story that is copied, the source."""
    if row["origin"]:
        return f"agency:{row['origin']}"
    if row["story"] in told:
        return f"story:{row['story']}"
    return f"source:{row['source']}" if row["source"] else f"article:{row['article']}"


def _corrected(connection: Connection, keys: Iterable[int]) -> dict[int, list[_Put]]:
    """Return what people say of the places of articles, by the article's key."""
    wanted, found = sorted(keys), dict[int, list[_Put]]()
    names = ("article_key", "start", "end", "parsed_place_key", "place_key")
    for some in _chunks(wanted):
        query = select(*(mentions.c[name] for name in names)).where(
            mentions.c.correction.is_not(None), mentions.c.article_key.in_(some)
        )
        for row in connection.execute(query):
            put = _Put(row.start, row.end, row.parsed_place_key, row.place_key)
            found.setdefault(row.article_key, []).append(put)
    return found


def _leg(row: RowMapping, known: Mapping[int, Place], corrected: Sequence[_Put]) -> Leg | None:
    """Return the leg of a row; None when a person took its only places away."""
    told = row["told"]
    ends = {}
    for end in _ENDS:
        key = row[f"{end}_key"]
        if key is None:
            continue
        start, stop, text, confidence = told["places"][end]
        now = _key_now(key, (start, stop), corrected)
        if now is not None:
            sure = confidence if now == key else 1.0
            ends[end] = LegPlace((start, stop), text, known[now], sure)
    if not ends:
        return None
    counted = row["counted_from"] == row["published"] or not told["date_text"]
    return Leg(
        actor=Actor(
            (row["actor_start"], row["actor_end"]),
            told["actor"],
            row["actor_name"],
            ActorType(row["actor_type"]),
            row["actor_key"],
            row["actor_country"],
            tuple((start, end) for start, end in told["also"]),
        ),
        kind=LegKind(row["kind"]),
        status=LegStatus(row["status"]),
        cue=(row["cue_start"], row["cue_end"]),
        sentence=(row["sentence_start"], row["sentence_end"]),
        from_place=ends.get("from"),
        to_place=ends.get("to"),
        via=ends.get("via"),
        date=row["date"] if counted else None,  # else «yesterday» was counted from a day that was wrong
        date_text=told["date_text"],
        confidence=row["confidence"],
        reasons=tuple(Reason(*reason) for reason in told["reasons"]),
        sightings=tuple(
            Sighting(*((start, end) for start, end in sighting)) for sighting in told["sightings"]
        ),
        beside=tuple(
            Actor((start, end), text, name, ActorType(kind), key)
            for start, end, text, name, kind, key in told["beside"]
        ),
    )


def _key_now(key: int, span: tuple[int, int], corrected: Sequence[_Put]) -> int | None:
    """Return the place that a leg's end means now: that of its own words, or of the name that they point back to."""
    for put in corrected:
        if put.start < span[1] and span[0] < put.end:
            return put.now
    return next((put.now for put in corrected if put.was == key), key)


def _inside(leg: Leg, boilerplate: Sequence[Sequence[int]] | None) -> bool:
    """Tell whether a leg is told in the article itself."""
    return not any(leg.cue[0] < end and start < leg.cue[1] for start, end in boilerplate or ())


def _ends_of(leg: Leg) -> dict[str, LegPlace]:
    ends = {"from": leg.from_place, "to": leg.to_place, "via": leg.via}
    return {name: place for name, place in ends.items() if place is not None}


def _place_keys(connection: Connection, found: Iterable[Leg]) -> dict[str, int]:
    """Store the places of legs that are not there; return the key of each."""
    return _keys_of(connection, (end.place for leg in found for end in _ends_of(leg).values()))


def _keys_of(connection: Connection, wanted: Iterable[Place]) -> dict[str, int]:
    """Store places that are not there; return the key of each."""
    rows = {place.id: place_row(place) for place in wanted}
    if rows:
        connection.execute(insert_new(connection, places, places.c.id), list(rows.values()))
    keys: dict[str, int] = {}
    for some in _chunks(list(rows)):
        query = select(places.c.id, places.c.key).where(places.c.id.in_(some))
        keys |= {row.id: row.key for row in connection.execute(query)}
    return keys


def _row(article_key: int, leg: Leg, place_keys: Mapping[str, int]) -> dict[str, Any]:
    actor, ends = leg.actor, _ends_of(leg)
    keys = {f"{name}_key": place_keys[ends[name].place.id] if name in ends else None for name in _ENDS}
    return {
        "article_key": article_key,
        "actor_key": actor.key,
        "actor_name": actor.name,
        "actor_type": actor.type.value,
        "actor_country": actor.country,
        "kind": leg.kind.value,
        "status": leg.status.value,
        "date": leg.date,
        "confidence": float(leg.confidence),
        "cue_start": leg.cue[0],
        "cue_end": leg.cue[1],
        "actor_start": actor.span[0],
        "actor_end": actor.span[1],
        "sentence_start": leg.sentence[0],
        "sentence_end": leg.sentence[1],
        **keys,
        "told": {
            "actor": actor.text,
            "also": [list(span) for span in actor.also],
            "places": {
                name: [*end.span, end.text, round(float(end.confidence), _DIGITS)]
                for name, end in ends.items()
            },
            "date_text": leg.date_text,
            "reasons": [[one.code, round(float(one.weight), _DIGITS), one.detail] for one in leg.reasons],
            "sightings": [[list(one.actor), list(one.cue), list(one.sentence)] for one in leg.sightings],
            "beside": [[*one.span, one.text, one.name, one.type.value, one.key] for one in leg.beside],
        },
    }


def _chunks(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    for at in range(0, len(values), _CHUNK):
        yield values[at : at + _CHUNK]
