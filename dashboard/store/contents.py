"""Whether what a store holds can be read, and is what was written, as far as the rows themselves tell.

A database finds damage of its own structure; bytes that rot inside a value it hands out as they are. The text of an
article has its hash beside it, the name of a mention stands in the text, and values have a form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from dashboard.core.models import Abstention, article_id
from dashboard.core.record_types import PlaceModel, checked
from dashboard.journeys.models import ActorType, LegKind, LegStatus
from dashboard.store.records import article_from_row, correction_from_row, place_from_row
from dashboard.store.schema import articles, corrections, legs, mentions, metadata, places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection, RowMapping, Table

__all__ = ["find_damage"]

_ROWS = 500  # read at once


def find_damage(connection: Connection, most: int = 3) -> list[str]:
    """Return what is wrong with the rows of a store, a few words each; empty for one that is sound.

    Raises
    ------
    SQLAlchemyError
        The database itself finds that it is damaged.
    """
    found: list[str] = []
    for table in metadata.sorted_tables:
        try:
            for row in _rows(connection, table):
                said = _READ[table](row) if table in _READ else None
                if said is not None:
                    found.append(said)
                if len(found) == most:
                    return found
        except (ValueError, TypeError, KeyError, AttributeError):
            found.append(f"values in {table.name} that can't be read")
    return found or _misplaced(connection, most)


def _rows(connection: Connection, table: Table) -> Iterator[RowMapping]:
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=_ROWS)
    yield from connection.execute(query).mappings()


def _article(row: RowMapping) -> str | None:
    article_from_row(row)
    if row["content"] is not None and article_id(row["text"]) != row["content"]:
        return f"the text of article {row['id']!r} is not what was stored"
    return None


def _place(row: RowMapping) -> None:
    place_from_row(row)


def _mention(row: RowMapping) -> None:
    for name in ("abstention", "parsed_abstention"):
        if row[name] is not None:
            Abstention(row[name])


def _leg(row: RowMapping) -> None:
    ActorType(row["actor_type"])
    LegKind(row["kind"])
    LegStatus(row["status"])


def _correction(row: RowMapping) -> None:
    correction_from_row(row)
    for place in (row["judged"], row["place"]):
        if place is not None:
            checked(PlaceModel, place)


_READ: dict[Table, Callable[[RowMapping], str | None]] = {
    articles: _article,
    places: _place,
    mentions: _mention,
    legs: _leg,
    corrections: _correction,
}


def _misplaced(connection: Connection, most: int) -> list[str]:
    """Return in which articles a name is not the one that stands where it was found."""
    found: dict[str, Any] = {}
    mention = mentions.c
    query = (
        select(articles.c.id, articles.c.text, mention.start, mention.end, mention.surface)
        .join(mentions, mention.article_key == articles.c.key)
        .order_by(articles.c.key)
        .execution_options(yield_per=_ROWS)
    )
    for row in connection.execute(query):
        if row.text[row.start : row.end].casefold() != row.surface.casefold():
            found[row.id] = (
                f"the name {row.surface!r} does not stand where it was found in article {row.id!r}"
            )
            if len(found) == most:
                break
    return list(found.values())
