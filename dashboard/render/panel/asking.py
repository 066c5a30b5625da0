"""What a search was understood to say, what can be asked about a place, and saved views, as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.core.models import Kind
from dashboard.query import Likeness
from dashboard.render.map.layers import local_name
from dashboard.render.map.legend import swatch
from dashboard.render.markup import bdi, element, join, visit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from dashboard.query import NamedPlace, PlaceReading, Understood, UnnamedPlace
    from dashboard.words import Strings

__all__ = [
    "AROUND_KM",
    "Offer",
    "OfferGroup",
    "ReadingLinks",
    "SavedRow",
    "place_actions",
    "saved_head",
    "saved_row",
    "suggestions",
    "understood_line",
    "ways_out",
]

AROUND_KM = (10, 25, 50, 100, 250)
UNNAMED_KM = 50


@dataclass(frozen=True, slots=True)
class ReadingLinks:
    """Makers of query strings for what was understood.

    Attributes
    ----------
    opening, keeping
        Opens a place's card; shows only the articles that name it.
    around
        Looks within some kilometres of a place that no article names.
    """

    opening: Callable[[PlaceReading], str]
    keeping: Callable[[PlaceReading], str]
    around: Callable[[UnnamedPlace, int], str]


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that a search may mean, and the query string that asks for it.

    Attributes
    ----------
    count
        How much there is of it, in words; empty says nothing.
    hint
        What a press does, at length.
    """

    text: str
    address: str
    count: str = ""
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class OfferGroup:
    """Offers of one sort, under a label."""

    label: str
    offers: tuple[Offer, ...]


def understood_line(
    said: Understood,
    articles: int,
    words: Strings,
    links: ReadingLinks,
    offers: Sequence[OfferGroup] = (),
) -> Markup:
    """Return what a search was understood to say: its places, those that no article names, its words.

    Parameters
    ----------
    articles
        How many have the words, under all filters in force.
    offers
        What else the words may mean: people, days, other spellings.
    """
    if not (said.included or said.excluded):
        return Markup("")
    groups = []
    if said.places:
        similar = said.places[0].likeness is Likeness.SIMILAR
        label = element("span", words("ask_similar" if similar else "ask_place"), class_="kh-ask-label")
        chips = (_place(reading, words, links) for reading in said.places)
        groups.append(element("span", join([label, *chips]), class_="kh-ask-group"))
    groups += [_unnamed(found, words, links.around(found, UNNAMED_KM)) for found in said.unnamed]
    groups += [_offered(group) for group in offers if group.offers]
    groups.append(_words(said, articles, words))
    return element("section", join(groups), class_="kh-ask", role="status", aria_label=words("ask_label"))


def _named(place: NamedPlace, words: Strings) -> tuple[str, Markup]:
    """Return a place's name, and all that is shown of it: sign, names, country, number of articles."""
    kind = Kind(place.kind)
    names = {"name": place.name, "name_ar": place.name_ar, "name_fr": place.name_fr}
    name = local_name(names, words.language)
    other = place.name if words.language == "ar" else place.name_ar
    country = words.country(place.country) if kind is not Kind.COUNTRY else ""
    beside = [bdi(part) for part in (other if other != name else "", country) if part]
    shown = join(
        [
            swatch(kind),
            element("b", bdi(name)),
            element("small", join(beside, " · ")) if beside else "",
            element("span", words("articles", n=place.articles), class_="kh-ask-count"),
        ]
    )
    return name, shown


def _place(reading: PlaceReading, words: Strings, links: ReadingLinks) -> Markup:
    name, inner = _named(reading.place, words)
    parts = [
        visit(links.opening(reading), inner, class_="kh-ask-place", title=words("ask_open", name=name)),
        visit(
            links.keeping(reading),
            words("ask_only"),
            class_="kh-ask-only",
            title=words("ask_only_hint", name=name),
        ),
    ]
    return element("span", join(parts), class_="kh-ask-chip")


def suggestions(
    said: Understood,
    words: Strings,
    opening: Callable[[PlaceReading], str],
    offers: Sequence[OfferGroup] = (),
) -> Markup:
    """Return the places, people and days that may be meant by what is being typed; nothing when there are none."""
    found = [(opening(reading), _named(reading.place, words)[1]) for reading in said.places]
    found += [(one.address, _offered_row(group.label, one)) for group in offers for one in group.offers]
    if not found:
        return Markup("")
    rows = [
        visit(
            address,
            inner,
            class_="kh-ask-place",
            role="option",
            id=f"kh-suggestion-{number}",
            tabindex="-1",
        )
        for number, (address, inner) in enumerate(found)
    ]
    return element("div", join(rows), class_="kh-suggestions", role="listbox", aria_label=words("ask_label"))


def _offered_row(label: str, one: Offer) -> Markup:
    parts = [element("b", bdi(one.text)), element("small", label)]
    return join([*parts, element("span", one.count, class_="kh-ask-count") if one.count else ""])


def _unnamed(found: UnnamedPlace, words: Strings, address: str) -> Markup:
    place = found.place
    country = words.country(place.country) if place.kind is not Kind.COUNTRY else ""
    name = f"{place.name_in(words.language)} ({country})" if country else place.name_in(words.language)
    told = element("span", words("ask_unnamed", name=name), dir="auto")
    action = visit(address, words("ask_near_unnamed", km=words.number(UNNAMED_KM)), class_="kh-action")
    return element("span", join([told, action], " "), class_="kh-ask-group kh-ask-unnamed")


def _words(said: Understood, articles: int, words: Strings) -> Markup:
    told = [bdi(words("ask_quoted", words=word)) for word in said.included]
    told += [bdi(words("ask_without", words=word)) for word in said.excluded]
    label = element("span", words("ask_words"), class_="kh-ask-label")
    count = element("span", words("articles", n=articles), class_="kh-ask-count")
    return element("span", join([label, *told, count], " "), class_="kh-ask-group kh-ask-words")


def _offered(group: OfferGroup) -> Markup:
    label = element("span", group.label, class_="kh-ask-label", dir="auto")
    return element("span", join([label, *map(offer_link, group.offers)], " "), class_="kh-ask-group")


def offer_link(one: Offer, **attributes: object) -> Markup:
    """Return what can be asked for as a link."""
    count = element("span", one.count, class_="kh-ask-count") if one.count else ""
    inner = element("span", join([element("b", bdi(one.text)), count]), class_="kh-ask-place")
    return visit(one.address, inner, class_="kh-ask-chip", title=one.hint, **attributes)


def ways_out(groups: Sequence[OfferGroup], reset: Markup) -> Markup:
    """Return what to ask for instead of a search that finds nothing, and the way back to everything."""
    rows = [element("p", _offered(group)) for group in groups if group.offers]
    return element("div", join([*rows, element("p", reset)]), class_="kh-ways-out")


def place_actions(
    name: str,
    km: float | None,
    words: Strings,
    around: Callable[[int | None], str],
    together: tuple[str, bool] | None,
) -> Markup:
    """Return what can be asked about a place: what lies near it, and which places are named with it.

    Parameters
    ----------
    km
        Radius of the circle round this place that is in force; None when there is none.
    around
        Makes the query string that looks within some kilometres; None takes the circle off.
    together
        Query string that asks for the places named with it, or no longer does, and whether that is in force;
        None offers nothing.
    """
    rings = [
        _toggle(
            around(None if ring == km else ring),
            words.number(ring),
            words("ask_km_hint", km=words.number(ring), name=name),
            on=ring == km,
        )
        for ring in AROUND_KM
    ]
    unit = element("span", words("ask_unit"), class_="kh-ask-label")
    parts: list[object] = [element("span", words("ask_around"), class_="kh-ask-label"), *rings, unit]
    groups = [element("span", join(parts, " "), class_="kh-ask-group")]
    if together:
        address, on = together
        groups.append(_toggle(address, words("ask_together"), words("ask_together_hint", name=name), on=on))
    return element("nav", join(groups), class_="kh-around")


def _toggle(address: str, label: str, hint: str, *, on: bool) -> Markup:
    return visit(address, label, class_="kh-toggle", title=hint, aria_current="true" if on else None)


@dataclass(frozen=True, slots=True)
class SavedRow:
    """What is shown of a saved view.

    Attributes
    ----------
    address, fresh
        Query strings that open it, and what is new in it; `fresh` is None when nothing is.
    sayings
        What its filters say, part by part.
    news
        What is new since `looked_at`; empty for a view that is not watched.
    """

    name: str
    watched: bool
    address: str
    sayings: tuple[str, ...]
    created: date
    looked_at: date | None
    news: str
    fresh: str | None


def saved_head(back: Markup, words: Strings) -> Markup:
    """Return the head of the page of saved views."""
    parts = [
        back,
        element("h2", words("saved_title")),
        element("p", words("saved_shared"), class_="kh-quiet"),
    ]
    return element("header", join(parts))


def saved_row(row: SavedRow, words: Strings) -> Markup:
    """Return one saved view: its name, what it shows, since when, and what is new."""
    kind = element(
        "span",
        words("saved_watch" if row.watched else "saved_view"),
        class_="kh-saved-kind kh-saved-watch" if row.watched else "kh-saved-kind",
    )
    title = element("h3", join([visit(row.address, bdi(row.name), title=words("saved_open")), kind], " "))
    facts: list[object] = [bdi(saying) for saying in row.sayings] or [words("saved_all")]
    when = words("saved_on", day=words.day(row.created))
    if row.looked_at:
        when = f"{when} · {words('saved_seen_on', day=words.day(row.looked_at))}"
    parts = [
        title,
        element("p", join(facts, " · "), class_="kh-saved-facts"),
        element("p", when, class_="kh-quiet"),
    ]
    if row.news:
        told = element("strong" if row.fresh else "span", row.news, dir="auto")
        show = visit(row.fresh, words("saved_show_new"), class_="kh-action") if row.fresh else ""
        parts.append(element("p", join([told, show], " "), class_="kh-saved-news"))
    return element("article", join(parts), class_="kh-saved-row")
