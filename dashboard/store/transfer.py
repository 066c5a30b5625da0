"""Articles from one store to another, with what people decided about them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from dashboard.core.article_changes import ArticleField, signed_change
from dashboard.core.corrections import Scope, anchor_of, signed
from dashboard.core.errors import CorrectionError
from dashboard.core.journey_decisions import JourneyDecision, signed_decision
from dashboard.core.models import Focus, Parse
from dashboard.store.arrivals import find_known
from dashboard.store.article_trail import changes_of, columns_in_force
from dashboard.store.corrections import import_corrections
from dashboard.store.editing import import_changes, remove_articles, restore_articles
from dashboard.store.journey_trail import import_decisions, list_decisions
from dashboard.store.legs import PackedLegs, pack_legs, unpack_legs
from dashboard.store.reading import read_places
from dashboard.store.records import (
    ARTICLE_COLUMNS,
    article_from_row,
    candidate_keys,
    correction_from_row,
    resolution_from_row,
)
from dashboard.store.schema import article_lines, articles, corrections, mentions, parses, removed_articles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection, RowMapping, Table

    from dashboard.core.article_changes import ArticleChange
    from dashboard.core.corrections import Correction
    from dashboard.core.models import Article
    from dashboard.store.store import Store

__all__ = ["Transferred", "copy_articles", "move_articles", "take_back_transfer"]

_BATCH = 100  # articles, with their texts
_WIDE = (Scope.SOURCE.value, Scope.EVERYWHERE.value)


@dataclass(frozen=True, slots=True)
class Transferred:
    """What became of articles that were to go to another store.

    Attributes
    ----------
    added
        Ids, in the other store, of those that came to it now.
    known
        How many were there already; what was decided about them has joined what is decided there.
    moved
        Ids, in the first store, of those that were removed from it; empty for copies.
    """

    added: tuple[str, ...]
    known: int
    moved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Packed:
    """An article as it was read, what the parser said of it, and what people said of both."""

    article: Article
    parse: Parse
    changes: tuple[ArticleChange, ...]
    corrections: tuple[Correction, ...]
    legs: PackedLegs | None
    journeys: tuple[JourneyDecision, ...]


def copy_articles(store: Store, target: Store, ids: Sequence[str], who: str) -> Transferred:
    """Copy articles into another store.

    They go as they were read, with their trail and with what was decided about their mentions, so that they show
    there what they show here. A decision that reaches further than an article goes as one on its mentions alone:
    other articles of the other store are not touched.

    Parameters
    ----------
    who
        Named in the trail of an article that had been removed from the other store, and comes back to it.

    Raises
    ------
    CorrectionError
        There is no such article, none is named, nobody says who, or both stores are one; nothing is copied.
    """
    _check(store, target, ids, who)
    added: list[str] = []
    wanted = list(dict.fromkeys(ids))
    journeys = list_decisions(store)
    for at in range(0, len(wanted), _BATCH):
        with store.engine.connect() as connection:
            packed = _pack(connection, wanted[at : at + _BATCH], journeys)
        added += _unpack(target, packed, who)
    if added:
        target.find_boilerplate()
        target.optimize()
    return Transferred(tuple(added), len(wanted) - len(added))


def move_articles(store: Store, target: Store, ids: Sequence[str], who: str, why: str = "") -> Transferred:
    """Copy articles into another store, and remove them here, where they can be restored.

    Raises
    ------
    CorrectionError
        As `copy_articles`.
    """
    done = copy_articles(store, target, ids, who)
    moved = tuple(dict.fromkeys(ids))
    remove_articles(store, moved, who, why)
    store.find_boilerplate()
    return replace(done, moved=moved)


def take_back_transfer(store: Store, target: Store, done: Transferred, who: str) -> None:
    """Undo a copy or a move: what came to the other store is removed there, what went is restored here."""
    if done.moved:
        restore_articles(store, done.moved, who)
    if done.added:
        remove_articles(target, done.added, who)


def _check(store: Store, target: Store, ids: Sequence[str], who: str) -> None:
    if not who.strip():
        raise CorrectionError("Say who makes the change.")
    if not ids:
        raise CorrectionError("No article was named.")
    if store.engine.url == target.engine.url:
        raise CorrectionError("The articles are in this collection already. Name another one.")
    known = store.has(ids)
    if missing := [ident for ident in ids if ident not in known]:
        raise CorrectionError(f"The store holds no article {missing[0]!r}.")


def _pack(connection: Connection, ids: Sequence[str], journeys: Sequence[JourneyDecision]) -> list[_Packed]:
    query = select(articles).where(articles.c.id.in_(ids)).order_by(articles.c.key)
    rows = connection.execute(query).mappings().all()
    keys = [row["key"] for row in rows]
    found = _by_article(connection, mentions, keys)
    spoken = _by_article(connection, parses, keys)
    read = _by_article(connection, article_lines, keys)
    legs = pack_legs(connection, keys)
    judged = _journeys(journeys, ids)
    trail = changes_of(connection, ids)
    narrow, wide = _decisions(connection, ids, found)
    packed = []
    for row in rows:
        own: list[Any] = list(found.get(row["key"], []))
        changes = tuple(c for c in trail.get(row["id"], ()) if c.field is not ArticleField.REMOVED)
        decided = [*narrow.get(row["id"], ()), *_narrowed(row, own, wide)]
        lines = read[row["key"]][0]
        parse = _parse(connection, row, [*own, *(lines["aside"] or ())], spoken.get(row["key"], []))
        article = _as_read(row, changes, lines["given"])
        moved, told = legs.get(row["key"]), tuple(judged.get(row["id"], ()))
        packed.append(_Packed(article, parse, changes, tuple(decided), moved, told))
    return packed


def _journeys(journeys: Iterable[JourneyDecision], ids: Iterable[str]) -> dict[str, list[JourneyDecision]]:
    """Return the decisions on journeys by the articles whose reports they name."""
    wanted, found = set(ids), dict[str, list[JourneyDecision]]()
    for decision in journeys:
        for ident in {key.partition(":")[0] for key in (decision.report, *decision.others)} & wanted:
            found.setdefault(ident, []).append(decision)
    return found


def _renamed(decision: JourneyDecision, old: str, new: str) -> JourneyDecision:
    """Return a decision on an article that has another id in the other store."""
    if old == new:
        return decision

    def named(key: str) -> str:
        ident, between, rest = key.partition(":")
        return f"{new if ident == old else ident}{between}{rest}"

    changed = replace(
        decision, report=named(decision.report), others=tuple(map(named, decision.others)), id=""
    )
    return signed_decision(changed)


def _by_article(connection: Connection, table: Table, keys: Sequence[int]) -> dict[int, list[RowMapping]]:
    found: dict[int, list[RowMapping]] = {}
    for row in connection.execute(select(table).where(table.c.article_key.in_(keys))).mappings():
        found.setdefault(row["article_key"], []).append(row)
    return found


def _as_read(row: RowMapping, changes: Iterable[ArticleChange], given: Any) -> Article:  # noqa: ANN401 - of JSON
    """Return an article as it was before anybody changed it, with the boilerplate that its reader found."""
    now = datetime.now(UTC)
    before = columns_in_force(replace(change, undone_at=now) for change in changes)
    columns: dict[str, Any] = {name: row[name] for name in ARTICLE_COLUMNS}
    columns |= {name: value for name, value in before.items() if name in columns} | {"boilerplate": given}
    if isinstance(columns["published"], str):
        columns["published"] = date.fromisoformat(columns["published"])
    return article_from_row(columns)


def _parse(
    connection: Connection, row: RowMapping, own: Iterable[Mapping[str, Any]], spoken: Sequence[RowMapping]
) -> Parse:
    """Return what the parser said of an article, whatever was corrected since."""
    said = []
    for mention in sorted(own, key=lambda one: (one["start"], one["end"])):
        columns: dict[str, Any] = dict(mention)
        if mention["by_hand"]:
            continue
        if mention["correction"] is not None:
            for name in ("place_key", "confidence", "abstention"):
                columns[name] = mention[f"parsed_{name}"]
        said.append(columns)
    places = read_places(connection, candidate_keys(said))
    names = ("parsed_focus_place", "parsed_focus_country")
    focus = Focus(*(row[name if row["corrected"] else name.removeprefix("parsed_")] for name in names))
    by = spoken[0] if spoken else {"parser_id": "", "gazetteer_id": ""}
    resolutions = tuple(resolution_from_row(columns, places) for columns in said)
    return Parse(row["language"] or "", resolutions, focus, by["parser_id"], by["gazetteer_id"])


def _decisions(
    connection: Connection, ids: Sequence[str], found: Mapping[int, Sequence[RowMapping]]
) -> tuple[dict[str, list[Correction]], dict[str, Correction]]:
    """Return the decisions on articles or on single mentions by article, and by their ids the wider ones in force."""
    table = corrections.c
    query = select(corrections).where(table.article_id.in_(ids), table.scope.not_in(_WIDE))
    narrow: dict[str, list[Correction]] = {}
    for row in connection.execute(query).mappings():
        narrow.setdefault(row["article_id"], []).append(correction_from_row(row))
    used = sorted({row["correction"] for rows in found.values() for row in rows if row["correction"]})
    wide: dict[str, Correction] = {}
    for at in range(0, len(used), _BATCH):
        of_those = select(corrections).where(table.id.in_(used[at : at + _BATCH]), table.scope.in_(_WIDE))
        rows = connection.execute(of_those).mappings()
        wide |= {row["id"]: correction_from_row(row) for row in rows}
    return narrow, wide


def _narrowed(row: RowMapping, own: Iterable[RowMapping], wide: Mapping[str, Correction]) -> list[Correction]:
    """Return wide decisions as what they come to for the mentions of one article."""
    return [
        replace(
            wide[mention["correction"]],
            scope=Scope.MENTION,
            surface=mention["surface"],
            article_id=row["id"],
            anchor=anchor_of(row["text"], mention["start"]),
            source=row["source"],
            id="",
        )
        for mention in own
        if mention["correction"] in wide
    ]


def _unpack(target: Store, packed: Sequence[_Packed], who: str) -> list[str]:
    """Store articles, and what goes with them; return the ids of those that are new, or back."""
    with target.engine.connect() as connection:
        known = [find_known(connection, one.article) for one in packed]
        gone = set(
            connection.scalars(
                select(removed_articles.c.id).where(removed_articles.c.id.in_(filter(None, known)))
            )
        )
    if gone:
        restore_articles(target, sorted(gone), who)
    new = [one for one, ident in zip(packed, known, strict=True) if ident is None]
    stored = iter(target.put_many((one.article, one.parse) for one in new).ids)
    added, decided, changed, judged = sorted(gone), [], [], []
    legs: dict[str, PackedLegs] = {}
    for one, there in zip(packed, known, strict=True):
        ident = there or next(stored)
        if ident is None:  # twice among those that go
            continue
        if there is None:
            added.append(ident)
            if one.legs:
                legs[ident] = one.legs
        decided += [signed(replace(each, article_id=ident)) for each in one.corrections]
        judged += [_renamed(each, one.article.id, ident) for each in one.journeys]
        changed += [signed_change(replace(each, article_id=ident)) for each in one.changes]
    with target.transaction() as connection:
        unpack_legs(connection, legs)
    if decided:
        import_corrections(target, decided)
    if changed:
        import_changes(target, changed)
    if judged:
        import_decisions(target, judged)
    return added
