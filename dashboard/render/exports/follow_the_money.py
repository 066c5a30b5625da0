"""FollowTheMoney: entities as JSON lines, for OpenAleph and what else reads its model.

A place is an `Address`, an article an `Article` with its paper as `publisher`, and what joins them a `Documentation`
whose summary holds the sentences; a journey is a `Trip` with whoever is `involved`, or the `vehicle`, and its
reports are joined to it likewise; a `Note` says what was asked for. Texts of articles stay at home. See https://followthemoney.tech.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from dashboard.core.links import clean_title
from dashboard.core.models import Kind
from dashboard.render.exports.material import place_rows
from dashboard.render.exports.trips import entity, ident, trip_entities

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dashboard.query import NamingArticle
    from dashboard.render.exports.material import Handover, PlaceRow

__all__ = ["entities", "write"]

# ISO 639-3, which the model asks for, of what the parser tells apart.
_LANGUAGES = {"ar": "ara", "en": "eng", "fr": "fra"}


def entities(handover: Handover) -> Iterator[dict[str, Any]]:
    """Yield the note, each place with the articles that name it, as far as they are new, what joins them, and trips."""
    yield _note(handover)
    told: set[str] = set()
    rows = {row["place_id"]: row for row in place_rows(handover)}
    for place_id, articles in handover.selection.evidence():
        place = _place(rows[place_id])
        yield place
        told.add(place["id"])
        for article in articles:
            own = ident("article", article.id)
            if own not in told:
                told.add(own)
                yield _article(own, article)
            yield _joined(own, place["id"], article)
    yield from trip_entities(handover, told)


def write(handover: Handover, path: Path) -> None:
    """Write an entity a line."""
    with path.open("wb") as file:
        file.writelines(
            orjson.dumps(entity, option=orjson.OPT_APPEND_NEWLINE) for entity in entities(handover)
        )


def _note(handover: Handover) -> dict[str, Any]:
    asked = "&".join(f"{name}={value}" for name, value in sorted(handover.parameters.items()))
    return entity(
        ident("view", asked),
        "Note",
        name=[handover.title],
        description=handover.said or [handover.words("export_all")],
        keywords=["Kharita"],
    )


def _place(row: PlaceRow) -> dict[str, Any]:
    names = [row["name"], row["name_en"], row["name_ar"]]
    country = row["country"]
    held_by = row["country_name"] if row["kind"] != Kind.COUNTRY.value else None
    return entity(
        ident("place", row["place_id"]),
        "Address",
        name=names[:1],
        alias=[name for name in names[1:] if name != row["name"]],
        full=[", ".join(filter(None, (row["name"], held_by)))],
        country=[country.lower() if country else None],
        latitude=[row["latitude"]],
        longitude=[row["longitude"]],
        keywords=[row["kind"], row["place_id"]],
    )


def _article(own: str, article: NamingArticle) -> dict[str, Any]:
    return entity(
        own,
        "Article",
        title=[article.title],
        publisher=[article.source],
        publishedAt=[article.published.isoformat() if article.published else None],
        sourceUrl=[article.url],
        language=[_LANGUAGES.get(article.language or "")],
    )


def _joined(article_id: str, place_id: str, article: NamingArticle) -> dict[str, Any]:
    return entity(
        ident("naming", f"{article_id} {place_id}"),
        "Documentation",
        document=[article_id],
        entity=[place_id],
        role=["names"],
        date=[article.published.isoformat() if article.published else None],
        summary=[clean_title(sentence.text) for sentence in article.sentences],
        publisher=[article.source],
        namesMentioned=[clean_title(name) for sentence in article.sentences for name in sentence.surfaces],
    )
