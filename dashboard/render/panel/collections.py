"""The switch between collections in the head, and the lines of their page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.render.markup import bdi, element, join, visit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from markupsafe import Markup

    from dashboard.core.collections import Collection
    from dashboard.words import Strings

__all__ = ["collection_name", "collection_row", "collection_switch", "removed_collection_row"]

_LISTED = 12  # in the head; the page has them all


def collection_name(one: Collection, words: Strings) -> str:
    """Return what a collection is called: the main one has a name from the beginning."""
    return one.name or words("collection_main")


def collection_switch(
    opened: Collection,
    kept: Sequence[Collection],
    words: Strings,
    address: Callable[[Collection], str],
    all_of_them: str,
) -> Markup:
    """Return what says which collection is open, and opens another.

    Parameters
    ----------
    address
        Opens a collection.
    all_of_them
        Opens the page of collections.
    """
    links = [
        element(
            "li",
            visit(
                address(one),
                bdi(collection_name(one, words)),
                aria_current="true" if one.id == opened.id else None,
            ),
        )
        for one in kept[:_LISTED]
    ]
    links.append(element("li", visit(all_of_them, words("collections_all")), class_="kh-switch-all"))
    head = element("summary", bdi(collection_name(opened, words)), title=words("collection_switch"))
    return element("details", join([head, element("ul", join(links))]), class_="kh-switch")


def collection_row(one: Collection, held: str, words: Strings, address: str | None) -> Markup:
    """Return a collection with what it holds; `address` opens it, None for the one that is open."""
    name = bdi(collection_name(one, words))
    title = (
        visit(address, name) if address else join([name, " ", element("small", words("collections_is_open"))])
    )
    return element("div", join([element("p", title), element("p", held, dir="auto")]), class_="kh-put-row")


def removed_collection_row(one: Collection, day: date, words: Strings) -> Markup:
    """Return a collection that was moved aside."""
    told = element("p", words("collections_removed_on", day=words.day(day)))
    return element("div", join([element("p", bdi(collection_name(one, words))), told]), class_="kh-put-row")
