"""What a dossier tells of one story: who printed it and when, which places it names, and the sentences that do."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.core.errors import ExportError
from dashboard.core.wording import compare_wording
from dashboard.query import PLACE_COLUMNS, Filters, named_in, story_of
from dashboard.query.columns import make_frame
from dashboard.render.exports.dossier_parts import Sheet, days_chart, section, still_map, table
from dashboard.render.exports.stories import quote
from dashboard.render.markup import bdi, element, join, line, link, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from dashboard.core.models import Place
    from dashboard.query import NamingArticle, NamingSentence, Printing, Story
    from dashboard.render.exports.material import Handover
    from dashboard.words import Strings

__all__ = ["story_sheet"]

_SENTENCES = 12  # of one printing
_COMPARED = 40  # printings whose wording is compared with the first one's
_COUNTS = ("articles", "mentions", "confidence", "sources", "focus_articles")
_NAMES = 4  # of printings that leave a place out; more are counted


def story_sheet(handover: Handover) -> Sheet:
    """Return the dossier of the story that an article tells.

    Raises
    ------
    ExportError
        The store has no such article.
    """
    store, words = handover.selection.store, handover.words
    least = handover.selection.filters.min_confidence
    told = story_of(store, handover.story, least)
    if told is None:
        raise ExportError(f"The store has no article {handover.story!r}.")
    first = told.printings[0]
    days = sorted(Counter(one.published for one in told.printings if one.published).items())
    sources = Counter(one.source or "" for one in told.printings)
    rows = [
        (bdi(name) if name else words("card_no_source"), words.number(n)) for name, n in sources.most_common()
    ]
    sections = [
        still_map(handover, _frame(told)) if told.places else "",
        section(words("timeline"), days_chart(days, words)),
        section(words("card_sources"), table([words("dossier_source"), words("picture_articles")], rows)),
        section(words("dossier_places"), _places(told, words), class_="wide"),
        section(words("story_printings"), *_printings(told, handover), class_="told"),
    ]
    about = [words("story_title", n=told.total), words("origins", n=told.origins)]
    if days:
        ends = {"first": words.day(days[0][0]), "last": words.day(days[-1][0])}
        about.append(words("story_from_to", **ends) if len(days) > 1 else words.day(days[0][0]))
    head = [element("p", join(about, " · "), class_="counts")]
    return Sheet(first.title, head, sections)


def _frame(told: Story) -> pd.DataFrame:
    """Return the places with how many printings name each, as the map takes them."""
    rows = []
    for one in told.places:
        place, n = one.place, len(one.named_by)
        values: dict[str, object] = {
            name: getattr(place, name, None) for name in PLACE_COLUMNS if name not in _COUNTS
        }
        counts = dict.fromkeys(_COUNTS, n) | {"confidence": 1.0}
        values |= {"place_id": place.id, "kind": place.kind.value, **counts}
        rows.append([values[name] for name in PLACE_COLUMNS])
    return make_frame(rows, PLACE_COLUMNS)


def _places(told: Story, words: Strings) -> Markup:
    """Return the places with the number of printings that name each, and those that leave it out."""
    if not told.places:
        return Markup("")
    names = _short_names(told.printings, words)
    total = len(told.printings)
    rows = []
    for one in told.places:
        lacking = [name for ident, name in names.items() if ident not in one.named_by]
        shown: list[object] = list(lacking[:_NAMES])
        if len(lacking) > _NAMES:
            shown.append(words("story_others", n=len(lacking) - _NAMES))
        count = words("story_named_by", n=len(one.named_by), total=words.number(total))
        rows.append((bdi(one.place.name_in(words.language)), count, join(shown, words("comma"))))
    return table([words(name) for name in ("dossier_place", "dossier_named", "dossier_lacking")], rows)


def _short_names(printings: Sequence[Printing], words: Strings) -> dict[str, Markup]:
    """Name each printing by its source, and by its day where the source has several."""
    count = Counter(one.source for one in printings)
    named = {}
    for one in printings:
        shown = bdi(one.source) if one.source else text(words("card_no_source"))
        named[one.id] = join([shown, f" ({words.day(one.published)})"]) if count[one.source] > 1 else shown
    return named


def _printings(told: Story, handover: Handover) -> list[Markup]:
    """Return each printing with its facts, how near it is to the first, and its sentences that name places."""
    words, first = handover.words, told.printings[0]
    chosen = Filters(min_confidence=handover.selection.filters.min_confidence)
    named = named_in(handover.selection.store, chosen, [one.id for one in told.printings])
    shown = []
    for number, one in enumerate(told.printings):
        facts: list[object] = [bdi(one.source) if one.source else words("card_no_source")]
        facts.append(words.day(one.published))
        if one.origin:
            before, _, after = words("story_agency", name="\0").partition("\0")
            facts.append(join([before, bdi(one.origin), after]))
        if one.is_replaced:
            facts.append(words("put_older"))
        if 0 < number <= _COMPARED:
            found = compare_wording(first.text, one.text)
            share = words.share(found.common)
            facts.append(words("story_same") if found.same else words("story_common", share=share))
        facts.append(link(one.url))
        quotes = [quote(sentence) for sentence in _sentences(named.get(one.id, ()))[:_SENTENCES]]
        head = [element("h3", line(one.title), dir="auto"), element("p", join(filter(None, facts), " · "))]
        shown.append(element("article", join([*head, *quotes])))
    if told.total > len(told.printings):
        rest = words("story_more", n=told.total - len(told.printings))
        shown.append(element("p", rest, class_="more"))
    return shown


def _sentences(named: Sequence[tuple[Place, NamingArticle]]) -> list[NamingSentence]:
    """Return the sentences of an article that name places, in its order, each with all that are named in it."""
    found = sorted((one for _, article in named for one in article.sentences), key=lambda one: one.start)
    joined = []
    for _, group in groupby(found, key=lambda one: one.start):
        same = list(group)
        longest = max(same, key=lambda one: one.end)
        spans = sorted({span for one in same for span in one.spans})
        joined.append(longest._replace(spans=tuple(spans)))
    return joined
