"""Generic words around a name, and the bare name within: Jufra in Jufra Air Base, معيتيقة in مطار معيتيقة."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from dashboard.core.errors import GazetteerSourceError
from dashboard.core.text import fold_name
from dashboard.gazetteer.names import NameFlag

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["LANGUAGES", "PlaceHeads", "load_heads", "variants_of"]

LANGUAGES = ("ar", "en", "fr")
_COLUMNS = 3
_ROLES = ("name", "generic")
_OF = {
    "ar": re.compile(r"(?!)"),
    "en": re.compile(r"of (?:the )?", re.IGNORECASE),
    "fr": re.compile(r"(?:de la |de l['’]|des |du |de |d['’])", re.IGNORECASE),
}
_ARTICLE = re.compile(r"(?:al|el)[- ](?=\w{3})|(?:a(?:[dnrtsz]|sh)|es|ed|er)-(?=\w{3})", re.IGNORECASE)
_NOTE = re.compile(r"\s*\([^)]*\)\s*$")

_BARE, _HEADED, _ALTERNATE = int(NameFlag.BARE), int(NameFlag.HEADED), int(NameFlag.ALTERNATE)
_MAIN, _LATIN_LANGUAGES = int(NameFlag.MAIN), ("en", "fr")


@dataclass(frozen=True)
class PlaceHeads:
    """Generic words of one language.

    Attributes
    ----------
    heads
        Feature codes that each folded head may stand for: `مطار`, `base aerienne`, `lake`.
    tails
        Folded words that follow a name and say what it is: `air base`, `الجويه`.
    heads_follow
        Whether heads stand after the name too, as in English.
    """

    heads: Mapping[str, frozenset[str]] = field(default_factory=dict)
    tails: frozenset[str] = frozenset()
    heads_follow: bool = False

    @cached_property
    def longest(self) -> int:
        """The most words that a head or tail has."""
        return max((entry.count(" ") + 1 for entry in (*self.heads, *self.tails)), default=0)


def load_heads(lexicon: Path) -> dict[str, PlaceHeads]:
    """Read `place_heads.*.tsv` and `place_tails.tsv` from a folder; a missing file counts as empty.

    Raises
    ------
    GazetteerSourceError
        A line is wrong; the message names file and line.
    """
    tails: dict[str, set[str]] = {language: set() for language in LANGUAGES}
    for where, cells in _lines(lexicon / "place_tails.tsv"):
        if len(cells) != 2 or cells[0] not in tails:  # noqa: PLR2004 - language and words
            raise GazetteerSourceError(f"{where}: not a language (ar, en, fr) and a tail: {cells!r}")
        tails[cells[0]].add(fold_name(cells[1]))
    heads = {}
    for language in LANGUAGES:
        codes: dict[str, frozenset[str]] = {}
        for where, cells in _lines(lexicon / f"place_heads.{language}.tsv"):
            if len(cells) < _COLUMNS or cells[2] not in _ROLES or not cells[0]:
                raise GazetteerSourceError(
                    f"{where}: not a head, feature codes and name or generic: {cells!r}"
                )
            if cells[2] == "generic":
                folded = fold_name(cells[0])
                codes[folded] = codes.get(folded, frozenset()) | frozenset(cells[1].replace(",", " ").split())
        heads[language] = PlaceHeads(codes, frozenset(tails[language]), heads_follow=language == "en")
    return heads


def _lines(path: Path) -> list[tuple[str, list[str]]]:
    if not path.exists():
        return []
    found = []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise GazetteerSourceError(f"{path.name}: not UTF-8: {error}") from error
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [cell.strip() for cell in line.split("\t")]
        if line.strip() and not line.startswith("#") and cells[0] not in ("head", "language"):
            found.append((f"{path.name}:{number}", cells))
    return found


def variants_of(
    name: str, language: str, feature_code: str, heads: Mapping[str, PlaceHeads]
) -> dict[str, int]:
    """Return a name and what can be made of it, each with its flags MAIN, HEADED, BARE and ALTERNATE.

    The full name comes first, flagged MAIN, and HEADED too if something generic can be taken off; so is the
    name without a note in parentheses. The others are flagged ALTERNATE: without the generic adjective,
    without a Latin article, and, flagged BARE, without anything generic.
    """
    table = heads.get(language, PlaceHeads())
    plain = _NOTE.sub("", name)
    found = {name: _MAIN, plain: _MAIN}
    bare = _without_tails(_without_head(plain, language, feature_code, table), feature_code, table)
    if bare != plain:
        found = dict.fromkeys(found, _MAIN | _HEADED)
        for shorter in (
            _without_tail(plain, feature_code, table),
            _without_tails(plain, feature_code, table),
        ):
            if shorter != bare:
                found.setdefault(shorter, _ALTERNATE | _HEADED)
        found.setdefault(bare, _ALTERNATE | _BARE)
    if language in _LATIN_LANGUAGES:
        for spelling, flags in list(found.items()):
            article = _ARTICLE.match(spelling)
            if article:
                found.setdefault(spelling[article.end() :], (flags & ~_MAIN) | _ALTERNATE)
    return found


def _without_head(name: str, language: str, feature_code: str, table: PlaceHeads) -> str:
    """Return a name without its generic head; the name itself if it has none."""
    words = name.split()
    folded = [fold_name(word) for word in words]
    for size in range(min(table.longest, len(words) - 1), 0, -1):
        codes = table.heads.get(" ".join(folded[:size]))
        if codes is None:
            continue
        rest = " ".join(words[size:])
        joined = _OF[language].match(rest)
        if joined and joined.end() < len(rest):
            return rest[joined.end() :]
        if language == "ar" or feature_code in codes:
            return rest
    return name


def _without_tail(name: str, feature_code: str, table: PlaceHeads) -> str:
    """Return a name without the generic words at its end; the name itself if there are none."""
    words = name.split()
    folded = [fold_name(word) for word in words]
    for size in range(min(table.longest, len(words) - 1), 0, -1):
        tail = " ".join(folded[-size:])
        if tail in table.tails or (table.heads_follow and feature_code in table.heads.get(tail, ())):
            return " ".join(words[:-size])
    return name


def _without_tails(name: str, feature_code: str, table: PlaceHeads) -> str:
    """Return a name without any generic words at its end."""
    while (shorter := _without_tail(name, feature_code, table)) != name:
        name = shorter
    return name
