"""A feed on the list: what it is called, where it lies, how it fared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.core.links import url_host
from dashboard.render.markup import bdi, element, join, line
from dashboard.render.panel.told import told_reasons, told_steps

if TYPE_CHECKING:
    from datetime import datetime

    from markupsafe import Markup

    from dashboard.store.feeds import Feed
    from dashboard.words import Strings

__all__ = ["feed_row"]


def feed_row(one: Feed, words: Strings, now: datetime) -> Markup:
    """Return a feed of the list, with what failed at the last try.

    Parameters
    ----------
    now
        The time, with its zone: times are shown in that.
    """
    host = element("small", url_host(one.url).removeprefix("www."), dir="ltr", title=one.url)
    parts = [
        element("p", join([element("bdi", line(one.title), class_="kh-feed-name"), host], " ")),
        element("p", join([bdi(fact) for fact in _facts(one, words, now)], " · "), class_="kh-feed-facts"),
    ]
    if one.failure:
        told = join(
            [told_reasons([one.failure], words), told_steps([one.step] if one.step else [], words)], " "
        )
        parts.append(element("p", told, class_="kh-looked-note"))
    return element("div", join(parts), class_="kh-feed")


def _facts(one: Feed, words: Strings, now: datetime) -> list[str]:
    facts = [words.tongue(one.language.partition("-")[0].lower())] if one.language else []
    if one.tried is None:
        return [*facts, words("feeds_never")]
    if one.failures:
        facts.append(words("feeds_tried", when=_moment(one.tried, words, now)))
    if one.succeeded is not None:
        facts.append(words("feeds_read", when=_moment(one.succeeded, words, now)))
        facts.append(words("articles", n=one.articles))
    if one.not_before is not None and one.not_before > now:
        facts.append(words("feeds_not_before", when=_moment(one.not_before, words, now)))
    return facts


def _moment(moment: datetime, words: Strings, now: datetime) -> str:
    here = moment.astimezone(now.tzinfo)
    return words("feeds_moment", day=words.day(here.date()), time=words.digits(f"{here:%H:%M}"))
