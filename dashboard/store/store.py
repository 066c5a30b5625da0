"""The store: articles, and what the geoparser said of them."""

from __future__ import annotations

import atexit
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self
from weakref import WeakSet

from sqlalchemy import and_, exists, func, not_, or_, select, true
from sqlalchemy.exc import InternalError, OperationalError, ProgrammingError, SQLAlchemyError

from dashboard.core.errors import KharitaError, StoreError
from dashboard.core.links import plain_address
from dashboard.core.models import Article, Focus
from dashboard.core.progress import silent
from dashboard.store.arrivals import known_article, mark_versions, sort_arrivals
from dashboard.store.article_trail import apply_changes
from dashboard.store.boilerplate import settle_sources, unsettled_sources
from dashboard.store.care import settle
from dashboard.store.clock import time_after
from dashboard.store.dialect import optimize, writing
from dashboard.store.legs import insert_legs, replace_legs
from dashboard.store.opening import open_engine
from dashboard.store.reading import read_places
from dashboard.store.records import (
    ARTICLE_COLUMNS,
    article_from_row,
    candidate_keys,
    place_from_row,
    resolution_from_row,
)
from dashboard.store.replay import replay_articles
from dashboard.store.schema import article_places, articles, mentions, meta, parses, places
from dashboard.store.soundness import check_soundness
from dashboard.store.stories import assign_stories, assign_to_untold
from dashboard.store.writing import count_change, insert_articles, insert_parses, replace_parses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import TracebackType

    from sqlalchemy import Connection, Engine

    from dashboard.core.models import Parse, Place, Resolution
    from dashboard.core.progress import Progress
    from dashboard.journeys.models import LegParse

__all__ = ["Store", "StoreCounts", "Stored", "open_store"]

_CHUNK = 500  # values in one IN list
_OPEN: WeakSet[Store] = WeakSet()


@dataclass(frozen=True, slots=True)
class StoreCounts:
    """How much the store holds; `places` counts those that a mention was resolved to."""

    articles: int
    mentions: int
    places: int


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of articles that were given to be stored.

    Attributes
    ----------
    ids
        For each, in order, the id that it has now; None if it was known.
    copies
        Those of the ids whose article copies a story that was told before.
    """

    ids: tuple[str | None, ...]
    copies: frozenset[str]

    @property
    def added(self) -> int:
        """How many were new."""
        return sum(ident is not None for ident in self.ids)


def open_store(url: str, progress: Progress = silent) -> Store:
    """Open the store at a SQLAlchemy URL of SQLite or PostgreSQL, and create it if it is not there.

    A store of an older version is brought up to this one in place, which `progress` is told of.

    Raises
    ------
    StoreError
        It can't be opened; the message says why and what to do.
    """
    store = Store(open_engine(url, progress))
    if not _OPEN:
        atexit.unregister(_close_all)
        atexit.register(_close_all)
    _OPEN.add(store)
    return store


def _close_all() -> None:
    """Close what is still open when the program ends, as the stores that a server shares are."""
    for store in list(_OPEN):
        store.close()


class Store:
    """Articles and their parses in a database; made by `open_store`, usable from several threads.

    Each method that writes is one transaction: all of it is stored or nothing. Others may read meanwhile.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store; what broke for no reason of the program's is laid to a damaged store, if it is one."""
        try:
            if isinstance(error, Exception) and not isinstance(error, (KharitaError, SQLAlchemyError)):
                with suppress(SQLAlchemyError):
                    check_soundness(self.engine)
        finally:
            self.close()

    def close(self) -> None:
        """Bring all that is written into the store's own file, and let go of the database."""
        _OPEN.discard(self)
        settle(self.engine)
        self.engine.dispose()

    def add(self, article: Article, parse: Parse, legs: LegParse | None = None) -> bool:
        """Store an article and its parse; False when the article is known already, and nothing is changed."""
        return self.put_many([(article, parse)], [legs]).added == 1

    def add_many(self, pairs: Iterable[tuple[Article, Parse]]) -> int:
        """Store the articles that are not known yet, with their parses, in one transaction.

        Returns
        -------
        added
            How many articles were new.
        """
        return self.put_many(pairs).added

    def put_many(
        self, pairs: Iterable[tuple[Article, Parse]], legs: Sequence[LegParse | None] = ()
    ) -> Stored:
        """Do as `add_many`, and say which articles were new, and which of those are copies of older stories.

        Parameters
        ----------
        legs
            For each pair the legs of its article, None where nobody looked for any; or nothing at all.
        """
        given = list(pairs)
        if not given:
            return Stored((), frozenset())
        moved = legs or [None] * len(given)
        copies: set[str] = set()
        with self.transaction() as connection:
            found = sort_arrivals(connection, [article for article, _ in given])
            new = [(article, parse) for article, (_, parse) in zip(found, given, strict=True) if article]
            if new:
                added = time_after(connection, articles.c.added_at, datetime.now(UTC))
                keys = insert_articles(connection, new, added)
                stories = assign_stories(connection, keys)
                copies = {
                    article.id for key, (article, _) in zip(keys, new, strict=True) if stories[key] != key
                }
                insert_parses(connection, keys, [parse for _, parse in new], datetime.now(UTC))
                insert_legs(
                    connection, keys, [some for article, some in zip(found, moved, strict=True) if article]
                )
                mark_versions(connection, keys)
                replay_articles(connection, keys)
                apply_changes(connection, keys)
                count_change(connection)
        return Stored(tuple(article.id if article else None for article in found), frozenset(copies))

    def arrivals(self, arriving: Sequence[Article]) -> list[Article | None]:
        """Say which of these articles are new, with the ids that they will have; None for those that are known.

        The same words at another address are new, so that no link is lost; they tell the same story.
        """
        with self.engine.connect() as connection:
            return sort_arrivals(connection, arriving)

    def known_as(self, article: Article) -> str | None:
        """Return the id of the stored article that this one is; None for one that would be new, or was removed."""
        with self.engine.connect() as connection:
            return known_article(connection, article)

    def at_address(self, url: str) -> list[str]:
        """Return the ids of the articles at an address, the newest version first; however the link is decorated."""
        query = (
            select(articles.c.id)
            .where(articles.c.address == plain_address(url))
            .order_by(articles.c.key.desc())
        )
        with self.engine.connect() as connection:
            return list(connection.scalars(query))

    def replace_parse(self, article_id: str, parse: Parse) -> None:
        """Put a new parse in the place of the one that a stored article has; corrections stay in force.

        Raises
        ------
        StoreError
            There is no such article.
        """
        self.replace_parses([(article_id, parse)])

    def replace_parses(
        self, pairs: Iterable[tuple[str, Parse]], legs: Sequence[LegParse | None] = ()
    ) -> None:
        """Put new parses in the place of those that stored articles have, in one transaction.

        Parameters
        ----------
        legs
            For each pair the legs that take the place of those of its article, None to leave them; or nothing at all.

        Raises
        ------
        StoreError
            There is no such article; nothing is changed.
        """
        new = dict(pairs)
        with self.transaction() as connection:
            keys = replace_parses(connection, new, datetime.now(UTC))
            if legs:
                replace_legs(connection, keys, legs)
            replay_articles(connection, keys)
            count_change(connection)

    def replace_legs(self, pairs: Iterable[tuple[str, LegParse]]) -> None:
        """Put new legs in the place of those that stored articles have, in one transaction.

        Raises
        ------
        StoreError
            There is no such article; nothing is changed.
        """
        new = dict(pairs)
        with self.transaction() as connection:
            keys = {}
            for at in range(0, len(new), _CHUNK):
                some = list(new)[at : at + _CHUNK]
                query = select(articles.c.id, articles.c.key).where(articles.c.id.in_(some))
                keys.update({row.id: row.key for row in connection.execute(query)})
            if missing := [ident for ident in new if ident not in keys]:
                raise StoreError(f"The store holds no article {missing[0]!r}.")
            replace_legs(connection, [keys[ident] for ident in new], list(new.values()))
            count_change(connection)

    def find_copies(self) -> int:
        """Find the stories of articles that an older version stored, and return how many these were."""
        done = 0
        while True:
            with self.transaction() as connection:
                found = assign_to_untold(connection, _CHUNK)
                if found:
                    count_change(connection)
            done += found
            if not found:
                return done

    def find_boilerplate(self) -> int:
        """Mark what recurs in sources whose articles have changed; return how many articles show something else now.

        Mentions there count no more, and those that turn out to be of an article are back.
        """
        changed = 0
        with self.engine.connect() as connection:
            sources = unsettled_sources(connection)
        for source in sources:
            with self.transaction() as connection:
                found = settle_sources(connection, [source])
                if found:
                    count_change(connection)
            changed += found
        return changed

    def has(self, ids: Iterable[str]) -> set[str]:
        """Return those of the article ids that are stored."""
        with self.engine.connect() as connection:
            return _known(connection, ids)

    def article(self, article_id: str) -> Article | None:
        """Return a stored article; its language is the one found by the parser if the file named none."""
        columns = [articles.c[name] for name in ARTICLE_COLUMNS]
        with self.engine.connect() as connection:
            row = connection.execute(select(*columns).where(articles.c.id == article_id)).mappings().first()
        return None if row is None else article_from_row(row)

    def resolutions(self, article_id: str) -> list[Resolution]:
        """Return what was decided for each mention of an article, in the order of the text."""
        query = (
            select(mentions)
            .join(articles, articles.c.key == mentions.c.article_key)
            .where(articles.c.id == article_id)
            .order_by(mentions.c.start, mentions.c.end)
        )
        with self.engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
            known = read_places(connection, candidate_keys(rows))
        return [resolution_from_row(row, known) for row in rows]

    def focus(self, article_id: str) -> Focus:
        """Return what the geoparser took an article to be about; nothing for an unknown article."""
        query = select(articles.c.focus_place, articles.c.focus_country).where(articles.c.id == article_id)
        with self.engine.connect() as connection:
            row = connection.execute(query).first()
        return Focus() if row is None else Focus(row.focus_place, row.focus_country)

    def place(self, place_id: str) -> Place | None:
        """Return a place that some mention or candidate has; None for any other."""
        with self.engine.connect() as connection:
            row = connection.execute(select(places).where(places.c.id == place_id)).mappings().first()
        return None if row is None else place_from_row(row)

    def counts(self) -> StoreCounts:
        """Count what the store holds."""
        named = exists().where(article_places.c.place_key == places.c.key)
        query = select(
            select(func.count()).select_from(articles).scalar_subquery(),
            select(func.count()).select_from(mentions).scalar_subquery(),
            select(func.count()).select_from(places).where(named).scalar_subquery(),
        )
        with self.engine.connect() as connection:
            return StoreCounts(*connection.execute(query).one())

    def data_version(self) -> int:
        """Return a number that grows with each change: what was read before is good while it stands."""
        with self.engine.connect() as connection:
            return int(connection.scalars(select(meta.c.value).where(meta.c.key == "data_version")).one())

    def parser_ids(self) -> dict[tuple[str, str], int]:
        """Return how many articles each pair of parser and gazetteer id has parsed."""
        pair = (parses.c.parser_id, parses.c.gazetteer_id)
        with self.engine.connect() as connection:
            rows = connection.execute(select(*pair, func.count()).group_by(*pair)).all()
        return {(parser, gazetteer): count for parser, gazetteer, count in rows}

    def parsed_by_others(self, parser_id: str, gazetteer_id: str, *, everything: bool = False) -> list[str]:
        """Return the ids of the articles that another parser or gazetteer has parsed; `everything`: of all."""
        same = and_(parses.c.parser_id == parser_id, parses.c.gazetteer_id == gazetteer_id)
        query = (
            select(articles.c.id)
            .outerjoin(parses, parses.c.article_key == articles.c.key)
            .where(or_(parses.c.parser_id.is_(None), not_(same)) if not everything else true())
            .order_by(articles.c.key)
        )
        with self.engine.connect() as connection:
            return list(connection.scalars(query))

    def optimize(self) -> None:
        """Let the database learn how it is filled; worth it after many articles were added."""
        with self.transaction() as connection:
            optimize(connection)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Hold the store for writing; an error inside leaves it as it was."""
        try:
            with writing(self.engine).begin() as connection:
                yield connection
        except (OperationalError, ProgrammingError, InternalError) as error:
            cause = str(error.orig or error).partition("\n")[0]
            raise StoreError(
                f"The store can't be written: {cause}. Nothing of this step was kept."
            ) from error


def _known(connection: Connection, ids: Iterable[str]) -> set[str]:
    wanted = list(ids)
    found: set[str] = set()
    for at in range(0, len(wanted), _CHUNK):
        query = select(articles.c.id).where(articles.c.id.in_(wanted[at : at + _CHUNK]))
        found.update(connection.scalars(query))
    return found
