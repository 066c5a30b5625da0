"""What every format is made from: a selection, the reader's language, and rows of plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from dashboard.core.links import clean_title
from dashboard.query import JourneyFilters
from dashboard.render.map.layers import local_name
from dashboard.render.theme import LIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dashboard.query import NamingArticle, NamingSentence, Selection
    from dashboard.render.theme import Palette
    from dashboard.words import Strings

__all__ = ["SENTENCE_COLUMNS", "Handover", "PlaceRow", "article_row", "place_rows", "sentence_rows"]

_ALL_JOURNEYS = JourneyFilters()
PlaceRow = dict[str, Any]
_DIGITS = 4  # of a confidence
_OF_PLACE = (
    "place_id", "name", "name_en", "name_ar", "kind", "country", "country_name", "latitude", "longitude",
)  # fmt: skip
_OF_ARTICLE = ("article_id", "title", "source", "url", "published", "language")
_OF_SENTENCE = (
    "sentence", "sentence_start", "sentence_end", "mentions", "mention_starts", "confidence", "metonymy",
)  # fmt: skip
SENTENCE_COLUMNS = (*_OF_PLACE, *_OF_ARTICLE, *_OF_SENTENCE)
_Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Handover:
    """What is handed over, and how it is told.

    Attributes
    ----------
    said
        The filters in force in words, one after the other; empty when all is shown.
    parameters
        The filters as parameters of the page's address.
    colours
        Of pictures.
    corrections
        What people decided about places, as JSON lines; empty when there is nothing.
    raw
        Whether CSV goes out without the guard against formulas, for programs that are no spreadsheets.
    delimiter
        What stands between the cells of CSV.
    order
        Of articles that are listed by themselves: one of `ORDERS`, or empty for that of the page.
    place, story
        Id of the place, or of an article of the story, that a dossier is about; empty where none is asked for.
    """

    selection: Selection
    words: Strings
    said: Sequence[str] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    colours: Palette = LIGHT
    corrections: bytes = b""
    raw: bool = False
    delimiter: str = ","
    moves: JourneyFilters = _ALL_JOURNEYS
    order: str = ""
    place: str = ""
    story: str = ""

    @property
    def title(self) -> str:
        """How much is handed over, in a sentence."""
        found, words = self.selection.summary, self.words
        return words(
            "showing", places=words("places", n=found.places), articles=words("articles_in", n=found.articles)
        )


def place_rows(handover: Handover) -> Iterator[PlaceRow]:
    """Yield the places as plain values, those of most articles first; `name` is in the reader's language."""
    frame = handover.selection.places
    # in slices, since a list of all rows as dictionaries takes ten times the frame's memory
    for at in range(0, len(frame), 1000):
        for row in cast("list[dict[str, Any]]", frame.iloc[at : at + 1000].to_dict("records")):
            told = handover.selection.independent.get(row["place_id"], int(row["articles"]))
            yield _place_row(row, told, handover.words)


def _place_row(row: dict[str, Any], independent: int, words: Strings) -> PlaceRow:
    def text(name: str) -> str | None:
        value = row[name]
        return clean_title(value) or None if isinstance(value, str) else None

    return {
        "place_id": str(row["place_id"]),
        "name": clean_title(local_name(row, words.language)),
        "name_en": text("name"),
        "name_ar": text("name_ar"),
        "kind": str(row["kind"]),
        "country": text("country"),
        # Beside the code, since `NA`, Namibia's, is what tables write where something is missing.
        "country_name": words.country(text("country")) or None,
        "latitude": float(row["latitude"]),
        "longitude": float(row["longitude"]),
        "radius_km": float(row["radius_km"]),
        "article_count": int(row["articles"]),
        "independent_count": independent,
        "mention_count": int(row["mentions"]),
        "source_count": int(row["sources"]),
        "confidence": round(float(row["confidence"]), _DIGITS),
    }


def article_row(article: NamingArticle) -> dict[str, Any]:
    """Return what is told of an article below a place, with the sentence that names the place most surely."""
    surest = article.surest
    return {
        "article_id": article.id,
        "title": article.title,
        "url": article.url,
        "source": article.source,
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
        "sentence": clean_title(surest.text),
        "confidence": round(surest.confidence, _DIGITS),
    }


def sentence_rows(handover: Handover) -> Iterator[tuple[_Values, _Values, _Values]]:
    """Yield a row for each place, article and sentence, in three parts that make up `SENTENCE_COLUMNS`.

    The parts of a place and of an article are the same objects as long as it is the same place or article.
    `published` is a date or None; `mentions` and `mention_starts` are tuples.
    """
    places = place_rows(handover)
    for place_id, articles in handover.selection.evidence():
        whole = next(row for row in places if row["place_id"] == place_id)
        place = tuple(whole[name] for name in _OF_PLACE)
        for one in articles:
            article = (one.id, one.title, one.source, one.url, one.published, one.language)
            for sentence in one.sentences:
                yield place, article, _sentence(sentence)


def _sentence(sentence: NamingSentence) -> _Values:
    return (
        clean_title(sentence.text),
        sentence.start,
        sentence.end,
        tuple(map(clean_title, sentence.surfaces)),
        tuple(start for start, _ in sentence.spans),
        round(sentence.confidence, _DIGITS),
        sentence.metonymy,
    )
