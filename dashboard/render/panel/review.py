"""The review page's pieces: a question, its sentences, its candidates, and the trail of decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import folium
from markupsafe import Markup

from dashboard.core.models import Kind
from dashboard.render.map.legend import swatch
from dashboard.render.map.minimap import minimap
from dashboard.render.map.written import Written
from dashboard.render.markup import bdi, element, join, line, marked, visit
from dashboard.render.panel.cards import confidence_words
from dashboard.render.panel.reader import candidate_body
from dashboard.render.theme import KIND_COLOURS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dashboard.core.corrections import Correction
    from dashboard.core.models import Candidate, Place
    from dashboard.query import Example, QuestionView
    from dashboard.render.theme import Palette
    from dashboard.store.corrections import Check, Listed
    from dashboard.words import Strings

__all__ = [
    "candidate_item",
    "candidates_map",
    "checked_line",
    "examples",
    "place_facts",
    "place_item",
    "point_layer",
    "question_head",
    "trail_item",
]


class _Layer(folium.FeatureGroup, Written):
    """A layer of folium's own marks."""


class _Dot(folium.CircleMarker, Written):  # type: ignore[misc]  # each calls the next
    """A circle on the map."""


def place_facts(place: Place, words: Strings) -> str:
    """Return kind and country of a place in one line."""
    where = words.country(place.country) if place.kind is not Kind.COUNTRY else ""
    return " · ".join(filter(None, (words(f"kind_{place.kind.value}"), where)))


def question_head(view: QuestionView, name: str, words: Strings) -> Markup:
    """Return the question: which name, which place, how sure, and for how much the answer stands."""
    count = words("articles_in", n=view.articles)
    stands = element("p", words("review_stands", n=view.mentions, articles=count), class_="kh-counts")
    if view.place is None:
        return join([element("h3", words("review_no_place", name=name)), stands])
    place = view.place
    title = [swatch(place.kind), bdi(place.name_in(words.language))]
    others = [
        other for other in (place.name_ar, place.name) if other and other != place.name_in(words.language)
    ]
    title += [element("small", bdi(other)) for other in others[:1]]
    sure = confidence_words(view.confidence, words, of=words("sure_of_average"))
    facts: list[object] = [place_facts(place, words), sure]
    return join(
        [
            element("p", words("review_taken", name=name), class_="kh-asked"),
            element("h3", join(title)),
            element("p", join(facts, " · "), class_="kh-facts"),
            stands,
        ]
    )


def examples(shown: Sequence[Example], words: Strings, address: Callable[[str, int], str]) -> Markup:
    """Return the sentences with the name marked, the first larger; `address` opens a mention of an article."""
    items = []
    for example in shown:
        about: list[object] = [bdi(example.title), bdi(example.source) if example.source else ""]
        about.append(words.day(example.published))
        if example.resolution.place is not None:
            sure = example.resolution.confidence
            about.append(confidence_words(sure, words, of=words("sure_of_mention")))
        about.append(
            visit(address(example.article_id, example.number), words("review_open"), class_="kh-action")
        )
        quote = marked(example.sentence, [example.span])
        items.append(
            element(
                "figure",
                join(
                    [
                        element("blockquote", quote, dir="auto"),
                        element(
                            "figcaption", join((part for part in about if part), " · "), class_="kh-meta"
                        ),
                    ]
                ),
            )
        )
    return element("div", join(items), class_="kh-quotes")


def candidates_map(
    candidates: Sequence[Candidate], chosen: Place | None, words: Strings, colours: Palette
) -> Markup:
    """Draw the candidates, each with its number; nothing when there is none."""
    places = {candidate.place.id: candidate.place for candidate in candidates}
    if chosen is not None:
        places.setdefault(chosen.id, chosen)
    labels: Mapping[str, str] = {key: words.number(at) for at, key in enumerate(places, 1)}
    if not places:
        return Markup("")
    focus = chosen.id if chosen else None
    return minimap([(place, 1) for place in places.values()], focus, words.language, colours, labels)


def candidate_item(number: int, candidate: Candidate, words: Strings, *, won: bool) -> Markup:
    """Return one candidate with its number on the map, its score and the reasons."""
    body = [
        element("b", words.number(number), class_="kh-number"),
        element("div", candidate_body(candidate, words)),
    ]
    return element("div", join(body), class_="kh-choice kh-won" if won else "kh-choice")


def place_item(place: Place, words: Strings) -> Markup:
    """Return a place of the gazetteer: its names, kind, country, people."""
    name = place.name_in(words.language)
    other = next((one for one in (place.name_ar, place.name) if one and one != name), "")
    people = words("people", n=place.population) if place.population else ""
    facts = " · ".join(filter(None, (place_facts(place, words), people)))
    parts = [swatch(place.kind), bdi(name), element("small", bdi(other)) if other else ""]
    return element(
        "div", join([element("div", join(parts, " ")), element("small", facts)]), class_="kh-found-place"
    )


def point_layer(point: tuple[float, float] | None, colours: Palette) -> folium.FeatureGroup:
    """Return the layer with the point that was clicked; `point` is `(lat, lon)`, None for none yet."""
    layer = _Layer(name="point")
    if point is not None:
        _Dot(
            point,
            radius=8,
            weight=2,
            color=colours.edge,
            fill_color=KIND_COLOURS[Kind.FACILITY],
            fill_opacity=1,
        ).add_to(layer)
    return layer


def checked_line(check: Check, words: Strings) -> Markup:
    """Return who checked a mention, when, with which result, and what the parser had said."""
    one = check.correction
    what = words(f"what_{one.decision.value}")
    day = words.day(one.decided_at.date())
    said = [element("p", words("checked_by", who=one.who, day=day, what=what), class_="kh-checked")]
    if one.why:
        said.append(element("p", line(one.why), class_="kh-quiet", dir="auto"))
    if check.parsed_place is not None:
        name, share = check.parsed_place.name_in(words.language), words.share(check.parsed_confidence)
        was = words("checked_was", place=name, share=share)
    else:
        was = words("checked_was_none" if check.parsed_confidence else "checked_by_hand")
    return join([*said, element("p", was, class_="kh-quiet")])


def trail_item(item: Listed, words: Strings) -> Markup:
    """Return one decision of the trail: what, how far, who, when, why; struck through when it is undone."""
    one = item.correction
    day = words.day(one.decided_at.date())
    time = element(
        "time", f"{day} {one.decided_at:%H:%M}", datetime=one.decided_at.isoformat(timespec="seconds")
    )
    about: list[object] = [words(f"scope_{one.scope.value}"), bdi(one.who), time]
    if one.undone_at is None:
        about.append(words("trail_mentions", n=item.mentions))
    parts = [element("p", _said(one, words)), element("p", join(about, " · "), class_="kh-meta")]
    if one.why:
        parts.append(element("p", line(one.why), class_="kh-quiet", dir="auto"))
    if one.undone_at is not None:
        by = words("trail_undone", who=one.undone_by or "", day=words.day(one.undone_at.date()))
        parts.append(element("p", by, class_="kh-quiet"))
    return element("div", join(parts), class_="kh-decision" + (" kh-undone" if one.undone_at else ""))


def _said(one: Correction, words: Strings) -> str:
    def named(place: Place) -> str:
        country = words.country(place.country) if place.kind is not Kind.COUNTRY else ""
        return f"{place.name_in(words.language)} ({country})" if country else place.name_in(words.language)

    if one.place is None:
        return words("trail_not_a_place", name=one.surface)
    if one.judged is None:
        return words("trail_found", name=one.surface, place=named(one.place))
    if one.judged.id == one.place.id:
        return words("trail_right", name=one.surface, place=named(one.place))
    return words("trail_wrong_place", name=one.surface, place=named(one.place), was=named(one.judged))
