"""The bar that shows how far work beside the page is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.render.markup import element

if TYPE_CHECKING:
    from markupsafe import Markup

__all__ = ["progress_bar"]


def progress_bar(said: str, done: int, total: int) -> Markup:
    """Return the bar of what is said to be done; `total` 0 is unknown."""
    share = min(1.0, done / total) if total else None
    width = f"inline-size:{share:.1%}" if share is not None else None
    return element(
        "div",
        element("span", "", style=width, class_=None if width else "kh-unknown"),
        class_="kh-job-bar",
        role="progressbar",
        aria_label=said,
        aria_valuenow=round(100 * share) if share is not None else None,
        aria_valuemin="0",
        aria_valuemax="100",
    )
