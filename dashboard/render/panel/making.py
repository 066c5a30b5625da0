"""How far a file is that is made beside the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.render.markup import element, join
from dashboard.render.panel.progress import progress_bar

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.words import Strings

__all__ = ["making_bar"]


def making_bar(words: Strings, what: str, done: int, total: int) -> Markup:
    """Return the bar; `total` 0 is unknown, and `what` is `texts`, `sentences`, or empty before the first of them."""
    said = words(f"export_doing_{what}") if what else words("export_doing")
    counted = words("job_of", done=words.number(done), total=words.number(total)) if total else ""
    parts = [
        element("strong", said),
        progress_bar(said, done, total),
        element("p", counted, class_="kh-quiet"),
    ]
    return element("section", join(parts), class_="kh-job")
