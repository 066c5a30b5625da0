"""Which collection is open, in the head of every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.core.collections import MAIN
from dashboard.core.errors import CollectionError
from dashboard.render.markup import bdi, visit
from dashboard.render.panel.collections import collection_name, collection_switch
from dashboard.web.handles import read_settings

if TYPE_CHECKING:
    from dashboard.core.collections import Collection
    from dashboard.core.settings import Settings
    from dashboard.web.visit import Visit
    from dashboard.words import Strings

__all__ = ["collection_of", "menu_entry", "switch_of"]


def collection_of(here: Visit, settings: Settings) -> Collection:
    """Return the collection that a visit opens.

    Raises
    ------
    CollectionError
        There is none of this name.
    """
    return settings.collections.find(here.collection or settings.collection or MAIN)


def switch_of(here: Visit, words: Strings) -> Markup:
    """Return the switch; nothing while there is one collection, or the dashboard was opened on one store."""
    found = _open_of(here)
    if found is None:
        return Markup("")
    opened, kept = found
    return collection_switch(
        opened, kept, words, lambda one: here.collection_address(one.id), _everything(here)
    )


def menu_entry(here: Visit, words: Strings) -> Markup:
    """Return what takes the switch's place in the menu of a small screen: what is open, and the way to the others."""
    found = _open_of(here)
    if found is None:
        return Markup("")
    return visit(_everything(here), bdi(collection_name(found[0], words)), class_="kh-in-menu")


def _open_of(here: Visit) -> tuple[Collection, tuple[Collection, ...]] | None:
    """Return the open collection and all in use; None where there is nothing to choose."""
    settings = read_settings()
    if settings.store:
        return None
    try:
        kept, opened = settings.collections.all(), collection_of(here, settings)
    except CollectionError:
        return None  # the page says what is wrong
    return None if len(kept) == 1 and not opened.name else (opened, kept)


def _everything(here: Visit) -> str:
    return here.collection_address(here.collection, page="collections")
