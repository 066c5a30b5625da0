"""The side panel's lists and cards, as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from dashboard.core.models import Kind
from dashboard.render.map.layers import UNSURE_BELOW, local_name
from dashboard.render.map.legend import swatch
from dashboard.render.markup import bdi, element, join, line, link, marked, visit
from dashboard.render.panel.trend import digits, sparkline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import pandas as pd
    from markupsafe import Markup

    from dashboard.core.models import Place
    from dashboard.query import CountryRank
    from dashboard.words import Strings

__all__ = [
    "PlaceFigures",
    "confidence_words",
    "country_list",
    "place_card",
    "place_evidence",
    "place_list",
]


SURE_FROM = 0.85
_COPIES = 6  # of a story that are linked; more are counted


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """How often a place is named under the filters in force."""

    articles: int
    sources: int
    mentions: int
    confidence: float


def confidence_words(value: float, words: Strings, hint: str | None = None, of: str | None = None) -> Markup:
    """Return how sure a place is: in words, with the figure.

    Parameters
    ----------
    hint
        Says at length what is sure.
    of
        Says in a word or two whose figure it is, where there are several: the surest mention, this one, the average.
    """
    value = round(value, 2)  # what is read as 85 % is as sure as 85 %
    level = "high" if value >= SURE_FROM else "middle" if value >= UNSURE_BELOW else "low"
    meter = element(
        "span", element("span", style=f"width:{round(value * 100)}%"), class_="kh-meter", aria_hidden="true"
    )
    whose = [" ", element("small", f"({of})")] if of else []
    return element(
        "span",
        join([meter, words(f"sure_{level}", share=words.share(value)), *whose]),
        class_=f"kh-sure kh-sure-{level}",
        title=hint,
    )


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", frame.to_dict("records"))


def _other_name(row: dict[str, Any], shown: str, language: str) -> str:
    other = row["name"] if language == "ar" else row["name_ar"]
    return other if isinstance(other, str) and other and other != shown else ""


def place_list(
    places: pd.DataFrame,
    words: Strings,
    address: Callable[[str], str],
    curves: Mapping[str, Sequence[int]],
) -> Markup:
    """Return the places ranked by number of articles; `address` makes the query string that opens one.

    Parameters
    ----------
    curves
        Articles over time, oldest first, of those places that get a curve; when no place has one, bars show
        the number of articles instead.
    """
    most = int(places["articles"].max()) if len(places) else 1
    rows = []
    for row in _records(places):
        kind, count = Kind(row["kind"]), int(row["articles"])
        name = local_name(row, words.language)
        country = row["country"] if isinstance(row["country"], str) and kind is not Kind.COUNTRY else None
        beside = [
            bdi(part) for part in (_other_name(row, name, words.language), words.country(country)) if part
        ]
        label = join([bdi(name), element("small", join(beside, " · "))])
        number = element("b", words.number(count), title=words("articles", n=count))
        bar = element("span", style=f"inline-size:{max(3, round(100 * count / most))}%")
        drawn = (
            sparkline(curves.get(str(row["place_id"]), ()), words)
            if curves
            else element("span", bar, class_="kh-bar")
        )
        inner = join([swatch(kind), element("span", label, class_="kh-name"), drawn, number])
        look = f"kh-row kh-k-{kind.value}"
        rows.append(element("li", visit(address(str(row["place_id"])), inner, class_=look)))
    return element("ol", join(rows), class_="kh-list", style=digits(words, places["articles"]))


def country_list(ranks: Sequence[CountryRank], words: Strings, address: Callable[[str], str]) -> Markup:
    """Return the countries ranked by number of articles; `address` takes the code of one to keep to."""
    rows = []
    for rank in ranks:
        name = words.country(rank.code)
        inner = join(
            [
                swatch(Kind.COUNTRY),
                element("span", bdi(name), class_="kh-name"),
                sparkline(rank.curve, words),
                element("b", words.number(rank.articles), title=words("articles", n=rank.articles)),
            ]
        )
        title = words("rank_only", country=name)
        rows.append(
            element("li", visit(address(rank.code), inner, class_="kh-row kh-k-country", title=title))
        )
    return element("ol", join(rows), class_="kh-list", style=digits(words, (rank.articles for rank in ranks)))


def place_card(
    place: Place, figures: PlaceFigures | None, words: Strings, back: str, independent: str = ""
) -> Markup:
    """Return the head of a place's card: names, kind, country, how sure, how often, by how many stories."""
    name = place.name_in(words.language)
    others = [other for other in (place.name_ar, place.name, place.name_fr) if other and other != name]
    kind = element("span", join([swatch(place.kind), words(f"kind_{place.kind.value}")]), class_="kh-kind")
    facts: list[object] = [kind]
    if place.country and place.kind is not Kind.COUNTRY:
        facts.append(words.country(place.country))
    if figures:
        facts.append(confidence_words(figures.confidence, words, words("sure_hint"), words("sure_of_surest")))
    counts: object = words("card_none")
    if figures:
        said = join(filter(None, (words("articles", n=figures.articles), independent)), words("comma"))
        sources = words("sources", n=figures.sources) if figures.sources else ""
        counts = join(filter(None, (said, sources, words("mentions", n=figures.mentions))), " · ")
    parts = [
        visit(back, words("back_list"), class_="kh-back"),
        element("h2", join([bdi(name), *(element("small", bdi(other)) for other in dict.fromkeys(others))])),
        element("p", join(facts, " · "), class_="kh-facts"),
        element("p", counts, class_="kh-counts"),
    ]
    return element("header", join(parts), class_="kh-card")


def place_evidence(
    evidence: pd.DataFrame,
    words: Strings,
    address: Callable[[str], str],
    story: Callable[[str], str] | None = None,
    *,
    limit: int = 60,
) -> Markup:
    """Return the articles that name a place, each with its sentences.

    Copies of one story stand together: one of them in full, the others as links below it.

    Parameters
    ----------
    address, story
        Make the query strings that open an article in the reader, and the story that it tells; None leads to no story.
    """
    stories: dict[int, list[list[dict[str, Any]]]] = {}
    for number, rows in enumerate(_grouped(evidence)):
        if number == limit:
            break
        stories.setdefault(int(rows[0]["story"]), []).append(rows)
    told = [_story(copies[0], words, (address, story), copies[1:]) for copies in stories.values()]
    return element("div", join(told), class_="kh-stories")


def _grouped(evidence: pd.DataFrame) -> Iterator[list[dict[str, Any]]]:
    for _, rows in groupby(_records(evidence), key=lambda row: row["article_id"]):
        yield list(rows)


def _day(value: object) -> Any:  # noqa: ANN401 - pandas knows no type for "date or nothing"
    return value.date() if hasattr(value, "date") and value == value else None  # noqa: PLR0124 - NaT differs from itself


def _quote(row: dict[str, Any], words: Strings) -> Iterator[Markup]:
    """Yield a sentence with the name marked, and below it what makes its mention doubtful or special."""
    level = "low" if row["confidence"] < UNSURE_BELOW else "high"
    yield element("blockquote", marked(row["sentence"], row["spans"], f"kh-mark kh-sure-{level}"), dir="auto")
    notes: list[object] = []
    if row["metonymy"]:
        notes.append(element("span", words("metonymy_short"), class_="kh-metonymy", title=words("metonymy")))
    if round(row["confidence"], 2) < SURE_FROM:
        notes.append(confidence_words(row["confidence"], words, of=words("sure_of_mention")))
    if notes:
        yield element("p", join(notes, " · "), class_="kh-quote-note")


def _copies(
    copies: Sequence[list[dict[str, Any]]], words: Strings, address: Callable[[str], str], story: str | None
) -> Markup:
    """Return their number, which leads to the story, and links to the other copies by their sources."""
    links = []
    for rows in copies[:_COPIES]:
        source = rows[0]["source"] if isinstance(rows[0]["source"], str) else ""
        shown = bdi(source) if source else line(rows[0]["title"])
        links.append(visit(address(str(rows[0]["article_id"])), shown, dir="auto"))
    count = words("card_copies_n", n=len(copies))
    shown = visit(story, count, title=words("story_compare")) if story else element("span", count)
    said = [shown, join(links, words("comma"))]
    return element("p", join(said, " · "), class_="kh-copies")


def _story(
    rows: list[dict[str, Any]],
    words: Strings,
    ways: tuple[Callable[[str], str], Callable[[str], str] | None],
    copies: Sequence[list[dict[str, Any]]],
) -> Markup:
    (address, story), first = ways, rows[0]
    source = first["source"] if isinstance(first["source"], str) else ""
    published = first["published"]
    day = _day(published) if hasattr(published, "hour") else published
    about = [bdi(source) if source else "", words.day(day if day == day and day is not None else None)]  # noqa: PLR0124
    quotes = [part for row in rows for part in _quote(row, words)]
    url = first["url"] if isinstance(first["url"], str) else None
    actions = [
        visit(address(str(first["article_id"])), words("read"), class_="kh-action"),
        link(url, class_="kh-out"),
    ]
    return element(
        "article",
        join(
            [
                element("h3", visit(address(str(first["article_id"])), line(first["title"])), dir="auto"),
                element("p", join((part for part in about if part), " · "), class_="kh-meta"),
                *quotes,
                _copies(copies, words, address, story and story(str(first["article_id"]))) if copies else "",
                element("p", join((action for action in actions if action), " "), class_="kh-actions"),
            ]
        ),
        class_="kh-story",
    )
