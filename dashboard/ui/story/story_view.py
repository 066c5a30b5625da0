"""The page of one story: its printings, what only some of them name, and two of them side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.render.markup import element, join, visit
from dashboard.render.panel.article_list import Paged, pages
from dashboard.render.panel.notice import notice
from dashboard.render.panel.story import Listed, Pair, printing_rows, story_head, story_places, story_texts
from dashboard.ui.parts.dossier_view import show_dossier
from dashboard.web.answers import cached_story, cached_wording
from dashboard.web.handles import current_edition

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

    from dashboard.core.settings import Settings
    from dashboard.core.wording import Wording
    from dashboard.query import Printing, Story
    from dashboard.web.visit import Visit
    from dashboard.words import Strings

__all__ = ["show_story"]

_PAGE = 20  # printings that are listed at once


def show_story(here: Visit, words: Strings, settings: Settings) -> None:
    """Show the page."""
    edition = current_edition(settings)
    least = here.filters.min_confidence
    story = cached_story(edition, here.article, least) if here.article else None
    with st.container(key="kh-story"):
        if story is None or here.article is None:
            _show_none(here, words)
            return
        back = visit(here.article_address(here.article), words("story_back"), class_="kh-back")
        st.html(str(story_head(story, words, back)))
        show_dossier(edition.store, here, words, story=here.article)
        parts: list[Markup] = []
        if len(story.printings) == 1:
            parts.append(notice(words("story_one_title"), words("story_one_body")))
        else:
            parts += _compared(here, words, story)
        st.html(str(join(parts)))


def _show_none(here: Visit, words: Strings) -> None:
    about = "none" if here.article is None else "gone"
    titles = {"none": words("story_none_title"), "gone": words("gone_title")}
    bodies = {"none": words("story_none_body"), "gone": words("gone_article")}
    home = here.address(page="", article=None, beside=None, rank="articles")
    action = visit(home, words("rank_articles"), class_="kh-action")
    st.html(str(notice(titles[about], bodies[about], action)))


def _compared(here: Visit, words: Strings, story: Story) -> list[Markup]:
    by_id = {one.id: one for one in story.printings}
    base = by_id[here.article or ""]
    others = [one for one in story.printings if one is not base]
    listed = story.printings[here.skip : here.skip + _PAGE]
    wordings = {one.id: _wording(base, one) for one in listed if one is not base}
    asked = by_id.get(here.beside or "")
    other = asked if asked is not None and asked is not base else _least_alike(others, wordings)
    first, second = sorted((base, other), key=story.printings.index)
    pair = Pair(first, second, _wording(first, second))

    def compare(ident: str) -> str:
        return here.story_address(base.id, ident)

    rows = printing_rows(Listed(listed, wordings, (base.id, other.id)), words, here.article_address, compare)
    shown = Paged(here.skip, len(listed), len(story.printings), _PAGE)
    parts = [rows, pages(shown, words, lambda skip: here.address(skip=skip))]
    if story.total > len(story.printings):
        rest = story.total - len(story.printings)
        parts.append(element("p", words("story_more", n=rest), class_="kh-quiet"))
    parts.append(story_texts(pair, story, words, here.place_address))
    parts.append(story_places(story, words, here.place_address))
    return parts


def _wording(base: Printing, other: Printing) -> Wording:
    return cached_wording(base.text, other.text)


def _least_alike(others: Sequence[Printing], wordings: Mapping[str, Wording]) -> Printing:
    """Return the listed printing that says most otherwise than the open one; any other where none is listed."""
    known = [one for one in others if one.id in wordings]
    return min(known, key=lambda one: wordings[one.id].common) if known else others[0]
