"""The filters: the search box, the form behind a button, and the sentence that says which are in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.core.errors import FilterError
from dashboard.core.models import Kind
from dashboard.query import MAX_INDEPENDENT, MAX_TEXT, FilterProblem, Filters, describe_filters
from dashboard.render.markup import element, join, visit
from dashboard.ui.parts.asking_view import place_title
from dashboard.ui.parts.date_field import show_day
from dashboard.ui.state import widget_key
from dashboard.web.answers import cached_timeline, widened_text
from dashboard.web.filter_words import part_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.query.totals import FacetValue
    from dashboard.ui.parts.context import Page
    from dashboard.web.visit import Visit
    from dashboard.words import Strings

__all__ = ["problem_line", "show_filters", "show_search", "show_sentence", "without"]

_FIELDS = {
    "q": "text",
    "source": "sources",
    "lang": "languages",
    "country": "countries",
    "kind": "kinds",
    "from": "since",
    "to": "until",
    "undated": "undated",
    "sure": "min_confidence",
    "actors": "actors",
    "independent": "independent",
    "at": "at",
    "with": "together",
    "near": "near",
    "box": "box",
    "shape": "shape",
    "added": "added",
}


def _keep(visit_: Visit, name: str, turn: Callable[[Any], Any]) -> None:
    """Put the value of the filter's widget into the address."""
    value = turn(st.session_state[widget_key(name)])
    try:
        filters = replace(visit_.filters, **{_FIELDS[name]: value})
    except FilterError:
        return  # the widget shows the old value again at the next run
    st.query_params.from_dict(replace(visit_, filters=filters).parameters())


def _keep_search(page: Page) -> None:
    """Put what was typed into the address; where no article has it, with the spelling of the other script."""
    try:
        filters = replace(page.visit.filters, text=str(st.session_state[widget_key("q")]))
    except FilterError:
        return
    found = replace(filters, text=widened_text(page.edition, filters))
    st.query_params.from_dict(replace(page.visit, filters=found, skip=0).parameters())


def _prepare(page: Page, name: str, value: object, turn: Callable[[Any], Any]) -> dict[str, Any]:
    """Let a widget show what the address says, and write back what the user sets."""
    st.session_state[widget_key(name)] = value
    return {"key": widget_key(name), "on_change": _keep, "args": (page.visit, name, turn)}


def show_search(page: Page) -> None:
    """Show the search box."""
    words = page.words
    st.session_state[widget_key("q")] = page.visit.filters.text
    st.text_input(
        words("search_label"),
        placeholder=words("search"),
        label_visibility="collapsed",
        max_chars=MAX_TEXT,
        key=widget_key("q"),
        on_change=_keep_search,
        args=(page,),
    )


def show_filters(page: Page) -> None:
    """Show the form of all other filters; each takes effect at once."""
    words, filters, offer = page.words, page.visit.filters, page.facets
    lists: tuple[tuple[str, str, tuple[FacetValue, ...], tuple[str, ...], Callable[[str], str]], ...] = (
        (
            "kind",
            "filter_kind",
            offer.kinds,
            tuple(k.value for k in filters.kinds),
            lambda v: words(f"kind_{v}"),
        ),
        ("country", "filter_country", offer.countries, filters.countries, words.country),
        ("source", "filter_source", offer.sources, filters.sources, str),
        ("lang", "filter_language", offer.languages, filters.languages, words.tongue),
    )
    for name, label, offered, chosen, shown in lists:
        counts = {item.value: item.articles for item in offered}
        options = [*counts, *(value for value in chosen if value not in counts)]
        ranks = {value: (-counts.get(value, 0), words.sort_key(shown(value))) for value in options}
        options.sort(key=ranks.__getitem__)
        turn = (lambda v: tuple(Kind(x) for x in v)) if name == "kind" else tuple
        wiring = _prepare(page, name, list(chosen), turn)
        st.multiselect(
            words(label),
            options,
            format_func=partial(_counted, shown, counts, words),
            placeholder=words("any"),
            **wiring,
        )
    first, last = st.columns(2)
    if offer.first:
        show_day(page, first, "from", "filter_from", filters.since)
        show_day(page, last, "to", "filter_to", filters.until)
        hint = words("date_forms", month=words.period("month", date(2024, 3, 1)))
        st.html(str(element("p", hint, class_="kh-quiet kh-date-forms")))
    if offer.undated and offer.first:
        wiring = _prepare(page, "undated", filters.undated, bool)
        st.checkbox(f"{words('filter_undated')} ({words.number(offer.undated)})", **wiring)
    wiring = _prepare(page, "sure", round(filters.min_confidence * 100), lambda v: v / 100)
    st.slider(words("filter_sure"), 0, 100, step=5, format="%d%%", **wiring)
    wiring = _prepare(page, "actors", filters.actors, bool)
    st.checkbox(words("filter_actors"), help=words("filter_actors_help"), **wiring)
    wiring = _prepare(page, "independent", filters.independent, int)
    st.number_input(words("filter_independent"), 1, MAX_INDEPENDENT, step=1, **wiring)


def _counted(shown: Callable[[str], str], counts: dict[str, int], words: Strings, value: str) -> str:
    return f"{shown(value)} ({words.number(counts.get(value, 0))})"


def without(filters: Filters, name: str, value: str) -> Filters:
    """Return the filters without one value."""
    field = _FIELDS[name]
    now = getattr(filters, field)
    kept: Any = getattr(Filters(), field)
    if isinstance(now, tuple):
        kept = tuple(item for item in now if item != value)
    if name in ("from", "to"):
        return filters.between(
            None if name == "from" else filters.since, None if name == "to" else filters.until
        )
    changes: dict[str, Any] = {field: not now if name == "undated" else kept}
    return replace(filters, **changes)


def show_sentence(page: Page) -> None:
    """Say what is shown: how much, and each filter in force with a way to take it off."""
    words, visit_ = page.words, page.visit
    found = page.summary
    # Where the number of articles stands in the sentence is the language's affair; it opens their list.
    before, _, after = words("showing", places=words("places", n=found.places), articles="\0").partition("\0")
    opened = visit_.address(rank="articles", place=None, article=None, mention=None, area=None, page="")
    parts = [element("strong", join([before, visit(opened, words("articles_in", n=found.articles)), after]))]
    if found.undated:
        undated = visit_.address(rank="undated", place=None, article=None, mention=None, area=None, page="")
        parts.append(visit(undated, words("undated_n", n=found.undated), class_="kh-quiet"))
    for part in describe_filters(visit_.filters):
        for value in part.values:
            label = part_label(part.name, value, words, partial(place_title, page.store, words))
            cross = element("i", "×", aria_hidden="true")
            address = visit_.address(filters=without(visit_.filters, part.name, value))
            parts.append(
                visit(
                    address,
                    join([element("bdi", label), cross]),
                    class_="kh-part",
                    title=words("remove", value=label),
                )
            )
    if left := _undated_left(page):
        included = replace(visit_.filters, undated=True)
        parts.append(
            visit(visit_.address(filters=included), words("undated_left", n=left), class_="kh-quiet")
        )
    if visit_.filters != Filters():
        parts.append(visit(visit_.address(filters=Filters()), words("reset"), class_="kh-reset"))
    st.html(str(element("p", join(parts), class_="kh-sentence", role="status")))


def _undated_left(page: Page) -> int:
    """Return how many articles a range of days leaves out because they have no date."""
    filters = page.visit.filters
    if not filters.ranged or filters.undated:
        return 0
    return cached_timeline(page.edition, filters.between(None, None)).undated


def problem_line(problems: list[FilterProblem | tuple[str, str]], words: Strings) -> str:
    """Return one sentence about the values of the address that were left out."""
    items = []
    for problem in problems:
        if isinstance(problem, FilterProblem):
            items.append(words(f"problem_{problem.issue.value}", value=problem.value))
        else:
            items.append(words("problem_unknown", value=problem[1]))
    return words("problem", items=("، " if words.rtl else ", ").join(items))
