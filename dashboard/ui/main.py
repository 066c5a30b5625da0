"""The page: read the address, ask the store, show."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.core.access import Role
from dashboard.core.errors import CollectionError, KharitaError
from dashboard.core.links import clean_title
from dashboard.render.markup import element
from dashboard.render.markup import visit as link
from dashboard.render.panel.notice import notice
from dashboard.render.theme import palette, stylesheet
from dashboard.ui.about.about_view import show_about
from dashboard.ui.add.add_view import show_add
from dashboard.ui.articles.articles_view import show_articles
from dashboard.ui.collections.collections_view import show_collections
from dashboard.ui.feeds.feeds_view import show_feeds
from dashboard.ui.map_page.area_view import show_area
from dashboard.ui.map_page.compare_view import show_comparison
from dashboard.ui.map_page.export_view import show_export
from dashboard.ui.map_page.journeys_view import show_journeys
from dashboard.ui.map_page.list_view import list_head, show_empty, show_list
from dashboard.ui.map_page.map_view import show_map
from dashboard.ui.map_page.place_card import show_place
from dashboard.ui.map_page.print_view import show_printed
from dashboard.ui.map_page.samples_view import show_samples
from dashboard.ui.map_page.saving_view import show_copying, show_saving
from dashboard.ui.map_page.timeline_view import show_timeline
from dashboard.ui.parts.asking_view import show_understood
from dashboard.ui.parts.channel import show_channel
from dashboard.ui.parts.context import Page
from dashboard.ui.parts.entrance_view import show_entrance
from dashboard.ui.parts.filters_view import problem_line, show_sentence
from dashboard.ui.parts.reader_view import counted_places, place_meant, show_article
from dashboard.ui.parts.remembered import remembered
from dashboard.ui.parts.session import settle_session
from dashboard.ui.parts.top_bar import show_bar, show_bare_bar
from dashboard.ui.parts.visitor import current_visitor, may
from dashboard.ui.paste.paste_view import show_paste
from dashboard.ui.review.review_view import show_review
from dashboard.ui.saved.saved_view import show_saved
from dashboard.ui.story.story_view import show_story
from dashboard.web.answers import cached_facets, cached_places, cached_summary
from dashboard.web.handles import current_edition, read_settings, settings_for, shared_store
from dashboard.web.own_tiles import tiles_problem
from dashboard.web.visit import Visit, read_visit
from dashboard.words import LANGUAGES, Strings, strings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from markupsafe import Markup

    from dashboard.core.settings import Settings
    from dashboard.query import FilterProblem
    from dashboard.render.theme import Palette
    from dashboard.store import Store

__all__ = ["main"]

logger = logging.getLogger(__name__)

# What stands beside the sentence that says what is shown.
TOOLS: tuple[Callable[[Page], None], ...] = (show_copying, show_saving, show_export, show_printed)
# What takes the place of map and panel; the names are those of `state.PAGES`.
PAGES: Mapping[str, Callable[[Page], None]] = {"review": show_review, "saved": show_saved}
# Pages that are for those only who may do what they are for.
NEEDED: Mapping[str, Role] = {
    "add": Role.CORRECT,
    "articles": Role.CORRECT,
    "feeds": Role.ADMINISTER,
    "review": Role.CORRECT,
}


@dataclass(frozen=True, slots=True)
class _Bare:
    """What a page needs that asks nothing of the filters."""

    visit: Visit
    words: Strings
    colours: Palette
    settings: Settings
    store: Store


# Pages under a bar without search and filters.
BARE: Mapping[str, Callable[[_Bare], None]] = {
    "about": lambda on: show_about(on.visit, on.words, on.store),
    "add": lambda on: show_add(on.visit, on.words, on.settings),
    "articles": lambda on: show_articles(on.visit, on.words, on.store, on.settings),
    "feeds": lambda on: show_feeds(on.visit, on.words, on.store, on.settings),
    "paste": lambda on: show_paste(on.visit, on.words, on.colours, on.store),
    "story": lambda on: show_story(on.visit, on.words, on.settings),
}


def _words(visit: Visit) -> Strings:
    """Return the language and digits asked for, or else those last chosen in this browser, or else the browser's."""
    own = (st.context.locale or "").partition("-")[0].lower()
    language = visit.language or remembered("ui") or (own if own in LANGUAGES else "en")
    return strings(language, visit.numerals or remembered("numerals"))


def _show_grip(words: Strings) -> None:
    """Show the handle by which the panel is raised and lowered on a small screen."""
    grip = element(
        "button", type="button", class_="kh-grip", aria_label=words("sheet"), aria_expanded="false"
    )
    st.html(str(grip))


def _show_body(page: Page) -> None:
    visit = page.visit
    only, chosen = None, visit.place
    if visit.article:
        found = page.store.resolutions(visit.article)
        only = {place.id for place, _ in counted_places(found, visit.filters.min_confidence)} or None
        chosen = place_meant(found, visit.mention) or chosen
    with st.container(key="kh-body", horizontal=True):
        with st.container(key="kh-chart"):
            show_map(page, only, chosen)
            show_timeline(page)
        with st.container(key="kh-panel"):
            _show_grip(page.words)
            if visit.article:
                show_article(page, visit.article)
            elif visit.place:
                show_place(page, visit.place)
            elif visit.area:
                show_area(page, visit.area)
            elif visit.view == "compare":
                show_comparison(page)
            elif visit.view == "journeys":
                show_journeys(page, list_head(page))
            else:
                show_list(page)


def _show(visit: Visit, problems: list[FilterProblem | tuple[str, str]], words: Strings, theme: str) -> None:
    colours = palette(theme)
    if not may(NEEDED.get(visit.page, Role.READ)):
        show_bare_bar(visit, words, colours)
        home = link(visit.home_address(), words("back"), class_="kh-action")
        st.html(str(notice(words("role_lacking_title"), words("role_lacking"), home)))
        return
    if visit.page == "collections":
        show_bare_bar(visit, words, colours)
        show_collections(visit, words)
        return
    settings = settings_for(visit.collection)
    settle_session(settings.store_url)
    store = shared_store(settings.store_url)
    if bare := BARE.get(visit.page):
        show_bare_bar(visit, words, colours)
        bare(_Bare(visit, words, colours, settings, store))
        return
    edition = current_edition(settings)
    if not store.counts().articles:
        show_bare_bar(visit, words, colours)
        show_empty(visit, words, settings)
        return
    page = Page(
        visit=visit,
        words=words,
        colours=colours,
        settings=settings,
        store=store,
        edition=edition,
        places=cached_places(edition, visit.filters),
        summary=cached_summary(edition, visit.filters),
        facets=cached_facets(edition),
    )
    show_bar(page)
    with st.container(key="kh-said", horizontal=True, vertical_alignment="center"):
        show_sentence(page)
        for show_tool in TOOLS:
            show_tool(page)
    show_understood(page)
    show_samples(page)
    if problems:
        st.html(str(element("p", problem_line(problems, words), class_="kh-problem", role="status")))
    if settings.basemap and (problem := tiles_problem(settings.basemap)):
        st.html(str(element("p", problem, class_="kh-problem", role="alert", dir="auto")))
    if settings.tiles:
        st.html(str(element("p", words("tiles_note"), class_="kh-problem")))
    PAGES.get(visit.page, _show_body)(page)


def _show_openness(words: Strings) -> None:
    """Say on every page that others may read and change what is here, where that is so."""
    settings = read_settings()
    if settings.open_to_others and not settings.login:
        names = ", ".join(sorted(settings.allowed_hosts) or ["localhost"])
        said = words("open_to_others", names=names)
        st.html(str(element("p", said, class_="kh-problem kh-open", role="alert")))


def _no_collection(visit: Visit, words: Strings) -> Markup:
    """Say that the address names a collection that is not here, and where those stand that are."""
    if read_settings().store:
        return notice(words("collection_none_title"), words("collections_one_store"))
    name = clean_title(visit.collection or read_settings().collection)
    way = link(visit.collection_address("", page="collections"), words("collections"), class_="kh-action")
    return notice(words("collection_none_title"), words("collection_none", name=name), way)


def main() -> None:
    """Show the page."""
    visit, problems = read_visit(st.query_params.to_dict())
    words = _words(visit)
    theme = st.context.theme.type or "light"
    st.set_page_config(
        page_title=f"{words('brand')} · {words('tagline')}", layout="wide", initial_sidebar_state="collapsed"
    )
    st.html(f"<style>{stylesheet(theme, rtl=words.rtl)}</style>")
    visitor = current_visitor()
    if visitor.role is None:  # before anything is read from any store
        show_entrance(visitor, words)
        return
    try:
        _show_openness(words)
        _show(visit, problems, words, theme)
    except CollectionError:
        show_bare_bar(visit, words, palette(theme))
        st.html(str(_no_collection(visit, words)))
    except KharitaError as error:
        logger.exception("The page can't be shown")
        show_bare_bar(visit, words, palette(theme))
        st.html(str(notice(words("error_title"), str(error))))
    show_channel(words, f"{visit.page}/{visit.opened}", visit.address())
