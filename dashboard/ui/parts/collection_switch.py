"""Which collection is open, in the head of every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.core.collections import MAIN
from dashboard.core.errors import CollectionError
from dashboard.render.panel.collections import collection_switch
from dashboard.web.answers import read_settings

if TYPE_CHECKING:
    from dashboard.core.collections import Collection
    from dashboard.core.settings import Settings
    from dashboard.web.visit import Visit
    from dashboard.words import Strings

__all__ = ["collection_of", "switch_of"]


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
    settings = read_settings()
    if settings.store:
        return Markup("")
    try:
        kept, opened = settings.collections.all(), collection_of(here, settings)
    except CollectionError:
        return Markup("")  # the page says what is wrong
    if len(kept) == 1 and not opened.name:
        return Markup("")
    everything = here.collection_address(here.collection, page="collections")
    return collection_switch(opened, kept, words, lambda one: here.collection_address(one.id), everything)
