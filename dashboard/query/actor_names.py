"""What actors are called, in any language and script: for showing them, and for finding them by a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.core.links import clean_title
from dashboard.core.settings import data_path
from dashboard.core.text import fold_name, is_arabic
from dashboard.journeys.spelling import name_key
from dashboard.journeys.table import load_actors
from dashboard.store.search import parse_terms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.journeys import ActorType, Journey
    from dashboard.journeys.table import ActorTable

__all__ = ["ActorNames"]

_SHORTEST = 3  # letters of a sound that tell one name from others


class ActorNames:
    """The names of those who move and of those who are named beside them."""

    def __init__(self, journeys: Iterable[Journey], actors: ActorTable | None = None) -> None:
        table = (actors or load_actors(data_path() / "actors")).entries
        self._names: dict[str, dict[str, None]] = {}
        self._types: dict[str, ActorType] = {}
        for journey in journeys:
            for report in journey.reports:
                for actor in (report.leg.actor, *report.leg.beside):
                    self._names.setdefault(actor.key, {})[clean_title(actor.name)] = None
                    self._types.setdefault(actor.key, actor.type)
        for key, names in self._names.items():
            if key in table:
                self._names[key] = dict.fromkeys([*table[key].shown, *names])
                self._types[key] = table[key].type
        self._folded = {
            key: [(frozenset(fold_name(name).split()), frozenset(name_key(name).split())) for name in names]
            for key, names in self._names.items()
        }

    def shown(self, key: str, language: str) -> str:
        """Return the name for a reader of a language: one in its script, where there is one, as it is written."""
        names = list(self._names.get(key, ()))
        arabic = language == "ar"
        found = next((name for name in names if is_arabic(name) == arabic), None)
        return found or (names[0] if names else clean_title(key.rpartition(":")[2]))

    def others(self, key: str, language: str) -> list[str]:
        """Return the other names of an actor."""
        shown = self.shown(key, language)
        return [name for name in self._names.get(key, ()) if name != shown]

    def type_of(self, key: str) -> ActorType | None:
        """Return what sort of actor it is; None for an unknown one."""
        return self._types.get(key)

    def find(self, text: str) -> frozenset[str]:
        """Return the keys of the actors whose name has all these words, in whichever script and spelling."""
        terms = parse_terms(text)
        if not terms.groups or terms.excluded:
            return frozenset()
        groups = [[_sought(term) for term in group] for group in terms.groups]
        return frozenset(
            key
            for key, names in self._folded.items()
            for name in names
            if all(any(_fits(sought, name) for sought in group) for group in groups)
        )


_Name = tuple[frozenset[str], frozenset[str]]  # words as written, and as they sound


def _sought(term: str) -> _Name:
    """Return the words of a term; those that sound like too many others are only looked for as written."""
    sounds = name_key(term).split()
    heard = sounds if all(len(sound) >= _SHORTEST for sound in sounds) else ()
    return frozenset(fold_name(term).split()), frozenset(heard)


def _fits(sought: _Name, name: _Name) -> bool:
    written, sounded = sought
    return written <= name[0] or (bool(sounded) and sounded <= name[1])
