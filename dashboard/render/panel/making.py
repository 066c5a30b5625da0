"""How far a file is that is made beside the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.render.markup import element, join

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.words import Strings

__all__ = ["making_bar"]


def making_bar(words: Strings, what: str, done: int, total: int) -> Markup:
    """Return the bar; `total` 0 is unknown, and `what` is `texts`, `sentences`, or empty before the first of them."""
    share = min(1.0, done / total) if total else None
    said = words(f"export_doing_{what}") if what else words("export_doing")
    width = f"inline-size:{share:.1%}" if share is not None else None
    bar = element(
        "div",
        element("span", "", style=width, class_=None if width else "kh-unknown"),
        class_="kh-job-bar",
        role="progressbar",
        aria_label=said,
        aria_valuenow=round(100 * share) if share is not None else None,
        aria_valuemin="0",
        aria_valuemax="100",
    )
    counted = words("job_of", done=words.number(done), total=words.number(total)) if total else ""
    parts = [element("strong", said), bar, element("p", counted, class_="kh-quiet")]
    return element("section", join(parts), class_="kh-job")
