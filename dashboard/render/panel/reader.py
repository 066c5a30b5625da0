"""The reader: an article with every mention marked by kind, and what stands behind a mention."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.core.models import Abstention, Kind
from dashboard.core.text import is_arabic
from dashboard.render.map.layers import UNSURE_BELOW
from dashboard.render.map.legend import swatch
from dashboard.render.markup import bdi, element, join, line, link, text, visit
from dashboard.render.panel.cards import confidence_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dashboard.core.models import Article, Candidate, Place, Reason, Resolution
    from dashboard.journeys import Leg
    from dashboard.words import Strings

__all__ = [
    "Beside",
    "Marking",
    "article_body",
    "article_head",
    "article_places",
    "candidate_body",
    "folded_places",
    "mention_panel",
]

_NOTHING = Markup("")
_REASONS = 5
_LEAST_WEIGHT = 0.05


@dataclass(frozen=True, slots=True)
class Marking:
    """How mentions are marked in a text: `address` takes a mention's number, `chosen` is the open one.

    Attributes
    ----------
    leg
        The journey that is marked; None for none.
    """

    resolutions: Sequence[Resolution]
    words: Strings
    address: Callable[[int], str]
    chosen: int | None = None
    leg: Leg | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """What a mention's panel shows besides: who decided, when a person did; a map of the candidates."""

    checked: Markup = _NOTHING
    picture: Markup = _NOTHING


def _title_end(article: Article) -> int:
    """Return where the title ends in the text: 0 unless it is the whole first line."""
    start = len(article.text) - len(article.text.lstrip())
    first = article.text[start:].split("\n", 1)[0]
    return start + len(first) if first.strip() == article.title.strip() else 0


def article_head(
    article: Article, marking: Marking, back: str, back_label: str, story: Markup = _NOTHING
) -> Markup:
    """Return title, source, date, language, the link to the source, and the way to the `story` if there is one."""
    words = marking.words
    about = [bdi(article.source) if article.source else "", words.day(article.published)]
    about.append(words.tongue(article.language) if article.language else "")
    outside = link(article.url, class_="kh-out")
    end = _title_end(article)
    title = _paragraph(article.text[:end], 0, marking) if end else line(article.title)
    parts = [
        visit(back, back_label, class_="kh-back"),
        element("h2", title, dir="auto"),
        element("p", join((part for part in about if part), " · "), class_="kh-meta"),
        element("p", outside or words("no_link"), class_="kh-actions" if outside else "kh-quiet"),
        element("p", story, class_="kh-actions") if story else "",
    ]
    return element("header", join(parts), class_="kh-article-head")


def article_body(article: Article, marking: Marking) -> Markup:
    """Return the text below the title in paragraphs, each mention a link that opens it; boilerplate stands apart."""
    arabic, label = is_arabic(article.text), marking.words("boilerplate")
    parts: list[Markup] = []
    shown = element("small", label, class_="kh-beside-label")  # above the first; the others look alike
    for is_boilerplate, some in groupby(_paragraphs(article, marking), key=itemgetter(0)):
        paragraphs = join(paragraph for _, paragraph in some)
        if is_boilerplate:
            paragraphs = element(
                "aside",
                join([shown, paragraphs]),
                class_="kh-beside",
                dir="rtl" if arabic else "ltr",
                aria_label=label,
            )
            shown = _NOTHING
        parts.append(paragraphs)
    script = "kh-arabic" if arabic else "kh-latin"
    return element("div", join(parts), class_=f"kh-text {script}")


def _paragraphs(article: Article, marking: Marking) -> Iterator[tuple[bool, Markup]]:
    """Yield the paragraphs below the title, and whether each is boilerplate from end to end."""
    at = _title_end(article)
    for raw in article.text[at:].split("\n"):
        if raw.strip():
            start, end = at + len(raw) - len(raw.lstrip()), at + len(raw.rstrip())
            beside = any(first <= start and end <= last for first, last in article.boilerplate)
            # where it stands in the text, for whoever selects words in it
            yield beside, element("p", _paragraph(raw, at, marking), dir="auto", data_start=at)
        at += len(raw) + 1


def _paragraph(raw: str, offset: int, marking: Marking) -> Markup:
    """Return a stretch of the text that begins at `offset`, its mentions marked."""
    parts: list[object] = []
    at = 0
    for start, end, mark in _marks(raw, offset, marking):
        if start < at or end > len(raw):
            continue
        parts += [raw[at:start], mark]
        at = end
    parts.append(raw[at:])
    return join(parts)


def _marks(raw: str, offset: int, marking: Marking) -> list[tuple[int, int, Markup]]:
    """Return what is marked in a stretch, in order; a mention goes before a part of a journey that meets it."""
    marks = [_mention_mark(raw, offset, number, marking) for number in range(len(marking.resolutions))]
    leg = marking.leg
    spans = [(leg.actor.span, "kh-leg"), (leg.cue, "kh-leg kh-leg-cue")] if leg else []
    for (first, last), look in spans:
        start, end = first - offset, last - offset
        inside = start >= 0 and end <= len(raw)
        if inside and not any(begin < end and start < stop for begin, stop, _ in marks):
            marks.append((start, end, element("mark", raw[start:end], class_=look)))
    return sorted(marks, key=lambda one: one[0])


def _mention_mark(raw: str, offset: int, number: int, marking: Marking) -> tuple[int, int, Markup]:
    """Return where a mention stands in a stretch, and the link that opens it."""
    words, resolution = marking.words, marking.resolutions[number]
    start, end = resolution.mention.start - offset, resolution.mention.end - offset
    place = resolution.place
    kind = place.kind.value if place else "none"
    unsure = " kh-low" if resolution.confidence < UNSURE_BELOW else ""
    rejected = resolution.abstention is Abstention.NOT_A_PLACE
    of_leg = " kh-leg-place" if _in_leg(resolution, marking.leg) else ""
    mark = visit(
        marking.address(number),
        raw[max(0, start) : max(0, end)],
        class_=("kh-m kh-not" if rejected else f"kh-m kh-k-{kind}{unsure}") + of_leg,
        title=place.name_in(words.language) if place else words(_no_place(resolution)),
        aria_current="true" if number == marking.chosen else None,
    )
    return start, end, mark


def _in_leg(resolution: Resolution, leg: Leg | None) -> bool:
    """Tell whether a mention is a place of the journey that is marked."""
    ends = (leg.from_place, leg.to_place, leg.via) if leg else ()
    start, end = resolution.mention.start, resolution.mention.end
    return any(one is not None and one.span[0] < end and start < one.span[1] for one in ends)


def _no_place(resolution: Resolution) -> str:
    """Return the key of the words that say why a mention has no place, in short."""
    return "abstain_not_a_place" if resolution.abstention is Abstention.NOT_A_PLACE else "mention_no_place"


def article_places(
    counted: Sequence[tuple[Place, int]], focus: str | None, words: Strings, address: Callable[[str], str]
) -> Markup:
    """Return the article's places as a row of small links, the focus place first."""
    ordered = sorted(
        counted,
        key=lambda pair: (pair[0].id != focus, -pair[1], words.sort_key(pair[0].name_in(words.language))),
    )
    chips = []
    for place, count in ordered:
        inside = [swatch(place.kind), bdi(place.name_in(words.language)), element("b", words.number(count))]
        if place.id == focus:
            inside.insert(2, element("small", words("focus")))
        chips.append(
            visit(
                address(place.id), join(inside), class_="kh-chip" + (" kh-focus" if place.id == focus else "")
            )
        )
    return element("div", join(chips), class_="kh-chips")


def folded_places(
    counted: Sequence[tuple[Place, int]], picture: Markup, chips: Markup, words: Strings
) -> Markup:
    """Return the article's map and places in one line that opens: the article itself comes first."""
    title = [words("article_places"), element("b", words.number(len(counted)))]
    summary = element("summary", join(title, " "))
    return element("details", join([summary, picture, chips]), class_="kh-fold", data_fold="places")


def mention_panel(
    resolution: Resolution,
    words: Strings,
    address: Callable[[str], str],
    close: str,
    beside: Beside | None = None,
) -> Markup:
    """Return what was decided for one mention: the place, why, and the candidates that lost."""
    found = resolution.mention.text
    head = [element("mark", bdi(found), class_="kh-mark"), visit(close, words("close"), class_="kh-close")]
    parts: list[object] = [element("div", join(head), class_="kh-mention-head")]
    if resolution.place:
        place = resolution.place
        name = visit(
            address(place.id),
            join([swatch(place.kind), bdi(place.name_in(words.language))]),
            class_="kh-place-link",
        )
        facts: list[object] = [words(f"kind_{place.kind.value}")]
        if place.country and place.kind is not Kind.COUNTRY:
            facts.append(words.country(place.country))
        facts.append(confidence_words(resolution.confidence, words, of=words("sure_of_mention")))
        parts += [
            element("p", name, class_="kh-decided"),
            element("p", join(facts, " · "), class_="kh-facts"),
        ]
    else:
        why = resolution.abstention.value if resolution.abstention else "ambiguous"
        parts.append(element("p", words(f"abstain_{why}"), class_="kh-decided"))
    if beside:
        parts.append(beside.checked)
    if resolution.metonymy:
        parts.append(element("p", words("metonymy"), class_="kh-quiet"))
    for_ = [reason for reason in resolution.reasons if abs(reason.weight) >= _LEAST_WEIGHT]
    if for_:
        parts += [element("h4", words("why_place")), _reasons(resolution.reasons, words)]
    if resolution.candidates:
        parts += [
            element(
                "h4",
                join(
                    [words("candidates"), element("small", words("candidates_share", whole=words.share(1)))],
                    " ",
                ),
            ),
            beside.picture if beside else "",
            element(
                "ol",
                join(_candidate(c, resolution, words) for c in resolution.candidates),
                class_="kh-candidates",
            ),
        ]
    return element("section", join(parts), class_="kh-mention", aria_live="polite")


def _candidate(candidate: Candidate, resolution: Resolution, words: Strings) -> Markup:
    won = resolution.place is not None and candidate.place.id == resolution.place.id
    return element("li", candidate_body(candidate, words), class_="kh-won" if won else None)


def candidate_body(candidate: Candidate, words: Strings) -> Markup:
    """Return one candidate: name, kind, country, its share of the probability, and the reasons."""
    place = candidate.place
    where = words.country(place.country) if place.kind is not Kind.COUNTRY else ""
    facts = " · ".join(filter(None, (words(f"kind_{place.kind.value}"), where)))
    bar = element(
        "span",
        element("span", style=f"width:{round(candidate.score * 100)}%"),
        class_="kh-meter",
        aria_hidden="true",
    )
    top = [
        swatch(place.kind),
        bdi(place.name_in(words.language)),
        element("small", facts),
        element("b", words.share(candidate.score)),
    ]
    return join([element("div", join(top), class_="kh-candidate"), bar, _reasons(candidate.reasons, words)])


def _reasons(reasons: Sequence[Reason], words: Strings) -> Markup:
    """Return the weightiest pieces of evidence, those against it marked."""
    ranked = sorted(reasons, key=lambda reason: -abs(reason.weight))
    items = []
    for reason in ranked[:_REASONS]:
        if abs(reason.weight) < _LEAST_WEIGHT:
            continue
        side = "for" if reason.weight > 0 else "against"
        sign = element("span", "+" if side == "for" else "−", class_="kh-sign", title=words(f"reason_{side}"))
        items.append(
            element("li", join([sign, text(words.reason(reason.code, reason.detail))]), class_=f"kh-{side}")
        )
    return element("ul", join(items), class_="kh-reasons") if items else Markup("")
