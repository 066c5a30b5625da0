"""Other ways to find names in a text, as far as they are installed, on the same names and texts."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from dashboard.core.text import fold, fold_name, is_arabic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dashboard.gazetteer.index import Gazetteer

__all__ = ["arabic_rivals", "english_rivals"]

Pass = tuple[str, "Callable[[str], object]"]
_SHORTEST = 3  # letters of a name, for passes that look at letters and not at words


def _names(gazetteer: Gazetteer) -> set[str]:
    """Return the Arabic names of all places, as they are written."""
    names = (name for row in range(len(gazetteer)) for name in gazetteer.names(row))
    return {name for name in names if len(name) >= _SHORTEST and is_arabic(name)}


def arabic_rivals(gazetteer: Gazetteer) -> Iterator[Pass]:
    """Yield what it is, and what finds the names of a text."""
    automaton, flash = find_spec("ahocorasick_rs"), find_spec("flashgeotext")
    names = _names(gazetteer) if automaton or flash else set()
    if automaton:
        rust: Any = import_module("ahocorasick_rs")
        folded = sorted({fold_name(name) for name in names} - {""})
        finder = rust.AhoCorasick(folded, matchkind=rust.MatchKind.LeftmostLongest)
        yield (
            "ahocorasick_rs, bare automaton over folded text",
            lambda text: finder.find_matches_as_indexes(fold(text)),
        )
    if flash:
        geotext, lookup = import_module("flashgeotext.geotext"), import_module("flashgeotext.lookup")
        config = import_module("flashgeotext.config").GeoTextConfiguration(use_demo_data=False)
        table: Any = geotext.GeoText(config)
        table.add(lookup.LookupData(name="places", data={name: [name] for name in names}))
        yield "flashgeotext, names as they are written", lambda text: table.extract(text)  # noqa: PLW0108


def english_rivals() -> Iterator[Pass]:
    """Yield spaCy's small English model, when it is installed."""
    if find_spec("spacy") and find_spec("en_core_web_sm"):
        model: Any = import_module("spacy").load("en_core_web_sm")
        yield "spaCy en_core_web_sm, names not resolved", lambda text: model(text).ents
