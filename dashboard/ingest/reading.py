"""What is read of an article before it is stored: the places that it names, and who moves between them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from dashboard.geoparse.packing import Packed, packed
from dashboard.journeys import JourneyParser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from dashboard.core.models import Article, Parse
    from dashboard.core.progress import Progress
    from dashboard.geoparse import Geoparser
    from dashboard.journeys import LegParse
    from dashboard.store.store import Store

__all__ = [
    "ArticleReader",
    "LocalReader",
    "PooledReader",
    "Reading",
    "Workers",
    "journey_parser",
    "read_again",
]

_BATCH = 64
_Work = TypeVar("_Work")
_Done = TypeVar("_Done")
_OWN: dict[str, JourneyParser] = {}  # of this process, by the gazetteer


class Reading(NamedTuple):
    """What one article says; `legs` is None where nobody looked for them."""

    parse: Parse
    legs: LegParse | None


class ArticleReader(ABC):
    """Reads articles: places and legs."""

    @abstractmethod
    def read_many(self, articles: Sequence[Article]) -> Iterator[Reading]:
        """Read articles, in order."""


class _Text(NamedTuple):
    """What is read of an article; crosses to other processes."""

    text: str
    language: str | None
    published: date | None


def _text(article: Article) -> _Text:
    return _Text(article.text, article.language, article.published)


def journey_parser(geoparser: Geoparser) -> JourneyParser:
    """Return the reader of legs that goes with a geoparser, made once in a process."""
    gazetteer = geoparser.gazetteer
    if gazetteer.id not in _OWN:
        _OWN.clear()
        _OWN[gazetteer.id] = JourneyParser(gazetteer)
    return _OWN[gazetteer.id]


def _read(geoparser: Geoparser, texts: Sequence[_Text]) -> list[tuple[Parse, LegParse]]:
    """Read texts; reasons are kept."""
    reader = journey_parser(geoparser)
    parses = geoparser.parse_many([(one.text, one.language) for one in texts])
    return [
        (parse, reader.parse(one.text, parse, one.published))
        for one, parse in zip(texts, parses, strict=True)
    ]


def _read_packed(geoparser: Geoparser, texts: Sequence[_Text]) -> list[tuple[Packed, LegParse]]:
    return [(packed(parse), legs) for parse, legs in _read(geoparser, texts)]


class LocalReader(ArticleReader):
    """Reads in this process."""

    def __init__(self, parser: Geoparser) -> None:
        self._parser = parser

    def read_many(self, articles: Sequence[Article]) -> Iterator[Reading]:
        """Read articles, in order."""
        for parse, legs in _read(self._parser, [_text(article) for article in articles]):
            yield Reading(parse, legs)


class Workers(Protocol):
    """Processes that hold a geoparser each: of this machine (`ParserPool`), or of others (`ClusterPool`)."""

    def start(self, function: Callable[[Geoparser, _Work], _Done], piece: _Work) -> Callable[[], _Done]:
        """Begin to apply a function of a module to a piece of work; what comes back waits for the answer."""

    def unpacked(self, values: Packed, text: str) -> Parse:
        """Return the parse of a text that `packed` made small in another process."""


class PooledReader(ArticleReader):
    """Reads in the processes of a pool; what it is given is worked on from the call on."""

    def __init__(self, pool: Workers) -> None:
        self._pool = pool

    def read_many(self, articles: Sequence[Article]) -> Iterator[Reading]:
        """Read articles, in order; one piece of work, so that several calls run side by side."""
        done = self._pool.start(_read_packed, [_text(article) for article in articles])

        def unpacked() -> Iterator[Reading]:
            for article, (values, legs) in zip(articles, done(), strict=True):
                yield Reading(self._pool.unpacked(values, article.text), legs)

        return unpacked()


def read_again(store: Store, parser: Geoparser, ids: Sequence[str], progress: Progress) -> None:
    """Read the legs of stored articles, and put them in the place of those that they have."""
    reader = LocalReader(parser)
    for at in range(0, len(ids), _BATCH):
        found = [one for ident in ids[at : at + _BATCH] if (one := store.article(ident)) is not None]
        readings = zip(found, reader.read_many(found), strict=True)
        store.replace_legs((one.id, reading.legs) for one, reading in readings if reading.legs)
        progress(min(at + _BATCH, len(ids)), len(ids), found[-1].title if found else "")
