"""A calm notice in the place of what can't be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.render.markup import element, join

if TYPE_CHECKING:
    from markupsafe import Markup

__all__ = ["notice"]


def notice(title: str, body: str, action: Markup | None = None) -> Markup:
    """Return a calm notice: what is so, and what to do next."""
    parts = [element("strong", title), element("p", body)]
    return element("div", join([*parts, action or ""]), class_="kh-notice", role="status")
