"""The list on which articles are put right, and the trail of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.render.markup import bdi, element, join, line, visit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from dashboard.core.article_changes import ArticleChange
    from dashboard.store.listing import ListedArticle, RemovedArticle
    from dashboard.words import Strings

__all__ = ["listed_row", "removed_row", "trail"]

_SHOWN = 120  # code points of a value in the trail


def listed_row(one: ListedArticle, words: Strings, address: str, *, is_open: bool) -> Markup:
    """Return a stored article: its title, and what is known of it; what is doubtful is said."""
    if one.published or one.published_edtf:
        day = words.day(one.published) if one.published else words.digits(str(one.published_edtf))
        dated = element(
            "span", join([day, element("b", words("put_doubtful")) if one.date_suspect else ""], " ")
        )
    else:
        dated = element("b", words("undated"))
    facts: list[object] = [dated, bdi(one.source) if one.source else element("b", words("put_no_source"))]
    if one.language:
        facts.append(bdi(words.tongue(one.language)))
    if one.copies > 1:
        facts.append(words("put_copies", n=one.copies))
    if one.is_replaced:
        facts.append(words("put_older"))
    title = visit(address, line(one.title), dir="auto", aria_current="true" if is_open else None)
    return element("div", join([element("p", title), element("p", join(facts, " · "))]), class_="kh-put-row")


def removed_row(one: RemovedArticle, words: Strings) -> Markup:
    """Return an article that was removed."""
    facts: list[object] = [words.day(one.removed_at.date())]
    if one.source:
        facts.insert(0, bdi(one.source))
    title = element("span", line(one.title), dir="auto")
    return element("div", join([element("p", title), element("p", join(facts, " · "))]), class_="kh-put-row")


def trail(changes: Iterable[ArticleChange], words: Strings) -> Markup:
    """Return what was changed about an article, the latest first."""
    rows = [_change(change, words) for change in changes]
    if not rows:
        return join([])
    parts = [element("h4", words("put_trail")), element("ul", join(rows))]
    return element("section", join(parts), class_="kh-trail")


def _change(change: ArticleChange, words: Strings) -> Markup:
    said = words(
        "put_trail_line",
        day=words.day(change.decided_at.date()),
        who=change.who,
        field=words(f"field_{change.field.value}"),
        before=_value(change.before, words),
        after=_value(change.after, words),
    )
    undone = words("put_trail_undone", who=change.undone_by or "") if change.undone_at else ""
    return element("li", f"{said} ({undone})" if undone else said, dir="auto")


def _value(columns: object, words: Strings) -> str:
    values = columns.values() if isinstance(columns, dict) else ()
    if list(values) == [True]:
        return words("put_trail_yes")
    first = next((str(value) for value in values if value not in (None, False, True)), "")
    return first[:_SHOWN] or words("put_trail_nothing")
