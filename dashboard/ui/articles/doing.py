"""What is done to articles on this page, what it came to, and how it is taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.core.access import Role
from dashboard.core.article_changes import ArticleField, columns_for
from dashboard.core.corrections import local_user
from dashboard.core.errors import KharitaError
from dashboard.query import edtf_of
from dashboard.store.editing import (
    changes_since,
    edit_articles,
    merge_stories,
    remove_articles,
    restore_articles,
    split_stories,
    undo_change,
)
from dashboard.store.transfer import Transferred, copy_articles, move_articles, take_back_transfer
from dashboard.ui.parts.date_field import read_now
from dashboard.ui.parts.desk import current_desk
from dashboard.ui.parts.visitor import needs
from dashboard.ui.state import DONE, MARKED
from dashboard.web.handles import current_edition, follow_dates, shared_store
from dashboard.web.working import cached_samples

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dashboard.core.settings import Settings
    from dashboard.store import Store

    Step = Callable[[Store, Sequence[str], str], "Done"]

__all__ = [
    "FIELDS",
    "Done",
    "apply",
    "edit",
    "marked",
    "merge",
    "note",
    "remove",
    "remove_samples",
    "restore",
    "send",
    "split",
    "take_back",
]

FIELDS = (
    ArticleField.TITLE,
    ArticleField.PUBLISHED,
    ArticleField.SOURCE,
    ArticleField.URL,
    ArticleField.LANGUAGE,
)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of the last step.

    Attributes
    ----------
    key
        Of the words for it, which say `count` (with `counts`) or `value`.
    changes, removed
        What can be taken back.
    sent, target
        What went to another collection, and the URL of its store.
    """

    key: str
    count: int = 0
    counts: bool = True
    value: str = ""
    wrong: bool = False
    changes: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    sent: Transferred | None = None
    target: str = ""

    @property
    def can_be_undone(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self.changes or self.removed or (self.sent and (self.sent.added or self.sent.moved)))


def marked() -> set[str]:
    """Return the ids of the articles that are marked."""
    kept: set[str] = st.session_state.setdefault(MARKED, set())
    return kept


def note() -> Done | None:
    """Return what is to be said of the last step; it stays until the next one."""
    done: Done | None = st.session_state.get(DONE)
    return done


@needs(Role.CORRECT)
def apply(store: Store, settings: Settings, step: Step, ids: Sequence[str], who: str = "") -> None:
    """Do something to articles, and note what it came to; what makes no sense is noted, too.

    Parameters
    ----------
    who
        Signs it where the visitor has not said a name; empty asks for one.
    """
    who = current_desk(settings).who or who
    if not who:
        st.session_state[DONE] = _wrong("put_bad_who")
        return
    try:
        st.session_state[DONE] = step(store, ids, who)
    except KharitaError as error:
        st.session_state[DONE] = _wrong("put_failed", str(error))


def edit(store: Store, ids: Sequence[str], who: str, values: Mapping[ArticleField, str]) -> Done:
    """Set fields as they were typed; dates in any usual form."""
    wanted: dict[ArticleField, str | None] = dict(values)
    typed = values.get(ArticleField.PUBLISHED)
    if typed:
        days = read_now(typed)
        if days is None:
            return _wrong("put_date_bad", typed)
        wanted[ArticleField.PUBLISHED] = edtf_of(days)
    began = datetime.now(UTC)
    for field, value in wanted.items():
        try:
            columns_for(field, value)
        except KharitaError:
            return _wrong(f"put_bad_{field.value}")
    count = edit_articles(store, ids, wanted, who)
    if ArticleField.PUBLISHED in wanted:
        follow_dates(store, ids)
    return Done("put_changed", count, changes=tuple(changes_since(store, began)))


def remove(store: Store, ids: Sequence[str], who: str) -> Done:
    """Take articles out."""
    count = remove_articles(store, ids, who)
    marked().difference_update(ids)
    return Done("put_removed", count, removed=tuple(ids))


def restore(store: Store, ids: Sequence[str], who: str) -> Done:
    """Put articles back."""
    return Done("put_restored", restore_articles(store, ids, who))


def merge(store: Store, ids: Sequence[str], who: str) -> Done:
    """Make the stories of articles one."""
    began = datetime.now(UTC)
    return Done("put_moved", merge_stories(store, ids, who), changes=tuple(changes_since(store, began)))


def split(store: Store, ids: Sequence[str], who: str) -> Done:
    """Give each article a story of its own."""
    began = datetime.now(UTC)
    return Done("put_moved", split_stories(store, ids, who), changes=tuple(changes_since(store, began)))


def send(store: Store, ids: Sequence[str], who: str, *, goal: tuple[str, str], moving: bool) -> Done:
    """Copy or move articles to another collection, of which `goal` is name and URL."""
    name, url = goal
    target = shared_store(url)
    if moving:
        done = move_articles(store, target, ids, who, name)
        marked().difference_update(ids)
        return Done("put_sent_moved", len(done.moved), value=name, sent=done, target=url)
    done = copy_articles(store, target, ids, who)
    return Done("put_sent_copied", len(done.added), value=name, sent=done, target=url)


@needs(Role.CORRECT)
def remove_samples(store: Store, settings: Settings) -> None:
    """Take the sample articles out."""
    apply(store, settings, remove, list(cached_samples(current_edition(settings))), local_user())


@needs(Role.CORRECT)
def take_back(store: Store, settings: Settings, done: Done) -> None:
    """Undo what was done last."""

    def undo(store: Store, ids: Sequence[str], who: str) -> Done:
        if done.removed:
            restore_articles(store, ids, who)
        if done.sent:
            take_back_transfer(store, shared_store(done.target), done.sent, who)
        undone = [undo_change(store, change, who) for change in done.changes]
        follow_dates(store, [one.article_id for one in undone if one.field is ArticleField.PUBLISHED])
        return Done("put_undone", counts=False)

    apply(store, settings, undo, list(done.removed))


def _wrong(key: str, value: str = "") -> Done:
    return Done(key, counts=False, value=value[:200], wrong=True)
