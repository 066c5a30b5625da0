"""The keys of the session: what must not be shared and does not stand in the address."""

from __future__ import annotations

__all__ = [
    "ADDING",
    "ADD_KIND",
    "ADD_NAME",
    "ADD_POINT",
    "CHANNEL",
    "CLOCK",
    "DATES",
    "DESK",
    "DONE",
    "FEEDS_NOTE",
    "MAP",
    "MARKED",
    "MISSED",
    "MISSED_AT",
    "MOST_SELECTED",
    "NOTE",
    "OPENED",
    "PASTED",
    "PASTE_PROBLEM",
    "POINT_MAP",
    "POINT_SEEN",
    "SAVE_NAME",
    "SAVE_WATCH",
    "SCOPE",
    "SEARCH",
    "SELECTED",
    "TYPING",
    "WHO",
    "WHOLE",
    "WHY",
    "actor_key",
    "add_key",
    "collection_key",
    "feeds_key",
    "journey_key",
    "paste_key",
    "put_key",
    "saved_key",
    "widget_key",
]

ADDING = "adding"  # session key of the files that are looked at before they are stored
FEEDS_NOTE = "feeds_note"  # session key of what is said once on the page of the feeds
CHANNEL = "channel"  # session key of the component that carries clicks on links
CLOCK = "clock"  # session key of the component that brushes and plays the timeline
DATES = "dates"  # session key of what was typed as a day and could not be taken, by the filter's name
WHOLE = "whole"  # session key of the month or year that was typed for one end, by the filter's name
MAP = "map"  # session key of the map
OPENED = "opened_store"  # session key of the URL of the store that was shown last
PASTED = "pasted"  # session key of the text that was looked at last, with its parse
PASTE_PROBLEM = (
    "paste_problem"  # session key of what is wrong with a file or a field: key of its words, value
)
TYPING = "typing"  # session key of the component that hears what is typed in the search box
NOTE = "note"  # session key of what is to be said once, at the next run
EXPORT = "export_made"  # session key of the file that is made: of what, and its token
SAVE_NAME, SAVE_WATCH = "save_name", "save_watch"  # session keys of what is typed to save a view
# Session keys of checking: the visitor's desk, and the widgets with which a mention is corrected.
DESK, WHO, WHY, SCOPE, SEARCH = "desk", "correct_who", "correct_why", "correct_scope", "correct_search"
ADD_NAME, ADD_KIND, ADD_POINT = "add_name", "add_kind", "add_point"
POINT_MAP, POINT_SEEN = "add_map", "add_clicked"
# Session keys of a missed name: what is typed, about where it stands, and what was selected just now: article, start.
MISSED, MISSED_AT, SELECTED = "missed_name", "missed_at", "selected_words"
MOST_SELECTED = 120  # letters of a name
# Session keys of putting articles right: the ids that are marked, and what was done last.
MARKED, DONE = "put_marked_ids", "put_done"


def saved_key(what: str, number: int) -> str:
    """Return the session key of a widget that belongs to one saved view."""
    return f"saved_{what}_{number}"


def widget_key(name: str) -> str:
    """Return the session key of a filter's widget."""
    return f"filter_{name}"


def paste_key(name: str) -> str:
    """Return the session key of a widget on the page where a text is pasted."""
    return f"paste_{name}"


def add_key(name: str) -> str:
    """Return the session key of a widget on the page where articles are added."""
    return f"add_{name}"


def collection_key(name: str) -> str:
    """Return the session key of a widget on the page of collections."""
    return f"collection_{name}"


def put_key(name: str) -> str:
    """Return the session key of a widget on the page where articles are put right."""
    return f"put_{name}"


def journey_key(name: str) -> str:
    """Return the session key of a widget with which a journey is put right."""
    return f"journey_{name}"


def actor_key(name: str) -> str:
    """Return the session key of a widget with which an actor is named."""
    return f"actor_{name}"


def feeds_key(name: str) -> str:
    """Return the session key of a widget on the page of the feeds."""
    return f"feeds_{name}"
