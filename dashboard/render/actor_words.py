"""What a reader is told of who moves, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.core.text import is_arabic

if TYPE_CHECKING:
    from dashboard.query.actor_names import ActorNames
    from dashboard.words import Strings

__all__ = ["actor_name"]

_NAMELESS = "text:"  # begins the key of a group that is known by its phrase


def actor_name(names: ActorNames, key: str, words: Strings) -> str:
    """Return the name of an actor.

    A group that has no name, and is only told of in another script, is named by its sort, too: قوات (troops).
    """
    name, kind = names.shown(key, words.language), names.type_of(key)
    if kind and key.startswith(_NAMELESS) and is_arabic(name) != words.rtl:
        return f"{words(f'group_{kind.value}')} ({name})"
    return name
